"""Whatever is wrong with a database, the message names the archive, the cause and the remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from digest.archive import open_archive
from digest.archive.faults import archive_error
from digest.errors import ArchiveError
from digest.identity import identify
from digest.model import Article, Issue, Rendition

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
PIER = identify(Article("", "", "harbour", "Ferry pier reopens"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with an archive of one article and one issue."""
    path = tmp_path / "digest.sqlite"
    with open_archive(f"sqlite:///{path}") as archive:
        archive.store([PIER], (), NOW)
        archive.publish("Morning Tide", TODAY, make, NOW)
    return path


def make(number: int) -> tuple[Issue, tuple[Rendition, ...]]:
    return Issue("Morning Tide", TODAY, NOW, number=number), (Rendition("issue.txt", "text/plain", b"text"),)


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


@contextmanager
def refused(*words: str) -> Iterator[None]:
    with pytest.raises(ArchiveError) as raised:
        yield
    for each in words:
        assert each in str(raised.value)


@pytest.mark.parametrize("url", ["", "digest.sqlite", "sqlite", "postgresql://ada:hush@host:port/digest"])
def test_what_is_no_url_is_shown_what_one_looks_like(url: str) -> None:
    with refused("[archive] url is not a database URL", "sqlite:///digest.sqlite"):
        open_archive(url)


def test_another_kind_of_database_is_refused() -> None:
    with refused("[archive] url names mysql", "sqlite or postgresql"):
        open_archive("mysql://host/digest")


def test_a_missing_driver_is_named_with_its_remedy_and_without_the_password() -> None:
    with pytest.raises(ArchiveError) as raised:
        open_archive("postgresql+nosuch://ada:hush@host/digest")
    assert "the driver postgresql+nosuch is not installed" in str(raised.value)
    assert "pip install" in str(raised.value)
    assert "hush" not in str(raised.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Buy stamps. " * 100)
    with refused(str(path), "the file is not an archive", "name another file"):
        open_archive(f"sqlite:///{path}")
    assert path.read_text() == "Buy stamps. " * 100


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "recipes.sqlite"
    change(path, "CREATE TABLE recipes (name TEXT)")
    with refused(str(path), "the database of another program", "recipes", "a database of its own"):
        open_archive(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with refused(str(tmp_path), "cannot be opened or made", "check that it is a file"):
        open_archive(f"sqlite:///{tmp_path}")


def test_a_folder_that_is_missing_is_made_and_one_that_cannot_be_is_named(tmp_path: Path) -> None:
    with open_archive(f"sqlite:///{tmp_path}/deep/er/digest.sqlite"):
        assert (tmp_path / "deep/er/digest.sqlite").exists()
    (tmp_path / "file").touch()
    with refused("file/digest.sqlite", "its folder cannot be made"):
        open_archive(f"sqlite:///{tmp_path}/file/digest.sqlite")


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_an_archive_that_may_only_be_read_can_be_read(path: Path, mode: str) -> None:
    change(path, f"PRAGMA journal_mode = {mode}")
    with open_archive(f"sqlite:///file:{path}?mode=ro&uri=true") as archive:
        assert archive.articles() == (PIER,)
        with refused("it may only be read", "check who may write"):
            archive.store([PIER], (), NOW)


def test_a_lock_that_is_not_let_go(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with open_archive(f"sqlite:///{path}?timeout=0") as archive:
            assert archive.articles() == (PIER,)
            with refused(str(path), "another process has kept it locked", "run again"):
                archive.store([PIER], (), NOW)


def test_an_archive_that_is_being_read_in_the_old_journal_mode_opens_all_the_same(path: Path) -> None:
    change(path, "PRAGMA journal_mode = DELETE")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM articles").fetchall()
        with open_archive(f"sqlite:///{path}?timeout=0") as archive:
            assert archive.articles() == (PIER,)


def test_a_full_disk_loses_nothing_of_before(path: Path) -> None:
    def fill(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite makes of it the number of pages there are

    event.listen(Engine, "connect", fill)
    try:
        with open_archive(f"sqlite:///{path}") as archive:
            many = [identify(Article("", "", "harbour", f"Headline {number}")) for number in range(200)]
            with refused("the disk is full", "free some space"):
                archive.store(many, (), NOW)
            assert archive.articles() == (PIER,)
    finally:
        event.remove(Engine, "connect", fill)


def test_a_damaged_file(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with refused("the file is damaged", "put back a copy"):
        open_archive(f"sqlite:///{path}")


def test_a_damaged_rendition(path: Path) -> None:
    change(path, "UPDATE renditions SET body = x'00'")
    with open_archive(f"sqlite:///{path}") as archive, refused("the file is damaged"):
        archive.rendition(1, "issue.txt")


@pytest.mark.parametrize("text", ["'{}'", "'no json'", "'[]'"])
def test_an_article_that_cannot_be_read_is_named(path: Path, text: str) -> None:
    change(path, f"UPDATE articles SET json = {text}")
    with open_archive(f"sqlite:///{path}") as archive, refused(PIER.id, "cannot be read", "the version of the program"):
        archive.articles()


def test_an_issue_that_cannot_be_read_still_gives_its_renditions(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.serial.VERSION", 2)
    with open_archive(f"sqlite:///{path}") as archive:
        with refused("issue 1: ", "cannot be read", "version: 1 is not read here"):
            archive.issue(1)
        assert archive.rendition(1, "issue.txt").body == b"text"


class AnswerError(Exception):
    """What pg8000 raises: the fields of the server's answer."""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"C": "28P01", "M": "password authentication failed"}, "refuses the user or the password (password auth"),
        ({"C": "3D000", "M": "database does not exist"}, "no such database (database does not exist); make it with"),
        ({"C": "53100", "M": "could not extend file"}, "the disk is full"),
        ({"C": "XX000", "M": "something else"}, "the database reports: something else; check [archive] url"),
        ("no route to host\nmore", "the database reports: no route to host; check [archive] url"),
    ],
)
def test_what_a_server_answers_is_translated(answer: object, words: str) -> None:
    fault = DBAPIError("SELECT 1", {}, AnswerError(answer))
    assert str(archive_error("archive postgresql://host/digest", fault)).startswith(
        "archive postgresql://host/digest: "
    )
    assert words in str(archive_error("archive postgresql://host/digest", fault))


def test_a_server_database_that_is_not_there(fresh_postgresql: Callable[[], str]) -> None:
    with refused("the server has no such database", "createdb"):
        open_archive(fresh_postgresql().replace("/archive_", "/nowhere_"))
