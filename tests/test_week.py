"""A week of mornings over one archive: edits, changed articles, corrections; see tests/issues/week/README.md."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.archive import open_archive
from digest.archive.store import Archive
from digest.config import Settings, load
from digest.edits import load_edits
from digest.model import Issue, Look, Story
from digest.pipeline import corrected, deliver, draft_issue, known, publish, render_text, sources_of
from digest.stages.corrections import correct_by_hand
from tests.conftest import ROOT

WEEK = ROOT / "tests" / "issues" / "week"
DAYS = tuple(date(2026, 11, day) for day in range(16, 23))
BY_HAND = {date(2026, 11, 19): (1, "https://quay.example/mayor", "the same 36 piles", "the same 63 piles")}
"""What the editor corrects after the issue of that day is out."""


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, tzinfo=ZoneInfo("Europe/Zurich"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the newsletter is made; its web site is in `site/`."""
    return tmp_path_factory.mktemp("week")


@pytest.fixture(scope="module")
def archive(folder: Path) -> Iterator[Archive]:
    """The archive at the week's end."""
    for name in ("digest.toml", "edits.toml"):
        shutil.copy(WEEK / name, folder)
    settings = load(folder / "digest.toml", known())
    with open_archive("sqlite://") as archive:
        for day in DAYS:
            shutil.copytree(WEEK / "days" / day.isoformat(), folder, dirs_exist_ok=True)
            live(folder, settings, archive, day)
        yield archive


def live(folder: Path, settings: Settings, archive: Archive, day: date) -> None:
    """One day: the issue in the morning and what the editor corrects in the afternoon."""
    now = morning(day)
    issue, _ = draft_issue(settings, sources_of(settings), archive, now, load_edits(folder / "edits.toml"))
    published = publish(issue, Look(), archive, now)
    assert published.issue.number is not None
    deliver(settings, archive, published.issue.number)
    if day in BY_HAND:
        number, story, was, holds = BY_HAND[day]
        wrong, _ = archive.issue(number)
        correction = correct_by_hand(wrong, story, was, holds, now + timedelta(hours=9))
        archive.note_correction(settings.newsletter.name, correction)


def ledger(issue: Issue) -> object:
    """What of an issue the editor and the publishers decided, as the golden files hold it."""

    def told(story: Story) -> dict[str, object]:
        by_editor = [reason.words for reason in story.score.reasons if reason.signal == "editor"]
        by_editor += [story.placement.reason] if story.placement and "editor" in story.placement.reason else []
        by_editor += [story.summary.reason] if story.summary.algorithm == "editor" else []
        return {"headline": story.headline, "source_headline": story.lead.headline, "by_editor": by_editor}

    return {
        "number": issue.number,
        "subject": issue.subject,
        "sections": {section.slug: [told(story) for story in section.stories] for section in issue.sections},
        "corrections": [
            {"issue": each.issue, "origin": each.origin, "was": each.was, "now": each.now, "note": each.note}
            for each in issue.corrections
        ],
        "drops": [f"{each.stage}: {each.subject}: {each.reason}: {each.detail}" for each in issue.drops],
    }


def compare(path: Path, text: str, update: bool) -> None:
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("number", range(1, len(DAYS) + 1))
def test_the_issues_of_the_week_are_what_they_were(archive: Archive, number: int, update: bool) -> None:
    issue, _ = archive.issue(number)
    text = archive.rendition(number, "issue.txt").body.decode()
    compare(WEEK / "expected" / f"{issue.date}.txt", text, update)
    told = json.dumps(ledger(issue), ensure_ascii=False, indent=1) + "\n"
    compare(WEEK / "expected" / f"{issue.date}.json", told, update)


@pytest.mark.parametrize("number", [1, 2])
def test_old_issues_say_on_the_web_what_was_corrected_since(archive: Archive, number: int, update: bool) -> None:
    issue, _ = archive.issue(number)
    stamped = render_text(corrected(issue, archive), Look()).body.decode()
    compare(WEEK / "expected" / "web" / f"{issue.date}.txt", stamped, update)


def test_pages_on_the_web_are_stamped_and_the_others_stay_as_they_were_frozen(archive: Archive, folder: Path) -> None:
    for number, day in enumerate(DAYS, 1):
        page = (folder / "site" / day.isoformat() / "web.html").read_bytes()
        told = page.decode().count("Corrected on Nov ")
        assert told == {1: 4, 2: 1}.get(number, 0)
        assert (page == archive.rendition(number, "web.html").body) == (not told)
    first, second = ((folder / "site" / day.isoformat() / "web.html").read_text() for day in DAYS[:2])
    assert f'href="#{archive.named("https://quay.example/mayor")[0].id}"' in first
    assert "The article now says: “It holds 40 billion litres today, which was enough for 14,000" in second


def test_every_correction_is_carried_once_and_by_the_next_issue(archive: Archive) -> None:
    issues = [archive.issue(number)[0] for number in range(1, len(DAYS) + 1)]
    carried = [(issue.number, each.issue, each.origin) for issue in issues for each in issue.corrections]
    assert carried == [(2, 1, "change"), (3, 1, "change"), (5, 1, "editor"), (6, 1, "change"), (7, 2, "change")]
    assert [noted.carried for noted in archive.corrections("The Tolby Letter")] == [2, 3, 5, 6, 7]


def test_an_issue_shown_again_is_otherwise_as_it_was(archive: Archive) -> None:
    issue, renditions = archive.issue(3)
    assert corrected(issue, archive) == issue
    first, _ = archive.issue(1)
    assert replace(corrected(first, archive), corrected=()) == first
    assert renditions
