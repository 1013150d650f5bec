"""Teasers of other articles: a headline, a standfirst or both, found by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.formats.page_text.body import stems
from digest.formats.page_text.furniture import CAPTION, COMMENTS, COPYRIGHT, CORRECTIONS, CREDIT, DATE
from digest.formats.page_text.lines import CARD, CLOSER
from digest.formats.page_text.page import TEASER, Page
from digest.phrases import MANY, ONE, POINTER, SOME, normal, phrases

_LABELS = (ONE, SOME, MANY)
_FEWEST_WORDS = 3
"""A headline of fewer words under a label is a label itself."""
_SURELY_A_HEADLINE = 5
"""Words; a shorter line right above running text is its subhead rather than the last headline of a list."""
_LONGEST_HEADLINE, _LONGEST_STANDFIRST = 20, 60
_ALTERNATING = re.compile(r"(?:h{1,2}p(?!p)){3,}")
_NEAR = 4
_CLOSED_WITHIN = 8
_ENDS_A_LIST = frozenset((MANY, COMMENTS, COPYRIGHT, CORRECTIONS))


@dataclass(frozen=True, slots=True)
class Teaser:
    """The lines that make a teaser: its headline, its standfirst (one of them at least), date and section's name."""

    headline: int | None = None
    standfirst: int | None = None
    card: int | None = None
    label: int | None = None

    @property
    def is_bare(self) -> bool:
        """Whether only a label above says that this headline is a teaser: it may be an entry of a menu."""
        return self.standfirst is None and self.card is None

    @property
    def first(self) -> int:
        return min(at for at in (self.headline, self.standfirst) if at is not None)


def _take(page: Page, headline: int | None, standfirst: int | None = None, card: int | None = None) -> Teaser:
    """A teaser of these lines, which are taken, with the section's name that stands above its headline."""
    label = None
    if headline is not None and page.is_content(headline - 1) and _is_section(page, headline - 1):
        label = headline - 1
    for at in (headline, standfirst, card, label):
        if at is not None:
            page.roles[at] = TEASER
    return Teaser(headline, standfirst, card, label)


def _is_section(page: Page, at: int) -> bool:
    return at >= 0 and normal(page.lines[at].text) in phrases().sections


def own_card(page: Page) -> int | None:
    """The line that dates the page's own article: the first card, where running text follows and none leads to it."""
    card = next((at for at, kind in enumerate(page.kinds) if kind == CARD), None)
    if card is None:
        return None
    before = list(page.content(0, card))
    prose = [at for at in before if page.lines[at].is_prose]
    if len(prose) > 2 or (prose and prose[-1] != before[-1]) or (before and _is_labelled(page, before[-1])):
        return None
    after = [at for at in range(card + 1, _next_teaser(page, card + 1)) if page.is_prose(at)]
    return card if len(after) >= 2 or sum(page.lines[at].words for at in after) >= _LONGEST_STANDFIRST else None


def _next_teaser(page: Page, start: int) -> int:
    """The line of the first label or date of a teaser from `start` on."""
    return next((at for at in range(start, len(page.lines)) if page.kinds[at] in (CARD, *_LABELS)), len(page.lines))


def _is_labelled(page: Page, at: int) -> bool:
    """Whether a label stands right above a line, over its section's name at most."""
    return page.kind(at - 1) in _LABELS or (page.kind(at - 2) in _LABELS and not page.is_prose(at - 1))


def take_dated(page: Page, own: int | None) -> list[Teaser]:
    """Takes the teasers that a date, a link that names them again or a link on their own line tells for certain."""
    named = _named(page)
    page.pictured = bool(named)
    cards = [at for at, kind in enumerate(page.kinds) if kind == CARD and at != own]
    if own is None and _dates_follow(page, cards):
        found = [_above_date(page, at) for at in cards]
    else:
        found = [_around_date(page, at, named) for at in cards]
    found += [_bare(page, at) for at in sorted(named)]
    found += [_closed(page, at - 1) for at, kind in enumerate(page.kinds) if kind == CLOSER]
    return [teaser for teaser in found if teaser is not None]


def take_labelled(page: Page, start: int, stop: int) -> list[Teaser]:
    """Takes the teasers that the labels from line `start` to before `stop` announce."""
    teasers: list[Teaser] = []
    for at in range(start, stop):
        if page.kinds[at] == ONE:
            teasers += _after_label(page, at)
        elif page.kinds[at] == SOME:
            teasers += _below_label(page, at)
        elif page.kinds[at] == MANY:
            teasers += _listed(page, at, stop)
    return teasers


def take_alternating(page: Page) -> list[Teaser]:
    """Takes the runs in which headlines and short standfirsts take turns, as on a section's front and in no article."""
    content = list(page.content(0, len(page.lines)))
    shapes = "".join(_shape(page, at) for at in content)
    teasers: list[Teaser] = []
    for match in _ALTERNATING.finditer(shapes):
        pairs = [(content[at - 1], content[at]) for at in range(match.start() + 1, match.end()) if shapes[at] == "p"]
        if _read_like_a_front(page, pairs):
            teasers += [_take(page, head, text) for head, text in pairs]
    return teasers


