"""One collect as the pipeline makes it: gather, read, store; and pages and feeds to collect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from digest.archive.store import Archive
from digest.model import Document, Drop, Hints, Reading
from digest.pipeline import read
from digest.sources.gathering import AnySource, Gathered, gather
from digest.sources.http import Limits
from digest.sources.http.client import Client
from digest.sources.web import Feed, FeedOptions, Page, PageOptions, SectionFront, SectionFrontOptions
from tests.sources.server import HOST, Server

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
HOSTS = (HOST,)
FERRY = (
    "The old ferry is back on the lower harbour after eleven years ashore, and the town turned out to see it.",
    "Its owner, a retired pilot named Maren Quay, had sworn in the spring that it would never carry anybody again.",
    "She changed her mind when the bridge was closed for repairs and the island school had no way to bring its pupils.",
    "The harbour office has granted a licence for one winter, with two crossings every morning and two every evening.",
    "Tickets are sold at the kiosk by the crane, and children under twelve travel without paying anything at all.",
    "Whether the ferry stays after the bridge opens again will be decided by the council in the first week of April.",
)
BAKERY = (
    "The bakery on the upper market has put its night shift to the vote, and the night shift has voted to keep it.",
    "Loaves will leave the oven at four in the morning as they have since the mill was built above the waterfall.",
    "The younger bakers had asked for a later start, so that they could see their families before the shop opens.",
    "In the end seven of the eleven preferred the quiet hours, when nobody asks for anything and the radio plays.",
    "The owner says that the shop will pay for taxis on Sundays, when the first tram does not run before six.",
    "A new apprentice begins in January, and she has already said that she likes to be awake when others sleep.",
)


def page(headline: str, paragraphs: Sequence[str]) -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<html><head><title>{headline}</title></head><body><article><h1>{headline}</h1>{body}</article></body></html>"
    )


def item(headline: str, teaser: str = "", link: str = "", guid: str = "") -> str:
    name = f"<guid isPermaLink='false'>{guid or headline}</guid>"
    where = f"<link>{link}</link>" if link else ""
    return f"<item><title>{headline}</title>{name}<description>{teaser}</description>{where}</item>"


def a_feed(server: Server, path: str = "/feed", **options: Any) -> Feed:
    return Feed("feed", FeedOptions(url=server.url + path, allow_hosts=HOSTS, **options), Path())


def a_page(server: Server, path: str) -> Page:
    return Page("page", PageOptions(url=server.url + path, allow_hosts=HOSTS), Path())


def a_front(server: Server, path: str, **options: Any) -> SectionFront:
    return SectionFront("front", SectionFrontOptions(url=server.url + path, allow_hosts=HOSTS, **options), Path())


async def at_once(seconds: float) -> None:
    """Time that passes at once."""


def reading(name: str, documents: Sequence[Document]) -> list[Reading]:
    return list(map(partial(read, hints=Hints(name)), documents))


def gathered(archive: Archive, *sources: AnySource, now: datetime = NOW, **limits: Any) -> list[Gathered]:
    """What the sources give, called by the numbers of their places, and nothing stored."""
    named = [(f"s{number}", source) for number, source in enumerate(sources)]
    with Client(now, Limits(**{"deadline": 5.0} | limits), at_once) as client:
        found = list(gather(named, reading, archive.fetches, now, client=client))
    return sorted(found, key=lambda each: each.source)


def collect(archive: Archive, *sources: AnySource, now: datetime = NOW, **limits: Any) -> list[Drop]:
    """Gather and store; what was left out."""
    drops: list[Drop] = []
    for each in gathered(archive, *sources, now=now, **limits):
        drops += each.drops
        drops += archive.store(each.articles, each.documents, now, each.fetches).drops
        if each.complete:
            archive.retire(each.source, {article.id for article in each.articles}, now)
    return drops
