"""Whether two articles report one event: what speaks for it, what against, and how much of it is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from digest.model import Article, Reason
from digest.stages.articles import counted, days_apart
from digest.stages.cluster.desk import Desk
from digest.stages.cluster.portrait import Portrait

_TELLING_FIGURES = 3
_FEW_SHARED_FIGURES = 0.2
_TELLING_TEASER = 8
_TELLING_REST = 40
_LITTLE_ALIKE = 0.17
# An undated article may be as old as the day is long.
_UNDATED_DAYS = 0.5
# Sums of the same numbers in another order differ by less.
_ROUNDING = 1e-9

_Signal = tuple[str, float, float, str]
"""What speaks for one event: its name, its weight, its value from 0 to 1, and words for that value."""


@dataclass(frozen=True, slots=True)
class ClusterRule:
    """How much evidence makes two articles one story.

    Each signal is worth its weight times a value of 0 to 1: how alike the openings (headline and three
    sentences) are, the reports (twelve sentences), how much of either headline stands in the other report,
    and, for a brief and an article of one publisher, how much of the brief does. What contradicts is
    subtracted: names at the head of each that the other lacks, other years or other days of the same
    months, other figures, a rest that has little to do with the other's (two round-ups may open with one
    item), and for each day between the two, `day`. `needed` of all that makes one story,
    `needed_of_brief` where one is a brief and has fewer words to share, and `needed_of_one` where both
    are of one publisher, which rarely reports an event twice. More than `days` apart nothing comes
    together.

    `sources` are the weights of sources by name, where they are not 1: of the full articles of a story
    that one leads whose length in characters times this weight is greatest.
    """

    opening: float = 1.0
    report: float = 1.0
    headline: float = 0.7
    teaser: float = 1.0
    names: float = 0.4
    dates: float = 1.0
    figures: float = 0.25
    rest: float = 1.0
    day: float = 0.15
    days: float = 2.0
    needed: float = 1.03
    needed_of_brief: float = 0.93
    needed_of_one: float = 2.15
    sources: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The evidence that two articles report one event.

    `reasons` speak for it (a positive weight) and against it; `needed` is asked for. `shared` are the
    weightiest terms that the opening of either shares with the report of the other.
    """

    reasons: tuple[Reason, ...]
    needed: float
    shared: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        return sum((reason.weight * reason.value for reason in self.reasons), 0.0)

    @property
    def excess(self) -> float:
        """How much more there is than needed; at least 0 makes one story."""
        return self.value - self.needed


def likeness(one: Portrait, other: Portrait, rule: ClusterRule, desk: Desk | None = None) -> Likeness:
    """How much speaks for one event behind two articles of one language; the same in either order.

    `desk`, if there is one, has the first lying on it.
    """
    if desk is None:
        desk = Desk(len(one.rarity.vocabulary.terms))
        desk.lay(one)
    return _judged(one, other, _signals(one, other, rule, desk), _against(one, other, rule, desk), rule, desk)


def promising(one: Portrait, other: Portrait, rule: ClusterRule, desk: Desk) -> Likeness | None:
    """The same where it is enough; None where it is not, which is soon seen."""
    missing = _needed(one, other, rule) - _ROUNDING
    at_most = rule.opening + rule.report + rule.headline + (rule.teaser if _may_tease(one, other) else 0.0)
    signals = []
    for signal in _signals(one, other, rule, desk):
        _, weight, value, _ = signal
        missing -= weight * value
        at_most -= weight
        if missing > at_most:
            return None
        signals.append(signal)
    against = []
    for reason in _against(one, other, rule, desk):
        missing -= reason.weight * reason.value
        if missing > 0:
            return None
        against.append(reason)
    return _judged(one, other, signals, against, rule, desk)


