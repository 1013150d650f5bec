"""The same text twice is found, and nothing else is taken for it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.identity import identify
from digest.model import Article, Block
from digest.stages.duplicates import Duplicates, find
from tests.stages.newsroom import FERRY, LIGHTHOUSE, analyses_of, article, hours_ago

WIRE = (*FERRY, *LIGHTHOUSE)
EDITED = (FERRY[0].replace("on Thursday", "yesterday"), *WIRE[1:])


def found(*articles: Article) -> Duplicates:
    return find(articles, analyses_of(articles))


def test_the_same_id_is_the_same_article() -> None:
    one = article("Ferry stops", *FERRY, guid="1")
    newer = article("Ferry stops for good", *LIGHTHOUSE, guid="1")
    result = found(one, newer)
    assert result.articles == (one,)
    assert [(drop.stage, drop.reason, drop.subject) for drop in result.drops] == [
        ("duplicates", "duplicate", "Ferry stops for good")
    ]
    assert result.drops[0].detail == "the same id; kept “Ferry stops” of Harbour Post"


def test_the_same_address_is_the_same_article_whoever_names_it() -> None:
    url = "https://harbour.example/ferry"
    one = article("Ferry stops", *FERRY, url=url)
    other = article("Ferry", *LIGHTHOUSE[:1], url=url, guid="2", publisher="An aggregator")
    result = found(other, one)
    assert result.articles == (one,)
    assert result.groups == ()
    assert "the same address" in result.drops[0].detail


def test_one_publisher_prints_a_text_once_and_the_fuller_version_stays() -> None:
    short = article("Ferry stops", *WIRE, guid="1", published=hours_ago(9))
    long = article("Ferry stops", *EDITED, "The county will speak on Friday.", guid="2", published=hours_ago(3))
    result = found(short, long)
    assert result.articles == (long,)
    assert "of the wording in common; kept “Ferry stops”" in result.drops[0].detail


def test_of_equal_texts_the_earliest_stays() -> None:
    late = article("Ferry stops", *WIRE, guid="1", published=hours_ago(1))
    early = article("Ferry stops", *WIRE, guid="2", published=hours_ago(5))
    undated = article("Ferry stops", *WIRE, guid="3")
    assert found(late, early, undated).articles == (early,)


def test_an_article_goes_before_a_teaser_of_it() -> None:
    url = "https://harbour.example/ferry"
    teaser = article("Ferry stops", standfirst=FERRY[0], url=url, guid="1", published=hours_ago(9))
    full = article("Ferry stops", *FERRY, url=url, guid="2")
    assert found(teaser, full).articles == (full,)


def test_wire_copy_of_several_publishers_stays_and_makes_a_group() -> None:
    own = article("Ferry stops", *WIRE, "The county will speak on Friday.")
    other = article("Island cut off", *EDITED, publisher="Valley Echo")
    result = found(other, own)
    assert result.articles == (other, own)
    assert result.drops == ()
    [group] = result.groups
    assert group.ids == (own.id, other.id)
    assert group.reasons[0].endswith("of the wording in common")


def test_a_second_copy_of_one_of_them_is_dropped() -> None:
    own = article("Ferry stops", *WIRE, "The county will speak on Friday.")
    others = [article("Island cut off", *EDITED, publisher="Valley Echo", guid=guid) for guid in ("1", "2")]
    result = found(own, *others)
    assert len(result.articles) == 2
    assert len(result.drops) == 1


def test_however_many_publishers_print_the_wire_all_are_found() -> None:
    copies = [article("Ferry stops", *EDITED[: 5 + i % 3], publisher=f"Paper {i}", guid=str(i)) for i in range(60)]
    [group] = found(*copies).groups
    assert len(group.ids) == 60


FIRE = "A fire destroyed a barn in {} on {} evening. Nobody was hurt, and the cause is not known yet, a spokesman said."
FIGURES = (
    "The port handled {} tonnes of goods in {}, {} per cent more than in the year before, it said on Monday.",
    "Of these, {} tonnes were grain and {} tonnes timber; the number of ships that called rose to {}.",
    "The harbour master called it a good year and thanked the crews, the pilots and the people of the town.",
    "The port is the largest employer of the region, and the council owns two thirds of it.",
)


def test_two_fires_in_two_towns_are_two() -> None:
    one = article("Barn burns in Elmsworth", standfirst=FIRE.format("Elmsworth", "Tuesday"))
    other = article("Barn burns in Corbridge", standfirst=FIRE.format("Corbridge", "Tuesday"))
    assert len(found(one, other).articles) == 2


@pytest.mark.parametrize("publisher", ["Harbour Post", "Valley Echo"])
def test_the_figures_of_two_years_are_two(publisher: str) -> None:
    one = article("Port grows", *(line.format(812, 2025, 4, 311, 95, 640) for line in FIGURES))
    other = article("Port grows", *(line.format(871, 2026, 7, 342, 99, 702) for line in FIGURES), publisher=publisher)
    result = found(one, other)
    assert len(result.articles) == 2
    assert result.groups == ()


def test_german_nouns_do_not_hide_that_figures_differ() -> None:
    lines = (
        "Der Hafen hat im Jahr {} insgesamt {} Tonnen Güter umgeschlagen, wie die Verwaltung am Montag mitteilte.",
        "Davon waren {} Tonnen Getreide und {} Tonnen Holz; die Zahl der Schiffe stieg auf {}.",
        "Der Hafenmeister sprach von einem guten Jahr und dankte den Mannschaften, den Lotsen und der Stadt.",
        "Der Hafen ist die grösste Arbeitgeberin der Region, und zwei Drittel gehören der Gemeinde und dem Kanton.",
    )
    years = ((2025, 812, 311, 95, 640), (2026, 871, 342, 99, 702))
    pair = []
    for number, year in enumerate(years):
        text = [line.format(*year[:2]) if "insgesamt" in line else line.format(*year[2:]) for line in lines]
        pair.append(article("Hafen wächst", *text * 2, guid=str(number), language="de"))
    assert len(found(*pair).articles) == 2


def test_what_is_printed_again_weeks_later_is_not_compared() -> None:
    one = article("Ferry stops", *WIRE, published=hours_ago(1))
    other = article("Island cut off", *EDITED, publisher="Valley Echo", published=hours_ago(24 * 30))
    assert found(one, other).groups == ()


def test_a_headline_that_says_little_joins_no_publishers() -> None:
    pair = [article("Weather", publisher=publisher) for publisher in ("Harbour Post", "Valley Echo")]
    assert len(found(*pair).articles) == 2
    assert found(*pair).groups == ()


def test_the_same_headline_twice_from_one_publisher_is_one_brief() -> None:
    assert len(found(article("Weather", guid="1"), article("Weather", guid="2")).articles) == 1


PIECES = (*FERRY, *LIGHTHOUSE, *(line.format(1, 2, 3, 4, 5, 6) for line in FIGURES))


@st.composite
def newsrooms(draw: st.DrawFn) -> list[Article]:
    """Articles cut from a few texts, so that many of them repeat each other somehow."""
    made = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(PIECES) - 1))
        made.append(
            article(
                draw(st.sampled_from(["Ferry stops", "Island cut off by storm again"])),
                *PIECES[start : start + draw(st.integers(0, 9))],
                guid=str(draw(st.sampled_from([number, 0]))),
                publisher=draw(st.sampled_from(["Harbour Post", "Valley Echo", ""])),
                url=draw(st.sampled_from([None, "https://harbour.example/a", "https://valley.example/b"])),
                published=draw(st.sampled_from([None, hours_ago(1), hours_ago(300)])),
            )
        )
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(newsrooms())
def test_every_article_stays_or_is_dropped_with_a_reason(articles: list[Article]) -> None:
    result = find(articles, analyses_of(articles))
    assert len(result.articles) + len(result.drops) == len(articles)
    assert all(drop.reason and drop.detail for drop in result.drops)
    ids = {each.id for each in result.articles}
    assert len(ids) == len(result.articles)
    grouped = [name for group in result.groups for name in group.ids]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= ids


def outcome(result: Duplicates) -> tuple[object, ...]:
    return set(result.articles), set(result.groups), sorted(map(repr, result.drops))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(newsrooms().flatmap(lambda articles: st.tuples(st.just(articles), st.permutations(articles))))
def test_the_order_of_the_articles_makes_no_difference(both: tuple[list[Article], Sequence[Article]]) -> None:
    articles, shuffled = both
    analyses = analyses_of(sorted(articles, key=lambda each: each.revision))
    assert outcome(find(articles, analyses)) == outcome(find(shuffled, analyses))


def test_the_ten_pairs_among_a_thousand_texts_are_found_and_no_other(shared: Path) -> None:
    with gzip.open(shared / "data" / "near-duplicates-1000.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    pairs = json.loads((shared / "data" / "near-duplicates-1000.pairs.json").read_text("utf-8"))
    articles = [
        identify(
            Article(
                "", "", row["id"], "", publisher=row["id"], language="en", blocks=(Block("paragraph", row["text"]),)
            )
        )
        for row in rows
    ]
    names = {each.id: each.source for each in articles}
    result = find(articles, analyses_of(articles))
    assert {frozenset(map(names.__getitem__, group.ids)) for group in result.groups} == set(map(frozenset, pairs))


def test_an_article_that_differs_only_in_its_source_is_dropped_once() -> None:
    one = article("Ferry stops", *FERRY, guid="1")
    assert len(found(one, replace(one, source="valley")).drops) == 1
