"""What the client asks, how often, how much of the answer it takes, and what it says when there is none."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from threading import Barrier, Event, Lock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.sources.http import Answer, Limits, Request
from digest.sources.http.addresses import Address
from digest.sources.http.client import Client
from digest.sources.http.transport import Resolve, resolve
from tests.sources.server import HERE, HOST, Server, answers, redirect, reply

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
QUICK = Limits(deadline=5.0, largest=100_000)


class Waits:
    """Time that passes at once, and is remembered."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def ask(
    *requests: Request,
    limits: Limits = QUICK,
    waits: Waits | None = None,
    resolve: Resolve = resolve,
) -> tuple[Answer, ...]:
    with Client(NOW, limits, waits or Waits(), resolve) as client:
        client.ask("one", requests)
        ((key, given),) = client.answered()
    assert key == "one"
    return given


def get(url: str, **more: object) -> Answer:
    limits = more.pop("limits", QUICK)
    waits = more.pop("waits", None)
    request = Request(url, allow_hosts=HERE, **more)  # type: ignore[arg-type]
    (answer,) = ask(request, limits=limits, waits=waits)  # type: ignore[arg-type]
    return answer


def test_a_body_comes_with_the_servers_claims_and_validators(server: Server) -> None:
    server.routes["/feed"] = reply(
        b"\xe9", media_type="Text/XML; Charset=ISO-8859-1", ETag='"one"', Last_Modified="Sun, 22 Nov 2026 05:00:00 GMT"
    )
    answer = get(server.url + "/feed")
    assert (answer.body, answer.media_type, answer.charset) == (b"\xe9", "text/xml", "iso-8859-1")
    assert (answer.etag, answer.last_modified) == ('"one"', "Sun, 22 Nov 2026 05:00:00 GMT")
    assert (answer.url, answer.error, answer.moved) == (server.url + "/feed", "", "")


def test_it_says_who_it_is_and_keeps_no_cookie(server: Server) -> None:
    server.routes["/feed"] = reply(b"x", Set_Cookie="reader=7; Path=/")
    ask(*(Request(server.url + "/feed", allow_hosts=HERE) for _ in range(2)), limits=replace(QUICK, per_host=1))
    for _, headers in server.asked:
        assert headers["User-Agent"].startswith("digest/")
        assert "Cookie" not in headers


def test_a_copy_that_still_holds_is_not_sent_again(server: Server) -> None:
    server.routes["/feed"] = reply(status=304)
    answer = get(server.url + "/feed", etag='"one"', last_modified="Sun, 22 Nov 2026 05:00:00 GMT")
    assert (answer.unchanged, answer.error, answer.body) == (True, "", b"")
    ((_, headers),) = server.asked
    assert headers["If-None-Match"] == '"one"'
    assert headers["If-Modified-Since"] == "Sun, 22 Nov 2026 05:00:00 GMT"


def test_unchanged_is_no_answer_to_whoever_has_no_copy(server: Server) -> None:
    server.routes["/feed"] = reply(status=304)
    assert get(server.url + "/feed").error == "the server answers 304 Not Modified"


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "bare deflate"])
def test_packed_bodies_are_unpacked(server: Server, encoding: str) -> None:
    text = b"The ferry is back. " * 500
    bare = zlib.compressobj(wbits=-15)
    packed = {"deflate": zlib.compress(text), "bare deflate": bare.compress(text) + bare.flush()}
    body = packed.get(encoding, gzip.compress(text[:4000]) + gzip.compress(text[4000:]) + b"\0\0")
    server.routes["/feed"] = reply(body, Content_Encoding=encoding.removeprefix("bare "))
    assert get(server.url + "/feed").body == text


@pytest.mark.parametrize("text", [b"<rss></rss>", b"\xef\xbb\xbf\n<html></html>", b'{"version": "1"}'])
def test_what_is_called_gzip_and_is_plain_is_read(server: Server, text: bytes) -> None:
    server.routes["/feed"] = reply(text, Content_Encoding="gzip")
    assert get(server.url + "/feed").body == text


