"""A publisher's own note that an article was corrected, in the languages of the data files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from digest.language import sentence_spans
from digest.model import Article, Field
from digest.stages.corrections.lexicon import NotePhrases, note_phrases
from digest.typography import plain_marks

LONGEST = 600
"""Characters of a note that are carried; what goes on is a text about corrections, not a note."""
_MARKS = " *•·†‡[]()_\"'>-"
_ANY_MARKS = _MARKS + "“”„‟«»″〝〞＂’‘‚‛‹›′`´ʼ–—―‒‐‑−"
_LOOKED_AT = 400
_BEGINNING = 24
_EDITORS = re.compile(
    r"(?:editor'?s?'? note|note from the editors?|anmerkung der redaktion|hinweis der redaktion|anm\. d\. red\.|"
    r"die redaktion|note de la rédaction|ndlr|nota della redazione|ndr|nota de la redacción|nota del editor|"
    r"n\. ?de ?la ?r\.|update|aktualisiert|mise à jour|aggiornamento|actualización)\s*[:.,-]\s*"
)
_EDITORS_BEGIN = (
    "editor", "note", "anm", "hinweis", "die redaktion", "ndlr", "nota", "ndr", "n. d", "n.d", "update", "aktualisiert",
    "aggiornamento",
)  # fmt: skip
_DATED = re.compile(r"(?:\s*[(,]?[^:]{0,30}\d{1,4}[^:]{0,20}\)?)?\s*(?:[:\])]|-\s|\.\s|$)")
_SAID_WITHIN = 4
"""Words behind "an earlier version" among which a note names its article, or its mistake."""


_RETRACTING = (
    "retract", "rétract", "withdrawn", "zurückgezogen", "widerruf", "ziehen diese", "zieht diese", "retiré",
    "retirons", "ritira", "ritiri", "ritratt", "retirad", "retiramos",
)  # fmt: skip
"""Of which every phrase that takes an article back has one."""
_STEMS = (
    "corr", "korri", "korre", "errat", "erreur", "error", "rectif", "rettif", "preci", "préci", "präzi", "aclara",
    "clarif", "berichtig", "richtigst", "klarst", "versi", "fassung", "for the record", "fehler", "headline", "caption",
    "contrair", "contraria", "amend", "incorrect", "mistaken", "originally", "scusiamo", "excus", "differenza",
    "mise au", "appended", "disculpas", *_RETRACTING,
)  # fmt: skip
_FIRST, _LAST = 3, 6
"""A note stands among the first blocks of an article or the last; in between it would be looked for in vain."""


def _may_open_note(text: str) -> bool:
    """Whether a text may begin as a note does, which a few letters tell of most texts that do not."""
    head = text.lstrip(_ANY_MARKS)[:_BEGINNING]
    if not (head.isascii() and head.isprintable() and "  " not in head and "`" not in head):
        return True  # what can be written in two ways must be looked at
    head = head.lower()
    return head.startswith(_beginnings().get(head[:1], ()))


def correction_notes(article: Article) -> tuple[str, ...]:
    """The notes an article carries, verbatim, in its order: each from the sentence that opens it to the block's end.

    A teaser carries its note in its standfirst.
    """
    return tuple(text[start:].strip()[:LONGEST] for _, text, start in _noted(article))


def noted_places(article: Article) -> dict[Field, int]:
    """For each block that holds a note, by its number, and the standfirst, the character at which the note begins."""
    return {field: start for field, _, start in _noted(article)}


def _noted(article: Article) -> Iterator[tuple[Field, str, int]]:
    for field, text in _places(article):
        # Most texts hold no word that a note could begin with, and need not be cut into sentences.
        if not _may_note(text):
            continue
        for start, end in sentence_spans(text, article.language):
            if begins_note(text, start, end):
                yield field, text, start
                break


def begins_note(text: str, start: int, end: int) -> bool:
    """Whether a note begins with the sentence of a text that goes from `start` to `end`."""
    phrases = note_phrases()
    return _opens(text[start : start + _LOOKED_AT], phrases) or _retracts(text[start:end], phrases)


def _places(article: Article) -> Iterator[tuple[Field, str]]:
    yield "standfirst", article.standfirst
    for number, block in enumerate(article.blocks):
        if _is_looked_at(article, number):
            yield number, block.text


def _is_looked_at(article: Article, field: Field) -> bool:
    return not isinstance(field, int) or not _FIRST <= field < len(article.blocks) - _LAST


TELLING_WORDS = tuple(sorted({max(stem.split(), key=len) for stem in _STEMS}))
"""Pieces of words, in lower case, of which a text that may hold a note holds one."""


def may_note(article: Article, field: Field) -> bool:
    """Whether a note may stand in a block of the article, given by its number, or its standfirst."""
    return _is_looked_at(article, field) and _may_note(article.text(field))


def _may_note(text: str) -> bool:
    """Whether a text holds the stem of any word that notes begin with."""
    lower = text.lower()
    return any(map(lower.__contains__, _STEMS))


@cache
def _beginnings() -> Mapping[str, tuple[str, ...]]:
    """How notes begin that begin with plain letters, by the first letter."""
    phrases = note_phrases()
    begin: defaultdict[str, set[str]] = defaultdict(set)
    for phrase in (*phrases.openings, *phrases.versions, *phrases.labels, *_EDITORS_BEGIN):
        if phrase[:_BEGINNING].isascii():
            begin[phrase[0]].add(phrase[:_BEGINNING])
    return {letter: tuple(sorted(each)) for letter, each in begin.items()}


def _retracts(sentence: str, phrases: NotePhrases) -> bool:
    """Whether a sentence says that its article is taken back ("The Gazette has retracted this article.")."""
    head = sentence[:_LOOKED_AT].casefold()
    if not any(map(head.__contains__, _RETRACTING)):
        return False  # which costs less to see than to make its marks plain
    folded = plain_marks(sentence[:_LOOKED_AT]).casefold()
    return any(map(folded.__contains__, phrases.retractions))


def _opens(text: str, phrases: NotePhrases) -> bool:
    """Whether a text begins as a note does, given its first characters."""
    if not _may_open_note(text):
        return False
    folded = plain_marks(text).casefold().lstrip(_MARKS)
    editors = _EDITORS.match(folded)
    if editors:
        folded = folded[editors.end() :].lstrip(_MARKS)
    if folded.startswith(phrases.openings):
        return True
    if folded.startswith(phrases.versions):
        version = next(each for each in phrases.versions if folded.startswith(each))
        return not phrases.objects.isdisjoint(re.findall(r"\w+", folded[len(version) :])[:_SAID_WITHIN])
    return any(_DATED.match(folded[len(label) :]) for label in phrases.labels if folded.startswith(label))
