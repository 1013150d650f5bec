"""Cutting a line short where a reader would pause."""

from __future__ import annotations

import re

from digest.language import sentence_spans, stop_words, words

# A comma inside a number is none; a hyphen is a pause only between spaces.
_PAUSE = re.compile(r"\s+[–—-]+\s+|\s*[,;:](?=\s)|\s+\((?=\w)|[，；：、،؛]")
_SHORTEST_CLAUSE = 20
_CLOSING = " .,;:!?…–—-(["


def shorten(text: str, limit: int) -> str:
    """The text in at most `limit` characters: whole, or up to a word's end with an ellipsis."""
    if len(text) <= limit:
        return text
    return _up_to_word(text, limit - 1).rstrip(_CLOSING) + "…"


def opening(text: str, limit: int, language: str = "und") -> str:
    """The first words of a text, verbatim, in at most `limit` characters.

    The first sentence without its full stop if it fits, else that sentence up to its last pause,
    else up to a word that can end a line, with an ellipsis: "for the first time" may go on "in two
    years". "" only for a text without words.
    """
    spans = sentence_spans(text, language)
    start, end = spans[0] if spans else (0, len(text))
    sentence = text[start:end]
    if len(sentence) <= limit + 1 and sentence.endswith((".", "。")) and not sentence.endswith(".."):
        sentence = sentence[:-1]
    if len(sentence) <= limit:
        return sentence.strip()
    pauses = [match.start() for match in _PAUSE.finditer(sentence) if _SHORTEST_CLAUSE <= match.start() <= limit]
    if pauses:
        return _closed(sentence[: pauses[-1]])
    cut = _closed(_without_loose_end(_up_to_word(sentence, limit - 1), language))
    return f"{cut}…" if cut else ""


def _up_to_word(text: str, limit: int) -> str:
    """The longest beginning of whole words; a text without spaces is cut where it must be."""
    if len(text) <= limit or text[limit].isspace():
        return text[:limit].rstrip()
    cut = text[:limit].rpartition(" ")[0].rstrip()
    return cut or text[:limit]


def _without_loose_end(text: str, language: str) -> str:
    """The text without a last article, preposition or the like, which would promise more."""
    loose = stop_words(language)
    while " " in text:
        rest, _, last = text.rpartition(" ")
        if any(word not in loose for word in words(last, language)):
            break
        text = rest
    return text


def _closed(text: str) -> str:
    """The text without hanging punctuation, and without an opening bracket or quotation mark that nothing closes."""
    text = text.rstrip(_CLOSING)
    for opens, closes in ("()", "[]", "“”", "«»", "„“"):
        if text.startswith(opens) and closes not in text[1:]:
            text = text[1:]
    return text.strip()
