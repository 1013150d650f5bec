"""What several stages ask of an article: whose it is, which of two is better, what to call it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from digest.model import Article, Drop
from digest.urls import domain_of

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def outlet(article: Article) -> str:
    """Who publishes the article, in one spelling; two articles of one outlet give the same."""
    if article.publisher:
        return one_spelling(article.publisher)
    return (domain_of(article.url) if article.url else "") or article.source


def one_spelling(name: str) -> str:
    """The form in which two spellings of a name are the same: one case, single spaces."""
    return " ".join(name.casefold().split())


def length(article: Article) -> int:
    """Characters of the standfirst and the body."""
    return len(article.standfirst) + sum(len(block.text) for block in article.blocks)


def preference(article: Article) -> tuple[bool, int, datetime, bool, tuple[str, ...]]:
    """Sorts the better of two tellings first: full before brief, the longer, the earlier, the linked one.

    An undated article comes after a dated one. Equals stand by id and then by whatever else is shown,
    so that only articles that are the same to a reader are left in the order they came.
    """
    published = article.published or _END_OF_TIME
    rest = article.id, article.revision, article.source, article.publisher, article.url or ""
    return article.kind == "brief", -length(article), published, article.url is None, rest


def days_apart(one: Article, other: Article) -> float:
    """Days between two publications; 0 where one of them is undated."""
    if one.published is None or other.published is None:
        return 0.0
    return abs(one.published - other.published) / timedelta(days=1)


def dropped(stage: str, article: Article, reason: str, detail: str = "") -> Drop:
    """The drop of a whole article, called by its headline so that a person recognises it."""
    return Drop(stage, article.headline or article.url or article.id, reason, detail)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 hour", "3 hours"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
