"""How the tables came to be: a list that only ever grows, applied in order and recorded in the database."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, func, insert, inspect, select, tuple_, update

from digest.archive import schema
from digest.archive.engines import bytes_type
from digest.archive.schema import headline_key
from digest.errors import ArchiveError

_ROWS = 1000
"""Rows that are filled at once."""


@dataclass(frozen=True, slots=True)
class Migration:
    """What changes, and the statements that change it, in SQL that SQLite and PostgreSQL share.

    `{bytes}` stands for the type of binary columns, the one word on which they differ. `fill` does what is left to do
    to the rows that there are.
    """

    what: str
    statements: tuple[str, ...]
    fill: Callable[[Connection], None] = lambda connection: None


def _with_headlines(connection: Connection) -> None:
    articles = schema.articles
    key = articles.c.id, articles.c.source, articles.c.revision
    batch = select(*key, articles.c.json).order_by(*key).limit(_ROWS)
    of_row = and_(*(column == bindparam(f"at_{column.name}") for column in key))
    fill = update(articles).where(of_row).values(headline=bindparam("made"))
    rows = connection.execute(batch).all()
    while rows:
        connection.execute(
            fill,
            [
                {"at_id": id_, "at_source": source, "at_revision": revision, "made": headline_key(_headline(text))}
                for id_, source, revision, text in rows
            ],
        )
        rows = connection.execute(batch.where(tuple_(*key) > tuple_(*rows[-1][:3]))).all()


def _headline(text: str) -> str:
    try:
        return str(json.loads(text)["headline"])
    except (ValueError, TypeError, KeyError):  # kept by another version of the program: whoever reads it is told so
        return ""


MIGRATIONS = (
    Migration(
        "documents, articles, issues and their renditions",
        (
            """CREATE TABLE documents (
                hash TEXT NOT NULL PRIMARY KEY,
                source TEXT NOT NULL,
                name TEXT NOT NULL,
                url TEXT,
                media_type TEXT,
                charset TEXT,
                retrieved TEXT,
                last_seen TEXT NOT NULL,
                body {bytes} NOT NULL
            )""",
            "CREATE INDEX documents_last_seen ON documents (last_seen)",
            """CREATE TABLE articles (
                id TEXT NOT NULL,
                source TEXT NOT NULL,
                revision TEXT NOT NULL,
                kind TEXT NOT NULL,
                language TEXT NOT NULL,
                url TEXT,
                published TEXT,
                retrieved TEXT,
                dated TEXT NOT NULL,
                first_seen TEXT NOT NULL,
                last_seen TEXT NOT NULL,
                gone TEXT,
                latest BOOLEAN NOT NULL,
                hash TEXT NOT NULL,
                json TEXT NOT NULL,
                PRIMARY KEY (id, source, revision)
            )""",
            "CREATE INDEX articles_dated ON articles (dated) WHERE latest AND gone IS NULL",
            "CREATE INDEX articles_source ON articles (source) WHERE latest AND gone IS NULL",
            """CREATE TABLE issues (
                newsletter TEXT NOT NULL,
                number INTEGER NOT NULL,
                date DATE NOT NULL,
                again INTEGER NOT NULL,
                subject TEXT NOT NULL,
                stories INTEGER NOT NULL,
                made TEXT NOT NULL,
                published TEXT NOT NULL,
                json {bytes} NOT NULL,
                PRIMARY KEY (newsletter, number),
                UNIQUE (newsletter, date, again)
            )""",
            """CREATE TABLE renditions (
                newsletter TEXT NOT NULL,
                number INTEGER NOT NULL,
                position INTEGER NOT NULL,
                name TEXT NOT NULL,
                media_type TEXT NOT NULL,
                body {bytes} NOT NULL,
                PRIMARY KEY (newsletter, number, name),
                FOREIGN KEY (newsletter, number) REFERENCES issues (newsletter, number)
            )""",
            """CREATE TABLE printed (
                newsletter TEXT NOT NULL,
                number INTEGER NOT NULL,
                position INTEGER NOT NULL,
                section TEXT NOT NULL,
                story TEXT NOT NULL,
                article TEXT NOT NULL,
                revision TEXT NOT NULL,
                PRIMARY KEY (newsletter, number, position),
                FOREIGN KEY (newsletter, number) REFERENCES issues (newsletter, number)
            )""",
            "CREATE INDEX printed_article ON printed (article)",
        ),
    ),
    Migration(
        "what is remembered of the addresses that sources ask",
        (
            """CREATE TABLE fetches (
                source TEXT NOT NULL,
                url TEXT NOT NULL,
                followed BOOLEAN NOT NULL,
                etag TEXT NOT NULL,
                last_modified TEXT NOT NULL,
                mark TEXT NOT NULL,
                asked TEXT,
                succeeded TEXT,
                failing_since TEXT,
                failures INTEGER NOT NULL,
                error TEXT NOT NULL,
                reported TEXT,
                not_before TEXT,
                moved TEXT NOT NULL,
                items INTEGER NOT NULL,
                PRIMARY KEY (url, source)
            )""",
            "CREATE INDEX fetches_asked ON fetches (asked)",
        ),
    ),
    Migration(
        "the lines that a source's pages show, from which its furniture is learned",
        (
            """CREATE TABLE shown (
                source TEXT NOT NULL,
                kind TEXT NOT NULL,
                page TEXT NOT NULL,
                seen TEXT NOT NULL,
                lines {bytes} NOT NULL,
                PRIMARY KEY (source, kind, page)
            )""",
        ),
    ),
    Migration(
        "what was learned of sections",
        (
            """CREATE TABLE classifiers (
                newsletter TEXT NOT NULL PRIMARY KEY,
                mark TEXT NOT NULL,
                body {bytes} NOT NULL
            )""",
        ),
    ),
    Migration(
        "corrections to published issues: noted by hand, carried by a later issue, or dismissed",
        (
            """CREATE TABLE corrections (
                newsletter TEXT NOT NULL,
                id TEXT NOT NULL,
                number INTEGER NOT NULL,
                noted TEXT NOT NULL,
                carried INTEGER,
                dismissed BOOLEAN NOT NULL,
                json TEXT NOT NULL,
                PRIMARY KEY (newsletter, id),
                FOREIGN KEY (newsletter, number) REFERENCES issues (newsletter, number),
                FOREIGN KEY (newsletter, carried) REFERENCES issues (newsletter, number)
            )""",
            "CREATE INDEX corrections_number ON corrections (newsletter, number)",
        ),
    ),
    Migration(
        "drafts, takedowns, and what a run every morning asks of articles and issues",
        (
            """CREATE TABLE drafts (
                newsletter TEXT NOT NULL PRIMARY KEY,
                date DATE NOT NULL,
                made TEXT NOT NULL,
                json {bytes} NOT NULL
            )""",
            """CREATE TABLE takedowns (
                what TEXT NOT NULL PRIMARY KEY,
                reason TEXT NOT NULL,
                noted TEXT NOT NULL
            )""",
            # SQLite keeps truth as a number, and so never took an index that asks for it.
            "DROP INDEX articles_dated",
            "DROP INDEX articles_source",
            "CREATE INDEX articles_dated ON articles (dated)",
            "CREATE INDEX articles_source ON articles (source) WHERE gone IS NULL",
            "CREATE INDEX articles_first_seen ON articles (first_seen)",
            "CREATE INDEX articles_url ON articles (url)",
            "ALTER TABLE issues ADD COLUMN preheader TEXT NOT NULL DEFAULT ''",
        ),
    ),
    Migration(
        "receipts: to whom an issue was sent, and what became of it",
        (
            """CREATE TABLE receipts (
                newsletter TEXT NOT NULL,
                number INTEGER NOT NULL,
                purpose TEXT NOT NULL,
                address TEXT NOT NULL,
                status TEXT NOT NULL,
                id TEXT NOT NULL,
                detail TEXT NOT NULL,
                noted TEXT NOT NULL,
                PRIMARY KEY (newsletter, number, purpose, address),
                FOREIGN KEY (newsletter, number) REFERENCES issues (newsletter, number)
            )""",
        ),
    ),
    Migration(
        "articles by their headlines, which editors name them by",
        (
            "ALTER TABLE articles ADD COLUMN headline TEXT NOT NULL DEFAULT ''",
            "CREATE INDEX articles_headline ON articles (headline)",
        ),
        _with_headlines,
    ),
    Migration("since when a document is kept", ("ALTER TABLE documents ADD COLUMN first_seen TEXT",)),
)


def version(connection: Connection, name: str) -> int:
    """The number of the last migration applied to the archive called `name`; 0 for an empty database.

    Raises ArchiveError for a database that holds another program's tables, and for one that a newer
    version of this program has changed.
    """
    tables = inspect(connection).get_table_names()
    if schema.migrations.name not in tables:
        if tables:
            raise ArchiveError(
                f"{name}: it is the database of another program (it holds the table {min(tables)}); "
                "give the archive a database of its own in [archive] url"
            )
        return 0
    number = connection.scalar(select(func.max(schema.migrations.c.number))) or 0
    if number > len(MIGRATIONS):
        raise ArchiveError(
            f"{name}: it was changed by a newer version of this program (schema {number}, here {len(MIGRATIONS)}); "
            "update the program"
        )
    return int(number)


def migrate(connection: Connection, name: str) -> None:
    """Apply what is missing. The transaction must be one that writes: the version is read again inside
    it, since another process may have been first."""
    done = version(connection, name)
    if done == 0:
        connection.exec_driver_sql(f"CREATE TABLE {schema.migrations.name} (number INTEGER PRIMARY KEY, what TEXT)")
    for number, migration in enumerate(MIGRATIONS[done:], start=done + 1):
        for statement in migration.statements:
            connection.exec_driver_sql(statement.format(bytes=bytes_type(connection)))
        migration.fill(connection)
        connection.execute(insert(schema.migrations).values(number=number, what=migration.what))
