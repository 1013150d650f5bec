"""Invented documents for the tests of the formats, and a short way to read one."""

from __future__ import annotations

from datetime import UTC, datetime

from digest.formats import BUILT_IN, detect
from digest.model import Article, Document, Hints, Reading

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
ADDRESS = "https://tidewatch.example/world/ferry"

PARAGRAPHS = (
    "The last car ferry across the Ellin sound will sail until the end of March, the port authority said on Tuesday.",
    "Its engines were to be switched off in December, after forty-one years and some three million crossings.",
    "“We counted again, and found that the bridge will not be ready,” said the harbour master, Odile Marrack.",
    "About nine hundred people cross the sound each day, half of them on the way to school or to the hospital.",
    "A replacement has been ordered from a yard in the north, which has promised to deliver it before the autumn.",
    "Until then the old ship must pass an inspection every month, at a cost that the two counties will share.",
)


def body(*paragraphs: str) -> str:
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)


def page(inside: str, head: str = "", title: str = "Ferry to sail until March", lang: str = ' lang="en"') -> bytes:
    return f"<!DOCTYPE html><html{lang}><head><title>{title}</title>{head}</head><body>{inside}</body></html>".encode()


def read(
    content: bytes | str, media_type: str | None = None, url: str | None = None, hints: Hints | None = None
) -> Reading:
    """What the built-in formats make of a document."""
    content = content.encode() if isinstance(content, str) else content
    document = Document("tidewatch", "the document", content, media_type, url=url, retrieved=NOW)
    return detect(document, BUILT_IN).read(document, hints or Hints("tidewatch"))


def only(reading: Reading) -> Article:
    """The one article of a reading."""
    (article,) = reading.articles
    return article
