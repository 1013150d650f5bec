"""What a feed says in its own words, whoever parsed it, and what that comes to as an item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from digest.contacts import find_contacts
from digest.formats.items import Item
from digest.markup import text_of
from digest.model import Contact, Image
from digest.urls import canonical_url, joined, safe_href


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: texts and addresses as they stand there, HTML unescaped once; "" and () for what it does not say.

    `guid_is_link` tells that the identifier is the address of the item's page, `base` is what its
    addresses are relative to, `source` the feed that it was taken from, `pictures` the likeliest first,
    `recordings` what there is to be heard or seen.
    """

    title: str = ""
    content: str = ""
    summary: str = ""
    guid: str = ""
    guid_is_link: bool = False
    links: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    base: str = ""
    source: str = ""
    pictures: tuple[str, ...] = ()
    recordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what it says of itself, and its items in order."""

    entries: tuple[Entry, ...]
    title: str = ""
    link: str = ""
    language: str = ""
    about: tuple[str, ...] = ()
    """Its description and its rights, where it may say whom to tell of mistakes."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all items of a feed have in common: the address that theirs are relative to, a publisher, a contact."""

    base: str | None
    language: str
    publisher: str
    contact: Contact | None

    @classmethod
    def of(cls, feed: Feed, url: str | None) -> Setting:
        contacts = find_contacts(map(text_of, feed.about))
        base = canonical_url(feed.link, url) if feed.link else None
        return cls(base or url, feed.language, text_of(feed.title), next(iter(contacts), None))

    def item(self, entry: Entry, guid: str) -> Item:
        """The item, named by `guid`, or by nothing where that is ""."""
        base = joined(self.base, entry.base) if entry.base else self.base  # xml:base may itself be relative
        picture = next(filter(None, (safe_href(joined(base, url)) for url in entry.pictures if url)), None)
        return Item(
            title=entry.title,
            content=entry.content,
            summary=entry.summary,
            guid=guid,
            url=next(filter(None, (canonical_url(url, base) for url in _addresses(entry) if url)), None),
            authors=entry.authors,
            labels=entry.labels,
            published=entry.published,
            updated=entry.updated,
            language=entry.language or self.language,
            publisher=text_of(entry.source) if entry.source else self.publisher,
            image=Image(picture) if picture else None,
            contact=self.contact,
        )


def _addresses(entry: Entry) -> Iterator[str]:
    """Where the item's page may be: its links, else an identifier that says it is one; an episode without a page of its
    own is where it can be heard."""
    yield from entry.links
    if entry.guid_is_link or "://" in entry.guid:
        yield entry.guid
    yield from entry.recordings
