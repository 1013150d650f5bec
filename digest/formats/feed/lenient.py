"""A feed in any state → its entries, by feedparser, which knows what feeds of twenty years have come to."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from digest.errors import FormatError
from digest.formats.dates import parse_moment
from digest.formats.feed.entry import Entry, Feed


def parse(text: str, name: str, retrieved: datetime | None) -> Feed:
    """The feed; raises FormatError, which calls the document by its name, where there is none."""
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
    return Feed(
        tuple(_entry(entry, is_rss, retrieved) for entry in parsed.entries),
        title=str(about.get("title") or ""),
        link=str(about.get("link") or ""),
        language=str(about.get("language") or ""),
        about=tuple(str(about[key]) for key in ("subtitle", "rights") if about.get(key)),
    )


def _entry(entry: dict[str, Any], is_rss: bool, retrieved: datetime | None) -> Entry:
    details = (*entry.get("content", ()), entry.get("title_detail") or {}, entry.get("summary_detail") or {})
    languages = (entry.get("language"), *(part.get("language") for part in details))
    updated = _moment(entry, "updated", retrieved)
    published = _moment(entry, "published", retrieved) or _moment(entry, "created", retrieved)
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
    )


def _links(entry: Mapping[str, Any]) -> Iterator[str]:
    yield str(entry.get("feedburner_origlink") or "")
    for link in entry.get("links", ()):
        if link.get("rel", "alternate") == "alternate":
            yield str(link.get("href") or "")
    yield str(entry.get("link") or "")


def _moment(entry: dict[str, Any], name: str, retrieved: datetime | None) -> datetime | None:
    # feedparser answers "published" with "updated" where there is none; dict.get does not.
    moment = parse_moment(str(dict.get(entry, name) or ""), retrieved=retrieved)
    parsed = dict.get(entry, f"{name}_parsed")
    if moment is not None or parsed is None:
        return moment
    try:
        return parse_moment(datetime.fromtimestamp(timegm(parsed), UTC).isoformat(), retrieved=retrieved)
    except (ValueError, OverflowError, OSError):  # a year that no calendar here has
        return None


def _pictures(entry: Mapping[str, Any]) -> Iterator[str]:
    """Pictures, then small ones, then what is enclosed."""
    small = entry.get("media_thumbnail", ())
    for item in (*entry.get("media_content", ()), *small):
        if item in small or _is_picture(item):
            yield str(item.get("url") or "")
    for link in entry.get("links", ()):
        if link.get("rel") == "enclosure" and _is_picture(link):
            yield str(link.get("href") or "")


def _is_picture(item: Mapping[str, Any]) -> bool:
    return item.get("medium") == "image" or str(item.get("type") or "").startswith("image/")
