"""Teasers of other articles: a headline, a standfirst or both, found by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.formats.page_text.furniture import CAPTION, CREDIT
from digest.formats.page_text.lines import CARD, CLOSER
from digest.formats.page_text.page import TEASER, Page
from digest.markup import fold
from digest.phrases import MANY, ONE, POINTER, SOME, normal, phrases

_FEWEST_WORDS = 3
"""A headline of fewer words under a label is a label itself."""
_SURELY_A_HEADLINE = 5
"""Words; a shorter line right above running text is its subhead rather than the last headline of a list."""
_LONGEST_HEADLINE, _LONGEST_STANDFIRST = 20, 60
_ALTERNATING = re.compile(r"(?:h{1,2}p(?!p)){3,}")
_BACK = 4
_CLOSE = 8
_ENDS_A_LIST = frozenset(("comments", "copyright", "correction contact"))


@dataclass(frozen=True, slots=True)
class Teaser:
    """The numbers of the lines that make a teaser: headline and standfirst (one of them at least), its date, its label."""

    headline: int | None = None
    standfirst: int | None = None
    card: int | None = None
    label: int | None = None

    @property
    def is_bare(self) -> bool:
        """Whether only a label above says that this is a teaser, which may be a menu's label or the article's own headline."""
        return self.standfirst is None and self.card is None

    @property
    def first(self) -> int:
        return min(at for at in (self.headline, self.standfirst) if at is not None)


def own_card(page: Page) -> int | None:
    """The line that dates the page's own article: the first card, where running text follows it and none leads to it."""
    card = next((at for at, kind in enumerate(page.kinds) if kind == CARD), None)
    if card is None:
        return None
    before = list(page.content(card - 1, -1))
    led = [at for at in before if page.lines[at].is_prose]
    if len(led) > 2 or (led and led[0] != before[0]) or (before and _labelled(page, before[0])):
        return None
    run, words = 0, 0
    for at in range(card + 1, len(page.lines)):
        if page.kinds[at] in (CARD, ONE, SOME, MANY):
            break
        if page.is_prose(at):
            run, words = run + 1, words + page.lines[at].words
        elif page.is_content(at):
            if run:
                break
    return card if run >= 2 or words >= 60 else None


def _labelled(page: Page, at: int) -> bool:
    """Whether a label that announces one article stands right above a line, over its section's name at most."""
    return any(page.kinds[up] in (ONE, SOME, MANY) for up in range(max(0, at - 2), at)) and not page.is_prose(at - 1)


def take_dated(page: Page, own: int | None) -> list[Teaser]:
    """Takes the teasers that a date, a link that names them again or a link on their own line tells for certain."""
    named = _named(page)
    page.pictured = bool(named)
    cards = [at for at, kind in enumerate(page.kinds) if kind == CARD and at != own]
    if own is None and _dates_follow(page, cards):
        teasers = [_over(page, at) for at in cards]
    else:
        teasers = [_around(page, at, named) for at in cards]
    teasers += [_bare(page, at, None) for at in sorted(named)]
    teasers += [_closed(page, at - 1) for at, kind in enumerate(page.kinds) if kind == CLOSER]
    return [teaser for teaser in teasers if teaser is not None]


def take_labelled(page: Page, start: int, stop: int) -> list[Teaser]:
    """Takes the teasers that the labels from line `start` to before `stop` announce."""
    teasers = []
    for at in range(start, stop):
        if page.kinds[at] == ONE:
            teasers += _after_label(page, at)
        elif page.kinds[at] == SOME:
            teasers += _below(page, at)
        elif page.kinds[at] == MANY:
            teasers += _list(page, at, stop)
    return teasers


def take_alternating(page: Page) -> list[Teaser]:
    """Takes the runs in which headlines and short standfirsts take turns, as on a section's front and in no article."""
    content = list(page.content(0, len(page.lines)))
    shapes = "".join(_shape(page, at) for at in content)
    teasers: list[Teaser] = []
    for match in _ALTERNATING.finditer(shapes):
        pairs = [(content[at - 1], content[at]) for at in range(match.start() + 1, match.end()) if shapes[at] == "p"]
        if _read_like_a_front(page, pairs):
            for head, text in pairs:
                teasers.append(Teaser(head, text, label=_label_above(page, head)))
                page.roles[head] = page.roles[text] = TEASER
    return teasers


