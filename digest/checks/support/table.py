"""Which mail programs lack which feature of HTML and CSS, and what readers see instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from digest.packaged import packaged_table

TABLE = Path(__file__).with_name("features.tsv")

CLIENTS: Mapping[str, str] = {
    "gmail": "Gmail",
    "gmail-ios": "Gmail on iOS",
    "gmail-android": "Gmail on Android",
    "apple-mail": "Apple Mail",
    "apple-mail-ios": "Apple Mail on iOS",
    "outlook-windows": "Outlook for Windows",
    "outlook-mac": "Outlook for Mac",
    "outlook-com": "Outlook.com",
    "outlook-ios": "Outlook on iOS",
    "outlook-android": "Outlook on Android",
    "yahoo": "Yahoo",
    "yahoo-ios": "Yahoo on iOS",
    "yahoo-android": "Yahoo on Android",
    "aol": "AOL",
    "samsung": "Samsung Email",
    "thunderbird": "Thunderbird",
    "proton": "Proton Mail",
    "fastmail": "Fastmail",
    "hey": "HEY",
    "gmx": "GMX",
    "web-de": "WEB.DE",
    "orange": "Orange",
    "sfr": "SFR",
    "laposte": "La Poste",
    "mail-ru": "Mail.ru",
}
"""Every mail program that may be asked about, by the name that digest.toml gives it."""

USUAL = (
    "gmail", "gmail-ios", "gmail-android", "apple-mail", "apple-mail-ios", "outlook-windows", "outlook-mac",
    "outlook-com", "outlook-ios", "outlook-android", "yahoo", "samsung", "thunderbird",
)  # fmt: skip
"""The ones asked about when none are named: what most readers of newsletters use."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: who lacks it, who has it in part, and what a reader sees instead.

    `harmless` tells that nothing is lost by it: the fallback is part of the design, or another rule does the same.
    """

    title: str
    lacking: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    instead: str = ""
    harmless: bool = False


@cache
def features() -> Mapping[str, Feature]:
    """Every feature by caniemail's name of it."""
    words = packaged_table("digest.checks.support", "instead.toml")
    kinds = words.pop("kinds")
    found = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, title, lacking, partly = (*line.split("\t"), "", "")[:4]
        own = words.get(name, {})
        kind = max((kind for kind in kinds if name.startswith(kind)), key=len)
        instead = own.get("instead", kinds[kind])
        found[name] = Feature(title, tuple(lacking.split()), tuple(partly.split()), instead, own.get("harmless", False))
    return found
