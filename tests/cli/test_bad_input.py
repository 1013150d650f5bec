"""What a person meets when an input is broken: a message that names it, the right exit code, the rest kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runner import run

GOOD = """---
title: Ferry to Brunness resumes after nine days
url: https://quay.example/ferry
date: 2026-11-20T05:00:00+01:00
publisher: The Quay
corrections: desk@quay.example
---
The ferry between Tolby and Brunness resumed on Friday morning after nine days, the harbour office said.
A cracked propeller shaft had kept the only vessel on the route in dock since last Wednesday.
"""


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "good.md"
    path.write_text(GOOD)
    return str(path)


def left_out(*inputs: str, out: Path) -> dict[str, str]:
    """The reasons by the base name of the input, from a build that must succeed."""
    done = run("build", *inputs, "--out", str(out), "--json", "--now", "2026-11-20T07:00:00+01:00")
    assert done.exit_code == 0, done.stderr
    report = json.loads(done.stdout)
    assert [story for section in report["sections"] for story in section["stories"]] == [
        "Ferry to Brunness resumes after nine days"
    ]
    return {Path(drop["subject"]).name: f"{drop['reason']}: {drop['detail']}" for drop in report["drops"]}


ENTITIES = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(25))
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">' + ENTITIES + b"]>"
    b'<rss version="2.0"><channel><title>&z;</title></channel></rss>'
)


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "PNG"),
        ("line.txt", b"word " * 1_000_000, "line.txt"),
        (
            "menu.html",
            b"<html><body><nav><a href='/'>Home</a> <a href='/c'>Contact</a></nav></body></html>",
            "no text",
        ),
        ("cut.xml", b'<?xml version="1.0"?><rss version="2.0"><channel><title>Cut</title><item><title>Ha', ""),
        ("bomb.xml", BOMB, ""),
    ],
)
def test_a_broken_input_is_named_and_the_others_are_kept(
    good: str, tmp_path: Path, name: str, body: bytes, words: str
) -> None:
    broken = tmp_path / name
    broken.write_bytes(body)
    reasons = left_out(good, str(broken), out=tmp_path / "out")
    assert name in reasons
    assert words in f"{name} {reasons[name]}"


def test_an_input_that_is_not_there_is_told_with_exit_code_1_and_the_issue_is_made(good: str, tmp_path: Path) -> None:
    done = run("build", good, str(tmp_path / "typo.md"), "--out", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert "typo.md: there is no such file or folder" in done.stderr
    assert len(list((tmp_path / "out").glob("*/issue.html"))) == 1


def test_an_input_that_no_format_can_read_is_named_where_the_issue_is_made_without_it(
    good: str, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.docx"
    notes.write_bytes(b"PK\x03\x04" + bytes(500))
    words = "notes.docx is a ZIP archive or an office document, not text; give the article as HTML"
    for command in (("build", "--out", str(tmp_path / "out")), ("text",)):
        assert words in run(*command, good, str(notes)).stderr
        assert run(*command, good, str(notes), "-q").stderr.count("notes.docx") == 0


def test_nothing_but_broken_input_is_nothing_to_publish(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = run("build", str(tmp_path / "empty.txt"), "--out", str(tmp_path / "out"))
    assert done.exit_code == 3
    assert "no story to make an issue of" in done.stderr
    assert "empty.txt" in done.stderr


def test_why_there_is_no_issue_stands_before_the_furniture_of_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("init", "--corrections", "errors@example.org")
    page = ["Menu", "Ferry to Brunness resumes", "Share", *GOOD.split("---\n")[2].split("\n"), "Most read"]
    (tmp_path / "articles" / "a.txt").write_text("\n".join(page), encoding="utf-8")
    (tmp_path / "articles" / "b.md").write_text(GOOD.replace("T05", "T02"), encoding="utf-8")
    assert run("publish", "--now", "2026-11-20T07:00:00+01:00").exit_code == 0
    old = run("publish", "--now", "2026-11-24T07:00:00+01:00")
    assert old.stderr == "digest: no story to make an issue of; nothing new since 2026-11-20 07:00\n"
    (tmp_path / "articles" / "b.md").write_text(GOOD.replace("T05", "T02").replace("nine days, the", "ten days, the"))
    told = run("publish", "--now", "2026-11-21T01:00:00+01:00")
    assert told.exit_code == 3
    assert "Ferry to Brunness resumes after nine days: already told: in issue 1" in told.stderr.split("\n")[1]


def test_a_misspelt_command_names_the_nearest() -> None:
    done = run("buidl", "page.txt")
    assert done.exit_code == 2
    assert "No such command 'buidl'. Did you mean 'build'?" in done.stderr


def test_no_input_and_no_configuration_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("build")
    assert done.exit_code == 2
    assert "digest init" in done.stderr


def test_a_misspelt_key_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text('[newsletter]\nnmae = "x"\n')
    done = run("build", "-c", str(tmp_path))
    assert done.exit_code == 2
    assert "newsletter.nmae: unknown key; did you mean 'name'?" in done.stderr


def test_a_template_with_a_syntax_error_names_file_and_line(good: str, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    assert run("templates", "copy", str(folder)).exit_code == 0
    template = folder / "issue.txt.j2"
    lines = template.read_text().splitlines()
    lines.insert(4, "{% if %}")
    template.write_text("\n".join(lines))
    (tmp_path / "digest.toml").write_text('[theme]\ntemplates = "templates"\n')
    done = run("text", "-c", str(tmp_path), good)
    assert done.exit_code == 1
    assert f"{template}:5" in done.stderr.replace(", line ", ":")


def test_no_correction_contact_anywhere_is_a_loud_warning(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(GOOD.replace("corrections: desk@quay.example\n", ""))
    done = run("build", str(page), "--out", str(tmp_path / "out"))
    assert done.exit_code == 0
    assert "ERROR" in done.stderr
    assert "corrections under [newsletter]" in done.stderr


def test_two_times_at_once_are_refused(good: str) -> None:
    done = run("build", good, "--date", "2026-11-20", "--now", "2026-11-20T07:00:00Z")
    assert done.exit_code == 2
    assert "--date and --now" in done.stderr


def test_a_timestamp_that_is_none_is_refused_with_an_example(good: str) -> None:
    done = run("build", good, "--now", "yesterday")
    assert done.exit_code == 2
    assert "2026-11-20T07:00:00+01:00" in done.stderr


def test_an_out_folder_that_is_a_file_is_told(good: str, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    done = run("build", good, "--out", str(tmp_path / "out"))
    assert done.exit_code == 2
    assert "--out" in done.stderr
