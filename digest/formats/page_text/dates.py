"""The dates on a page's lines, by the month names of every language: whole days only, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from digest.phrases import fold, phrases

_MONTHS = range(1, 13)
_BEFORE_CLOCK = r"(?:[\s,\-–—|:@T]|\bat|\bum|\bà|\ba las|\ba|\bàs|\bore|\balle|\bin|\bв|\bom|\bkl|\bh|\bte|الساعة)*"
_CLOCK = r"(?P<hour>[01]?\d|2[0-3])(?::|h|\.|：|時|时|点)(?P<minute>[0-5]\d)(?::[0-5]\d)?\s*(?P<half>[ap]\.?m\.?)?"


@cache
def _date() -> re.Pattern[str]:
    """One whole date, with the time of day where it follows at once."""
    months = "|".join(sorted(map(re.escape, phrases().months), key=len, reverse=True))
    dates = (
        rf"(?P<day1>\d{{1,2}})(?:\.|º|er|st|nd|rd|th|-|ª)?\s*(?:de |di |d'|of )?"
        rf"(?P<month1>{months})\.?,?\s*(?:de |del |do |-)?\s*(?P<year1>\d{{4}})",
        rf"(?P<month2>{months})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})",
        r"(?P<year3>\d{4})(?P<sign>[-/.])(?P<month3>\d{1,2})(?P=sign)(?P<day3>\d{1,2})",
        r"(?P<year4>\d{4})\s?年\s?(?P<month4>\d{1,2})\s?月\s?(?P<day4>\d{1,2})\s?日",
        r"(?P<day5>\d{1,2})\.\s?(?P<month5>\d{1,2})\.\s?(?P<year5>\d{4})",
        r"(?P<first>\d{1,2})(?P<slash>[/-])(?P<second>\d{1,2})(?P=slash)(?P<year6>\d{4})",
    )
    return re.compile(rf"(?<![\w/])(?:{'|'.join(dates)})(?![\d/])(?:{_BEFORE_CLOCK}{_CLOCK})?", re.IGNORECASE)


def date_spans(text: str) -> list[tuple[int, int]]:
    """Where the dates of a line begin and end."""
    return [match.span() for match in _date().finditer(text)]


def dates_said(text: str) -> Iterator[tuple[bool, datetime | None]]:
    """For each date of a line, whether it says when something was changed, and the moment, in UTC for want of a zone.

    The moment is None for a day that no calendar has and for one that may be read two ways
    ("3/4/2024").
    """
    at = 0
    for match in _date().finditer(text):
        before = fold(text[at : match.start()])
        yield any(word in before for word in phrases().update_words), _moment(match)
        at = match.end()


def leading_date(text: str) -> tuple[datetime | None, int]:
    """The moment a text begins with and how many characters say it; None and 0 where it begins otherwise.

    A day that is said twice over ("3 May 2024 3 May 2024 - 11:00") is one, with the hour that either gives.
    """
    moment: datetime | None = None
    end = 0
    while match := _date().match(text, end + len(text[end:]) - len(text[end:].lstrip(" ,:-–|"))):
        again = _moment(match)
        if again and (moment is None or again.date() == moment.date()):
            moment = max(moment or again, again)
        end = match.end()
    return moment, end


def _moment(match: re.Match[str]) -> datetime | None:
    part = match.groupdict()
    if part["first"]:
        first, second = int(part["first"]), int(part["second"])
        if first in _MONTHS and second in _MONTHS and first != second:
            return None
        day, month = (first, second) if second in _MONTHS else (second, first)
        year = int(part["year6"])
    else:
        form = next(form for form in "12345" if part["year" + form])
        name = part["month" + form]
        day, year = int(part["day" + form]), int(part["year" + form])
        month = int(name) if name.isdigit() else phrases().months[fold(name)]
    hour, minute = int(part["hour"] or 0), int(part["minute"] or 0)
    if part["half"]:
        hour = hour % 12 + (12 if part["half"][0] in "pP" else 0)
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None
