"""JSON-LD in a page: the object that describes its article, as schema.org's types name it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING, Any

from digest.markup import fold, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

Node = Mapping[str, Any]

_ARTICLES = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|Review)$")
_MOST_NODES = 10_000
_MOST_VALUES = 50
_ADDRESS = re.compile(r"https?://|www\.|[#/@]", re.IGNORECASE)


def article_node(root: _Element, titles: Sequence[str]) -> Node:
    """The object that describes the page's article, {} where there is none.

    Of several it is the one whose headline is one of the page's titles.
    """
    articles = [node for node in _nodes(root) if any(map(_ARTICLES.search, texts_of(node.get("@type"))))]
    known = [fold(title) for title in titles]
    for node in articles:
        headline = fold(" ".join(map(text_of, texts_of(node.get("headline")) or texts_of(node.get("name")))))
        if headline and any(headline in title or title in headline for title in known):
            return node
    dated = [node for node in articles if node.get("headline") or node.get("datePublished")]
    return dated[0] if len(dated) == 1 else {}


def texts_of(value: Any) -> list[str]:
    """The strings in a value: itself, its items, or the name, else the URL, of what it describes."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value[:_MOST_VALUES] if not isinstance(item, list) for text in texts_of(item)]
    if isinstance(value, dict):
        return [text for key in ("name", "url", "@id", "@value") if isinstance(text := value.get(key), str)][:1]
    return []


def names_of(value: Any) -> list[str]:
    """As `texts_of`, without what is an address and no name."""
    return [text for text in texts_of(value) if not _ADDRESS.match(text)]


def _nodes(root: _Element) -> list[dict[str, Any]]:
    """Every object of the page, each reference (`{"@id": …}`) among its values followed one step."""
    nodes: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        pending = [_parsed(script.text or "")]
        while pending and len(nodes) < _MOST_NODES:
            item = pending.pop()
            if isinstance(item, dict):
                nodes.append(item)
                pending += reversed(list(item.values()))
            elif isinstance(item, list):
                pending += reversed(item)
    described = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}

    def followed(value: Any) -> Any:
        if isinstance(value, list):
            return [described.get(_name(item), item) for item in value]
        return described.get(_name(value), value)

    return [{key: followed(value) for key, value in node.items()} for node in nodes]


def _name(value: Any) -> str:
    """What a reference refers to, "" for what is none."""
    name = value.get("@id") if isinstance(value, dict) and len(value) == 1 else None
    return name if isinstance(name, str) else ""


def _parsed(text: str) -> Any:
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    for attempt in (text, unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):  # broken, or nested to break its reader
            continue
    return None
