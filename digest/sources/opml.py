"""OPML in and out: lists of feeds, with the categories that other readers keep them under."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.errors import FormatError
from digest.markup import clean_text
from digest.urls import web_address

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 50
_LEVEL = " > "


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed in a list: its address, its title, the page it belongs to, and its categories, the outermost first.

    `hosts` are those on a private network that it may ask; no list says so.
    """

    url: str
    title: str = ""
    page: str = ""
    categories: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    @property
    def section(self) -> str:
        """The categories as one label, any level of which a section may go by; "" where there is none."""
        return _LEVEL.join(self.categories)


def read_opml(
    data: bytes, name: str, skip: Callable[[str, str], None] = lambda title, url: None
) -> tuple[Subscription, ...]:
    """The feeds in an OPML file, in order, each address once, where it stands first.

    `name` is what messages call the file. `skip` is called with the title and the address of a feed that is not on the
    web. Raises FormatError for what is no OPML.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FormatError(f"{name} is not OPML: {error}; export it again") from error
    if root is None or _local(root) != "opml":
        raise FormatError(f"{name} is not OPML; give the file that a feed reader exports")
    body = next((child for child in root if _local(child) == "body"), root)
    once: dict[str, Subscription] = {}
    for each in _outlines(body, ()):
        if each.url.startswith(("http://", "https://")):
            once.setdefault(each.url, each)
        else:
            skip(each.title, each.url)
    return tuple(once.values())


def _outlines(parent: _Element, categories: tuple[str, ...]) -> Iterator[Subscription]:
    for outline in parent:
        if _local(outline) != "outline":
            continue
        stated = {str(key).lower(): clean_text(str(value)) for key, value in outline.attrib.items()}
        title, url = stated.get("title") or stated.get("text", ""), stated.get("xmlurl", "")
        if url:
            yield Subscription(web_address(url), title, stated.get("htmlurl", ""), categories or _category(stated))
        if len(outline) and len(categories) < _DEEPEST:
            yield from _outlines(outline, categories if url or not title else (*categories, title))


def _category(stated: dict[str, str]) -> tuple[str, ...]:
    """The first of a feed's own categories: a comma parts several, a slash their levels."""
    first = next(iter(filter(None, (each.strip() for each in stated.get("category", "").split(",")))), "")
    return tuple(filter(None, (level.strip() for level in first.split("/"))))


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def categories_of(section: str) -> tuple[str, ...]:
    """The categories of a label that `Subscription.section` made."""
    return tuple(filter(None, (level.strip() for level in section.split(_LEVEL))))


def write_opml(subscriptions: Iterable[Subscription], title: str) -> bytes:
    """An OPML 2.0 file of the feeds, nested by their categories; the same feeds give the same bytes."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean_text(title)
    body = etree.SubElement(root, "body")
    folders: dict[tuple[str, ...], _Element] = {(): body}
    for each in subscriptions:
        path: tuple[str, ...] = ()
        for category in map(clean_text, each.categories):
            parent, path = folders[path], (*path, category)
            if path not in folders:
                folders[path] = etree.SubElement(parent, "outline", text=category, title=category)
        url, page = clean_text(each.url), clean_text(each.page)
        words = clean_text(each.title) or url
        outline = etree.SubElement(folders[path], "outline", type="rss", text=words, title=words, xmlUrl=url)
        if page:
            outline.set("htmlUrl", page)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def as_toml(subscriptions: Iterable[Subscription], taken: Collection[str] = ()) -> str:
    """The feeds as `[[source]]` tables of digest.toml, named by their titles; `taken` are names in use already."""
    used = set(taken)
    tables = []
    for each in subscriptions:
        words = each.title or urlsplit(each.url).hostname or each.url
        name, number = words, 1
        while name in used:
            number += 1
            name = f"{words} {number}"
        used.add(name)
        texts = {"name": name, "use": "feed", "url": each.url, "section": each.section}
        keys = {**texts, "allow_hosts": list(each.hosts)}
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items() if value]
        tables.append("\n".join(["[[source]]", *lines]) + "\n")
    return "\n".join(tables)
