"""digest.toml → the rule that each stage of composing is given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.contacts import parse_contact
from digest.model import Imprint, Story
from digest.stages import cluster, compose, rank, section, summarise, window

if TYPE_CHECKING:
    from digest.config import Settings, SummaryOverride


def language(settings: Settings) -> str:
    """The language of the newsletter's own words, without its region."""
    return settings.newsletter.language.split("-")[0]


def window_rule(settings: Settings) -> window.WindowRule:
    """How far back an issue looks, as configured."""
    hours = settings.newsletter.window
    waits = {source.name: source.not_before for source in settings.source if source.not_before}
    return window.WindowRule(None if hours is None or isinstance(hours, str) else hours, waits)


def section_rules(settings: Settings) -> tuple[section.SectionRule, ...]:
    """The sections of the newsletter, as configured and by default."""
    configured = [
        section.SectionRule(each.title, each.slug or "", each.labels, each.keywords, each.weight, each.max_stories)
        for each in settings.section
    ]
    return section.sections(configured, language(settings))


def cluster_rule(settings: Settings) -> cluster.ClusterRule:
    """How much makes two articles one story, as configured."""
    return cluster.ClusterRule(sources={each.name: each.weight for each in settings.source})


def rank_rule(settings: Settings) -> rank.RankRule:
    """What the order of stories depends on, as configured."""
    weights = settings.rank.model_dump(exclude={"issues"})
    return rank.RankRule(
        **weights,
        interests=tuple(rank.Interest(each.terms, each.weight) for each in settings.interest),
        sections={each.slug: each.weight for each in section_rules(settings)},
        sources={each.name: each.weight for each in settings.source},
    )


def headline_only(settings: Settings) -> frozenset[str]:
    """The sources whose publishers allow no more than a headline."""
    return frozenset(each.name for each in settings.source if each.summary.algorithm == "none")


def summary_rule(story: Story, settings: Settings, *, leads: bool) -> summarise.SummaryRule:
    """The newsletter's own rule, what its section sets over it, and what its source sets over both."""
    own = settings.summary
    length = own.lead_sentences if leads else own.sentences
    rule = summarise.SummaryRule(own.algorithm, length, own.characters, frozenset(own.without), headline_only(settings))
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


def issue_rule(settings: Settings) -> compose.IssueRule:
    """What the newsletter is, whatever the day."""
    newsletter = settings.newsletter
    return compose.IssueRule(newsletter.name, newsletter.language, newsletter.max_stories, _imprint(settings))


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
        unsubscribe_mail=newsletter.unsubscribe_mail or "",
        list_id=newsletter.list_id,
    )
