"""What a sentence speaks of as if it had been told: a noun, a pronoun tied to a verb, a noun left out, a voice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from digest.language.lexicon import Lexicon

_TOKEN = re.compile(r"[\w’'-]+")
_OPENING = 4
"""Words at the head of a sentence in which a pronoun has nothing before it to point at."""
_LEAST_INFINITIVE = 6
_OPENING_NOUN = 3
_SEEN = 200
_MORE = ("più", "más")
_INDEFINITE = ("un", "uno", "una", "unos", "unas", "dei", "degli", "delle")
_RELATIVES = ("che", "cui", "quale", "quali", "que", "cual", "cuales")


def is_bare(text: str, start: int, tokens: Sequence[re.Match[str]], at: int, lexis: Lexicon) -> bool:
    """Does a verb or a comma at once follow the noun `tokens[at]` behind a singular article ("La lancha volcó")?

    The article stands at `start`. Such a noun was told of before, unless there is but one of its kind ("El gobierno").
    """
    noun = tokens[at][0]
    if tokens[0].start() != start or not (noun.islower() and noun.isalpha()):
        return False
    if tokens[0][0].lower().replace("’", "'") not in lexis.singulars:
        return False
    if not lexis.uniques.isdisjoint((noun,)) or noun in lexis.times or noun in lexis.calendar or noun in lexis.stop:
        return False
    if at + 1 == len(tokens) or tokens[at + 1][0][0].isupper():
        return False
    return text.startswith(",", tokens[at].end()) or _is_finite(tokens[at + 1][0], lexis)


def opens_on_the_untold(text: str, lexis: Lexicon) -> bool:
    """Do the first words need a noun that only what was told before has?

    "Dos de ellos …", "Para evitarlo …", "La más joven, …", or, with no verb of its own, "Una scelta che …".
    """
    tokens = list(islice(_TOKEN.finditer(text, 0, _SEEN), _OPENING + _OPENING))
    words = [token[0] for token in tokens]
    if not words:
        return False
    words[0] = words[0].lower()
    if len(words) >= _OPENING and words[1] in _MORE and words[0] in lexis.articles:
        return text.startswith(",", tokens[2].end()) or _is_finite(words[3], lexis)
    return _holds_a_pronoun(words[:_OPENING], lexis) or _says_what_it_was(words, lexis)


def _holds_a_pronoun(words: Sequence[str], lexis: Lexicon) -> bool:
    for before, word in pairwise(words):
        if before in lexis.particles and (
            word in lexis.pronouns
            or (len(word) >= _LEAST_INFINITIVE and word.endswith(lexis.enclitics) and word.islower())
        ):
            return True
    return False


def _says_what_it_was(words: Sequence[str], lexis: Lexicon) -> bool:
    if lexis.appositions.isdisjoint(words[:_OPENING_NOUN]):
        return False
    at = next(at for at, word in enumerate(words) if word in lexis.appositions)
    if at and words[0] not in _INDEFINITE:
        return False
    relative = next((n for n, word in enumerate(words) if n > at and word in _RELATIVES), -1)
    return relative >= 0 and not any(_is_finite(word, lexis) for word in words[at + 1 : relative])


def speaks_as_i(unquoted: str, lexis: Lexicon) -> bool:
    """Does somebody say "I" or "we" in this text, whose quotations were cut out, and nobody is said to speak?"""
    if not may_speak_as_i(unquoted, lexis):
        return False
    return lexis.sources.isdisjoint(word.lower() for word in _TOKEN.findall(unquoted))


def may_speak_as_i(text: str, lexis: Lexicon) -> bool:
    """Has the text, which may be a quotation, one of those words? Found sooner than a quotation is."""
    words = text.split()
    return not (lexis.voices.isdisjoint(words) and lexis.voices.isdisjoint(map(str.lower, words[:1])))


def _is_finite(word: str, lexis: Lexicon) -> bool:
    return word in lexis.verbs or word in lexis.auxiliaries or word in lexis.clitics or word.endswith(lexis.finite)
