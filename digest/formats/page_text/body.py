"""Where on a page its article stands, and which of its lines is what.

The body is the stretch of lines with the greatest sum of weights: running text weighs what it has in words,
furniture and lone short lines weigh against it (J. Pasternack and D. Roth, "Extracting article text from the web with
maximum subsequence segmentation", WWW 2009). Small furniture is bridged that way, a menu or a list of other articles
is not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from digest.formats.page_text import furniture
from digest.formats.page_text.furniture import BYLINE as BYLINE_KIND
from digest.formats.page_text.furniture import CAPTION, CREDIT, DATE, SHARE, is_biography, is_name
from digest.formats.page_text.lines import CARD, Line
from digest.formats.page_text.page import BYLINE, HEADLINE, PARAGRAPH, REPEATED, STANDFIRST, SUBHEAD, TEASER, Page
from digest.markup import fold
from digest.phrases import MANY, ONE, POINTER, SOME, normal, phrases

_AUTHOR, _QUOTE, _AGAIN = "about the author", "pull quote", "repeated line"
_MOST_WORDS, _SHORT, _ITEM, _HEADING, _SUBHEAD, _ELSE = 60, 4, -1, -8, -5, -5
_AGAINST = {
    MANY: -45, ONE: -4, SOME: -4, POINTER: -4, CARD: -3, "comments": -25, "copyright": -25, "paywall": -10, SHARE: -3, CREDIT: -2,
    CAPTION: -2, DATE: -3, BYLINE_KIND: -4, "correction contact": -40, "reading time": -3,
}  # fmt: skip
_HEADER = frozenset(
    (
        CARD,
        DATE,
        BYLINE_KIND,
        SHARE,
        "reading time",
        "player",
        "follow button",
        "translation note",
        "language switch",
        "about the author",
    )
)
_LONGEST_SUBHEAD = 16
_NEAR = 3
"""Lines; an advertisement and a caption may stand between a subhead and its paragraph."""
_LONGEST_BARE_SUBHEAD = 6
"""Words; a longer line above a bare credit is the picture's caption and no subhead."""
_ENOUGH_WORDS, _ENOUGH_LINES = 25, 2
_SHORTEST_STANDFIRST, _LONGEST_STANDFIRST = 6, 70
_ENOUGH_TO_CLOSE = 80
_FAR, _LEAST_SHARED = 60, 0.08
_COLON, _MOST_ITEMS = (":", "："), 12
_LONGEST_HEADLINE = 20
_LEAST_LIKENESS = 0.35
_TITLED = 0.4
"""What a line gains that another one repeats with the site's name behind it."""
_FEWEST_STEMS, _MUCH_SHARED, _ENOUGH_READ = 3, 0.35, 700
_BY_LENGTH = (0.0, -0.4, -0.2, 0.4, 0.6, 0.7, 0.8)
"""How far a line of so many words is like a headline; more words than six make no difference."""


@dataclass(frozen=True, slots=True)
class Body:
    """The lines from `start` to before `stop`, and the line of the headline above or below them."""

    start: int
    stop: int
    headline: int | None = None


def find_body(page: Page) -> Body | None:
    """The stretch that holds the article's running text; None for a page that is only menus and teasers."""
    stop = _comments(page)
    best = _heaviest(page, 0, stop) if stop is not None else None
    if best is None or _prose_words(page, *best) < _ENOUGH_TO_CLOSE:
        best = _heaviest(page, 0, len(page.lines))
    if best is None:
        return None
    prose = [at for at in range(*best) if page.is_prose(at)]
    if not prose or (len(prose) < _ENOUGH_LINES and _is_little(page, prose[0])):
        return None
    return Body(*_cohering(page, *best))


def _cohering(page: Page, start: int, stop: int) -> tuple[int, int]:
    """The stretch without what stands far from its main part and shares no words with it: another article."""
    parts: list[list[int]] = []
    gap = float(_FAR)
    for at in range(start, stop):
        weight = _weight(page, at)
        if weight < _SHORT:
            gap -= weight
            continue
        if gap >= _FAR:
            parts.append([])
        parts[-1].append(at)
        gap = 0
    words = [_stems(" ".join(page.lines[at].text for at in part)) for part in parts]
    main = max(range(len(parts)), key=lambda number: sum(page.lines[at].words for at in parts[number]))
    near = [
        number
        for number, said in enumerate(words)
        if number == main or len(said & words[main]) >= _LEAST_SHARED * len(said)
    ]
    first, last = min(near), max(near)
    return parts[first][0], parts[last][-1] + 1


