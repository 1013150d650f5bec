"""A program's articles are read line by line; whatever it does, it ends."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.errors import SourceError
from digest.model import Document, Drop, Hints
from digest.pipeline import read
from digest.sources import command
from digest.sources.command import Command, CommandOptions

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
ITEM = {"id": "1", "url": "https://harbour.example/1", "title": "Ferry returns", "content_text": "Boats leave at noon."}


def source(folder: Path, *arguments: str, timeout: float = 30) -> Command:
    return Command("program", CommandOptions(command=arguments, timeout=timeout), folder)


def run(folder: Path, program: str, **options: float) -> tuple[list[Document | Drop], str]:
    found: list[Document | Drop] = []
    try:
        found.extend(source(folder, sys.executable, "-c", program, **options).fetch(NOW))
    except SourceError as error:
        return found, str(error)
    return found, ""


def test_each_line_is_an_article(tmp_path: Path) -> None:
    lines = [json.dumps(ITEM), "", json.dumps({**ITEM, "id": "2", "title": "Fähre 🚢"}, ensure_ascii=False)]
    (tmp_path / "lines").write_text("\n".join(lines), "utf-8")
    ((document,), fault) = run(tmp_path, "print(open('lines', encoding='utf-8').read())")
    assert fault == ""
    assert isinstance(document, Document)
    articles = read(document, Hints("program")).articles
    assert [article.headline for article in articles] == ["Ferry returns", "Fähre 🚢"]
    assert [article.url for article in articles] == ["https://harbour.example/1"] * 2


def test_a_line_that_is_no_item_costs_no_other(tmp_path: Path) -> None:
    found, _ = run(tmp_path, f"print('boats'); print([1]); print('[' * 100000); print({json.dumps(ITEM)!r})")
    assert [item.subject for item in found if isinstance(item, Drop)] == [f"program, line {n}" for n in (1, 2, 3)]
    assert len([item for item in found if isinstance(item, Document)]) == 1


def test_a_program_that_fails_is_told_with_its_last_words_and_what_it_printed_is_kept(tmp_path: Path) -> None:
    found, fault = run(tmp_path, f"print({json.dumps(ITEM)!r}); raise SystemExit('no tide today')")
    assert fault.endswith("failed with 1: no tide today; run it by hand and mend it")
    assert len(found) == 1


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no-such-program does not start"):
        list(source(tmp_path, "no-such-program").fetch(NOW))


def test_a_program_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    program = (
        "import subprocess, sys; subprocess.Popen(['sleep', '60']); "
        f"print({json.dumps(ITEM)!r}, flush=True); sys.stdin.read(); import signal; signal.pause()"
    )
    found, fault = run(tmp_path, program, timeout=0.5)
    assert "was ended after 0.5 seconds" in fault
    assert len(found) <= 1


def test_a_program_that_prints_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "LARGEST", 100_000)
    found, fault = run(tmp_path, "while True: print('x' * 1000)")
    assert (found, "prints more than the 100,000 bytes" in fault) == ([], True)


def test_what_has_left_a_program_holds_nobody_up(tmp_path: Path) -> None:
    program = (
        "import subprocess; subprocess.Popen(['sleep', '4'], start_new_session=True); "
        f"print({json.dumps(ITEM)!r}, flush=True)"
    )
    found, fault = run(tmp_path, program, timeout=0.3)
    assert (len(found), fault) == (1, "")


def test_what_a_program_says_beside_its_articles_fills_nothing(tmp_path: Path) -> None:
    program = (
        f"import sys; sys.stderr.write('so much to say ' * 1_000_000); print({json.dumps(ITEM)!r}); sys.exit('gone')"
    )
    found, fault = run(tmp_path, program)
    assert len(found) == 1
    assert "failed with 1" in fault
    assert fault.endswith("gone; run it by hand and mend it")
    assert len(fault) < 1000


def test_a_line_in_no_encoding_costs_no_other(tmp_path: Path) -> None:
    program = f"import sys; sys.stdout.buffer.write(b'\\xff\\xfe{{\\n'); print({json.dumps(ITEM)!r})"
    found, fault = run(tmp_path, program)
    assert fault == ""
    assert [type(item) for item in found] == [Drop, Document]


def test_no_shell_reads_the_arguments(tmp_path: Path) -> None:
    program = "import sys, json; print(json.dumps({'title': sys.argv[1]}))"
    (document,) = source(tmp_path, sys.executable, "-c", program, "$(touch made); * > made").fetch(NOW)
    assert isinstance(document, Document)
    assert json.loads(document.body)["items"] == [{"title": "$(touch made); * > made"}]
    assert list(tmp_path.iterdir()) == []
