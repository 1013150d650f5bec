"""What a sentence needs to be read alone: the rules, each with a name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from digest.language.lexicon import Lexicon, lexicon
from digest.model import Analysis, Article


@dataclass(frozen=True, slots=True)
class Fitness:
    """For each sentence of an analysis the names of the rules it breaks, and those that lean on the one before."""

    faults: tuple[tuple[str, ...], ...]
    leaning: frozenset[int]


_FIRST_WORD = re.compile(r"[^\w]*([\w’'-]+)")


def fitness(article: Article, analysis: Analysis, without: Collection[str] = ()) -> Fitness:
    """Which sentences can be shown, and which only after their predecessor."""
    lexis = lexicon(analysis.language)
    faults = []
    leaning = []
    for i, sentence in enumerate(analysis.sentences):
        if i and _dangles(sentence.text, lexis):
            leaning.append(i)
        faults.append(tuple(name for name, broken in _RULES if name not in without and broken(sentence.text)))
    return Fitness(tuple(faults), frozenset() if "dangling" in without else frozenset(leaning))


def _dangles(text: str, lexis: Lexicon) -> bool:
    found = _FIRST_WORD.match(text)
    return found is not None and found[1].lower().replace("’", "'") in lexis.dangling


_URL = re.compile(r"https?://|www\.|\S@\S+\.\w")


def _has_url(text: str) -> bool:
    return bool(_URL.search(text))


def _unbalanced(text: str) -> bool:
    return (
        text.count('"') % 2 == 1
        or text.count("“") > text.count("”") + text.count("„")
        or text.count("(") != text.count(")")
        or text.count("«") != text.count("»")
    )


_RULES = (("address", _has_url), ("balance", _unbalanced))
