"""Which articles make one story, which of them leads it, and why."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.model import Article, Story
from digest.stages.cluster import cluster
from digest.stages.duplicates import find
from tests import strategies
from tests.stages.newsroom import FERRY, LIGHTHOUSE, analyses_of, article, hours_ago

WIRE = (*FERRY, *LIGHTHOUSE)


def told(*articles: Article) -> tuple[Story, ...]:
    analyses = analyses_of(articles)
    single = find(articles, analyses)
    return cluster(single.articles, single.groups, analyses)


def test_articles_that_have_nothing_to_do_with_each_other_are_stories_of_their_own() -> None:
    ferry, lamp = article("Ferry stops", *FERRY), article("Lighthouse goes dark", *LIGHTHOUSE)
    assert [story.articles for story in told(ferry, lamp)] == [(ferry,), (lamp,)]


def test_wire_copy_is_one_story_led_by_the_fullest() -> None:
    short = article("Island cut off", *WIRE, publisher="Valley Echo")
    long = article("Ferry stops", *WIRE, "The county will speak on Friday.")
    [story] = told(short, long)
    assert story.articles == (long, short)
    assert story.merged[0].endswith("of the wording in common")


def test_a_teaser_joins_the_article_with_its_headline() -> None:
    full = article("Ferry to Saltmarsh stops until spring", *FERRY)
    teaser = article("Ferry to Saltmarsh stops until spring", guid="teaser")
    [story] = told(teaser, full)
    assert story.articles == (full, teaser)
    assert story.merged == ("a teaser with the same headline",)


def test_a_teaser_joins_the_article_of_its_own_publisher_first() -> None:
    headline = "Ferry to Saltmarsh stops until spring"
    other = article(headline, *LIGHTHOUSE, *LIGHTHOUSE[:1], *FERRY[:1] * 9, publisher="Valley Echo")
    own = article(headline, *FERRY)
    teaser = article(headline, guid="teaser")
    stories = {story.lead.publisher: story for story in told(other, own, teaser)}
    assert stories["Harbour Post"].articles == (own, teaser)


def test_what_one_publisher_prints_under_one_headline_on_one_day_is_one_story() -> None:
    headline = "Ferry to Saltmarsh stops until spring"
    early = article(headline, *FERRY[:1], guid="early", published=hours_ago(9))
    late = article(headline, *LIGHTHOUSE, *FERRY[2:], guid="late", published=hours_ago(2))
    [story] = told(early, late)
    assert story.articles == (late, early)
    assert story.merged == ("the same headline on the same day",)


def test_a_column_of_the_same_headline_on_another_day_is_another_story() -> None:
    headline = "Tides and winds at Saltmarsh and Cape Tern"
    today = article(headline, *FERRY, guid="today", published=hours_ago(2))
    before = article(headline, *LIGHTHOUSE, guid="before", published=hours_ago(50))
    assert len(told(today, before)) == 2


def test_the_same_headline_of_two_publishers_over_other_words_is_two_stories() -> None:
    headline = "Ferry to Saltmarsh stops until spring"
    assert len(told(article(headline, *FERRY), article(headline, *LIGHTHOUSE, publisher="Valley Echo"))) == 2


def test_a_teaser_with_another_headline_stands_alone() -> None:
    full = article("Ferry to Saltmarsh stops until spring", *FERRY)
    teaser = article("Ferry to Saltmarsh sails again", guid="teaser")
    assert len(told(full, teaser)) == 2


def test_a_headline_that_stands_over_something_else_every_day_joins_nothing() -> None:
    full = article("Morning briefing", *FERRY)
    teaser = article("Morning briefing", guid="teaser", standfirst="What to know today about the council's vote.")
    assert len(told(full, teaser)) == 2


def test_a_teaser_of_last_month_joins_nothing() -> None:
    headline = "Ferry to Saltmarsh stops until spring"
    full = article(headline, *FERRY, published=hours_ago(1))
    teaser = article(headline, guid="teaser", published=hours_ago(24 * 30))
    assert len(told(full, teaser)) == 2


def test_a_group_of_teasers_joins_the_article_as_one() -> None:
    headline = "Ferry to Saltmarsh stops until spring"
    full = article(headline, *FERRY)
    own = article(headline, guid="a", standfirst=LIGHTHOUSE[0])
    other = article(headline, guid="b", standfirst=LIGHTHOUSE[0], publisher="Valley Echo")
    [story] = told(own, other, full)
    assert story.lead == full
    assert len(story.articles) == 3


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(strategies.articles(), max_size=10, unique_by=lambda each: each.id), st.randoms(use_true_random=False))
def test_every_article_is_in_one_story_whatever_the_order(articles: list[Article], random: st.DataObject) -> None:
    analyses = analyses_of(articles)
    single = find(articles, analyses)
    stories = cluster(single.articles, single.groups, analyses)
    placed = [each.id for story in stories for each in story.articles]
    assert sorted(placed) == sorted(each.id for each in single.articles)
    assert all(len(story.merged) == len(story.articles) - 1 for story in stories)
    assert set(stories) == set(cluster(_shuffled(single.articles, random), single.groups, analyses))


def _shuffled(articles: Sequence[Article], random: object) -> list[Article]:
    shuffled = list(articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    return shuffled
