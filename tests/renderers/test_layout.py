"""Plain text in columns: no line too wide, nothing lost, URLs whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.markup import clean_text
from digest.renderers.layout import WIDTH, display_width, underline, wrap


@pytest.mark.parametrize(
    ("text", "columns"),
    [("harbour", 7), ("港日報", 6), ("e\u0301te\u0301", 3), ("a\u200db", 2), ("한국", 4), ("שלום", 4), ("", 0)],
)
def test_width_is_counted_as_a_terminal_shows_it(text: str, columns: int) -> None:
    assert display_width(text) == columns


def test_lines_break_at_spaces_and_fill_the_column() -> None:
    assert wrap("one two three four", width=9) == "one two\nthree\nfour"


@pytest.mark.parametrize(
    ("text", "laid"),
    [
        ("on a dit « non » hier", "on a dit\n« non »\nhier"),
        ("il a dit « non », hier", "il a dit\n« non »,\nhier"),
        ("un deux trois ? oui", "un deux\ntrois ?\noui"),
    ],
)
def test_a_mark_that_is_set_off_by_a_space_stays_with_its_word(text: str, laid: str) -> None:
    assert wrap(text, width=9) == laid


def test_every_line_but_the_first_takes_the_indent() -> None:
    assert wrap("one two three four", "    ", width=13, first="- ") == "- one two\n    three\n    four"


def test_a_url_is_never_cut() -> None:
    url = "https://harbour-post.example/" + "a" * 100
    assert url in wrap(f"see {url} there").split("\n")


def test_a_word_wider_than_a_line_is_cut() -> None:
    assert wrap("x" * 100).split("\n") == ["x" * 72, "x" * 28]


def test_text_without_spaces_breaks_between_characters_but_not_before_a_closing_mark() -> None:
    lines = wrap("港" * 35 + "、" + "湾" * 20 + "。").split("\n")
    assert [display_width(line) for line in lines] == [72, 42]
    lines = wrap("港" * 36 + "。湾").split("\n")
    assert not lines[1].startswith("。")
    assert max(map(display_width, lines)) <= WIDTH


def test_a_cut_never_parts_a_letter_from_its_accent_or_the_people_of_one_emoji() -> None:
    family = "👩\u200d🚀"
    assert wrap(family * 40).replace("\n", "") == family * 40
    assert all(not line.startswith("\u200d") for line in wrap(family * 40).split("\n"))
    assert all(line[0] != "\u0301" for line in wrap("e\u0301" * 200).split("\n"))


def test_an_underline_is_as_wide_as_the_widest_line_above_it() -> None:
    assert underline("港 a") == "港 a\n----"
    assert underline("ab\nabcd", "=") == "ab\nabcd\n===="


@given(st.text(max_size=300).map(clean_text))
def test_wrapping_loses_nothing_and_stays_within_the_column(text: str) -> None:
    wrapped = wrap(text)
    assert wrapped.replace("\n", "").replace(" ", "") == text.replace(" ", "")
    assert all(display_width(line) <= WIDTH or "://" in line for line in wrapped.split("\n"))
