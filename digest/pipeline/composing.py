"""compose: articles → stories → ranked, summarised, sectioned → issue."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from digest import plugins
from digest.contacts import parse_contact
from digest.language import analyse
from digest.model import Analysis, Article, Correction, Drop, Imprint, Issue, Score, Story, Summary
from digest.stages import cluster, compose, developing, duplicates, editing, rank, section, summarise, window
from digest.workers import map_items

if TYPE_CHECKING:
    from digest.config import Settings, SummaryOverride

SUMMARISERS = "digest.summariser"
NO_EDITS = editing.Edits()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No search for circles while thousands of articles become millions of values, none of which are in one."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(frozen=True, slots=True)
class Day:
    """An issue and how it came about: what there was to choose from, and what was found of it.

    `offered` are all the articles there were, `articles` those that became stories, with the `groups` among them
    that print one text, and `analyses` of these. `ranked` are all the stories, the best first, those too
    that the issue has no room for; `summary_rules` say how each was summarised, by its id.
    """

    issue: Issue
    offered: tuple[Article, ...]
    articles: tuple[Article, ...]
    groups: tuple[duplicates.Copies, ...]
    analyses: Mapping[str, Analysis]
    ranked: tuple[Story, ...]
    summary_rules: Mapping[str, summarise.SummaryRule]


def compose_issue(
    articles: Sequence[Article],
    settings: Settings,
    now: datetime,
    *,
    drops: Iterable[Drop] = (),
    corrections: Sequence[Correction] = (),
    memory: window.Memory | None = None,
    edits: editing.Edits = NO_EDITS,
    learned: Mapping[str, section.Classifier] | None = None,
    earlier: Sequence[Issue] = (),
) -> Issue:
    """The draft that these articles make at `now`; see `compose_day`."""
    return compose_day(
        articles,
        settings,
        now,
        drops=drops,
        corrections=corrections,
        memory=memory,
        edits=edits,
        learned=learned,
        earlier=earlier,
    ).issue


@_collector_paused()
def compose_day(
    articles: Sequence[Article],
    settings: Settings,
    now: datetime,
    *,
    drops: Iterable[Drop] = (),
    corrections: Sequence[Correction] = (),
    memory: window.Memory | None = None,
    edits: editing.Edits = NO_EDITS,
    learned: Mapping[str, section.Classifier] | None = None,
    earlier: Sequence[Issue] = (),
) -> Day:
    """The draft that these articles make at `now`, which is aware and in the newsletter's time zone.

    `memory` is what the archive remembers of them; without it nothing is too old but by `[newsletter] window` in hours.
    Raises `ConfigError` that lists every one of the edits in force that cannot be carried out.
    `learned` are the classifiers of sections, by language, and `earlier` the last issues, the oldest first.
    """
    newsletter = settings.newsletter
    language = newsletter.language.split("-")[0]
    in_force = tuple(edit for edit in edits.given if edit.holds(now.date()))
    found = editing.named(in_force, articles)
    again = found.pinned(now.date()) | developing.reworded(articles, earlier)
    fresh, waiting = window.choose(articles, window_rule(settings), memory, now, found.pinned(), again)
    left_out = [*drops, *waiting]
    # Not shared among the workers: sending analyses from process to process was found to cost what it saves.
    analysed = [analyse(article) for article in fresh]
    single = duplicates.find(fresh, {each.article: each for each in analysed})
    # Two sources may hold two wordings under one id; from here on each id means the one that was kept.
    own = {(article.id, article.revision): each for article, each in zip(fresh, analysed, strict=True)}
    analyses = {article.id: own[article.id, article.revision] for article in single.articles}
    left_out += single.drops
    rules = section_rules(settings)
    stories: Sequence[Story] = [
        replace(
            story, placement=section.place(story, analyses[story.id], rules, language, newsletter.home, learned or {})
        )
        for story in cluster.cluster(single.articles, single.groups, analyses, cluster_rule(settings))
    ]
    openings = developing.openings_of(earlier)
    news = developing.developments(stories, analyses, earlier, openings, cluster_rule(settings))
    stories, repeats = developing.without_repeats(stories, news, language, found.pinned())
    left_out += repeats
    hand, problems = editing.carry_out(
        stories,
        found,
        analyses,
        rules,
        offered=articles,
        known=edits.known,
        headlines_only=_headline_only(settings),
    )
    if problems:
        from digest.config import all_at_once

        raise all_at_once(edits.path, problems)
    left_out += hand.drops
    ranker = partial(rank.rank, rule=_rank_rule(settings), now=now, earlier=openings)
    ranked = rank.order(
        replace(story, score=editing.edited_score(story, found))
        for story in _ranked(stories, hand.stories, analyses, ranker)
    )
    summary_rules = {story.id: summary_rule(story, settings, leads=place == 0) for place, story in enumerate(ranked)}
    jobs = [
        (story.articles, {article.id: analyses[article.id] for article in story.articles}, summary_rules[story.id])
        for story in ranked
    ]
    worth_sharing = any(rule.algorithm not in summarise.QUICK for rule in summary_rules.values())
    summaries = map_items(_summarise, jobs, settings.workers if worth_sharing else 1)
    told = tuple(
        story
        if story.summary.sentences
        else replace(
            story,
            summary=developing.new_first(summary, story, news.get(story.id), analyses, summary_rules[story.id]),
        )
        for story, summary in zip(ranked, summaries, strict=True)
    )
    rule = compose.IssueRule(newsletter.name, newsletter.language, newsletter.max_stories, _imprint(settings))
    notes = (*editing.notes(in_force), *filter(None, (newsletter.note,)))
    issue = compose.compose(told, rules, rule, now, corrections=corrections, drops=left_out, notes=notes)
    return Day(issue, tuple(articles), single.articles, single.groups, analyses, told, summary_rules)


def _ranked(
    stories: Sequence[Story],
    edited: Sequence[Story | None],
    analyses: Mapping[str, Analysis],
    ranker: Callable[[Sequence[Story], Mapping[str, Analysis]], Sequence[Score]],
) -> Iterator[Story]:
    """The stories that are left with their scores: an edited one is ranked anew, among the others as they were.

    What the editor drops was the day's news all the same, so that nothing else moves for it.
    """
    scores = ranker(stories, analyses)
    for number, (story, left) in enumerate(zip(stories, edited, strict=True)):
        if left is None:
            continue
        if (left.articles, left.placement) != (story.articles, story.placement):
            among = [*stories[:number], left, *stories[number + 1 :]]
            yield replace(left, score=ranker(among, analyses)[number])
        else:
            yield replace(left, score=scores[number])


def window_rule(settings: Settings) -> window.WindowRule:
    """How far back an issue looks, as configured."""
    hours = settings.newsletter.window
    waits = {source.name: source.not_before for source in settings.source if source.not_before}
    return window.WindowRule(None if hours is None or isinstance(hours, str) else hours, waits)


def _summarise(job: tuple[tuple[Article, ...], dict[str, Analysis], summarise.SummaryRule]) -> Summary:
    own = {name: plugins.load(SUMMARISERS, name) for name in plugins.names(SUMMARISERS)}
    return summarise.summarise_story(*job, own)


def section_rules(settings: Settings) -> tuple[section.SectionRule, ...]:
    """The sections of the newsletter, as configured and by default."""
    configured = [
        section.SectionRule(each.title, each.slug or "", each.labels, each.keywords, each.weight, each.max_stories)
        for each in settings.section
    ]
    return section.sections(configured, settings.newsletter.language.split("-")[0])


def cluster_rule(settings: Settings) -> cluster.ClusterRule:
    """How much makes two articles one story, as configured."""
    return cluster.ClusterRule(sources={each.name: each.weight for each in settings.source})


def _rank_rule(settings: Settings) -> rank.RankRule:
    weights = settings.rank.model_dump(exclude={"issues"})
    return rank.RankRule(
        **weights,
        interests=tuple(rank.Interest(each.terms, each.weight) for each in settings.interest),
        sections={each.slug: each.weight for each in section_rules(settings)},
        sources={each.name: each.weight for each in settings.source},
    )


def _headline_only(settings: Settings) -> frozenset[str]:
    """The sources whose publishers allow no more than a headline."""
    return frozenset(each.name for each in settings.source if each.summary.algorithm == "none")


def summary_rule(story: Story, settings: Settings, *, leads: bool) -> summarise.SummaryRule:
    """The newsletter's own rule, what its section sets over it, and what its source sets over both."""
    own = settings.summary
    length = own.lead_sentences if leads else own.sentences
    rule = summarise.SummaryRule(
        own.algorithm, length, own.characters, frozenset(own.without), _headline_only(settings)
    )
    slug = story.placement.slug if story.placement else ""
    overrides: list[SummaryOverride] = []
    overrides += [each.summary for each in settings.section if section.slug_of(each.title, each.slug or "") == slug]
    overrides += [each.summary for each in settings.source if each.name == story.lead.source]
    for override in overrides:
        set_here = override.model_dump(exclude_none=True)
        if override.without is not None:
            set_here["without"] = frozenset(override.without)
        rule = replace(rule, **set_here)
    return rule


def _imprint(settings: Settings) -> Imprint:
    newsletter = settings.newsletter
    return Imprint(
        sender=newsletter.from_ or "",
        reply_to=newsletter.reply_to or "",
        base_url=newsletter.base_url,
        postal_address=newsletter.postal_address,
        corrections=parse_contact(newsletter.corrections, newsletter.name) if newsletter.corrections else None,
        why=newsletter.why,
        preferences=newsletter.preferences,
        unsubscribe=newsletter.unsubscribe,
    )
