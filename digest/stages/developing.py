"""What was told before: told again only if there is something new, and then the new comes first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from digest.language import analyse
from digest.language.lexicon import primary_code
from digest.model import Analysis, Article, Drop, Issue, Sentence, Story, Summary
from digest.stages import summarise
from digest.stages.articles import dropped
from digest.stages.cluster import ClusterRule, Events
from digest.stages.corrections.notes import noted_places
from digest.stages.rank import Earlier, kin_of, opening_of
from digest.stages.shorten import shorten

_WORDS = {
    "de": "Update", "en": "Update", "es": "Actualización", "fr": "Mise à jour", "it": "Aggiornamento",
    "nl": "Update", "pt": "Atualização",
}  # fmt: skip
_SAME = 0.5
"""Two sentences that share so much of all their terms say one thing."""
_NEW = 0.5
"""The part of an opening sentence's terms that must not have been told for another publisher's report to be news."""
_OPENING_SENTENCES = 3
"""A development stands at the head of a report; what is new further down is another reporter's background."""
_LEAST_TERMS = 3
_AS_PRINTED: Mapping[str, Article] = MappingProxyType({})
_QUOTED_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Told:
    """A story as an issue printed it."""

    issue: Issue
    story: Story

    @property
    def words(self) -> str:
        return f"issue {self.issue.number} as “{shorten(self.story.lead.headline, _QUOTED_LENGTH)}”"


@dataclass(frozen=True, slots=True)
class Development:
    """What an issue told of an event, and the sentences that say what it did not, in their articles' order."""

    told: Told
    new: tuple[Sentence, ...]


def openings_of(earlier: Sequence[Issue]) -> tuple[Earlier, ...]:
    """How the stories of earlier issues opened, in their order."""
    return tuple(
        Earlier(issue.number or 0, story.lead.headline, opening_of(analyse(_beginning(story.lead))))
        for issue in earlier
        for story in issue.stories
    )


def _beginning(article: Article) -> Article:
    # Of what was told, nothing is asked but how it opened.
    return replace(article, blocks=article.blocks[:2])


def reworded(
    articles: Iterable[Article], earlier: Sequence[Issue], read_today: Mapping[str, Article] = _AS_PRINTED
) -> frozenset[str]:
    """The ids of the articles that an earlier issue printed in other words, and that say something new since.

    `read_today` has, by their ids, what of printed articles would have been printed had they been read as today: what
    a better reader finds in a document is nothing that its publisher added.
    """
    printed = {
        article.id: (read_today.get(article.id, article), issue)
        for issue in earlier
        for story in issue.stories
        for article in story.articles
    }
    changed = (
        (each, *printed[each.id])
        for each in articles
        if each.id in printed and each.revision != printed[each.id][0].revision
    )
    return frozenset(
        now.id
        for now, before, issue in changed
        if not _is_filled(now, before, issue) and _grown(now, analyse(now), analyse(before))
    )


def developments(
    stories: Sequence[Story],
    analyses: Mapping[str, Analysis],
    earlier: Sequence[Issue],
    openings: Sequence[Earlier],
    rule: ClusterRule,
    read_today: Mapping[str, Article] = _AS_PRINTED,
) -> Mapping[str, Development]:
    """Which of the stories tell an event that an earlier issue told, by their ids, and what is new in each; `openings`
    are those of the earlier issues' stories, and `read_today` what `reworded` takes.

    That is a story of an article that was printed, or one whose lead is as like a printed story of its subject as
    makes one story of two articles. Of one article every sentence is new that says nothing its earlier wording said; of
    another report, a sentence of its opening, half of whose terms were not told, if the report came after the issue.
    """
    told = [Told(issue, story) for issue in earlier for story in issue.stories]
    if not told or not stories:
        return {}
    by_article = {article.id: each for each in told for article in each.story.articles}
    nearest = kin_of(stories, analyses, openings).earlier
    place_of = {id(opening): place for place, opening in enumerate(openings)}
    events = Events.on(analyses.values(), rule)
    found = {}
    for story, near in zip(stories, nearest, strict=True):
        own = next((by_article[article.id] for article in story.articles if article.id in by_article), None)
        if own is not None:
            found[story.id] = Development(own, tuple(_news_of_printed(story, analyses, own, read_today)))
        elif near is not None:
            other = told[place_of[id(near[0])]]
            if events.same((story.lead, analyses[story.id]), (other.story.lead, analyse(other.story.lead))):
                found[story.id] = Development(other, tuple(_news_of_another(story, analyses, other)))
    return found


