"""compose: articles → stories → ranked, summarised, sectioned → issue."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from digest import plugins
from digest.language import analyse
from digest.model import Analysis, Article, Correction, Drop, Issue, Score, Story, Summary, altered
from digest.pipeline import rules
from digest.ports import Summariser
from digest.stages import cluster, compose, developing, duplicates, editing, rank, section, sponsored, summarise, window
from digest.workers import SMALLEST, map_items

if TYPE_CHECKING:
    from digest.config import Settings

SUMMARISERS = "digest.summariser"
_STORIES_A_JOB = 16


@dataclass(frozen=True, slots=True)
class Background:
    """What composing is told beside the articles: by the collect, the archive and the editor.

    `drops` are what was left out before, `corrections` those that the issue is to carry, and `doubtful` those that it
    carries only when a person says so. `memory` is what the archive
    remembers of the articles; without it nothing is too old but by `[newsletter] window` in hours. `learned` are the
    classifiers of sections, by language, and `earlier` the last issues, the oldest first. `read_today` has
    what those printed, by the articles' ids, as it is read today.
    """

    drops: tuple[Drop, ...] = ()
    corrections: tuple[Correction, ...] = ()
    doubtful: tuple[Correction, ...] = ()
    memory: window.Memory | None = None
    edits: editing.Edits = field(default_factory=editing.Edits)
    learned: Mapping[str, section.Classifier] = field(default_factory=dict)
    earlier: tuple[Issue, ...] = ()
    read_today: Mapping[str, Article] = field(default_factory=dict)


NOTHING_ELSE = Background()


@dataclass(frozen=True, slots=True)
class Day:
    """An issue and how it came about: what there was to choose from, and what was found of it.

    `offered` are all the articles there were, `articles` those that became stories, with the `groups` among them
    that print one text, and `analyses` of these. `ranked` are all the stories, the best first, those too
    that the issue has no room for; `summary_rules` say how each was summarised, by its id. `doubtful` are the
    corrections that a person is to judge.
    """

    issue: Issue
    offered: tuple[Article, ...]
    articles: tuple[Article, ...]
    groups: tuple[duplicates.Copies, ...]
    analyses: Mapping[str, Analysis]
    ranked: tuple[Story, ...]
    summary_rules: Mapping[str, summarise.SummaryRule]
    doubtful: tuple[Correction, ...] = ()


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
        # Into the oldest generation with all there is: else the first thing done now would be to search through it.
        gc.freeze()
        gc.unfreeze()
        gc.enable()


def compose_issue(
    articles: Sequence[Article], settings: Settings, now: datetime, background: Background = NOTHING_ELSE
) -> Issue:
    """The draft that these articles make at `now`; see `compose_day`."""
    return compose_day(articles, settings, now, background).issue


@_collector_paused()
def compose_day(
    articles: Sequence[Article], settings: Settings, now: datetime, background: Background = NOTHING_ELSE
) -> Day:
    """The draft that these articles make at `now`, which is aware and in the newsletter's time zone.

    Raises `ConfigError` that lists every one of the edits in force that cannot be carried out.
    """
    newsletter, earlier = settings.newsletter, background.earlier
    in_force = tuple(edit for edit in background.edits.given if edit.holds(now.date()))
    found = editing.named(in_force, articles)
    again = found.pinned(now.date()) | developing.reworded(articles, earlier, background.read_today)
    fresh, waiting = window.choose(articles, rules.window_rule(settings), background.memory, now, found.pinned(), again)
    fresh, paid = sponsored.without_sponsored(fresh, found.pinned())
    single, analyses = _told_once(fresh)
    openings = developing.openings_of(earlier)
    stories = _stories(single, analyses, settings, background.learned)
    news = developing.developments(
        stories, analyses, earlier, openings, rules.cluster_rule(settings), background.read_today
    )
    stories, repeats = developing.without_repeats(stories, news, rules.language(settings), found.pinned())
    hand = _by_hand(stories, found, analyses, settings, articles, background.edits)
    ranker = partial(rank.rank, rule=rules.rank_rule(settings), now=now, earlier=openings)
    ranked = rank.order(
        altered(story, score=editing.edited_score(story, found))
        for story in _ranked(stories, hand.stories, analyses, ranker)
    )
    summary_rules = {
        story.id: rules.summary_rule(story, settings, leads=place == 0) for place, story in enumerate(ranked)
    }
    told = tuple(_summarised(ranked, news, analyses, summary_rules, settings.workers))
    issue = compose.compose(
        told,
        rules.section_rules(settings),
        rules.issue_rule(settings),
        now,
        corrections=background.corrections,
        drops=(*background.drops, *waiting, *paid, *single.drops, *repeats, *hand.drops),
        notes=(*editing.notes(in_force), *filter(None, (newsletter.note,))),
    )
    parts = (tuple(articles), single.articles, single.groups, analyses, told, summary_rules)
    return Day(issue, *parts, background.doubtful)


def _told_once(articles: Sequence[Article]) -> tuple[duplicates.Duplicates, dict[str, Analysis]]:
    """What is left when no text is told twice, and the analysis of each article that is, by its id."""
    # Not shared among the workers: sending analyses back was found to cost what it saves.
    analysed = [analyse(article) for article in articles]
    single = duplicates.find(articles, {each.article: each for each in analysed})
    # Two sources may hold two wordings under one id; from here on each id means the one that was kept.
    own = {(article.id, article.revision): each for article, each in zip(articles, analysed, strict=True)}
    return single, {article.id: own[article.id, article.revision] for article in single.articles}


def _stories(
    single: duplicates.Duplicates,
    analyses: Mapping[str, Analysis],
    settings: Settings,
    learned: Mapping[str, section.Classifier],
) -> tuple[Story, ...]:
    """The events that the articles tell, each with its section."""
    sections, language, home = rules.section_rules(settings), rules.language(settings), settings.newsletter.home
    stories = cluster.cluster(single.articles, single.groups, analyses, rules.cluster_rule(settings))
    placements = section.place_each(stories, analyses, sections, language, home, learned)
    return tuple(replace(story, placement=placed) for story, placed in zip(stories, placements, strict=True))


def _by_hand(
    stories: Sequence[Story],
    found: editing.Named,
    analyses: Mapping[str, Analysis],
    settings: Settings,
    offered: Sequence[Article],
    edits: editing.Edits,
) -> editing.Edited:
    """The stories as the editor wants them. Raises `ConfigError` for all that cannot be carried out, at once."""
    hand, problems = editing.carry_out(
        stories,
        found,
        analyses,
        rules.section_rules(settings),
        offered=offered,
        known=edits.known,
        headlines_only=rules.headline_only(settings),
    )
    if problems:
        from digest.config import all_at_once

        raise all_at_once(edits.path, problems)
    return hand


def _summarised(
    ranked: Sequence[Story],
    news: Mapping[str, developing.Development],
    analyses: Mapping[str, Analysis],
    summary_rules: Mapping[str, summarise.SummaryRule],
    workers: int,
) -> Iterator[Story]:
    """Each story with its summary: the editor's own, else what its rule makes, what is new in an update first."""
    summaries = _summaries([(story.articles, summary_rules[story.id]) for story in ranked], analyses, workers)
    for story, summary in zip(ranked, summaries, strict=True):
        if story.summary.sentences:
            yield story
        else:
            opened = developing.new_first(summary, story, news.get(story.id), analyses, summary_rules[story.id])
            yield replace(story, summary=opened)


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


_Telling = tuple[tuple[Article, ...], summarise.SummaryRule]
"""The articles of a story and how it is summarised."""


def _summaries(stories: Sequence[_Telling], analyses: Mapping[str, Analysis], workers: int) -> Iterable[Summary]:
    # Sharing what takes no time was found to cost what it saves.
    if workers == 1 or all(rule.algorithm in summarise.QUICK for _, rule in stories):
        return summarise.summarise_each(stories, analyses, _own_summarisers())
    slices = [stories[start : start + _STORIES_A_JOB] for start in range(0, len(stories), _STORIES_A_JOB)]
    jobs = [(few, {each.id: analyses[each.id] for articles, _ in few for each in articles}) for few in slices]
    return chain.from_iterable(map_items(_summarise, jobs, workers, smallest=SMALLEST // _STORIES_A_JOB))


def _summarise(job: tuple[Sequence[_Telling], Mapping[str, Analysis]]) -> tuple[Summary, ...]:
    return tuple(summarise.summarise_each(*job, _own_summarisers()))


def _own_summarisers() -> Mapping[str, Summariser]:
    return {name: plugins.load(SUMMARISERS, name) for name in plugins.names(SUMMARISERS)}
