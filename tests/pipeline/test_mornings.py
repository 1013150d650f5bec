"""A week of mornings over a web server: `digest run` as a scheduler starts it, with all that happens to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runner import Done, run
from tests.sources.collecting import BAKERY, FERRY, item
from tests.sources.server import HOST, Server, feed, reply

CONFIG = """[newsletter]
name = "The Quay Letter"
timezone = "Europe/Zurich"
base_url = "https://letter.example.org"
corrections = "errors@example.org"
approve = "auto"
time = "07:00"

[[source]]
name = "Quay"
use = "feed"
url = "{url}/quay"
full_text = "never"
allow_hosts = ["{host}"]

[[source]]
name = "Mill"
use = "feed"
url = "{url}/mill"
full_text = "never"
allow_hosts = ["{host}"]

[deliver]
web = "public"
folder = "issues"
"""


def entry(headline: str, published: str, words: str = FERRY[0]) -> str:
    """A feed's item, whole enough to be an article of its own."""
    text = f"&lt;p&gt;{headline} said the harbour office. {words} {words[::-1]}&lt;/p&gt;"
    link = f"https://quay.example/{headline.replace(' ', '-')}"
    return item(headline, text, link, guid=link).replace("</item>", f"<pubDate>{published}</pubDate></item>")


FERRY_BACK = entry("The old ferry is back", "Wed, 21 Oct 2026 18:00:00 GMT")
BAKERY_VOTES = entry("The bakery votes", "Thu, 22 Oct 2026 20:00:00 GMT", BAKERY[0])
CRANE = entry("A crane is painted", "Sat, 24 Oct 2026 09:00:00 GMT", FERRY[2])
LAMP = entry("The lamp on the mole is lit", "Sun, 25 Oct 2026 03:00:00 GMT", BAKERY[3])


