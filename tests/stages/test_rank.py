"""Every score is the sum of its reasons, and the reasons are those an editor would give."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.model import Article, Placement, Reason, Score, Story
from digest.stages.rank import RankRule, order, rank
from tests import strategies
from tests.stages.newsroom import FERRY, LIGHTHOUSE, NOW, analyses_of, article, hours_ago


def scored(*articles: Article, rule: RankRule | None = None) -> list[Score]:
    return list(rank([Story((each,)) for each in articles], analyses_of(articles), rule or RankRule(), NOW))


def reason(score: Score, signal: str) -> Reason | None:
    return next((each for each in score.reasons if each.signal == signal), None)


def freshness(published: datetime | None, **rule: Any) -> Reason:
    found = reason(scored(article("Ferry stops", *FERRY, published=published), rule=RankRule(**rule))[0], "freshness")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("hours", "value", "words"),
    [
        (0, 1.0, "published 0 minutes before the issue"),
        (0.25, 0.9857, "published 15 minutes before the issue"),
        (1, 0.9439, "published 1 hour before the issue"),
        (12, 0.5, "published 12 hours before the issue"),
        (36, 0.125, "published 36 hours before the issue"),
        (24 * 4, 0.0039, "published 4 days before the issue"),
        (24 * 400, 0.0, "published 400 days before the issue"),
    ],
)
def test_freshness_is_halved_every_half_life(hours: float, value: float, words: str) -> None:
    found = freshness(hours_ago(hours), half_life=12)
    assert (found.value, found.words) == (value, words)


def test_an_undated_story_is_neither_new_nor_old() -> None:
    assert (freshness(None).value, freshness(None).words) == (0.5, "undated, so neither new nor old")


def test_a_date_that_is_hours_ahead_is_a_clock_that_is_wrong() -> None:
    assert freshness(hours_ago(-3)).value == 1.0


def test_a_date_far_ahead_gains_nothing() -> None:
    found = freshness(hours_ago(-24 * 7))
    assert (found.value, found.words) == (0.5, "dated after the issue, which counts as undated")


def test_what_one_of_several_tellings_added_last_is_how_new_a_story_is() -> None:
    old, new = (article("Ferry stops", *FERRY, guid=str(age), published=hours_ago(age)) for age in (30, 2))
    [score] = rank([Story((old, new))], analyses_of([old, new]), RankRule(), NOW)
    found = reason(score, "freshness")
    assert found is not None
    assert found.words == "published 2 hours before the issue"


def test_any_full_article_goes_before_an_otherwise_equal_brief_however_new() -> None:
    brief = article("Ferry stops", standfirst=" ".join(FERRY * 9), published=NOW)
    full = article("Lamp goes dark", "The lamp is dark.", published=hours_ago(9999))
    one, other = scored(brief, full)
    assert one.value < other.value


def test_longer_counts_for_more_and_ever_less_so() -> None:
    lengths = [1, 10, 20, 200]
    values = [scored(article("Ferry stops", *FERRY * length))[0].value for length in lengths]
    assert values == sorted(values)
    assert values[1] - values[0] > values[3] - values[2]


def test_the_words_say_how_much_there_is_to_read() -> None:
    full, brief, bare = scored(
        article("Ferry stops", "The lamp is dark now."),
        article("Lamp is out", standfirst="Dark."),
        article("Council votes"),
    )
    assert [reason(score, "substance").words for score in (full, brief, bare)] == [  # type: ignore[union-attr]
        "a full article of 5 words",
        "a brief of 1 word",
        "a headline alone",
    ]


def test_publishers_count_once_each() -> None:
    tellers = [
        article("Ferry stops", *FERRY, publisher=name, guid=str(number))
        for number, name in enumerate(["Valley Echo", "Harbour Post", "harbour  post"])
    ]
    [score] = rank([Story(tuple(tellers))], analyses_of(tellers), RankRule(), NOW)
    found = reason(score, "publishers")
    assert found is not None
    assert (found.value, found.words) == (0.5, "told by 2 publishers: Harbour Post, Valley Echo")
    assert reason(scored(tellers[0])[0], "publishers") is None


def test_an_editors_weights_count_and_are_named() -> None:
    one = article("Ferry stops", *FERRY)
    story = Story((one,), placement=Placement("sea", "its label"))
    rule = RankRule(sections={"sea": 1.5}, sources={"harbour": 0.75})
    [score] = rank([story], analyses_of([one]), rule, NOW)
    assert reason(score, "section") == Reason("section", 1.0, 0.5, "the section sea has weight 1.5")
    assert reason(score, "source") == Reason("source", 1.0, -0.25, "the source harbour has weight 0.75")


def test_what_the_day_is_about_counts() -> None:
    articles = [article(f"Grey Heron engine crack, day {number}", *FERRY, guid=str(number)) for number in range(3)]
    alone = article("Lighthouse goes dark", *LIGHTHOUSE)
    first, *_, last = scored(*articles, alone)
    found = reason(first, "centrality")
    assert found is not None
    assert found.words == "shares its subject with 2 of the day's 4 stories"
    assert reason(last, "centrality") is None


@pytest.mark.parametrize("signal", ["freshness", "substance", "publishers", "centrality"])
def test_a_weight_of_nothing_switches_a_signal_off(signal: str) -> None:
    tellers = tuple(article("Ferry engine stops", *FERRY, publisher=name) for name in ("Harbour Post", "Valley Echo"))
    more = article("Ferry engine starts", *FERRY, guid="more")
    stories = [Story(tellers), Story((more,))]
    analyses = analyses_of((*tellers, more))
    assert reason(rank(stories, analyses, RankRule(), NOW)[0], signal)
    off: dict[str, Any] = {signal: 0.0}
    assert not reason(rank(stories, analyses, RankRule(**off), NOW)[0], signal)


def test_equals_stand_by_time_and_then_by_id() -> None:
    dated = [article("Ferry stops", guid=str(hours), published=hours_ago(hours)) for hours in (5, 1)]
    undated = sorted((article("Ferry stops", guid=guid) for guid in "ab"), key=lambda each: each.id)
    stories = [Story((each,)) for each in (*reversed(undated), *dated)]
    assert [story.lead for story in order(stories)] == [dated[1], dated[0], *undated]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(strategies.articles(), max_size=8, unique_by=lambda each: each.id),
    st.floats(0.1, 1000),
    st.floats(0, 5),
    st.randoms(use_true_random=False),
)
def test_a_score_is_the_sum_of_its_reasons_and_does_not_depend_on_the_order(
    articles: list[Article], half_life: float, weight: float, random: Any
) -> None:
    analyses = analyses_of(articles)
    rule = RankRule(half_life=half_life, freshness=weight, centrality=weight, sources={"harbour": weight})
    stories = [Story((each,)) for each in articles]
    scores = rank(stories, analyses, rule, NOW + timedelta(days=3650))
    assert len(scores) == len(stories)
    for score in scores:
        assert score.value == sum((each.weight * each.value for each in score.reasons), 0.0)
        assert all(each.words for each in score.reasons)
    shuffled = list(stories)
    random.shuffle(shuffled)
    again = rank(shuffled, analyses, rule, NOW + timedelta(days=3650))
    assert dict(zip(stories, scores, strict=True)) == dict(zip(shuffled, again, strict=True))
    ranked = [replace(story, score=score) for story, score in zip(stories, scores, strict=True)]
    assert order(ranked) == order(reversed(ranked))
