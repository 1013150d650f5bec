"""RSS 0.9x to 2.0, RDF and Atom → articles, each item by itself: a bad one costs no other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import tzinfo

from digest.formats.decode import decode
from digest.formats.feed import lenient, wellformed
from digest.formats.feed.entry import Feed, Setting
from digest.formats.feed.mend import mended
from digest.formats.items import article_of
from digest.markup import text_of
from digest.model import Document, Drop, Hints, Reading

_ITEM_OPENS, _ITEM_CLOSES = re.compile(r"<(?:item|entry)[\s>]"), re.compile(r"</(?:item|entry)\s*>")


def read(document: Document, hints: Hints) -> Reading:
    """The articles of a feed, full or brief as the feed has them.

    Raises FormatError where there is no feed. A feed that breaks off, or breaks the rules of XML,
    gives the items that are whole.
    """
    feed, drops = _parsed(document, hints.zone)
    setting = Setting.of(feed, document.url)
    names = Counter(entry.guid for entry in feed.entries)
    articles = []
    for number, entry in enumerate(feed.entries, 1):
        subject = f"{document.name}, item {number}"
        guid = entry.guid if names[entry.guid] == 1 else ""  # one that several items bear names none of them
        try:
            article = article_of(setting.item(entry, guid), hints, document.retrieved)
        except Exception as error:  # noqa: BLE001 - an entry may hold anything; it must not cost the others
            drops.append(Drop("read", subject, "bad item", f"{type(error).__name__}: {error}"))
            continue
        if article is None:
            drops.append(Drop("read", subject, "empty", "neither a title nor a text"))
        else:
            articles.append(article)
    if not feed.entries and not drops:
        drops.append(Drop("read", document.name, "no items", "the feed is empty"))
    return Reading(tuple(articles), (), tuple(drops), setting.publisher, feed.language or None)


def _parsed(document: Document, zone: tzinfo) -> tuple[Feed, list[Drop]]:
    """The feed as it stands, else mended, else as feedparser has it; and what it lacks at its end."""
    text = decode(document)
    feed = wellformed.parse(text, document.retrieved) if "<!DOCTYPE" not in text else None
    if feed is None:
        text = mended(text)
        feed = wellformed.parse(text, document.retrieved)
    if feed is not None:
        return feed, []
    feed = lenient.parse(text, document.name, document.retrieved, zone)
    if not feed.entries or len(_ITEM_OPENS.findall(text)) <= len(_ITEM_CLOSES.findall(text)):
        return feed, []
    last = text_of(feed.entries[-1].title)
    drop = Drop(
        "read", document.name, "cut off", "the feed ends within its last item" + (f", “{last}”" if last else "")
    )
    return replace(feed, entries=feed.entries[:-1]), [drop]
