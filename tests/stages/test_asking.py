"""A question finds the story it means, by place, address, id or words, or is given what is nearest to it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.model import Drop, Story
from digest.stages.asking import Found, find, subjects
from tests import strategies
from tests.stages.newsroom import FERRY, LIGHTHOUSE, article

HERON = article("Ferry to Saltmarsh stops until spring", *FERRY, url="https://harbour.example/ferry")
ECHO = article("Island cut off as the Grey Heron is laid up", *FERRY[:2], publisher="Valley Echo", guid="echo")
LAMP = article("Lamp of Cape Tern goes dark", *LIGHTHOUSE, url="https://harbour.example/lamp")
VOTE = article("Harbour toll goes to a vote", "Residents decide.", url="https://harbour.example/toll?a=1")
OLD = article("Ferry breaks its own record", "It was fast.", guid="old")
TOLD = (Story((HERON, ECHO)), Story((LAMP,)))
DROPS = (
    Drop("compose", VOTE.headline, "over max_stories", "the issue holds 2"),
    Drop("window", OLD.headline, "too old", "known before"),
    Drop("read", "notes.bin", "not readable", "no text"),
)
AMONG = subjects(TOLD, (*TOLD, Story((VOTE,))), (HERON, ECHO, LAMP, VOTE, OLD), DROPS)


def answer(question: str) -> tuple[str, int]:
    found = find(question, AMONG).answer
    return (found.headline, found.place) if found else ("", -1)


@pytest.mark.parametrize(
    ("question", "headline", "place"),
    [
        ("2", LAMP.headline, 2),
        ("https://harbour.example/lamp", LAMP.headline, 2),
        ("https://harbour.example/lamp?utm_source=mail#top", LAMP.headline, 2),
        ("harbour.example/lamp", LAMP.headline, 2),
        (HERON.id, HERON.headline, 1),
        ("lamp dark", LAMP.headline, 2),
        ("LAMPS", LAMP.headline, 2),
        ("saltmarsh ferry", HERON.headline, 1),
        ("Grey Heron laid up", HERON.headline, 1),
        ("Ada Fennel", HERON.headline, 1),
        ("valley echo", HERON.headline, 1),
        ("harbour toll", VOTE.headline, 0),
        ("https://harbour.example/toll?a=1", VOTE.headline, 0),
        ("notes.bin", "notes.bin", 0),
    ],
)
def test_a_question_finds_what_it_means(question: str, headline: str, place: int) -> None:
    assert answer(question) == (headline, place)


def test_what_was_left_out_comes_with_its_reasons_and_the_story_it_would_have_been() -> None:
    found = find("harbour toll", AMONG).answer
    assert found is not None
    assert [drop.reason for drop in found.drops] == ["over max_stories"]
    assert found.story == Story((VOTE,))


def test_others_that_fit_as_well_are_named_the_told_before_those_left_out() -> None:
    found = find("ferry", AMONG)
    assert found.answer is not None
    assert found.answer.headline == HERON.headline
    assert [each.headline for each in found.others] == [OLD.headline]


@pytest.mark.parametrize("question", ["zebras in Lapland", "harbour.example/lamb", "", "   ", "“”", "x" * 2000])
def test_a_question_that_means_nothing_here_gets_what_is_nearest(question: str) -> None:
    found = find(question, AMONG)
    assert found.answer is None
    assert 0 < len(found.others) <= 3


def test_a_misspelt_address_or_headline_is_nearest_to_the_right_one() -> None:
    assert find("https://harbour.example/lamb", AMONG).others[0].headline == LAMP.headline
    assert find("Leuchtturm Cap Tern", AMONG).others[0].headline == LAMP.headline


@pytest.mark.parametrize("question", ["0", "3", "999"])
def test_a_place_there_is_not_finds_nothing(question: str) -> None:
    assert find(question, AMONG).answer is None


def test_nothing_to_ask_after_is_no_error() -> None:
    assert find("ferry", ()) == Found(None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40) | strategies.lines() | strategies.urls(), st.lists(strategies.articles(), max_size=4))
def test_any_question_at_all_gets_an_answer_or_what_is_nearest(question: str, articles: list[Any]) -> None:
    stories = [Story((each,)) for each in articles]
    among = subjects(stories, stories, articles, DROPS)
    found = find(question, among)
    assert found.answer is None or found.answer in among
    assert set(map(id, found.others)) <= set(map(id, among))


def test_a_story_that_an_edition_cut_is_one_answer_and_says_so() -> None:
    cut = Drop("email", LAMP.headline, "headline only in the email", "the whole is over the bytes")
    among = subjects(TOLD, TOLD, (HERON, ECHO, LAMP), (cut,))
    assert [each.drops for each in among] == [(), (cut,)]
