"""Every score is the sum of its reasons, and the reasons are those an editor would give."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.model import Article, Placement, Reason, Score, Story
from digest.stages.rank import Earlier, Interest, RankRule, opening_of, order, rank
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


def placed(one: Article, slug: str = "sea") -> Story:
    return Story((one,), placement=Placement(slug, "its label"))


HERON = [article(f"Grey Heron engine crack, day {day}", *FERRY[: 4 - day], guid=str(day)) for day in range(3)]


def test_the_second_story_of_a_subject_loses_and_the_third_more() -> None:
    alone = placed(article("Lighthouse goes dark", *LIGHTHOUSE))
    scores = rank([*map(placed, HERON), alone], analyses_of([*HERON, alone.lead]), RankRule(), NOW)
    first, second, third, last = (reason(score, "diversity") for score in scores)
    assert first is None
    assert last is None
    assert second is not None
    assert third is not None
    assert 0 > second.value > third.value >= -1
    assert second.words == "the section has its subject already: “Grey Heron engine crack, day 0”"
    assert third.words == "the section has its subject already: “Grey Heron engine crack, day 0” and 1 more"


def test_without_diversity_a_subject_may_fill_a_section() -> None:
    scores = rank(list(map(placed, HERON)), analyses_of(HERON), RankRule(diversity=0), NOW)
    assert not any(reason(score, "diversity") for score in scores)


def test_a_subject_may_stand_in_two_sections() -> None:
    scores = rank([placed(HERON[0]), placed(HERON[1], "business")], analyses_of(HERON), RankRule(), NOW)
    assert [reason(score, "diversity") for score in scores] == [None, None]


def test_one_subject_does_not_fill_a_section() -> None:
    others = [article("Lighthouse goes dark", *LIGHTHOUSE), article("Council votes on toll", "The vote is on Friday.")]
    stories = [placed(each) for each in (*HERON, *others)]
    scores = rank(stories, analyses_of([*HERON, *others]), RankRule(), NOW)
    best = order(replace(story, score=score) for story, score in zip(stories, scores, strict=True))
    assert {each.lead for each in best[:3]} >= set(others)


def earlier(headline: str, issue: int = 12) -> Earlier:
    told = article(headline, guid="told")
    return Earlier(issue, headline, opening_of(analyses_of([told])[told.id]))


def test_what_an_earlier_issue_told_is_less_of_a_novelty() -> None:
    told = [earlier("Grey Heron engine crack stops ferry"), earlier("Lamp goes dark")]
    story, other = placed(HERON[0]), placed(article("Council votes on toll", "The vote is on Friday."))
    scores = rank([story, other], analyses_of([story.lead, other.lead]), RankRule(), NOW, told)
    found = reason(scores[0], "novelty")
    assert found is not None
    assert -1 <= found.value < 0
    assert found.words == "its subject was in issue 12: “Grey Heron engine crack stops ferry”"
    assert reason(scores[1], "novelty") is None


def interest(one: Article, *interests: Interest) -> list[tuple[float, str]]:
    [score] = scored(one, rule=RankRule(interests=interests))
    return [(each.weight * each.value, each.words) for each in score.reasons if each.signal == "interest"]


def test_an_interest_moves_what_speaks_of_it_up_or_down_and_quotes_the_words() -> None:
    one = article("Ferries stop", *FERRY)
    [(value, words)] = interest(one, Interest(("ferry", "Grey Heron", "whale"), 2.0))
    assert value > 1
    assert words == "speaks of “ferries”, “grey heron”, which the newsletter is for"
    [(value, words)] = interest(one, Interest(("shopkeeper*", "county"), -1.0))
    assert -1 < value < 0
    assert words == "speaks of “county”, which the newsletter is against"


def test_an_interest_in_the_headline_says_more_than_one_in_passing() -> None:
    headed = article("County pays", "Nobody knows why.")
    passing = article("It pays", "Nobody knows.", "Nor the county.")
    sea = Interest(("county",))
    assert interest(headed, sea) > interest(passing, sea)


def test_an_interest_is_found_in_any_form_and_in_the_article_s_own_language() -> None:
    german = article("Fährverbindungen eingestellt", "Die Inseln warten.", language="de")
    assert interest(german, Interest(("Fährverbindung",)))
    assert not interest(german, Interest(("Insulaner",)))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(strategies.articles(), max_size=8, unique_by=lambda each: each.id),
    st.lists(st.sampled_from(["sea", "land"]), min_size=8, max_size=8),
    st.randoms(use_true_random=False),
)
def test_with_every_signal_at_work_a_score_is_the_sum_of_its_reasons_in_any_order(
    articles: list[Article], slugs: list[str], random: Any
) -> None:
    # The same few words everywhere, so that there is kin.
    kin = [replace(each, headline=f"Grey Heron {each.headline}"[:60], language="en") for each in articles]
    stories = [placed(each, slug) for each, slug in zip(kin, slugs, strict=False)]
    analyses = analyses_of(kin)
    rule = RankRule(sections={"sea": 1.3}, interests=(Interest(("heron",), -0.7), Interest(("grey",), 0.1)))
    told = [earlier("Grey Heron engine crack"), earlier("The grey heron again", 13)]
    scores = dict(zip((each.id for each in stories), rank(stories, analyses, rule, NOW, told), strict=True))
    for score in scores.values():
        assert score.value == sum((each.weight * each.value for each in score.reasons), 0.0)
    random.shuffle(stories)
    assert dict(zip((each.id for each in stories), rank(stories, analyses, rule, NOW, told), strict=True)) == scores
    if stories:
        best = order(replace(each, score=scores[each.id]) for each in stories)[0]
        assert reason(best.score, "diversity") is None
