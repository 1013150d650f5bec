"""Which sentences belong to a picture: how captions are written, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from digest.language.lexicon import Lexicon
from digest.model import Analysis
from digest.vocabulary import Rows

_AGENCY_CREDIT = re.compile(
    r"[A-ZÀ-ÖØ-Þ]{2,}(?:\s[A-ZÀ-ÖØ-Þ]+)*\s?/\s?[A-ZÀ-ÖØ-Þ][\w.’'-]*(?:\s[A-ZÀ-ÖØ-Þ][\w.’'-]*){0,3}\s*\Z"
)
_LONGEST_SCENE = 28
_SCENES = 3
"""Captions that stand in the text stand at its top: among the first so many sentences."""
_LONGEST_CAPITALS = 4
_CAPTION = 3
"""So many sentences, one more with its credit, a picture's caption has at most."""
_PICTURES = frozenset({"caption", "credit"})
LONGEST_STUB = 8
_SMALL = ("and", "for", "in", "of", "und", "für", "et", "pour", "e", "per", "y", "para", "de", "da", "di", "la", "le")


class Read(Protocol):
    """What is known of an article's sentences."""

    @property
    def analysis(self) -> Analysis: ...

    @property
    def lexis(self) -> Lexicon: ...

    @property
    def words(self) -> Rows: ...

    @property
    def lengths(self) -> Sequence[int]: ...

    def listed(self, i: int) -> Sequence[str]:
        """The rules that the language's own lists say sentence `i` breaks."""


def is_caption(read: Read, i: int) -> bool:
    """Does sentence `i` belong to a picture?"""
    return (
        (0 < i < _SCENES and _shows_a_scene(read, i))
        or _stands_over_a_credit(read, i)
        or _is_stuck_on(read, i)
        or _is_under_capitals(read, i)
        or _goes_on_with_a_caption(read, i)
    )


def _shows_a_scene(read: Read, i: int) -> bool:
    """Is this how captions are written: in the present tense, of a day that is past?"""
    # A verb in the past is soonest seen.
    if not read.lexis.scenes or "ed " in read.analysis.sentences[i].text or read.lengths[i] > _LONGEST_SCENE:
        return False
    words = read.words[i]
    if not words:
        return False
    if any(word in read.lexis.not_scenes or word.endswith("ed") for word in words):
        return False
    if words[-1] in read.lexis.pictures:
        return True
    dated = any(word in read.lexis.calendar or re.fullmatch(r"(?:19|20)\d\d", word) for word in words[2:])
    return dated and any(_third_person(word, read.lexis.scenes) for word in words[1:])


def _stands_over_a_credit(read: Read, i: int) -> bool:
    """Does the picture's credit follow in the same short paragraph ("The pier at noon. Photo: Ida Vance")?"""
    sentences = read.analysis.sentences
    last = i
    if i + 1 == len(sentences) or sentences[i + 1].field != sentences[i].field:
        return False
    while last - i < _CAPTION and last + 1 < len(sentences) and sentences[last + 1].field == sentences[i].field:
        last += 1
    text = sentences[last].text
    if (text[-1] in ".!?" and text[0] not in "([") or read.lengths[last] > LONGEST_STUB:
        return False
    if (text[0] == "(" and text[-1] == ")" and is_name(text)) or text[0] == "/" or _AGENCY_CREDIT.match(text):
        return True
    return "©" in text or not _PICTURES.isdisjoint(read.listed(last))


def _goes_on_with_a_caption(read: Read, i: int) -> bool:
    """Is this in a short paragraph that opens as a caption does ("Picture: The pier. It is still closed.")?"""
    sentences = read.analysis.sentences
    field, first, last = sentences[i].field, i, i
    while first and last - first <= _CAPTION and sentences[first - 1].field == field:
        first -= 1
    if first == i:
        return False
    while last + 1 < len(sentences) and last - first < _CAPTION and sentences[last + 1].field == field:
        last += 1
    return last - first < _CAPTION and "caption" in read.listed(first)


def _is_stuck_on(read: Read, i: int) -> bool:
    """Does the text go on without a space behind these few words ("The pier at Norwell.The council voted")?"""
    if i + 1 == len(read.analysis.sentences) or read.lengths[i] > LONGEST_STUB:
        return False
    here, following = read.analysis.sentences[i : i + 2]
    return here.field == following.field and here.start + len(here.text) == following.start


def _is_under_capitals(read: Read, i: int) -> bool:
    """Does this follow a few words in capitals, as captions do ("FISHERMEN. The pier at noon.")?"""
    if i == 0 or not read.lexis.voices or read.lengths[i - 1] > _LONGEST_CAPITALS:
        return False
    before, here = read.analysis.sentences[i - 1 : i + 1]
    return before.field == here.field and before.text.isupper()


def _third_person(word: str, verbs: Collection[str]) -> bool:
    """Is this one of the English verbs, with or without the ending of "she waits", "she carries"?"""
    if word in verbs or word.removesuffix("s") in verbs or word.removesuffix("es") in verbs:
        return True
    return word.endswith("ies") and f"{word[:-3]}y" in verbs


def is_name(text: str) -> bool:
    """Is this nothing but capitalised words, as a name is?"""
    words = re.findall(r"[^\W\d]+", text)
    return all(word[0].isupper() or word in _SMALL for word in words) and not re.search(r"\d", text)
