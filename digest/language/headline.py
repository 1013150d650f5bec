"""A headline of ours, for a text that its publisher gave none: its own first words, cut where a reader would pause."""

from __future__ import annotations

import re

from digest.language.sentences import sentence_spans
from digest.language.words import stop_words, words

LONGEST_HEADLINE = 90
"""Characters; publishers' own are seldom longer."""
CLOSING = " .,;:!?…–—-(["
"""What hangs behind the last word of a line that was cut."""
_READ = 1000
"""Characters of a text that are looked at; a first sentence longer than that does not fit either."""
# A comma inside a number is none; a hyphen is a pause only between spaces.
_PAUSE = re.compile(r"\s+[–—-]+\s+|\s*[,;:](?=\s)|\s+\((?=\w)|[，；：、،؛]")
_SHORTEST_CLAUSE = 20


def made_headline(text: str, language: str = "und") -> str:
    """The first words of a text, verbatim, in at most `LONGEST_HEADLINE` characters.

    The first sentence without its full stop if it fits, else that sentence up to its last pause,
    else up to a word that can end a line, with an ellipsis: "for the first time" may go on "in two
    years". "" only for a text without words.
    """
    text = text[:_READ]
    spans = sentence_spans(text, language)
    start, end = spans[0] if spans else (0, len(text))
    sentence = text[start:end]
    if len(sentence) <= LONGEST_HEADLINE + 1 and sentence.endswith((".", "。")) and not sentence.endswith(".."):
        sentence = sentence[:-1]
    if len(sentence) <= LONGEST_HEADLINE:
        return sentence.strip()
    places = (match.start() for match in _PAUSE.finditer(sentence))
    pauses = [place for place in places if _SHORTEST_CLAUSE <= place <= LONGEST_HEADLINE]
    if pauses:
        return _closed(sentence[: pauses[-1]])
    cut = _closed(_without_loose_end(up_to_word(sentence, LONGEST_HEADLINE - 1), language))
    return f"{cut}…" if cut else ""


def up_to_word(text: str, limit: int) -> str:
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
    text = text.rstrip(CLOSING)
    for opens, closes in ("()", "[]", "“”", "«»", "„“"):
        if text.startswith(opens) and closes not in text[1:]:
            text = text[1:]
    return text.strip()
