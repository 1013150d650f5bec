"""What is known of one language: the word lists of its data file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists of one language, in lower case; a language without a data file has empty ones.

    Abbreviations are written without their last full stop ("mr", "z.b").
    """

    titles: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    enders: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    calendar: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()
    stop: frozenset[str] = frozenset()
    dangling: frozenset[str] = frozenset()
    ordinals: bool = False


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of an ISO 639-1 code; an empty one for a language there is no file for."""
    path = files("digest.language") / "data" / f"{language}.toml"
    if not (language.isalpha() and path.is_file()):
        return Lexicon()
    lists = tomllib.loads(path.read_text("utf-8"))["sentences"]
    ordinals = bool(lists.pop("ordinals", False))
    return Lexicon(ordinals=ordinals, **{name: frozenset(words.split()) for name, words in lists.items()})