def _is_little(page: Page, only: int) -> bool:
    """Whether a page's only paragraph makes no article: a sentence or so, or what is told of an author above a list."""
    line = page.lines[only]
    headed = only > 0 and page.is_heading(only - 1)
    return line.words < _ENOUGH_WORDS or (not headed and is_biography(line, line.words))


def _comments(page: Page) -> int | None:
    """Where the readers' comments begin: a heading after which come their replies and reports."""
    places = [at for at, kind in enumerate(page.kinds) if kind in ("comments", "discussion")]
    for first, at in enumerate(places):
        if sum(place - at <= 40 for place in places[first + 1 : first + 6]) >= 3:
            return at
    return None


def _prose_words(page: Page, start: int, stop: int) -> int:
    return sum(page.lines[at].words for at in range(start, stop) if page.is_prose(at))


def _heaviest(page: Page, start: int, stop: int) -> tuple[int, int] | None:
    """The stretch with the greatest sum of weights, found in one pass (Kadane)."""
    best, best_sum = None, 0.0
    begin, total = start, 0.0
    items = 0
    for at in range(start, stop):
        if total <= 0:
            begin, total = at, 0.0
        items = _items_left(page, at, items)
        total += _ITEM if items and not page.lines[at].text.endswith(_COLON) else _weight(page, at)
        if total > best_sum:
            best, best_sum = (begin, at + 1), total
    return best


def _items_left(page: Page, at: int, before: int) -> int:
    """How many more lines may be items of the list that a line ending in a colon opened above."""
    line = page.lines[at]
    if not page.is_content(at):
        return before
    if line.text.endswith(_COLON):
        return _MOST_ITEMS if line.words >= 3 else 0
    return 0 if line.ends else max(0, before - 1)


def _weight(page: Page, at: int) -> float:
    line, kind = page.lines[at], page.kinds[at]
    if page.roles[at]:
        return -3
    if kind:
        return _AGAINST.get(kind, _ELSE)
    if line.is_prose and (not line.may_be_headline or line.words > _LONGEST_SUBHEAD):
        return min(line.words, _MOST_WORDS)
    if line.ends or line.is_item or line.text.endswith(_COLON):
        return _SHORT
    follows = at + 1 < len(page.lines) and page.is_prose(at + 1)
    return _SUBHEAD if follows and line.words <= _LONGEST_SUBHEAD else _HEADING


def tell_parts(page: Page, body: Body, bare: frozenset[int] = frozenset()) -> Body:
    """Gives every line of the body its role, finds headline, standfirst and byline, and says where the article is.

    `bare` are the lines taken for teasers' headlines by nothing but a label above them: one may be this article's own.
    """
    _drop_pictures(page, body)
    _drop_authors(page, body)
    headline = _headline(page, body, bare)
    if headline is not None:
        page.roles[headline] = HEADLINE
    _tell_lines(page, body)
    _tell_repeated(page, body)
    _tell_standfirst(page, body, headline)
    _tell_byline(page, body, headline)
    return Body(body.start, body.stop, headline)


def _drop_pictures(page: Page, body: Body) -> None:
    """A short line right above a caption describes the same picture; one right above a bare credit is its caption."""
    for at in range(body.start, body.stop - 1):
        line, below = page.lines[at], page.kinds[at + 1]
        if page.is_content(at) and below == CAPTION and page.lines[at + 1].text.startswith(line.text.rstrip(".。")):
            page.roles[at] = CAPTION
        if not page.is_content(at) or line.is_prose:
            continue
        if below == CREDIT and not line.ends and (line.words > _LONGEST_BARE_SUBHEAD or is_name(line.text)):
            page.roles[at] = CAPTION
        elif (
            below == CAPTION
            and not line.ends
            and (line.words <= 3 or _stems(line.text) & _stems(page.lines[at + 1].text))
        ):
            page.roles[at] = CAPTION


