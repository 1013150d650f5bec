"""The teasers on a section front: linked headings, each with the text that stands with it alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.formats.html.body import linked
from digest.markup import Passage, clean_text
from digest.model import Block

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOSTLY = 0.5
_SHORTEST_STANDFIRST = 25
_HEADLINE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Teaser:
    """A headline that leads to another page, where to, and the standfirst beneath it, if any."""

    headline: str
    href: str
    standfirst: Passage | None = None


def teasers_of(root: _Element, passages: Sequence[Passage], is_letter: bool = False) -> tuple[Teaser, ...]:
    """The page's teasers in order.

    A letter (`is_letter`) has few boxes and few headings: the text right below a heading is its standfirst, and where
    no heading is linked, a linked line with text below it and a paragraph that opens with a link are teasers.
    """
    elements = list(root.iter())  # held, so that each element stays one object
    headings: Counter[_Element] = Counter(passage.element for passage in passages if passage.block.kind == "subhead")
    for element in reversed(elements):
        parent = element.getparent()
        if parent is not None:
            headings[parent] += headings[element]
    teasers = []
    for number, passage in enumerate(passages):
        href = _href(passage.element) if passage.block.kind == "subhead" and linked(passage) >= _MOSTLY else ""
        if href:
            beneath = _beneath(passages, number, headings) or (_below(passages, number) if is_letter else None)
            teasers.append(Teaser(passage.block.text, href, beneath))
    return tuple(teasers) or (_linked_lines(passages) if is_letter else ())


def _beneath(passages: Sequence[Passage], number: int, headings: Counter[_Element]) -> Passage | None:
    """The first unlinked text after a heading within the widest element that holds no other heading."""
    card = passages[number].element
    parent = card.getparent()
    while parent is not None and headings[parent] == 1:
        card, parent = parent, parent.getparent()
    inside = set(card.iter())
    for passage in passages[number + 1 :]:
        if passage.element not in inside:
            return None
        if _is_text(passage):
            return passage
    return None


def _below(passages: Sequence[Passage], number: int) -> Passage | None:
    """The text that stands right below a passage."""
    below = passages[number + 1] if number + 1 < len(passages) else None
    return below if below is not None and below.block.kind == "paragraph" and _is_text(below) else None


def _is_text(passage: Passage) -> bool:
    return linked(passage) < _MOSTLY and len(passage.block.text) >= _SHORTEST_STANDFIRST


def _linked_lines(passages: Sequence[Passage]) -> tuple[Teaser, ...]:
    """The paragraphs that open with a link of several words, each with the rest of it or the text below it."""
    teasers = []
    for number, passage in enumerate(passages):
        link = next((each for each in passage.element.iter("a") if _is_headline(each)), None)
        if link is None or passage.block.kind != "paragraph":
            continue
        headline = clean_text(" ".join(link.itertext()))
        if not passage.block.text.startswith(headline):
            continue
        rest = passage.block.text.removeprefix(headline).strip()
        is_whole = len(rest) >= _SHORTEST_STANDFIRST
        told = replace(passage, block=Block("paragraph", rest)) if is_whole else _below(passages, number)
        if told is not None:
            teasers.append(Teaser(headline, link.get("href") or "", told))
    return tuple(teasers)


def _is_headline(link: _Element) -> bool:
    href = link.get("href") or ""
    return href.startswith(("http://", "https://")) and len(" ".join(link.itertext()).split()) >= _HEADLINE_WORDS


def _href(heading: _Element) -> str:
    link = next((element for element in (*heading.iter("a"), *heading.iterancestors("a")) if element.get("href")), None)
    href = "" if link is None else link.get("href") or ""
    return "" if href.startswith("#") else href  # which leads to its own place
