"""A date as a publisher wrote it → an aware moment, or None: never a guess."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

_LONGEST = 100
_YEARS = range(1900, 2201)
_TOLERANCE = timedelta(days=2)
"""A clock may be wrong and a zone left out; a date further ahead of the document that states it is a mistake."""
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d))?")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.](\d{1,2})[/.](\d{1,2})\b")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}\b.*")
_NAMED_MONTH = re.compile("[A-Za-z]{3}")
_YEAR = re.compile(r"\d{4}")
_COMMON = ["en", "de", "fr", "es", "it"]
_PLAIN = [f"{day}{time}" for day in ("%d. %B %Y", "%d %B %Y", "%B %d, %Y") for time in ("", ", %H:%M", " %H:%M")]
"""Days as most write them. In these no time zone is looked for, the patterns of which take 30 ms to make."""
_UNIX = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\w{3}) +(\d+) ([\d:]+) (\w+) (\d{4})")


def parse_moment(
    text: str, language: str | None = None, retrieved: datetime | None = None, zone: tzinfo = UTC
) -> datetime | None:
    """The moment a text names, aware; one without an offset is taken in `zone`, one without a time as midnight.

    Reads ISO 8601, RFC 5322, Unix `date`, and, where a language is given ("und" for the commonest), a
    day written out in it. None for what names no whole day, for "3/4/2026" in a language that has it
    both ways, for a day not between the years 1900 and 2200, and for one after `retrieved`.
    """
    text = " ".join(text[:_LONGEST].split())
    if not text:
        return None
    found = (
        _iso(text)
        or (_mail(text) if _NAMED_MONTH.search(text) else None)
        or (_written(text, language) if language else None)
    )
    if found is None or found.year not in _YEARS:
        return None
    found = found if found.tzinfo else in_zone(found, zone)
    return None if retrieved and found > retrieved + _TOLERANCE else found


def in_zone(local: datetime, zone: tzinfo) -> datetime:
    """The local time with the zone's offset at that time, as a fixed one."""
    return datetime.fromisoformat(local.replace(tzinfo=zone).isoformat())


def _iso(text: str) -> datetime | None:
    text = _YEAR_FIRST.sub(lambda day: f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}", text)
    if not text[:4].isdigit():
        return None
    compact = _COMPACT.fullmatch(text)
    try:
        if compact:
            return datetime(*(int(part) for part in compact.groups() if part))  # type: ignore[arg-type]
        return datetime.fromisoformat(re.sub(r"(?<=\d) (?=[+-]\d|Z$)", "", re.sub(r"(\.\d{6})\d+", r"\1", text)))
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    unix = _UNIX.fullmatch(text)
    if unix:
        month, day, time, zone, year = unix.groups()
        text = f"{day} {month} {year} {time} {zone}"
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(text: str, language: str) -> datetime | None:
    slashed = _SLASHED.fullmatch(text)
    language = language.split("-")[0].lower()
    if not _YEAR.search(text) or (slashed and language in ("en", "und") and max(map(int, slashed.groups())) <= 12):
        return None
    import dateparser

    # Relative dates ("yesterday") are read by no parser named here: they would depend on when this runs.
    settings = {"STRICT_PARSING": True, "PARSERS": ["custom-formats", "absolute-time"], "TIMEZONE": "UTC"}
    if slashed or "." in text:  # only Americans write the month first, and theirs are read where they can be told
        settings["DATE_ORDER"] = "MDY" if slashed and int(slashed.group(2)) > 12 else "DMY"
    known = _COMMON if language == "und" else [language, "en"]
    try:
        found: datetime | None = dateparser.parse(text, date_formats=_PLAIN, languages=known, settings=settings)
    except (ValueError, OverflowError, RecursionError):  # a language it does not know, a day no month has
        return None
    return found