def _shape(page: Page, at: int) -> str:
    line = page.lines[at]
    if line.may_be_headline and line.words <= _LONGEST_HEADLINE:
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
        if page.kinds[at] == POINTER:
            words = normal(line.text).split()
            for cut in range(1, min(6, len(words))):
                earlier = last.get(" ".join(words[cut:]).strip(" :"))
                if earlier is not None and at - earlier <= _CLOSE:
                    found.add(earlier)
                    break
        elif page.is_heading(at):
            last[normal(line.text).strip()] = at
    return found


def _dates_follow(page: Page, cards: list[int]) -> bool:
    """Whether the page's dates stand below the standfirsts instead of above them."""
    below = sum(
        at >= 2 and page.is_prose(at - 1) and page.is_heading(at - 2) and not page.is_prose(at + 1)
        for at in cards
        if at + 1 < len(page.lines)
    )
    above = sum(page.is_prose(at + 1) for at in cards if at + 1 < len(page.lines))
    return below > above


def _over(page: Page, card: int) -> Teaser | None:
    """The teaser whose date stands below it, in line `card`."""
    if card < 1 or not page.is_prose(card - 1):
        return None
    headed = card >= 2 and page.is_heading(card - 2)
    for at in (card - 1, card, *([card - 2] if headed else [])):
        page.roles[at] = TEASER
    return Teaser(card - 2 if headed else None, card - 1, card)


def _around(page: Page, card: int, named: set[int]) -> Teaser | None:
    """The teaser whose date stands in line `card`: its headline is above, its standfirst below."""
    headline = _above(page, card, named)
    below = next(iter(range(card + 1, min(card + 2, len(page.lines)))), None)
    standfirst = None
    if below is not None and page.is_content(below) and not _heads_a_card(page, below):
        line = page.lines[below]
        if line.is_prose or (line.words >= 8 and not _heads_a_card(page, below + 1) and not _run(page, below + 1)):
            standfirst = below
    if headline is None and standfirst is None:
        return None
    label = _label_above(page, headline) if headline is not None else None
    for at in (headline, standfirst, card, label):
        if at is not None:
            page.roles[at] = TEASER
    return Teaser(headline, standfirst, card, label)


def _closed(page: Page, standfirst: int) -> Teaser | None:
    """The teaser whose standfirst a link closes on the same line: its headline is right above."""
    if not page.is_content(standfirst):
        return None
    page.roles[standfirst] = TEASER
    above = standfirst - 1
    headed = above >= 0 and page.is_heading(above)
    if headed:
        page.roles[above] = TEASER
    return Teaser(above if headed else None, standfirst)


def _above(page: Page, card: int, named: set[int]) -> int | None:
    candidates = []
    for at in range(card - 1, max(-1, card - 1 - _BACK), -1):
        if page.kinds[at] in (CREDIT, CAPTION):
            continue
        if not page.is_heading(at) or (page.lines[at].is_prose and not page.lines[at].is_question):
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
    return at + 1 < len(page.lines) and page.is_heading(at) and page.kinds[at + 1] == CARD


def _label_above(page: Page, headline: int) -> int | None:
    """The section's name that stands over a teaser's headline."""
    above = headline - 1
    return above if above >= 0 and page.is_content(above) and _is_section(page, above) else None


def _is_section(page: Page, at: int) -> bool:
    return normal(page.lines[at].text) in phrases().sections


def _bare(page: Page, at: int, label: int | None) -> Teaser | None:
    """A teaser that is only a headline."""
    if not page.is_heading(at) or page.lines[at].words < _FEWEST_WORDS:
        return None
    page.roles[at] = TEASER
    if label is not None:
        page.roles[label] = TEASER
    return Teaser(headline=at, label=label)


