"""Writes digest/checks/support/features.tsv: `python -m tests.checks.support_table TABLE.json` (caniemail's)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from digest.checks.support.table import TABLE

CLIENTS = {
    "gmail": ("gmail", "desktop-webmail"),
    "gmail-ios": ("gmail", "ios"),
    "gmail-android": ("gmail", "android"),
    "apple-mail": ("apple-mail", "macos"),
    "apple-mail-ios": ("apple-mail", "ios"),
    "outlook-windows": ("outlook", "windows"),
    "outlook-mac": ("outlook", "macos"),
    "outlook-com": ("outlook", "outlook-com"),
    "outlook-ios": ("outlook", "ios"),
    "outlook-android": ("outlook", "android"),
    "yahoo": ("yahoo", "desktop-webmail"),
    "yahoo-ios": ("yahoo", "ios"),
    "yahoo-android": ("yahoo", "android"),
    "aol": ("aol", "desktop-webmail"),
    "samsung": ("samsung-email", "android"),
    "thunderbird": ("thunderbird", "macos"),
    "proton": ("protonmail", "desktop-webmail"),
    "fastmail": ("fastmail", "desktop-webmail"),
    "hey": ("hey", "desktop-webmail"),
    "gmx": ("gmx", "desktop-webmail"),
    "web-de": ("web-de", "desktop-webmail"),
    "orange": ("orange", "desktop-webmail"),
    "sfr": ("sfr", "desktop-webmail"),
    "laposte": ("laposte", "desktop-webmail"),
    "mail-ru": ("mail-ru", "desktop-webmail"),
}
"""Our name of a mail program → caniemail's names of it and of its platform."""

HEAD = """\
# What mail programs do not support, and support in part. Facts from caniemail.com (github.com/hteumeuleu/caniemail),
# MIT licence, {snapshot}; written by tests/checks/support_table.py.
# feature, title, programs that lack it, programs that have it in part
"""


def extract(table: dict[str, Any]) -> str:
    """The lines of features.tsv."""
    lines = []
    for name, feature in sorted(table["features"].items()):
        if feature["category"] in ("html", "css", "image"):
            marks: dict[str, list[str]] = {"n": [], "a": []}
            for ours, (client, platform) in CLIENTS.items():
                mark = feature["support"].get(client, {}).get(platform, {}).get("support")
                if mark in marks:
                    marks[mark].append(ours)
            lines.append("\t".join((name, feature["title"], " ".join(marks["n"]), " ".join(marks["a"]))).rstrip("\t"))
    snapshot = table["source"].rpartition(", ")[2]
    return HEAD.format(snapshot=snapshot) + "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(extract(json.loads(Path(sys.argv[1]).read_text("utf-8"))), encoding="utf-8")
