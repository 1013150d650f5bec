"""Ranked, placed and summarised stories → one issue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.model import Contact, Correction, Drop, Imprint, Issue, Section, Story
from digest.stages.section import SectionRule


@dataclass(frozen=True, slots=True)
class IssueRule:
    """What the newsletter is, whatever the day; `max_stories` None means any number."""

    newsletter: str
    language: str = "en"
    max_stories: int | None = None
    imprint: Imprint = Imprint()


def compose(
    stories: Iterable[Story],
    sections: Sequence[SectionRule],
    rule: IssueRule,
    now: datetime,
    *,
    contacts: Iterable[Contact] = (),
    corrections: Sequence[Correction] = (),
    drops: Iterable[Drop] = (),
) -> Issue:
    """A draft issue of scored, placed and summarised stories.

    `now` is aware and in the newsletter's time zone. `contacts` are those known beside the
    articles' own; only those of publishers in the issue are taken over.
    """
    kept = tuple(stories)
    parts = []
    for section in sections:
        own = tuple(story for story in kept if story.placement and story.placement.slug == section.slug)
        if own:
            parts.append(Section(section.slug, section.title, own))
    return Issue(
        newsletter=rule.newsletter,
        date=now.date(),
        made=now,
        language=rule.language,
        sections=tuple(parts),
        drops=tuple(drops),
        corrections=tuple(corrections),
        imprint=rule.imprint,
    )
