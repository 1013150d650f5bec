"""Sentences begin and end where a reader of the language would say."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language import sentence_spans

HARD_SETS = Path(__file__).parent / "sentences"
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
MARKED_TEXT = st.text(st.sampled_from("ab A.Z!?…。\"“”«»'() \n\t1:;٫؟।"), max_size=200)


def hard_cases() -> list[tuple[str, str]]:
    """Every line of the hard sets with its language; ‖ marks where a sentence ends."""
    cases = []
    for path in sorted(HARD_SETS.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            language, _, marked = line.partition("\t") if path.stem == "others" else (path.stem, "", line)
            cases.append((language, marked))
    return cases


def split(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(("language", "marked"), hard_cases())
def test_hard_sentences_end_where_they_should(language: str, marked: str) -> None:
    assert split(marked.replace("‖", ""), language) == [sentence.strip() for sentence in marked.split("‖")]


@pytest.mark.parametrize("language", ["en", "de", "fr", "it", "es"])
def test_the_hard_set_of_every_full_language_has_forty_cases(language: str) -> None:
    assert sum(of == language for of, _ in hard_cases()) >= 40


def test_a_language_without_a_data_file_is_split_by_its_marks() -> None:
    assert split("Yn gyntaf. Wedyn!  Pam? Dim.", "cy") == ["Yn gyntaf.", "Wedyn!", "Pam?", "Dim."]


def test_a_blank_line_ends_a_sentence_and_a_line_break_does_not() -> None:
    assert split("A heading\n\nA line\nthat goes on. The end", "en") == [
        "A heading",
        "A line\nthat goes on.",
        "The end",
    ]


def test_a_detached_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert split('She called it " a mess. " The board agreed. " Not I. "', "en") == [
        'She called it " a mess. "',
        "The board agreed.",
        '" Not I. "',
    ]


@given(text=st.one_of(ANY_TEXT, MARKED_TEXT), language=st.sampled_from(["en", "de", "el", "ja", "und", "../en", ""]))
def test_spans_hold_everything_but_white_space_in_order(text: str, language: str) -> None:
    spans = sentence_spans(text, language)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("unit", [".", ". ", "!?", "\n ", '." ', "a.b", "A. ", "«» ", ' "', "1. ", "。", "x" * 50, " "])
def test_a_text_of_one_thing_over_and_over_is_split_in_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert "".join("".join(sentence.split()) for sentence in split(text, "en")) == "".join(text.split())
