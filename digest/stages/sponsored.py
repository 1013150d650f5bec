"""What its publisher was paid for: an article that says so of itself, in its headline or its section, is no news."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from digest.model import Article, Drop
from digest.phrases import advertisement_labels, normal, paid_marks
from digest.stages.articles import dropped

_LONGEST = 40
_BRACKETED = re.compile(rf"^[\[(]([^\])]{{2,{_LONGEST}}})[\])]|[\[(]([^\])]{{2,{_LONGEST}}})[\])]$")
_BEFORE = re.compile(rf"^([^:|–—]{{2,{_LONGEST}}}?)\s*(?::|\||\s[–—-])\s")
"""What stands before the headline proper. "Sponsored children" is none: a sign must part the two."""


def without_sponsored(
    articles: Iterable[Article], pinned: Collection[str] = ()
) -> tuple[tuple[Article, ...], tuple[Drop, ...]]:
    """The articles in their order but for those that are marked as paid for, and why not these.

    What the editor has `pinned` (ids) stays.
    """
    kept, drops = [], []
    for article in articles:
        mark = "" if article.id in pinned else mark_of(article)
        if mark:
            drops.append(dropped("sponsored", article, "advertisement", f"its publisher marks it “{mark}”"))
        else:
            kept.append(article)
    return tuple(kept), tuple(drops)


def mark_of(article: Article) -> str:
    """The words by which a publisher says that it was paid for the article, "" where there are none."""
    for words in (*article.labels, *_kickers(article.headline)):
        if normal(words) in paid_marks():
            return words
    for words in _bracketed(article.headline):
        # In brackets a word that may also be a subject ("Advertising: …") is a mark.
        if normal(words) in advertisement_labels():
            return words
    return ""


def _kickers(headline: str) -> Iterator[str]:
    before = _BEFORE.match(headline)
    if before:
        yield before.group(1)
    yield from _bracketed(headline)


def _bracketed(headline: str) -> Iterator[str]:
    for found in _BRACKETED.finditer(headline):
        yield found.group(1) or found.group(2)