def take_pairs(page: Page, start: int, stop: int) -> Iterator[Teaser]:
    """Takes what nothing announces outside the article: a headline with one standfirst under it."""
    for at in range(start, stop):
        if page.is_heading(at) and page.lines[at].words > _FEWEST_WORDS and at not in page.repeated:
            run = [place for place in _run(page, at + 1) if place < stop]
            if len(run) == 1 and run[0] not in page.repeated:
                yield _take(page, at, run[0])


def take_headlines(page: Page) -> Iterator[Teaser]:
    """Takes the lines that are long enough for headlines, where nothing else is on the page."""
    for at in range(len(page.lines)):
        if page.is_heading(at) and page.lines[at].words >= _SURELY_A_HEADLINE:
            yield _take(page, at)


def _shape(page: Page, at: int) -> str:
    line = page.lines[at]
    if line.may_be_headline and line.words <= _LONGEST_HEADLINE and not line.text.endswith(("...", "…")):
        return "h"
    return "p" if line.is_prose else "x"


def _read_like_a_front(page: Page, pairs: list[tuple[int, int]]) -> bool:
    """Whether headlines are as long as headlines are, and the texts as short as standfirsts."""
    heads = [page.lines[head] for head, _ in pairs]
    texts = [page.lines[text] for _, text in pairs]
    return (
        all(line.words >= _FEWEST_WORDS and not line.is_item for line in heads)
        and sum(line.words for line in heads) >= _SURELY_A_HEADLINE * len(pairs)
        and all(line.words <= _LONGEST_STANDFIRST for line in texts)
        and sum(line.words for line in texts) <= 40 * len(pairs)
        and sum(line.sentences for line in texts) <= 2 * len(pairs)
    )


def _named(page: Page) -> set[int]:
    """The lines that a link further down names again as it closes a teaser ("Read more: <headline>")."""
    found: set[int] = set()
    last: dict[str, int] = {}
    for at, line in enumerate(page.lines):
        if page.kinds[at] not in ("", POINTER):
            continue
        words = normal(line.text).split()
        earlier = _named_behind(page.kinds[at], words, last)
        if earlier is not None and at - earlier <= _CLOSED_WITHIN:
            found.add(earlier)
            page.kinds[at] = POINTER
        elif page.is_heading(at):
            last[" ".join(words)] = at
    return found


def _named_behind(kind: str, words: list[str], last: dict[str, int]) -> int | None:
    """The earlier headline that words repeat behind a link's label."""
    for cut in range(1, min(6, len(words))):
        earlier = last.get(" ".join(words[cut:]).strip(" :"))
        if earlier is not None:
            labelled = phrases().whole.get(f" {' '.join(words[:cut])} ".replace(" : ", " ")) in (*_LABELS, "navigation")
            return earlier if kind == POINTER or labelled else None
    return None


def _dates_follow(page: Page, cards: list[int]) -> bool:
    """Whether the page's dates stand below the standfirsts instead of above them."""
    closing = {at for at in cards if at > 0 and page.is_prose(at - 1)}
    below = [at for at in closing if at > 1 and page.is_heading(at - 2)]
    above = [at for at in cards if at not in closing and page.is_prose(at + 1)]
    return len(below) > len(above)


def _above_date(page: Page, card: int) -> Teaser | None:
    """The teaser whose date stands below it, in line `card`."""
    if card < 1 or not page.is_prose(card - 1):
        return None
    return _take(page, card - 2 if card >= 2 and page.is_heading(card - 2) else None, card - 1, card)


def _around_date(page: Page, card: int, named: set[int]) -> Teaser | None:
    """The teaser whose date stands in line `card`: its headline is above, its standfirst below."""
    headline = _headline_above(page, card, named)
    below = card + 1
    while page.kind(below) == DATE:  # the day may have a line of its own
        below += 1
    standfirst = None
    if page.is_content(below) and not _heads_a_card(page, below):
        line = page.lines[below]
        follows = _heads_a_card(page, below + 1) or bool(_run(page, below + 1))
        if line.is_prose or (line.words >= 8 and not follows):
            standfirst = below
    if headline is None and standfirst is None:
        return None
    return _take(page, headline, standfirst, card)


def _headline_above(page: Page, card: int, named: set[int]) -> int | None:
    candidates = []
    for at in range(card - 1, max(-1, card - 1 - _NEAR), -1):
        if page.kinds[at] in (CREDIT, CAPTION):
            continue
        if not page.is_plain_heading(at):
            break
        candidates.append(at)
    if not candidates:
        return None
    # Where a closing link names the headline, what stands between it and its date is the picture's description.
    headline = next((at for at in candidates if at in named), candidates[0])
    for at in candidates:
        if at > headline:
            page.roles[at] = CAPTION
    return headline


