"""What stands in the way of an article: paywalls, consent forms, sign-in pages, bot checks, error pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from digest.formats.html.body import words_of
from digest.packaged import packaged_table

_CERTAIN, _CERTAIN_OF_CONSENT = 2, 3
"""Different phrases of one kind that tell a wall; much is written on privacy."""
_DETAILS: Mapping[str, str] = {
    "paywall": "the page asks for a subscription after {} words of it",
    "ad blocker notice": "the page asks for its adverts to be let in after {} words of it",
    "cookie notice": "the page shows its cookie notice and no article",
    "sign-in page": "the page asks to sign in",
    "bot check": "the page asks whether a person reads it",
    "script needed": "the page shows its article once a script has run",
    "error page": "the page says that there is none, or none just now",
}
_BETWEEN = {"paywall": "offer", "ad blocker notice": "script needed"}
"""The walls that stand behind the beginning of an article, and whose phrases help to tell them."""
_INSTEAD = ("cookie notice", "bot check", "script needed", "sign-in page", "error page")
"""Those that stand in its place."""
_SHORT_PAGE = 300
"""Words: a longer page is no wall."""
_WALLED, _WHOLLY_WALLED = 0.5, 0.8
"""The part of a bare wall's words that stand in paragraphs which say what it is, and where the page calls itself an
article, as its metadata may go on doing."""


@dataclass(frozen=True, slots=True)
class Wall:
    """The kind of wall, its particulars in words, and the number of its first paragraph."""

    kind: str
    detail: str
    start: int


def wall_within(texts: Sequence[str]) -> Wall | None:
    """The wall behind the beginning of an article: its kind, and where it begins; None where the text goes on.

    `texts` are the paragraphs from the article's first to the end of the box that it stands in.
    """
    first = _last_words(texts)
    said = [_said(text) if place >= first else {} for place, text in enumerate(texts)]
    for kind, helper in _BETWEEN.items():
        places = [at for at, phrases in enumerate(said) if phrases.get(kind)]
        found = {phrase for each in said for name in (kind, helper) for phrase in each.get(name, ())}
        if places and len(found) >= _CERTAIN:
            return Wall(kind, _DETAILS[kind].format(_words(texts[: places[0]])), places[0])
    return None


def wall_instead(texts: Sequence[str], is_article: bool) -> Wall | None:
    """The wall that stands on a page in place of an article; None where there may be one.

    `texts` are all that the page shows. `is_article` tells that its metadata call it an article.
    """
    words = _words(texts)
    if words > _SHORT_PAGE:
        return None
    said = [_said(text) for text in texts]
    for kind in _INSTEAD:
        found = {phrase for each in said for phrase in each.get(kind, ())}
        walled = _words([text for text, each in zip(texts, said, strict=True) if each.get(kind)])
        certain = _CERTAIN_OF_CONSENT if kind == "cookie notice" else _CERTAIN
        if len(found) >= certain and walled >= (_WHOLLY_WALLED if is_article else _WALLED) * words:
            return Wall(kind, _DETAILS[kind], 0)
    return None


def _last_words(texts: Sequence[str]) -> int:
    """The number of the first paragraph of those at the end that may be a wall."""
    words = 0
    for place in reversed(range(len(texts))):
        words += _words(texts[place : place + 1])
        if words > _SHORT_PAGE:
            return place + 1
    return 0


def _said(text: str) -> Mapping[str, frozenset[str]]:
    """The phrases of walls in a paragraph, by the kind of wall."""
    line = text.casefold().replace("’", "'")
    found = {kind: frozenset(pattern.findall(line)) for kind, pattern in _patterns().items()}
    return {kind: phrases for kind, phrases in found.items() if phrases}


def _words(texts: Sequence[str]) -> int:
    return sum(len(words_of(text)) for text in texts)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    data = packaged_table("digest.formats.html", "walls.toml")
    return {
        kind: re.compile(
            r"(?<!\w)(?:"
            + "|".join(
                re.escape(phrase).replace("…", ".{1,60}?")
                for phrases in languages.values()
                for phrase in sorted(phrases, key=len, reverse=True)
            )
            + ")"
        )
        for kind, languages in data.items()
    }
