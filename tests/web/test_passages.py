"""An article cut into its sentences: not a character is lost, and each sentence says what became of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.language import analyse
from digest.model import Article, Block
from digest.pipeline.explaining import Weighed
from digest.web.passages import Piece, passages

FERRY = Article(
    "a1",
    "r1",
    "desk",
    "Ferry crews vote to keep the night boat",
    standfirst="It sails again on Friday.",
    blocks=(
        Block("paragraph", "The crews voted on Tuesday. Nobody was against it. The mayor came late."),
        Block("subhead", "What it costs"),
        Block("paragraph", "The boat loses a little every night."),
    ),
)


def weighed(article: Article, chosen: set[int]) -> tuple[Weighed, ...]:
    sentences = analyse(article).sentences
    beaten = next((each.text for place, each in enumerate(sentences) if place not in chosen), "")
    return tuple(
        Weighed(each, place in chosen, 1.0, (), beaten if place in chosen else "")
        for place, each in enumerate(sentences)
    )


def test_chosen_sentences_are_numbered_and_those_they_beat_say_so() -> None:
    parts = passages(FERRY, weighed(FERRY, {1, 4}))
    assert [part.kind for part in parts] == ["standfirst", "paragraph", "subhead", "paragraph"]
    pieces = [piece for part in parts for piece in part.pieces]
    assert [piece.text for piece in pieces if piece.number == 1] == ["The crews voted on Tuesday."]
    assert [piece.text for piece in pieces if piece.number == 2] == ["The boat loses a little every night."]
    assert [piece.text for piece in pieces if piece.beaten_by] == ["It sails again on Friday."]
    assert Piece("What it costs") in pieces


@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=80), max_size=4),
    st.sets(st.integers(0, 6)),
)
def test_put_together_again_the_pieces_are_the_article(texts: list[str], chosen: set[int]) -> None:
    article = Article("a", "r", "desk", "Gulls", blocks=tuple(Block("paragraph", text) for text in texts))
    parts = passages(article, weighed(article, chosen))
    assert ["".join(piece.text for piece in part.pieces) for part in parts] == texts
