"""Which sentences stand inside a quotation that begins or ends in another sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal

from digest.model import Sentence

Held = Literal["part", "whole", ""]
"""Part of a quotation only, nothing but a quotation, or neither."""

_MARK = re.compile('["“”„«»「」『』]')
_CLOSERS = {"“": '”“"', "„": '“”"', "«": "»", "»": "«", '"': '"', "”": "”", "「": "」", "『": "』"}
_NEVER_OPEN = "」』"
_SINGLES = "'‘’"
_SINGLE_OPEN = re.compile(r"(?<!\w)['‘](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])['’](?!\w)")
_CARRIED = 5
"""Sentences after which a quotation left open across paragraphs is taken for a slip of the pen."""


class Quotations:
    """What each sentence of an article holds of quotations, read from the first sentence on as far as is asked."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._known: list[Held] = []
        self._coming = _followed(sentences)

    def held(self, i: int) -> Held:
        """What sentence `i` holds."""
        if i >= len(self._known):
            self._known += islice(self._coming, i + 1 - len(self._known))
        return self._known[i]


def _followed(sentences: Sequence[Sentence]) -> Iterator[Held]:
    """Follow the quotation marks through an article's sentences.

    A quotation left open by a paragraph goes on in the next one, which may open it again. Straight
    marks are told apart by their neighbours where those say which way a mark turns.
    """
    state = ""
    open_for = 0
    for sentence in sentences:
        text, before = sentence.text, state
        half = (text[0] in _SINGLES or text[-1] in _SINGLES) and _half_single(text)
        # Most sentences have no mark, and in ASCII there is but one to look for.
        if not before and not ('"' in text if text.isascii() else _MARK.search(text)):
            yield "part" if half else ""
            continue
        state, stray, whole = _read(text, before)
        open_for = open_for + 1 if state and before else 0
        yield "part" if before or state or stray or half else "whole" if whole else ""
        if open_for >= _CARRIED:
            state, open_for = "", 0


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