def without_repeats(
    stories: Sequence[Story], found: Mapping[str, Development], language: str, keep: Collection[str] = ()
) -> tuple[tuple[Story, ...], tuple[Drop, ...]]:
    """The stories less those that tell nothing new; the others of what was told get "Update:" before their headline.

    `language` is the newsletter's. Stories of the articles in `keep`, by their ids, stay whatever they tell.
    """
    kept: list[Story] = []
    drops: list[Drop] = []
    for story in stories:
        development = found.get(story.id)
        if development is None:
            kept.append(story)
        elif development.new:
            word = _WORDS.get(primary_code(language), _WORDS["en"])
            kept.append(replace(story, own_headline=f"{word}: {story.headline}"))
        elif any(article.id in keep for article in story.articles):
            kept.append(story)
        else:
            detail = f"{development.told.words}; nothing new was said since"
            drops += (dropped("developing", article, "already told", detail) for article in story.articles)
    return tuple(kept), tuple(drops)


def new_first(
    summary: Summary, story: Story, development: Development | None, analyses: Mapping[str, Analysis],
    rule: summarise.SummaryRule,
) -> Summary:  # fmt: skip
    """The summary with the first new sentence that reads well alone before the others, within the same budget."""
    if development is None or summary.origin == "none":
        return summary
    by_id = {article.id: article for article in story.articles if article.source not in rule.headline_only}
    may_stand = (each for each in development.new if each.article in by_id)
    new = next((each for each in may_stand if _reads_well(by_id[each.article], analyses, each, rule)), None)
    if new is None:
        return summary
    sentences = [new]
    left = None if rule.characters is None else rule.characters - len(new.text)
    if left is not None and left < 0:
        return summary
    for sentence in summary.sentences:
        cost = len(sentence.text) + 1
        if sentence != new and len(sentences) < rule.sentences and (left is None or cost <= left):
            sentences.append(sentence)
            left = None if left is None else left - cost
    reason = f"what is new since {development.told.words} comes first"
    return replace(summary, sentences=tuple(sentences), origin="extract", reason=reason)


def _reads_well(
    article: Article, analyses: Mapping[str, Analysis], sentence: Sentence, rule: summarise.SummaryRule
) -> bool:
    return any(
        each == sentence and not broken for each, broken in summarise.faults(article, analyses[article.id], rule)
    )


def _news_of_printed(
    story: Story, analyses: Mapping[str, Analysis], told: Told, read_today: Mapping[str, Article]
) -> Iterator[Sentence]:
    """What the articles say that were printed and that their printed wordings did not say."""
    before = {article.id: read_today.get(article.id, article) for article in told.story.articles}
    for article in story.articles:
        if article.id in before and not _is_filled(article, before[article.id], told.issue):
            yield from _grown(article, analyses[article.id], analyse(before[article.id]))


def _is_filled(now: Article, before: Article, issue: Issue) -> bool:
    """Whether an article was printed as a teaser and has its text by now, while its publisher dates nothing later: its
    page answers at last, and was there all the time."""
    dated_later = any(moment is not None and moment > issue.made for moment in (now.published, now.updated))
    return before.kind == "brief" and now.kind == "full" and not dated_later


def _grown(article: Article, now: Analysis, before: Analysis) -> tuple[Sentence, ...]:
    """What was added to an article, if more was added than taken away: one sentence for another is a correction.

    A publisher's note of a correction is nothing new; both are told in the issue's corrections.
    """
    notes = noted_places(article)
    added = tuple(
        sentence for sentence in _added(now, [before]) if sentence.start < notes.get(sentence.field, sentence.end)
    )
    return added if len(added) > len(tuple(_added(before, [now]))) else ()


def _added(analysis: Analysis, known: Sequence[Analysis]) -> Iterator[Sentence]:
    """The sentences of an article that nothing among the known says."""
    said = [frozenset(terms) for each in known for terms in each.terms]
    texts = {sentence.text for each in known for sentence in each.sentences}
    for sentence, terms in zip(analysis.sentences, map(frozenset, analysis.terms), strict=True):
        if sentence.text in texts or len(terms) < _LEAST_TERMS:
            continue
        if all(len(terms & other) < _SAME * len(terms | other) for other in said):
            yield sentence


def _news_of_another(story: Story, analyses: Mapping[str, Analysis], told: Told) -> Iterator[Sentence]:
    """What the head of a later report says that was not told."""
    published = story.lead.published
    if published is not None and published <= told.issue.made:
        return
    known = [analyse(article) for article in told.story.articles]
    words = {term for each in known for terms in (*each.terms, each.headline_terms) for term in terms}
    analysis = analyses[story.id]
    opening = dict(zip(analysis.sentences[:_OPENING_SENTENCES], map(frozenset, analysis.terms), strict=False))
    for sentence in _added(analysis, known):
        terms = opening.get(sentence, frozenset())
        if terms and len(terms - words) >= _NEW * len(terms):
            yield sentence
