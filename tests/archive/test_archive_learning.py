"""What an archive remembers of a source's pages, and what a better reader may write over, in every database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from digest.archive import open_archive
from digest.identity import revision_of
from digest.model import Article, Block
from digest.repeated import Kind, Lesson, Shown, marks_of
from tests.archive.test_archive_conformance import MARKET, PIER, PIER_MENDED

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def shown(page: str, *lines: str, kind: Kind = "page") -> Shown:
    return Shown(page, kind, marks_of(lines), NOW)


def reworded(article: Article, *paragraphs: str) -> Article:
    changed = replace(article, blocks=tuple(Block("paragraph", text) for text in paragraphs))
    return replace(changed, revision=revision_of(changed))


def test_a_lesson_is_written_down_and_forgotten_and_may_come_twice(fresh: Callable[[], str]) -> None:
    one, two, item = shown("one", "Home", "Sign in"), shown("two\0", "Home"), shown("one", "Tail.", kind="item")
    with open_archive(fresh()) as archive:
        for _ in range(2):  # as two processes do that read the same at once
            archive.store((), (), NOW, (), {"harbour": Lesson((one, two, item)), "upland": Lesson((two,))})
        assert archive.shown("upland")[0].lines == two.lines
        assert {each.key for each in archive.shown("harbour")} >= {one.key, item.key}
        mended = replace(one, lines=marks_of(["Home"]), seen=NOW + DAY)
        archive.store((), (), NOW, (), {"harbour": Lesson((mended,), (item,))})
        assert [each for each in archive.shown("harbour") if each.page == "one"] == [mended]
        assert archive.shown("nowhere") == ()


def test_a_wording_read_again_is_written_over_in_place(fresh: Callable[[], str]) -> None:
    better = reworded(PIER, "Boats leave every hour.", "They carry bicycles.")
    with open_archive(fresh()) as archive:
        archive.store([PIER, MARKET], (), NOW)
        archive.store([PIER_MENDED], (), NOW + DAY)
        assert archive.reread([(better, NOW), (MARKET, NOW)]) == (better,)
        assert [each.article for each in archive.revisions(PIER.id)] == [better, PIER_MENDED]
        assert archive.article(PIER.id) == PIER_MENDED
        latest = reworded(PIER_MENDED, "Boats leave every two hours.", "They carry bicycles.")
        assert archive.reread([(latest, NOW + DAY)]) == (latest,)
        assert archive.article(PIER.id) == latest
        assert archive.reread([(latest, NOW + DAY)]) == ()


def test_two_wordings_that_are_read_alike_become_one_that_lasted_as_long(fresh: Callable[[], str]) -> None:
    with open_archive(fresh()) as archive:
        archive.store([PIER], (), NOW)
        archive.store([PIER_MENDED], (), NOW + DAY)
        archive.reread([(PIER_MENDED, NOW)])
        (only,) = archive.revisions(PIER.id)
        assert (only.article, only.first_seen, only.last_seen) == (PIER_MENDED, NOW, NOW + DAY)
        assert archive.articles() == (PIER_MENDED,)


def test_a_document_of_another_time_says_nothing_of_a_wording(fresh: Callable[[], str]) -> None:
    with open_archive(fresh()) as archive:
        archive.store([PIER], (), NOW)
        assert archive.reread([(reworded(PIER, "Else."), NOW + DAY), (reworded(MARKET, "Else."), NOW)]) == ()
        assert archive.articles() == (PIER,)


def test_when_each_source_last_gave_something_new(fresh: Callable[[], str]) -> None:
    with open_archive(fresh()) as archive:
        archive.store([PIER, MARKET], (), NOW)
        archive.store([PIER], (), NOW + DAY)
        assert archive.newest(["harbour", "upland"]) == {"harbour": NOW}
        archive.store([PIER_MENDED], (), NOW + 2 * DAY)
        assert archive.newest(["harbour"]) == {"harbour": NOW + 2 * DAY}
        assert archive.newest(["upland"]) == {}
