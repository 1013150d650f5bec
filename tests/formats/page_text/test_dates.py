"""Dates as pages print them: read for certain or not at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.formats.page_text.dates import dates_said, leading_date

DAY = datetime(2024, 3, 14, tzinfo=UTC)
HALF_PAST_SIX = DAY.replace(hour=18, minute=30)


@pytest.mark.parametrize(
    "text",
    [
        "14 March 2024",
        "March 14, 2024",
        "14th of March 2024",
        "14. März 2024",
        "14 mars 2024",
        "14 marzo 2024",
        "14 de marzo de 2024",
        "14 de março de 2024",
        "14 maart 2024",
        "14 марта 2024",
        "14 مارس 2024",
        "2024年3月14日",
        "2024-03-14",
        "2024/3/14",
        "14.3.2024",
        "14/3/2024",
        "3/14/2024",
        "14-03-2024",
    ],
)
def test_a_day_is_read_in_every_form(text: str) -> None:
    assert [moment for _, moment in dates_said(f"Harwick, {text}")] == [DAY]


@pytest.mark.parametrize(
    "text",
    [
        "14 March 2024 at 18:30",
        "14 March 2024, 6:30 pm",
        "March 14, 2024 6:30 P.M.",
        "14. März 2024 um 18.30 Uhr",
        "14 mars 2024 à 18h30",
        "14 de marzo de 2024 a las 18:30",
        "2024年3月14日 18時30",
        "2024-03-14T18:30",
    ],
)
def test_the_time_of_day_goes_with_it(text: str) -> None:
    assert [moment for _, moment in dates_said(text)] == [HALF_PAST_SIX]


@pytest.mark.parametrize(
    ("text", "hour"), [("12:05 am", 0), ("9:05 am", 9), ("12:05 pm", 12), ("9:05 p.m.", 21), ("21:05", 21)]
)
def test_the_halves_of_the_day_are_told_apart(text: str, hour: int) -> None:
    (moment,) = (moment for _, moment in dates_said(f"14 March 2024, {text}"))
    assert moment is not None
    assert moment.hour == hour


@pytest.mark.parametrize("text", ["3/4/2024", "4/3/2024", "30 February 2024", "14/14/2024", "31.4.2024"])
def test_what_may_be_read_two_ways_or_is_no_day_is_none(text: str) -> None:
    assert [moment for _, moment in dates_said(text)] == [None]


def test_the_same_number_for_day_and_month_can_be_read_one_way_only() -> None:
    assert [moment for _, moment in dates_said("4/4/2024")] == [datetime(2024, 4, 4, tzinfo=UTC)]


@pytest.mark.parametrize("text", ["March 14", "2024", "12 people", "version 1.2.3", "room 114/3/2024b"])
def test_a_date_that_is_not_whole_is_none(text: str) -> None:
    assert list(dates_said(text)) == []


def test_a_change_is_told_from_a_publication() -> None:
    said = dates_said("Published 14 March 2024, updated 15 March 2024")
    assert [(changed, moment and moment.day) for changed, moment in said] == [(False, 14), (True, 15)]


@pytest.mark.parametrize(
    ("text", "said", "moment"),
    [
        ("14 March 2024 The bridge is closed", "14 March 2024", DAY),
        ("14 March 2024 14 March 2024 - 18:30 The bridge", "14 March 2024 14 March 2024 - 18:30", HALF_PAST_SIX),
        ("The bridge was closed on 14 March 2024", "", None),
    ],
)
def test_a_text_begins_with_a_date_or_with_none(text: str, said: str, moment: datetime | None) -> None:
    found, end = leading_date(text)
    assert (found, text[:end].strip()) == (moment, said)