def test_a_bomb_is_not_unpacked(server: Server) -> None:
    server.routes["/bomb"] = reply(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip")
    answer = get(server.url + "/bomb")
    assert answer.error == "it is over the 100,000 bytes that are read of one"
    assert answer.lasting


def test_a_body_without_end_is_cut_off(server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        while not server.closing.is_set():
            handler.wfile.write(bytes(65_536))

    server.routes["/endless"] = endless
    assert "over the 100,000 bytes" in get(server.url + "/endless").error
    assert server.paths() == ["/endless"]


@pytest.mark.parametrize(
    ("encoding", "body", "words"),
    [
        ("br", b"x", "packed as 'br'"),
        ("gzip, gzip", b"x", "packed as 'gzip, gzip'"),
        ("gzip", b"no gzip", "cannot be unpacked"),
        ("gzip", gzip.compress(b"The ferry is back.", mtime=0)[:-12], "breaks off before the end"),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_an_error(server: Server, encoding: str, body: bytes, words: str) -> None:
    server.routes["/feed"] = reply(body, Content_Encoding=encoding)
    assert words in get(server.url + "/feed").error


def test_a_body_shorter_than_announced_is_an_error(server: Server) -> None:
    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"half")
        handler.close_connection = True

    server.routes["/feed"] = short
    answer = get(server.url + "/feed")
    assert "breaks off" in answer.error
    assert not answer.lasting


@pytest.mark.parametrize(
    "line",
    [b"\0\1\2\3\r\n\r\n", b"SSH-2.0-quay\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y" * 100_000, b"HTTP/1.1 999\r\n", b""],
)
def test_a_server_that_speaks_no_http_is_an_error(server: Server, line: bytes) -> None:
    def speak(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(line)
        handler.close_connection = True

    server.routes["/feed"] = speak
    assert get(server.url + "/feed", limits=replace(QUICK, backoff=())).error


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    status=st.integers(200, 599),
    headers=st.dictionaries(
        st.sampled_from(
            ["Content-Type", "Content-Encoding", "ETag", "Last-Modified", "Retry-After", "Location", "Date"]
        ),
        st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=30),
    ),
    body=st.binary(max_size=50),
)
def test_whatever_a_server_answers_there_is_an_answer(
    server: Server, status: int, headers: dict[str, str], body: bytes
) -> None:
    server.routes["/feed"] = reply(body, status, **{name.replace("-", "_"): text for name, text in headers.items()})
    known = resolver(**{HOST: HOST})
    (answer,) = ask(Request(server.url + "/feed", allow_hosts=HERE), limits=replace(QUICK, backoff=()), resolve=known)
    assert answer.error or status == 200
    assert "asking broke" not in answer.error


def test_a_server_that_drips_is_left_after_the_deadline_and_not_asked_again(server: Server) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        while not server.closing.wait(0.01):
            handler.wfile.write(b".")

    server.routes["/drip"] = drip
    waits = Waits()
    answer = get(server.url + "/drip", limits=replace(QUICK, deadline=0.2), waits=waits)
    assert answer.error == "it takes longer than 0.2 seconds"
    assert (len(server.asked), waits.seconds, answer.lasting) == (1, [], False)


def test_a_silent_server_is_left_too(server: Server) -> None:
    server.routes["/silent"] = server.hang
    answer = get(server.url + "/silent", limits=replace(QUICK, deadline=0.2, backoff=()))
    assert answer.error


def test_a_busy_server_is_asked_again_after_a_while(server: Server) -> None:
    server.routes["/feed"] = answers((b"", 503, {}), (b"", 500, {}), (b"here", 200, {}))
    waits = Waits()
    assert get(server.url + "/feed", waits=waits).body == b"here"
    assert waits.seconds == [1.0, 4.0]


def test_what_fails_every_time_is_an_error(server: Server) -> None:
    server.routes["/feed"] = reply(status=503)
    answer = get(server.url + "/feed")
    assert (answer.error, answer.lasting) == ("the server answers 503 Service Unavailable", False)
    assert len(server.asked) == 3


def test_what_is_not_there_is_not_asked_for_again(server: Server) -> None:
    answer = get(server.url + "/gone")
    assert (answer.error, answer.lasting) == ("the server answers 404 Not Found", True)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [
        ("7", 7.0),
        ("Sun, 22 Nov 2026 07:00:20 GMT", 20.0),
        ("Sun, 22 Nov 2026 06:00:00 GMT", 0.0),
        ("soon", 1.0),
        ("-3", 1.0),
    ],
)
def test_the_servers_wish_to_wait_is_heard(server: Server, wish: str, seconds: float) -> None:
    date = "Sun, 22 Nov 2026 07:00:00 GMT"

    def route(handler: BaseHTTPRequestHandler) -> None:
        first = len(server.asked) == 1
        handler.send_response_only(429 if first else 200)
        handler.send_header("Date", date)
        handler.send_header("Retry-After", wish)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server.routes["/feed"] = route
    waits = Waits()
    assert get(server.url + "/feed", waits=waits).error == ""
    assert waits.seconds == [seconds]


@pytest.mark.parametrize(
    ("wish", "until"),
    [("3600", NOW + timedelta(hours=1)), ("9" * 400, NOW + timedelta(days=7))],
)
def test_a_wish_too_long_to_wait_for_is_kept_for_later(server: Server, wish: str, until: datetime) -> None:
    server.routes["/feed"] = reply(status=429, Retry_After=wish)
    waits = Waits()
    answer = get(server.url + "/feed", waits=waits)
    assert answer.not_before == until
    assert waits.seconds == []


def test_redirects_are_followed_and_a_lasting_one_is_told(server: Server) -> None:
    server.routes |= {
        "/old": redirect("/older", 301),
        "/older": redirect(server.url + "/new#part", 308),
        "/new": reply(b"here"),
        "/today": redirect("/new", 302),
    }
    old, today = get(server.url + "/old"), get(server.url + "/today")
    assert (old.body, old.url, old.moved) == (b"here", server.url + "/new", server.url + "/new")
    assert (today.body, today.url, today.moved) == (b"here", server.url + "/new", "")


def test_redirects_in_a_circle_end(server: Server) -> None:
    server.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    answer = get(server.url + "/a")
    assert (answer.error, answer.lasting) == (f"it redirects in a circle, by {server.url}/a", True)
    assert server.paths() == ["/a", "/b"]


def test_redirects_without_end_end(server: Server) -> None:
    for number in range(20):
        server.routes[f"/{number}"] = redirect(f"/{number + 1}")
    assert get(server.url + "/0").error == "it redirects more than 5 times"
    assert len(server.asked) == 6


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://example.org/", "http://[::1", "mailto:a@b"])
def test_a_redirect_leads_to_the_web_or_nowhere(server: Server, place: str) -> None:
    server.routes["/feed"] = redirect(place)
    answer = get(server.url + "/feed")
    assert answer.error
    assert set(server.paths()) == {"/feed"}


def test_no_more_requests_than_allowed_reach_one_host_at_a_time(server: Server) -> None:
    together, most, lock, pair = 0, 0, Lock(), Barrier(2)

    def route(handler: BaseHTTPRequestHandler) -> None:
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
        pair.wait(5)  # each waits for a second one, which shows that two are let through
        with lock:
            together -= 1
        pair.wait(5)
        reply(b"x")(handler)

    for number in range(6):
        server.routes[f"/{number}"] = route
    given = ask(*(Request(f"{server.url}/{number}", allow_hosts=HERE) for number in range(6)))
    assert [answer.body for answer in given] == [b"x"] * 6
    assert most == 2


def test_a_slow_batch_holds_up_no_other(server: Server) -> None:
    first_is_done = Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        first_is_done.wait(5)
        reply(b"slow")(handler)

    server.routes |= {"/slow": slow, "/quick": reply(b"quick")}
    with Client(NOW, QUICK) as client:
        client.ask("slow", [Request(server.url + "/slow", allow_hosts=HERE)])
        client.ask("quick", [Request(server.url + "/quick", allow_hosts=HERE)])
        order = []
        for key, _ in client.answered():
            order.append(key)
            first_is_done.set()
            if key == "quick":
                client.ask("more", [Request(server.url + "/quick", allow_hosts=HERE)])
    assert order[0] == "quick"
    assert sorted(order) == ["more", "quick", "slow"]


def test_leaving_early_keeps_nobody_waiting(server: Server) -> None:
    server.routes["/silent"] = server.hang
    with Client(NOW, QUICK) as client:
        client.ask("silent", [Request(server.url + "/silent", allow_hosts=HERE)])


def test_a_password_is_used_and_never_shown(server: Server) -> None:
    server.routes["/feed"] = redirect("/other")
    answer = get(server.url.replace("//", "//reader:secret@") + "/feed")
    assert "secret" not in answer.url + answer.error
    assert all(headers["Authorization"].startswith("Basic ") for _, headers in server.asked)


# robots.txt


ROBOTS = b"User-agent: *\nDisallow: /\n\nUser-agent: digest\nDisallow: /private/*\nDisallow: /*?print\n"


def pages(server: Server, *paths: str) -> list[str]:
    given = ask(*(Request(server.url + path, "page", allow_hosts=HERE) for path in paths))
    return [answer.error or answer.body.decode() for answer in given]


def test_pages_are_read_where_robots_txt_lets_them_and_it_is_asked_once(server: Server) -> None:
    server.routes |= {"/robots.txt": reply(ROBOTS), "/news": reply(b"news"), "/private/x": reply(b"no"),
                      "/news?print": reply(b"no")}  # fmt: skip
    refused = "its robots.txt does not let programs read it"
    assert pages(server, "/news", "/private/x", "/news?print") == ["news", refused, refused]
    assert sorted(server.paths()) == ["/news", "/robots.txt"]


def test_a_feed_is_there_for_programs(server: Server) -> None:
    server.routes |= {"/robots.txt": reply(ROBOTS), "/private/feed": reply(b"feed")}
    assert get(server.url + "/private/feed").body == b"feed"


def test_a_redirect_of_a_page_is_asked_of_robots_txt_as_well(server: Server) -> None:
    server.routes |= {"/robots.txt": reply(ROBOTS), "/news": redirect("/private/x"), "/private/x": reply(b"no")}
    assert pages(server, "/news") == ["its robots.txt does not let programs read it"]


def test_without_a_robots_txt_every_page_may_be_read(server: Server) -> None:
    server.routes["/news"] = reply(b"news")
    assert pages(server, "/news") == ["news"]


def test_while_robots_txt_cannot_be_had_no_page_is_read(server: Server) -> None:
    server.routes |= {"/robots.txt": reply(status=503), "/news": reply(b"news")}
    (words,) = pages(server, "/news")
    assert words.endswith("cannot be had: the server answers 503 Service Unavailable")
    assert "/news" not in server.paths()


# Where it connects to


def resolver(**hosts: str) -> Resolve:
    async def resolve(host: str, port: int) -> tuple[Address, ...]:
        if host not in hosts:
            raise OSError("no such name")
        return tuple(map(ip_address, hosts[host].split()))

    return resolve


def test_a_name_that_leads_inside_is_not_connected_to(server: Server) -> None:
    server.routes["/secret"] = reply(b"secret")
    known = resolver(trap="127.0.0.1", half="127.0.0.1 192.0.2.1")
    given = ask(
        *(Request(f"http://{host}:{server.port}/secret") for host in ("trap", "half", "nowhere")),
        resolve=known,
    )
    assert [answer.error.partition(";")[0] for answer in given] == [
        "trap is at 127.0.0.1, which is loopback",
        "half is at 127.0.0.1, which is loopback",
        "nowhere cannot be reached (the name nowhere leads to no address (no such name))",
    ]
    assert [answer.lasting for answer in given] == [True, True, False]
    assert server.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "localhost", "0.0.0.0"])
