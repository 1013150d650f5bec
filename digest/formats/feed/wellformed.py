"""A feed that keeps the rules of XML → its entries, in a fraction of the time that feedparser takes for it.

What is not well-formed, and what only feedparser understands (base64, a date of its own), is left to `lenient`, which
gives the same entries of the same feed; `tests/formats/feed` holds both to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from digest.formats.dates import parse_moment
from digest.formats.feed.entry import Entry, Feed
from digest.urls import joined

if TYPE_CHECKING:
    from lxml.etree import _Element

_PREFIXES = {
    "": "", "http://purl.org/rss/1.0/": "", "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss": "", "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "", "http://www.w3.org/2005/atom": "", "http://purl.org/atom/ns#": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:", "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:", "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://search.yahoo.com/mrss/": "media:", "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:", "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
}  # fmt: skip
_NAMES = {
    "feed": "rss feed rdf:rdf", "channel": "channel", "item": "item entry", "title": "title dc:title",
    "text": "description dc:description summary abstract itunes:summary subtitle tagline",
    "content": "content content:encoded fullitem body xhtml:body", "guid": "guid id", "link": "link",
    "origin": "feedburner:origlink", "author": "author dc:creator dc:author itunes:author", "name": "name",
    "label": "category keywords dc:subject media:category itunes:category",
    "keywords": "media:keywords itunes:keywords",
    "published": "pubdate published issued dcterms:issued", "created": "created dcterms:created",
    "updated": "updated modified lastbuilddate dc:date dcterms:modified", "language": "language dc:language",
    "rights": "rights copyright dc:rights", "source": "source", "enclosure": "enclosure", "media": "media:group",
    "picture": "media:content", "thumbnail": "media:thumbnail", "caption": "media:description",
    "media title": "media:title",
}  # fmt: skip
_MEANINGS = {name: meaning for meaning, names in _NAMES.items() for name in names.split()}
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_TEXT_TYPES = ("", "text", "html", "xhtml", "plain")

_Parts = dict[str, list["_Element"]]
"""The children of an element by what they mean, each meaning's in their order."""


class _UnusualError(Exception):
    """Something in the feed that feedparser knows and this module does not."""


class _Meanings(dict[str, str]):
    """What the tags of a feed mean, "" for those that say nothing an article needs."""

    def __missing__(self, tag: str) -> str:
        namespace, _, local = tag.removeprefix("{").rpartition("}")
        prefix = _PREFIXES.get(namespace.lower())
        meaning = "" if prefix is None else _MEANINGS.get(prefix + local.lower(), "")
        self[tag] = meaning
        return meaning


def parse(text: str, retrieved: datetime | None) -> Feed | None:
    """The feed, or None where it is not well-formed, no RSS, RDF or Atom, or anything else than usual.

    A date after `retrieved` is left out. Entities that the text declares are not followed, but it should hold none.
    """
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        return _Parsing(text, retrieved).feed(root)
    except (etree.XMLSyntaxError, _UnusualError):
        return None