def _drop_authors(page: Page, body: Body) -> None:
    """What tells of the author stands right below the head's dates and bylines, or at the body's very end."""
    prose = [at for at in range(body.start, body.stop) if page.is_prose(at)]
    heads = [at for at in range(max(0, body.start - 6), prose[0]) if page.kinds[at] in _HEADER] if prose else []
    between = [at for at in range(prose[0], prose[1]) if page.kinds[at] in _HEADER] if len(prose) > 1 else []
    opening = prose[:3] if heads else prose[1:4] if between else []
    for at in opening:
        if not is_biography(page.lines[at]):
            break
        page.roles[at] = _AUTHOR
    for at in reversed(prose[-3:]):
        if at in opening or len(prose) < 4 or not is_biography(page.lines[at]) or page.lines[at].words > 60:
            break
        page.roles[at] = _AUTHOR


def _tell_lines(page: Page, body: Body) -> None:
    run: list[int] = []
    listing = False
    for at in range(body.start, body.stop):
        if not page.is_content(at):
            continue
        line = page.lines[at]
        if line.is_prose or line.ends or line.is_item or line.text.endswith(_COLON):
            _tell_headings(page, [*run, at], listing)
            run, listing = [], line.text.endswith(_COLON)
            page.roles[at] = PARAGRAPH
        else:
            run.append(at)


def _tell_headings(page: Page, run: list[int], listing: bool) -> None:
    """Short lines above a paragraph: one or two are its subheads, more are a list or a verse and belong to the text.

    The last of `run` is the paragraph. A line that furniture parts from what is below it heads nothing.
    """
    run = [at for at, below in pairwise(run) if below - at <= _NEAR]
    short = all(page.lines[at].words <= _LONGEST_SUBHEAD for at in run)
    for at in run:
        if " | " in page.lines[at].text:
            page.roles[at] = POINTER
        else:
            page.roles[at] = SUBHEAD if len(run) <= 2 and short and not (listing and len(run) > 1) else PARAGRAPH


def _tell_repeated(page: Page, body: Body) -> None:
    """A line that repeats another one, or quotes a passage of one, is left out."""
    seen: set[str] = set()
    openings: dict[tuple[str, ...], str] = {}
    parts = [at for at in range(body.start, body.stop) if page.roles[at] in (PARAGRAPH, SUBHEAD)]
    folded = {at: _bare(page.lines[at]) for at in parts}
    quoting = False
    for at in parts:
        words = folded[at].split()
        if page.roles[at] == PARAGRAPH and page.lines[at].is_prose:
            for start in range(len(words) - 4):
                openings.setdefault(tuple(words[start : start + 5]), folded[at])
    for at in parts:
        text = folded[at]
        if page.lines[at].words >= 5 and page.roles[at] == PARAGRAPH:
            if text in seen:
                page.roles[at] = _AGAIN
            else:
                whole = openings.get(tuple(text.split()[:5]), "")
                if not quoting and len(whole) > len(text) + 10 and f" {text} " in f" {whole} ":
                    page.roles[at] = _QUOTE
        seen.add(text)
        quoting = page.lines[at].text.endswith(_COLON)


def _bare(line: Line) -> str:
    return " ".join(re.findall(r"\w+", line.text.casefold()))


def _tell_standfirst(page: Page, body: Body, headline: int | None) -> None:
    """The first paragraph is a standfirst where the article's date, byline or buttons part it from the next one.

    So is a longer line between the headline and the body. A shorter one right above the body is a subhead.
    """
    if headline is not None and headline < body.start:
        between = list(page.content(headline + 1, body.start))
        above = next((at for at in between if page.lines[at].words >= _SHORTEST_STANDFIRST), None)
        if above is not None:
            page.roles[above] = STANDFIRST
            return
        if between and between[-1] == body.start - 1 and not is_name(page.lines[between[-1]].text):
            page.roles[between[-1]] = SUBHEAD
            return
    parts = [at for at in range(body.start, body.stop) if page.roles[at] in (PARAGRAPH, SUBHEAD)]
    if (
        len(parts) < 3
        or {page.roles[at] for at in parts[:2]} != {PARAGRAPH}
        or page.lines[parts[0]].words > _LONGEST_STANDFIRST
    ):
        return
    gaps = [set(_kinds(page, above + 1, below)) for above, below in pairwise(parts)]
    # What stands between other paragraphs too is no mark of the head: the hours of a running account.
    if gaps[0] & _HEADER - set().union(*gaps[1:]):
        page.roles[parts[0]] = STANDFIRST


