"""Messages handed to Postfix's own test server, with the faults that it can play."""

from __future__ import annotations

import os
import select
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

import pytest

from digest.deliverers.smtp import Server, Smtp
from tests.judges.conftest import READER, Sheet, sheet_of
from tests.judges.test_mail import mail

SENDER = "brief@harbour-brief.example"


@contextmanager
def sinking(smtp_sink: Path, folder: Path, *options: str) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = ["-u", getuser()] if os.geteuid() == 0 else []
    command: list[str | Path] = [smtp_sink, *user, *options, "-d", f"{folder}/%M.", f"127.0.0.1:{port}", "16"]
    with subprocess.Popen(command) as sink:
        try:
            yield _reached(port)
        finally:
            sink.terminate()


def _reached(port: int) -> Server:
    """The server, once it takes connections."""
    for _ in range(100):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return Server("127.0.0.1", port, "none", timeout=10, connections=2)
        select.select([], [], [], 0.05)
    raise AssertionError("smtp-sink does not listen")


@pytest.mark.parametrize("options", [(), ("-p",), ("-8", "-e"), ("-p", "-e")])
def test_postfix_gets_the_very_bytes(smtp_sink: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    sheet: Sheet = sheet_of("default/worst")
    message = mail(sheet)
    with sinking(smtp_sink, tmp_path, *options) as server, Smtp(server) as smtp:
        outcomes = [smtp(message, SENDER, READER.address) for _ in range(5)]
    assert {each.status for each in outcomes} == {"submitted"}
    dumped = [path.read_bytes() for path in tmp_path.iterdir()]
    assert len(dumped) == 5
    assert all(message.replace(b"\r\n", b"\n").strip() in each.replace(b"\r\n", b"\n") for each in dumped)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (("-f", "rcpt"), "refused"),
        (("-r", "rcpt"), "failed"),
        (("-f", "."), "refused"),
        (("-r", "."), "failed"),
        (("-q", "rcpt"), "failed"),
        (("-q", "."), "attempted"),
    ],
)
def test_what_postfix_refuses_puts_off_or_cuts_is_told(
    smtp_sink: Path, tmp_path: Path, fault: tuple[str, str], status: str
) -> None:
    with sinking(smtp_sink, tmp_path, *fault) as server, Smtp(server) as smtp:
        assert smtp(b"Subject: x\r\n\r\nText\r\n", SENDER, READER.address).status == status
