"""Which story matters more today, and why: a sum of signals, each of which can be said in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from math import sqrt

from digest.model import Analysis, Reason, Score, Story
from digest.stages.articles import counted, outlet

# Clocks and time zones are wrong by hours; a date further ahead is an event's, or a mistake.
_AHEAD = timedelta(days=1)
_MIDDLING = 0.5
_HALF_OF_LENGTH = 300
_BRIEF, _FULL = 0.1, 1.1
_SHARED_TERMS = 2
_MOST_HOLDERS = 25
_HALF_OF_KIN = 6
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RankRule:
    """How much each signal counts; `half_life` in hours, more than 0.

    `sections` and `sources` hold the weights an editor gave a section (by slug) and a source (by
    name); 1 is the weight of all others.
    """

    half_life: float = 12.0
    freshness: float = 1.0
    substance: float = 1.0
    publishers: float = 1.0
    centrality: float = 1.0
    sections: Mapping[str, float] = field(default_factory=dict)
    sources: Mapping[str, float] = field(default_factory=dict)


def rank(
    stories: Sequence[Story], analyses: Mapping[str, Analysis], rule: RankRule, now: datetime
) -> tuple[Score, ...]:
    """A score for every story, in the order given; the sum of its reasons, to the last bit.

    Values: freshness 0 to 1, halved every `half_life` (an undated story, or one dated more than a
    day after `now`, gets one half, so that a wrong date gains nothing over none); substance 0 to .1
    for a brief and 1.1 to 2.1 for a full article, so that with the default weights no brief outranks an
    otherwise equal article, however new; publishers 1 − 1/n; centrality 0 to .5; section and source
    their weight − 1. A story's placement must be set for its section's weight to count.
    """
    kin = _kin(stories, analyses)
    return tuple(
        _score(
            _freshness(story, rule, now),
            _substance(story, analyses, rule),
            _publishers(story, rule),
            _centrality(kin[number], len(stories), rule),
            _section(story, rule),
            _source(story, rule),
        )
        for number, story in enumerate(stories)
    )


def order(stories: Iterable[Story]) -> tuple[Story, ...]:
    """Best first; of equals the one published last, then the one of the smaller id."""
    by_id = sorted(stories, key=lambda story: story.id)
    by_time = sorted(by_id, key=lambda story: story.lead.published or _LONG_AGO, reverse=True)
    return tuple(sorted(by_time, key=lambda story: story.score.value, reverse=True))


def _score(*reasons: Reason | None) -> Score:
    telling = tuple(reason for reason in reasons if reason is not None)
    return Score(sum((reason.weight * reason.value for reason in telling), 0.0), telling)


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
    slug = story.placement.slug if story.placement else ""
    weight = rule.sections.get(slug, 1.0)
    return _reason("section", 1.0, weight - 1, f"the section {slug} has weight {weight:g}") if weight != 1 else None


def _source(story: Story, rule: RankRule) -> Reason | None:
    name = story.lead.source
    weight = rule.sources.get(name, 1.0)
    return _reason("source", 1.0, weight - 1, f"the source {name} has weight {weight:g}") if weight != 1 else None


def _kin(stories: Sequence[Story], analyses: Mapping[str, Analysis]) -> Counter[int]:
    """For each story, by its place, how many others speak of the same: two or more of their rarer words.

    Words stand in headlines and opening sentences. A word that many stories hold tells nothing and
    would make pairs of all of them, so that only words of few holders count; that keeps this linear.
    """
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, story in enumerate(stories):
        analysis = analyses[story.id]
        opening = analysis.terms[0] if analysis.terms else ()
        for term in sorted({*analysis.headline_terms, *opening}):
            holders[analysis.language, term].append(number)
    few = min(_MOST_HOLDERS, max(3, round(sqrt(len(stories)))))
    shared = Counter(pair for group in holders.values() if len(group) <= few for pair in combinations(group, 2))
    return Counter(number for pair, count in shared.items() if count >= _SHARED_TERMS for number in pair)