def _heads_a_card(page: Page, at: int) -> bool:
    return page.is_heading(at) and page.kind(at + 1) == CARD


def _closed(page: Page, standfirst: int) -> Teaser | None:
    """The teaser whose standfirst a link closes on the same line: its headline is right above."""
    if not page.is_content(standfirst):
        return None
    headed = standfirst >= 1 and page.is_heading(standfirst - 1)
    return _take(page, standfirst - 1 if headed else None, standfirst)


def _bare(page: Page, at: int) -> Teaser | None:
    """A teaser that is only a headline."""
    return _take(page, at) if page.is_heading(at) and page.lines[at].words >= _FEWEST_WORDS else None


def _after_label(page: Page, label: int) -> list[Teaser]:
    """The one headline that a label such as "More" announces, under its section's name perhaps.

    Where links close the teasers, so that their pictures are described too, a line between the label and a teaser that
    was taken already describes its picture.
    """
    content: list[int] = []
    for at in range(label + 1, min(label + 1 + _NEAR, len(page.lines))):
        ends = page.kinds[at] in _LABELS or page.kinds[at] in (CARD, POINTER) or page.roles[at]
        if ends or (page.is_content(at) and not page.is_plain_heading(at)):
            break
        if page.is_content(at):
            content.append(at)
    if not content:
        return []
    first, *others = content
    below = first + (2 if page.kind(first + 1) == ONE else 1)
    if page.pictured and not others and page.roles[below : below + 1] == [TEASER]:
        page.roles[first] = CAPTION
        return []
    if others and (_is_section(page, first) or page.lines[first].words <= 2 < page.lines[others[0]].words):
        teaser = _bare(page, others[0])
        if teaser:
            page.roles[first] = TEASER
            return [Teaser(teaser.headline, label=first)]
    teaser = _bare(page, first)
    return [teaser] if teaser else []


def _below_label(page: Page, label: int) -> list[Teaser]:
    """The headlines right below a label such as "See also", up to running text or a subhead."""
    found: list[Teaser] = []
    for at in range(label + 1, len(page.lines)):
        if page.kinds[at] in _LABELS or page.kinds[at] == CARD or page.roles[at]:
            break
        if not page.is_content(at):
            continue
        if not page.is_plain_heading(at):
            if found and _closes_the_page(page, found[-1].first, at):
                found[-1] = _take(page, found[-1].headline, at)
            break
        if found and (page.lines[at].words < _SURELY_A_HEADLINE or at - found[-1].first > _NEAR):
            break
        if teaser := _bare(page, at):
            found.append(teaser)
    return found


def _closes_the_page(page: Page, headline: int, at: int) -> bool:
    """Whether a line alone between a teaser's headline and the page's foot says again what the headline does.

    Where more follows, the article goes on below its box.
    """
    line, said = page.lines[at], stems(page.lines[headline].text)
    last = page.kind(at + 1) in (CORRECTIONS, COPYRIGHT) or at + 1 == len(page.lines)
    again = len(stems(line.text) & said)
    return last and at == headline + 1 and line.words <= _LONGEST_STANDFIRST and again >= max(2, len(said) / 2)


def _listed(page: Page, label: int, stop: int) -> list[Teaser]:
    """The headlines, with or without standfirsts, that a label such as "Most read" announces."""
    found: list[Teaser] = []
    at, short = label + 1, 0
    while at < stop and page.kinds[at] not in _ENDS_A_LIST:
        if not page.is_content(at) or _is_section(page, at):
            at += 1
            continue
        if not page.is_plain_heading(at):
            break
        short += page.lines[at].words <= _FEWEST_WORDS
        if short >= 2 and not found:  # a menu
            break
        run = _run(page, at + 1)
        if len(run) >= 2 and not any(teaser.standfirst for teaser in found):
            # Running text goes on: the line above it is its subhead unless it is as long as a headline.
            if page.lines[at].words >= _SURELY_A_HEADLINE and (teaser := _bare(page, at)):
                found.append(teaser)
            break
        if page.pictured and page.kind(at + 1) == ONE != page.kind(at - 1) and not _is_section(page, at - 1):
            page.roles[at] = CAPTION
        elif run:
            found.append(_take(page, at, run[0]))
            at = run[0]
            if len(run) > 1:
                break
        elif teaser := _bare(page, at):
            found.append(teaser)
        at += 1
    return found


def _run(page: Page, start: int) -> list[int]:
    """The first lines of running text that stand together from `start` on, whatever furniture lies between."""
    run: list[int] = []
    for at in range(start, len(page.lines)):
        if page.is_prose(at) and not page.is_plain_heading(at):
            run.append(at)
        elif page.is_content(at) or page.kinds[at] in _LABELS or page.kinds[at] == CARD or page.roles[at]:
            break
        if len(run) > 3:
            break
    return run
