"""Where on a page its article stands.

The body is the stretch of lines with the greatest sum of weights: running text weighs what it has in words, furniture
and lone short lines weigh against it (J. Pasternack and D. Roth, "Extracting article text from the web with maximum
subsequence segmentation", WWW 2009). Small furniture is bridged that way, a menu or a list of other articles is not.
"""

from __future__ import annotations

import re

from digest.formats.page_text.furniture import (
    BYLINE,
    CAPTION,
    COMMENTS,
    COPYRIGHT,
    CORRECTIONS,
    COUNTER,
    CREDIT,
    DATE,
    ORNAMENT,
    PAYWALL,
    READING_TIME,
    SHARE,
    tells_of_career,
)
from digest.formats.page_text.lines import CARD
from digest.formats.page_text.page import Page
from digest.phrases import MANY, ONE, POINTER, SOME

LONGEST_SUBHEAD = 16
"""Words."""

_LEAST_WORDS, _MOST_WORDS = 14, 60
_SENTENCE, _ITEM, _SUBHEAD, _HEADING, _FURNITURE, _TAKEN = 4, -1, -5, -8, -4, -3
_AGAINST = {
    MANY: -45, CORRECTIONS: -40, COMMENTS: -25, COPYRIGHT: -25, PAYWALL: -6, ONE: -4, SOME: -4, POINTER: -4,
    BYLINE: -4, CARD: -3, SHARE: -3, DATE: -3, READING_TIME: -3, CREDIT: -2, CAPTION: -2,
}  # fmt: skip
_HARD, _WIDEST_GAP = -20, -35
"""Boxes within an article weigh no more than this together, but for what weighs more than `_HARD` by itself."""
_PLAIN = frozenset(("", DATE, BYLINE, COUNTER, ORNAMENT))
"""The kinds of line that a text has which was never a web page."""
_MOST_ITEMS, _LONGEST_LIST = 12, 50
_ENOUGH_WORDS, _ENOUGH_LINES = 25, 2
_ENOUGH_TO_CLOSE = 80
_FAR, _LEAST_SHARED = 60, 0.08
_REPLIES, _REPLIES_WITHIN = 3, 40
_LONGEST_BOX = 10
"""Lines."""
_STEM = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]{4,}|[\u3040-\u30ff\u3400-\u9fff]+")


def find_body(page: Page) -> range | None:
    """The lines that hold the article's running text; None for a page that is only menus and teasers."""
    comments = _comments(page)
    best = _heaviest(page, comments) if comments is not None else None
    if best is None or sum(page.lines[at].words for at in best if page.is_prose(at)) < _ENOUGH_TO_CLOSE:
        best = _heaviest(page, len(page.lines))
    if best is None:
        return None
    prose = [at for at in best if page.is_prose(at)]
    if not prose or (len(prose) < _ENOUGH_LINES and _is_little(page, prose[0])):
        return None
    if _PLAIN.issuperset(page.kinds) and not any(page.roles):
        return range(best.start, len(page.lines))  # a bare text: what stands below belongs to it
    return _with_list(page, _after_boxes(page, _cohering(page, best)))


def _after_boxes(page: Page, body: range) -> range:
    """The body with the running text that goes on right below a link which closes a box ("Read more: …").

    A last short paragraph weighs too little to reach over the box by itself.
    """
    at = body.stop
    while at < min(body.stop + _LONGEST_BOX, len(page.lines)):
        if page.kinds[at] and _AGAINST.get(page.kinds[at], _FURNITURE) <= _HARD:
            break
        line = page.lines[at]
        if page.kind(at - 1) == POINTER and page.is_prose(at) and line.ends and not line.may_be_headline:
            return _after_boxes(page, range(body.start, at + 1))
        at += 1
    return body


def _with_list(page: Page, body: range) -> range:
    """The body with the list that its last line announces."""
    stop = body.stop
    if page.lines[stop - 1].opens_list:
        while stop - body.stop < _LONGEST_LIST and page.is_content(stop):
            stop += 1
    return range(body.start, stop)


