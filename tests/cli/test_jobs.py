"""The jobs the README names, each run as a user would run it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from digest.cli.desk import set_up
from digest.cli.preview import Table
from digest.model import Finding
from tests.cli.runner import run

NOW = ("--now", "2026-11-20T07:00:00+01:00")

ARTICLE = """---
title: {title}
url: https://quay.example/{slug}
date: 2026-11-20T0{hour}:00:00+01:00
publisher: The Quay
section: {section}
corrections: desk@quay.example
---
{body}
"""


FERRY = """The ferry sailed again on Friday after nine days in dock.
A cracked propeller shaft had kept the only vessel of the route from the water."""
MAYOR = """Sunniva Brandt resigned on Thursday over a contract for the bridge.
An auditor had found that her brother's company was paid twice for the same piles."""
ROWERS = """The eight from Tolby beat the favourites by a length on Thursday.
Brunness had led until the last two hundred metres, when a wave filled their boat."""


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration and three articles; the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert run("init", "--name", "The Tolby Letter", "--corrections", "errors@tolby.example").exit_code == 0
    stories = [
        ("Ferry to Brunness resumes", "ferry", 5, "Business", FERRY),
        ("Mayor of Tolby steps down", "mayor", 4, "Politics", MAYOR),
        ("Rowers win the sound race", "race", 3, "Sport", ROWERS),
    ]
    for title, slug, hour, section, body in stories:
        text = ARTICLE.format(title=title, slug=slug, hour=hour, section=section, body=body)
        (tmp_path / "articles" / f"{slug}.md").write_text(text)
    return tmp_path


def test_init_writes_a_configuration_that_is_read_and_refuses_to_write_over_it(newsroom: Path) -> None:
    assert "The Tolby Letter" in (newsroom / "digest.toml").read_text()
    again = run("init")
    assert again.exit_code == 2
    assert "--force" in again.stderr


def test_build_writes_every_rendition_and_says_where(newsroom: Path) -> None:
    done = run("build", *NOW)
    assert done.exit_code == 0, done.stderr
    folder = newsroom / "out" / "2026-11-20"
    assert {path.name for path in folder.iterdir()} == {
        "issue.html",
        "issue.txt",
        "issue.eml",
        "issue.json",
        "web.html",
    }
    assert "out/2026-11-20/issue.html" in done.stdout
    html = (folder / "issue.html").read_text()
    text = (folder / "issue.txt").read_text()
    for title in ("Ferry to Brunness resumes", "Mayor of Tolby steps down", "Rowers win the sound race"):
        assert title in html
        assert title in text
    assert "desk@quay.example" in html
    assert "desk@quay.example" in text


def test_the_report_counts_every_story_and_every_size(newsroom: Path) -> None:
    report = json.loads(run("build", *NOW, "--json").stdout)
    assert sorted(s["slug"] for s in report["sections"]) == ["business", "politics", "sport"]
    for name, size in report["bytes"].items():
        assert (newsroom / "out" / "2026-11-20" / name).stat().st_size == size


def test_quiet_says_nothing(newsroom: Path) -> None:
    done = run("build", *NOW, "-q")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_building_again_gives_the_same_bytes(newsroom: Path) -> None:
    assert run("build", *NOW, "--out", "one").exit_code == 0
    assert run("build", *NOW, "--out", "two").exit_code == 0
    for path in (newsroom / "one" / "2026-11-20").iterdir():
        assert path.read_bytes() == (newsroom / "two" / "2026-11-20" / path.name).read_bytes()


def test_an_article_removed_from_its_folder_is_gone_from_the_next_build(newsroom: Path) -> None:
    assert "Mayor" in run("text", *NOW).stdout
    (newsroom / "articles" / "mayor.md").unlink()
    assert "Mayor" not in run("text", *NOW).stdout


def test_an_article_edited_is_shown_as_it_is_now_even_at_the_same_moment(newsroom: Path) -> None:
    page = newsroom / "articles" / "ferry.md"
    before = page.read_text()
    for word in ("nine", "twelve", "eleven", "ten", "eight", "seven"):
        page.write_text(before.replace("nine", word))
        assert f"after {word} days" in run("text", *NOW).stdout


def test_a_section_s_own_summary_rule_holds_in_that_section_alone(newsroom: Path) -> None:
    config = newsroom / "digest.toml"
    config.write_text(config.read_text() + '\n[[section]]\ntitle = "Sport"\nsummary = { algorithm = "none" }\n')
    shown = run("text", *NOW).stdout
    assert "The eight from Tolby" not in shown
    assert "The ferry sailed again" in shown