class _Parsing:
    """The parsing of one feed: what its tags mean, and what need not be looked for in it."""

    def __init__(self, text: str, retrieved: datetime | None) -> None:
        self._meanings = _Meanings()
        self._retrieved = retrieved
        self._states_base = "xml:base" in text
        self._states_language = "lang=" in text
        self._is_rss = True

    def feed(self, root: _Element) -> Feed:
        if self._meanings[root.tag] != "feed":
            raise _UnusualError
        self._is_rss = not root.tag.endswith("feed")
        parts = self._parts(root)
        items = parts.get("item", [])
        if self._is_rss:  # RDF has its items beside the channel
            for channel in parts.get("channel", ()):
                own = self._parts(channel)
                items = items + own.pop("item", [])
                parts = own | {name: own.get(name, []) + found for name, found in parts.items()}
            if not (items or "channel" in parts):
                raise _UnusualError
        links = (href for link in parts.get("link", ()) if _is_page(link) and (href := self._href(link)))
        return Feed(
            tuple(map(self._entry, items)),
            title=_first(map(_markup, parts.get("title", ()))),
            link=next(links, ""),
            language=_first(map(_words, parts.get("language", ()))) or _stated_language(root),
            about=tuple(filter(None, map(_markup, parts.get("text", []) + parts.get("rights", [])))),
        )

    def _entry(self, item: _Element) -> Entry:
        parts = self._parts(item)
        get = parts.get
        texts = list(filter(None, map(_markup, get("text", ()))))
        contents = list(filter(None, map(_markup, get("content", ()))))
        if not texts and not contents:
            texts = list(filter(None, map(_markup, self._within(parts, "caption"))))
        identifiers = get("guid", [])
        updated = self._moment(get("updated", ()))
        published = self._moment(get("published", ())) or self._moment(get("created", ()))
        guid = next(filter(None, map(_words, identifiers)), item.get(_ABOUT, ""))
        is_link = bool(identifiers) and identifiers[0].get("isPermaLink", "true").lower() == "true"
        base = (item.base or "") if self._states_base else ""
        return Entry(
            title=_first(map(_markup, get("title", ()))) or _first(map(_markup, get("media title", ()))),
            content=max(contents or texts[1:], key=len, default=""),
            summary=texts[0] if texts else "",
            guid=joined(base, guid) if base and is_link else guid,
            guid_is_link=is_link,
            links=tuple(self._links(parts)),
            authors=tuple(filter(None, map(self._author, get("author", ())))),
            labels=tuple(_labels(get("label", ()), get("keywords", ()))),
            # RSS has one date; where it is not pubDate, it is Dublin Core's or an extension's.
            published=published or (updated if self._is_rss else None),
            updated=updated,
            language=self._language(parts),
            base=base,
            source=_first(map(self._source, get("source", ()))),
            pictures=tuple(self._pictures(parts)),
            recordings=tuple(self._href(each) for each in self._enclosed(parts) if _is_recording(each)),
        )

    def _parts(self, element: _Element) -> _Parts:
        parts: _Parts = {}
        meanings = self._meanings
        for child in element:
            meaning = meanings[child.tag]
            if meaning:
                parts.setdefault(meaning, []).append(child)
        return parts

    def _links(self, parts: _Parts) -> Iterator[str]:
        yield from map(_words, parts.get("origin", ()))  # the link may lead to a service that only counts readers
        for link in parts.get("link", ()):
            if link.get("rel", "alternate").lower() == "alternate":
                yield self._href(link)

    def _href(self, link: _Element) -> str:
        href = link.get("href") or link.get("url") or _words(link)
        return joined(link.base or "", href) if self._states_base else href

    def _author(self, author: _Element) -> str:
        if not len(author):
            return _words(author)
        return _first(_words(each) for each in author if self._meanings[each.tag] == "name")

    def _source(self, source: _Element) -> str:
        return _first(map(_markup, self._parts(source).get("title", ()))) or _words(source)

    def _pictures(self, parts: _Parts) -> Iterator[str]:
        """Pictures, then small ones, then what is enclosed."""
        yield from (picture.get("url", "") for picture in self._within(parts, "picture") if _is_picture(picture))
        for thumbnail in self._within(parts, "thumbnail"):
            yield thumbnail.get("url") or _words(thumbnail)
        yield from (self._href(each) for each in self._enclosed(parts) if _is_picture(each))

    def _enclosed(self, parts: _Parts) -> Iterator[_Element]:
        yield from parts.get("enclosure", ())
        yield from (link for link in parts.get("link", ()) if link.get("rel", "").lower() == "enclosure")

    def _within(self, parts: _Parts, meaning: str) -> Iterator[_Element]:
        """The elements of a kind of Media RSS, by themselves, in a group, or in what they belong to."""
        for outer in ("media", "picture", "caption", "thumbnail"):
            for top in parts.get(outer, ()):
                yield from (each for each in top.iter("*") if self._meanings[each.tag] == meaning)

    def _language(self, parts: _Parts) -> str:
        own = _first(map(_words, parts.get("language", ())))
        if own or not self._states_language:
            return own
        told = (parts.get(meaning, [])[:1] for meaning in ("content", "title", "text"))
        return _first(_language_at(element) for elements in told for element in elements)

    def _moment(self, elements: Sequence[_Element]) -> datetime | None:
        text = next(filter(None, map(_words, reversed(elements))), "")
        if not text:
            return None
        moment = parse_moment(text, retrieved=self._retrieved)
        if moment is None and parse_moment(text) is None:
            raise _UnusualError
        return moment


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


def _words(element: _Element) -> str:
    return _unspoilt(element.text or "" if not len(element) else "".join(element.itertext())).strip()


def _markup(element: _Element) -> str:
    """The text of an element that may hold markup, escaped or not, as a piece of HTML."""
    kind = element.get("type", "").lower()
    if element.get("mode") == "base64" or not (kind in _TEXT_TYPES or kind.startswith("text/") or kind.endswith("xml")):
        raise _UnusualError
    if not len(element):
        return _unspoilt(element.text or "").strip()
    from lxml import etree

    for inner in element.iter("*"):
        inner.tag = inner.tag.rpartition("}")[2]
    if "html" in kind and "xhtml" not in kind and len(element) == 1 and element[0].tag == "div" and not len(element[0]):
        return _unspoilt(element[0].text or "").strip()  # escaped, and then put into an element
    etree.cleanup_namespaces(element)
    pieces = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return _unspoilt(escape(element.text or "", quote=False) + "".join(pieces)).strip()


def _unspoilt(text: str) -> str:
    """A text that was UTF-8, taken for Latin-1 and encoded once more, as it was."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _labels(named: Iterable[_Element], listed: Iterable[_Element]) -> Iterator[str]:
    for label in named:
        yield label.get("label") or label.get("term") or _words(label) or label.get("text", "")
    for keywords in listed:
        yield from _words(keywords).split(",")


def _is_page(link: _Element) -> bool:
    kind = link.get("type", "").lower()
    return link.get("rel", "alternate").lower() == "alternate" and (not kind or "html" in kind)


def _is_picture(element: _Element) -> bool:
    return bool(element.get("medium") == "image" or element.get("type", "").lower().startswith("image/"))


def _is_recording(element: _Element) -> bool:
    return bool(element.get("type", "").lower().startswith(("audio/", "video/")))


def _language_at(element: _Element) -> str:
    """The language stated by the element or the nearest one around it."""
    if language := _stated_language(element):
        return language
    return _first(map(_stated_language, element.iterancestors()))


def _stated_language(element: _Element) -> str:
    return str(element.get(f"{_XML}lang") or element.get("lang") or "")
