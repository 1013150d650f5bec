"""An editor asks why, of the draft and of what was published, and gets reasons that can be checked."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runner import run
from tests.conftest import ROOT

NOW = ("--now", "2026-11-20T07:00:00+01:00")
WALK = ROOT / "docs" / "why.md"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample newsletter in a folder of its own, as it stands in the documents: `samples/`."""
    folder = tmp_path_factory.mktemp("why")
    shutil.copytree(ROOT / "samples", folder / "samples", ignore=shutil.ignore_patterns("*.sqlite*"))
    return folder


@pytest.fixture
def here(samples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(samples)
    return samples


def asked(question: str, *options: str) -> dict[str, Any]:
    done = run("why", question, "-c", "samples/digest.toml", *(options or NOW), "--json")
    assert done.exit_code == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)["answer"]
    return said


def test_every_part_of_a_story_is_accounted_for(here: Path) -> None:
    said = asked("1")
    assert said["place"] == 1
    assert said["section"]["reason"] == "the publisher's label “World”"
    assert said["score"]["value"] == sum((each["weight"] * each["value"] for each in said["score"]["reasons"]), 0.0)
    assert said["below"]["value"] <= said["score"]["value"]
    lead, other = said["articles"]
    assert (lead["why"], other["publisher"]) == (None, "Halyard")
    assert other["why"].startswith("both say Orlava")
    assert [each["reason"] for each in said["copies"]] == ["duplicate", "duplicate"]
    nearest = said["nearly"][0]
    assert "Kaldmark parliament" in nearest["headline"]
    assert nearest["excess"] < 0
    chosen = [each for each in said["sentences"] if each["chosen"]]
    assert 1 <= len(chosen) <= 3
    assert any(each["beat"] for each in chosen)
    assert any(each["broken"] for each in said["sentences"])


def test_the_chosen_sentences_are_those_of_the_issue(here: Path) -> None:
    assert run("build", "-c", "samples/digest.toml", *NOW, "-q").exit_code == 0
    issue = json.loads((here / "out" / "2026-11-20" / "issue.json").read_text("utf-8"))
    stories = [story for section in issue["sections"] for story in section["stories"]]
    for place in (1, 8, len(stories)):
        said, story = asked(str(place)), stories[place - 1]
        assert said["headline"] == story["articles"][0]["headline"]
        assert said["score"] == story["score"]
        assert [each["text"] for each in said["sentences"] if each["chosen"]] == [
            sentence["text"] for sentence in story["summary"]
        ]


def test_what_was_left_out_says_why_and_how_it_ranked(here: Path) -> None:
    said = asked("https://escape-sequence.example/mail/mj-text")
    assert said["place"] is None
    assert [(each["stage"], each["reason"]) for each in said["drops"]] == [("compose", "over max_stories")]
    assert said["rank"] > 1
    assert said["score"]["reasons"]


