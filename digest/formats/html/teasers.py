"""The teasers on a section front: linked headings, each with the text that stands with it alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.formats.html.body import linked
from digest.markup import Passage

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOSTLY = 0.5
_SHORTEST_STANDFIRST = 25


@dataclass(frozen=True, slots=True)
class Teaser:
    """A headline that leads to another page, where to, and the standfirst beneath it, if any."""

    headline: str
    href: str
    standfirst: Passage | None = None


def teasers_of(root: _Element, passages: Sequence[Passage]) -> tuple[Teaser, ...]:
    """The page's teasers in order."""
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
            teasers.append(Teaser(passage.block.text, href, _beneath(passages, number, headings)))
    return tuple(teasers)


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
        if linked(passage) < _MOSTLY and len(passage.block.text) >= _SHORTEST_STANDFIRST:
            return passage
    return None


def _href(heading: _Element) -> str:
    link = next((element for element in (*heading.iter("a"), *heading.iterancestors("a")) if element.get("href")), None)
    return "" if link is None else link.get("href") or ""
