"""The editor's hand: what each edit does, that it does nothing else, and how it is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.config import NewsletterSettings, Settings, SourceSettings, SummaryOverride, SummarySettings
from digest.errors import ConfigError
from digest.model import Article, Edit, Issue, Story
from digest.pipeline import Background, compose_issue
from digest.stages.editing import Edits
from digest.stages.window import Memory
from tests import strategies
from tests.stages.newsroom import FERRY, LIGHTHOUSE, NOW, article, hours_ago

FERRY_STOPS = article("Ferry stops until spring", *FERRY, url="https://harbour.example/ferry", published=hours_ago(2))
LAMP = article("Storm darkens Cape Tern", *LIGHTHOUSE, url="https://harbour.example/lamp", published=hours_ago(5))
ELSEWHERE = article(
    "Ferry stops until spring",
    *FERRY,
    "The county will pay for a bus.",
    source="wire",
    publisher="Halyard Wire",
    url="https://wire.example/ferry",
    published=hours_ago(1),
)
DAY = (FERRY_STOPS, LAMP)
SAME_LENGTH = Settings(summary=SummarySettings(sentences=2, lead_sentences=2))


def composed(*edits: Edit, articles: tuple[Article, ...] = DAY, config: Settings = SAME_LENGTH) -> Issue:
    return compose_issue(articles, config, NOW, Background(edits=Edits(edits)))


def told(issue: Issue) -> dict[str, Story]:
    return {story.id: story for story in issue.stories}


def refused(*edits: Edit, **more: Any) -> str:
    with pytest.raises(ConfigError) as caught:
        composed(*edits, **more)
    return str(caught.value)


@pytest.mark.parametrize(
    "name",
    [LAMP.url, f"{LAMP.url}?utm_source=mail#top", LAMP.id, LAMP.headline, "Storm  darkens Cape Tern"],
)
def test_an_article_is_named_by_url_id_or_headline(name: str) -> None:
    lead = composed(Edit(name, pin=True, reason="it is the anniversary")).lead
    assert lead is not None
    assert lead.id == LAMP.id
    reason = lead.score.reasons[-1]
    assert (reason.signal, reason.words) == ("editor", "pinned by the editor: it is the anniversary")
    assert lead.score.value == sum(each.weight * each.value for each in lead.score.reasons)


def test_of_two_pins_the_first_in_the_file_leads() -> None:
    for one, other in ((LAMP, FERRY_STOPS), (FERRY_STOPS, LAMP)):
        assert composed(Edit(one.id, pin=True), Edit(other.id, pin=True)).stories[0].id == one.id


def test_a_pinned_article_is_never_too_old_nor_too_many() -> None:
    old = replace(LAMP, published=hours_ago(100))
    config = Settings(newsletter=NewsletterSettings(window=24, max_stories=1))
    assert composed(articles=(FERRY_STOPS, old), config=config).stories[0].id == FERRY_STOPS.id
    issue = composed(Edit(old.id, pin=True), articles=(FERRY_STOPS, old), config=config)
    assert [story.id for story in issue.stories] == [old.id]


def test_a_dropped_article_is_a_drop_with_the_editor_s_reason() -> None:
    issue = composed(Edit(FERRY_STOPS.id, drop="article", reason="the ferry sails again"))
    assert list(told(issue)) == [LAMP.id]
    (drop,) = issue.drops
    assert (drop.stage, drop.subject) == ("edit", FERRY_STOPS.headline)
    assert (drop.reason, drop.detail) == ("dropped by the editor", "the ferry sails again")


def test_a_story_is_told_by_the_others_when_one_article_is_dropped_and_by_none_when_the_story_is() -> None:
    articles = (FERRY_STOPS, ELSEWHERE, LAMP)
    lead = next(story for story in composed(articles=articles).stories if len(story.articles) == 2).lead
    other = FERRY_STOPS if lead.id == ELSEWHERE.id else ELSEWHERE
    left = told(composed(Edit(lead.id, drop="article"), articles=articles))
    assert left.keys() == {other.id, LAMP.id}
    assert [each.id for each in left[other.id].articles] == [other.id]
    assert all(sentence.article == other.id for sentence in left[other.id].summary.sentences)
    whole = composed(Edit(lead.id, drop="story"), articles=articles)
    assert told(whole).keys() == {LAMP.id}
    assert len(whole.drops) == 2


@pytest.mark.parametrize("name", ["sport", "Sport", "SPORT"])
def test_a_story_is_moved_to_a_section_by_slug_or_title(name: str) -> None:
    issue = composed(Edit(LAMP.id, section=name, reason="they row there"))
    placement = told(issue)[LAMP.id].placement
    assert placement is not None
    assert (placement.slug, placement.reason) == ("sport", "moved by the editor: they row there")
    assert LAMP.id in [story.id for section in issue.sections if section.slug == "sport" for story in section.stories]


def test_a_new_headline_is_the_newsletter_s_own_and_the_source_s_stays() -> None:
    issue = composed(Edit(FERRY_STOPS.id, headline="No ferry this winter", pin=True))
    assert issue.lead is not None
    assert (issue.lead.headline, issue.lead.own_headline) == ("No ferry this winter", "No ferry this winter")
    assert issue.lead.lead.headline == "Ferry stops until spring"
    assert issue.subject.startswith("No ferry this winter")


def test_chosen_sentences_are_printed_verbatim_in_the_editor_s_order_by_text_or_number() -> None:
    typed = FERRY[3].replace("“", '"').replace("”", '"')
    summary = told(composed(Edit(FERRY_STOPS.id, sentences=(typed, 1))))[FERRY_STOPS.id].summary
    assert [sentence.text for sentence in summary.sentences] == [FERRY[3], FERRY[0]]
    for sentence in summary.sentences:
        assert FERRY_STOPS.text(sentence.field)[sentence.start : sentence.end] == sentence.text
    assert (summary.algorithm, summary.reason) == ("editor", "chosen by the editor")


def test_a_later_edit_of_the_same_article_prevails() -> None:
    issue = composed(Edit(LAMP.id, headline="One"), Edit(LAMP.id, headline="Two"))
    assert told(issue)[LAMP.id].headline == "Two"


def test_notes_stand_at_the_top_and_at_a_story() -> None:
    config = Settings(newsletter=NewsletterSettings(note="Every day."))
    issue = composed(Edit(note="Today."), Edit(LAMP.id, note="We were there."), config=config)
    assert issue.notes == ("Today.", "Every day.")
    assert told(issue)[LAMP.id].note == "We were there."


def test_an_edit_of_another_day_does_nothing() -> None:
    assert composed(Edit("nothing of that name", on=date(2026, 11, 19), drop="article")) == composed()


def test_what_was_told_is_told_again_for_a_pin_of_that_date_alone() -> None:
    told_before = Memory(told={LAMP.id: 3})
    for edit, count in ((Edit(LAMP.id, pin=True, on=NOW.date()), 2), (Edit(LAMP.id, pin=True), 1)):
        known = Edits((edit,), frozenset({LAMP.id}))
        assert len(compose_issue(DAY, SAME_LENGTH, NOW, Background(memory=told_before, edits=known)).stories) == count


# Refused


def test_an_edit_that_names_nothing_is_told_the_nearest_article() -> None:
    message = refused(Edit("https://harbour.example/fery", pin=True, place="edit[0]"))
    assert "edits.toml: 1 problem" in message
    assert "edit[0].article: 'https://harbour.example/fery' names no article" in message
    assert "did you mean 'https://harbour.example/ferry'? (“Ferry stops until spring”)" in message


def test_every_refusal_is_told_at_once() -> None:
    message = refused(
        Edit("Storm darkens Cape Turn", pin=True, place="edit[0]"),
        Edit(LAMP.id, section="sports", place="edit[1]"),
        Edit(
            LAMP.id,
            sentences=("Nobody was hurt, the harbour office said, but the lamp stays dark.", 9),
            place="edit[2]",
        ),
    )
    assert "4 problems" in message
    assert "did you mean 'Storm darkens Cape Tern'?" in message
    assert "edit[1].section: there is no section 'sports'; did you mean 'sport'?" in message
    assert f"the nearest is its number 2, “{LIGHTHOUSE[1]}”" in message
    assert "has 3 sentences, and no number 9" in message


def test_a_headline_over_two_stories_says_not_which() -> None:
    weather = [
        article("Weather", *text, url=f"https://{name}.example/weather", source=name, publisher=name)
        for name, text in (("north", FERRY), ("south", LIGHTHOUSE))
    ]
    message = refused(Edit("Weather", pin=True), articles=tuple(weather))
    assert "https://north.example/weather, https://south.example/weather" in message


def test_an_edit_may_outlive_its_article_but_not_miss_it_on_its_own_day() -> None:
    name = "https://harbour.example/last-week"
    lasting = Edits((Edit(name, since=date(2026, 11, 1), pin=True),), frozenset({name}))
    assert compose_issue(DAY, SAME_LENGTH, NOW, Background(edits=lasting)) == composed()
    today = Edits((Edit(name, on=NOW.date(), pin=True),), frozenset({name}))
    with pytest.raises(ConfigError, match="is known, but not among the day's stories"):
        compose_issue(DAY, SAME_LENGTH, NOW, Background(edits=today))


def test_a_source_that_allows_headlines_alone_gives_the_editor_no_sentence_either() -> None:
    silent = SourceSettings(name="harbour", use="folder", summary=SummaryOverride(algorithm="none"))
    message = refused(Edit(LAMP.id, sentences=(1,)), config=Settings(source=(silent,)))
    assert "none of its sentences may be printed" in message


# An edit changes only what it names

OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def edits_of(given: list[Article]) -> st.SearchStrategy[Edit]:
    names = st.sampled_from([each.id for each in given])
    return st.one_of(
        st.builds(Edit, names, pin=st.just(True)),
        st.builds(Edit, names, drop=st.sampled_from(["article", "story"])),
        st.builds(Edit, names, section=st.sampled_from(["sport", "business", "more-news"])),
        st.builds(Edit, names, headline=st.just("Ours"), note=st.sampled_from(["", "A word."])),
    )


@OFTEN
@given(st.data(), st.lists(strategies.articles(), min_size=1, max_size=8, unique_by=lambda each: each.id))
def test_an_edit_changes_only_what_it_names(data: st.DataObject, given: list[Article]) -> None:
    edits = data.draw(st.lists(edits_of(given), max_size=3))
    before = compose_issue(given, SAME_LENGTH, NOW)
    known = frozenset(edit.article for edit in edits)
    after = compose_issue(given, SAME_LENGTH, NOW, Background(edits=Edits(tuple(edits), known)))
    touched = {
        article.id
        for story in before.stories
        if known & {each.id for each in story.articles}
        for article in story.articles
    }
    others = [story for story in before.stories if not touched & {each.id for each in story.articles}]
    kept = [story for story in after.stories if not touched & {each.id for each in story.articles}]
    assert {story.id: story for story in kept} == {story.id: story for story in others}
    # Nothing is lost: what is not placed is dropped, with the editor as the reason.
    placed = [article.id for story in after.stories for article in story.articles]
    assert len(placed) + len(after.drops) == len(given)
    assert sum(drop.reason == "dropped by the editor" for drop in after.drops) == len(after.drops) - len(before.drops)


@OFTEN
@given(st.data(), st.lists(strategies.articles(), min_size=1, max_size=6, unique_by=lambda each: each.id))
def test_every_edited_score_is_still_the_sum_of_its_reasons(data: st.DataObject, given: list[Article]) -> None:
    edits = data.draw(st.lists(edits_of(given), max_size=3))
    issue = compose_issue(
        given, SAME_LENGTH, NOW, Background(edits=Edits(tuple(edits), frozenset(edit.article for edit in edits)))
    )
    for story in issue.stories:
        assert story.score.value == sum((each.weight * each.value for each in story.score.reasons), 0.0)
