"""Which story matters more today, and why: a sum of signals, each of which can be said in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush

from digest.model import Analysis, Reason, Score, Story
from digest.stages.articles import counted, outlet
from digest.stages.rank.interests import Interest, interests_in
from digest.stages.rank.kin import Earlier, Kin, kin_of, opening_of
from digest.stages.shorten import shorten

__all__ = ["Earlier", "Interest", "RankRule", "kin_of", "opening_of", "order", "rank"]

# Clocks and time zones are wrong by hours; a date further ahead is an event's, or a mistake.
_AHEAD = timedelta(days=1)
_MIDDLING = 0.5
_HALF_OF_LENGTH = 300
_BRIEF, _FULL = 0.1, 1.1
_HALF_OF_KIN = 6
_QUOTED_LENGTH = 60
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RankRule:
    """How much each signal counts; `half_life` in hours, more than 0.

    The weights of novelty and diversity are what a story at most loses by them.

    `sections` and `sources` hold the weights an editor gave a section (by slug) and a source (by
    name); 1 is the weight of all others.
    """

    half_life: float = 12.0
    freshness: float = 1.0
    substance: float = 1.0
    publishers: float = 1.0
    centrality: float = 1.0
    novelty: float = 1.0
    diversity: float = 1.0
    interests: tuple[Interest, ...] = ()
    sections: Mapping[str, float] = field(default_factory=dict)
    sources: Mapping[str, float] = field(default_factory=dict)


def rank(
    stories: Sequence[Story],
    analyses: Mapping[str, Analysis],
    rule: RankRule,
    now: datetime,
    earlier: Sequence[Earlier] = (),
) -> tuple[Score, ...]:
    """A score for every story, in the order given; the sum of its reasons, to the last bit.

    Values: freshness 0 to 1, halved every `half_life` (an undated story, or one dated more than a
    day after `now`, gets one half, so that a wrong date gains nothing over none); substance 0 to .1
    for a brief and 1.1 to 2.1 for a full article, so that with the default weights no brief outranks an
    otherwise equal article, however new; publishers 1 − 1/n; centrality 0 to .5; an interest 0 to 1; section and source
    their weight − 1; novelty −1 to 0, by how much the story shares with the one of `earlier` that is
    most like it (those told last stand last). A story's placement must be set for its section's weight to count.

    Diversity, −1 to 0, is what the better stories of the same section take from a story of their subject. It is
    reckoned from the best down, so that the first story of a subject loses nothing by it.
    """
    kin = kin_of(stories, analyses, earlier)
    reasons = [
        [
            reason
            for reason in (
                _freshness(story, rule, now),
                _substance(story, analyses, rule),
                _publishers(story, rule),
                _centrality(len(kin.day[number]), len(stories), rule),
                *interests_in(story.lead, analyses[story.id], rule.interests),
                _section(story, rule),
                _source(story, rule),
                _novelty(kin.earlier[number], rule),
            )
            if reason is not None
        ]
        for number, story in enumerate(stories)
    ]
    if rule.diversity:
        for number, reason in _diversity(stories, reasons, kin, rule):
            reasons[number].append(reason)
    return tuple(map(_score, reasons))


def order(stories: Iterable[Story]) -> tuple[Story, ...]:
    """Best first; of equals the one published last, then the one of the smaller id."""
    return tuple(sorted(stories, key=lambda story: _best_first(story, story.score.value)))


def _best_first(story: Story, value: float) -> tuple[float, timedelta, str]:
    return -value, _END_OF_TIME - (story.lead.published or _LONG_AGO), story.id


def _score(reasons: Sequence[Reason]) -> Score:
    return Score(_sum(reasons), tuple(reasons))


def _sum(reasons: Iterable[Reason]) -> float:
    return sum((reason.weight * reason.value for reason in reasons), 0.0)


def _reason(signal: str, weight: float, value: float, words: str) -> Reason | None:
    """The reason, rounded so that a person can add it up; None for a signal that is switched off."""
    return Reason(signal, weight, round(value, 4), words) if weight else None


def _freshness(story: Story, rule: RankRule, now: datetime) -> Reason | None:
    dates = [article.published for article in story.articles if article.published]
    credible = [date for date in dates if date <= now + _AHEAD]
    if credible:
        age = max(timedelta(0), now - max(credible))
        words = f"published {_span(age)} before the issue"
        return _reason("freshness", rule.freshness, 0.5 ** (age / timedelta(hours=1) / rule.half_life), words)
    words = "dated after the issue, which counts as undated" if dates else "undated, so neither new nor old"
    return _reason("freshness", rule.freshness, _MIDDLING, words)


def _span(age: timedelta) -> str:
    hours = round(age / timedelta(hours=1))
    if hours >= 48:
        return f"{round(hours / 24)} days"
    return counted(hours, "hour") if hours else counted(age // timedelta(minutes=1), "minute")


def _substance(story: Story, analyses: Mapping[str, Analysis], rule: RankRule) -> Reason | None:
    count = analyses[story.id].word_count
    share = count / (count + _HALF_OF_LENGTH)
    if story.lead.kind == "full":
        return _reason("substance", rule.substance, _FULL + share, f"a full article of {counted(count, 'word')}")
    words = f"a brief of {counted(count, 'word')}" if count else "a headline alone"
    return _reason("substance", rule.substance, _BRIEF * share, words)


def _publishers(story: Story, rule: RankRule) -> Reason | None:
    names = {outlet(article): article.publisher or outlet(article) for article in reversed(story.articles)}
    if len(names) == 1:
        return None
    words = f"told by {len(names)} publishers: {', '.join(sorted(names.values(), key=str.casefold))}"
    return _reason("publishers", rule.publishers, 1 - 1 / len(names), words)


def _centrality(kin: int, stories: int, rule: RankRule) -> Reason | None:
    if not kin:
        return None
    words = f"shares its subject with {kin} of the day's {stories} stories"
    return _reason("centrality", rule.centrality, kin / (kin + _HALF_OF_KIN) / 2, words)


def _section(story: Story, rule: RankRule) -> Reason | None:
    slug = _slug(story)
    weight = rule.sections.get(slug, 1.0)
    return _reason("section", 1.0, weight - 1, f"the section {slug} has weight {weight:g}") if weight != 1 else None


def _source(story: Story, rule: RankRule) -> Reason | None:
    name = story.lead.source
    weight = rule.sources.get(name, 1.0)
    return _reason("source", 1.0, weight - 1, f"the source {name} has weight {weight:g}") if weight != 1 else None


def _novelty(nearest: tuple[Earlier, float] | None, rule: RankRule) -> Reason | None:
    if nearest is None:
        return None
    told, alike = nearest
    words = f"its subject was in issue {told.issue}: “{shorten(told.headline, _QUOTED_LENGTH)}”"
    return _reason("novelty", rule.novelty, -alike, words)


def _diversity(
    stories: Sequence[Story], reasons: Sequence[Sequence[Reason]], kin: Kin, rule: RankRule
) -> Iterator[tuple[int, Reason]]:
    """For each story that better ones of its section are alike to in subject, by its place, what that costs it.

    The stories are taken from the best down. One whose kin was taken since it was last weighed is weighed
    again; that can only cost it more, so that nothing still to be taken is better than what is taken.
    """
    better: list[list[int]] = [[] for _ in stories]
    cost: list[Reason | None] = [None] * len(stories)
    outdated: set[int] = set()
    waiting = [(_best_first(story, _sum(reasons[number])), number) for number, story in enumerate(stories)]
    heapify(waiting)
    while waiting:
        _, number = heappop(waiting)
        if number in outdated:
            outdated.remove(number)
            found = cost[number] = _same_subject(stories, better[number], kin.day[number], rule)
            own = [*reasons[number], *filter(None, (found,))]
            heappush(waiting, (_best_first(stories[number], _sum(own)), number))
            continue
        if (found := cost[number]) is not None:
            yield number, found
        for other, alike in kin.day[number].items():
            if alike and _slug(stories[other]) == _slug(stories[number]):
                better[other].append(number)
                outdated.add(other)


def _same_subject(
    stories: Sequence[Story], better: Sequence[int], alike: Mapping[int, float], rule: RankRule
) -> Reason | None:
    other = 1.0
    for number in better:
        other *= 1.0 - alike[number]
    first = f"“{shorten(stories[better[0]].lead.headline, _QUOTED_LENGTH)}”"
    more = f" and {counted(len(better) - 1, 'more', 'more')}" if len(better) > 1 else ""
    return _reason("diversity", rule.diversity, other - 1.0, f"the section has its subject already: {first}{more}")


def _slug(story: Story) -> str:
    return story.placement.slug if story.placement else ""
