"""Which sentences stand inside a quotation that begins or ends in another sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import Sentence

_MARK = re.compile('["“”„«»「」『』]')
_CLOSERS = {"“": '”“"', "„": '“”"', "«": "»", "»": "«", '"': '"', "”": "”", "「": "」", "『": "』"}
_NEVER_OPEN = "」』"
_SINGLES = "'‘’"
_SINGLE_OPEN = re.compile(r"(?<!\w)['‘](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])['’](?!\w)")
_CARRIED = 5
"""Sentences after which a quotation left open across paragraphs is taken for a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Sentences that hold part of a quotation only, and those that are nothing but a quotation."""

    parts: frozenset[int]
    wholes: frozenset[int]


def quoted(sentences: Sequence[Sentence]) -> Quoted:
    """Follow the quotation marks through an article's sentences.

    A quotation left open by a paragraph goes on in the next one, which may open it again. Straight
    marks are told apart by their neighbours where those say which way a mark turns.
    """
    parts: set[int] = set()
    wholes: set[int] = set()
    state = ""
    open_for = 0
    for i, sentence in enumerate(sentences):
        text, before = sentence.text, state
        half = (text[0] in _SINGLES or text[-1] in _SINGLES) and _half_single(text)
        # Most sentences have no mark, and in ASCII there is but one to look for.
        if not before and not ('"' in text if text.isascii() else _MARK.search(text)):
            if half:
                parts.add(i)
            continue
        state, stray, whole = _read(text, before)
        open_for = open_for + 1 if state and before else 0
        if before or state or stray or half:
            parts.add(i)
        elif whole:
            wholes.add(i)
        if open_for >= _CARRIED:
            state, open_for = "", 0
    return Quoted(frozenset(parts), frozenset(wholes))


def _read(text: str, state: str) -> tuple[str, bool, bool]:
    """The mark left open after a text, whether one closes nothing, and whether one quotation is all of it."""
    stray = False
    first = last = -1
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        opening = (not before or before.isspace() or before in "(—–-[") and (after.isalnum() or after in "¿¡'‘[(…")
        if not state:
            if mark in _NEVER_OPEN or (mark == "”" and not opening):
                stray = True
            else:
                state = mark
                first = at if first < 0 else first
        elif mark in _CLOSERS.get(state, "") and not (opening and mark in '“"'):
            state = ""
            last = at
    whole = first == 0 and _letters(text[last + 1 :]) == 0 and len(_MARK.findall(text)) == 2
    return state, stray, whole


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _half_single(text: str) -> bool:
    """Does a quotation in single marks begin here and end elsewhere, or the reverse?

    A single mark may be an apostrophe, so only a text that begins or ends with one is judged.
    """
    if text[0] in "'‘":
        return not _SINGLE_CLOSE.search(text) and len(text) > 1 and text[1].isalpha() and text[1].isupper()
    return text[-1] in "'’" and not _SINGLE_OPEN.search(text)