def test_no_spelling_of_loopback_is_connected_to(server: Server, host: str) -> None:
    server.routes["/secret"] = reply(b"secret")
    (answer,) = ask(Request(f"http://{host}:{server.port}/secret"))
    assert answer.error
    assert server.asked == []


def test_a_redirect_does_not_lead_inside(server: Server) -> None:
    server.routes |= {"/feed": redirect(f"http://trap:{server.port}/secret"), "/secret": reply(b"secret")}
    known = resolver(trap="127.0.0.1", **{"127.0.0.1": "127.0.0.1"})
    (answer,) = ask(Request(server.url + "/feed", allow_hosts=HERE), resolve=known)
    assert answer.error.startswith("trap is at 127.0.0.1, which is loopback")
    assert server.paths() == ["/feed"]


def test_a_connection_that_one_source_may_use_serves_no_other(server: Server) -> None:
    server.routes["/secret"] = reply(b"secret")
    allowed = Request(server.url + "/secret", allow_hosts=HERE)
    with Client(NOW, QUICK) as client:
        answers = []
        for request in (allowed, replace(allowed, allow_hosts=frozenset())):
            client.ask("one", [request])
            answers += [answer for _, given in client.answered() for answer in given]
    assert [answer.body for answer in answers] == [b"secret", b""]
    assert len(server.asked) == 1