PILOTS = """Harbour pilots in Brunness stopped work at noon on Thursday.
But the harbour office expects no ship before Sunday."""


@pytest.mark.parametrize(
    ("summary", "shown", "hidden"),
    [
        ('{ algorithm = "none" }', [], ["stopped work at noon", "expects no ship"]),
        ("{ sentences = 1 }", ["stopped work at noon"], ["expects no ship"]),
        ('{ algorithm = "lead", sentences = 2 }', ["stopped work at noon", "expects no ship"], []),
        ("{ characters = 50 }", [], ["stopped work at noon", "expects no ship"]),
    ],
)
def test_a_source_s_own_summary_rule_goes_before_its_section_s(
    newsroom: Path, summary: str, shown: list[str], hidden: list[str]
) -> None:
    (newsroom / "wire").mkdir()
    article = ARTICLE.format(title="Pilots of Brunness walk out", slug="pilots", hour=1, section="Sport", body=PILOTS)
    (newsroom / "wire" / "pilots.md").write_text(article)
    config = newsroom / "digest.toml"
    config.write_text(
        config.read_text()
        + f'\n[[source]]\nname = "wire"\nuse = "folder"\npath = "wire"\nsummary = {summary}\n'
        + '\n[[section]]\ntitle = "Sport"\nsummary = { sentences = 2 }\n'
    )
    text = " ".join(run("text", *NOW).stdout.split())
    assert "Pilots of Brunness walk out" in text
    assert "by a length" in text
    assert [words for words in shown if words not in text] == [words for words in hidden if words in text] == []


def test_text_prints_the_edition_and_nothing_else(newsroom: Path) -> None:
    assert run("build", *NOW).exit_code == 0
    done = run("text", *NOW)
    assert done.exit_code == 0
    assert done.output == (newsroom / "out" / "2026-11-20" / "issue.txt").read_bytes()


def test_text_reads_a_page_from_standard_input(newsroom: Path) -> None:
    page = (newsroom / "articles" / "ferry.md").read_bytes()
    done = run("text", "-", *NOW, stdin=page)
    assert "Ferry to Brunness resumes" in done.stdout
    assert "Mayor" not in done.stdout


def test_the_message_is_text_first_and_carries_both_editions(newsroom: Path) -> None:
    assert run("build", *NOW).exit_code == 0
    folder = newsroom / "out" / "2026-11-20"
    message = message_from_bytes((folder / "issue.eml").read_bytes(), policy=policy.default)
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_an_issue_is_published_once_a_day_listed_shown_and_rendered_the_same_again(newsroom: Path) -> None:
    first = run("publish", *NOW)
    assert first.exit_code == 0, first.stderr
    assert "No. 1" in first.stdout
    second = run("publish", *NOW)
    assert second.exit_code == 1
    assert "1" in second.stderr
    listed = json.loads(run("issues", "--json").stdout)
    assert [(row["number"], row["date"]) for row in listed] == [(1, "2026-11-20")]
    shown = {form: run("show", "1", "--as", form).output for form in ("text", "html", "web", "json", "eml")}
    assert run("render", "1", "--out", "again").exit_code == 0
    names = {"text": "issue.txt", "html": "issue.html", "web": "web.html", "json": "issue.json", "eml": "issue.eml"}
    for form, body in shown.items():
        assert (newsroom / "again" / "2026-11-20" / names[form]).read_bytes() == body
    source = newsroom / "issue.json"
    source.write_bytes(shown["json"])
    assert run("render", str(source), "--out", "from-json").exit_code == 0
    assert (newsroom / "from-json" / "2026-11-20" / "issue.html").read_bytes() == shown["html"]


def test_the_next_day_gets_the_next_number_and_a_draft_takes_none(newsroom: Path) -> None:
    assert run("publish", *NOW, "-q").exit_code == 0
    nothing = run("build", "--date", "2026-11-21", "-q")
    assert nothing.exit_code == 3
    assert "nothing new since 2026-11-20" in nothing.stderr
    fresh = ARTICLE.format(title="Bakery reopens", slug="bakery", hour=6, section="Business", body=MAYOR)
    (newsroom / "articles" / "bakery.md").write_text(fresh)
    for _ in range(3):
        assert run("build", "--date", "2026-11-21", "-q").exit_code == 0
    second = run("publish", "--date", "2026-11-21").stdout
    assert "No. 2" in second
    assert "Bakery reopens" in second
    assert "Ferry" not in run("show", "2").stdout


def test_showing_an_issue_there_is_not_names_it(newsroom: Path) -> None:
    done = run("show", "7")
    assert done.exit_code == 1
    assert "7" in done.stderr


