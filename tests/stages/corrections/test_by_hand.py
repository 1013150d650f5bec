"""Corrections made by hand: only to what was printed, and refused with the nearest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.config import Settings
from digest.errors import ConfigError
from digest.pipeline import compose_issue
from digest.stages.corrections import correct_by_hand
from tests.stages.newsroom import FERRY, LIGHTHOUSE, NOW, article

SHIP = article("Ferry stops until spring", *FERRY, url="https://harbour.example/ferry")
LAMP = article("Storm darkens Cape Tern", *LIGHTHOUSE, url="https://harbour.example/lamp")
ISSUE = replace(compose_issue([SHIP, LAMP], Settings(), NOW), number=7)
PRINTED = next(story for story in ISSUE.stories if story.id == SHIP.id).summary.sentences[0].text


@pytest.mark.parametrize("name", [SHIP.url, f"{SHIP.url}?utm_source=x", SHIP.id, SHIP.headline])
def test_a_story_is_named_by_url_id_or_headline(name: str) -> None:
    correction = correct_by_hand(ISSUE, name, PRINTED[:30], "something else", NOW)
    assert (correction.issue, correction.article, correction.url) == (7, SHIP.id, SHIP.url)
    assert (correction.was, correction.now, correction.origin) == (PRINTED[:30].strip(), "something else", "editor")
    assert correction.headline == "Ferry stops until spring"


def test_the_words_may_be_typed_as_the_keyboard_has_them_and_stand_in_the_headline_too() -> None:
    assert correct_by_hand(ISSUE, SHIP.id, "until  spring", "until May", NOW).was == "until spring"


@pytest.mark.parametrize(
    ("story", "was", "now", "told"),
    [
        ("https://harbour.example/fery", PRINTED, "x", "did you mean 'https://harbour.example/ferry'"),
        (SHIP.id, PRINTED.replace("ferry", "hovercraft"), "x", f"the nearest it printed is “{PRINTED}”"),
        (SHIP.id, LIGHTHOUSE[0], "x", "did not print"),
        (SHIP.id, PRINTED, PRINTED, "are the same"),
        (SHIP.id, " ", "x", "--was is empty"),
    ],
)
def test_what_was_not_printed_is_refused_with_the_nearest(story: str, was: str, now: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        correct_by_hand(ISSUE, story, was, now, NOW)
    assert told in str(caught.value)
