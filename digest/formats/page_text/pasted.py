"""Where one page ends and the next begins in a paste of several, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.formats.page_text.furniture import (
    BYLINE,
    COMMENTS,
    COPYRIGHT,
    CORRECTIONS,
    DATE,
    FOLLOW,
    MENU,
    ORNAMENT,
    PAYWALL,
    PLAYER,
    READING_TIME,
    SHARE,
    SKIP,
)
from digest.formats.page_text.lines import CARD, Line
from digest.formats.page_text.page import Page
from digest.phrases import normal, phrases

FEWEST_PARAGRAPHS = 3
"""What is below a boundary and has fewer is a page's last teasers."""

_FOOT = frozenset((COPYRIGHT, CORRECTIONS))
"""What a page ends with."""
_RULE = frozenset("*-_=~#+.•·–—―─━═§×◆◇■□●○ ")
_EMPTY_ROWS = 2
_LOOKED_AT, _LOOKED_BACK = 300, 1000
"""Lines below a boundary and above it: they tell whether a page with an article is there, however long it is."""
_MOST_PLACES, _MOST_GAPS = 200, 40
"""Feet, and dated stretches between texts, that are looked at; a live blog has more of these, and is one page."""
_FEWEST_ENTRIES = 3
"""Different entries of a menu between one article's text and the headline of the next; within one there is none."""
_SHORTEST_HEADLINE, _SHORTEST_PAGE = 4, 150
"""Words, of the latter those of its text."""
_MOST_ABOVE = 8
"""Sentences between a page's foot and the headline of the next; with more, an article goes on below a box."""
_NEAR_HEADLINE, _MENU = 6, 60
"""Lines below a headline where its date or byline stands, and above it where the menu does."""
_DATES, _BESIDE_DATES = frozenset((DATE, CARD)), frozenset((BYLINE, COMMENTS, FOLLOW, PLAYER, READING_TIME, SHARE))
"""What stands below a headline together; a box within another article dates its headlines at most."""
_ENTRIES = frozenset((MENU, SKIP, PAYWALL))


@dataclass(frozen=True, slots=True)
class Found:
    """What lines hold when they are read by themselves.

    `article` says whether they are a page with an article and its headline, which is `title`, of so many `words`, in
    line `headline` of them; `head` whether that has a date or a byline, `contact` whether the page says where to
    report an error.
    """

    article: bool
    headline: int = 0
    title: str = ""
    words: int = 0
    head: bool = False
    contact: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether the article's headline cannot be the label of a box."""
        return self.article and (self.head or self.words >= _SHORTEST_HEADLINE)


Read = Callable[[Sequence[Line]], Found]


def pages_of(page: Page, read: Read) -> list[Sequence[Line]]:
    """The lines of each page of a paste, in order; all of them as one where nothing shows that they are several.

    Two pages part where each side of the place, read by itself, is a page with an article. That place is below the
    upper one's foot, a rule or empty rows, or else between the text of the one and the headline of the other.
    """
    ends = [0, *_below_feet(page, read), len(page.lines)]
    starts = [start for begin, end in pairwise(ends) for start in (begin, *_below_texts(page, begin, end, read))]
    return [page.lines[begin:end] for begin, end in pairwise([*starts, len(page.lines)])]


def _below_feet(page: Page, read: Read) -> list[int]:
    """Where pages begin below a foot, a rule or empty rows.

    The lower one begins with a menu, a date or a byline, or both say where to report an error: else what looks like
    its headline may be a subhead below a box. Of several such places between two articles the last one counts, below
    the whole foot, but no rule below a foot: it may stand in a menu.
    """
    kept, below = [0], Found(article=False)
    for at in _places(page):
        found = read(page.lines[at : at + _LOOKED_AT])
        reports = page.kinds[at - 1] == CORRECTIONS and found.contact
        if not found.article or not (found.head or reports or _has_menu(page, at, at + found.headline)):
            continue
        above = sum(page.is_prose(above) for above in range(at, at + found.headline))
        if above > _MOST_ABOVE and not _is_foot(page, at):
            continue
        upper = _upper(page, kept[-1], at, read)
        if upper.article and (found.title != below.title or upper.is_sure):
            kept.append(at)
            below = found
        elif (
            len(kept) > 1
            and (_is_foot(page, at) or not _is_foot(page, kept[-1]))
            and _upper(page, kept[-2], at, read).article
        ):
            kept[-1] = at
    return kept[1:]


