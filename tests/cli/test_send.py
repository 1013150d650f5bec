"""`digest send` as its users meet it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.runner import run
from tests.deliverers.server import Handler, serving
from tests.pipeline.sent import Killer

CONFIG = """
[newsletter]
name = "The Quay"
from = "desk@quay.example"
corrections = "errors@quay.example"
timezone = "UTC"
approve = "{approve}"

[[source]]
name = "inputs"
use = "folder"
path = "articles"

[deliver]
smtp = "127.0.0.1"
smtp_port = {port}
smtp_security = "none"
backoff = 0
smtp_connections = 1
recipients = "readers.txt"
"""
ARTICLE = """---
title: The ferry runs again
published: 2026-11-20T05:00:00+00:00
---

The ferry to Osterby runs again after nine days in the dock, the harbour office said on Thursday. A new propeller
was fitted over night, and the first boat left at six with forty people on board.
"""
LIST = "ada@home.example\nBen <ben@home.example>  # on trial\nADA@home.example\nnobody\n"
NOW = "2026-11-20T07:00:00+00:00"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "ferry.md").write_text(ARTICLE)
    (tmp_path / "readers.txt").write_text(LIST)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(folder: Path, port: int, approve: str = "editor") -> None:
    (folder / "digest.toml").write_text(CONFIG.format(port=port, approve=approve))


def test_a_test_then_the_list_once_and_what_is_wrong_in_it_is_told(folder: Path) -> None:
    handler = Handler({("RCPT", "ben@home.example"): ["550 5.1.1 no such user"]})
    with serving(handler) as server:
        configure(folder, server.port)
        assert run("publish", "--now", NOW).exit_code == 0
        test = run("send", "1", "--to", "ada@home.example", "--now", NOW)
        assert (test.exit_code, test.stdout) == (0, "No. 1: 1 submitted\n")
        done = run("send", "1", "--to", "readers.txt", "--now", NOW)
        assert done.exit_code == 1
        assert done.stdout == "No. 1: 1 submitted\n"
        assert "recipients: line 3: duplicate" in done.stderr
        assert "recipients: line 4: no address: 'nobody' is no mail address, since it has no @" in done.stderr
        assert "ben@home.example: refused: 550 5.1.1 no such user" in done.stderr
        left = run("send", "1", "--to", "readers.txt", "--now", NOW)
        assert "\n1 was refused by their server before" in left.stderr
        again = run("send", "1", "--to", "readers.txt", "--now", NOW, "--retry-refused")
        assert again.stdout == "No. 1: 1 submitted; 1 had it before\n"
        told = json.loads(run("send", "1", "--json", "--now", NOW).stdout)
        assert (told["before"], told["receipts"]) == (2, [])
    assert handler.to == ["ada@home.example", "ada@home.example", "ben@home.example"]


def test_killed_while_a_message_is_on_its_way_it_names_who_may_have_it_and_waits_for_a_persons_word(
    folder: Path,
) -> None:
    killer, handler = Killer(left=0), Handler()
    with serving(killer) as server:
        configure(folder, server.port)
        assert run("publish", "--now", NOW).exit_code == 0
        command = [sys.executable, "-m", "digest", "send", "1", "--to", "readers.txt", "--now", NOW, "-q"]
        with subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL) as sending:
            killer.kill(sending.pid)
        assert sending.returncode == -signal.SIGKILL
    assert killer.to == ["ada@home.example"]
    with serving(handler) as server:
        configure(folder, server.port)
        told = run("send", "1", "--to", "readers.txt", "--now", NOW)
        assert told.exit_code == 1
        for reader in ("ada", "ben"):
            assert f"{reader}@home.example" in told.stderr
        assert "may have it or not" in told.stderr
        assert handler.to == []
        again = run("send", "1", "--to", "readers.txt", "--now", NOW, "--retry-attempted")
        assert again.stdout == "No. 1: 2 submitted\n"
    assert handler.to == ["ada@home.example", "ben@home.example"]


def test_an_issue_that_could_never_be_sent_takes_no_number_unless_the_editor_says_so(folder: Path) -> None:
    configure(folder, 1)
    config = folder / "digest.toml"
    whole = config.read_text()
    config.write_text(whole.replace('corrections = "errors@quay.example"\n', ""))
    refused = run("publish", "--now", NOW)
    assert refused.exit_code == 1
    assert "issue 1 is not published" in refused.stderr
    assert "nowhere in this issue can a reader report an error" in refused.stderr
    assert "--anyway" in refused.stderr
    assert run("issues", "--json").stdout.strip() == "[]"
    config.write_text(whole)
    assert run("publish", "--now", NOW).exit_code == 0


def test_an_issue_with_errors_is_published_anyway_and_still_not_sent(folder: Path) -> None:
    configure(folder, 1)
    config = folder / "digest.toml"
    config.write_text(config.read_text().replace('corrections = "errors@quay.example"\n', ""))
    assert run("publish", "--now", NOW, "--anyway").exit_code == 0
    sent = run("send", "1", "--to", "readers.txt")
    assert sent.exit_code == 1
    assert "issue 1 is not sent" in sent.stderr


def test_what_is_not_mailed_is_published_with_its_errors_told(folder: Path) -> None:
    source = '[newsletter]\nname = "Mine"\n[[source]]\nname = "a"\nuse = "folder"\npath = "articles"\n'
    (folder / "digest.toml").write_text(source)
    done = run("publish", "--now", NOW)
    assert done.exit_code == 0
    assert "ERROR: the whole issue: nowhere in this issue can a reader report an error" in done.stderr


def test_a_dry_run_and_files_need_no_server_and_leave_no_receipt(folder: Path) -> None:
    configure(folder, 1)
    assert run("publish", "--now", NOW).exit_code == 0
    assert run("send", "1", "--to", "readers.txt", "--dry-run").stdout == "No. 1: 2 would be handed over\n"
    assert (
        run("send", "1", "--to", "readers.txt", "--into", "mail", "--form", "eml").stdout
        == "No. 1: 2 written to mail\n"
    )
    assert sorted(path.name for path in (folder / "mail").iterdir()) == ["ada@home.example.eml", "ben@home.example.eml"]
    unreachable = run("send", "1", "--to", "readers.txt")
    assert unreachable.exit_code == 1
    assert "127.0.0.1:1: cannot be reached" in unreachable.stderr
    assert run("send", "1", "--to", "readers.txt", "--dry-run").stdout == "No. 1: 2 would be handed over\n"


@pytest.mark.parametrize(
    ("to", "words"),
    [
        (("nowhere.txt",), "nowhere.txt: No such file"),
        (("é@home.example",), "must be ASCII"),
        (("a@home.example", "readers.txt"), "stands alone"),
        (("empty.txt",), "it has no recipient"),
    ],
)
def test_what_is_no_recipient_is_told(folder: Path, to: tuple[str, ...], words: str) -> None:
    configure(folder, 1)
    (folder / "empty.txt").write_text("# nobody yet\n")
    done = run("send", "1", *(part for each in to for part in ("--to", each)))
    assert done.exit_code == 2
    assert words in done.stderr


def test_a_run_that_could_not_mail_its_issue_for_want_of_a_sender_says_so_first(folder: Path) -> None:
    with serving(Handler()) as server:
        configure(folder, server.port, approve="auto")
        config = folder / "digest.toml"
        whole = config.read_text()
        config.write_text(whole.replace('from = "desk@quay.example"', ""))
        done = run("run", "--now", NOW)
        assert done.exit_code == 2
        assert "[newsletter] from: is not set" in done.stderr
        config.write_text(whole)
        (folder / "readers.txt").write_text("ada@home.example\n")
        assert run("run", "--now", NOW).stdout.endswith("No. 1: 1 submitted\n")


def test_an_issue_that_would_not_be_sent_is_not_published_by_itself(folder: Path) -> None:
    with serving(Handler()) as server:
        configure(folder, server.port, approve="auto")
        config = folder / "digest.toml"
        whole = config.read_text()
        config.write_text(whole.replace('corrections = "errors@quay.example"', ""))
        done = run("run", "--now", NOW)
        assert done.exit_code == 1
        assert "issue 1 is not published" in done.stderr
        assert "nowhere in this issue can a reader report an error" in done.stderr
        assert "set corrections under [newsletter]" in done.stderr
        config.write_text(whole)
        (folder / "readers.txt").write_text("ada@home.example\n")
        assert run("run", "--now", NOW).stdout.endswith("No. 1: 1 submitted\n")


def test_run_sends_by_itself_where_nobody_approves_and_once(folder: Path) -> None:
    (folder / "readers.txt").write_text("ada@home.example\n")
    handler = Handler()
    with serving(handler) as server:
        configure(folder, server.port, approve="auto")
        assert run("run", "--now", NOW).stdout.endswith("No. 1: 1 submitted\n")
        assert run("run", "--now", NOW).stdout.endswith("No. 1: 0 submitted; 1 had it before\n")
    assert handler.to == ["ada@home.example"]
