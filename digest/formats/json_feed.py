"""JSON Feed 1.0 and 1.1 → articles, each item by itself."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from digest.errors import FormatError
from digest.formats.dates import parse_moment
from digest.formats.decode import decode
from digest.formats.items import Item, article_of
from digest.formats.opening import opening
from digest.markup import text_of
from digest.model import Document, Drop, Hints, Image, Reading
from digest.ports import Format
from digest.urls import canonical_url, joined, safe_href

_VERSION = re.compile(r'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org\\?/version')
_PARAGRAPHS = re.compile(r"\n[ \t\r]*\n")


def read(document: Document, hints: Hints) -> Reading:
    """The articles of a feed; raises FormatError for what is no JSON Feed."""
    text = decode(document)
    try:
        # Numbers stay as they are written: they are identifiers of old, and as long as anybody likes.
        feed = json.loads(text, strict=False, parse_int=str, parse_float=str)
    except RecursionError:
        raise FormatError(f"{document.name} nests deeper than any feed does; give the feed's own address") from None
    except ValueError as error:
        raise FormatError(f"{document.name} is not whole JSON: {error}; fetch it again") from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise FormatError(
            f'{document.name} is JSON and no JSON Feed: it has no list "items"; give the feed\'s own address'
        )
    drops = []
    articles = []
    names = Counter(_text(item, "id") for item in feed["items"] if isinstance(item, dict))
    for number, item in enumerate(feed["items"], 1):
        subject = f"{document.name}, item {number}"
        if not isinstance(item, dict):
            drops.append(Drop("read", subject, "bad item", "it is not an object"))
        elif article := article_of(_item(item, feed, document, names), hints, document.retrieved):
            articles.append(article)
        else:
            drops.append(Drop("read", subject, "empty", "neither a title nor a text"))
    if not feed["items"]:
        drops.append(Drop("read", document.name, "no items", "the feed is empty"))
    return Reading(tuple(articles), (), tuple(drops), text_of(_text(feed, "title")), _text(feed, "language") or None)


def _item(item: Mapping[str, Any], feed: Mapping[str, Any], document: Document, names: Mapping[str, int]) -> Item:
    base = canonical_url(_text(feed, "home_page_url"), document.url) or document.url
    guid = _text(item, "id")
    urls = (_text(item, "url"), guid if "://" in guid else "", _text(item, "external_url"))
    picture = next(filter(None, (safe_href(joined(base, url)) for url in _pictures(item) if url)), None)
    return Item(
        title=_text(item, "title"),
        content=_text(item, "content_html") or _as_html(_text(item, "content_text")),
        summary=_as_html(_text(item, "summary")),
        guid=guid if names[guid] == 1 else "",  # one that several items bear names none of them
        url=next(filter(None, (canonical_url(url, base) for url in urls if url)), None),
        authors=_authors(item) or _authors(feed),
        labels=tuple(tag for tag in _list(item, "tags") or _text(item, "tags").split(",") if isinstance(tag, str)),
        published=parse_moment(_text(item, "date_published"), retrieved=document.retrieved),
        updated=parse_moment(_text(item, "date_modified"), retrieved=document.retrieved),
        language=_text(item, "language") or _text(feed, "language"),
        publisher=text_of(_text(feed, "title")),
        image=Image(picture) if picture else None,
    )


def _authors(holder: Mapping[str, Any]) -> tuple[str, ...]:
    # Version 1.0 has one author, 1.1 a list; some write the one as the other, or the name alone.
    authors = [*_list(holder, "authors"), holder.get("authors"), holder.get("author")]
    named = (_text(author, "name") if isinstance(author, dict) else author for author in authors)
    return tuple(name for name in named if isinstance(name, str) and name)


def _pictures(item: Mapping[str, Any]) -> Iterator[str]:
    yield from (_text(item, key) for key in ("image", "banner_image"))
    for attachment in _list(item, "attachments"):
        if isinstance(attachment, dict) and _text(attachment, "mime_type").lower().startswith("image/"):
            yield _text(attachment, "url")


def _text(holder: Mapping[str, Any], key: str) -> str:
    """A text of an object, "" for what is none."""
    value = holder.get(key)
    return value if isinstance(value, str) else ""


def _list(holder: Mapping[str, Any], key: str) -> list[Any]:
    value = holder.get(key)
    return value if isinstance(value, list) else []


def _as_html(text: str) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in _PARAGRAPHS.split(text) if paragraph.strip())


def recognises(document: Document) -> bool:
    """Whether a document is JSON that names the version of JSON Feed it is written in."""
    start = opening(document)
    return start.startswith("{") and _VERSION.search(start) is not None


FORMAT = Format("json-feed", ("application/feed+json", "application/json"), recognises, read)
