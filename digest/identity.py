"""Which article this is, and which revision of it: stable names made from what a publisher gives."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b

from digest.model import Article, Correction


def _hash(*parts: str) -> str:
    whole = bytearray()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        whole += len(encoded).to_bytes(8, "big")
        whole += encoded
    return blake2b(whole, digest_size=8).hexdigest()


def page_of(url: str) -> str:
    """What a canonical URL has in common with the other ways to write it that lead to the same page."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").removesuffix("/")


def revision_of(article: Article) -> str:
    """Sixteen hex digits that change when, and only when, the article's words change."""
    parts = [article.headline, article.standfirst]
    for block in article.blocks:
        parts += (block.kind, block.text)
    return _hash(*parts)


def identify(article: Article, guid: str | None = None) -> Article:
    """The article with its `id` and `revision` filled in.

    The id comes from the first of these that there is: the publisher's own identifier (`guid`,
    taken within its source), the canonical URL, the content. What a page is had with or without (`https`, `www.`,
    a slash at the end) names no other.
    """
    revision = revision_of(article)
    if guid:
        name = _hash("guid", article.source, guid)
    elif article.url:
        name = _hash("url", page_of(article.url))
    else:
        name = _hash("content", article.publisher, revision)
    return replace(article, id=name, revision=revision)


def correction_id(correction: Correction) -> str:
    """Twelve hex digits that name a correction, the same for the same words about one article in one issue."""
    about = correction.article or correction.story or correction.url or ""
    return _hash(str(correction.issue), about, correction.was, correction.now, correction.note)[:12]
