"""An issue without what was taken down after it was made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from digest.model import Article, Correction, Issue, Removal, Story, Takedown
from digest.stages.compose import entitled


def withdraw(issue: Issue, takedowns: Sequence[Takedown]) -> Issue:
    """The issue without the stories that the takedowns name, each with a `Removal` in its place; else the same.

    A story whose lead article is taken down, or whose summary has a sentence of it, goes whole: a frozen issue is not
    written anew. An article that only tells the same beside the lead goes alone. Where a headline of what went stands
    among the drops, the article's id takes its place. Number, date and the other stories stay; the subject and the
    preheader are made again, since they may have named it.
    """
    reasons = {takedown.what: takedown for takedown in takedowns}
    removals = list(issue.removals)
    gone: list[Article] = []
    sections = []
    for section in issue.sections:
        kept = []
        for story in section.stories:
            named = {article.id: found for article in story.articles if (found := _naming(article, reasons))}
            gone += [article for article in story.articles if article.id in named]
            if story.id in named or any(sentence.article in named for sentence in story.summary.sentences):
                why = named.get(story.id) or next(iter(named.values()))
                removals.append(Removal(story.id, why.noted, why.reason))
            else:
                kept.append(_without(story, named) if named else story)
        if kept:
            sections.append(replace(section, stories=tuple(kept)))
    corrections, corrected = showable(issue.corrections, takedowns), showable(issue.corrected, takedowns)
    if not gone and (corrections, corrected) == (issue.corrections, issue.corrected):
        return issue
    headlines = {article.headline: article.id for article in gone}
    drops = tuple(replace(drop, subject=headlines.get(drop.subject, drop.subject)) for drop in issue.drops)
    left = replace(
        issue,
        sections=tuple(sections),
        corrections=corrections,
        corrected=corrected,
        drops=drops,
        removals=tuple(removals),
    )
    return entitled(left) if gone else left


def showable(corrections: Sequence[Correction], takedowns: Sequence[Takedown]) -> tuple[Correction, ...]:
    """The corrections that quote nothing of what was taken down."""
    names = {takedown.what for takedown in takedowns}
    return tuple(each for each in corrections if not names & {each.article, each.story, each.url})


def _naming(article: Article, takedowns: dict[str, Takedown]) -> Takedown | None:
    return takedowns.get(article.id) or (takedowns.get(article.url) if article.url else None)


def _without(story: Story, named: Collection[str]) -> Story:
    lead, *others = story.articles
    told = [(article, why) for article, why in zip(others, story.merged, strict=False) if article.id not in named]
    merged = tuple(why for _, why in told)
    return replace(story, articles=(lead, *(each for each in others if each.id not in named)), merged=merged)
