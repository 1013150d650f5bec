"""An issue after something in it was taken down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from digest.model import Drop, Issue, Look, Removal, Takedown
from digest.pipeline import render
from digest.serial import issue_from_json
from digest.stages.compose import entitled
from digest.stages.withdraw import withdraw
from tests.renderers import issues

NOTED = datetime(2026, 11, 24, 9, tzinfo=UTC)


def an_issue() -> Issue:
    return entitled(replace(issues.full(), number=7))


def taken(issue: Issue, what: str) -> Issue:
    return withdraw(issue, [Takedown(what, "a court asked for it", NOTED)])


def test_an_issue_that_holds_nothing_of_it_stays_the_same() -> None:
    issue = an_issue()
    assert taken(issue, "https://elsewhere.example/") is issue


def test_the_story_goes_from_every_rendition_and_its_reason_stands_in_each() -> None:
    issue = an_issue()
    lead = issue.stories[0].lead
    drop = Drop("duplicates", lead.headline, "duplicate", "")
    assert lead.headline in issue.subject
    left = taken(replace(issue, drops=(drop,)), lead.url or "")
    assert (left.number, left.date, left.stories) == (7, issue.date, issue.stories[1:])
    assert left.removals == (Removal(lead.id, NOTED, "a court asked for it"),)
    renditions = {each.name: each.body.decode() for each in render(left, Look())}
    assert issue_from_json(renditions["issue.json"].encode()) == left
    for name in ("issue.html", "issue.txt", "web.html", "issue.json"):
        assert lead.headline not in renditions[name], name
        assert "a court asked for it" in " ".join(renditions[name].split()), name
    assert "Nov 24" in renditions["web.html"]


def test_an_article_that_tells_the_same_beside_the_lead_goes_alone() -> None:
    issue = an_issue()
    story = next(story for story in issue.stories if len(story.articles) > 1)
    told = replace(story, merged=tuple(f"reason {number}" for number, _ in enumerate(story.articles[1:])))
    section = replace(issue.sections[0], stories=(told,))
    left = taken(replace(issue, sections=(section,)), story.articles[1].id)
    assert left.stories[0].articles == (story.lead, *story.articles[2:])
    assert left.stories[0].merged == told.merged[1:]
    assert left.removals == ()


def test_an_issue_may_lose_every_story_and_still_be_shown() -> None:
    issue = an_issue()
    left = withdraw(issue, [Takedown(story.id, "the paper withdrew it", NOTED) for story in issue.stories])
    assert left.sections == ()
    assert len(left.removals) == len(issue.stories)
    assert all(rendition.body for rendition in render(left, Look()))
