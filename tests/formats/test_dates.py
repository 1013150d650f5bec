"""A date as a publisher writes it is the moment it names, or none; never a guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.formats.dates import parse_moment


@pytest.mark.parametrize(
    ("text", "language", "moment"),
    [
        ("2026-11-19T18:20:00+01:00", None, "2026-11-19T18:20:00+01:00"),
        ("2026-11-19T18:20:00+0100", None, "2026-11-19T18:20:00+01:00"),
        ("2026-11-19 18:30:00 +00:00", None, "2026-11-19T18:30:00+00:00"),
        ("2026-11-19T20:09:56.0000000Z", None, "2026-11-19T20:09:56+00:00"),
        ("2026-11-19 18:30", None, "2026-11-19T18:30:00+00:00"),
        ("2026-11-19", None, "2026-11-19T00:00:00+00:00"),
        ("20261119", None, "2026-11-19T00:00:00+00:00"),
        ("Thu, 19 Nov 2026 19:30:00 +0100", None, "2026-11-19T19:30:00+01:00"),
        ("Do, 19 Nov 2026 19:30:00 +0100", None, "2026-11-19T19:30:00+01:00"),
        ("19 Nov 2026 09:15 GMT", None, "2026-11-19T09:15:00+00:00"),
        ("Thu Nov 19 21:30:09 EST 2026", None, "2026-11-19T21:30:09-05:00"),
        ("19 November 2026", "en", "2026-11-19T00:00:00+00:00"),
        ("19. November 2026, 17:05", "de-CH", "2026-11-19T17:05:00+00:00"),
        ("19 novembre 2026 17:05", "fr", "2026-11-19T17:05:00+00:00"),
        ("19 de noviembre de 2026, 17:05", "es", "2026-11-19T17:05:00+00:00"),
        ("November 19, 2026 17:05", "en", "2026-11-19T17:05:00+00:00"),
        ("19. November 2026, 17:05 CET", "de", "2026-11-19T16:05:00+00:00"),
        ("le 3 février 2026 à 14h30", "fr", "2026-02-03T14:30:00+00:00"),
        ("19/11/2026 20:40", "es", "2026-11-19T20:40:00+00:00"),
        ("3.11.2026", "und", "2026-11-03T00:00:00+00:00"),
        ("3/4/2026", "fr", "2026-04-03T00:00:00+00:00"),
        ("4/13/2026", "en", "2026-04-13T00:00:00+00:00"),
        ("2026/4/13 09:15", None, "2026-04-13T09:15:00+00:00"),
        ("13/4/2026", "en", "2026-04-13T00:00:00+00:00"),
    ],
)
def test_dates(text: str, language: str | None, moment: str) -> None:
    found = parse_moment(text, language)
    assert found is not None
    assert found == datetime.fromisoformat(moment)
    assert found.utcoffset() is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2 hours ago",
        "19 November",
        "November 2026",
        "2026",
        "31/02/2026",
        "0000-00-00",
        "soon",
        "3/4/2026",
        "1066-10-14",
        "9999-12-31",
        "Thu, 99 Nov 2026 19:30:00 +9900",
    ],
)
def test_what_names_no_day_is_no_date(text: str) -> None:
    assert parse_moment(text, "en") is None


def test_a_date_far_ahead_of_its_document_is_a_mistake() -> None:
    retrieved = datetime(2026, 11, 20, tzinfo=UTC)
    assert parse_moment("2026-12-04T06:00:00Z", retrieved=retrieved) is None
    assert parse_moment("2026-11-20T09:00:00Z", retrieved=retrieved) == retrieved + timedelta(hours=9)


@given(st.text(max_size=60) | st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}([ T]\d\d:\d\d(:\d\d)?)?([+-]\d{4})?"))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    found = parse_moment(text)
    assert found is None or found.utcoffset() is not None
