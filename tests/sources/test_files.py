"""Files, folders, globs and standard input: what is read, what is passed over, and what cannot be read."""

from __future__ import annotations

import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.model import Document, Drop
from digest.sources import files
from digest.sources.files import Files

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


def fetched(*inputs: str) -> list[Document | Drop]:
    return list(Files("inputs", inputs).fetch(NOW))


def names(*inputs: str) -> list[str]:
    return [Path(item.name if isinstance(item, Document) else item.subject).name for item in fetched(*inputs)]


def test_a_folder_is_read_through_in_a_fixed_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", ".hidden", "sub/c.html", ".git/config", "digest.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names(str(tmp_path)) == ["a.txt", "b.md", "c.html"]


def test_a_glob_and_a_file_it_matches_give_the_file_once(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "c.txt"):
        (tmp_path / name).write_text("x")
    assert names(str(tmp_path / "b.md"), str(tmp_path / "*.md")) == ["b.md", "a.md"]


def test_a_name_that_leads_nowhere_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    drop, document = fetched(str(tmp_path / "no.md"), str(tmp_path / "a.md"))
    assert isinstance(drop, Drop)
    assert (drop.reason, drop.subject) == ("unreadable", str(tmp_path / "no.md"))
    assert isinstance(document, Document)


def test_a_dangling_link_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "gone.md")
    assert [item.reason for item in fetched(str(tmp_path)) if isinstance(item, Drop)] == ["unreadable"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything; run the tests as an ordinary user")
def test_an_unreadable_folder_is_told(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    assert [item.reason for item in fetched(str(tmp_path)) if isinstance(item, Drop)] == ["unreadable"]


def test_a_folder_that_refuses_is_told_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "a.md").write_text("x")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    document, drop = fetched(str(tmp_path))
    assert isinstance(document, Document)
    assert isinstance(drop, Drop)
    assert (drop.reason, drop.detail) == ("unreadable", "Permission denied; check that it may be read")


def test_a_file_without_an_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 1000)
    (drop,) = fetched("/dev/zero")
    assert isinstance(drop, Drop)
    assert drop.reason == "too large"


def test_standard_input_is_read_once_and_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"A page")))
    source = Files("inputs", ("-",))
    for _ in range(2):
        (document,) = source.fetch(NOW)
        assert isinstance(document, Document)
        assert (document.name, document.body) == ("standard input", b"A page")


def test_what_is_watched_is_there_even_for_a_glob(tmp_path: Path) -> None:
    assert Files("inputs", (str(tmp_path / "in" / "*.md"),)).watched() == (tmp_path,)


def test_a_claimed_type_comes_from_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    (document,) = fetched(str(tmp_path))
    assert isinstance(document, Document)
    assert document.media_type == "text/markdown"
