"""What stands between a headline and its article: the standfirst and the byline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from digest.formats.html.body import (
    is_prose,
    is_sentence,
    linked,
    sequences_of,
    words_of,
)
from digest.formats.html.names import furniture_name, names_of
from digest.markup import Passage, fold

# What a standfirst is called in class names, from newsrooms of several countries.
_NAMES = frozenset(
    """
    standfirst dek deck subtitle subheadline subheading subhead subline strapline perex chapo chapeau entradilla bajada
    copete sumario sommario catenaccio vorspann anrisstext untertitel unterzeile undertitel ingress manchet lidwoord
    articledek articlesummary articlelede articlestandfirst articleheaderteaser
    """.split()  # noqa: SIM905
)
_BYLINES = frozenset(
    ("byline", "bylines", "author", "authors", "auteur", "autor", "autore", "firma", "signature", "writer", "reporter")
)
_SHORTEST, _LONGEST, _LONGEST_BYLINE = 4, 120, 15
"""Words."""
_ABOVE = 30
"""Passages looked at above the body."""
_REPEATED = 0.8
_LITTLE, _ABOUT_IT = 3, 0.3
"""Letters of a word that says little; share of a description's other words that the article must use for the
description to be of it and not of the site."""
_BY_NAME = re.compile(r"(?:by|par|por|von|di|door)[: ]+(?-i:[^\W\d_a-zà-ÿ])", re.IGNORECASE)
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])$")


def standfirst_of(
    passages: Sequence[Passage], body: Sequence[Passage], descriptions: Sequence[str], headline: str
) -> tuple[str, Sequence[Passage]]:
    """The standfirst, "" where there is none, and the body without it.

    A description is no standfirst when it is cut off, tells of the whole site, or
    repeats the headline or the body.
    """
    if len(body) > 1 and _NAMES.intersection(_names(body[0])):
        return body[0].block.text, body[1:]
    stated = [_CUT.sub("", fold(description)).strip() for description in descriptions]
    for passage in _above(passages, body, headline):
        text = passage.block.text
        shown = any(len(words_of(each)) >= _SHORTEST and fold(text).startswith(each) for each in stated)
        called = not _NAMES.isdisjoint(_names(passage))
        if (shown or called or _stands_like_one(passage, body)) and _may_be(text, headline) and linked(passage) < 0.5:
            return ("" if _repeats(text, body) else text), body
    about = {word for text in (headline, *(passage.block.text for passage in body)) for word in words_of(text)}
    for description in descriptions:
        if not _CUT.search(description) and _may_be(description, headline):
            words = {word for word in words_of(description) if len(word) > _LITTLE or word >= "\u3040"}
            is_own = len(words & about) >= _ABOUT_IT * len(words) and not _repeats(description, body)
            return (description if is_own else ""), body
    return "", body


def byline_of(passages: Sequence[Passage], body: Sequence[Passage], headline: str) -> str:
    """The first short line above the body that reads or is marked up like a byline, as it is printed; or ""."""
    for passage in _above(passages, body, headline):
        text = passage.block.text
        is_byline = _BY_NAME.match(text) is not None or not _BYLINES.isdisjoint(_names(passage))
        if is_byline and len(words_of(text)) <= _LONGEST_BYLINE:
            return text
    return ""


def _above(passages: Sequence[Passage], body: Sequence[Passage], headline: str) -> Sequence[Passage]:
    """The passages just above the body, below the headline where that is seen."""
    start = next((number for number, passage in enumerate(passages) if body and passage is body[0]), 0)
    above = passages[max(0, start - _ABOVE) : start]
    headlines = [number for number, passage in enumerate(above) if passage.block.text.casefold() == headline.casefold()]
    return above[headlines[-1] + 1 :] if headlines else above


def _stands_like_one(passage: Passage, body: Sequence[Passage]) -> bool:
    """Whether a sentence stands above the body as a paragraph of its own, with no picture and in no furniture."""
    element = passage.element
    if element.tag not in ("p", "h2", "h3") or not is_sentence(passage.block.text) or not is_prose(passage):
        return False
    around = set(body[0].element.iterancestors()) if body else set()
    alone = [element, *takewhile(lambda ancestor: ancestor not in around, element.iterancestors())]
    pictured = any(next(place.iter("img", "picture", "video", "iframe"), None) is not None for place in alone[:2])
    return not pictured and not any(map(furniture_name, alone))


def _names(passage: Passage) -> tuple[str, ...]:
    """The names of a passage's element, and of its parent where that holds nothing else."""
    element = passage.element
    parent = element.getparent()
    return names_of(element) if parent is None or len(parent) > 1 else (*names_of(element), *names_of(parent))


def _may_be(text: str, headline: str) -> bool:
    return _SHORTEST <= len(words_of(text)) <= _LONGEST and not fold(text).startswith(fold(headline) or "\0")


def _repeats(text: str, body: Sequence[Passage]) -> bool:
    """Whether a text says nothing that the body does not say in the same words."""
    said = {sequence for passage in body for sequence in sequences_of(passage.block.text)}
    sequences = sequences_of(text)
    return sum(sequence in said for sequence in sequences) >= _REPEATED * len(sequences)
