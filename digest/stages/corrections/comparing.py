"""Two readings of one article, before and after: what became of the sentences that were printed of it.

Both must be read by the same reader, so that what a reader does better is not taken for the publisher's change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Literal

from digest.language import analyse, stop_words
from digest.model import Article
from digest.stages.corrections.headlines import Headline, headline_change
from digest.stages.corrections.notes import correction_notes, noted_places
from digest.stages.corrections.wording import Kind, Word, difference, likeness, names_in, words_of
from digest.typography import plain_marks

Outcome = Literal["same", "changed", "rewritten", "cut", "other kind"]

_COUNTERPART = 0.5
"""How alike two sentences are at least, for one to be the other's new wording."""
_SURELY = 0.8
_MENDED = 0.75
_FEW = 1.0
_WALL = 3
"""Sentences that a wall puts in the place of what it hides, at most."""


@dataclass(frozen=True, slots=True)
class Change:
    """A printed sentence and the article's sentence that now stands in its place, "" for none; and what differs."""

    was: str
    now: str
    kind: Kind | Literal["gone"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of an article. `changes`, `notes` and `headline` are empty unless the outcome is `"changed"`.

    `"rewritten"` is a story told anew, which is a development and not a correction; `"cut"`, one of which only the
    beginning is left, as behind a wall; `"other kind"`, a teaser in the place of the text. `notes` are the
    publisher's own notes of correction that were not there before, `headline` what it took back of its headline.
    """

    outcome: Outcome
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    headline: Headline | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence as it is compared."""

    text: str
    words: tuple[Word, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.words)


def compare(printed: Sequence[str], old: Article, new: Article) -> Comparison:
    """What became of the sentences `printed` from `old`, now that the article is `new`.

    A sentence that still stands, wherever, has not changed; nor has one that differs only in what `difference` lets
    pass. Else the sentence most like it is what holds now, or nothing does. A sentence that is not in `old`,
    by itself or nearly, is not spoken of: nothing shows what the publisher said then. Nor is a sentence that went from
    a teaser, which its publisher writes anew at will. Of an article that was rewritten
    nothing is a correction, unless the publisher's own new note says so: one counts as rewritten when more than half
    of its sentences changed, one that is mostly the same counting half, and more than one in all. The headline of an
    article that says more than before is not spoken of either: it tells the news.
    """
    if old.kind != new.kind:
        return Comparison("other kind")
    language = old.language
    names = names_in((text for article in (old, new) for text in _texts(article)), language)
    before, after = _lines(old, language, names), _lines(new, language, names)
    standing = {line.keys for line in after} | {line.keys for line in _others(new, language, names)}
    known = {plain_marks(note) for note in correction_notes(old)}
    notes = tuple(note for note in correction_notes(new) if plain_marks(note) not in known)
    lost = [number for number, line in enumerate(before) if line.keys not in standing]
    held = {line.keys for line in before}
    free = [line for line in after if line.keys not in held]
    if lost and not notes:
        if _is_cut(before, lost, free):
            return Comparison("cut")
        if _rewritten(before, lost, free):
            return Comparison("rewritten")
    changes = []
    for text in printed:
        line = _line(text, language, names)
        original = next((each for each in before if each.keys == line.keys), None) or _nearest(line, before, _SURELY)
        if original is None or original.keys in standing:
            continue
        change = _change(text, before, before.index(original), free, language, old.kind == "full")
        if change is not None:
            changes.append(change)
    headline = None
    if notes or len(free) <= len(lost):
        texts = [line.text for line in (*before, *after)]
        headline = headline_change(old, new, texts, names, noted=bool(notes))
    return Comparison("changed" if changes or notes or headline else "same", tuple(changes), notes, headline)


def _change(
    text: str, before: Sequence[_Line], at: int, free: Sequence[_Line], language: str, is_full: bool
) -> Change | None:
    original = before[at]
    # A sentence that was cut in two, and two that became one, say the same together.
    nearest = _nearest(original, [*free, *_pairs(free)], _COUNTERPART)
    if nearest is None or not _share_a_subject(original, nearest, language):
        return Change(text, "", "gone") if is_full else None
    kind = difference(original.words, nearest.words, language)
    around = _pairs(before[max(0, at - 1) : at + 2])
    if kind is None or any(difference(pair.words, nearest.words, language) is None for pair in around):
        return None
    return Change(text, nearest.text, kind)


def _pairs(lines: Sequence[_Line]) -> list[_Line]:
    return [_Line(f"{one.text} {two.text}", one.words + two.words) for one, two in pairwise(lines)]


def _share_a_subject(one: _Line, other: _Line, language: str) -> bool:
    """Whether two sentences share half of the telling words of the shorter; what else is alike is grammar."""
    stop = stop_words(language)
    left, right = ({word.key for word in line.words if word.key not in stop} for line in (one, other))
    return 2 * len(left & right) >= min(len(left), len(right))


def _is_cut(before: Sequence[_Line], lost: Sequence[int], free: Sequence[_Line]) -> bool:
    """Whether all from some sentence on is gone, and nothing like it, at most a few lines of a wall, in its place."""
    tail = list(lost) == list(range(lost[0], len(before)))
    return (
        len(lost) > 1
        and tail
        and len(free) <= _WALL
        and not any(_nearest(before[at], free, _COUNTERPART) for at in lost)
    )


def _rewritten(before: Sequence[_Line], lost: Sequence[int], free: Sequence[_Line]) -> bool:
    weight = sum(0.5 if _nearest(before[number], free, _MENDED) else 1.0 for number in lost)
    return weight > max(_FEW, len(before) / 2)


def _nearest(line: _Line, among: Sequence[_Line], least: float) -> _Line | None:
    """The line most like another one, the first of equals; None where none is as like as `least`."""
    best, found = 0.0, None
    for other in among:
        # What two sentences can share at most is cheap to know, and mostly too little.
        most = 2 * min(len(line.words), len(other.words)) / (len(line.words) + len(other.words) or 1)
        if most < max(least, best):
            continue
        alike = likeness(line.words, other.words)
        if alike >= least and alike > best:
            best, found = alike, other
    return found


def _lines(article: Article, language: str, names: frozenset[str]) -> list[_Line]:
    """The article's sentences, but for its notes of correction."""
    return [_line(text, language, names) for text in _texts(article)]


def _others(article: Article, language: str, names: frozenset[str]) -> list[_Line]:
    """Where else a sentence may have gone: the headline and the subheads."""
    subheads = [block.text for block in article.blocks if block.kind == "subhead"]
    return [_line(text, language, names) for text in (article.headline, *subheads)]


def _line(text: str, language: str, names: frozenset[str]) -> _Line:
    return _Line(text, words_of(text, language, names))


def _texts(article: Article) -> list[str]:
    noted = noted_places(article)
    return [sentence.text for sentence in analyse(article).sentences if sentence.start < noted.get(sentence.field, inf)]
