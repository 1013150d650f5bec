"""What holds for every text whatever: nothing lost without a word, nothing invented, in linear time."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.errors import FormatError
from digest.formats.page_text import read
from digest.formats.page_text.lines import LONGEST_LINE
from digest.markup import clean_text
from digest.model import Document, Hints, Reading

_SOME_LINES = (
    "More",
    "Read more: How the lake froze over",
    "Most read",
    "This content was published on January 13, 2025 - 09:00",
    "Plus Le bateau repart Ce contenu a été publié sur Le bateau a repris ses traversées samedi.",
    "Foreign Affairs",
    "How the lake froze over",
    "Why the ferry will not come back",
    "The lake froze over on Tuesday night, for the first time in forty years. Read more",
    "The town council met on Monday and decided to close the bridge for two weeks in spring.",
    "The reportExternal link was published by the harbour board, which paid for it.",
    "“No,” she said.",
    "A view of the harbour. Keystone / Ada Roe",
    "Photo: Ada Roe",
    "By Ada Roe",
    "14 November 2024, 18:42",
    "Share",
    "3 Comments",
    "Three things were decided:",
    "- the bridge",
    "Spotted an error? Write to us at corrections@example.org.",
    "© 2024 The Example Courier",
)
# A text with control characters may be taken for another encoding, and rightly.
_characters = st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Z"))
_texts = st.one_of(
    st.text(_characters, max_size=400),
    st.lists(st.one_of(st.sampled_from(_SOME_LINES), st.text(_characters, max_size=60)), max_size=40).map("\n".join),
)


def try_to_read(text: str | bytes, hints: Hints) -> Reading:
    body = text.encode() if isinstance(text, str) else text
    try:
        return read(Document("test", "page.txt", body), hints)
    except FormatError:
        return Reading()


def is_part(piece: str, line: str) -> bool:
    """Whether a text's characters stand in a line in the same order."""
    rest = iter(line)
    return all(character in rest for character in piece)


@settings(max_examples=150, deadline=None)
@given(_texts)
@example("More\n" * 5)
@example("\n".join(_SOME_LINES * 2))
@example("More\nA\n0㐀0\nMore\nMore\n" + "The town council met on Monday and closed the bridge for two weeks.\n" * 2)
def test_every_line_is_kept_or_dropped_with_a_reason(text: str) -> None:
    reading = try_to_read(text, Hints("test", language="en"))
    kept = []
    for article in reading.articles:
        kept += [article.headline, article.standfirst, article.byline, *article.labels]
        kept += [block.text for block in article.blocks]
    told = [*filter(None, kept), *(drop.subject.removesuffix("…") for drop in reading.drops)]
    lines = [clean_text(line) for line in text.splitlines()] if reading != Reading() else []
    assert [line for line in filter(None, lines) if not any(is_part(piece, line) for piece in told if piece)] == []
    assert all(drop.stage == "page_text" and drop.reason for drop in reading.drops)


@settings(max_examples=150, deadline=None)
@given(_texts)
@example("0˒" * 60)
@example("\n".join(_SOME_LINES * 2))
def test_what_is_kept_stands_in_one_line_of_the_page(text: str) -> None:
    lines = [clean_text(line) for line in text.splitlines()]
    for article in try_to_read(text, Hints("test", language="en")).articles:
        # A headline of ours that breaks off says so by a mark of its own.
        headline = article.headline.removesuffix("…") if article.headline_made else article.headline
        for piece in (headline, article.standfirst, *(block.text for block in article.blocks)):
            assert piece == clean_text(piece)
            assert any(is_part(piece, line) for line in lines)
        assert article.headline
        assert article.id


@settings(max_examples=50, deadline=None)
@given(_texts)
def test_the_same_page_reads_the_same(text: str) -> None:
    hints = Hints("test", language="en")
    assert try_to_read(text, hints) == try_to_read(text, hints)


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-16"))))
def test_any_bytes_give_a_reading_or_an_error(body: bytes) -> None:
    assert isinstance(try_to_read(body, Hints("test")), Reading)


@pytest.mark.parametrize("text", ["", "\n \n\t\n", "\u200b\n"])
def test_an_empty_page_is_an_error_that_names_it(text: str) -> None:
    with pytest.raises(FormatError, match=r"page\.txt"):
        read(Document("test", "page.txt", text.encode()), Hints("test"))


def test_a_line_without_end_is_left_out_and_the_others_kept() -> None:
    article = "\n".join(
        (
            "The bridge is closed again",
            *(f"The town closed bridge number {n} on a Monday in May, the council said." for n in range(4)),
        )
    )
    reading = read(Document("test", "page.txt", f"{article}\n{'word ' * LONGEST_LINE}".encode()), Hints("test"))
    assert [article.headline for article in reading.articles] == ["The bridge is closed again"]
    assert [drop.reason for drop in reading.drops] == ["line too long"]


def test_time_grows_with_the_page_only() -> None:
    for text in (
        "a" * 10_000_000,
        "word " * 2_000_000,
        "\n".join(["More", "Short line"] * 10_000),
        "The bridge closed. " * 1000 + "\n",
    ):
        try_to_read(text, Hints("test", language="en"))
