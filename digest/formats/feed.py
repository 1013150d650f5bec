"""RSS 0.9x to 2.0, RDF and Atom → articles, each item by itself: a bad one costs no other."""

from __future__ import annotations

import re
from calendar import timegm
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape, unescape
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from digest.contacts import find_contacts
from digest.errors import FormatError
from digest.formats.dates import parse_moment
from digest.formats.decode import decode
from digest.formats.items import Item, article_of
from digest.formats.opening import end_of_doctype, opening, root_element
from digest.markup import text_of
from digest.model import Document, Drop, Hints, Image, Reading
from digest.ports import Format
from digest.urls import canonical_url, safe_href

_LOOKED_AT = 65_536
_ATOM = re.compile(r"w3\.org/2005/Atom|purl\.org/atom|<(?:[\w-]+:)?(?:entry|title)[\s>]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,12})|([0-9]{1,12}));")
_DOCTYPE = re.compile("<!DOCTYPE", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);)(?:[A-Za-z][A-Za-z0-9]{1,31};)?")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
_ITEM_OPENS, _ITEM_CLOSES = re.compile(r"<(?:item|entry)[\s>]"), re.compile(r"</(?:item|entry)\s*>")


def read(document: Document, hints: Hints) -> Reading:
    """The articles of a feed, full or brief as the feed has them.

    Raises FormatError where there is no feed. A feed that breaks off, or breaks the rules of XML,
    gives the items that are whole.
    """
    import feedparser

    text = _harmless(decode(document))
    # Without a stream, feedparser would take the text for a URL or a path and go and open it.
    feed = feedparser.parse(
        BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not feed.version and not feed.entries:
        cause = feed.get("bozo_exception") or "it has no channel"
        raise FormatError(f"{document.name} is not a feed: {cause}; give the address of its RSS or Atom")
    entries = list(feed.entries)
    drops = []
    if len(_ITEM_OPENS.findall(text)) > len(_ITEM_CLOSES.findall(text)) and entries:
        last = text_of(str(entries.pop().get("title", "")))
        drops.append(Drop("read", document.name, "cut off", f"the feed ends within its last item, {last!r}"))
    names = Counter(str(entry.get("id") or "") for entry in entries)
    articles = []
    for number, entry in enumerate(entries, 1):
        try:
            article = article_of(_item(entry, feed.feed, document, names), hints, document.retrieved)
        except Exception as error:  # noqa: BLE001 - an entry may hold anything; it must not cost the others
            drops.append(
                Drop("read", f"{document.name}, item {number}", "bad item", f"{type(error).__name__}: {error}")
            )
            continue
        if article is None:
            drops.append(Drop("read", f"{document.name}, item {number}", "empty", "neither a title nor a text"))
        else:
            articles.append(article)
    if not feed.entries:
        drops.append(Drop("read", document.name, "no items", "the feed is empty"))
    return Reading(
        articles=tuple(articles),
        drops=tuple(drops),
        title=text_of(feed.feed.get("title", "")),
        language=feed.feed.get("language"),
    )


def _item(entry: dict[str, Any], feed: dict[str, Any], document: Document, names: Mapping[str, int]) -> Item:
    details = (*entry.get("content", ()), entry.get("title_detail") or {}, entry.get("summary_detail") or {})
    stated_base = next((str(part["base"]) for part in details if part.get("base")), "")
    base = stated_base or canonical_url(str(feed.get("link") or ""), document.url) or document.url
    guid = str(entry.get("id") or "")
    content = max((str(part.get("value", "")) for part in entry.get("content", ())), key=len, default="")
    contacts = find_contacts([text_of(str(feed.get(key, ""))) for key in ("subtitle", "rights")])
    return Item(
        title=str(entry.get("title", "")),
        content=content,
        summary=str(dict.get(entry, "summary", "")),
        guid=guid if names.get(guid) == 1 else "",  # one that several items bear names none of them
        url=_url(entry, base),
        authors=tuple(str(author.get("name", "")) for author in entry.get("authors", ()) if author)
        or (str(entry.get("author", "")),),
        labels=tuple(str(tag.get("label") or tag.get("term") or "") for tag in entry.get("tags", ())),
        published=_moment(entry, "published", document.retrieved),
        updated=_moment(entry, "updated", document.retrieved),
        language=next(
            (str(part["language"]) for part in details if part.get("language")), str(feed.get("language") or "")
        ),
        publisher=text_of(str((entry.get("source") or {}).get("title") or feed.get("title") or "")),
        image=_image(entry, base),
        contact=next(iter(contacts), None),
    )


def _url(entry: dict[str, Any], base: str | None) -> str | None:
    """Where the item's page is: its link, else an identifier that says it is one."""
    links = [
        str(link.get("href", "")) for link in entry.get("links", ()) if link.get("rel", "alternate") == "alternate"
    ]
    identifier = [str(entry.get("id", ""))] if entry.get("guidislink") or "://" in str(entry.get("id", "")) else []
    found = (canonical_url(url, base) for url in (*links, str(entry.get("link") or ""), *identifier) if url)
    return next(filter(None, found), None)


def _moment(entry: dict[str, Any], name: str, retrieved: datetime | None) -> datetime | None:
    # feedparser answers "published" with "updated" where there is none; dict.get does not.
    moment = parse_moment(str(dict.get(entry, name) or ""), retrieved=retrieved)
    parsed = dict.get(entry, f"{name}_parsed")
    if moment is None and parsed is not None:
        moment = parse_moment(datetime.fromtimestamp(timegm(parsed), UTC).isoformat(), retrieved=retrieved)
    return moment


def _image(entry: dict[str, Any], base: str | None) -> Image | None:
    """The first picture that the item itself names."""
    media = [*entry.get("media_content", ()), *entry.get("media_thumbnail", ())]
    found = [item.get("url") for item in media if _is_picture(item) or item in entry.get("media_thumbnail", ())]
    found += [
        link.get("href") for link in entry.get("links", ()) if link.get("rel") == "enclosure" and _is_picture(link)
    ]
    url = next(filter(None, (safe_href(_joined(base, str(url))) for url in found if url)), None)
    return Image(url) if url else None


def _is_picture(item: Mapping[str, Any]) -> bool:
    return item.get("medium") == "image" or str(item.get("type", "")).startswith("image/")


def _joined(base: str | None, url: str) -> str:
    try:
        return urljoin(base or "", url)
    except ValueError:  # an address no reader could follow
        return ""


def _harmless(text: str) -> str:
    """The text without what breaks or blows up an XML parser: its entity declarations, controls, impossible numbers."""
    text = _CONTROLS.sub("", text.lstrip("\ufeff \t\r\n"))
    text = _XML_DECLARATION.sub("", text, count=1)
    doctype = _DOCTYPE.search(text, 0, _LOOKED_AT)
    end = end_of_doctype(text, doctype.start()) if doctype else -1
    if doctype and end >= 0:
        text = text[: doctype.start()] + text[end + 1 :]
    text = _REFERENCE.sub(_possible, text)
    head, *rest = text.split("<![CDATA[")
    pieces = [_AMPERSAND.sub(_as_xml, head)]
    for piece in rest:  # within CDATA an ampersand is itself
        data, close, markup = piece.partition("]]>")
        pieces += ("<![CDATA[", data, close, _AMPERSAND.sub(_as_xml, markup))
    return "".join(pieces)


def _as_xml(reference: re.Match[str]) -> str:
    """An HTML entity as its character; any other ampersand, of an entity declared or not, as itself."""
    character = unescape(reference.group())
    return "&amp;" + reference.group()[1:] if character == reference.group() else escape(character)


def _possible(reference: re.Match[str]) -> str:
    number = int(reference.group(1), 16) if reference.group(1) else int(reference.group(2))
    is_character = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    return reference.group() if is_character or 0x10000 <= number <= 0x10FFFF else "\ufffd"


def recognises(document: Document) -> bool:
    """Whether a document's first element is that of a feed, whatever the document is called."""
    start = opening(document)
    root = root_element(start)
    return root.lower() in ("rss", "rdf", "channel") or (root == "feed" and _ATOM.search(start) is not None)


FORMAT = Format(
    "feed",
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    recognises,
    read,
)
