"""A page under work: its lines, what kind of furniture each is, and which part of which article it turns out to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from digest.formats.page_text.furniture import CAPTION, CREDIT, kind_of
from digest.formats.page_text.lines import Line
from digest.markup import fold

REPEATED, AGAIN = "repeated on the source's pages", "repeated line"

HEADLINE, STANDFIRST, PARAGRAPH, SUBHEAD, BYLINE = "headline", "standfirst", "paragraph", "subhead", "byline"
TEASER = "teaser"
_OFTEN, _LONGEST_LABEL = 3, 4
"""A short line that stands so often on a page is a label on it."""


@dataclass(slots=True)
class Page:
    """`kinds[i]` is what furniture or label line i is by what it says, "" where nothing says so. `roles[i]` is what the
    line was taken for: a part of the article, `TEASER`, or the reason why it is left out; "" while undecided.
    `pictured` tells that links name the teasers again, which stand around pictures and their descriptions.
    """

    lines: Sequence[Line]
    kinds: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    pictured: bool = False

    def is_content(self, at: int) -> bool:
        """Whether a line may be part of an article: neither furniture nor taken."""
        return not self.kinds[at] and not self.roles[at]

    def is_prose(self, at: int) -> bool:
        return self.is_content(at) and self.lines[at].is_prose

    def is_heading(self, at: int) -> bool:
        """Whether a line is content that may be a headline."""
        return self.is_content(at) and self.lines[at].may_be_headline and self.lines[at].words < 25

    def content(self, start: int, stop: int) -> Iterator[int]:
        """The content lines from `start` to before `stop`, in either direction."""
        return (at for at in range(start, stop, 1 if start <= stop else -1) if self.is_content(at))


def _is_label(line: Line) -> bool:
    return line.words <= _LONGEST_LABEL and not line.ends and not line.is_item and not line.text.endswith((":", "："))


def page_of(lines: Sequence[Line], repeated: frozenset[str]) -> Page:
    """A page whose lines are told apart by what they say, and by what other pages of its source say too."""
    kinds = []
    counts = Counter(fold(line.text) for line in lines)
    for line in lines:
        kind = kind_of(line)
        if not kind and _is_label(line) and counts[fold(line.text)] >= _OFTEN:
            kind = AGAIN
        if not kind and not line.is_prose and fold(line.text) in repeated:
            kind = REPEATED
        kinds.append(kind)
    for at in range(len(lines) - 1):
        if kinds[at] == CAPTION and kinds[at + 1] == CREDIT and lines[at].is_prose:
            kinds[at] = ""  # in a gallery the captions are what is told, and each credit has a line of its own
    return Page(lines, kinds, [""] * len(lines))