def _kinds(page: Page, start: int, stop: int) -> Iterable[str]:
    return (page.kinds[at] or page.roles[at] for at in range(start, stop))


def _tell_byline(page: Page, body: Body, headline: int | None) -> None:
    head = body.start if headline is None else min(headline, body.start)
    near = [*range(head, min(body.stop, body.start + 6)), *range(max(0, head - 4), head)]
    at = next((at for at in near if page.kinds[at] == BYLINE_KIND and not page.roles[at]), None)
    if at is not None:
        page.roles[at] = BYLINE


def _headline(page: Page, body: Body, bare: frozenset[int]) -> int | None:
    """The line above the body that reads most like the headline of what the body says; else such a line below it."""
    words = _stems(" ".join(page.lines[at].text for at in _first(page, body)))
    titles = sorted({line.text for line in page.lines[: body.start]})
    scores: dict[int, float] = {}
    for at in range(body.start - 1, -1, -1):
        line = page.lines[at]
        if (page.roles[at] and at not in bare) or (page.kinds[at] and page.kinds[at] not in (POINTER, REPEATED)):
            continue
        if line.may_be_headline or (line.words <= _LONGEST_HEADLINE and line.sentences <= 1):
            scores[at] = _likeness(line, words) - min(0.3, 0.02 * (body.start - at) + 0.04 * len(scores))
            longer = bisect_right(titles, line.text)
            if longer < len(titles) and titles[longer].startswith(line.text):
                scores[at] += _TITLED
    best = max(scores, key=lambda at: scores[at], default=None)
    if best is None or scores[best] < _LEAST_LIKENESS:
        below = (at for at in range(body.stop, min(body.stop + 12, len(page.lines))) if page.is_heading(at))
        return next((at for at in below if _likeness(page.lines[at], words) >= 1.2), None)
    # A standfirst is as much like the body as the headline above it.
    while (above := max((at for at in scores if at < best), default=None)) is not None:
        upper, lower = page.lines[above], page.lines[best]
        if best - above > 2 or upper.words < 4 or scores[above] < 0.8 * scores[best]:
            break
        if lower.words < 1.2 * upper.words and _shared(upper, words) < _MUCH_SHARED:
            break
        best = above
    return best


def _first(page: Page, body: Body) -> Iterable[int]:
    words = 0
    for at in range(body.start, body.stop):
        if page.is_content(at):
            yield at
            words += page.lines[at].words
        if words > _ENOUGH_READ:
            return


def _shared(line: Line, body: set[str]) -> float:
    """The share of a line's longer words that the body uses too (0 to 1)."""
    stems = _stems(line.text)
    return len(stems & body) / max(len(stems), _FEWEST_STEMS)


def _likeness(line: Line, body: set[str]) -> float:
    score = _shared(line, body) + _BY_LENGTH[min(line.words, len(_BY_LENGTH) - 1)] - max(0, line.words - 18) / 10
    if normal(line.text) in phrases().sections or (line.words <= 6 and fold(line.text).split()[-1] in phrases().roles):
        score -= 0.6
    if line.ends and not line.may_be_headline:
        score -= 0.6
    return score


_STEM = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]{4,}|[\u3040-\u30ff\u3400-\u9fff]+")


def _stems(text: str) -> set[str]:
    """The longer words of a text cut to five letters; of ideographs, every pair."""
    stems: set[str] = set()
    for word in _STEM.findall(text.casefold()):
        if word[0] >= "\u3040":
            stems.update(word[at : at + 2] for at in range(len(word) - 1))
        else:
            stems.add(word[:5])
    return stems


__all__ = ["Body", "find_body", "tell_parts", "furniture", "TEASER"]
