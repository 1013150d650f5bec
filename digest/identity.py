"""Which article this is, and which revision of it: stable names made from what a publisher gives."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b

from digest.model import Article, Correction

_WORD = re.compile(r"\w{4,}")
_UNPARTED = re.compile("(?=([\u3040-\u9fff]{2}))")
"""Two characters of a script that puts no spaces between words."""
_STEM = 6
_FEW_WORDS = 3
_SHARED = 0.4
"""The part of a teaser's words that its article has too, at least; a sign-in page or a front page has few."""


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
        name = _hash("guid", article.source, page_of(guid))
    elif article.url:
        name = _hash("url", page_of(article.url))
    else:
        name = _hash("content", article.publisher, revision)
    return replace(article, id=name, revision=revision)


def tells_the_same(one: Article, other: Article) -> bool:
    """Whether the shorter of two texts is told by the longer too; one of very few words says too little to tell."""
    ours, theirs = _words(one), _words(other)
    fewer = min(len(ours), len(theirs))
    return fewer < _FEW_WORDS or len(ours & theirs) >= _SHARED * fewer


def _words(article: Article) -> frozenset[str]:
    text = " ".join((article.headline, article.standfirst, *(block.text for block in article.blocks))).casefold()
    pairs = () if text.isascii() else _UNPARTED.findall(text)
    return frozenset((*pairs, *(word[:_STEM] for word in _WORD.findall(text))))


def correction_id(correction: Correction) -> str:
    """Twelve hex digits that name a correction, the same for the same words about one article in one issue."""
    about = correction.article or correction.story or correction.url or ""
    return _hash(str(correction.issue), about, correction.was, correction.now, correction.note)[:12]
