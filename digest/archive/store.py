"""The archive: one object that opens the database, keeps its transactions and translates its faults."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from digest.archive import articles as article_rows
from digest.archive import classifiers as classifier_rows
from digest.archive import corrections as correction_rows
from digest.archive import documents as document_rows
from digest.archive import drafts as draft_rows
from digest.archive import engines, locks, migrations, naming, rereading
from digest.archive import fetches as fetch_rows
from digest.archive import issues as issue_rows
from digest.archive import receipts as receipt_rows
from digest.archive import shown as shown_rows
from digest.archive import takedowns as takedown_rows
from digest.archive.faults import archive_error
from digest.archive.issues import Make
from digest.archive.records import IssueRow, Noted, Outdated, Revision, SavedDraft, Stored
from digest.errors import ArchiveError
from digest.fetch import Fetch
from digest.model import Article, Correction, Document, Issue, Receipt, Rendition, Takedown
from digest.repeated import Lesson, Shown


class Archive:
    """What was collected and what was published. Use it as a context manager, or close it.

    Every method that writes is one transaction: done whole or not at all, whatever happens to the process.
    Every method raises ArchiveError, with the archive's name, the cause and the remedy, when the
    database cannot do its part. Times that are given must be aware.
    """

    def __init__(self, url: str) -> None:
        parsed = engines.parse(url)
        self.name = engines.name_of(parsed)
        self._engine = engines.open_engine(parsed)
        try:
            with self._reading() as connection:
                outdated = migrations.version(connection, self.name) < len(migrations.MIGRATIONS)
            if outdated:
                with self._writing() as connection:
                    migrations.migrate(connection, self.name)
        except ArchiveError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; an archive in memory is gone with that."""
        self._engine.dispose()

    def store(
        self,
        articles: Iterable[Article],
        documents: Iterable[Document],
        now: datetime,
        fetches: Iterable[Fetch] = (),
        shown: Mapping[str, Lesson] | None = None,
    ) -> Stored:
        """Keep articles, the documents they were read from, and what the next requests need to know, as seen at `now`.

        An article is kept once for each source and revision; seen again, it is not gone any more.
        What is stated about it (labels, byline, dates) follows the newest sighting, but its `retrieved`
        stays that of the first. An item that cannot be kept becomes a Drop and costs the others nothing.
        `fetches` take the place of what was remembered of the same addresses, in the same transaction: nothing
        that was not kept is ever taken for read. `shown` says what to remember of each source's pages.
        """
        with self._writing() as connection:
            stored = article_rows.store(connection, articles, now)
            drops = document_rows.store(connection, documents, now)
            fetch_rows.store(connection, fetches)
            shown_rows.store(connection, shown or {})
        return replace(stored, drops=stored.drops + drops)

    def mark_of_others(self) -> str | None:
        """What stays the same, while the archive is open, as long as nobody else writes to it; None where the database
        does not tell."""
        with self._reading() as connection:
            return engines.mark_of_others(connection)

    def reread(self, articles: Iterable[tuple[Article, datetime]]) -> tuple[Article, ...]:
        """Give the wordings that are kept the words which a better reader found in their documents, in place: no
        revision is added, since no publisher said anything. The articles that changed.

        Each article comes with the time at which its document was given last. Issues stay as they were published.
        """
        with self._writing() as connection:
            return rereading.reread(connection, articles)

    def retire(self, source: str, keep: Collection[str], now: datetime) -> tuple[str, ...]:
        """Mark the articles of a complete source as gone, but for the ids in `keep`; the ids that went."""
        with self._writing() as connection:
            return article_rows.retire(connection, source, keep, now)

    def articles(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        sources: Collection[str] | None = None,
        limit: int | None = None,
    ) -> tuple[Article, ...]:
        """The latest revision of each article that is not gone, the newest first, then by id.

        An article is dated by when it was published or, where nothing says, by when its source first
        gave it. `since` is left out and `until` taken in, so that windows that touch share nothing.
        Where several sources have the same article, a full text goes before a brief, then the one
        seen last.
        """
        with self._reading() as connection:
            return article_rows.current(connection, since, until, sources, limit)

    def news(
        self, since: datetime | None = None, sources: Collection[str] | None = None
    ) -> tuple[tuple[Article, datetime], ...]:
        """What may be news since then: the articles dated or first seen after it, as `articles` gives them, each with
        when any source first gave it, in whichever wording."""
        with self._reading() as connection:
            return article_rows.news(connection, since, sources)

    def first_seen(self, ids: Collection[str]) -> Mapping[str, datetime]:
        """When any source first gave each of these articles."""
        with self._reading() as connection:
            return article_rows.first_seen(connection, ids)

    def article(self, article_id: str, revision: str | None = None) -> Article | None:
        """One article in its latest or a given revision, gone or not; None when it was never stored."""
        with self._reading() as connection:
            return article_rows.find(connection, article_id, revision)

    def revisions(self, article_id: str) -> tuple[Revision, ...]:
        """Every revision of an article at every source, in the order they were first seen."""
        with self._reading() as connection:
            return article_rows.revisions(connection, article_id)

    def named(self, name: str, *, gone: bool = True) -> tuple[Article, ...]:
        """The articles of that id, URL or exact headline in their latest revisions, unless they are `gone`."""
        with self._reading() as connection:
            return naming.named(connection, name, gone)

    def known(self, names: Iterable[str]) -> frozenset[str]:
        """Those of the names (ids, URLs, exact headlines) that some article has or had."""
        with self._reading() as connection:
            return naming.known(connection, names)

    def note_correction(self, newsletter: str, correction: Correction, *, dismissed: bool = False) -> str:
        """Keep a correction for the next issue to carry, or, `dismissed`, for none to; its id."""
        with self._writing() as connection:
            return correction_rows.note(connection, newsletter, correction, dismissed)

    def corrections(self, newsletter: str) -> tuple[Noted, ...]:
        """The corrections that were noted by hand, carried by an issue or dismissed, by issue and time."""
        with self._reading() as connection:
            return correction_rows.noted(connection, newsletter)

    def watched(self, since: datetime) -> tuple[Article, ...]:
        """The articles that issues made at `since` or after printed, of any newsletter, in their latest wordings."""
        with self._reading() as connection:
            return correction_rows.watched(connection, since)

    def outdated(self, newsletter: str, since: datetime, before: date, seen: datetime) -> tuple[Outdated, ...]:
        """The articles printed in issues made after `since` and dated before `before` of which no source's latest
        wording is the printed one, if it was first seen after `seen`; by issue."""
        with self._reading() as connection:
            return correction_rows.outdated(connection, newsletter, since, before, seen)

    def documents(self, source: str | None = None, by: datetime | None = None) -> Iterator[Document]:
        """The documents kept, of one source or of all, the oldest first, one in memory at a time; with `by`, those that
        were kept by then."""
        with self._reading() as connection:
            keys = document_rows.keys(connection, source, by)
        for key in keys:
            with self._reading() as connection:
                document = document_rows.read(connection, key)
            if document:
                yield document

    def discard_documents(self, before: datetime) -> int:
        """Remove the documents last seen before then, and tell how many they were. Articles stay."""
        with self._writing() as connection:
            return document_rows.discard(connection, before)

    def fetches(self, urls: Collection[str] | None = None) -> tuple[Fetch, ...]:
        """What is remembered of these addresses, by every source that asks them; without `urls`, of every
        source's own addresses, those that links led to left out."""
        with self._reading() as connection:
            return fetch_rows.own(connection) if urls is None else fetch_rows.of_urls(connection, urls)

    def discard_fetches(self, before: datetime) -> int:
        """Forget the addresses last asked before then, and tell how many they were: they are asked anew."""
        with self._writing() as connection:
            return fetch_rows.discard(connection, before)

    def newest(self, sources: Collection[str]) -> Mapping[str, datetime]:
        """When each of these sources last gave an article, or a wording of one, that it had not given before."""
        with self._reading() as connection:
            return article_rows.newest(connection, sources)

    def shown(self, source: str) -> tuple[Shown, ...]:
        """The lines that the source's newest pages and items show: what its furniture is learned from."""
        with self._reading() as connection:
            return shown_rows.of_source(connection, source)

    def lessons(self, until: datetime, most: int) -> tuple[Article, ...]:
        """What sections are learned from: of the articles dated until then the oldest, and of these the last `most`.

        So many are the oldest that they stay the same until an eighth to a quarter is new. An article that several
        sources have comes in each account of it.
        """
        with self._reading() as connection:
            return classifier_rows.lessons(connection, until, most)

    def lessons_mark(self, until: datetime, most: int) -> str:
        """A short text that is the same as long as `lessons` gives the same."""
        with self._reading() as connection:
            return classifier_rows.mark(connection, until, most)

    def classifiers(self, newsletter: str, mark: str) -> bytes | None:
        """What was kept for the newsletter under this mark, or None."""
        with self._reading() as connection:
            return classifier_rows.find(connection, newsletter, mark)

    def keep_classifiers(self, newsletter: str, mark: str, body: bytes) -> None:
        """Keep what was learned for the newsletter, in the place of what was kept before."""
        with self._writing() as connection:
            classifier_rows.keep(connection, newsletter, mark, body)

    def publish(self, newsletter: str, date: date, make: Make, published_at: datetime, *, again: bool = False) -> Issue:
        """Freeze an issue under the newsletter's next number: 1, 2, 3, without a gap.

        `make(number)` gives the issue of that number and date, and its renditions; it is called once,
        with the archive locked to every other writer, and may not use the archive itself. If it
        raises, no number is taken. What the issue carries of corrections is marked so, and one that another issue
        carries already raises ArchiveError. A second issue for the same local date raises ArchiveError that
        names the first one, unless `again`. The newsletter's draft of that date is forgotten with it.
        """
        with self._writing() as connection:
            issue = issue_rows.publish(connection, newsletter, date, make, published_at, again)
            draft_rows.discard(connection, newsletter, date)
        return issue

    def issues(self, newsletter: str | None = None) -> tuple[IssueRow, ...]:
        """The list of issues, of one newsletter or of all, the oldest first."""
        with self._reading() as connection:
            return issue_rows.rows(connection, newsletter)

    def issue(self, number: int, newsletter: str | None = None) -> tuple[Issue, tuple[Rendition, ...]]:
        """An issue and its renditions as they were published.

        Raises ArchiveError when there is none of that number, or, without `newsletter`, several.
        """
        with self._reading() as connection:
            return issue_rows.read(connection, number, newsletter)

    def recent_issues(self, newsletter: str, before: date, most: int) -> tuple[Issue, ...]:
        """The last issues of a newsletter that are dated before then, at most so many, the oldest first."""
        with self._reading() as connection:
            return issue_rows.recent(connection, newsletter, before, most)

    def rendition(self, number: int, name: str, newsletter: str | None = None) -> Rendition:
        """One rendition of an issue by its file name, such as `issue.html`. Raises as `issue` does."""
        with self._reading() as connection:
            return issue_rows.rendition(connection, number, name, newsletter)

    def told(
        self, newsletter: str, *, before: date | None = None, ids: Collection[str] | None = None
    ) -> Mapping[str, int]:
        """The id of every article the newsletter has printed, and the number of the last issue that did.

        With `before`, only issues dated earlier count; with `ids`, only these articles are looked for.
        """
        with self._reading() as connection:
            return issue_rows.told(connection, newsletter, before, ids)

    def last_issue(self, newsletter: str, before: date | None = None) -> IssueRow | None:
        """The newsletter's last issue, or its last that is dated before a day; None when there is none."""
        with self._reading() as connection:
            return issue_rows.last(connection, newsletter, before)

    def issue_on(self, newsletter: str, date: date) -> IssueRow | None:
        """The newsletter's issue of a local date, the last of several; None when there is none."""
        with self._reading() as connection:
            return issue_rows.on(connection, newsletter, date)

    def save_draft(self, draft: SavedDraft) -> None:
        """Keep a draft, in the place of the newsletter's earlier one."""
        with self._writing() as connection:
            draft_rows.save(connection, draft)

    def draft(self, newsletter: str) -> SavedDraft | None:
        """The draft that waits to be published, or None."""
        with self._reading() as connection:
            return draft_rows.find(connection, newsletter)

    def articles_of(self, draft: SavedDraft) -> tuple[Article, ...]:
        """The articles of a draft in its order and wording, whatever became of them since."""
        with self._reading() as connection:
            return draft_rows.articles_of(connection, draft)

    def record(
        self, newsletter: str, number: int, purpose: str, receipts: Collection[Receipt], noted: datetime
    ) -> None:
        """Keep receipts of an issue's messages, each in the place of its recipient's earlier one.

        `purpose` is empty for the sending to its readers, and a name for a test.
        """
        if receipts:
            with self._writing() as connection:
                receipt_rows.record(connection, newsletter, number, purpose, receipts, noted)

    def receipts(self, newsletter: str, number: int, purpose: str = "") -> Mapping[str, Receipt]:
        """The receipts of an issue's messages by the recipients' addresses."""
        with self._reading() as connection:
            return receipt_rows.find(connection, newsletter, number, purpose)

    def take_down(self, what: str, reason: str, noted: datetime) -> None:
        """Keep that what a canonical URL or an article's id names must not be shown, and why."""
        with self._writing() as connection:
            takedown_rows.add(connection, what, reason, noted)

    def put_back(self, what: str) -> bool:
        """Forget a takedown; whether there was one."""
        with self._writing() as connection:
            return takedown_rows.remove(connection, what)

    def takedowns(self) -> tuple[Takedown, ...]:
        """All that must not be shown, the earliest first."""
        with self._reading() as connection:
            return takedown_rows.rows(connection)

    def printed_in(self, newsletter: str, what: str) -> tuple[int, ...]:
        """The numbers of the newsletter's issues that printed what a canonical URL or an id names."""
        with self._reading() as connection:
            return takedown_rows.numbers(connection, newsletter, what)

    def amended(self, newsletter: str) -> frozenset[int]:
        """The numbers of the newsletter's issues that printed something that was taken down since."""
        with self._reading() as connection:
            return takedown_rows.amended(connection, newsletter)

    @contextmanager
    def running(self, newsletter: str, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Hold the newsletter's lock, so that one run of it works at a time; a process that dies lets go of it.

        `waiting` is called once when another run holds it. Nobody's reading, collecting or publishing waits for it.
        """
        with locks.hold(self._engine, self.name, newsletter, waiting):
            yield

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._transaction(writes=True) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        options = {engines.WRITES: writes}
        try:
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except (SQLAlchemyError, sqlite3.Error, zlib.error) as fault:
            raise archive_error(self.name, fault) from fault