def _judged(
    one: Portrait,
    other: Portrait,
    signals: Iterable[_Signal],
    against: Iterable[Reason],
    rule: ClusterRule,
    desk: Desk,
) -> Likeness:
    speaks_for = (Reason(signal, weight, value, words.format(value)) for signal, weight, value, words in signals)
    reasons = tuple(reason for reason in (*speaks_for, *against) if reason.weight and reason.value)
    found = Likeness(reasons, _needed(one, other, rule), desk.shared(other))
    if found.excess >= 0 and rule.rest and _apart_but_for_the_first_sentence(one, other):
        apart = Reason("rest", -rule.rest, 1.0, "little alike after the first sentence")
        found = replace(found, reasons=(*reasons, apart))
    return found


def _signals(one: Portrait, other: Portrait, rule: ClusterRule, desk: Desk) -> Iterator[_Signal]:
    yield "opening", rule.opening, desk.openings(other), "openings {:.0%} alike"
    yield "report", rule.report, desk.reports(other), "reports {:.0%} alike"
    yield "headline", rule.headline, desk.headlines(other), "{:.0%} of the headlines in the other report"
    if _may_tease(one, other):
        brief, full = (one, other) if one.article.kind == "brief" else (other, one)
        yield "teaser", rule.teaser, _told(brief, full), "{:.0%} of the teaser in the report"


def _against(one: Portrait, other: Portrait, rule: ClusterRule, desk: Desk) -> Iterator[Reason]:
    if one.has_name(desk.ours(other)) and other.has_name(desk.theirs(other)):
        yield Reason("names", -rule.names, 1.0, "each begins with names that the other has not")
    if _other_dates(one, other):
        yield Reason("dates", -rule.dates, 1.0, "other dates")
    if _other_figures(one, other):
        yield Reason("figures", -rule.figures, 1.0, "other figures")
    yield _time(one.article, other.article, rule)


def _told(brief: Portrait, full: Portrait) -> float:
    """How much of a teaser's terms, by their rarity, a report holds; nothing of too few."""
    terms = brief.report.terms
    if len(terms) < _TELLING_TEASER:
        return 0.0
    rarity = brief.rarity.of(terms)
    return float(rarity[full.report.has(terms)].sum() / (rarity.sum() or 1.0))


def _other_dates(one: Portrait, other: Portrait) -> bool:
    """Whether both name years, or days of one month, and none in common."""
    if one.years and other.years and one.years.isdisjoint(other.years):
        return True
    if not (one.days and other.days and one.days.isdisjoint(other.days)):
        return False
    return not {month for _, month in one.days}.isdisjoint({month for _, month in other.days})


def _other_figures(one: Portrait, other: Portrait) -> bool:
    if len(one.figures) < _TELLING_FIGURES or len(other.figures) < _TELLING_FIGURES:
        return False
    fewer = min(len(one.figures), len(other.figures))
    return len(one.figures & other.figures) < _FEW_SHARED_FIGURES * fewer


def _apart_but_for_the_first_sentence(one: Portrait, other: Portrait) -> bool:
    if min(len(one.analysis.sentences), len(other.analysis.sentences)) < 2:
        return False
    first, second = one.rest, other.rest
    return min(len(first.terms), len(second.terms)) >= _TELLING_REST and first.cosine(second) < _LITTLE_ALIKE


def _may_tease(one: Portrait, other: Portrait) -> bool:
    return one.article.kind != other.article.kind and _of_one_publisher(one, other)


def _needed(one: Portrait, other: Portrait, rule: ClusterRule) -> float:
    if _of_one_publisher(one, other):
        return rule.needed_of_one
    return rule.needed if one.article.kind == other.article.kind else rule.needed_of_brief


def _time(one: Article, other: Article, rule: ClusterRule) -> Reason:
    if one.published is None or other.published is None:
        return Reason("time", -rule.day, _UNDATED_DAYS, "not both are dated")
    days = days_apart(one, other)
    return Reason("time", -rule.day, days, f"published {counted(round(days * 24), 'hour')} apart")


def _of_one_publisher(one: Portrait, other: Portrait) -> bool:
    """Whether one publisher is known to have both; of articles with neither publisher nor address nobody knows."""
    return bool(one.outlet) and one.outlet == other.outlet
