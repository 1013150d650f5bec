"""The packaged phrases: well formed, and each of them found as what it is listed under."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest

from digest.phrases import MANY, ONE, POINTER, SOME, normal, phrases

FILES = sorted(file.name for file in resources.files("digest.phrases").iterdir() if file.name.endswith(".toml"))
TABLES = {
    "furniture": None,
    "teasers": {"date", "one", "some", "many", "pointer"},
    "sections": {"names"},
    "glued": {"labels"},
    "dates": {"months", "weekdays", "words", "published", "updated"},
    "people": {"by", "joins", "roles", "bio", "career", "particles"},
    "contact": {"faults", "calls", "near", "desks", "links"},
    "paid": {"marks"},
    "buttons": {"words"},
    "credit": {"agencies", "nouns"},
}


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("digest.phrases") / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_a_file_holds_known_tables_of_lists_without_repeats(name: str) -> None:
    for table, lists in load(name).items():
        keys = TABLES[table]
        assert keys is None or set(lists) <= keys
        for words in lists.values():
            assert all(isinstance(word, str) and word == word.strip() != "" for word in words)
            assert len(words) == len(set(words))


@pytest.mark.parametrize("name", FILES)
def test_no_phrase_stands_for_two_things(name: str) -> None:
    data = load(name)
    listed = [phrase for kind in data["furniture"].values() for phrase in kind]
    listed += [phrase for key, kind in data.get("teasers", {}).items() if key != "date" for phrase in kind]
    assert sorted({phrase for phrase in listed if listed.count(phrase) > 1}) == []


@pytest.mark.parametrize("name", FILES)
def test_a_phrase_that_is_a_whole_line_is_found(name: str) -> None:
    for table in ("furniture", "teasers"):
        for phrase in (phrase for kind in load(name).get(table, {}).values() for phrase in kind):
            if not {"…", "#", "{"} & set(phrase):
                hit = phrases().hit(phrase)
                assert hit is not None, phrase
                assert hit.how == "whole"


@pytest.mark.parametrize("name", FILES)
def test_a_phrase_with_gaps_says_something(name: str) -> None:
    for table in ("furniture", "teasers"):
        for phrase in (phrase for kind in load(name).get(table, {}).values() for phrase in kind):
            assert normal(phrase.replace("…", " ").replace("{date}", " ")).strip(), phrase


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Read more", ONE),
        ("See also:", SOME),
        ("Most read in Culture", MANY),
        ("Read more: How the lake froze over", POINTER),
        ("12 min read", "reading time"),
        ("LESEZEIT: 7 MIN.", "reading time"),
        ("Photo: Ada Roe", "photo credit"),
        ("» Teilen", "share bar"),
        ("We and our 126 partners use cookies to show you this page.", "cookie notice"),
        ("The lake froze over on Tuesday night.", None),
        ("Share prices fell in early trading.", None),
    ],
)
def test_a_line_is_told_by_its_words_whatever_its_case_and_numbers(line: str, kind: str | None) -> None:
    hit = phrases().hit(line)
    assert (hit.kind if hit else None) == kind


def test_every_language_names_its_twelve_months() -> None:
    for name in FILES:
        months = load(name).get("dates", {}).get("months", [])
        assert len(months) in (0, 12), name