def _places(page: Page) -> list[int]:
    """The lines that may be the first of a further page, since they stand below a foot, a rule or empty rows."""
    lines, kinds = page.lines, page.kinds
    prose = [at for at, line in enumerate(lines) if not kinds[at] and line.is_prose]
    if len(prose) < 2 * FEWEST_PARAGRAPHS:
        return []
    places = [
        at
        for at in range(prose[FEWEST_PARAGRAPHS - 1], prose[-FEWEST_PARAGRAPHS] + 1)
        if _is_foot(page, at) or _is_parted(page, at)
    ]
    return places if len(places) <= _MOST_PLACES else []


def _is_foot(page: Page, at: int) -> bool:
    """Whether a page's foot stands above a line, or with that line what leads past the menu at a page's top."""
    return page.kinds[at - 1] in _FOOT or page.kinds[at] == SKIP != page.kinds[at - 1]


def _is_parted(page: Page, at: int) -> bool:
    """Whether a rule or empty rows part a line from the one above; below those in a page its text goes on."""
    above = page.lines[at - 1]
    is_rule = page.kinds[at - 1] == ORNAMENT and _RULE.issuperset(above.text)
    return (is_rule or page.lines[at].number - above.number > _EMPTY_ROWS) and not page.is_prose(at)


def _below_texts(page: Page, begin: int, end: int, read: Read) -> list[int]:
    """Where pages begin between the lines `begin` and `end` without a foot above them: each with its headline.

    It stands below the entries of a menu, or else above a date with a byline or buttons where the upper one is dated or
    signed too, and is not announced in that. Where so little text stands between two of the latter that they are a
    live blog's entries, none of them begins a page.
    """
    is_live = False
    for at in _gaps(page, begin, end):
        found = read(page.lines[at : min(end, at + _LOOKED_AT)])
        start = at + found.headline
        has_menu = _has_menu(page, max(at, start - _MENU), start)
        if not found.article or found.words < _SHORTEST_HEADLINE or not (has_menu or _is_signed(page, start)):
            continue
        is_live = is_live or (not has_menu and _words(page, begin, start) < _SHORTEST_PAGE)
        if is_live and not has_menu:
            continue
        upper = _upper(page, begin, start, read)
        if upper.is_sure and (has_menu or upper.head) and not _is_announced(page, begin, start, upper):
            return [*_below_texts(page, begin, start, read), start, *_below_texts(page, start, end, read)]
    return []


def _words(page: Page, begin: int, end: int) -> int:
    """How many words of text stand there."""
    return sum(page.lines[at].words for at in range(begin, end) if page.is_prose(at))


def _is_announced(page: Page, begin: int, headline: int, upper: Found) -> bool:
    """Whether the upper page bears the lower one's headline as its own, or above its article: then it is the same."""
    first = max(begin, headline - _LOOKED_BACK)
    titles = {line.text for line in page.lines[first : first + upper.headline + 1]}
    return page.lines[headline].text in titles


def _is_signed(page: Page, headline: int) -> bool:
    below = page.kinds[headline + 1 : headline + 1 + _NEAR_HEADLINE]
    return not _DATES.isdisjoint(below) and not _BESIDE_DATES.isdisjoint(below)


def _gaps(page: Page, begin: int, end: int) -> list[int]:
    """The first lines of the stretches between two texts that may hold a page's head."""
    prose = [at for at in range(begin, end) if page.is_prose(at)]
    inner = list(pairwise(prose))[FEWEST_PARAGRAPHS - 1 : 1 - FEWEST_PARAGRAPHS]
    gaps = [
        above + 1
        for above, below in inner
        if not _DATES.isdisjoint(page.kinds[above + 1 : below]) or _has_menu(page, above + 1, below)
    ]
    return gaps if len(gaps) <= _MOST_GAPS else []


def _has_menu(page: Page, begin: int, end: int) -> bool:
    """Whether lines hold the entries of a menu; sections' names alone may stand above teasers."""
    lines, kinds = page.lines[begin:end], page.kinds[begin:end]
    entries = {line.text for line, kind in zip(lines, kinds, strict=True) if kind in _ENTRIES}
    sections = {line.text for line in lines if normal(line.text) in phrases().sections}
    return bool(entries) and len(entries | sections) >= _FEWEST_ENTRIES


def _upper(page: Page, begin: int, end: int, read: Read) -> Found:
    return read(page.lines[max(begin, end - _LOOKED_BACK) : end])
