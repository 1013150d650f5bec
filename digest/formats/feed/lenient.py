"""A feed in any state → its entries, by feedparser, which knows what feeds of twenty years have come to."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from io import BytesIO
from typing import Any

from digest.errors import FormatError
from digest.formats.dates import parse_moment
from digest.formats.feed.entry import Entry, Feed


def parse(text: str, name: str, retrieved: datetime | None, zone: tzinfo = UTC) -> Feed:
    """The feed; raises FormatError, which calls the document by its name, where there is none.

    A date that is written out in words and names no offset is taken in `zone`.
    """
    import feedparser

    # Without a stream, feedparser would take the text for a URL or a path and go and open it.
    parsed = feedparser.parse(
        BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    about = parsed.feed
    if not (parsed.version or parsed.entries or about.get("title")):
        cause = parsed.get("bozo_exception") or "it has no channel"
        raise FormatError(f"{name} is not a feed: {cause}; give the address of its RSS or Atom")
    is_rss = not str(parsed.version).startswith("atom")
    language = str(about.get("language") or "")
    return Feed(
        tuple(_entry(entry, is_rss, _Dates(entry, language, retrieved, zone)) for entry in parsed.entries),
        title=str(about.get("title") or ""),
        link=str(about.get("link") or ""),
        language=language,
        about=tuple(str(about[key]) for key in ("subtitle", "rights") if about.get(key)),
    )


class _Dates:
    """The dates of one entry, also those that a server wrote in its own language ("Mi, 21 Okt 2026 06:00:00 +0200")."""

    def __init__(self, entry: dict[str, Any], language: str, retrieved: datetime | None, zone: tzinfo) -> None:
        self._entry, self._retrieved, self._zone = entry, retrieved, zone
        self._language = str(entry.get("language") or language or "und")

    def __call__(self, name: str) -> datetime | None:
        # feedparser answers "published" with "updated" where there is none; dict.get does not.
        text = str(dict.get(self._entry, name) or "")
        return parse_moment(text, retrieved=self._retrieved) or self._parsed(name) or self._written(text)

    def _parsed(self, name: str) -> datetime | None:
        parsed = dict.get(self._entry, f"{name}_parsed")
        try:
            moment = datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
        except (ValueError, OverflowError, OSError):  # a year that no calendar here has
            return None
        return parse_moment(moment.isoformat(), retrieved=self._retrieved) if moment else None

    def _written(self, text: str) -> datetime | None:
        return parse_moment(text, self._language, self._retrieved, self._zone)


def _entry(entry: dict[str, Any], is_rss: bool, moment: _Dates) -> Entry:
    details = (*entry.get("content", ()), entry.get("title_detail") or {}, entry.get("summary_detail") or {})
    languages = (entry.get("language"), *(part.get("language") for part in details))
    updated = moment("updated")
    published = moment("published") or moment("created")
    authors = [str(author.get("name") or "") for author in entry.get("authors", ()) if author]
    if len(authors) < 2:  # where there is one, feedparser cuts its name out of a text it also keeps whole
        authors = [str(entry.get("author") or "")]
    return Entry(
        title=str(entry.get("title") or ""),
        content=max((str(part.get("value") or "") for part in entry.get("content", ())), key=len, default=""),
        summary=str(dict.get(entry, "summary") or ""),
        guid=str(entry.get("id") or ""),
        guid_is_link=bool(entry.get("guidislink")),
        links=tuple(_links(entry)),
        authors=tuple(filter(None, authors)),
        labels=tuple(str(tag.get("label") or tag.get("term") or "") for tag in entry.get("tags", ())),
        published=published or (updated if is_rss else None),
        updated=updated,
        language=str(next(filter(None, languages), "")),
        base=next((str(part["base"]) for part in details if part.get("base")), ""),
        source=str((entry.get("source") or {}).get("title") or ""),
        pictures=tuple(_pictures(entry)),
        recordings=tuple(
            str(link.get("href") or "")
            for link in entry.get("links", ())
            if link.get("rel") == "enclosure" and _is_recording(link)
        ),
    )


def _links(entry: Mapping[str, Any]) -> Iterator[str]:
    yield str(entry.get("feedburner_origlink") or "")
    for link in entry.get("links", ()):
        if link.get("rel", "alternate") == "alternate":
            yield str(link.get("href") or "")
    yield str(entry.get("link") or "")


def _pictures(entry: Mapping[str, Any]) -> Iterator[str]:
    """Pictures, then small ones, then what is enclosed."""
    small = entry.get("media_thumbnail", ())
    for item in (*entry.get("media_content", ()), *small):
        if item in small or _is_picture(item):
            yield str(item.get("url") or "")
    for link in entry.get("links", ()):
        if link.get("rel") == "enclosure" and _is_picture(link):
            yield str(link.get("href") or "")


def _is_recording(item: Mapping[str, Any]) -> bool:
    return str(item.get("type") or "").lower().startswith(("audio/", "video/"))


def _is_picture(item: Mapping[str, Any]) -> bool:
    return item.get("medium") == "image" or str(item.get("type") or "").startswith("image/")
