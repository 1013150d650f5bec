"""Collecting from real sources over a real network: what is kept, what is asked again, what a fault costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.archive import open_archive
from digest.archive.store import Archive
from digest.errors import SourceError
from digest.model import Document, Drop
from digest.sources.files import Files
from digest.sources.gathering import gather
from tests.sources.collecting import (
    BAKERY,
    FERRY,
    NOW,
    a_feed,
    a_front,
    a_page,
    collect,
    gathered,
    item,
    page,
    reading,
)
from tests.sources.server import Route, Server, answers, feed, redirect, reply

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PIER, MARKET = "Ferry returns to the harbour", "Bakers keep their night shift"


@pytest.fixture
def archive() -> Iterator[Archive]:
    with open_archive("sqlite://") as opened:
        yield opened


def headlines(archive: Archive) -> set[str]:
    return {article.headline for article in archive.articles()}


def failures(drops: list[Drop]) -> list[str]:
    return [drop.detail for drop in drops if drop.reason == "source failed"]


# Feeds


def test_a_feed_is_asked_for_what_is_new_once_its_items_are_kept(server: Server, archive: Archive) -> None:
    server.routes["/feed"] = feed(item(PIER, FERRY[0]), etag='"one"', last_modified="Sun, 22 Nov 2026 05:00:00 GMT")
    source = a_feed(server)
    gathered(archive, source)  # and killed before anything was stored
    assert collect(archive, source) == []
    assert headlines(archive) == {PIER}
    assert collect(archive, source, now=NOW + HOUR) == []
    assert [headers["If-None-Match"] for _, headers in server.asked] == [None, None, '"one"']
    assert server.asked[-1][1]["If-Modified-Since"] == "Sun, 22 Nov 2026 05:00:00 GMT"
    (fetch,) = archive.fetches()
    assert (fetch.items, fetch.succeeded, fetch.etag) == (1, NOW + HOUR, '"one"')


def test_a_failed_fetch_makes_nothing_old_new(server: Server, archive: Archive) -> None:
    source = a_feed(server)
    whole = feed(item(PIER, FERRY[0]), item(MARKET, BAKERY[0]))
    for hours, route in enumerate([whole, reply(status=500), reply(b"<rss", media_type="text/xml"), whole]):
        server.routes["/feed"] = route
        collect(archive, source, now=NOW + hours * HOUR)
    assert headlines(archive) == {PIER, MARKET}
    assert archive.articles(since=NOW) == ()


def test_a_fault_costs_no_other_source(server: Server, archive: Archive) -> None:
    class Broken:
        complete = True

        def fetch(self, now: datetime) -> Iterator[Document | Drop]:
            yield Document("s3", "one.txt", b"<html></html>")
            raise ZeroDivisionError("three boats, no pier")

    server.routes |= {"/feed": feed(item(PIER, FERRY[0])), "/ill": reply(status=503), "/bad": reply(b"\0\1 no feed")}
    sources = (a_feed(server), a_feed(server, "/ill"), a_feed(server, "/nowhere"), Broken())
    drops = collect(archive, *sources)
    assert failures(drops) == [
        f"{server.url}/ill: the server answers 503 Service Unavailable; the next collect asks again",
        f"{server.url}/nowhere: the server answers 404 Not Found; "
        "check the address, or find its feed anew with digest sources add",
        "ZeroDivisionError: three boats, no pier; report it to whoever wrote the source",
    ]
    assert headlines(archive) == {PIER}


@pytest.mark.parametrize(
    ("route", "remedy"),
    [
        (reply(status=410), "it is gone for good; give the address that has taken its place, or take the source out"),
        (reply(status=403), "it lets no program in; follow another address of its publisher"),
        (reply(status=418), "check the address"),
        (reply(b" " * 100_001), "give the address of a smaller one"),
        (reply(b"no gzip", Content_Encoding="br"), "the next collect asks again"),
        (redirect("/feed"), "check the address"),
        (redirect("http://10.1.2.3/feed"), "a source may reach it when its allow_hosts names it"),
    ],
)
def test_every_fault_says_what_to_do(server: Server, archive: Archive, route: Route, remedy: str) -> None:
    server.routes["/feed"] = route
    (words,) = failures(collect(archive, a_feed(server), largest=100_000, backoff=()))
    assert words.startswith(f"{server.url}/feed: ")
    assert f"; {remedy}" in words


def test_a_page_that_fails_for_now_is_asked_for_again_and_its_drop_says_so(server: Server, archive: Archive) -> None:
    server.routes |= {"/feed": feed(item(PIER, FERRY[0], "/pier")), "/pier": reply(status=503)}
    details = [collect(archive, a_feed(server), now=NOW + hours * HOUR, backoff=())[0].detail for hours in range(3)]
    kept = "the server answers 503 Service Unavailable; the source's own text is kept"
    assert details == [f"{kept}, and the next collect asks again"] * 2 + [kept]


def test_a_source_that_fails_for_days_is_told_once_a_day_with_since_when(server: Server, archive: Archive) -> None:
    zurich = ZoneInfo("Europe/Zurich")
    late = datetime(2026, 11, 22, 23, 30, tzinfo=zurich)
    told = [
        failures(collect(archive, a_feed(server), now=late + minutes * timedelta(minutes=1)))
        for minutes in (0, 10, 40, 50)
    ]
    words = (
        f"{server.url}/feed: the server answers 404 Not Found; "
        "check the address, or find its feed anew with digest sources add"
    )
    assert told == [[words], [], [f"{words}; it has failed since 2026-11-22 23:30"], []]
    (fetch,) = archive.fetches()
    assert (fetch.failing_since, fetch.failures) == (late, 4)
    server.routes["/feed"] = feed(item(PIER, FERRY[0]))
    assert collect(archive, a_feed(server), now=late + HOUR) == []
    (fetch,) = archive.fetches()
    assert (fetch.failing_since, fetch.failures, fetch.error) == (None, 0, "")


def test_a_server_is_left_alone_for_as_long_as_it_asks(server: Server, archive: Archive) -> None:
    server.routes["/feed"] = answers((b"", 429, {"Retry-After": "7200"}), (b"", 503, {}))
    for hours in (0, 1, 2):
        collect(archive, a_feed(server), now=NOW + hours * HOUR, backoff=())
        assert len(server.asked) == (1 if hours < 2 else 2)


def test_a_web_page_is_no_feed_and_its_feeds_are_named(server: Server, archive: Archive) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/news.rss">'
    server.routes["/feed"] = reply(f"<!doctype html><html><head>{head}</head><body>{page(PIER, FERRY)}</body></html>")
    (words,) = failures(collect(archive, a_feed(server)))
    assert words.endswith(
        f"it is a web page and no feed; give the address of one of its feeds ({server.url}/news.rss), "
        'or say use = "page"'
    )
    assert archive.articles() == ()


def test_a_feed_that_broke_off_is_asked_for_whole_again(server: Server, archive: Archive) -> None:
    broken = "<rss><channel>" + item(PIER, FERRY[0]) + "<item><title>Bak"
    server.routes["/feed"] = reply(broken, media_type="application/rss+xml", ETag='"one"')
    assert "cut off" in [drop.reason for drop in collect(archive, a_feed(server))]
    assert headlines(archive) == {PIER}
    assert [fetch.etag for fetch in archive.fetches()] == [""]


def test_a_feed_that_moved_for_good_is_remembered(server: Server, archive: Archive) -> None:
    server.routes |= {"/feed": redirect("/new", 301), "/new": feed(item(PIER, FERRY[0]))}
    collect(archive, a_feed(server))
    (fetch,) = archive.fetches()
    assert (fetch.url, fetch.moved) == (server.url + "/feed", server.url + "/new")


def test_a_wrong_charset_is_a_claim_that_the_format_judges(server: Server, archive: Archive) -> None:
    body = f'<?xml version="1.0" encoding="utf-8"?><rss><channel>{item("Fähre läuft aus")}</channel></rss>'
    server.routes["/feed"] = reply(body, media_type="text/xml; charset=iso-8859-1")
    collect(archive, a_feed(server))
    assert headlines(archive) == {"Fähre läuft aus"}


def test_local_sources_are_read_and_what_left_a_folder_is_gone(
    server: Server, archive: Archive, tmp_path: object
) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "a.html").write_text(page(PIER, FERRY))
    (folder / "b.html").write_text(page(MARKET, BAKERY))
    source = Files("s0", (str(folder),))
    collect(archive, source)
    (folder / "b.html").unlink()
    collect(archive, source, now=NOW + HOUR)
    assert headlines(archive) == {PIER}
    assert [(fetch.url, fetch.items) for fetch in archive.fetches()] == [("", 1)]


def test_a_folder_that_could_not_be_read_loses_nothing(archive: Archive) -> None:
    class Folder:
        complete = True

        def __init__(self) -> None:
            self.is_there = True

        def fetch(self, now: datetime) -> Iterator[Document | Drop]:
            if not self.is_there:
                raise SourceError("the disk is not there; plug it in")
            yield Document("s0", "a.html", page(PIER, FERRY).encode())

    folder = Folder()
    collect(archive, folder)
    folder.is_there = False
    assert failures(collect(archive, folder, now=NOW + HOUR)) == ["the disk is not there; plug it in"]
    assert headlines(archive) == {PIER}


# Following links


def test_a_teaser_gets_the_text_of_its_page_and_stays_the_same_article(server: Server, archive: Archive) -> None:
    server.routes |= {"/feed": feed(item(PIER, FERRY[0], "/pier")), "/pier": reply(page("Another headline", FERRY))}
    collect(archive, a_feed(server, full_text="never"))
    (teaser,) = archive.articles()
    assert teaser.kind == "brief"
    collect(archive, a_feed(server), now=NOW + HOUR)
    (full,) = archive.articles()
    assert (full.id, full.headline, full.kind) == (teaser.id, PIER, "full")
    assert full.paragraphs == FERRY
    assert full.standfirst == ""


def test_a_page_s_contact_is_its_feed_s_publisher_s_whatever_the_page_calls_itself(
    server: Server, archive: Archive
) -> None:
    told = '<footer>About us. <a href="mailto:desk@quay.example">Report an error</a></footer></body>'
    pier = page(PIER, FERRY).replace("</body>", told)
    server.routes |= {"/feed": feed(item(PIER, FERRY[0], "/pier")), "/pier": reply(pier)}
    collect(archive, a_feed(server))
    (article,) = archive.articles()
    assert article.contact is not None
    assert (article.contact.address, article.contact.publisher) == ("desk@quay.example", "Harbour Gazette")


def test_a_page_is_followed_once_for_each_wording_of_its_item(server: Server, archive: Archive) -> None:
    pier = reply(page(PIER, FERRY))
    server.routes |= {"/feed": feed(item(PIER, FERRY[0], "/pier")), "/pier": pier}
    for hours in range(2):
        collect(archive, a_feed(server), now=NOW + hours * HOUR)
    assert server.paths().count("/pier") == 1
    server.routes["/feed"] = feed(item(PIER, FERRY[0] + " It sails at noon.", "/pier"))
    collect(archive, a_feed(server), now=NOW + 2 * HOUR)
    assert server.paths().count("/pier") == 2


def test_an_item_with_its_whole_text_is_not_followed_unless_asked_for(server: Server, archive: Archive) -> None:
    text = " ".join(f"&lt;p&gt;{words}&lt;/p&gt;" for words in FERRY[:5])
    server.routes |= {"/feed": feed(item(PIER, text, "/pier")), "/pier": reply(page(PIER, FERRY))}
    collect(archive, a_feed(server))
    assert "/pier" not in server.paths()
    collect(archive, a_feed(server, full_text="always"), now=NOW + HOUR)
    (full,) = archive.articles()
    assert full.paragraphs == FERRY


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (page("Your cookies", ["We use cookies. Please accept the cookies to read on."]), "no article"),
        (page(PIER, ["Subscribe to read on."]), "no article"),
        (page(MARKET, BAKERY), "the page tells something else, 'Bakers keep their night shift'"),
        ("", "not readable"),
    ],
)
def test_a_wall_before_a_page_leaves_the_feeds_own_text(server: Server, archive: Archive, body: str, why: str) -> None:
    server.routes |= {"/feed": feed(item(PIER, FERRY[0], "/pier")), "/pier": reply(body)}
    drops = collect(archive, a_feed(server))
    (detail,) = [drop.detail for drop in drops if drop.reason == "no full text"]
    assert detail.startswith(why)
    assert detail.endswith("the source's own text is kept")
    (teaser,) = archive.articles()
    assert (teaser.kind, teaser.standfirst) == ("brief", FERRY[0])


def test_a_page_that_failed_for_now_is_asked_for_again_but_not_for_ever(server: Server, archive: Archive) -> None:
    server.routes |= {"/feed": feed(item(PIER, FERRY[0], "/pier"), etag='"one"'), "/pier": reply(status=503)}
    for hours in range(6):
        drops = collect(archive, a_feed(server), now=NOW + hours * HOUR, backoff=())
        assert [drop.reason for drop in drops] == (["page failed"] if hours < 3 else [])
    assert server.paths().count("/pier") == 3
    assert [fetch.etag for fetch in archive.fetches()] == ['"one"']
    assert headlines(archive) == {PIER}


def test_a_recording_is_not_fetched_for_its_text(server: Server, archive: Archive) -> None:
    episode = '<item><title>The keeper of the lamp</title><guid isPermaLink="false">40</guid>{}</item>'
    sound = f'<enclosure url="{server.url}/40.mp3" type="audio/mpeg" length="9"/>'
    server.routes["/feed"] = feed(episode.format(sound))
    collect(archive, a_feed(server))
    assert [article.url for article in archive.articles()] == [f"{server.url}/40.mp3"]
    assert "/40.mp3" not in server.paths()


def test_more_pages_than_one_collect_may_follow_are_followed_by_the_next(server: Server, archive: Archive) -> None:
    items = [item(f"{PIER}, part {number}", FERRY[0], f"/{number}") for number in range(5)]
    server.routes["/feed"] = feed(*items, etag='"one"')
    server.routes |= {f"/{number}": reply(page(PIER, FERRY)) for number in range(5)}
    followed = []
    for hours in range(4):
        server.asked.clear()
        collect(archive, a_feed(server, follow=2), now=NOW + hours * HOUR)
        followed.append(sorted(path for path in server.paths() if path[1:].isdigit()))
    assert followed == [["/0", "/1"], ["/2", "/3"], ["/4"], []]
    assert {article.kind for article in archive.articles()} == {"full"}


def test_what_robots_txt_closes_is_not_followed_and_the_teaser_stays(server: Server, archive: Archive) -> None:
    server.routes |= {
        "/robots.txt": reply("User-agent: *\nDisallow: /pier", media_type="text/plain"),
        "/feed": feed(item(PIER, FERRY[0], "/pier")),
        "/pier": reply(page(PIER, FERRY)),
    }
    (drop,) = collect(archive, a_feed(server))
    words = "its robots.txt does not let programs read it; the source's own text is kept"
    assert (drop.reason, drop.detail) == ("page failed", words)
    assert headlines(archive) == {PIER}


def test_a_feed_does_not_lead_inside(server: Server, archive: Archive) -> None:
    server.routes |= {
        "/feed": feed(item(PIER, FERRY[0], f"http://localhost:{server.port}/secret")),
        "/secret": reply(b"x"),
    }
    (drop,) = collect(archive, a_feed(server))
    assert drop.reason == "page failed"
    assert "which is loopback" in drop.detail
    assert "/secret" not in server.paths()


# Pages and section fronts


def test_a_page_is_one_article_and_asked_conditionally(server: Server, archive: Archive) -> None:
    server.routes["/pier"] = reply(page(PIER, FERRY), ETag='"one"')
    for hours in range(2):
        collect(archive, a_page(server, "/pier"), now=NOW + hours * HOUR)
    (article,) = archive.articles()
    assert (article.headline, article.paragraphs) == (PIER, FERRY)
    assert server.asked[-1][1]["If-None-Match"] == '"one"'


def front() -> str:
    stories = [(PIER, FERRY[0], "/pier"), (MARKET, BAKERY[0], "/market"),
               ("Lighthouse is painted red again", "The keeper chose the colour of the year he was born.", "/red"),
               ("Choir looks for a second bass", "The first one is sixty, and would like a holiday now.", "/bass"),
               ("Bridge closes for winter", "Steel on the north bank is worn, engineers say.", "/steel")]  # fmt: skip
    cards = "".join(f'<div><h3><a href="{link}">{title}</a></h3><p>{text}</p></div>' for title, text, link in stories)
    return f"<html><head><title>Town</title></head><body><main>{cards}</main></body></html>"


def test_a_section_front_gives_briefs_and_follows_only_as_far_as_it_may(server: Server, archive: Archive) -> None:
    server.routes |= {
        "/town": reply(front()),
        "/pier": reply(page(PIER, FERRY)),
        "/market": reply(page(MARKET, BAKERY)),
    }
    collect(archive, a_front(server, "/town"))
    assert [article.kind for article in archive.articles()] == ["brief"] * 5
    collect(archive, a_front(server, "/town", follow=2), now=NOW + HOUR)
    kinds = {article.headline: article.kind for article in archive.articles()}
    assert len(kinds) == 5
    assert {headline for headline, kind in kinds.items() if kind == "full"} == {PIER, MARKET}
    assert {"/red", "/bass", "/steel"}.isdisjoint(server.paths())


def test_the_same_article_in_two_sources_is_one(server: Server, archive: Archive) -> None:
    server.routes |= {"/town": reply(front()), "/pier": reply(page(PIER, FERRY))}
    collect(archive, a_front(server, "/town", follow=1), a_page(server, "/pier"))
    assert [each.kind for each in archive.articles() if each.headline == PIER] == ["full"]


def test_documents_say_where_they_came_from(server: Server, archive: Archive) -> None:
    server.routes |= {"/old": redirect("/feed"), "/feed": feed(item(PIER, FERRY[0]))}
    collect(archive, a_feed(server, "/old"))
    (document,) = archive.documents()
    expected = Document("s0", server.url + "/old", b"", "application/rss+xml", None, server.url + "/feed", NOW)
    assert replace(document, body=b"") == expected


def test_a_collect_opens_a_client_of_its_own_only_for_the_web(server: Server, archive: Archive) -> None:
    server.routes["/feed"] = feed(item(PIER, FERRY[0]))
    (each,) = gather([("s0", a_feed(server))], reading, archive.fetches, NOW)
    assert [article.headline for article in each.articles] == [PIER]
    assert list(gather([], reading, archive.fetches, NOW)) == []


def test_nothing_of_the_network_is_loaded_before_it_is_needed() -> None:
    import subprocess
    import sys

    unneeded = {"httpx", "httpcore", "protego", "asyncio", "pydantic"}
    program = f"import sys, digest.sources.gathering; print({unneeded} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
