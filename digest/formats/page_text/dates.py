"""The dates on a page's lines, read by the month names of every language: whole days only, never a guess."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache

from digest.phrases import phrases

_TIME = r"(?:[\s,\-–—|:@]|\bat|\bum|\bà|\ba las|\ba|\bàs|\bore|\balle|\bin|\bв|\bom|\bkl|\bh|\bte|الساعة)*"
_CLOCK = r"(?P<hour>[01]?\d|2[0-3])(?::|h|\.|：|時|时|点)(?P<minute>[0-5]\d)(?::[0-5]\d)?\s*(?P<half>[ap]\.?m\.?)?"
_DAYS_AND_MONTHS = range(1, 13)


@cache
def _date() -> re.Pattern[str]:
    """One whole date, with the time of day where it follows at once."""
    months = "|".join(sorted(map(re.escape, phrases().months), key=len, reverse=True))
    # A month's name after or before the day; a year is always there.
    day_month = rf"(?P<day1>\d{{1,2}})(?:\.|º|er|st|nd|rd|th|-|ª)?\s*(?:de |di |d'|of )?(?P<month1>{months})\.?,?\s*(?:de |del |do |-)?\s*(?P<year1>\d{{4}})"
    month_day = rf"(?P<month2>{months})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})"
    iso = r"(?P<year3>\d{4})(?P<sign>[-/.])(?P<month3>\d{1,2})(?P=sign)(?P<day3>\d{1,2})"
    wide = r"(?P<year4>\d{4})\s?年\s?(?P<month4>\d{1,2})\s?月\s?(?P<day4>\d{1,2})\s?日"
    dotted = r"(?P<day5>\d{1,2})\.\s?(?P<month5>\d{1,2})\.\s?(?P<year5>\d{4})"
    slashed = r"(?P<first>\d{1,2})(?P<slash>[/-])(?P<second>\d{1,2})(?P=slash)(?P<year6>\d{4})"
    dates = "|".join((day_month, month_day, iso, wide, dotted, slashed))
    return re.compile(rf"(?<![\w/])(?:{dates})(?![\d/])(?:{_TIME}(?:T)?{_CLOCK})?", re.IGNORECASE)


def dates_in(text: str) -> list[tuple[int, int, datetime | None]]:
    """Start and end of each date of a line in order, and the moment it names, in UTC where no zone is told.

    The moment is None for a day that no calendar has and for one that may be read two ways
    ("3/4/2024").
    """
    return [(match.start(), match.end(), _moment(match)) for match in _date().finditer(text)]


def leading_date(text: str) -> tuple[datetime | None, int]:
    """The date a text begins with and how many characters say it; None and 0 where it begins otherwise.

    A date that is said twice over ("3 May 2024 3 May 2024 - 11:00") is one.
    """
    moment, end = None, 0
    while match := _date().match(text, end + len(text[end:]) - len(text[end:].lstrip(" ,:-–|"))):
        moment = moment or _moment(match)
        end = match.end()
    return moment, end


def _moment(match: re.Match[str]) -> datetime | None:
    part = match.groupdict()
    if part["first"]:
        first, second = int(part["first"]), int(part["second"])
        if first in _DAYS_AND_MONTHS and second in _DAYS_AND_MONTHS and first != second:
            return None
        day, month = (first, second) if second in _DAYS_AND_MONTHS else (second, first)
        year = int(part["year6"])
    else:
        number = next(number for number in "12345" if part["year" + number])
        name = part["month" + number]
        day, year = int(part["day" + number]), int(part["year" + number])
        month = int(name) if name.isdigit() else phrases().months[name.casefold()]
    hour, minute = int(part["hour"] or 0), int(part["minute"] or 0)
    if part["half"]:
        hour = hour % 12 + (12 if part["half"][0] in "pP" else 0)
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None
