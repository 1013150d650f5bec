"""A published story is told again only when it developed, as an update that begins with what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.config import Settings
from digest.identity import identify
from digest.model import Article, Block, Issue, Story
from digest.pipeline import Background, compose_issue
from digest.stages.window import Memory
from tests import strategies
from tests.stages.newsroom import FERRY, LIGHTHOUSE, NOW, article, hours_ago

YESTERDAY = NOW - timedelta(days=1)
REPAIRED = (
    "Two welders from the mainland closed the crack on Thursday night, and the Grey Heron sails on Monday after all."
)
HERON = article("Ferry to Saltmarsh stops until spring", *FERRY, published=hours_ago(30), guid="heron")
LAMP = article("Lamp of Cape Tern goes dark", *LIGHTHOUSE, published=hours_ago(2), guid="lamp")


def published(*articles: Article, number: int = 12) -> Issue:
    issue = compose_issue(articles, Settings(), YESTERDAY)
    return replace(issue, number=number)


def today(*articles: Article, earlier: Sequence[Issue], language: str = "en") -> Issue:
    settings = Settings.model_validate({"newsletter": {"language": language}})
    told = {each.id: issue.number or 0 for issue in earlier for story in issue.stories for each in story.articles}
    return compose_issue(
        articles, settings, NOW, Background(memory=Memory(last=YESTERDAY, told=told), earlier=tuple(earlier))
    )


def with_paragraphs(one: Article, *more: str) -> Article:
    """The same article as its publisher has it now."""
    return identify(replace(one, blocks=(*one.blocks, *(Block("paragraph", text) for text in more))), guid="heron")


def reasons(issue: Issue) -> list[tuple[str, str]]:
    return [(drop.subject, drop.reason) for drop in issue.drops]


def headlines(issue: Issue) -> list[str]:
    return [story.headline for story in issue.stories]


def story_of(issue: Issue, one: Article) -> Story:
    return next(story for story in issue.stories if story.id == one.id)


def test_the_same_article_is_not_told_again() -> None:
    issue = today(HERON, LAMP, earlier=[published(HERON)])
    assert headlines(issue) == [LAMP.headline]
    assert reasons(issue) == [(HERON.headline, "already told")]


def test_an_article_that_says_something_new_is_an_update_and_begins_with_it() -> None:
    developed = with_paragraphs(HERON, REPAIRED)
    assert developed.id == HERON.id
    story = story_of(today(developed, LAMP, earlier=[published(HERON)]), developed)
    assert story.headline == "Update: Ferry to Saltmarsh stops until spring"
    assert story.summary.sentences[0].text == REPAIRED
    assert len(story.summary.sentences) > 1
    assert story.summary.reason == "what is new since issue 12 as “Ferry to Saltmarsh stops until spring” comes first"


def test_a_teaser_whose_text_is_read_later_is_no_update_unless_its_publisher_dates_it_later() -> None:
    teaser = identify(replace(HERON, blocks=(), standfirst=FERRY[0], kind="brief"), guid="heron")
    assert teaser.id == HERON.id
    assert reasons(today(HERON, LAMP, earlier=[published(teaser)])) == [(HERON.headline, "already told")]
    grown = replace(HERON, updated=hours_ago(1))
    issue = today(grown, LAMP, earlier=[published(teaser)])
    assert story_of(issue, grown).headline == f"Update: {HERON.headline}"


def test_a_rewording_is_no_development() -> None:
    reworded = identify(
        replace(HERON, blocks=(Block("paragraph", FERRY[0].replace("will not", "won't")), *HERON.blocks[1:])),
        guid="heron",
    )
    assert reworded.revision != HERON.revision
    assert reasons(today(reworded, LAMP, earlier=[published(HERON)])) == [(HERON.headline, "already told")]


def test_a_sentence_in_the_place_of_another_and_the_note_that_says_so_are_a_correction_and_no_update() -> None:
    other = "A hole was burnt into the funnel by lightning, which the inspectors found only after everybody left."
    note = "Correction, 19 November: an earlier version of this article named the wrong part of the vessel."
    blocks = (HERON.blocks[0], Block("paragraph", other), *HERON.blocks[2:], Block("paragraph", note))
    corrected = identify(replace(HERON, blocks=blocks), guid="heron")
    assert reasons(today(corrected, LAMP, earlier=[published(HERON)])) == [(HERON.headline, "already told")]


def test_a_teaser_s_note_of_a_correction_is_no_update_either_and_none_of_it_is_told() -> None:
    was = article("Silo burns", guid="silo", standfirst="The silo at the pier burnt. Forty men fought the flames.")
    note = "Correction: an earlier version said that forty men fought the flames. In truth there were far more of them."
    now = article(
        "Silo burns", guid="silo", standfirst=f"The silo at the pier burnt. Sixty men fought the flames. {note}"
    )
    assert reasons(today(now, LAMP, earlier=[published(was)])) == [(was.headline, "already told")]
    told = [sentence.text for sentence in story_of(today(now, LAMP, earlier=[]), now).summary.sentences]
    assert told == ["The silo at the pier burnt.", "Sixty men fought the flames."]


def test_another_publisher_s_report_of_what_was_told_is_left_out_with_the_issue_that_told_it() -> None:
    late = article("Ferry to Saltmarsh stops", *FERRY[:3], publisher="Valley Echo", published=hours_ago(3), guid="late")
    issue = today(late, LAMP, earlier=[published(HERON)])
    assert reasons(issue) == [(late.headline, "already told")]
    assert "issue 12 as “Ferry to Saltmarsh stops until spring”" in issue.drops[0].detail


def test_another_publisher_s_report_with_news_at_its_head_is_an_update() -> None:
    news = article(
        "Ferry to Saltmarsh sails again as Grey Heron is mended",
        REPAIRED,
        *FERRY[:3],
        publisher="Valley Echo",
        published=hours_ago(3),
        guid="news",
    )
    story = story_of(today(news, LAMP, earlier=[published(HERON)]), news)
    assert story.headline.startswith("Update: ")
    assert story.summary.sentences[0].text == REPAIRED


def test_a_report_from_before_the_issue_is_no_development_of_it_whatever_it_says() -> None:
    before = article(
        "Ferry to Saltmarsh sails again as Grey Heron is mended",
        REPAIRED,
        *FERRY[:3],
        publisher="Valley Echo",
        published=YESTERDAY - timedelta(hours=2),
        guid="before",
    )
    issue = compose_issue([before, LAMP], Settings(), NOW, Background(earlier=(published(HERON),)))
    assert reasons(issue) == [(before.headline, "already told")]


def test_another_event_is_no_update() -> None:
    assert headlines(today(LAMP, earlier=[published(HERON)])) == [LAMP.headline]


@pytest.mark.parametrize(("language", "word"), [("de-CH", "Update"), ("fr", "Mise à jour"), ("is", "Update")])
def test_the_word_is_the_newsletter_s_language(language: str, word: str) -> None:
    developed = with_paragraphs(HERON, REPAIRED)
    issue = today(developed, earlier=[published(HERON)], language=language)
    assert headlines(issue) == [f"{word}: {HERON.headline}"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(strategies.articles(), max_size=6, unique_by=lambda each: each.id),
    st.lists(strategies.articles(), max_size=3, unique_by=lambda each: each.id),
    st.randoms(use_true_random=False),
)
def test_whatever_was_told_nothing_is_dropped_without_a_reason_in_any_order(
    articles: list[Article], before: list[Article], random: object
) -> None:
    earlier = [published(*before)]
    again = [*articles, *(each for each in before if each.id not in {one.id for one in articles})]
    issue = today(*again, earlier=earlier)
    placed = [article.id for story in issue.stories for article in story.articles]
    assert len(placed) == len(set(placed))
    assert len(placed) + len(issue.drops) == len(again)
    random.shuffle(again)  # type: ignore[attr-defined]
    assert today(*again, earlier=earlier).sections == issue.sections
