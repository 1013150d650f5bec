"""The feeds of a web page: where it says they are, else where its links look like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from digest.markup import clean_text, links_of, parse_html
from digest.model import Link

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_MAYBE = ("application/xml", "text/xml", "application/json")
_LOOKS_LIKE_ONE = re.compile(
    r"/(?:feeds?|rss|atom)(?:\.\w+|\.xml)?/?(?:\?|$)|\.(?:rss|atom|rdf)(?:\?|$)", re.IGNORECASE
)
_COMMENTS = re.compile(r"\bcomments?\b|\bkommentare?\b|\bcommentaires?\b|\bcomentarios?\b|\bcommenti\b", re.IGNORECASE)

OF_COMMENTS = "it is a feed of readers' comments and not of articles; give the address of the site's own feed"
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_OF_A_COMMENT = re.compile(
    rb"""<(?:\w+:)?link\b[^<>]{0,500}?(?:>\s{0,50}(?:<!\[CDATA\[)?[^<\]]{0,2000}|href=["'][^"']{0,2000})"""
    rb"""#(?:comment-?\d|c\d{4})"""
)
"""A link to one comment below an article, as WordPress, Blogger and Disqus write it; "#comments" is of the article."""


def holds_comments(body: bytes) -> bool:
    """Whether a feed's items are what readers wrote below articles: most of them lead to a place below one."""
    items = _ITEM.split(body)[1:]
    return 2 * sum(_OF_A_COMMENT.search(item) is not None for item in items) > len(items)


def discover_feeds(html: str, base: str) -> tuple[Link, ...]:
    """The feeds of the page `html`, read from the address `base`, each once, with its title; the most likely first.

    Feeds of comments come last. Takes any markup.
    """
    root = parse_html(html)
    if root is None:
        return ()
    stated = next((element.get("href") for element in root.iter("base") if element.get("href")), "")
    found = list(_stated(root, _joined(base, stated or "")))
    found = found or [link for link in links_of(html, base) if _LOOKS_LIKE_ONE.search(link.url)]
    once: dict[str, Link] = {}
    for link in found:
        if link.url.startswith(("http://", "https://")):
            once.setdefault(link.url, link)
    return tuple(sorted(once.values(), key=may_be_of_comments))


def may_be_of_comments(feed: Link) -> bool:
    """Whether a feed's address or title speaks of comments; a newspaper may call its opinions so."""
    return _COMMENTS.search(f"{feed.url} {feed.text}") is not None


def _stated(root: _Element, base: str) -> Iterator[Link]:
    """The feeds that `<link rel="alternate">` names; generic types count where the title or the address says feed."""
    for element in root.iter("link"):
        names = (element.get("rel") or "").lower().split()
        media_type = (element.get("type") or "").partition(";")[0].strip().lower()
        link = Link(_joined(base, element.get("href") or ""), clean_text(element.get("title") or ""))
        is_feed = "feed" in names or ("alternate" in names and media_type in _TYPES)
        may_be = "alternate" in names and media_type in _MAYBE and _LOOKS_LIKE_ONE.search(link.url)
        if element.get("href") and (is_feed or may_be):
            yield link


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url.strip())
    except ValueError:  # an address that nobody could follow
        return ""
