"""A summary is the article's own sentences, within its budget, or nothing and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.identity import identify
from digest.language import analyse
from digest.model import Analysis, Article, Block, Sentence, Summary
from digest.ports import Budget
from digest.stages.summarise import SummaryRule, algorithms, explain, summarise, summarise_story

FERRY = (
    "The Norwell ferry will stop for the winter after its only engine failed on Sunday.",
    "Engineers from Eastland say the engine of the ferry cannot be mended before the spring. Spare parts come by sea.",
    "Islanders have asked the county to hire a boat. Most of them work on the mainland.",
    "County officials met islanders on Monday and promised a boat by the end of the week.",
    "The ferry has linked Norwell and its island since 1931.",
)
NOTHING_FIT = ("He waited for it. She saw him. They ran. It rained.", "But it stopped. So they stayed there.")


def article(*paragraphs: str, headline: str = "Norwell ferry stops for winter", **fields: str) -> Article:
    blocks = tuple(Block("paragraph", text) for text in paragraphs)
    source = fields.pop("source", "test")
    return identify(Article("", "", source, headline, blocks=blocks, language="en", **fields))  # type: ignore[arg-type]


def told(found: Article, rule: SummaryRule) -> Summary:
    return summarise(found, analyse(found), rule)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_summary_has_at_most_the_sentences_asked_for_in_the_order_of_the_article(count: int) -> None:
    found = article(*FERRY)
    places = [(sentence.field, sentence.start) for sentence in told(found, SummaryRule(sentences=count)).sentences]
    assert 1 <= len(places) <= count
    assert places == sorted(places)


def test_every_sentence_can_be_found_again_in_its_article() -> None:
    found = article(*FERRY)
    for sentence in told(found, SummaryRule(sentences=3)).sentences:
        assert (sentence.article, sentence.revision) == (found.id, found.revision)
        assert found.text(sentence.field)[sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize("characters", [60, 85, 120, 170])
def test_a_summary_keeps_within_its_characters(characters: int) -> None:
    summary = told(article(*FERRY), SummaryRule(sentences=3, characters=characters))
    assert len(" ".join(sentence.text for sentence in summary.sentences)) <= characters
    assert summary.sentences


def test_where_no_sentence_fits_the_headline_stands_alone_and_the_reason_says_by_how_much() -> None:
    summary = told(article(*FERRY), SummaryRule(characters=20))
    assert (summary.sentences, summary.origin) == ((), "none")
    assert summary.reason == "the shortest sentence that reads well alone has 24 of 20 characters"


def test_where_no_sentence_reads_well_alone_the_headline_stands_alone() -> None:
    summary = told(article("(", *NOTHING_FIT), SummaryRule())
    assert (summary.sentences, summary.origin, summary.reason) == ((), "none", "no sentence reads well alone")


def test_a_summary_that_has_said_enough_takes_no_further_sentence() -> None:
    long = " ".join(f"engine{number} ferry" for number in range(28))
    found = article(f"The {long} stopped.", f"Norwell saw the {long} stop.", "The county of Eastland has hired a boat.")
    assert len(told(found, SummaryRule(sentences=3)).sentences) == 1


def test_a_brief_keeps_its_standfirst() -> None:
    brief = article(kind="brief", standfirst="The ferry stops. It has one engine.")
    summary = told(brief, SummaryRule(sentences=1))
    assert [sentence.text for sentence in summary.sentences] == ["The ferry stops.", "It has one engine."]
    assert (summary.origin, summary.sentences[0].field) == ("standfirst", "standfirst")


def test_a_standfirst_without_an_end_mark_is_kept_and_one_cut_short_is_not() -> None:
    kept = told(article(kind="brief", standfirst="Norwell ferry stops for want of an engine"), SummaryRule())
    assert [sentence.text for sentence in kept.sentences] == ["Norwell ferry stops for want of an engine"]
    cut = told(article(kind="brief", standfirst="The Norwell ferry stops. Its only engine has [...]"), SummaryRule())
    assert [sentence.text for sentence in cut.sentences] == ["The Norwell ferry stops."]


def test_a_brief_does_not_show_a_whole_page_that_was_sent_as_its_standfirst() -> None:
    page = "The ferry stops for want of an engine. " * 400
    shown = told(article(kind="brief", standfirst=page.strip()), SummaryRule()).sentences
    assert 20 < len(shown) < 40
    endless = told(article(kind="brief", standfirst="x" * 5000 + "."), SummaryRule())
    assert (endless.sentences, endless.origin) == ((), "none")


def test_a_brief_that_is_only_a_headline_has_no_summary() -> None:
    summary = told(article(kind="brief"), SummaryRule())
    assert (summary.origin, summary.reason) == ("none", "the headline is all there is")


def test_an_article_of_one_line_is_not_summarised() -> None:
    summary = told(article(FERRY[0]), SummaryRule())
    assert (summary.origin, summary.reason) == ("none", "the article is a single sentence")
    assert told(article(), SummaryRule()).reason == "the article has no sentences"


@pytest.mark.parametrize("kind", ["full", "brief"])
def test_a_publisher_who_allows_a_headline_only_gets_no_summary(kind: str) -> None:
    summary = told(article(*FERRY, kind=kind, standfirst="It stops."), SummaryRule("none"))
    assert (summary.sentences, summary.origin) == ((), "none")


STANDFIRST = "The island of Norwell loses its ferry for the winter because an engine failed."


def test_the_publishers_own_standfirst_is_called_so() -> None:
    summary = told(article(FERRY[0], standfirst=STANDFIRST, headline=""), SummaryRule("lead", sentences=1))
    assert ([sentence.text for sentence in summary.sentences], summary.origin) == ([STANDFIRST], "standfirst")


def test_an_article_that_can_speak_for_itself_does_not_show_its_standfirst() -> None:
    found = article(*FERRY, standfirst=STANDFIRST, headline="")
    assert all(sentence.field != "standfirst" for sentence in told(found, SummaryRule(sentences=3)).sentences)
    shown = told(found, SummaryRule("lead", 1, without=frozenset({"standfirst"})))
    assert shown.sentences[0].field == "standfirst"


def test_a_made_headline_does_not_cost_the_article_its_first_sentence() -> None:
    found = replace(article(*FERRY, headline=FERRY[0].rstrip(".")), headline_made=True)
    assert told(found, SummaryRule(sentences=1)).sentences[0].text == FERRY[0]


def test_the_same_article_gives_the_same_summary_by_every_algorithm() -> None:
    found = article(*FERRY)
    for name in algorithms():
        assert told(found, SummaryRule(name)) == told(found, SummaryRule(name))


def test_an_algorithm_of_ones_own_is_found_by_its_name_and_kept_to_the_rules() -> None:
    def backwards(article: Article, analysis: Analysis, budget: Budget) -> list[Sentence]:
        stranger = Sentence("other", "0", 99, 0, "This is not from the article at all.")
        return [stranger, *analysis.sentences[::-1]]

    found = article(*FERRY)
    summary = summarise(found, analyse(found), SummaryRule("own", 2, 150), {"own": backwards})
    assert [sentence.text for sentence in summary.sentences] == [FERRY[0], "Spare parts come by sea."]
    assert (summary.origin, summary.algorithm) == ("extract", "own")


def test_an_algorithm_nobody_offers_is_an_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        told(article(*FERRY), SummaryRule("nobody"))


SHORT_WIRE = "Ferry stops at Norwell. The ferry engine failed on Sunday."
OTHER_PAPER = (
    "Norwell ferry passengers were offered free seats in the helicopter of a hotel owner, Ida Vance.",
    "The ferry engine failed on Sunday.",
)


THREE = SummaryRule(sentences=3)


def story(*others: Article, rule: SummaryRule = THREE) -> Summary:
    lead = article(SHORT_WIRE, publisher="Eastland Wire", source="wire")
    articles = (lead, *others)
    return summarise_story(articles, {each.id: analyse(each) for each in articles}, rule)


def test_another_source_adds_a_sentence_when_it_tells_something_new_and_is_credited() -> None:
    other = article(*OTHER_PAPER, publisher="Norwell Lantern", source="lantern")
    summary = story(other)
    assert summary.sentences[-1].text == OTHER_PAPER[0]
    assert summary.sentences[-1].article == other.id
    assert summary.reason == "with a sentence of Norwell Lantern, which tells more"


@pytest.mark.parametrize(
    "other",
    [
        article("The ferry engine failed at Norwell on Sunday. The ferry stops.", publisher="Norwell Lantern"),
        article("Rovers beat Villa by four goals in the cup on a wet pitch.", publisher="Norwell Lantern"),
        article(*OTHER_PAPER, publisher="Eastland Wire"),
    ],
    ids=["nothing new", "another event", "the same publisher"],
)
def test_another_source_adds_nothing_else(other: Article) -> None:
    assert story(other) == story()


def test_a_full_summary_takes_no_sentence_of_another_source() -> None:
    other = article(*OTHER_PAPER, publisher="Norwell Lantern")
    assert story(other, rule=SummaryRule(sentences=1)) == story(rule=SummaryRule(sentences=1))
    assert story(other, rule=SummaryRule(sentences=3, characters=80)) == story(
        rule=SummaryRule(sentences=3, characters=80)
    )


def test_a_standfirst_that_alone_tells_the_news_is_shown() -> None:
    news = "Cars are banned from the quays for good, a court of appeal has ruled after three hearings."
    found = article(*FERRY, standfirst=news, headline="")
    assert told(found, SummaryRule("lead", 2)).sentences[0].text == news


@pytest.mark.parametrize("name", sorted(algorithms()))
@pytest.mark.parametrize("count", [1, 3])
def test_an_explanation_marks_what_the_summary_shows_and_scores_every_sentence(name: str, count: int) -> None:
    found = article(*FERRY)
    rule = SummaryRule(name, count)
    weighed = explain(found, analyse(found), rule)
    assert [each.sentence for each in weighed] == list(analyse(found).sentences)
    assert [each.sentence for each in weighed if each.place] == list(told(found, rule).sentences)
    assert sorted(each.place for each in weighed if each.place) == list(range(1, len(told(found, rule).sentences) + 1))
    assert all(each.score is not None for each in weighed)


def test_an_explanation_says_which_sentence_each_chosen_one_beat_and_which_rules_the_others_break() -> None:
    found = article(
        "The ferry engine failed on Sunday morning.", "But islanders hired a boat. Rain fell on Norwell pier."
    )
    first, second, third = explain(found, analyse(found), SummaryRule("lead", 1))
    assert (first.place, first.beat, first.broken) == (1, third.sentence, ())
    assert (second.place, second.beat, second.broken) == (0, None, ("dangling",))


def test_the_explanation_of_a_brief_or_of_no_summary_has_no_scores() -> None:
    brief = article(kind="brief", standfirst="The ferry stops. It has one engine.")
    assert [(each.score, each.place) for each in explain(brief, analyse(brief), SummaryRule())] == [
        (None, 1),
        (None, 2),
    ]
    found = article(*FERRY)
    assert not any(each.place for each in explain(found, analyse(found), SummaryRule("none")))


def failing(article: Article, analysis: Analysis, budget: Budget) -> list[Sentence]:
    raise RuntimeError("the model's folder is empty")


def test_an_algorithm_that_fails_costs_no_summary_and_the_editor_is_told() -> None:
    found = article(*FERRY)
    summary = summarise(found, analyse(found), SummaryRule("own"), {"own": failing})
    assert (summary.sentences, summary.algorithm) == (told(found, SummaryRule()).sentences, "forward")
    assert summary.note == "the algorithm own failed (RuntimeError: the model's folder is empty), so forward chose"


def test_no_sentence_of_a_source_that_allows_a_headline_only_is_added() -> None:
    other = article(*OTHER_PAPER, publisher="Norwell Lantern", source="lantern")
    assert story(other, rule=replace(THREE, headline_only=frozenset({"lantern"}))) == story()