def stems(text: str) -> set[str]:
    """The longer words of a text cut to five letters; of ideographs, every pair."""
    found: set[str] = set()
    for word in _STEM.findall(text.casefold()):
        if word[0] >= "\u3040":
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        else:
            found.add(word[:5])
    return found


def _comments(page: Page) -> int | None:
    """Where the readers' comments begin: a heading after which their replies and reports come."""
    places = [at for at, kind in enumerate(page.kinds) if kind == COMMENTS]
    for number, at in enumerate(places):
        following = places[number + 1 : number + 1 + _REPLIES]
        if len(following) == _REPLIES and following[-1] - at <= _REPLIES_WITHIN:
            return at
    return None


def _heaviest(page: Page, stop: int) -> range | None:
    """The stretch with the greatest sum of weights up to line `stop`, found in one pass (Kadane)."""
    best, best_sum = None, 0.0
    begin, total = 0, 0.0
    items, gap = 0, 0.0
    for at in range(stop):
        if total <= 0:
            begin, total = at, 0.0
        items = _items_left(page, at, items)
        weight = _ITEM if items and not page.lines[at].opens_list else _weight(page, at)
        if page.is_content(at):
            gap = 0.0 if weight > 0 else gap
        elif weight > _HARD:
            weight = max(weight, _WIDEST_GAP - gap)
            gap += weight
        total += weight
        if total > best_sum:
            best, best_sum = range(begin, at + 1), total
    return best


def _items_left(page: Page, at: int, before: int) -> int:
    """How many more lines may be items of the list that a line ending in a colon opened above."""
    line = page.lines[at]
    if not page.is_content(at):
        return before
    if line.opens_list:
        return _MOST_ITEMS if line.words >= 3 else 0
    return 0 if line.ends else max(0, before - 1)


def _weight(page: Page, at: int) -> float:
    line, kind = page.lines[at], page.kinds[at]
    if page.roles[at]:
        return _TAKEN
    if kind:
        counted = kind == COMMENTS and any(character.isdigit() for character in line.text)
        return _FURNITURE if counted else _AGAINST.get(kind, _FURNITURE)
    if line.is_prose and (not line.may_be_headline or line.words > LONGEST_SUBHEAD):
        return min(max(line.words, _LEAST_WORDS), _MOST_WORDS) if _is_new(page, at) else _FURNITURE
    if line.ends or line.is_item or line.opens_list:
        return _SENTENCE
    return _SUBHEAD if page.is_prose(at + 1) and line.words <= LONGEST_SUBHEAD else _HEADING


def _is_new(page: Page, at: int) -> bool:
    """Whether running text is this page's own, or a lead right above it, which other pages may carry as a teaser."""
    return any(below == at or page.is_prose(below) for below in range(at, at + 3) if below not in page.repeated)


def _is_little(page: Page, only: int) -> bool:
    """Whether a page's only paragraph makes no article: a sentence or so, or what is told of an author above a list."""
    line = page.lines[only]
    headed = only > 0 and page.is_heading(only - 1)
    return line.words < _ENOUGH_WORDS or (not headed and tells_of_career(line))


def _cohering(page: Page, body: range) -> range:
    """The stretch without what stands far from its main part and shares no words with it: another article."""
    parts: list[list[int]] = []
    gap = float(_FAR)
    for at in body:
        weight = _weight(page, at)
        if weight < _SENTENCE:
            gap -= weight
            continue
        if gap >= _FAR:
            parts.append([])
        parts[-1].append(at)
        gap = 0
    words = [stems(" ".join(page.lines[at].text for at in part)) for part in parts]
    main = max(words, key=len)
    near = [part for part, said in zip(parts, words, strict=True) if len(said & main) >= _LEAST_SHARED * len(said)]
    return range(near[0][0], near[-1][-1] + 1)