@pytest.fixture
def letter(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter of two feeds; the current folder."""
    monkeypatch.chdir(tmp_path)
    server.routes["/quay"] = feed(FERRY_BACK)
    server.routes["/mill"] = feed()
    (tmp_path / "digest.toml").write_text(CONFIG.format(url=server.url, host=HOST))
    return tmp_path


def morning(day: str, *options: str, at: str = "07:00:30") -> Done:
    """`digest run` at that time of the newsletter's own clocks."""
    return run("run", "--now", f"{day}T{at}", *options)


def state(done: Done) -> tuple[int, str, int | None]:
    """The exit code, the state and the number of a run with --json."""
    told: dict[str, Any] = json.loads(done.stdout) if done.stdout else {"state": "", "number": None}
    return done.exit_code, told["state"], told["number"]


def headlines(number: int) -> list[str]:
    issue = json.loads(run("show", str(number), "--as", "json").stdout)
    return [story["articles"][0]["headline"] for section in issue["sections"] for story in section["stories"]]


def test_a_week_of_mornings(letter: Path, server: Server) -> None:
    assert state(morning("2026-10-22", "--json")) == (0, "published", 1)
    assert headlines(1) == ["The old ferry is back"]

    # Friday: a new item, the old one reworded, and a feed that fails.
    server.routes["/quay"] = feed(FERRY_BACK.replace("is back", "is truly back"), BAKERY_VOTES)
    server.routes["/mill"] = reply(b"gone fishing", 503, Retry_After="86000")
    friday = morning("2026-10-23", "--json")
    assert state(friday) == (0, "published", 2)
    assert json.loads(friday.stdout)["failed"] == ["Mill"]
    assert headlines(2) == ["The bakery votes"]

    # Saturday is missed: the machine was off. On Sunday clocks go back, and the day has 25 hours.
    server.routes["/quay"] = feed(BAKERY_VOTES, CRANE, LAMP)
    sunday = morning("2026-10-25", "--json", at="02:30:00+02:00")
    assert state(sunday) == (0, "published", 3)
    assert headlines(3) == ["A crane is painted"]  # the lamp is lit half an hour later
    again = morning("2026-10-25", at="02:30:00+01:00")  # the same time by the clock, an hour later
    assert again.exit_code == 0
    assert "published already, as No. 3" in again.stdout

    # Monday: what was held on Sunday, and nothing of what was told.
    monday = morning("2026-10-26", "--json")
    assert state(monday) == (0, "published", 4)
    assert headlines(4) == ["The lamp on the mole is lit"]

    # Tuesday: nothing new.
    tuesday = morning("2026-10-27")
    assert tuesday.exit_code == 3
    assert "no story" in tuesday.stderr

    listed = json.loads(run("issues", "--json").stdout)
    days = ["2026-10-22", "2026-10-23", "2026-10-25", "2026-10-26"]
    assert [(row["number"], row["date"]) for row in listed] == list(enumerate(days, 1))
    assert sorted(path.name for path in (letter / "issues").iterdir()) == days
    pages = sorted(path.relative_to(letter / "public").as_posix() for path in (letter / "public").rglob("*.*"))
    assert pages == [*(f"{day}/web.html" for day in days), "feed.xml", "index.html"]
    shown = run("show", "3", "--as", "web").output
    assert (letter / "public" / "2026-10-25" / "web.html").read_bytes() == shown


def test_a_morning_without_network_is_not_taken_for_one_without_news(letter: Path, server: Server) -> None:
    assert state(morning("2026-10-22", "--json")) == (0, "published", 1)
    server.routes["/quay"] = server.routes["/mill"] = reply(b"", 404)
    for _ in range(2):  # a failure is told once a day; that there was one, every time
        done = morning("2026-10-23")
        assert done.exit_code == 1
        assert "no source on the web answered (2 failed)" in done.stderr
        assert "nothing new" not in done.stderr
    server.routes["/quay"] = feed(BAKERY_VOTES)
    assert state(morning("2026-10-23", "--json")) == (0, "published", 2)


def test_a_clock_that_goes_back_a_day_tells_nothing_twice(letter: Path) -> None:
    first = morning("2026-10-22")
    assert "issues/: 5 files" in first.stdout
    done = morning("2026-10-21", "--late")
    assert done.exit_code == 1
    assert "No. 1 of 2026-10-22" in done.stderr
    assert len(json.loads(run("issues", "--json").stdout)) == 1


def test_on_a_day_of_23_hours_a_time_that_clocks_skip_is_due_when_they_have_gone_on(letter: Path) -> None:
    config = letter / "digest.toml"
    config.write_text(config.read_text().replace('time = "07:00"', 'time = "02:30"\nwindow = 4000'))
    early = run("run", "--if-due", "--now", "2027-03-28T03:29:00+02:00")
    assert (early.exit_code, "not due before 02:30" in early.stdout) == (0, True)
    assert state(run("run", "--json", "--if-due", "--now", "2027-03-28T03:31:00+02:00")) == (0, "published", 1)


def test_a_late_run_says_so_and_waits_to_be_told(letter: Path) -> None:
    late = morning("2026-10-22", at="10:01:00")
    assert late.exit_code == 1
    assert "due at 07:00" in late.stderr
    assert "--late" in late.stderr
    assert run("issues", "--json").stdout.strip() == "[]"
    assert state(morning("2026-10-22", "--late", "--json", at="10:01:00")) == (0, "published", 1)
    # Whoever comes late to a day that is done is told that it is.
    assert state(morning("2026-10-22", "--json", at="23:00:00")) == (0, "published before", 1)


def test_an_early_run_does_nothing_when_it_is_to_be_on_time(letter: Path) -> None:
    assert state(morning("2026-10-22", "--if-due", "--json", at="06:59:00")) == (0, "not due", None)
    assert state(morning("2026-10-22", "--if-due", "--json")) == (0, "published", 1)


def test_what_a_run_that_died_did_not_deliver_the_next_one_does(letter: Path) -> None:
    assert morning("2026-10-22").exit_code == 0
    (letter / "public" / "2026-10-22" / "web.html").unlink()
    (letter / "issues" / "2026-10-22" / "issue.eml").unlink()
    assert "published already" in morning("2026-10-22").stdout
    assert (letter / "public" / "2026-10-22" / "web.html").exists()
    assert (letter / "issues" / "2026-10-22" / "issue.eml").read_bytes() == run("show", "1", "--as", "eml").output
    (letter / "public" / "2026-10-22" / "web.html").unlink()
    assert morning("2026-10-23").exit_code == 3  # nothing new, but yesterday is made whole
    assert (letter / "public" / "2026-10-22" / "web.html").exists()


def by_hand(letter: Path) -> None:
    config = letter / "digest.toml"
    config.write_text(config.read_text().replace('approve = "auto"\n', ""))


def test_an_editor_publishes_the_draft_that_was_read_and_nothing_that_came_since(letter: Path, server: Server) -> None:
    by_hand(letter)
    left = morning("2026-10-22")
    assert left.exit_code == 0
    assert "digest publish" in left.stdout
    assert run("issues", "--json").stdout.strip() == "[]"
    assert not (letter / "public").exists()
    now = ("--now", "2026-10-22T07:40:00")
    draft = run("show", "draft", *now).stdout
    assert "The old ferry is back" in draft
    server.routes["/quay"] = feed(FERRY_BACK, entry("A whale passes", "Thu, 22 Oct 2026 05:10:00 GMT", BAKERY[1]))
    assert run("collect", *now).exit_code == 0
    done = run("publish", *now, "--json")
    assert done.exit_code == 0, done.stderr
    assert headlines(1) == ["The old ferry is back"]
    assert run("show", "1").stdout == draft.replace("Draft", "No. 1")
    assert (letter / "public" / "2026-10-22" / "web.html").exists()
    assert run("show", "draft", *now).exit_code == 2
    assert run("publish", *now).exit_code == 1
    # What came after the draft is the next morning's.
    assert morning("2026-10-23").exit_code == 0
    assert run("publish", "--now", "2026-10-23T07:40:00", "-q").exit_code == 0
    assert headlines(2) == ["A whale passes"]


def test_an_editor_s_decision_about_a_draft_is_in_what_is_published(letter: Path, server: Server) -> None:
    by_hand(letter)
    server.routes["/quay"] = feed(FERRY_BACK, BAKERY_VOTES.replace("22 Oct", "21 Oct"))
    assert morning("2026-10-22").exit_code == 0
    (letter / "edits.toml").write_text('[[edit]]\narticle = "The bakery votes"\ndrop = true\n')
    assert run("publish", "--now", "2026-10-22T07:40:00", "-q").exit_code == 0
    assert headlines(1) == ["The old ferry is back"]


def test_an_edit_of_what_came_after_the_draft_says_how_to_take_it_in(letter: Path, server: Server) -> None:
    by_hand(letter)
    morning("2026-10-22")
    server.routes["/quay"] = feed(FERRY_BACK, entry("A whale passes", "Thu, 22 Oct 2026 05:10:00 GMT", BAKERY[1]))
    (letter / "edits.toml").write_text('[[edit]]\narticle = "A whale passes"\npin = true\n')
    now = ("--now", "2026-10-22T07:40:00")
    refused = run("publish", *now)
    assert refused.exit_code == 2
    assert "names no article" in refused.stderr
    assert "this is the draft of 2026-10-22 07:00; what came in since is taken with --anew" in refused.stderr
    assert run("publish", *now, "--anew").exit_code == 0
    assert headlines(1)[0] == "A whale passes"


def test_anew_passes_over_the_draft_and_the_next_day_knows_none(letter: Path, server: Server) -> None:
    by_hand(letter)
    assert morning("2026-10-22").exit_code == 0
    yesterday = run("show", "draft", "--now", "2026-10-23T07:40:00")
    assert (yesterday.exit_code, "2026-10-23" in yesterday.stderr) == (2, True)
    server.routes["/quay"] = feed(entry("A whale passes", "Thu, 22 Oct 2026 05:10:00 GMT", BAKERY[1]))
    assert run("publish", "--anew", "--now", "2026-10-22T07:40:00", "-q").exit_code == 0
    assert "A whale passes" in headlines(1)


def test_a_story_taken_down_leaves_the_draft_the_web_and_every_later_rendering(letter: Path, server: Server) -> None:
    server.routes["/quay"] = feed(FERRY_BACK, BAKERY_VOTES.replace("22 Oct", "21 Oct"))
    assert morning("2026-10-22").exit_code == 0
    subject = json.loads(run("issues", "--json").stdout)[0]["subject"]
    gone = "The old ferry is back" if "ferry" in subject else "The bakery votes"
    url = f"https://quay.example/{gone.replace(' ', '-')}?utm_source=mail"
    refused = run("takedown", url)
    assert (refused.exit_code, "--reason" in refused.stderr) == (2, True)
    done = run("takedown", url, "--reason", "A court asked for it.", "--now", "2026-10-22T12:00:00")
    assert done.exit_code == 0, done.stderr
    assert "No. 1" in done.stdout
    assert len(headlines(1)) == 1
    assert run("render", "1", "-q").exit_code == 0
    public = letter / "public"
    later = [letter / "out" / "2026-10-22" / name for name in ("issue.html", "issue.txt", "issue.json", "issue.eml")]
    for path in (public / "2026-10-22" / "web.html", public / "index.html", public / "feed.xml", *later):
        assert gone not in path.read_text(), path
    assert "A court asked for it." in (public / "2026-10-22" / "web.html").read_text()
    assert gone not in run("issues").stdout
    assert "A court asked for it." in run("takedown", "--list").stdout
    # It does not come back the next morning in another wording and under another identifier.
    again = FERRY_BACK if "ferry" in gone else BAKERY_VOTES.replace("22 Oct", "21 Oct")
    renamed = again.replace(gone, "As we said before").replace(
        "<guid isPermaLink='false'>", "<guid isPermaLink='false'>x"
    )
    server.routes["/quay"] = feed(renamed)
    assert morning("2026-10-23").exit_code == 3
    assert run("takedown", url, "--undo").exit_code == 0
    assert gone in (public / "2026-10-22" / "web.html").read_text()


def test_a_story_taken_down_is_not_in_the_draft_any_more(letter: Path, server: Server) -> None:
    by_hand(letter)
    server.routes["/quay"] = feed(FERRY_BACK, BAKERY_VOTES.replace("22 Oct", "21 Oct"))
    assert morning("2026-10-22").exit_code == 0
    page = run("show", "draft", "--as", "json", "--now", "2026-10-22T07:40:00").stdout
    stories = [story["articles"][0] for section in json.loads(page)["sections"] for story in section["stories"]]
    address = f"https://letter.example.org/2026-10-22/web.html#{stories[0]['id']}"
    done = json.loads(run("takedown", address, "--reason", "A mistake", "--json").stdout)
    assert (done["articles"], done["issues"]) == (1, [])
    draft = run("show", "draft", "--as", "json", "--now", "2026-10-22T07:40:00").stdout
    assert stories[0]["headline"] not in draft
    assert stories[1]["headline"] in draft
    assert "taken down" in draft


def test_taking_down_what_is_not_known_is_refused(letter: Path) -> None:
    done = run("takedown", "https://quay.example/never", "--reason", "A typing error")
    assert done.exit_code == 2
    assert "https://quay.example/never" in done.stderr


def test_collect_says_what_came_and_what_failed(letter: Path, server: Server) -> None:
    server.routes["/mill"] = reply(b"gone fishing", 404)
    now = ("--now", "2026-10-22T07:00:00")
    first = run("collect", *now)
    assert first.exit_code == 0
    assert "collected 1 articles in 1 documents from 2 sources: 1 new, 0 changed" in first.stdout
    assert "failed: Mill" in first.stderr
    told = json.loads(run("collect", *now, "--json").stdout)
    assert (told["new"], told["changed"], told["failed"]) == (0, 0, ["Mill"])
    assert run("collect", *now, "-q").stdout == ""
    server.routes["/quay"] = reply(b"gone fishing", 404)
    every = run("collect", *now, "-q")
    assert every.exit_code == 1
    assert "every source failed" in every.stderr
