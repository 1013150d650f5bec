"""The newsletter's own words: complete in every language, changeable by an editor."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from digest.errors import RenderError
from digest.model import Look
from digest.renderers.templates import PACKAGED
from digest.renderers.words import direction_of, words_for

FILES = sorted((PACKAGED / "words").glob("*.toml"))
ENGLISH = tomllib.loads((PACKAGED / "words" / "en.toml").read_text("utf-8"))


def values(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_language_has_every_word_with_the_same_values(path: Path) -> None:
    catalogue = tomllib.loads(path.read_text("utf-8"))
    assert catalogue.keys() == ENGLISH.keys()
    assert {name: values(words) for name, words in catalogue.items()} == {n: values(w) for n, w in ENGLISH.items()}


def test_the_languages_of_the_newsletter_are_there() -> None:
    assert {path.stem for path in FILES} >= {"en", "de", "fr", "it", "es", "pt", "nl"}


def test_a_language_that_is_not_there_speaks_english_and_keeps_its_own_dates() -> None:
    words = words_for("pl", Look())
    assert words("in_this_issue") == "In this issue"
    assert words.long_date(date(2026, 11, 22)) == "niedziela, 22 listopada 2026"


def test_a_country_of_a_language_speaks_the_language() -> None:
    assert words_for("de-CH", Look())("corrections") == "Berichtigungen"
    assert words_for("en-GB", Look()).long_date(date(2026, 11, 22)).startswith("Sunday")


def test_a_day_of_another_year_is_given_with_its_year() -> None:
    words = words_for("fr", Look())
    assert words.short_date(date(2026, 11, 21), date(2026, 11, 22)) == "21 nov."
    assert "2025" in words.short_date(date(2025, 12, 31), date(2026, 1, 1))


def test_an_editor_changes_one_word_and_keeps_the_others(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.toml").write_text('read_at = "On to {publisher}"\n')
    words = words_for("en", Look(templates=(str(tmp_path),)))
    assert words("read_at", publisher="The Harbour Post") == "On to The Harbour Post"
    assert words("draft") == "Draft"


def test_an_editor_adds_a_language(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "pl.toml").write_text('draft = "Szkic"\n')
    assert words_for("pl", Look(templates=(str(tmp_path),)))("draft") == "Szkic"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('raed_at = "x"', "did you mean 'read_at'?"),
        ("draft = 3", "must be words in quotes"),
        ("draft = ", "not TOML"),
    ],
)
def test_a_mistake_in_an_editor_s_file_names_the_file(tmp_path: Path, written: str, told: str) -> None:
    (tmp_path / "words").mkdir()
    path = tmp_path / "words" / "en.toml"
    path.write_text(written)
    with pytest.raises(RenderError) as caught:
        words_for("en", Look(templates=(str(tmp_path),)))
    assert str(path) in str(caught.value)
    assert told in str(caught.value)


def test_words_that_ask_for_another_value_are_told(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.toml").write_text('read_at = "Read at {paper}"')
    with pytest.raises(RenderError, match=r"read_at.*these values: \{publisher\}"):
        words_for("en", Look(templates=(str(tmp_path),)))("read_at", publisher="x")


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("he-IL", "rtl"), ("en", "ltr"), ("ja", "ltr"), ("und", "auto")]
)
def test_a_language_is_written_in_its_direction(language: str, direction: str) -> None:
    assert direction_of(language) == direction
