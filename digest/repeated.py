"""Which lines the pages of one source repeat, counted over all that are remembered: what furniture is made of. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Literal

from digest.markup import clean_text

Kind = Literal["page", "item"]

MOST_PAGES = 100
"""Pages of each kind that are remembered of a source, the newest."""
_MOST_LINES = 500
"""Lines of a page that are remembered: those of the lowest marks, so that all pages keep the same ones."""

_WORDS_OF_A_SENTENCE, _WORDS_OF_A_HEADLINE = 8, 5
_SAME_ARTICLE = 3
"""Two pages that share so many sentences, and half of the shorter one's, carry one article, and are one witness."""
_FEWEST = 3
"""Pages on which a line must stand, at least, that is as long as a headline."""
_RARE = 5
"""A shorter line must stand on one page in so many, and on two at least: a subhead may well come again."""

_SHORT, _HEADLINE, _SENTENCE = range(3)
_LENGTH = 3
"""The bits of a mark that tell how long its line is."""
_WIDE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Characters of scripts that set no spaces between words."""
_NUMBER = re.compile(r"\d+")
_ENDS_A_SENTENCE = re.compile(r"[.!?…。！？؟।][\"'”’»)\]）」』]*$")


@dataclass(frozen=True, slots=True)
class Shown:
    """The lines of one page of a source, or of one item of its feed, as marks, and when they were first seen so.

    `page` names it for as long as it lives: read again, or in a new wording, it is the same page.
    """

    page: str
    kind: Kind
    lines: frozenset[int]
    seen: datetime

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by within its source."""
        return self.kind, self.page


@dataclass(frozen=True, slots=True)
class Repeated:
    """A set of lines, of which only marks are kept. A line is in it whatever its case, its spaces and its numbers,
    but for the numbers of a sentence, which may be what it tells."""

    marks: frozenset[int] = frozenset()

    def __contains__(self, line: object) -> bool:
        return bool(self.marks) and isinstance(line, str) and mark_of(line) in self.marks

    def __bool__(self) -> bool:
        return bool(self.marks)


def marks_of(lines: Iterable[str]) -> frozenset[int]:
    """The marks of a page's lines, of at most `_MOST_LINES`."""
    marks = {mark_of(line) for line in lines}
    return frozenset(sorted(marks)[:_MOST_LINES] if len(marks) > _MOST_LINES else marks)


def mark_of(line: str) -> int:
    """63 bits that stand for a line; the lowest two tell how long it is."""
    text = clean_text(line).casefold()
    length = _length(text)
    if length != _SENTENCE:
        text = _NUMBER.sub("0", text)
    hashed = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(hashed, "big") >> 1) & ~_LENGTH | length


def _length(text: str) -> int:
    words = text.count(" ") + 1
    if not text.isascii():
        words += len(_WIDE.findall(text)) // 2
    if words < _WORDS_OF_A_HEADLINE:
        return _SHORT
    return _SENTENCE if words >= _WORDS_OF_A_SENTENCE and _ENDS_A_SENTENCE.search(text) else _HEADLINE


def repeated(shown: Iterable[Shown]) -> Repeated:
    """The lines that so many different pages show that they are no page's own.

    Copies of one page (an article saved twice, a wire story printed twice) count as one: their bodies repeat without
    being furniture. A line as long as a headline must stand on at least three pages, and on half of those that
    were first seen between its first and its last, since a story may well be teased on several; so must any line of
    an item.
    """
    pages = sorted(shown, key=lambda each: (each.seen, each.page))
    of_pages = _repeated([each for each in pages if each.kind == "page"], fewest_short=2)
    of_items = _repeated([each for each in pages if each.kind == "item"], fewest_short=_FEWEST)
    return Repeated(of_pages | of_items)


def _repeated(pages: Sequence[Shown], fewest_short: int) -> frozenset[int]:
    counts = Counter(mark for page in pages for mark in page.lines)
    candidates = {mark for mark, count in counts.items() if count > 1}
    if not candidates:
        return frozenset()
    witnesses = _different(pages, candidates)
    standing: dict[int, list[int]] = {}
    for place, page in enumerate(witnesses):
        for mark in page.lines & candidates:
            standing.setdefault(mark, []).append(place)
    first, last = _moments(witnesses)
    found = set()
    for mark, places in standing.items():
        span = last[places[-1]] - first[places[0]] + 1
        is_short = mark & _LENGTH == _SHORT
        if is_short and fewest_short < _FEWEST:
            wanted = max(fewest_short, -(-len(witnesses) // _RARE))
        else:
            wanted = max(_FEWEST, -(-span // 2))
        if len(places) >= wanted:
            found.add(mark)
    return frozenset(found)


def _moments(pages: Sequence[Shown]) -> tuple[list[int], list[int]]:
    """For each page the first and the last place of those that were seen with it: nothing orders them."""
    first, last = list(range(len(pages))), list(range(len(pages)))
    for place in range(1, len(pages)):
        if pages[place].seen == pages[place - 1].seen:
            first[place] = first[place - 1]
    for place in range(len(pages) - 2, -1, -1):
        if pages[place].seen == pages[place + 1].seen:
            last[place] = last[place + 1]
    return first, last


def _different(pages: Sequence[Shown], candidates: set[int]) -> list[Shown]:
    """The pages without those that carry the article of an earlier one."""
    kept: list[Shown] = []
    lengths: list[int] = []
    places: dict[int, list[int]] = {}
    for page in pages:
        sentences = [mark for mark in page.lines if mark & _LENGTH == _SENTENCE]
        shared = Counter(place for mark in sentences if mark in candidates for place in places.get(mark, ()))
        if any(count >= max(_SAME_ARTICLE, min(len(sentences), lengths[place]) / 2) for place, count in shared.items()):
            continue
        if not sentences and any(page.lines == other.lines for other in kept[-1:]):
            continue
        for mark in sentences:
            if mark in candidates:
                places.setdefault(mark, []).append(len(kept))
        kept.append(page)
        lengths.append(len(sentences))
    return kept


@dataclass(frozen=True, slots=True)
class Lesson:
    """What of a source's pages is to be written down, and what is to be forgotten."""

    new: tuple[Shown, ...] = ()
    old: tuple[Shown, ...] = ()


def remembered(known: Iterable[Shown], given: Iterable[Shown]) -> Lesson:
    """What of `given` is to be written down, and what of `known` is to be forgotten for it; each page stands once.

    A page that shows what it showed before keeps the time at which that was first seen, so that reading it again
    writes nothing.
    """
    before = {each.key: each for each in known}
    now: dict[tuple[str, str], Shown] = {}
    for each in sorted(given, key=lambda each: each.key):
        if each.lines and (each.key not in before or before[each.key].lines != each.lines):
            now[each.key] = each
    kept: set[tuple[str, str]] = set()
    for kind in ("page", "item"):
        both = sorted((each for key, each in (before | now).items() if key[0] == kind), key=lambda each: each.page)
        both.sort(key=lambda each: each.seen, reverse=True)
        kept |= {each.key for each in both[:MOST_PAGES]}
    return Lesson(
        tuple(each for key, each in now.items() if key in kept),
        tuple(each for key, each in before.items() if key not in kept),
    )
