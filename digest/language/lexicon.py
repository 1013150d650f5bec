"""What is known of one language: the lists of its data file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_TOKEN = re.compile(r"[\w-]+['’]?")
_LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lists of one language, in lower case; a language without a data file has empty ones.

    Abbreviations are written without their last full stop ("mr", "z.b"); `suffixes` end abbreviated
    compounds ("hauptstr"). `dangling` holds openings as `openings_of` gives them, `dangling_endings`
    how others end ("two years later"); `openings` and `labels` map an opening to the rule it breaks,
    and `anywhere` a rule to the phrases that break it wherever they stand.
    """

    titles: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    enders: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    calendar: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    ordinals: bool = False
    stop: frozenset[str] = frozenset()
    dangling: frozenset[str] = frozenset()
    dangling_endings: tuple[str, ...] = ()
    openings: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    anywhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language tag such as "de" or "de-CH"; an empty one for a language there is no file for."""
    code = primary_code(language)
    path = files("digest.language") / "data" / f"{code}.toml"
    if not (code.isalpha() and code.isascii() and path.is_file()):
        return Lexicon()
    data = tomllib.loads(path.read_text("utf-8"))
    sentences = data["sentences"]
    ordinals = bool(sentences.pop("ordinals", False))
    dangling = data.get("dangling", {})
    return Lexicon(
        ordinals=ordinals,
        **{name: frozenset(words.split()) for name, words in sentences.items()},
        stop=frozenset(data.get("words", {}).get("stop", "").split()),
        dangling=frozenset(map(_joined, [*dangling.get("words", "").split(), *dangling.get("phrases", ())])),
        dangling_endings=tuple(f" {ending}" for ending in dangling.get("endings", ())),
        openings=_by_opening(data.get("openings", {})),
        labels=_by_opening(data.get("labels", {})),
        anywhere=MappingProxyType({rule: tuple(phrases) for rule, phrases in data.get("anywhere", {}).items()}),
    )


def primary_code(language: str) -> str:
    """The language of a tag without its region and script: "en-GB" → "en"; both written Norwegians are "no"."""
    code = language.replace("_", "-").partition("-")[0].lower()
    return "no" if code in ("nb", "nn") else code


def openings_of(text: str) -> tuple[tuple[str, int], ...]:
    """The first one to four words of a text in lower case, each run with the place where it ends.

    An elided article is a word of its own: "L'un d'eux" gives "l'", "l' un", "l' un d'" ….
    """
    found: list[tuple[str, int]] = []
    so_far = ""
    at = 0
    for _ in range(_LONGEST_PHRASE):
        match = _TOKEN.search(text, at, at + 40)
        if match is None:
            break
        at = match.end()
        token = match[0].lower().replace("’", "'")
        so_far = f"{so_far} {token}" if so_far else token
        found.append((so_far, at))
        if token.endswith("'") and " " not in so_far:
            found.append((token[:-1], at))
    return tuple(found)


def _joined(phrase: str) -> str:
    return " ".join(token.lower().replace("’", "'") for token in _TOKEN.findall(phrase))


def _by_opening(rules: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    return MappingProxyType({_joined(phrase): rule for rule, phrases in rules.items() for phrase in phrases})
