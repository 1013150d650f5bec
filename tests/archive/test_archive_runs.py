"""What a run needs of the archive: one at a time, a draft that waits, stories that must not be shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from digest.archive import SavedDraft, locks, open_archive
from digest.archive.store import Archive
from digest.errors import ArchiveError
from digest.identity import identify
from digest.model import Article, Drop, Issue, Rendition, Section, Story, Takedown

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
DAY = date(2026, 11, 22)
URL = "https://harbour.example/pier"
PIER = identify(Article("", "", "harbour", "Pier reopens", url=URL), "pier")
MARKET = identify(Article("", "", "harbour", "Market moves"), "market")


@pytest.fixture
def archive(fresh: Callable[[], str]) -> Iterator[Archive]:
    with open_archive(fresh()) as opened:
        yield opened


class Holder:
    """A process that asks for the lock, and ends or dies when it is told."""

    def __init__(self, url: str, newsletter: str = "Morning Tide", ending: str = "ends") -> None:
        command = [sys.executable, str(HERE / "holder.py"), url, newsletter, ending]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def says(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        self.process.communicate("\n")


@pytest.mark.parametrize("ending", ["ends", "dies"])
def test_a_second_run_waits_for_the_first_to_end_or_die(fresh_shared: Callable[[], str], ending: str) -> None:
    url = fresh_shared()
    first = Holder(url, ending=ending)
    assert first.says() == "holds"
    second = Holder(url)
    assert second.says() == "waits"
    first.end()
    assert second.says() == "holds"
    second.end()


def test_a_run_keeps_nobody_from_reading_collecting_and_publishing(fresh_shared: Callable[[], str]) -> None:
    url = fresh_shared()
    with open_archive(url) as running, running.running("Morning Tide"), open_archive(url) as other:
        assert other.store([PIER], (), NOW).new == 1
        assert other.articles() == (PIER,)
        publish(other, PIER)


def test_whoever_waits_too_long_is_told_so(fresh_shared: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    url = fresh_shared()
    waits: list[str] = []
    with open_archive(url) as first, first.running("Morning Tide"), open_archive(url) as second:
        monkeypatch.setattr(locks, "PATIENCE", 0.01)
        with (
            pytest.raises(ArchiveError, match="another run"),
            second.running("Morning Tide", lambda: waits.append("x")),
        ):
            pass
    assert waits == ["x"]


def test_newsletters_of_one_postgresql_archive_do_not_wait_for_each_other(fresh_postgresql: Callable[[], str]) -> None:
    url = fresh_postgresql()
    with open_archive(url) as one, open_archive(url) as other, one.running("Morning Tide"):  # noqa: SIM117
        with other.running("Evening Tide"):
            pass


def publish(archive: Archive, *told: Article) -> Issue:
    def make(number: int) -> tuple[Issue, tuple[Rendition, ...]]:
        sections = (Section("town", "Town", (Story(told),)),)
        made = Issue("Morning Tide", DAY, NOW, number=number, sections=sections, subject="Tide", preheader="And more")
        return made, ()

    return archive.publish("Morning Tide", DAY, make, NOW)


def a_draft(*told: Article) -> SavedDraft:
    keys = tuple((each.id, each.source, each.revision) for each in told)
    return SavedDraft("Morning Tide", DAY, NOW, keys, (Drop("collect", "Mill", "source failed", "503 \ud800"),))


def test_a_draft_comes_back_with_its_articles_in_the_wording_it_had(archive: Archive) -> None:
    archive.store([PIER, MARKET], (), NOW)
    draft = a_draft(MARKET, PIER)
    archive.save_draft(draft)
    reworded = identify(replace(PIER, headline="Pier reopens at last"), "pier")
    archive.store([reworded], (), NOW.replace(hour=6))
    archive.retire("harbour", [reworded.id], NOW.replace(hour=6))
    assert archive.draft("Morning Tide") == draft
    assert archive.articles_of(draft) == (MARKET, PIER)
    assert archive.draft("Evening Tide") is None


def test_a_newer_draft_takes_the_place_of_the_older_and_publishing_ends_it(archive: Archive) -> None:
    archive.store([PIER, MARKET], (), NOW)
    archive.save_draft(replace(a_draft(PIER), date=date(2026, 11, 21)))
    archive.save_draft(a_draft(MARKET))
    assert archive.draft("Morning Tide") == a_draft(MARKET)
    publish(archive, MARKET)
    assert archive.draft("Morning Tide") is None


def test_a_draft_whose_articles_are_lost_says_so(archive: Archive) -> None:
    archive.store([PIER], (), NOW)
    with pytest.raises(ArchiveError, match="1 of its articles"):
        archive.articles_of(a_draft(PIER, MARKET))


def test_the_issue_of_a_day_and_what_its_line_says(archive: Archive) -> None:
    assert archive.issue_on("Morning Tide", DAY) is None
    publish(archive, PIER)
    row = archive.issue_on("Morning Tide", DAY)
    assert row
    assert (row.number, row.subject, row.preheader) == (1, "Tide", "And more")
    assert archive.issue_on("Morning Tide", date(2026, 11, 23)) is None


@pytest.mark.parametrize("what", [URL, PIER.id])
def test_what_is_taken_down_names_the_issues_that_printed_it(archive: Archive, what: str) -> None:
    archive.store([PIER, MARKET], (), NOW)
    publish(archive, MARKET, PIER)
    assert archive.amended("Morning Tide") == frozenset()
    archive.take_down(what, "A mistake", NOW)
    archive.take_down(what, "A court asked for it", NOW.replace(hour=9))
    assert archive.takedowns() == (Takedown(what, "A court asked for it", NOW),)
    assert archive.printed_in("Morning Tide", what) == (1,)
    assert archive.amended("Morning Tide") == {1}
    assert archive.amended("Evening Tide") == frozenset()
    assert archive.put_back(what)
    assert not archive.put_back(what)
    assert archive.amended("Morning Tide") == frozenset()


def test_every_day_asks_an_index_and_not_the_whole_archive(fresh_file: Callable[[], str]) -> None:
    """A run reads what is new; the plan of its one large question names no scan of all articles."""
    import sqlite3

    from sqlalchemy import event

    url = fresh_file()
    asked: list[tuple[str, tuple[object, ...]]] = []
    with open_archive(url) as archive:
        archive.store([PIER, MARKET], (), NOW)

        @event.listens_for(archive._engine, "before_cursor_execute")
        def note(_c: object, _k: object, statement: str, parameters: tuple[object, ...], *_: object) -> None:
            asked.append((statement, parameters))

        archive.news(NOW.replace(day=21), ["harbour"])
        archive.told("Morning Tide", before=DAY, ids=[PIER.id])
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        for statement, parameters in asked:
            if statement.lstrip().startswith("SELECT"):
                plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
                assert not [line for line in plan if line.startswith(("SCAN articles", "SCAN printed"))], plan
