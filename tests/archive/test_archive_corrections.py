"""Corrections in every archive: noted, carried in the issue's own transaction, and found by what was printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from digest.archive import Noted, Outdated, open_archive
from digest.archive.store import Archive
from digest.errors import ArchiveError
from digest.identity import correction_id
from digest.model import Correction, Issue, Section, Story
from tests.stages.newsroom import article

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
DAY = timedelta(days=1)
FERRY = article("Ferry pier reopens", "Boats leave every hour.", guid="ferry")
MENDED = article("Ferry pier reopens", "Boats leave every two hours.", guid="ferry")
WRONG = Correction("every hour", "every two hours", NOW, 1, headline="Ferry", article=FERRY.id)


@pytest.fixture
def archive(fresh: Callable[[], str]) -> Iterator[Archive]:
    with open_archive(fresh()) as opened:
        opened.store([FERRY], (), NOW)
        publish(opened, NOW)
        yield opened


def publish(archive: Archive, now: datetime, *corrections: Correction) -> Issue:
    def make(number: int) -> tuple[Issue, tuple[()]]:
        section = Section("sea", "Sea", (Story((FERRY,)),))
        return Issue("Tide", now.date(), now, number=number, sections=(section,), corrections=corrections), ()

    return archive.publish("Tide", now.date(), make, now)


def test_what_is_noted_comes_back_until_an_issue_carries_it(archive: Archive) -> None:
    id_ = archive.note_correction("Tide", WRONG)
    assert archive.corrections("Tide") == (Noted(id_, WRONG),)
    assert archive.corrections("Another") == ()
    publish(archive, NOW + DAY, WRONG)
    assert archive.corrections("Tide") == (Noted(id_, WRONG, carried=2),)


def test_noting_it_again_changes_nothing_but_whether_it_is_dismissed(archive: Archive) -> None:
    for dismissed in (False, True, True, False):
        archive.note_correction("Tide", WRONG, dismissed=dismissed)
        assert archive.corrections("Tide") == (Noted(correction_id(WRONG), WRONG, dismissed=dismissed),)


def test_what_was_found_is_kept_by_the_issue_that_carries_it_and_by_no_second_one(archive: Archive) -> None:
    publish(archive, NOW + DAY, WRONG)
    assert [each.carried for each in archive.corrections("Tide")] == [2]
    with pytest.raises(ArchiveError, match="carried by issue 2"):
        publish(archive, NOW + 2 * DAY, WRONG)
    assert [row.number for row in archive.issues("Tide")] == [1, 2]


def test_a_correction_to_an_issue_that_there_is_not_is_refused(archive: Archive) -> None:
    with pytest.raises(ArchiveError):
        archive.note_correction("Tide", replace(WRONG, issue=9))


def test_an_article_is_outdated_when_no_source_has_the_printed_wording_as_its_latest(archive: Archive) -> None:
    def outdated(
        since: datetime = NOW - DAY, before: date = date(2026, 11, 23), seen: datetime = NOW
    ) -> tuple[Outdated, ...]:
        return archive.outdated("Tide", since, before, seen)

    assert outdated() == ()
    archive.store([MENDED], (), NOW + DAY)
    assert outdated() == (Outdated(1, FERRY.id),)
    assert outdated(since=NOW) == outdated(before=date(2026, 11, 22)) == outdated(seen=NOW + DAY) == ()
    archive.store([replace(FERRY, source="another")], (), NOW + DAY)
    assert outdated() == ()
