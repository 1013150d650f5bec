"""A reader's morning: a digest.toml that names a feed, and the commands that make its issue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.config import load
from digest.pipeline import known
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
    assert done.exit_code == 1
    assert "Quay" in done.stderr
    assert "allow_hosts" in done.stderr


def test_the_health_table_tells_what_fails_since_when_and_why(newsletter: Path, server: Server) -> None:
    assert run("build", *NOW, "-q").exit_code == 0
    before = run("sources").stdout
    assert [line.split()[:3] for line in before.splitlines()[1:]] == [["Quay", "ok", "2026-11-20"]]
    assert before.splitlines()[1].split()[4] == "1"
    server.routes["/feed"] = reply(b"gone fishing", 404)
    run("build", *LATER, "-q")
    after = run("sources", "list").stdout.splitlines()[1]
    assert after.startswith("Quay")
    assert "failing" in after
    assert "since 2026-11-20" in after
    assert "once: the server answers 404 Not Found" in after
    (row,) = json.loads(run("sources", "--json").stdout)
    assert (row["state"], row["failures"], row["newest"][:10]) == ("failing", 1, "2026-11-20")


def test_the_health_table_s_times_are_the_newsletter_s(newsletter: Path) -> None:
    config = newsletter / "digest.toml"
    config.write_text(config.read_text().replace("[newsletter]", '[newsletter]\ntimezone = "Asia/Tokyo"'))
    assert run("build", *NOW, "-q").exit_code == 0
    assert "2026-11-20 15:00" in run("sources").stdout


def test_of_a_list_what_is_there_already_and_what_is_no_feed_is_told(newsletter: Path, server: Server) -> None:
    feeds = (f"{server.url}/feed", f"{server.url}/other", "file:///home/ana/mine.xml")
    outlines = "".join(f'<outline text="{number}" xmlUrl="{url}"/>' for number, url in enumerate(feeds))
    (newsletter / "feeds.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    done = run("sources", "import", "feeds.opml")
    assert "added 1:" in done.stdout
    assert "1 of 2 feeds were there already" in done.stdout
    assert "left out 2: file:///home/ana/mine.xml is no address on the web" in done.stderr


def test_the_feed_of_a_web_page_is_found_and_added_once(newsletter: Path, server: Server) -> None:
    link = f'<link rel="alternate" type="application/rss+xml" title="Harbour news" href="{server.url}/news.xml">'
    server.routes["/"] = reply(f"<html><head>{link}</head><body>Hello</body></html>".encode(), 200, "text/html")
    added = run("sources", "add", f"{server.url}/", "--allow-host", HOST)
    assert added.exit_code == 0, added.stderr
    assert "added Harbour news" in added.stdout
    assert f'url = "{server.url}/news.xml"' in (newsletter / "digest.toml").read_text()
    assert "nothing to add" in run("sources", "add", f"{server.url}/", "--allow-host", HOST).stderr
    assert run("sources", "list").stdout.count("never asked") == 2


def test_an_address_that_is_a_feed_is_added_as_it_is(newsletter: Path, server: Server) -> None:
    server.routes["/other"] = feed(item("The bakery votes", "The night shift stays."))
    added = run("sources", "add", f"{server.url}/other", "--allow-host", HOST)
    assert "added Harbour Gazette" in added.stdout


def test_an_address_that_does_not_answer_is_told(newsletter: Path, server: Server) -> None:
    done = run("sources", "add", f"{server.url}/nowhere", "--allow-host", HOST)
    assert done.exit_code == 1
    assert "404" in done.stderr


def test_a_feed_of_comments_is_not_taken_and_one_that_is_there_makes_no_stories(
    newsletter: Path, server: Server
) -> None:
    comments = [item(f"By: Maren {n}", "I saw it too.", f"https://quay.example/ferry/#comment-{n}") for n in range(3)]
    server.routes["/comments/feed"] = feed(*comments)
    refused = run("sources", "add", f"{server.url}/comments/feed", "--allow-host", HOST)
    assert refused.exit_code == 1
    assert "a feed of readers' comments and not of articles; give the address of the site's own feed" in refused.stderr
    server.routes["/feed"] = feed(*comments)
    assert "no source on the web answered" in run("text", *NOW).stderr
    assert "readers' comments" in run("sources", "list").stdout


def test_without_a_source_the_table_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "digest.toml").write_text('[newsletter]\nname = "Quay"\n')
    assert "digest sources add" in run("sources").stdout


def test_feeds_go_out_as_opml_and_come_in_again(newsletter: Path, server: Server) -> None:
    listed = run("sources", "export").stdout
    assert f"{server.url}/feed" in listed
    (newsletter / "feeds.opml").write_text(listed.replace("/feed", "/another"))
    assert run("sources", "import", "feeds.opml").exit_code == 0
    assert f"{server.url}/another" in run("sources", "export").stdout


def test_a_category_of_another_reader_becomes_a_section_of_the_issue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.chdir(tmp_path)
    server.routes["/beans"] = feed(item("How to boil beans in a copper pot", "They want soft water and a low flame."))
    server.routes["/cup"] = feed(item("Harbour rowers win the island cup", "They led from the first buoy on."))
    outline = '<outline text="{0}"><outline text="{0} feed" xmlUrl="{1}"/></outline>'
    lists = outline.format("Cooking", f"{server.url}/beans") + outline.format("Sport", f"{server.url}/cup")
    (tmp_path / "feeds.opml").write_text(
        f'<opml version="2.0"><body><outline text="All">{lists}</outline></body></opml>'
    )
    config = tmp_path / "digest.toml"
    config.write_text('[newsletter]\nname = "Pots"\n')
    assert "added the section Cooking" in run("sources", "import", "feeds.opml", "--allow-host", HOST).stdout
    assert config.read_text().count("[[section]]") == 1  # for sport there is one
    shown = run("text", *NOW).stdout
    assert shown.rindex("COOKING") < shown.rindex("How to boil beans")
    assert "SPORT" in shown


def test_the_feeds_at_an_allowed_host_may_ask_it_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    addresses = ("http://Wiki.intranet.example/rss", "https://quay.example/rss")
    feeds = "".join(f'<outline text="{url}" xmlUrl="{url}"/>' for url in addresses)
    (tmp_path / "feeds.opml").write_text(f'<opml version="2.0"><body>{feeds}</body></opml>')
    (tmp_path / "digest.toml").write_text('[newsletter]\nname = "Quay"\n')
    strange = run("sources", "import", "feeds.opml", "--allow-host", "wicki.intranet.example")
    assert strange.exit_code == 2
    assert "no feed of feeds.opml is at it" in strange.stderr
    assert run("sources", "import", "feeds.opml", "--allow-host", "wiki.intranet.example").exit_code == 0
    sources = load(tmp_path / "digest.toml", known()).source
    assert [source.options.get("allow_hosts") for source in sources] == [["wiki.intranet.example"], None]


def test_of_nested_categories_the_innermost_that_a_section_goes_by_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.chdir(tmp_path)
    server.routes["/hens"] = feed(item("Hens of the upland lay in the dark", "They want a quiet coop and warm straw."))
    server.routes["/cup"] = feed(item("Harbour rowers win the island cup", "They led from the first buoy on."))
    feeds = [f'<outline text="{name}" xmlUrl="{server.url}/{name}"/>' for name in ("hens", "cup")]
    hens = f'<outline text="Science"><outline text="Hens">{feeds[0]}</outline></outline>'
    cup = f'<outline text="Science"><outline text="Sport">{feeds[1]}</outline></outline>'
    (tmp_path / "feeds.opml").write_text(f'<opml version="2.0"><body>{hens}{cup}</body></opml>')
    config = tmp_path / "digest.toml"
    config.write_text('[newsletter]\nname = "Coop"\n')
    assert run("sources", "import", "feeds.opml").exit_code == 0
    assert "[[section]]" not in config.read_text()
    config.write_text(config.read_text().replace("use =", f'allow_hosts = ["{HOST}"]\nuse ='))
    shown = run("text", *NOW).stdout
    assert shown.rindex("SCIENCE") < shown.rindex("Hens of the upland")
    assert shown.rindex("SPORT") < shown.rindex("Harbour rowers")
    listed = run("sources", "export").stdout
    assert listed.count('<outline text="Science" title="Science">') == 1
    config.write_text(f'{config.read_text()}\n[[section]]\ntitle = "The coop"\nlabels = ["Hens"]\n')
    shown = run("text", *NOW).stdout
    assert shown.rindex("THE COOP") < shown.rindex("Hens of the upland")


def test_the_sources_of_one_newsletter_come_into_another_with_their_sections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is exported is imported as it was: names, addresses, sections, and feeds of the same name."""
    monkeypatch.chdir(tmp_path)
    feeds = [
        ("Quay", "https://quay.example/feed", "Harbour & Sea"),
        ("Müller „Tag“", "https://mueller.example/a?b=1&c=2", ""),
        ("Mill", "https://mill.example/rss", "Harbour & Sea"),
        ('Tower\\\\ "news"', "https://tower.example/atom", "Land"),
    ]
    tables = (f'[[source]]\nname = {json.dumps(name)}\nuse = "feed"\nurl = "{url}"\n'
              + (f"section = {json.dumps(section)}\n" if section else "") for name, url, section in feeds)  # fmt: skip
    (tmp_path / "one.toml").write_text("\n".join(tables), "utf-8")
    (tmp_path / "two.toml").write_text('[newsletter]\nname = "Two"\n', "utf-8")
    listed = run("sources", "export", "-c", "one.toml").stdout
    (tmp_path / "feeds.opml").write_text(listed, "utf-8")
    assert run("sources", "import", "feeds.opml", "-c", "two.toml").exit_code == 0

    def sources(name: str) -> list[tuple[str, str, str]]:
        found = load(tmp_path / name, known()).source
        return [(each.name, each.options["url"], each.section) for each in found]

    assert sorted(sources("two.toml")) == sorted(sources("one.toml"))
    assert [section.title for section in load(tmp_path / "two.toml", known()).section] == ["Harbour & Sea", "Land"]
    again = run("sources", "export", "-c", "two.toml").stdout
    assert again.partition("<body>")[2] == listed.partition("<body>")[2]
