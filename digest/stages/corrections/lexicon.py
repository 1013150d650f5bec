"""What each language's data file says of negations, numbers, style and the notes of publishers."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from digest.language.lexicon import primary_code
from digest.packaged import packaged_table

LANGUAGES = ("de", "en", "es", "fr", "it")


@dataclass(frozen=True, slots=True)
class Differences:
    """What is known of one language, in lower case; a language without a file has nothing.

    `numbers` maps number words to figures; `large` are words that make a number of what stands before them, each
    with what it is whatever its ending; `style` are words that come and go without saying anything, `joins` those
    that stand in lists; `determiners` and `noun_endings` tell a common noun from a name where both are capitalised.
    """

    negations: frozenset[str] = frozenset()
    style: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    percent: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    large: Mapping[str, str] = field(default_factory=dict)
    determiners: frozenset[str] = frozenset()
    noun_endings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotePhrases:
    """How publishers' notes begin, in every language at once: a page may carry another language's.

    `retractions` stand wherever in the sentence that takes a whole article back.
    """

    labels: frozenset[str]
    openings: tuple[str, ...]
    versions: tuple[str, ...]
    objects: frozenset[str]
    retractions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeadlineLabels:
    """What stands before or behind a headline and is none of it, in every language at once, in lower case.

    `live` are those of a ticker, whose headline is of its last hour."""

    live: frozenset[str]
    labels: frozenset[str]


@cache
def differences(language: str) -> Differences:
    """The differences that count in a language tag such as "de-CH"."""
    code = primary_code(language)
    if code not in LANGUAGES:
        return Differences()
    data = _data(code)
    return Differences(
        negations=frozenset(data["negations"].split()),
        style=frozenset(data["style"].split()),
        joins=frozenset(data["joins"].split()),
        percent=tuple(data["percent"]),
        numbers=dict(pair.split("=") for pair in data["numbers"].split()),
        large={word: _number_word(word) for word in data["large"].split()},
        determiners=frozenset(data["determiners"].split()),
        noun_endings=tuple(data["noun_endings"]),
    )


@cache
def note_phrases() -> NotePhrases:
    notes = [_data(code)["notes"] for code in LANGUAGES]
    return NotePhrases(
        labels=frozenset(label for each in notes for label in each["labels"]),
        openings=tuple(opening for each in notes for opening in each["openings"]),
        versions=tuple(version for each in notes for version in each["versions"]),
        objects=frozenset(word for each in notes for word in each["objects"].split()),
        retractions=tuple(retraction for each in notes for retraction in each["retractions"]),
    )


@cache
def headline_labels() -> HeadlineLabels:
    found = [_data(code)["headlines"] for code in LANGUAGES]
    live, labels = (frozenset(label for each in found for label in each[key]) for key in ("live", "labels"))
    return HeadlineLabels(live, labels)


_SHORT = {"mio": "millio", "mrd": "millia", "bn": "billio", "mn": "millio", "mln": "millio"}


def _number_word(word: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return _SHORT.get(word) or plain.rstrip("s")[:6]


def _data(code: str) -> dict[str, Any]:
    return packaged_table("digest.stages.corrections", f"data/{code}.toml")
