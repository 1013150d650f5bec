"""The message as a spam filter and a MIME parser see it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from digest.message import message
from tests.judges.conftest import READER, Sheet


def mail(sheet: Sheet) -> bytes:
    """The message as one reader gets it."""
    return message(sheet.issue, tuple(sheet.renditions.values()), READER)


def test_a_spam_filter_counts_nothing_against_it(spamassassin: Path, sheet: Sheet) -> None:
    # Its own rules alone: no network, and no preferences of whoever runs this.
    told = subprocess.run(
        [spamassassin, "-t", "-L", "-x"], input=mail(sheet), capture_output=True, check=True
    ).stdout.decode("utf-8", "replace")
    score = re.search(r"^X-Spam-Status: \w+, score=(-?[\d.]+)", told, re.MULTILINE)
    assert score is not None
    report = told[told.rfind("Content analysis details") :]
    assert float(score.group(1)) <= 0, report


def test_a_spam_filter_does_count(spamassassin: Path) -> None:
    bad = b"Subject: FREE MONEY!!!\r\nContent-Type: text/html\r\n\r\n<font color=#fffffe>viagra</font>\r\n"
    told = subprocess.run([spamassassin, "-t", "-L", "-x"], input=bad, capture_output=True, check=True).stdout
    assert float(re.findall(rb"score=(-?[\d.]+)", told)[0]) > 0


def test_a_mime_parser_finds_text_and_html_as_they_were_written(reformime: Path, sheet: Sheet) -> None:
    written = mail(sheet)

    def ask(*options: str) -> bytes:
        return subprocess.run([reformime, *options], input=written, capture_output=True, check=True).stdout

    sections = [dict(re.findall(r"^([\w-]+): (.*)$", part, re.MULTILINE)) for part in ask("-i").decode().split("\n\n")]
    found = [(one["section"], one["content-type"], one["charset"].lower()) for one in sections if "section" in one]
    assert found == [
        ("1", "multipart/alternative", found[0][2]),
        ("1.1", "text/plain", "utf-8"),
        ("1.2", "text/html", "utf-8"),
    ]
    for section, name in (("1.1", "issue.txt"), ("1.2", "issue.html")):
        read = ask("-e", "-s", section).replace(b"\r\n", b"\n")
        assert read.rstrip() == sheet.renditions[name].body.replace(b"\r\n", b"\n").rstrip()
