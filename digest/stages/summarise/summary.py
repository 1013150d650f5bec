"""What stands for an article, and for a story that several articles tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from digest.model import Analysis, Article, Sentence, Summary
from digest.ports import Budget, Summariser
from digest.stages.summarise.algorithms import algorithms
from digest.stages.summarise.choosing import Ranked, Scoring, choose
from digest.stages.summarise.reading import Reader, reader

_SPOILS_A_STANDFIRST = frozenset(
    {"unfinished", "overlong", "call", "credit", "notice", "byline", "dateline", "address", "handle"}
)
_LONGEST_STANDFIRST = 1200
"""Characters of a brief's standfirst that are shown where no budget says less: some publishers send whole pages so."""
_NEW = 0.5
"""The part of a sentence's terms that the lead article must not have, for the sentence to tell something new …"""
_SHARED = 0.15
"""… and the part that it must have, for the sentence to be about the same event."""
_LOOKED_AT = 5
_DEFAULT = "forward"


@dataclass(frozen=True, slots=True)
class SummaryRule:
    """How a story is summarised: by which algorithm, how long, and which readability rules are off.

    `sentences` and `characters` (spaces between sentences included) are the most a summary may have.
    `headline_only` names the sources of which no sentence is shown beside another's.
    """

    algorithm: str = "forward"
    sentences: int = 2
    characters: int | None = None
    without: frozenset[str] = frozenset()
    headline_only: frozenset[str] = frozenset()

    @property
    def budget(self) -> Budget:
        return Budget(self.sentences, self.characters)


def summarise(
    article: Article,
    analysis: Analysis,
    rule: SummaryRule = SummaryRule(),
    summarisers: Mapping[str, Summariser] | None = None,
    scoring: Scoring | None = None,
) -> Summary:
    """The sentences that stand for an article, verbatim and in its order, or none and why.

    `summarisers` maps the names that plug-ins answer to; the built-in ones need no mention. `scoring` is what the
    rule's algorithm makes of the article, where that is known already. Whatever the
    algorithm, every sentence keeps the readability rules but those that `rule` turns off. Where an algorithm
    fails, the default one chooses, and the summary's `note` says so. Raises KeyError for a name that nothing
    answers to.
    """
    if rule.algorithm == "none":
        return Summary(origin="none", algorithm="none", reason="summaries are off here")
    read = reader(article, analysis, rule.without)
    if article.kind == "brief":
        return _of_brief(analysis, read, rule)
    if not _chooses(article, analysis, rule):
        told = "is a single sentence" if analysis.sentences else "has no sentences"
        return Summary(origin="none", algorithm=rule.algorithm, reason=f"the article {told}")
    summariser = _summariser(rule, summarisers)
    try:
        return _by(summariser, article, analysis, read, rule, scoring)
    except Exception as error:  # noqa: BLE001 - a summariser may be anybody's: its fault is told, and costs no summary
        note = f"the algorithm {rule.algorithm} failed ({type(error).__name__}: {error}), so {_DEFAULT} chose"
        default = replace(rule, algorithm=_DEFAULT)
        return replace(_by(algorithms()[_DEFAULT], article, analysis, read, default), note=note)


def _chooses(article: Article, analysis: Analysis, rule: SummaryRule) -> bool:
    """Whether an algorithm is asked which of the article's sentences to take."""
    return rule.algorithm != "none" and article.kind != "brief" and len(analysis.sentences) > 1


def _summariser(rule: SummaryRule, summarisers: Mapping[str, Summariser] | None) -> Summariser:
    return (summarisers or {}).get(rule.algorithm) or algorithms()[rule.algorithm]


def _by(
    summariser: Summariser,
    article: Article,
    analysis: Analysis,
    read: Reader,
    rule: SummaryRule,
    scoring: Scoring | None = None,
) -> Summary:
    note = ""
    if isinstance(summariser, Ranked):
        scoring = scoring or summariser.scorer(article, analysis)
        note = scoring.note
        chosen = choose(analysis, scoring, read, rule.budget)
    else:
        chosen = _readable(summariser(article, analysis, rule.budget), analysis, read, rule.budget)
    if not chosen:
        reason = _why_none(analysis, read, rule)
        return Summary(origin="none", algorithm=rule.algorithm, reason=reason, note=note)
    if all(sentence.field == "standfirst" for sentence in chosen):
        return Summary(chosen, "standfirst", rule.algorithm, "the publisher's own standfirst", note)
    return Summary(chosen, "extract", rule.algorithm, note=note)


def summarise_each(
    stories: Sequence[tuple[Sequence[Article], SummaryRule]],
    analyses: Mapping[str, Analysis],
    summarisers: Mapping[str, Summariser] | None = None,
) -> Iterator[Summary]:
    """`summarise_story` of each story, given its articles and its rule; what can be scored together is."""
    leads: defaultdict[str, list[Analysis]] = defaultdict(list)
    for (lead, *_), rule in stories:
        if _chooses(lead, analyses[lead.id], rule):
            leads[rule.algorithm].append(analyses[lead.id])
    scorings = {
        name: summariser.scorer_of_many(several)
        for name, several in leads.items()
        if isinstance(summariser := _summariser(SummaryRule(name), summarisers), Ranked) and summariser.scorer_of_many
    }
    for articles, rule in stories:
        known = rule.algorithm in scorings and _chooses(articles[0], analyses[articles[0].id], rule)
        scoring = next(scorings[rule.algorithm]) if known else None
        yield summarise_story(articles, analyses, rule, summarisers, scoring)


