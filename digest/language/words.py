"""The words of a text, and those that carry its subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

from digest.language.lexicon import lexicon, primary_code

# Vowel signs and other marks that Python does not count as letters, though they stand inside words.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e"
)
_LETTER = rf"[\w{_MARKS}]"
# A point or comma between figures, and an apostrophe between letters, stand inside words.
_WORD = re.compile(rf"{_LETTER}++(?:(?:(?<=\d)[.,](?=\d)|['’](?=\w)){_LETTER}++)*+")
# Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"([{_UNSPACED}]+)")
_TERM_LETTERS = 6
"""Cutting words here stands in for stemming: in the languages measured a stemmer made no clear difference."""

_SUMY_NAMES = {
    "ar": "arabic",
    "cs": "czech",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "he": "hebrew",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "pl": "polish",
    "pt": "portuguese",
    "sk": "slovak",
    "sv": "swedish",
    "th": "thai",
    "uk": "ukrainian",
    "zh": "chinese",
}


def words(text: str, language: str) -> tuple[str, ...]:
    """The words of a text in lower case, in order.

    Outside English an apostrophe parts two words (l'an, dell'arte). Scripts without spaces give
    overlapping pairs of characters, which serve to compare texts as words do.
    """
    found = _WORD.findall(text.lower())
    english = language[:2] == "en"
    if english and text.isascii():
        return tuple(found)
    return tuple(_parts(found, english))


def _parts(found: list[str], english: bool) -> Iterator[str]:
    for word in found:
        if word.isascii() and word.isalnum():
            yield word
            continue
        if "’" in word:
            word = word.replace("’", "'")
        pieces = [word] if english else word.split("'")
        for piece in pieces:
            if piece.isascii() or not _RUN.search(piece):
                yield piece
                continue
            for run in filter(None, _RUN.split(piece)):
                if _RUN.match(run) and len(run) > 2:
                    yield from (run[at : at + 2] for at in range(len(run) - 1))
                else:
                    yield run


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words of a language that carry no subject of their own; empty for a language without a list."""
    ours = lexicon(language).stop
    name = _SUMY_NAMES.get(primary_code(language))
    if name is None:
        return ours
    listed = files("sumy").joinpath("data", "stopwords", f"{name}.txt").read_text("utf-8")
    return ours | frozenset(words(listed, language)) | frozenset(listed.split())


def terms(words: Iterable[str], language: str) -> tuple[str, ...]:
    """The words without stop words and English possessives, each cut to its first six letters."""
    return tuple(filter(None, map(term_of_word(language), words)))


@lru_cache(maxsize=32)
def term_of_word(language: str) -> Callable[[str], str]:
    """What gives the term of each word of a language, "" for a stop word."""
    stop = stop_words(language)

    def term(word: str) -> str:
        return "" if word in stop else (word.partition("'")[0] if "'" in word else word)[:_TERM_LETTERS]

    return term
