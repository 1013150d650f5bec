"""Which line of a page is which part of its article: headline, standfirst, byline, paragraphs and subheads."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

from digest.formats.page_text import furniture
from digest.formats.page_text.body import LONGEST_SUBHEAD, stems
from digest.formats.page_text.furniture import AUTHOR, CAPTION, CREDIT, is_biography, is_closing_biography, is_name
from digest.formats.page_text.lines import CARD, Line
from digest.formats.page_text.page import (
    AGAIN,
    BYLINE,
    HEADLINE,
    PARAGRAPH,
    REPEATED,
    STANDFIRST,
    SUBHEAD,
    Page,
)
from digest.phrases import POINTER, fold, normal, phrases

_QUOTE = "pull quote"
_HEAD = frozenset((
    CARD, furniture.DATE, furniture.BYLINE, furniture.SHARE, furniture.READING_TIME, furniture.PLAYER, furniture.FOLLOW,
    furniture.TRANSLATION, furniture.LANGUAGES, AUTHOR, CREDIT,
))  # fmt: skip
"""What stands in an article's head, between headline, standfirst and text."""
_NEAR_HEAD, _NEAR_TEXT, _BELOW = 6, 3, 12
_LONGEST_BARE_SUBHEAD = 6
"""Words; a longer line above a bare credit is the picture's caption and no subhead."""
_SHORTEST_STANDFIRST, _LONGEST_STANDFIRST = 6, 70
_LONGEST_HEADLINE = 20
_PASSAGE, _SHORTEST_REPEATED = 5, 8
_MOST_AUTHORS = 3
_LEADING = 2
"""Paragraphs at the body's head that other pages may carry as a teaser of this article."""

_LEAST_LIKENESS, _SURE_LIKENESS = 0.35, 1.2
_BY_LENGTH = (0.0, -0.4, -0.2, 0.4, 0.6, 0.7, 0.8)
"""How far a line of so many words is like a headline; more words than six make no difference."""
_TITLED = 0.4
"""What a line gains that another one repeats with the site's name behind it."""
_NO_HEADLINE = -0.6
_FEWEST_STEMS, _MUCH_SHARED, _ALIKE, _WORDS_READ = 3, 0.35, 0.7, 700


def tell_parts(page: Page, body: range) -> int | None:
    """Gives every line of the article its role, and returns the line of its headline, above the body or below it."""
    _tell_pictures(page, body)
    _tell_authors(page, body)
    headline = _headline(page, body)
    if headline is not None:
        page.roles[headline] = HEADLINE
    _tell_text(page, body)
    _tell_repetitions(page, body)
    _tell_standfirst(page, body, headline)
    _tell_byline(page, body, headline)
    return headline


def _tell_pictures(page: Page, body: range) -> None:
    """A short line right above a caption describes the same picture; one right above a bare credit is its caption.

    Above the text, where the headline stands, only what the caption says again does.
    """
    for at in range(body.stop - 1):
        line, below, kind = page.lines[at], page.lines[at + 1], page.kinds[at + 1]
        if not page.is_content(at) or kind not in (CREDIT, CAPTION):
            continue
        if at < body.start:
            described = False
        elif kind == CREDIT:
            described = line.words > _LONGEST_BARE_SUBHEAD or is_name(line.text)
        else:
            described = line.words <= 3 or bool(stems(line.text) & stems(below.text))
        short = not line.ends and not line.is_prose
        if (short and described) or (kind == CAPTION and below.text.startswith(line.text.rstrip(".。"))):
            page.roles[at] = CAPTION