def summarise_story(
    articles: Sequence[Article],
    analyses: Mapping[str, Analysis],
    rule: SummaryRule = SummaryRule(),
    summarisers: Mapping[str, Summariser] | None = None,
    scoring: Scoring | None = None,
) -> Summary:
    """The summary of a story: that of its lead article and, where there is room, one sentence of another source.

    Such a sentence is added when the lead article leaves room for it and it tells of the same event
    something that the lead article does not; its `article` says whom to credit. `scoring` is that of the lead.
    """
    lead, *others = articles
    summary = summarise(lead, analyses[lead.id], rule, summarisers, scoring)
    if summary.origin == "none" or len(summary.sentences) >= rule.sentences:
        return summary
    own = analyses[lead.id]
    others = [
        other
        for other in others
        if other.publisher != lead.publisher
        and analyses[other.id].language == own.language
        and other.source not in rule.headline_only
    ]
    known = frozenset(chain(own.headline_terms, *own.terms)) if others else frozenset()
    used = sum(len(sentence.text) + 1 for sentence in summary.sentences)
    for other in others:
        analysis = analyses[other.id]
        read = reader(other, analysis, rule.without)
        for i, sentence in enumerate(analysis.sentences[:_LOOKED_AT]):
            fits = rule.characters is None or used + len(sentence.text) <= rule.characters
            # A standfirst was written to stand over its own article, and says the event's news again.
            body = sentence.field != "standfirst"
            if body and fits and _tells_news(analysis.terms[i], known) and not read.faults(i) and not read.leans(i):
                reason = f"with a sentence of {other.publisher or other.source}, which tells more"
                return replace(summary, sentences=(*summary.sentences, sentence), reason=reason)
    return summary


def faults(
    article: Article, analysis: Analysis, rule: SummaryRule = SummaryRule()
) -> tuple[tuple[Sentence, tuple[str, ...]], ...]:
    """Every sentence of an article with the names of the rules it breaks; `RULES` says what they mean.

    A sentence that only leans on the one before it names that rule too: it can be shown behind it.
    """
    read = reader(article, analysis, rule.without)
    return tuple(
        (sentence, read.faults(i) + tuple(filter(None, (read.leans(i),))))
        for i, sentence in enumerate(analysis.sentences)
    )


def _of_brief(analysis: Analysis, read: Reader, rule: SummaryRule) -> Summary:
    """A brief keeps its standfirst, as far as it is whole sentences, within the budget of characters."""
    kept: list[Sentence] = []
    left = _LONGEST_STANDFIRST if rule.characters is None else rule.characters
    for i, sentence in enumerate(analysis.sentences):
        if _SPOILS_A_STANDFIRST.intersection(read.faults(i)):
            continue
        left -= len(sentence.text) + bool(kept)
        if left < 0:
            break
        kept.append(sentence)
    if kept:
        return Summary(tuple(kept), "standfirst", reason="the publisher's own standfirst")
    if analysis.sentences:
        return Summary(origin="none", reason="the standfirst has no whole sentence within the budget")
    return Summary(origin="none", reason="the headline is all there is")


def _readable(chosen: Sequence[Sentence], analysis: Analysis, read: Reader, budget: Budget) -> tuple[Sentence, ...]:
    """What a plug-in chose, less what breaks a rule or the budget, in the article's order."""
    place = {(sentence.field, sentence.start): i for i, sentence in enumerate(analysis.sentences)}
    kept: list[int] = []
    left = budget.characters
    for i in sorted({place[key] for each in chosen if (key := (each.field, each.start)) in place}):
        length = len(analysis.sentences[i].text) + bool(kept)
        if len(kept) == budget.sentences or (left is not None and length > left) or read.faults(i):
            continue
        if read.stands(i, kept):
            kept.append(i)
            left = None if left is None else left - length
    return tuple(analysis.sentences[i] for i in kept)


def _why_none(analysis: Analysis, read: Reader, rule: SummaryRule) -> str:
    fit = [sentence.text for i, sentence in enumerate(analysis.sentences) if not read.faults(i) and not read.leans(i)]
    if fit and rule.characters is not None and min(map(len, fit)) > rule.characters:
        return f"the shortest sentence that reads well alone has {min(map(len, fit))} of {rule.characters} characters"
    return "no sentence reads well alone"


def _tells_news(terms: Sequence[str], known: frozenset[str]) -> bool:
    distinct = frozenset(terms)
    new = len(distinct - known)
    return bool(distinct) and new >= _NEW * len(distinct) and len(distinct) - new >= _SHARED * len(distinct)