def _after_label(page: Page, label: int) -> list[Teaser]:
    """The one headline that a label such as "More" announces, under its section's name perhaps.

    Where links close the teasers, so that their pictures are described too, a line between the label and a teaser that
    was taken already describes its picture.
    """
    following = [at for at in range(label + 1, min(label + 5, len(page.lines)))]
    content = []
    for at in following:
        if (
            page.kinds[at] in (ONE, SOME, MANY, CARD, POINTER)
            or page.roles[at]
            or page.is_prose(at)
            and not page.lines[at].is_question
        ):
            break
        if page.is_content(at):
            content.append(at)
    if not content:
        return []
    below = content[0] + (2 if page.kinds[content[0] + 1 : content[0] + 2] == [ONE] else 1)
    if page.pictured and len(content) == 1 and page.roles[below : below + 1] == [TEASER]:
        page.roles[content[0]] = CAPTION
        return []
    section = None
    if (
        len(content) > 1
        and page.is_heading(content[1])
        and (_is_section(page, content[0]) or page.lines[content[0]].words <= 2 < page.lines[content[1]].words)
    ):
        section = content[0]
    teaser = _bare(page, content[0 if section is None else 1], section)
    return [teaser] if teaser else []


def _below(page: Page, label: int) -> list[Teaser]:
    """The headlines right below a label such as "See also", up to running text or a subhead."""
    found: list[Teaser] = []
    for at in range(label + 1, len(page.lines)):
        if page.kinds[at] in (ONE, SOME, MANY, CARD) or page.roles[at]:
            break
        if not page.is_content(at):
            continue
        if not page.is_heading(at) or (page.lines[at].is_prose and not page.lines[at].is_question):
            break
        if found and (page.lines[at].words < _SURELY_A_HEADLINE or at - found[-1].first > _BACK):
            break
        if teaser := _bare(page, at, None):
            found.append(teaser)
    return found


def _list(page: Page, label: int, stop: int) -> list[Teaser]:
    """The headlines, with or without standfirsts, that a label such as "Most read" announces."""
    found: list[Teaser] = []
    at = label + 1
    section: int | None = None
    short = 0
    while at < stop:
        kind = page.kinds[at]
        if kind == MANY or kind in _ENDS_A_LIST:
            break
        if not page.is_content(at):
            at += 1
            continue
        if not page.is_heading(at) or (page.lines[at].is_prose and not page.lines[at].is_question):
            break
        if _is_section(page, at):
            section, at = at, at + 1
            continue
        short += page.lines[at].words <= _FEWEST_WORDS
        if short >= 2 and not found:  # a menu
            break
        run = _run(page, at + 1)
        if len(run) >= 2 and not any(teaser.standfirst for teaser in found):
            # Running text goes on: the last line above it is its subhead unless it is as long as a headline.
            if page.lines[at].words >= _SURELY_A_HEADLINE and (teaser := _bare(page, at, section)):
                found.append(teaser)
            break
        if page.pictured and page.kinds[at + 1 : at + 2] == [ONE]:
            page.roles[at] = CAPTION
            at += 1
        elif run:
            page.roles[at] = page.roles[run[0]] = TEASER
            if section is not None:
                page.roles[section] = TEASER
            found.append(Teaser(at, run[0], label=section))
            at = run[0] + 1
            if len(run) > 1:
                break
        else:
            if teaser := _bare(page, at, section):
                found.append(teaser)
            at += 1
        section = None
    return found


def _run(page: Page, start: int) -> list[int]:
    """The lines of running text that stand together from `start` on, whatever furniture lies between."""
    run = []
    for at in range(start, len(page.lines)):
        if page.is_prose(at):
            run.append(at)
        elif page.is_content(at) or page.kinds[at] in (ONE, SOME, MANY, CARD) or page.roles[at]:
            break
        if len(run) > 3:
            break
    return run


def take_pairs(page: Page, start: int, stop: int) -> Iterator[Teaser]:
    """Takes what nothing announces outside the article: a headline with one standfirst under it."""
    at = start
    while at < stop:
        if page.is_heading(at) and page.lines[at].words >= _FEWEST_WORDS + 1:
            run = [place for place in _run(page, at + 1) if place < stop]
            if len(run) == 1:
                page.roles[at] = page.roles[run[0]] = TEASER
                yield Teaser(at, run[0], label=_label_above(page, at))
                at = run[0]
        at += 1


def take_headlines(page: Page, start: int, stop: int, fewest: int) -> Iterator[Teaser]:
    """Takes the lines that are long enough for headlines where nothing else is on the page."""
    for at in range(start, stop):
        if page.is_heading(at) and page.lines[at].words >= fewest:
            page.roles[at] = TEASER
            yield Teaser(at, label=_label_above(page, at))


def same(one: str, other: str) -> bool:
    return fold(one).strip(" .!?…") == fold(other).strip(" .!?…")
