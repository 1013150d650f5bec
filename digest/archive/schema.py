"""The tables as queries see them; `migrations` creates them."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from sqlalchemy import Boolean, Date, Integer, LargeBinary, String, column, table
from sqlalchemy.types import TypeDecorator


@lru_cache(maxsize=64)  # all rows of a collect bear the same few
def instant(moment: datetime) -> str:
    """The time in UTC, in a form that sorts as time does. Raises ValueError for a time without an
    offset, and OverflowError for one that UTC cannot express."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} is a time without an offset")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def storable(text: str) -> str:
    """The text as every database takes it: lone surrogates and NUL become escapes, and stay them."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")


def headline_key(headline: str) -> str:
    """What rows are found by for whom a person names them by their headline: short, so that every database can index
    it, and the same for every kind of quotes and dashes. The rows hold it: another rule needs a migration."""
    from digest.typography import plain_marks  # not for those who only read

    return blake2b(plain_marks(headline).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Moment(TypeDecorator[datetime]):
    """Aware times, equal when they come back, in UTC."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        return None if value is None else instant(value)

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Text(TypeDecorator[str]):
    """Any text, made `storable`."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else storable(value)


class Marks(TypeDecorator[frozenset[int]]):
    """A set of numbers below 2⁶⁴, in order, eight bytes each."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Any) -> bytes | None:
        return None if value is None else struct.pack(f"<{len(value)}Q", *sorted(value))

    def process_result_value(self, value: bytes | None, dialect: Any) -> frozenset[int] | None:
        return None if value is None else frozenset(struct.unpack(f"<{len(value) // 8}Q", value))


class Packed(TypeDecorator[bytes]):
    """Bytes, compressed by zlib."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Any) -> bytes | None:
        return None if value is None else zlib.compress(value)

    def process_result_value(self, value: bytes | None, dialect: Any) -> bytes | None:
        return None if value is None else zlib.decompress(value)


migrations = table("digest_migrations", column("number", Integer), column("what", Text))

documents = table(
    "documents",
    column("hash", Text),
    column("source", Text),
    column("name", Text),
    column("url", Text),
    column("media_type", Text),
    column("charset", Text),
    column("retrieved", Moment),
    column("last_seen", Moment),
    column("body", Packed),
    column("first_seen", Moment),
)

articles = table(
    "articles",
    column("id", Text),
    column("source", Text),
    column("revision", Text),
    column("kind", Text),
    column("language", Text),
    column("url", Text),
    column("published", Moment),
    column("retrieved", Text),
    column("dated", Moment),
    column("first_seen", Moment),
    column("last_seen", Moment),
    column("gone", Moment),
    column("latest", Boolean),
    column("hash", Text),
    column("json", Text),
    column("headline", Text),
)

issues = table(
    "issues",
    column("newsletter", Text),
    column("number", Integer),
    column("date", Date),
    column("again", Integer),
    column("subject", Text),
    column("stories", Integer),
    column("made", Moment),
    column("published", Moment),
    column("json", Packed),
    column("preheader", Text),
)

renditions = table(
    "renditions",
    column("newsletter", Text),
    column("number", Integer),
    column("position", Integer),
    column("name", Text),
    column("media_type", Text),
    column("body", Packed),
)

printed = table(
    "printed",
    column("newsletter", Text),
    column("number", Integer),
    column("position", Integer),
    column("section", Text),
    column("story", Text),
    column("article", Text),
    column("revision", Text),
)

corrections = table(
    "corrections",
    column("newsletter", Text),
    column("id", Text),
    column("number", Integer),
    column("noted", Moment),
    column("carried", Integer),
    column("dismissed", Boolean),
    column("json", Text),
)

fetches = table(
    "fetches",
    column("source", Text),
    column("url", Text),
    column("followed", Boolean),
    column("etag", Text),
    column("last_modified", Text),
    column("mark", Text),
    column("asked", Moment),
    column("succeeded", Moment),
    column("failing_since", Moment),
    column("failures", Integer),
    column("error", Text),
    column("reported", Moment),
    column("not_before", Moment),
    column("moved", Text),
    column("items", Integer),
)

shown = table(
    "shown",
    column("source", Text),
    column("kind", Text),
    column("page", Text),
    column("seen", Moment),
    column("lines", Marks),
)

classifiers = table(
    "classifiers",
    column("newsletter", Text),
    column("mark", Text),
    column("body", Packed),
)

drafts = table(
    "drafts",
    column("newsletter", Text),
    column("date", Date),
    column("made", Moment),
    column("json", Packed),
)

receipts = table(
    "receipts",
    column("newsletter", Text),
    column("number", Integer),
    column("purpose", Text),
    column("address", Text),
    column("status", Text),
    column("id", Text),
    column("detail", Text),
    column("noted", Moment),
)

takedowns = table("takedowns", column("what", Text), column("reason", Text), column("noted", Moment))