def _tell_authors(page: Page, body: range) -> None:
    """What tells of the authors stands right below the head's dates and bylines, or at the text's very end."""
    prose = [at for at in body if page.is_prose(at)]
    above = range(max(0, body.start - _NEAR_HEAD), prose[0])
    below = range(prose[0], prose[1]) if len(prose) > 1 else range(0)
    first = 0 if _HEAD & set(_kinds(page, above)) else 1 if _HEAD & set(_kinds(page, below)) else len(prose)
    for at in prose[first : first + _MOST_AUTHORS]:
        if not is_biography(page.lines[at]):
            break
        page.roles[at] = AUTHOR
    text = next((at for at in prose[first:] if not page.roles[at]), body.stop)
    for at in page.content(body.start, text):
        if is_name(page.lines[at].text) and _HEAD & set(_kinds(page, range(max(body.start, at - 2), at))):
            page.roles[at] = AUTHOR
    for at in reversed(prose[_MOST_AUTHORS:]):
        if not is_closing_biography(page.lines[at]):
            break
        page.roles[at] = AUTHOR


def _tell_text(page: Page, body: range) -> None:
    headings: list[int] = []
    listing, told = False, 0
    for at in page.content(body.start, body.stop):
        line = page.lines[at]
        if at in page.repeated and not (line.is_prose and told < _LEADING):
            page.roles[at] = REPEATED
        elif line.is_prose or line.ends or line.is_item or line.opens_list:
            _tell_headings(page, [*headings, at], listing)
            page.roles[at] = PARAGRAPH
            headings, listing, told = [], line.opens_list, told + 1
        else:
            headings.append(at)
    if listing:
        for at in headings:
            page.roles[at] = PARAGRAPH


def _tell_headings(page: Page, run: list[int], listing: bool) -> None:
    """Short lines above a paragraph: one or two are its subheads, more are a list or a verse and belong to the text.

    The last of `run` is the paragraph. A line that furniture parts from what is below it heads nothing.
    """
    run = [at for at, below in pairwise(run) if below - at <= _NEAR_TEXT]
    heads = len(run) <= 2 and all(page.lines[at].words <= LONGEST_SUBHEAD for at in run)
    for at in run:
        if " | " in page.lines[at].text:
            page.roles[at] = POINTER
        else:
            page.roles[at] = SUBHEAD if heads and not (listing and len(run) > 1) else PARAGRAPH


def _tell_repetitions(page: Page, body: range) -> None:
    """A line that repeats another one, or quotes a passage of one without saying so, is left out."""
    told = [at for at in body if page.roles[at] in (PARAGRAPH, SUBHEAD) and page.lines[at].words >= _SHORTEST_REPEATED]
    texts = {at: re.findall(r"\w+", page.lines[at].text.casefold()) for at in told}
    openings: dict[tuple[str, ...], int] = {}
    for at in told:
        words = texts[at]
        for start in range(len(words) - _PASSAGE + 1 if page.lines[at].is_prose else 0):
            openings.setdefault(tuple(words[start : start + _PASSAGE]), at)
    seen: set[tuple[str, ...]] = set()
    quoting = False
    for at in told:
        words = texts[at]
        source = openings.get(tuple(words[:_PASSAGE]), at)
        if tuple(words) in seen:
            page.roles[at] = AGAIN
        elif not quoting and len(texts[source]) > len(words) + 2 and _holds(texts[source], words):
            page.roles[at] = _QUOTE
        seen.add(tuple(words))
        quoting = page.lines[at].opens_list


def _holds(text: list[str], passage: list[str]) -> bool:
    return f" {' '.join(passage)} " in f" {' '.join(text)} "


def _tell_standfirst(page: Page, body: range, headline: int | None) -> None:
    """The first paragraph is a standfirst where the article's date, byline or buttons part it from the next one.

    So is a longer line right below the headline. A shorter one right above the body is a subhead.
    """
    if headline is not None and headline < body.start:
        between = list(page.content(headline + 1, body.start))
        if between[:1] == [headline + 1] and page.lines[headline + 1].words >= _SHORTEST_STANDFIRST:
            page.roles[headline + 1] = STANDFIRST
            return
        if between and between[-1] == body.start - 1 and not is_name(page.lines[between[-1]].text):
            page.roles[between[-1]] = SUBHEAD
            return
    told = [at for at in body if page.roles[at] in (PARAGRAPH, SUBHEAD)]
    if len(told) < 3 or SUBHEAD in (page.roles[told[0]], page.roles[told[1]]):
        return
    gaps = [set(_kinds(page, range(above + 1, below))) for above, below in pairwise(told)]
    # What stands between other paragraphs too is no mark of the head: the hours of a running account.
    if page.lines[told[0]].words <= _LONGEST_STANDFIRST and gaps[0] & _HEAD - set().union(*gaps[1:]):
        page.roles[told[0]] = STANDFIRST


