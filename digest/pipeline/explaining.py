"""why: what is known of how one story came to stand where it stands, or why it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from digest import plugins
from digest.language import analyse
from digest.model import Article, Drop, Issue, Placement, Score, Sentence, Story
from digest.pipeline.composing import SUMMARISERS, Day
from digest.pipeline.rules import cluster_rule, summary_rule
from digest.stages import asking, cluster, summarise
from digest.stages.cluster import Comparison

if TYPE_CHECKING:
    from digest.config import Settings


@dataclass(frozen=True, slots=True)
class Teller:
    """An article of a story, and why it was taken to tell the same; "" for the lead."""

    article: Article
    why: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An article that was held beside this story's and is told apart from it.

    `excess` is the evidence over what is needed; below 0 by how much it fell short. `place` is that of its
    own story in the issue, 0 when it has none.
    """

    article: Article
    place: int
    excess: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence of a story, whether it stands in the summary, and what was found of it.

    `broken` says in words which readability rules it breaks; `beat` is the sentence it was chosen over.
    """

    sentence: Sentence
    chosen: bool
    score: float | None
    broken: tuple[str, ...]
    beat: str = ""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The story ranked just above or below, and its score."""

    headline: str
    value: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known of one story, or of one article that stands in none.

    `place` counts the issue's stories from 1 in the reader's order, `rank` all the day's stories by their score;
    0 where it has none. `copies` were left out as duplicates of one of its articles, `drops` are its own.
    """

    headline: str
    issue: int | None
    date: date
    place: int
    stories: int
    rank: int = 0
    ranked: int = 0
    section: str = ""
    placement: Placement | None = None
    score: Score | None = None
    above: Neighbour | None = None
    below: Neighbour | None = None
    tellers: tuple[Teller, ...] = ()
    copies: tuple[Drop, ...] = ()
    nearly: tuple[NearMiss, ...] = ()
    summary: str = ""
    sentences: tuple[Weighed, ...] = ()
    drops: tuple[Drop, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The explanation of what a question means, and the others it may mean; without one, what is nearest to it."""

    explanation: Explanation | None
    others: tuple[asking.Subject, ...]


def day_of(issue: Issue, settings: Settings) -> Day:
    """The day of an issue that was published, as far as the issue itself holds it: its own stories alone."""
    stories = issue.stories
    articles = tuple(article for story in stories for article in story.articles)
    rules = {story.id: summary_rule(story, settings, leads=not place) for place, story in enumerate(stories)}
    return Day(issue, articles, articles, (), {each.id: analyse(each) for each in articles}, stories, rules)


def explain(question: str, day: Day, settings: Settings) -> Answer:
    """What the day knows of the story, or the article left out, that a question means."""
    issue = day.issue
    among = asking.subjects(issue.stories, day.ranked, day.offered, issue.drops)
    found = asking.find(question, among)
    if found.answer is None:
        return Answer(None, found.others)
    # Copies of one article are told of as such.
    others = tuple(each for each in found.others if each.headline != found.answer.headline)
    return Answer(_explained(found.answer, day, settings), others)


def _explained(subject: asking.Subject, day: Day, settings: Settings) -> Explanation:
    issue, story = day.issue, subject.story
    if story is None:
        return Explanation(subject.headline, issue.number, issue.date, 0, len(issue.stories), drops=subject.drops)
    rank = next(place for place, each in enumerate(day.ranked) if each.id == story.id)
    titles = {section.slug: section.title for section in issue.sections}
    slug = story.placement.slug if story.placement else ""
    return Explanation(
        headline=subject.headline,
        issue=issue.number,
        date=issue.date,
        place=subject.place,
        stories=len(issue.stories),
        rank=rank + 1,
        ranked=len(day.ranked),
        section=titles.get(slug, slug),
        placement=story.placement,
        score=story.score,
        above=_neighbour(day.ranked[rank - 1 : rank]),
        below=_neighbour(day.ranked[rank + 1 : rank + 2]),
        tellers=tuple(Teller(*each) for each in zip(story.articles, ("", *story.merged), strict=False)),
        copies=tuple(_copies(story, issue.drops)),
        nearly=tuple(_near(story, day, settings)),
        summary=_summary_words(story),
        sentences=tuple(_weighed(story, day)),
        drops=subject.drops,
    )


def _neighbour(one: Sequence[Story]) -> Neighbour | None:
    return Neighbour(one[0].lead.headline, one[0].score.value) if one else None


def _copies(story: Story, drops: Iterable[Drop]) -> Iterator[Drop]:
    kept = tuple(f"kept “{article.headline}”" for article in story.articles)
    return (drop for drop in drops if drop.stage == "duplicates" and any(words in drop.detail for words in kept))


def _near(story: Story, day: Day, settings: Settings) -> Iterator[NearMiss]:
    """What almost stood in the story, the nearest first, each article once."""
    own = {article.id for article in story.articles}
    places = {article.id: place for place, each in enumerate(day.issue.stories, 1) for article in each.articles}
    seen: set[str] = set()
    for each in cluster.near_misses(day.articles, day.groups, day.analyses, cluster_rule(settings)):
        other = _other(each, own)
        if other is not None and other.id not in seen:
            seen.add(other.id)
            yield NearMiss(other, places.get(other.id, 0), round(each.likeness.excess, 2), each.words)


def _other(comparison: Comparison, own: set[str]) -> Article | None:
    """Of two articles that were compared the one that is not of the story, if the other is."""
    article, lead = comparison.article, comparison.lead
    if (article.id in own) == (lead.id in own):
        return None
    return lead if article.id in own else article


def _summary_words(story: Story) -> str:
    summary = story.summary
    if summary.algorithm == "editor":
        return summary.reason
    how = {
        "extract": f"chosen by {summary.algorithm}" if summary.algorithm else "chosen",
        "standfirst": "the publisher's own standfirst",
        "none": "no summary",
    }[summary.origin]
    return f"{how}: {summary.reason}" if summary.reason and summary.reason != how else how


def _weighed(story: Story, day: Day) -> Iterator[Weighed]:
    """The sentences of the lead, and those that the summary has of others."""
    chosen = {_place(sentence) for sentence in story.summary.sentences}
    own = {name: plugins.load(SUMMARISERS, name) for name in plugins.names(SUMMARISERS)}
    rule = day.summary_rules.get(story.id, summarise.SummaryRule())
    if story.summary.algorithm in {*own, *summarise.algorithms()}:
        # What chose the sentences of a published issue may not be what is configured today.
        rule = replace(rule, algorithm=story.summary.algorithm)
    lead = story.lead
    for each in summarise.explain(lead, day.analyses[lead.id], rule, own):
        is_chosen = _place(each.sentence) in chosen
        broken = tuple(summarise.RULES.get(name, name) for name in each.broken)
        beat = each.beat.text if each.beat and is_chosen and _place(each.beat) not in chosen else ""
        yield Weighed(each.sentence, is_chosen, each.score, broken, beat)
    for sentence in story.summary.sentences:
        if sentence.article != lead.id:
            yield Weighed(sentence, True, None, ())


def _place(sentence: Sentence) -> tuple[str, object, int]:
    return sentence.article, sentence.field, sentence.start
