"""The words of a text, and those that carry its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words(text: str, language: str) -> tuple[str, ...]:
    """The words of a text in lower case, in order."""
    return tuple(_WORD.findall(text.lower()))


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words of a language that carry no subject of their own; empty for a language without a list."""
    from sumy.utils import get_stop_words

    try:
        return frozenset(get_stop_words(language))
    except LookupError:
        return frozenset()


def terms(words: Iterable[str], language: str) -> tuple[str, ...]:
    """The words without stop words, each cut to its first six letters."""
    stop = stop_words(language)
    return tuple(word[:6] for word in words if word not in stop)
