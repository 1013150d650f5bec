"""The forms in which a dictionary word stands in a text: rather too many than too few, most wrong ones being no words.

Forms are made from the term and not stems from the text: cutting endings off would make one word of
the Italian "partito" (a party) and "partita" (a match).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

# German writes compounds in one word: there a long enough term also begins and ends words.
COMPOUNDING = frozenset({"de"})
# Short English words are as often another word when they get a verb's ending: "act", "acting".
_ENGLISH_VERB_AT_LEAST = 6
_SIBILANT = re.compile(r"(?:[sxz]|ch|sh)$")
# Endings of words that are adjectives more often than not and have a feminine form; of others it is another word.
_ROMANCE_ADJECTIVE = re.compile(r"(?:ic|iv|os|ari|an)o$")


def fold(text: str) -> str:
    """Lower case and without accents, so that a publisher's spelling makes no difference."""
    if text.isascii():
        return text.lower()
    return "".join(part for part in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(part))


def forms(word: str, language: str) -> frozenset[str]:
    """A folded word with its plural, its cases and the like; the word alone in an unknown language."""
    make = _FORMS.get(language)
    return frozenset((word, *make(word))) if make else frozenset((word,))


def _english(word: str) -> Iterable[str]:
    base = word[:-1] + "i" if word.endswith("y") and word[-2:-1] not in "aeou" else word
    yield base + ("es" if base != word or _SIBILANT.search(word) else "s")
    if len(word) >= _ENGLISH_VERB_AT_LEAST:
        yield base.removesuffix("e") + "ed"
        yield word.removesuffix("e") + "ing"


def _german(word: str) -> Iterable[str]:
    base = word.removesuffix("e")
    yield from (base + ending for ending in ("e", "en", "er", "es", "em", "ern", "n", "s"))
    if word.endswith("in"):
        yield word + "nen"


def _french(word: str) -> Iterable[str]:
    yield from (word + "s", word + "x", word + "e", word + "es")
    for masculine, others in (("al", ("aux",)), ("if", ("ive", "ives")), ("eux", ("euse", "euses"))):
        if word.endswith(masculine):
            yield from (word.removesuffix(masculine) + ending for ending in others)
    if word.endswith(("el", "en", "on")):
        yield from (word + word[-1] + "e", word + word[-1] + "es")


def _italian(word: str) -> Iterable[str]:
    stem = word[:-1]
    if word.endswith("a"):
        yield from (stem + "e", stem + "he", stem + "i")
    elif word.endswith("o"):
        yield from (stem + "i", stem + "hi", stem if stem.endswith("i") else stem + "i")
        if _ROMANCE_ADJECTIVE.search(word):
            yield from (stem + "a", stem + "e", stem + "he")
    elif word.endswith("e"):
        yield stem + "i"


def _spanish(word: str) -> Iterable[str]:
    yield from (word + "s", word + "es")
    if word.endswith("z"):
        yield word[:-1] + "ces"
    if _ROMANCE_ADJECTIVE.search(word):
        yield from (word[:-1] + "a", word[:-1] + "as")


_FORMS: Mapping[str, Callable[[str], Iterable[str]]] = {
    "en": _english,
    "de": _german,
    "fr": _french,
    "it": _italian,
    "es": _spanish,
}
