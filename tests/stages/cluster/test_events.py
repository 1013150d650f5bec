"""Which reports of one event are told once, which only resemble each other, and what is said of either."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digest.identity import identify
from digest.language import analyse
from digest.model import Article, Block, Story
from digest.stages.cluster import ClusterRule, cluster, compare, near_misses
from digest.stages.cluster.search import alike
from digest.stages.cluster.vector import Vector
from digest.stages.duplicates import find
from tests.conftest import ROOT
from tests.stages.cluster.events import Pair, articles_of, labelled_pairs
from tests.stages.newsroom import analyses_of, article, hours_ago

PAIRS = labelled_pairs()
DATA = Path(os.environ.get("DIGEST_SHARED", ROOT.parent / "shared")) / "data"

HEADLINE = "Tram strike in Brellin ends after nine days"
STRIKE = (
    "The tram drivers of Brellin went back to work on Thursday after a strike of nine days.",
    "They get 240 crowns more a month and a second toilet at the Eastgate depot, the union's Milo Varga said.",
    "The first tram left Eastgate at 4.10 with a band on board.",
)
RETOLD_HEADLINE = "Trams run again in Brellin as drivers win a toilet and 240 crowns"
RETOLD = (
    "After nine days without trams Brellin's drivers ended their strike on Thursday.",
    "The city pays each of them 240 crowns a month more and builds a second toilet at the Eastgate depot.",
    "“That toilet took six years,” said Milo Varga of the union, who rode on the first tram at 4.10.",
)


def told(*articles: Article, rule: ClusterRule | None = None) -> tuple[Story, ...]:
    analyses = analyses_of(articles)
    single = find(articles, analyses)
    return cluster(single.articles, single.groups, analyses, rule or ClusterRule())


def strike(**facts: Any) -> Article:
    return article(HEADLINE, *STRIKE, **{"published": hours_ago(6), **facts})


def retold(**facts: Any) -> Article:
    return article(RETOLD_HEADLINE, *RETOLD, **{"published": hours_ago(4), "publisher": "Valley Echo", **facts})


def together(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset((one.id, other.id)) for story in stories for one, other in combinations(story.articles, 2)}


def test_of_all_labelled_reports_in_one_day_only_those_of_one_event_are_one_story() -> None:
    merged = together(told(*articles_of(PAIRS)))
    same = {frozenset((pair.one.id, pair.other.id)) for pair in PAIRS if pair.same}
    assert merged - same == set(), "precision is 1"
    assert len(merged & same) / len(same) >= 0.95


@pytest.mark.parametrize("kind", sorted({pair.kind for pair in PAIRS}))
def test_reports_of_one_event_are_more_alike_than_those_of_another(kind: str) -> None:
    pairs = [pair for pair in PAIRS if pair.kind == kind]
    analyses = analyses_of(articles_of(PAIRS))

    def excess(pair: Pair) -> float:
        return compare(pair.one, pair.other, analyses).likeness.excess

    assert min(map(excess, filter(lambda pair: pair.same, pairs))) >= 0
    assert max(map(excess, filter(lambda pair: not pair.same, pairs))) < 0


def test_a_merge_says_why_in_words() -> None:
    [story] = told(strike(), retold())
    [why] = story.merged
    assert why.startswith("both say ")
    assert "Brellin" in why
    assert "openings" in why
    assert "published 2 hours apart" in why


def test_the_longest_report_leads_unless_the_editor_prefers_another_source() -> None:
    short, long = strike(source="post"), retold(source="echo")
    assert told(short, long)[0].lead == long
    assert told(short, long, rule=ClusterRule(sources={"post": 2.0}))[0].lead == short


def test_copies_are_led_by_the_preferred_source_too() -> None:
    text = (*STRIKE, *RETOLD)
    wire = article(HEADLINE, *text, "The mayor was not there.", source="wire", publisher="Wire")
    post = article(HEADLINE, *text, source="post", publisher="Post")
    assert told(wire, post)[0].lead == wire
    [story] = told(wire, post, rule=ClusterRule(sources={"post": 3.0}))
    assert story.lead == post
    assert story.merged[0].endswith("of the wording in common")


def test_two_pieces_of_one_publisher_stay_two() -> None:
    assert len(told(strike(), retold(publisher="Harbour Post"))) == 2


def test_the_same_words_days_later_are_another_event() -> None:
    assert len(told(strike(published=hours_ago(80)), retold())) == 2


def test_the_further_apart_the_more_evidence_is_needed() -> None:
    analyses = analyses_of([strike(), retold()])
    close = compare(strike(), retold(published=hours_ago(6)), analyses).likeness
    undated = compare(strike(), retold(published=None), analyses).likeness
    far = compare(strike(published=hours_ago(40)), retold(), analyses).likeness
    assert close.excess > undated.excess > far.excess


def test_nothing_comes_together_across_languages() -> None:
    assert len(told(strike(), retold(language="de"))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The deal was signed on 3 May.", "The deal was signed on 9 May."),
        ("Trams had last stood still in 2019.", "Trams had last stood still in 2024."),
    ],
    ids=["days of one month", "years"],
)
def test_other_dates_speak_against_one_event(one: str, other: str) -> None:
    first, second = article(HEADLINE, one, *STRIKE), article(RETOLD_HEADLINE, other, *RETOLD, publisher="Echo")
    comparison = compare(first, second, analyses_of([first, second]))
    assert "other dates" in comparison.words


def test_round_ups_that_open_with_one_item_stay_two() -> None:
    def round_up(publisher: str, *lines: str) -> Article:
        return article(HEADLINE + " and other news", " ".join((STRIKE[0], *lines)), publisher=publisher)

    here = round_up(
        "Echo",
        "A bakery in Wollen sells bread by the metre since Monday morning.",
        "Engineers have emptied the Karst reservoir to mend a leaking gate.",
        "The chess club of Parrow lost its tournament hall to a flood of soap.",
        "Two bears crossed the motorway near Tannen and were photographed by lorry drivers.",
        "The opera postponed its premiere because the tenor swallowed a whistle.",
        "Scientists counted eleven thousand frogs along the northern canal.",
    )
    there = round_up(
        "Post",
        "Fishermen off Cape Lorn pulled a grand piano from their nets.",
        "Parliament wants shorter speeches and has bought an hourglass.",
        "A court allowed pigeons to nest above the entrance of the savings bank.",
        "Milk prices rose again while farmers in Upper Dell dried their hay under umbrellas.",
        "The museum's mummy turned out to be a carnival costume from a century ago.",
        "Cyclists may use the old railway tunnel from Saturday, with lamps.",
    )
    assert len(told(here, there)) == 2


def test_a_teaser_in_other_words_joins_the_article_it_teases() -> None:
    full = strike()
    standfirst = (
        "The strike has ended after nine days: tram drivers get 240 crowns more and a toilet at the Eastgate depot."
    )
    teaser = article("Brellin's trams go back to work", guid="teaser", standfirst=standfirst, published=hours_ago(6))
    [story] = told(teaser, full)
    assert story.articles == (full, teaser)


def test_a_brief_of_another_publisher_joins_the_report_of_its_event() -> None:
    brief = article(
        "Brellin: trams run again after nine days of strike",
        publisher="Valley Echo",
        standfirst="The drivers get 240 crowns more a month and a second toilet at the Eastgate depot.",
        published=hours_ago(5),
    )
    [story] = told(brief, strike())
    assert story.lead.kind == "full"


def test_a_report_on_two_events_does_not_string_them_together() -> None:
    for pair in {pair.kind: pair for pair in PAIRS if not pair.same}.values():
        both = article(
            f"{pair.one.headline}; {pair.other.headline}",
            *pair.one.paragraphs[:1],
            *pair.other.paragraphs[:1],
            publisher="Evening Round",
            language=pair.one.language,
            published=pair.one.published,
        )
        assert all({pair.one, pair.other} - set(story.articles) for story in told(pair.one, pair.other, both))


def test_what_almost_came_together_can_be_asked_about() -> None:
    articles = articles_of(PAIRS)
    analyses = analyses_of(articles)
    merged = together(cluster(articles, (), analyses))
    missed = near_misses(articles, (), analyses, margin=0.6)
    assert missed
    for each in missed:
        assert frozenset((each.article.id, each.lead.id)) not in merged
        assert each.likeness.excess >= -0.6
        assert each.words.startswith("both say ")
    assert list(missed) == sorted(missed, key=lambda each: -each.likeness.excess)
    assert near_misses(articles, (), analyses, margin=0.0) == ()


def test_a_story_of_many_publishers_needs_no_more_work_an_article_than_one_of_few() -> None:
    terms = ["", "strike", "trams", *(f"word{number}" for number in range(500))]

    def opening(word: int) -> Vector:
        return Vector(np.array([1, 2, 3 + word]), np.array([0.75, 0.5, 0.4375]), 1.0)

    several = [opening(number) for number in range(500)]
    found = list(alike([*several, opening(7)], terms))
    assert sorted(found[9]) == list(range(9))
    assert [len(near) for near in found[:65]] == list(range(65))
    assert found[65:-1] == [[]] * 435
    assert found[-1] == [7]


def _labelled_file(name: str) -> Path:
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"{path.name} is not beside the repository; set DIGEST_SHARED to its folder")
    return path


def test_near_duplicates_among_a_thousand_texts_stay_the_only_stories_of_two() -> None:
    path = _labelled_file("near-duplicates-1000.jsonl.gz")
    expected = json.loads(path.with_name("near-duplicates-1000.pairs.json").read_text("utf-8"))
    articles = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            blocks = (Block("paragraph", row["text"]),)
            articles.append(identify(Article("", "", row["id"], "", publisher=row["id"], language="en", blocks=blocks)))
    stories = told(*articles)
    merged = {frozenset(each.publisher for each in story.articles) for story in stories if len(story.articles) > 1}
    assert merged == {frozenset(pair) for pair in expected}


def test_pairs_of_russian_reports_are_told_once_with_few_mistakes() -> None:
    path = _labelled_file("same-story-ru.jsonl.gz")
    pairs = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            one, other = (_report(row[which]) for which in ("first", "second"))
            pairs.append((row["same"] == "OK", one, other))
    analyses = {each.id: analyse(each) for _, *pair in pairs for each in pair}
    taken = [same for same, one, other in pairs if compare(one, other, analyses).likeness.excess >= 0]
    assert sum(taken) / len(taken) >= 0.95
    assert sum(taken) / sum(same for same, *_ in pairs) >= 0.7


def _report(row: dict[str, str]) -> Article:
    blocks = (Block("paragraph", row["text"].strip()),)
    bare = Article("", "", "web", row["headline"], url=row["url"], language="ru")
    return identify(replace(bare, blocks=blocks))
