"""The last look at an article before anything is made of it."""

from __future__ import annotations

from digest.model import Article, Drop


def clean(article: Article) -> tuple[Article | None, tuple[Drop, ...]]:
    """The article as clean text, or None and the reason."""
    if not (article.headline or article.standfirst or article.blocks):
        return None, (Drop("clean", article.id, "empty"),)
    return article, ()
