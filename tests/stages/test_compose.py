"""What an issue holds, in which order, what it says of itself, and what became of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.model import Article, Contact, Imprint, Issue, Placement, Reason, Score, Sentence, Story, Summary
from digest.stages.compose import IssueRule, compose
from digest.stages.section import MORE_NEWS, SectionRule
from tests import strategies
from tests.stages.newsroom import FERRY, NOW, article

SECTIONS = (SectionRule("Town", "town"), SectionRule("Sea", "sea"), SectionRule("More news", MORE_NEWS))
RULE = IssueRule("The Tidewrack")


def story(headline: str, slug: str, value: float, *others: Article, **facts: Any) -> Story:
    lead = article(headline, *FERRY, guid=headline, **facts)
    return Story(
        (lead, *others),
        Score(value, (Reason("test", 1.0, value, "so the test says"),)),
        Placement(slug, "so the test says"),
        merged=("a copy",) * len(others),
    )


def composed(*stories: Story, sections: Sequence[SectionRule] = SECTIONS, rule: IssueRule = RULE, **more: Any) -> Issue:
    return compose(stories, sections, rule, NOW, **more)


def shape(issue: Issue) -> list[tuple[str, list[str]]]:
    return [(section.slug, [each.lead.headline for each in section.stories]) for section in issue.sections]


def test_the_best_story_leads_its_section_comes_first_and_the_others_follow_in_their_order() -> None:
    issue = composed(
        story("Council votes", "town", 1.0),
        story("Mayor rests", "town", 2.0),
        story("Seal found", MORE_NEWS, 0.5),
        story("Ferry stops", "sea", 3.0),
        story("Lamp dark", "sea", 1.5),
    )
    assert shape(issue) == [
        ("sea", ["Ferry stops", "Lamp dark"]),
        ("town", ["Mayor rests", "Council votes"]),
        (MORE_NEWS, ["Seal found"]),
    ]
    assert issue.lead is not None
    assert issue.lead.lead.headline == "Ferry stops"


def test_an_empty_section_is_left_out() -> None:
    assert shape(composed(story("Ferry stops", "sea", 1.0))) == [("sea", ["Ferry stops"])]


def test_a_story_of_no_known_section_stands_in_the_last() -> None:
    lost = replace(story("Ferry stops", "sea", 1.0), placement=None)
    assert shape(composed(lost, story("Lamp dark", "moon", 0.5))) == [(MORE_NEWS, ["Ferry stops", "Lamp dark"])]


def test_a_full_section_drops_its_lowest_and_says_so() -> None:
    sections = (SectionRule("Sea", "sea", max_stories=1), *SECTIONS[::2])
    issue = composed(story("Ferry stops", "sea", 3.0), story("Lamp dark", "sea", 1.0), sections=sections)
    assert shape(issue) == [("sea", ["Ferry stops"])]
    assert [(drop.stage, drop.subject, drop.reason, drop.detail) for drop in issue.drops] == [
        ("compose", "Lamp dark", "over max_stories", "Sea holds 1 story, better ranked")
    ]


def test_a_full_issue_drops_its_lowest_with_everyone_who_tells_it() -> None:
    other = article("Lamp out", *FERRY, publisher="Valley Echo")
    issue = composed(
        story("Ferry stops", "sea", 3.0),
        story("Lamp dark", "sea", 1.0, other),
        rule=replace(RULE, max_stories=1),
    )
    assert [drop.subject for drop in issue.drops] == ["Lamp dark", "Lamp out"]
    assert issue.drops[0].detail == "ranked 2 of 2; the issue holds 1"


def test_an_issue_knows_its_day_and_carries_what_it_was_given() -> None:
    imprint = Imprint(sender="post@tidewrack.example")
    issue = composed(story("Ferry stops", "sea", 1.0), rule=replace(RULE, imprint=imprint, language="de"))
    assert (issue.newsletter, issue.made, issue.date, issue.number) == ("The Tidewrack", NOW, NOW.date(), None)
    assert (issue.imprint, issue.language) == (imprint, "de")


@pytest.mark.parametrize(
    ("headline", "subject"),
    [
        ("Ferry stops", "Ferry stops · The Tidewrack"),
        ("x" * 64, "x" * 64),
        (
            "The ferry to the outer islands will not sail again before spring, since a crack was found in its engine",
            "The ferry to the outer islands will not sail again before spring, since a…",
        ),
    ],
)
def test_the_subject_is_the_lead_headline_and_names_the_newsletter_where_there_is_room(
    headline: str, subject: str
) -> None:
    assert composed(story(headline, "sea", 1.0)).subject == subject


def test_the_preheader_is_the_next_headlines_as_far_as_they_fit() -> None:
    titles = ("Ferry stops", "Lamp dark", "Seal found in the yard of the town hall", "Council votes " + "x" * 60)
    issue = composed(*(story(title, "sea", 9.0 - number) for number, title in enumerate(titles)))
    assert issue.preheader == "Lamp dark · Seal found in the yard of the town hall"


def test_the_preheader_shows_no_standfirst_of_a_publisher_who_allows_a_headline_only() -> None:
    one = story("Ferry stops", "sea", 1.0, standfirst="Until spring.")
    one = replace(one, summary=Summary(origin="none", algorithm="none"))
    assert composed(one).preheader == "Ferry stops"


def test_the_preheader_of_one_story_is_how_its_summary_begins() -> None:
    one = story("Ferry stops", "sea", 1.0, standfirst="Until spring.")
    assert composed(one).preheader == "Until spring."
    told = Summary((Sentence(one.id, one.lead.revision, 1, 0, FERRY[1]),))
    assert composed(replace(one, summary=told)).preheader.startswith("A crack was found")


def test_an_issue_of_nothing_says_its_name_and_no_more() -> None:
    issue = composed()
    assert (issue.subject, issue.preheader, issue.sections, issue.contacts) == ("The Tidewrack", "", (), ())


DESK = Contact("Harbour Post", address="desk@harbour.example", statement="Write to us.")
OLD_DESK = Contact("Harbour Post", address="old@harbour.example")


def contacts(*found: Contact | None, **more: Any) -> tuple[Contact, ...]:
    return composed(
        *(story(f"Ferry stops {number}", "sea", 1.0, contact=each) for number, each in enumerate(found)), **more
    ).contacts


def test_each_publisher_has_one_contact_that_most_of_its_pages_name() -> None:
    assert contacts(OLD_DESK, DESK, None, DESK) == (DESK,)


def test_what_is_configured_goes_before_what_a_page_says() -> None:
    ours = Contact("harbour post", address="errors@harbour.example", origin="configuration")
    assert contacts(DESK, DESK, contacts=(ours,)) == (ours,)


def test_a_contact_known_from_elsewhere_serves_a_publisher_of_the_issue_and_no_other() -> None:
    stranger = Contact("Valley Echo", address="desk@valley.example")
    assert contacts(None, contacts=(stranger, DESK)) == (DESK,)


def test_publishers_that_only_tell_it_too_have_their_contact_as_well() -> None:
    theirs = Contact("Valley Echo", address="desk@valley.example")
    other = article("Ferry out", *FERRY, publisher="Valley Echo", contact=theirs)
    assert composed(story("Ferry stops", "sea", 1.0, other, contact=DESK)).contacts == (DESK, theirs)


def test_a_contact_without_a_name_gets_its_publishers() -> None:
    assert contacts(replace(DESK, publisher=""))[0].publisher == "Harbour Post"


@st.composite
def days(draw: st.DrawFn) -> list[Story]:
    articles = draw(st.lists(strategies.articles(), max_size=9, unique_by=lambda each: each.id))
    stories = []
    while articles:
        size = draw(st.integers(1, 2))
        told, articles = articles[:size], articles[size:]
        slug = draw(st.sampled_from(["town", "sea", "moon", MORE_NEWS]))
        score = Score(draw(st.sampled_from([0.5, 1.0, 2.0])))
        stories.append(Story(tuple(told), score, Placement(slug, "drawn"), merged=("drawn",) * (len(told) - 1)))
    return stories


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(days(), st.none() | st.integers(1, 4), st.none() | st.integers(1, 2), st.randoms(use_true_random=False))
def test_every_article_is_placed_once_or_dropped_whatever_the_order(
    stories: list[Story], most: int | None, in_sea: int | None, random: Any
) -> None:
    sections = (SECTIONS[0], replace(SECTIONS[1], max_stories=in_sea), SECTIONS[2])
    rule = replace(RULE, max_stories=most)
    issue = compose(stories, sections, rule, NOW)
    placed = [each.id for story in issue.stories for each in story.articles]
    assert len(placed) == len(set(placed))
    assert len(placed) + len(issue.drops) == sum(len(story.articles) for story in stories)
    if stories:
        assert issue.lead is not None
        assert issue.lead.score.value == max(story.score.value for story in stories)
        assert 0 < len(issue.subject) <= 78
    assert len(issue.preheader) <= 110
    shuffled = list(stories)
    random.shuffle(shuffled)
    assert compose(shuffled, sections, rule, NOW) == issue
