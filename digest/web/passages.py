"""An article for its reader in the preview: its passages, cut where a weighed sentence begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from digest.model import Article, Field
from digest.pipeline.explaining import Weighed


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or what stands between two.

    `number` counts the chosen sentences from 1, 0 for others. `beaten_by` is the number of the chosen one that this
    one lost its place to, 0 where it lost to none in particular.
    """

    text: str
    number: int = 0
    beaten_by: int = 0
    score: float | None = None
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    kind: Literal["standfirst", "paragraph", "subhead"]
    pieces: tuple[Piece, ...]


def numbered(sentences: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """The chosen sentences, in the order in which they are numbered."""
    return tuple(each for each in sentences if each.chosen)


def passages(article: Article, sentences: tuple[Weighed, ...]) -> tuple[Passage, ...]:
    """The article's standfirst and blocks. Put together again, the pieces of one give its whole text."""
    chosen = numbered(sentences)
    numbers = {each: number for number, each in enumerate(chosen, 1)}
    beaten = {each.beat: number for each, number in numbers.items() if each.beat}
    own = [each for each in sentences if each.sentence.article == article.id]

    def cut(field: Field) -> tuple[Piece, ...]:
        here = sorted((each for each in own if each.sentence.field == field), key=lambda each: each.sentence.start)
        return tuple(_cut(article.text(field), here, numbers, beaten))

    made = [Passage("standfirst", cut("standfirst"))] if article.standfirst else []
    return (*made, *(Passage(block.kind, cut(place)) for place, block in enumerate(article.blocks)))


def _cut(
    text: str, sentences: Iterable[Weighed], numbers: dict[Weighed, int], beaten: dict[str, int]
) -> Iterator[Piece]:
    at = 0
    for each in sentences:
        sentence = each.sentence
        if sentence.start > at:
            yield Piece(text[at : sentence.start])
        number = numbers.get(each, 0)
        lost = 0 if number else beaten.get(sentence.text, 0)
        yield Piece(sentence.text, number, lost, each.score, each.broken)
        at = sentence.end
    if at < len(text):
        yield Piece(text[at:])
