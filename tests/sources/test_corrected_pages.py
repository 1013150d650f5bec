"""A page that was followed once and changes later: asked again while it is watched, and corrected in public."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runner import run
from tests.sources.collecting import BAKERY, FERRY, item, page
from tests.sources.server import HOST, Server, feed, reply

MENDED = [text.replace("after eleven years ashore", "after twelve years ashore") for text in FERRY]


def morning(day: int) -> tuple[str, str]:
    return "--now", f"2026-11-{day}T07:00:00+01:00"


def counted(server: Server, path: str) -> int:
    return sum(asked == path for asked, _ in server.asked)


@pytest.fixture
def letter(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter over a feed of teasers whose first issue is out."""
    monkeypatch.chdir(tmp_path)
    server.routes["/feed"] = feed(
        item("The old ferry is back", "The old ferry sails.", f"{server.url}/ferry"), etag="1"
    )
    serve(server, "The old ferry is back", FERRY)
    (tmp_path / "digest.toml").write_text(
        '[newsletter]\ncorrections = "errors@example.org"\nwatch = 2\n'
        f'[[source]]\nname = "Quay"\nuse = "feed"\nurl = "{server.url}/feed"\nallow_hosts = ["{HOST}"]\n'
    )
    first = run("publish", *morning(20))
    assert first.exit_code == 0, first.stderr
    assert FERRY[0][:60] in " ".join(run("show", "1").stdout.split())
    return tmp_path


def serve(server: Server, headline: str, paragraphs: object, path: str = "/ferry") -> None:
    server.routes[path] = reply(page(headline, list(paragraphs)).encode(), 200, "text/html")  # type: ignore[call-overload]


def test_what_a_page_says_now_is_corrected_though_its_feed_says_nothing(letter: Path, server: Server) -> None:
    serve(server, "The old ferry is back", MENDED)
    told = run("corrections", "--date", "2026-11-21").stderr
    assert "nothing that was printed has been corrected" in told
    assert run("collect", *morning(21), "-q").exit_code == 0
    assert "after twelve years ashore" in run("corrections", "--date", "2026-11-21").stdout
    serve(server, "The bakery votes", BAKERY, "/bakery")
    server.routes["/feed"] = feed(item("The bakery votes", "The night shift stays.", f"{server.url}/bakery"), etag="2")
    second = run("publish", *morning(21))
    assert second.exit_code == 0, second.stderr
    text = " ".join(run("show", "2").stdout.split())
    assert f"We wrote: “{FERRY[0]}”" in text
    assert f"The article now says: “{MENDED[0]}”" in text


def test_a_watched_page_is_asked_once_a_collect_and_no_longer_than_it_is_watched(letter: Path, server: Server) -> None:
    assert counted(server, "/ferry") == 1
    for day, asked in ((21, 2), (21, 2), (22, 3), (24, 3), (25, 3)):
        run("collect", *morning(day), "-q")
        assert counted(server, "/ferry") == asked, day


def test_a_page_that_became_a_wall_or_went_is_no_correction(letter: Path, server: Server) -> None:
    for route in (
        reply(page("Subscribe", ["Sign in or subscribe to read this article."]).encode(), 200, "text/html"),
        reply(page("The old ferry is back", FERRY[:1]).encode(), 200, "text/html"),
        reply(b"gone", 404),
    ):
        server.routes["/ferry"] = route
        run("collect", *morning(21), "-q")
        assert "nothing that was printed has been corrected" in run("corrections", "--date", "2026-11-21").stderr
        server.routes["/ferry"] = reply(page("The old ferry is back", FERRY).encode(), 200, "text/html")


def test_a_teaser_whose_page_is_closed_is_corrected_by_its_feed(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    was, now = (f"The silo at the pier holds {n} tonnes of barley, the harbour office said." for n in (900, 700))
    server.routes |= {"/feed": feed(item("Fire in the silo", was, f"{server.url}/silo")), "/silo": reply(b"no", 403)}
    (tmp_path / "digest.toml").write_text(
        '[newsletter]\ncorrections = "errors@example.org"\n'
        f'[[source]]\nname = "Quay"\nuse = "feed"\nurl = "{server.url}/feed"\nallow_hosts = ["{HOST}"]\n'
    )
    assert run("publish", *morning(20)).exit_code == 0
    server.routes["/feed"] = feed(item("Fire in the silo", now, f"{server.url}/silo"))
    assert run("collect", *morning(21), "-q").exit_code == 0
    told = run("corrections", "--date", "2026-11-21").stdout
    assert f"was:  {was}" in told
    assert f"now:  {now}" in told


def test_a_page_that_answers_a_day_late_makes_no_update_of_its_teaser(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    teaser = item("The old ferry is back", "The old ferry sails.", f"{server.url}/ferry")
    server.routes |= {"/feed": feed(teaser, etag="1"), "/ferry": reply(b"busy", 404)}
    (tmp_path / "digest.toml").write_text(
        '[newsletter]\ncorrections = "errors@example.org"\n'
        f'[[source]]\nname = "Quay"\nuse = "feed"\nurl = "{server.url}/feed"\nallow_hosts = ["{HOST}"]\n'
    )
    assert run("publish", *morning(20)).exit_code == 0
    serve(server, "The old ferry is back", FERRY)
    assert run("publish", *morning(21)).exit_code == 3