def test_copied_templates_are_used(newsroom: Path) -> None:
    assert run("templates", "copy", "mine").exit_code == 0
    template = newsroom / "mine" / "issue.txt.j2"
    template.write_text("Good morning, Tolby\n" + template.read_text())
    config = newsroom / "digest.toml"
    config.write_text(config.read_text() + '\n[theme]\ntemplates = "mine"\n')
    assert run("text", *NOW).stdout.startswith("Good morning, Tolby")


def test_copying_templates_does_not_write_over_an_editor_s_work(newsroom: Path) -> None:
    assert run("templates", "copy", "mine").exit_code == 0
    assert run("templates", "copy", "mine").exit_code == 2
    assert run("templates", "copy", "mine", "--force").exit_code == 0


def test_help_loads_nothing_heavy() -> None:
    code = """if True:
        import sys
        from digest.cli import main
        sys.argv = ["digest", "--help"]
        try:
            main()
        finally:
            print(sorted(sys.modules))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(re.findall(r"'([a-z_]+)'", done.stdout))
    assert not loaded & {
        "jinja2",
        "pydantic",
        "numpy",
        "premailer",
        "sumy",
        "trafilatura",
        "feedparser",
        "sqlalchemy",
        "rich",
    }


def test_every_command_answers_to_help() -> None:
    for command in ("build", "preview", "text", "init", "publish", "render", "issues", "show", "templates"):
        done = run(command, "--help")
        assert done.exit_code == 0
        assert f"digest {command}" in done.stdout


# The editor's hand


def test_the_editor_s_decisions_are_read_from_beside_the_configuration(newsroom: Path) -> None:
    (newsroom / "edits.toml").write_text(
        """
        [[edit]]
        article = "https://quay.example/race"
        date = 2026-11-20
        pin = true
        headline = "A wave decides the race"
        note = "Our reporter rowed along."

        [[edit]]
        article = "Mayor of Tolby steps down"
        from = 2026-11-20
        drop = true

        [[edit]]
        note = "No issue on Monday."
        """
    )
    text = run("text", *NOW).stdout
    assert "Mayor of Tolby" not in text
    assert text.index("A wave decides the race") < text.index("Ferry to Brunness resumes")
    assert "our headline" in text
    assert "Editor’s note: Our reporter rowed along." in text
    assert "Editor’s note: No issue on Monday." in text
    # The next day the edits of one date are over, and those from a date on are not.
    later = run("text", "--now", "2026-11-21T07:00:00+01:00").stdout
    assert "A wave decides the race" not in later
    assert "Mayor of Tolby" not in later


def test_an_edit_that_cannot_be_carried_out_stops_the_issue_with_every_reason(newsroom: Path) -> None:
    (newsroom / "edits.toml").write_text(
        '[[edit]]\narticle = "https://quay.example/rase"\npin = true\n\n'
        '[[edit]]\narticle = "https://quay.example/ferry"\nsentences = ["The ferry sailed on Friday."]\n'
    )
    done = run("build", *NOW)
    assert done.exit_code == 2
    assert "edits.toml: 2 problems" in done.stderr
    assert "did you mean 'https://quay.example/race'?" in done.stderr
    assert "the nearest is its number 1, “The ferry sailed again on Friday after nine days in dock.”" in done.stderr
    assert not (newsroom / "out").exists()


def test_edits_are_listed_with_what_they_name_and_sentences_with_their_numbers(newsroom: Path) -> None:
    (newsroom / "edits.toml").write_text(
        '[[edit]]\narticle = "Rowers win the sound race"\ndate = 2026-11-20\npin = true\n'
    )
    assert run("build", *NOW).exit_code == 0
    listed = run("edits", "list", "--date", "2026-11-20").stdout
    assert listed.startswith("* edit[0]  2026-11-20")
    assert "“Rowers win the sound race” (The Quay)" in listed
    (told,) = json.loads(run("edits", "list", "--date", "2026-11-21", "--json").stdout)
    assert (told["holds"], told["pin"], len(told["articles"])) == (False, True, 1)
    numbered = run("edits", "sentences", "https://quay.example/race").stdout
    assert "  2  Brunness had led until the last two hundred metres, when a wave filled their boat." in numbered
    (newsroom / "edits.toml").write_text('[[edit]]\narticle = "nothing"\npin = true\n')
    done = run("edits", "list")
    assert (done.exit_code, "NAMES NOTHING" in done.stdout) == (2, True)


# Corrections


def test_what_a_publisher_changed_is_listed_dismissed_and_carried(newsroom: Path) -> None:
    assert run("publish", *NOW).exit_code == 0
    assert "nothing that was printed has been corrected" in run("corrections", "--date", "2026-11-21").stderr
    race = newsroom / "articles" / "race.md"
    race.write_text(race.read_text().replace("two hundred metres", "three hundred metres"))
    seal = ARTICLE.format(title="Seal on the pier", slug="seal", hour=5, section="Culture", body=FERRY)
    (newsroom / "articles" / "seal.md").write_text(seal.replace("2026-11-20", "2026-11-21").replace("ferry", "seal"))
    later = ("--now", "2026-11-21T07:00:00+01:00")
    assert "Issue 1, noted on Nov 21" in run("text", *later).stdout
    (told,) = json.loads(run("corrections", "--date", "2026-11-21", "--json").stdout)
    assert (told["issue"], told["state"], told["headline"]) == (1, "open", "Rowers win the sound race")
    assert "two hundred" in told["was"]
    assert "three hundred" in told["now"]
    assert "dismissed" in run("corrections", "--date", "2026-11-21", "--dismiss", told["id"][:6]).stdout
    assert "CORRECTIONS" not in run("text", *later).stdout
    assert "open" in run("corrections", "--date", "2026-11-21", "--restore", told["id"]).stdout
    assert run("publish", *later).exit_code == 0
    assert "carried by issue 2" in run("corrections", "--date", "2026-11-22").stdout
    refused = run("corrections", "--date", "2026-11-22", "--dismiss", told["id"])
    assert (refused.exit_code, "an issue never changes" in refused.stderr) == (2, True)


def findings_of_preview(now: str, check: str) -> list[Finding]:
    """What the preview has among its findings of one check."""
    with closing(Table(set_up((), None, None, now))) as table:
        proof = table.build(False)
        while proof.more:
            proof = proof.more()
    return [finding for finding in proof.draft.findings if finding.check == check]


def test_a_headline_in_other_words_is_listed_and_carried_only_when_a_person_says_so(newsroom: Path) -> None:
    assert run("publish", *NOW).exit_code == 0
    race = newsroom / "articles" / "race.md"
    race.write_text(race.read_text().replace("Rowers win the sound race", "A wave decides who rows home first"))
    seal = ARTICLE.format(title="Seal on the pier", slug="seal", hour=5, section="Culture", body=FERRY)
    (newsroom / "articles" / "seal.md").write_text(seal.replace("2026-11-20", "2026-11-21").replace("ferry", "seal"))
    later = ("--now", "2026-11-21T07:00:00+01:00")
    assert "CORRECTIONS" not in run("text", *later).stdout
    listed = run("corrections", "--date", "2026-11-21").stdout
    assert "· to be judged" in listed
    assert "headline was:  Rowers win the sound race\n    headline now:  A wave decides who rows home first" in listed
    (told,) = json.loads(run("corrections", "--date", "2026-11-21", "--json").stdout)
    assert (told["origin"], told["state"]) == ("headline", "to be judged")
    assert f"--restore {told['id']}" in listed
    (judged,) = findings_of_preview(later[1], "changed-headline")
    assert (judged.place, f"--restore {told['id']}" in judged.remedy) == ("issue 1, The Quay", True)
    assert "“A wave decides who rows home first”" in judged.words
    assert "· open" in run("corrections", "--date", "2026-11-21", "--restore", told["id"]).stdout
    text = " ".join(run("text", *later).stdout.split())
    assert "The article’s headline now reads: “A wave decides who rows home first”" in text
    assert "We wrote: “Rowers win the sound race”" in text
    assert findings_of_preview(later[1], "changed-headline") == []


def test_a_correction_is_made_by_hand_to_what_was_printed(newsroom: Path) -> None:
    assert run("publish", *NOW).exit_code == 0
    story = ("--story", "https://quay.example/mayor")
    wrong = run("correct", "1", *story, "--was", "paid thrice", "--now", "paid once")
    assert (wrong.exit_code, "the nearest it printed is “" in wrong.stderr) == (2, True)
    at = ("--noted", "2026-11-20T12:00:00+01:00")
    assert run("correct", "1", *story, "--was", "paid twice", "--now", "paid once", *at).exit_code == 0
    listed = run("corrections", "--date", "2026-11-21").stdout
    assert "Mayor of Tolby steps down · The Quay · open" in listed
    assert "now:  paid once" in listed


def test_the_preview_looks_for_changes_of_the_edits_too(newsroom: Path) -> None:
    from digest.cli.desk import set_up

    assert Path("edits.toml") in set_up((), None, None, None).watched()