def test_the_address_that_was_checked_is_the_one_connected_to(server: Server) -> None:
    asked = []

    async def counting(host: str, port: int) -> tuple[Address, ...]:
        asked.append(host)
        return (ip_address("127.0.0.1"),)

    server.routes["/feed"] = reply(b"here")
    # Nobody else knows the name: the connection was made with what was said here, and that was asked for once.
    request = Request(f"http://harbour.example:{server.port}/feed", allow_hosts=frozenset({"harbour.example"}))
    (answer,) = ask(request, resolve=counting)
    assert (answer.body, asked) == (b"here", ["harbour.example"])
    assert server.asked[0][1]["Host"] == f"harbour.example:{server.port}"


def test_the_next_address_is_tried_where_one_does_not_answer(server: Server) -> None:
    server.routes["/feed"] = reply(b"here")
    known = resolver(both="127.0.0.9 127.0.0.1")
    (answer,) = ask(
        Request(f"http://both:{server.port}/feed", allow_hosts=frozenset({"both"})),
        resolve=known,
    )
    assert answer.body == b"here"


@pytest.mark.parametrize("port", [22, 25, 110, 6667])
def test_no_request_goes_to_the_port_of_another_protocol(server: Server, port: int) -> None:
    server.routes["/feed"] = redirect(f"http://{HOST}:{port}/x")
    assert get(server.url + "/feed").error == f"port {port} of {HOST} is no web server's"
    (answer,) = ask(Request(f"http://harbour.example:{port}/feed"), resolve=resolver())
    assert answer.lasting


