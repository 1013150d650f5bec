"""Where one page ends and the next begins in a paste of several, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.formats.page_text.furniture import COPYRIGHT, CORRECTIONS, ORNAMENT
from digest.formats.page_text.lines import Line
from digest.formats.page_text.page import Page

FEWEST_PARAGRAPHS = 3
"""What is below a boundary and has fewer is a page's last teasers."""

_FOOT = frozenset((COPYRIGHT, CORRECTIONS, ORNAMENT))
"""What a page ends with, and what a person draws between two."""
_EMPTY_ROWS = 2
_LOOKED_AT = 300
"""Lines on either side of a boundary: they tell whether a page with an article is there, however long it is."""
_MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class Found:
    """What lines hold when they are read by themselves.

    `article` says whether they are a page with an article and its headline, `head` whether that has a date or a
    byline, `contact` whether the page says where to report an error.
    """

    article: bool
    head: bool = False
    contact: bool = False


def pages_of(page: Page, read: Callable[[Sequence[Line]], Found]) -> list[Sequence[Line]]:
    """The lines of each page of a paste, in order; all of them as one where nothing shows that they are several.

    Two pages part where the upper one's foot, a rule or empty rows stand, and where each is, read by itself, a page
    with an article. The lower one begins with a date or a byline, or both say where to report an error: else what
    looks like its headline may be a subhead below a box. Of several such places between two articles the last one
    counts, below the whole foot.
    """
    lines, kept = page.lines, [0]

    def is_page(begin: int, end: int) -> bool:
        return read(lines[max(begin, end - _LOOKED_AT) : end]).article

    for at in _places(page):
        if not _may_begin(page, at, read(lines[at : at + _LOOKED_AT])):
            continue
        if is_page(kept[-1], at):
            kept.append(at)
        elif len(kept) > 1 and is_page(kept[-2], at):
            kept[-1] = at
    return [lines[begin:end] for begin, end in pairwise([*kept, len(lines)])]


def _may_begin(page: Page, at: int, found: Found) -> bool:
    return found.article and (found.head or (page.kinds[at - 1] == CORRECTIONS and found.contact))


def _places(page: Page) -> list[int]:
    """The lines that may be the first of a further page."""
    lines, kinds = page.lines, page.kinds
    prose = [at for at, line in enumerate(lines) if not kinds[at] and line.is_prose]
    if len(prose) < 2 * FEWEST_PARAGRAPHS:
        return []
    places = [
        at
        for at in range(prose[FEWEST_PARAGRAPHS - 1], prose[-FEWEST_PARAGRAPHS] + 1)
        if kinds[at - 1] in _FOOT or lines[at].number - lines[at - 1].number > _EMPTY_ROWS
    ]
    return places if len(places) <= _MOST_PLACES else []
