"""Sources on the web: a feed, a page, a section front. They say what to ask and what to follow; others ask and read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from mimetypes import guess_type
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from digest.model import Article, Document, Reading
from digest.sources.asking import Wanted
from digest.sources.discovery import OF_COMMENTS, discover_feeds, holds_comments
from digest.sources.http import Request

_ADDRESS = r"^https?://\S+$"
_ALLOW = "hosts that this source may reach on a private network, by the names that stand in its addresses"
_LOOKED_AT = 4096
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.I | re.S
)


class FeedOptions(BaseModel):
    """What a source with `use = "feed"` may set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(pattern=_ADDRESS, description="the address of the feed: RSS, Atom or JSON Feed")
    full_text: Literal["when-short", "always", "never"] = Field(
        "when-short", description="whether the pages that items link to are read, for the text that the feed leaves out"
    )
    follow: int = Field(20, ge=0, le=200, description="at most so many pages are read in one collect; the rest later")
    allow_hosts: tuple[str, ...] = Field((), description=_ALLOW)


class PageOptions(BaseModel):
    """What a source with `use = "page"` may set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(pattern=_ADDRESS, description="the address of the page")
    allow_hosts: tuple[str, ...] = Field((), description=_ALLOW)


class SectionFrontOptions(BaseModel):
    """What a source with `use = "section-front"` may set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(pattern=_ADDRESS, description="the address of a page whose teasers become briefs")
    follow: int = Field(
        0, ge=0, le=200, description="at most so many of the pages it leads to are read in one collect; 0 for none"
    )
    allow_hosts: tuple[str, ...] = Field((), description=_ALLOW)


class _Web:
    """One address, asked as it is. What vanished from it is not gone: it only shows what is new."""

    complete = False
    follow = 0
    kind: Literal["feed", "page"] = "page"

    def __init__(self, url: str, allow_hosts: Sequence[str]) -> None:
        self._url = url
        self._hosts = frozenset(host.lower() for host in allow_hosts)

    def requests(self) -> tuple[Request, ...]:
        return (Request(self._url, self.kind, allow_hosts=self._hosts),)

    def misfit(self, document: Document) -> str:
        return ""

    def wanted(self, readings: Sequence[Reading]) -> tuple[Wanted, ...]:
        return ()

    def _page(self, url: str, article: Article | None = None) -> Wanted:
        return Wanted(Request(url, "page", allow_hosts=self._hosts), article)


class Feed(_Web):
    """The `feed` source: its items, and for those that are only teasers the pages they link to."""

    Options = FeedOptions
    kind = "feed"

    def __init__(self, name: str, options: FeedOptions, folder: Path) -> None:
        super().__init__(options.url, options.allow_hosts)
        self.follow = options.follow if options.full_text != "never" else 0
        self._follows_all = options.full_text == "always"

    def misfit(self, document: Document) -> str:
        if holds_comments(document.body):
            return OF_COMMENTS
        if not _PAGE.match(document.body[:_LOOKED_AT]):
            return ""
        feeds = discover_feeds(document.body.decode("utf-8", "replace"), document.url or "")
        offered = f" ({', '.join(feed.url for feed in feeds[:3])})" if feeds else ""
        return f'it is a web page and no feed; give the address of one of its feeds{offered}, or say use = "page"'

    def wanted(self, readings: Sequence[Reading]) -> tuple[Wanted, ...]:
        short = (each for each in _linked(readings) if self._follows_all or each.kind == "brief")
        return tuple(self._page(each.url, each) for each in short if each.url and not _is_recording(each.url))


class Page(_Web):
    """The `page` source: one page, whatever stands on it."""

    Options = PageOptions

    def __init__(self, name: str, options: PageOptions, folder: Path) -> None:
        super().__init__(options.url, options.allow_hosts)


class SectionFront(_Web):
    """The `section-front` source: a page's teasers as briefs, and what they lead to where it is to be followed."""

    Options = SectionFrontOptions

    def __init__(self, name: str, options: SectionFrontOptions, folder: Path) -> None:
        super().__init__(options.url, options.allow_hosts)
        self.follow = options.follow

    def wanted(self, readings: Sequence[Reading]) -> tuple[Wanted, ...]:
        teasers = [self._page(each.url, each) for each in _linked(readings) if each.kind == "brief" and each.url]
        # A front whose teasers were not recognised still says in its links where its articles are.
        return tuple(teasers or [self._page(link.url) for reading in readings for link in reading.links])


def _is_recording(url: str) -> bool:
    """Whether the address says that it is a sound or a film, which has no text to be read."""
    kind = guess_type(urlsplit(url).path)[0] or ""
    return kind.startswith(("audio/", "video/"))


def _linked(readings: Sequence[Reading]) -> Iterator[Article]:
    return (article for reading in readings for article in reading.articles if article.url)
