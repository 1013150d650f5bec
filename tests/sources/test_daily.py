"""A reader's morning: a digest.toml that names a feed, and the commands that make its issue."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runner import run
from tests.sources.collecting import BAKERY, FERRY, item, page
from tests.sources.server import HOST, Server, feed, reply

NOW = ("--now", "2026-11-20T07:00:00+01:00")
LATER = ("--now", "2026-11-20T08:00:00+01:00")


@pytest.fixture
def newsletter(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration that follows the server's feed; the current folder."""
    monkeypatch.chdir(tmp_path)
    link = f"{server.url}/ferry"
    server.routes["/feed"] = feed(item("The old ferry is back", "The old ferry sails again.", link), etag='"1"')
    server.routes["/ferry"] = reply(page("The old ferry is back", FERRY).encode(), 200, "text/html")
    (tmp_path / "digest.toml").write_text(
        '[newsletter]\ncorrections = "errors@example.org"\n'
        f'[[source]]\nname = "Quay"\nuse = "feed"\nurl = "{server.url}/feed"\nallow_hosts = ["{HOST}"]\n'
    )
    return tmp_path


def test_a_feed_s_teaser_becomes_the_full_article_it_leads_to(newsletter: Path) -> None:
    done = run("text", *NOW)
    assert done.exit_code == 0, done.stderr
    assert "The old ferry is back" in done.stdout
    shown = " ".join(done.stdout.split())
    assert any(sentence in shown for sentence in FERRY)


def test_what_has_left_the_feed_stays_and_a_failed_fetch_makes_nothing_new(newsletter: Path, server: Server) -> None:
    assert run("build", *NOW, "-q").exit_code == 0
    server.routes["/bakery"] = reply(page("The bakery votes", BAKERY).encode(), 200, "text/html")
    server.routes["/feed"] = feed(item("The bakery votes", "The night shift stays.", f"{server.url}/bakery"))
    both = run("text", *LATER).stdout
    assert "The old ferry is back" in both
    assert "The bakery votes" in both
    server.routes["/feed"] = reply(b"gone fishing", 404)
    failed = run("text", "--now", "2026-11-21T07:00:00+01:00")
    assert failed.exit_code == 0
    assert "The bakery votes" in failed.stdout


def test_a_private_address_is_refused_unless_the_source_names_it(newsletter: Path) -> None:
    config = newsletter / "digest.toml"
    config.write_text(config.read_text().replace(f'allow_hosts = ["{HOST}"]', ""))
    done = run("build", *NOW)
    assert done.exit_code == 3
    assert "Quay" in done.stderr
    assert "allow_hosts" in done.stderr
