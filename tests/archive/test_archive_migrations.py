"""Archives of every age are brought up to date, whole or not at all, and newer ones are left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import TableClause, create_engine, inspect, make_url, text

from digest.archive import migrations, open_archive, schema
from digest.archive.migrations import MIGRATIONS, Migration
from digest.errors import ArchiveError
from digest.identity import identify
from digest.model import Article

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
PIER = identify(Article("", "", "harbour", "Ferry pier reopens"))
NOTES = Migration("notes", ("CREATE TABLE notes (words TEXT)", "INSERT INTO notes VALUES ('kept')"))
BROKEN = Migration("broken", ("CREATE TABLE half (words TEXT)", "CREATE TABLE half (words TEXT)"))


def recorded(url: str) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(make_url(url).database or "")) as connection:
        return connection.execute("SELECT number, what FROM digest_migrations ORDER BY number").fetchall()


def tables(url: str) -> set[str]:
    with closing(sqlite3.connect(make_url(url).database or "")) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_the_tables_have_the_columns_that_the_queries_name(fresh_shared: Callable[[], str]) -> None:
    url = fresh_shared()
    with open_archive(url):
        engine = create_engine(url)
        found = inspect(engine)
        expected = [each for each in vars(schema).values() if isinstance(each, TableClause)]
        assert sorted(found.get_table_names()) == sorted(each.name for each in expected)
        for each in expected:
            assert [column["name"] for column in found.get_columns(each.name)] == [column.name for column in each.c]
        engine.dispose()


def test_every_migration_is_recorded_and_applied_once(fresh_file: Callable[[], str]) -> None:
    url = fresh_file()
    for _ in range(2):
        with open_archive(url):
            pass
    assert recorded(url) == [(number, each.what) for number, each in enumerate(MIGRATIONS, start=1)]


def test_an_older_archive_gets_what_it_lacks_and_keeps_what_it_has(
    fresh_file: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_file()
    with open_archive(url) as archive:
        archive.store([PIER], (), NOW)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, NOTES))
    with open_archive(url) as archive:
        assert archive.articles() == (PIER,)
    assert recorded(url)[-1] == (len(MIGRATIONS) + 1, "notes")
    assert "notes" in tables(url)


def test_articles_of_an_archive_without_their_headlines_are_found_by_them_afterwards(
    fresh_shared: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_shared()
    number = next(at for at, each in enumerate(MIGRATIONS, 1) if "articles_headline" in each.statements[-1])
    monkeypatch.setattr(migrations, "MIGRATIONS", MIGRATIONS[:number])
    given = [identify(Article("", "", "harbour", f"Pier “{n}” reopens"), guid=str(n)) for n in range(5)]
    with open_archive(url) as archive:
        archive.store(given, (), NOW)
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in (
            "DROP INDEX articles_headline",
            "ALTER TABLE articles DROP COLUMN headline",
            "UPDATE articles SET json = '?' WHERE json LIKE '%Pier “0”%'",
            f"DELETE FROM digest_migrations WHERE number = {number}",
        ):
            connection.execute(text(statement))
    engine.dispose()
    monkeypatch.setattr(migrations, "_ROWS", 2)
    with open_archive(url) as archive:
        assert archive.known(each.headline for each in given) == {each.headline for each in given[1:]}


@pytest.mark.parametrize("new", [True, False])
def test_a_migration_that_fails_leaves_the_archive_as_it_was(
    fresh_file: Callable[[], str], monkeypatch: pytest.MonkeyPatch, new: bool
) -> None:
    url = fresh_file()
    if not new:
        with open_archive(url):
            pass
    before = tables(url)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, NOTES, BROKEN))
    with pytest.raises(ArchiveError, match="half"):
        open_archive(url)
    assert tables(url) == before


def test_a_newer_archive_is_refused_and_left_alone(
    fresh_shared: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_shared()
    with monkeypatch.context() as newer:
        newer.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, NOTES))
        with open_archive(url):
            pass
    numbers = f"schema {len(MIGRATIONS) + 1}, here {len(MIGRATIONS)}"
    with pytest.raises(ArchiveError, match=rf"changed by a newer version of this program \({numbers}\); update"):
        open_archive(url)


def test_importing_the_archive_loads_no_database_library(tmp_path: Path) -> None:
    import subprocess
    import sys

    program = "import sys, digest.archive; print(sorted({'sqlalchemy', 'sqlite3'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