def _kinds(page: Page, lines: Iterable[int]) -> Iterable[str]:
    return (page.kinds[at] or page.roles[at] for at in lines)


def _tell_byline(page: Page, body: range, headline: int | None) -> None:
    head = body.start if headline is None else min(headline, body.start)
    near = [*range(head, min(body.stop, body.start + _NEAR_HEAD)), *range(max(0, head - _NEAR_HEAD), head)]
    at = next((at for at in near if page.kinds[at] == furniture.BYLINE and not page.roles[at]), None)
    if at is not None:
        page.roles[at] = BYLINE


def _headline(page: Page, body: range) -> int | None:
    """The line above the body that reads most like the headline of what the body says; else such a line below it."""
    said = stems(" ".join(page.lines[at].text for at in _opening(page, body)))
    titles = sorted({line.text for line in page.lines[: body.start]})
    scores: dict[int, float] = {}
    for at in range(body.start - 1, -1, -1):
        line = page.lines[at]
        if page.roles[at] or page.kinds[at] not in ("", POINTER):
            continue
        if line.may_be_headline or (line.words <= _LONGEST_HEADLINE and line.sentences <= 1):
            far = min(0.3, 0.02 * (body.start - at) + 0.04 * len(scores))
            longer = bisect_right(titles, line.text)
            titled = longer < len(titles) and titles[longer].startswith(line.text)
            scores[at] = _likeness(line, said) - far + (_TITLED if titled else 0)
    best = max(scores, key=lambda at: scores[at], default=None)
    if best is None or scores[best] < _LEAST_LIKENESS:
        first = page.lines[body.start]
        if page.is_content(body.start) and first.may_be_headline and first.sentences <= 2:
            return body.start  # a question, or words that trail off
        for at in range(body.stop, min(body.stop + _BELOW, len(page.lines))):
            if page.is_heading(at) and _likeness(page.lines[at], said) >= _SURE_LIKENESS:
                return at
        # What alone stands right over the text is its headline, however few words it shares with it.
        alone = best == body.start - 1 and list(page.content(0, body.start)) == [best]
        return best if alone and page.roles[body.start] != AUTHOR else None
    # A standfirst is as much like the body as the headline right above it.
    while (above := max((at for at in scores if at < best), default=None)) is not None:
        upper, lower = page.lines[above], page.lines[best]
        if best - above > 2 or upper.words < 4 or scores[above] < _ALIKE * scores[best]:
            break
        if lower.words < 1.2 * upper.words and _shared(upper, said) < _MUCH_SHARED:
            break
        best = above
    return best


def _opening(page: Page, body: range) -> Iterable[int]:
    words = 0
    for at in page.content(body.start, body.stop):
        yield at
        words += page.lines[at].words
        if words > _WORDS_READ:
            return


def _shared(line: Line, said: set[str]) -> float:
    """The share of a line's longer words that the body uses too (0 to 1)."""
    own = stems(line.text)
    return len(own & said) / max(len(own), _FEWEST_STEMS)


def _likeness(line: Line, said: set[str]) -> float:
    score = _shared(line, said) + _BY_LENGTH[min(line.words, len(_BY_LENGTH) - 1)] - max(0, line.words - 18) / 10
    if normal(line.text) in phrases().sections or (line.words <= 6 and fold(line.text).split()[-1] in phrases().roles):
        score += _NO_HEADLINE
    if line.ends and not line.may_be_headline:
        score += _NO_HEADLINE
    return score