@pytest.mark.parametrize(
    "host",
    ["①②⑦.⓪.⓪.①", "127.1", "017700000001", "[::]", "[::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "127.0.0.1."],
)
def test_no_wrapping_of_loopback_is_connected_to(server: Server, host: str) -> None:
    server.routes |= {"/secret": reply(b"secret"), "/feed": redirect(f"http://{host}:{server.port}/secret")}
    direct, led = ask(Request(f"http://{host}:{server.port}/secret"), Request(server.url + "/feed", allow_hosts=HERE))
    assert direct.error
    assert led.error or not led.body
    assert "/secret" not in server.paths()


def test_a_name_in_another_script_is_asked_for_by_its_ascii_form(server: Server) -> None:
    server.routes["/feed"] = reply(b"here")
    known = resolver(**{"xn--hfen-loa.example": HOST})
    hosts = frozenset({"xn--hfen-loa.example"})
    (answer,) = ask(Request(f"http://häfen.example:{server.port}/feed", allow_hosts=hosts), resolve=known)
    assert (answer.body, server.asked[0][1]["Host"]) == (b"here", f"xn--hfen-loa.example:{server.port}")


def test_what_is_allowed_by_a_name_in_another_script_is_reached(server: Server) -> None:
    server.routes["/feed"] = reply(b"here")
    known = resolver(**{"xn--hfen-loa.example": HOST})
    (answer,) = ask(
        Request(f"http://häfen.example:{server.port}/feed", allow_hosts=frozenset({"häfen.example"})), resolve=known
    )
    assert answer.body == b"here"


def test_a_body_that_is_announced_too_large_is_not_waited_for(server: Server) -> None:
    def huge(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(1 << 30))
        handler.end_headers()
        server.closing.wait()

    server.routes["/feed"] = huge
    answer = get(server.url + "/feed")
    assert answer.error == "it is over the 100,000 bytes that are read of one"
    assert answer.lasting


def test_a_flood_of_headers_is_an_error(server: Server) -> None:
    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(200_000)) + b"\r\nhere")
        handler.close_connection = True

    server.routes["/feed"] = flood
    assert get(server.url + "/feed", limits=replace(QUICK, backoff=())).error


def test_a_body_in_pieces_that_breaks_off_is_an_error(server: Server) -> None:
    def pieces(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"4\r\nhalf\r\nzz")
        handler.close_connection = True

    server.routes["/feed"] = pieces
    answer = get(server.url + "/feed", limits=replace(QUICK, backoff=()))
    assert answer.error
    assert not answer.lasting
