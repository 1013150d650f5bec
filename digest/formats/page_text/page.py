"""A page under work: its lines, what kind of furniture each is, and which part of which article it turns out to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from digest.formats.page_text.furniture import (
    CAPTION,
    COMMENTS,
    CREDIT,
    DATE,
    DISCUSSION,
    LANGUAGES,
    NEWSLETTER,
    PAYWALL,
    TRANSLATION,
    kind_of,
)
from digest.formats.page_text.lines import CARD, Line
from digest.markup import fold
from digest.phrases import normal, phrases

HEADLINE, STANDFIRST, PARAGRAPH, SUBHEAD, BYLINE, LABEL, TEASER = (
    "headline", "standfirst", "paragraph", "subhead", "byline", "label", "teaser",
)  # fmt: skip
KEPT = frozenset((HEADLINE, STANDFIRST, PARAGRAPH, SUBHEAD, BYLINE, LABEL, TEASER))
"""The roles of lines that stand in an article; any other role is the reason why a line is left out."""

REPEATED, AGAIN = "repeated on the source's pages", "repeated line"
_LONGEST_CRY = 18
_DATELINE = re.compile(r"[^()]{3,40}\(([A-Z][\w/ -]{1,20})\)\s*[.:–—-]")
_OFTEN, _LONGEST_LABEL = 3, 4
"""A line of so few words that stands on a page so often is a label."""
_BOXES = {
    DISCUSSION: (2, 35, (DISCUSSION, COMMENTS)),
    NEWSLETTER: (1, 20, (NEWSLETTER,)),
    PAYWALL: (1, 20, (PAYWALL,)),
}
"""How many lines and words a box holds, and the kinds of line that may close it, by the kind that opens it."""


@dataclass(slots=True)
class Page:
    """`kinds[i]` is what furniture or label line i is by what it says, "" where nothing says so. `roles[i]` is what
    the line was taken for, "" while undecided. `repeated` are the lines that other pages of the source carry too.
    `pictured` tells that links name the teasers again, which then stand around pictures and their descriptions.
    """

    lines: Sequence[Line]
    kinds: list[str]
    roles: list[str]
    repeated: frozenset[int] = frozenset()
    pictured: bool = False

    def is_content(self, at: int) -> bool:
        """Whether a line may be part of an article: there, neither furniture nor taken."""
        return at < len(self.lines) and not self.kinds[at] and not self.roles[at]

    def is_prose(self, at: int) -> bool:
        return self.is_content(at) and self.lines[at].is_prose

    def is_heading(self, at: int) -> bool:
        """Whether a line is content that may be a headline."""
        return self.is_content(at) and self.lines[at].may_be_headline and self.lines[at].words < 25

    def is_plain_heading(self, at: int) -> bool:
        """Whether a line may be a headline and reads like no sentence, but for a question or an exclamation."""
        if not self.is_heading(at):
            return False
        line = self.lines[at]
        return not line.is_prose or line.is_question or (line.words <= _LONGEST_CRY and line.sentences <= 2)

    def content(self, start: int, stop: int) -> Iterator[int]:
        """The content lines from `start` to before `stop`."""
        return (at for at in range(start, stop) if self.is_content(at))

    def kind(self, at: int) -> str:
        """The kind of a line, "" for one that is not there."""
        return self.kinds[at] if 0 <= at < len(self.lines) else ""


def page_of(lines: Sequence[Line], repeated: Container[str]) -> Page:
    """A page whose lines are told apart by what they say and how often."""
    kinds = [kind_of(line) for line in lines]
    folded = [fold(line.text) for line in lines]
    counts = Counter(folded)
    agency = _reporting_agency(lines)
    for at, line in enumerate(lines):
        if not kinds[at] and _is_short(line) and counts[folded[at]] >= _OFTEN:
            kinds[at] = AGAIN
        elif kinds[at : at + 2] == [CAPTION, CREDIT] and line.is_prose:
            kinds[at] = ""  # in a gallery the captions are what is told, and each credit has a line of its own
        elif kinds[at] == CAPTION and agency and line.text.endswith(agency):
            kinds[at] = ""  # the agency that opens its report signs it too
    _tell_cards(lines, kinds)
    _fill_boxes(lines, kinds)
    _tell_languages(lines, kinds)
    elsewhere = frozenset(at for at, line in enumerate(lines) if line.text in repeated)
    return Page(lines, kinds, [""] * len(lines), elsewhere)


def _tell_cards(lines: Sequence[Line], kinds: list[str]) -> None:
    """What says when something was published dates a teaser, and so do several dates below headlines."""
    dates = [at for at, kind in enumerate(kinds) if kind == DATE]
    said = [at for at in dates if fold(lines[at].text).startswith(phrases().published)]
    between = [at for at in dates if _parts_a_teaser(lines, kinds, at)]
    for at in {*said, *(between if len(between) >= _OFTEN else ())}:
        kinds[at] = CARD


def _parts_a_teaser(lines: Sequence[Line], kinds: list[str], at: int) -> bool:
    if not 0 < at < len(lines) - 1 or kinds[at - 1] or kinds[at + 1]:
        return False
    return lines[at - 1].may_be_headline and not lines[at - 1].is_prose and lines[at + 1].is_prose


def _tell_languages(lines: Sequence[Line], kinds: list[str]) -> None:
    """Below what says that an article is there in other languages stand its headlines in them, behind their names."""
    for at in range(1, len(lines)):
        if kinds[at - 1] in (TRANSLATION, LANGUAGES) and not kinds[at]:
            name = fold(lines[at].text.split()[0])
            if name in phrases().languages and not lines[at].is_prose:
                kinds[at] = LANGUAGES


def _fill_boxes(lines: Sequence[Line], kinds: list[str]) -> None:
    """What little stands right between two different lines of one box ("Hosted by", "Join the debate") stands in it."""
    for at, kind in enumerate(kinds):
        size, words, ends = _BOXES.get(kind, (0, 0, ()))
        end = next((end for end in range(at + 1, min(at + 2 + size, len(lines))) if kinds[end]), at + 1)
        is_box = end > at + 1 and kinds[end] in ends and lines[end].text != lines[at].text
        if is_box and sum(line.words for line in lines[at + 1 : end]) <= words:
            kinds[at + 1 : end] = [kind] * (end - at - 1)


def _reporting_agency(lines: Sequence[Line]) -> str:
    """The agency whose report the page holds, as its dateline names it ("Lisbon, 21 Nov (LUSA) - …"), behind a stop."""
    found = (match for line in lines if line.is_prose and (match := _DATELINE.match(line.text)))
    return next((f". {match[1]}" for match in found), "")


def _is_short(line: Line) -> bool:
    if line.words > _LONGEST_LABEL or line.ends or line.is_item or line.opens_list:
        return False
    return normal(line.text) not in phrases().sections