def test_a_wrong_question_gets_the_nearest_answers_and_fails(here: Path) -> None:
    done = run("why", "the fog of harbours past and present", "-c", "samples/digest.toml", *NOW)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Let the harbour have its fog back" in done.stderr
    done = run("why", "999", "-c", "samples/digest.toml", *NOW)
    assert (done.exit_code, "the issue has" in done.stderr) == (1, True)
    done = run("why", "xyzzy", "-c", "samples/digest.toml", *NOW, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["answer"] is None
    assert json.loads(done.stdout)["nearest"]


def test_words_need_no_quotation_marks_and_files_stay_inputs(here: Path) -> None:
    strait = run("why", "varn", "strait", "reopen", "-c", "samples/digest.toml", *NOW)
    assert strait.stdout.startswith("1. Varn Strait to reopen")
    toll = run("why", "harbour", "toll", "samples/harbour-post/harbour-toll.md", *NOW)
    assert toll.stdout.startswith("1. Council puts harbour toll")


def test_it_works_on_inputs_without_a_configuration(here: Path) -> None:
    done = run("why", "1", "samples/harbour-post/furnace.md", *NOW)
    assert done.exit_code == 0, done.stderr
    assert "Marrowby Steel" in done.stdout.splitlines()[0]
    assert "Which sentences" in done.stdout


def test_a_published_issue_is_asked_by_its_number_or_by_its_file_alone(here: Path, tmp_path: Path) -> None:
    assert run("publish", "-c", "samples/digest.toml", *NOW, "-q").exit_code == 0
    before = asked("1")
    by_number = asked("1", "--issue", "1")
    file = tmp_path / "issue.json"
    file.write_bytes(run("show", "1", "-c", "samples/digest.toml", "--as", "json").output)
    by_file = json.loads(run("why", "1", "--issue", str(file), "--json").stdout)["answer"]
    for said in (by_number, by_file):
        assert said["issue"] == 1
        for part in ("headline", "section", "score", "articles", "copies"):
            assert said[part] == before[part]
        assert [each["text"] for each in said["sentences"] if each["chosen"]] == [
            each["text"] for each in before["sentences"] if each["chosen"]
        ]


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--issue", "nowhere.json"), 2, "name an issue's number or an issue.json"),
        (("--issue", "77"), 1, "77"),
        (("--issue", "1", *NOW), 2, "--issue says which issue"),
    ],
)
def test_an_issue_there_is_not_is_named(here: Path, options: tuple[str, ...], code: int, words: str) -> None:
    done = run("why", "1", "-c", "samples/digest.toml", *options)
    assert done.exit_code == code
    assert words in done.stderr


def test_the_walk_from_page_to_why_shows_what_the_program_says(here: Path, update: bool) -> None:
    """Every `$ digest …` block of docs/why.md is run, and what stands under it is what it prints."""
    text = WALK.read_text("utf-8")
    shown = re.compile(r"(?m)^    \$ digest (?P<command>.+)\n(?P<output>(?:    .*\n|\n(?=    (?!\$)))*)")

    def printed(block: re.Match[str]) -> str:
        words = [word.strip("'") for word in re.findall(r"'[^']*'|\S+", block["command"])]
        done = run(*words)
        lines = (done.stdout or done.stderr).splitlines()
        return f"    $ digest {block['command']}\n" + "".join(f"    {line}".rstrip() + "\n" for line in lines)

    said = shown.sub(printed, text)
    if update:
        WALK.write_text(said, "utf-8")
    assert said.count("$ digest why") >= 3
    assert said == WALK.read_text("utf-8")


def test_what_an_earlier_issue_told_is_named_with_that_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "--name", "The Morning").exit_code == 0
    page = "---\ntitle: {}\nurl: https://quay.example/{}\ndate: {}\n---\n{}\n"
    ferry = page.format("Ferry sails", "ferry", "2026-11-20T05:00:00+01:00", "It left at six.")
    Path("articles/ferry.md").write_text(ferry)
    assert run("publish", *NOW, "-q").exit_code == 0
    Path("articles/lamp.md").write_text(
        page.format("Lamp dark", "lamp", "2026-11-21T05:00:00+01:00", "Nobody knows why.")
    )
    done = run("why", "https://quay.example/ferry", "--date", "2026-11-22")
    assert done.exit_code == 1
    assert "“Ferry sails”" in done.stderr
    assert "issue 1 told it; ask digest why --issue 1" in done.stderr


def test_what_the_email_folded_is_told_of_the_draft(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from digest.renderers import email

    monkeypatch.setattr(email, "GMAIL_CLIPS_AT", 40_000)
    done = run("why", "50", "-c", "samples/digest.toml", *NOW)
    assert done.exit_code == 0, done.stderr
    assert "in the email: the whole is over the 40,000 bytes" in " ".join(done.stdout.split())


def test_what_the_editor_chose_is_said_once_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("init", "--corrections", "errors@example.org")
    words = "The ferry runs again since Friday morning. Nine days had passed. The council paid for a bus."
    (tmp_path / "articles" / "ferry.md").write_text(f"---\ntitle: The ferry runs again\n---\n{words}\n")
    edit = '[[edit]]\narticle = "The ferry runs again"\nsentences = [3]\nreason = "readers took the bus"\n'
    (tmp_path / "edits.toml").write_text(edit)
    assert "\n   chosen by the editor: readers took the bus\n" in run("why", "1", *NOW).stdout
