"""Ranked, placed and summarised stories → one issue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.contacts import Forms
from digest.model import Article, Contact, Correction, Drop, Imprint, Issue, Section, Story, altered
from digest.stages.articles import counted, dropped, one_spelling, outlet
from digest.stages.rank import order
from digest.stages.section import SectionRule
from digest.stages.shorten import shorten

SUBJECT_LENGTH = 78
"""Characters that fit one header line, which is also about what an inbox shows of a subject."""
PREHEADER_LENGTH = 110
"""Characters that the common inboxes show of a preview text."""
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class IssueRule:
    """What the newsletter is, whatever the day; `max_stories` None means any number."""

    newsletter: str
    language: str = "en"
    max_stories: int | None = None
    imprint: Imprint = field(default_factory=Imprint)


def compose(
    stories: Iterable[Story],
    sections: Sequence[SectionRule],
    rule: IssueRule,
    now: datetime,
    *,
    contacts: Iterable[Contact] = (),
    corrections: Sequence[Correction] = (),
    drops: Iterable[Drop] = (),
    notes: Sequence[str] = (),
) -> Issue:
    """A draft issue of scored, placed and summarised stories.

    The best story leads the issue, so that its section comes first; the others follow in the order
    of `sections` (at least one), with the best story of each on top. What is more than a section or
    the issue may hold is dropped, lowest first. A story placed nowhere, or in none of `sections`,
    stands in the last. `now` is aware and in the newsletter's time zone. `contacts` are those known
    beside the articles' own; only those of publishers in the issue are taken over. `notes` are the
    editor's words for the top.
    """
    held, left_out = _fill(order(stories), sections, rule.max_stories)
    filled = [Section(each.slug, each.title, tuple(held[each.slug])) for each in sections if held[each.slug]]
    if filled:
        lead = order(section.stories[0] for section in filled)[0]
        filled.sort(key=lambda section: section.stories[0] is not lead)
    issue = Issue(
        newsletter=rule.newsletter,
        date=now.date(),
        made=now,
        language=rule.language,
        notes=tuple(notes),
        sections=tuple(filled),
        corrections=tuple(corrections),
        drops=(*drops, *left_out),
        imprint=rule.imprint,
    )
    return entitled(_reachable(issue, contacts))


def entitled(issue: Issue) -> Issue:
    """The issue with the subject and the preheader that its stories make."""
    return replace(issue, subject=_subject(issue), preheader=_preheader(issue))


def _fill(
    ranked: Sequence[Story], sections: Sequence[SectionRule], most: int | None
) -> tuple[dict[str, list[Story]], list[Drop]]:
    rules = {section.slug: section for section in sections}
    held: dict[str, list[Story]] = {slug: [] for slug in rules}
    drops: list[Drop] = []
    number = 0
    for place, story in enumerate(ranked, 1):
        section = rules.get(story.placement.slug if story.placement else "", sections[-1])
        if section.max_stories is not None and len(held[section.slug]) >= section.max_stories:
            drops += _over(
                story, f"{section.title} holds {counted(section.max_stories, 'story', 'stories')}, better ranked"
            )
        elif most is not None and number >= most:
            drops += _over(story, f"ranked {place} of {len(ranked)}; the issue holds {most}")
        else:
            held[section.slug].append(story)
            number += 1
    return held, drops


def _over(story: Story, detail: str) -> Iterator[Drop]:
    for article in story.articles:
        yield dropped("compose", article, "over max_stories", detail)


def _subject(issue: Issue) -> str:
    if issue.lead is None:
        return shorten(issue.newsletter, SUBJECT_LENGTH)
    headline = issue.lead.headline
    named = f"{headline}{_BETWEEN}{issue.newsletter}"
    return named if issue.newsletter and len(named) <= SUBJECT_LENGTH else shorten(headline, SUBJECT_LENGTH)


def _preheader(issue: Issue) -> str:
    """As many of the next headlines as fit; of an issue of one story, how it begins."""
    if issue.lead is None:
        return ""
    others = issue.stories[1:]
    if not others:
        summary, lead = issue.lead.summary, issue.lead.lead
        # A publisher who allows a headline only allows no standfirst either.
        instead = lead.headline if summary.algorithm == "none" else lead.standfirst
        return shorten(summary.sentences[0].text if summary.sentences else instead, PREHEADER_LENGTH)
    text = shorten(others[0].headline, PREHEADER_LENGTH)
    for story in others[1:]:
        longer = f"{text}{_BETWEEN}{story.headline}"
        if len(longer) > PREHEADER_LENGTH:
            break
        text = longer
    return text


def _reachable(issue: Issue, known: Iterable[Contact]) -> Issue:
    """The issue with one contact a publisher, in the order in which the issue names them, and with no article's own
    that was made for another page.

    A configured contact goes before one found on a page; among the latter, what most pages say.
    """
    publishers: defaultdict[str, list[Article]] = defaultdict(list)
    for story in issue.stories:
        for article in story.articles:
            publishers[outlet(article)].append(article)
    forms = Forms(article for articles in publishers.values() for article in articles)
    told: defaultdict[str, list[Contact]] = defaultdict(list)
    for contact in known:
        told[one_spelling(contact.publisher)].append(contact)
    contacts = tuple(
        replace(contact, publisher=contact.publisher or articles[0].publisher or name)
        for name, articles in publishers.items()
        for contact in _best(forms.for_any_page(articles, told[name]))
    )
    return replace(issue, sections=tuple(_with_own(section, forms) for section in issue.sections), contacts=contacts)


def _with_own(section: Section, forms: Forms) -> Section:
    """The section, each article of which shows a contact only if that is its own."""
    stories = (
        altered(story, articles=tuple(altered(each, contact=forms.own(each)) for each in story.articles))
        for story in section.stories
    )
    return altered(section, stories=tuple(stories))


def _best(contacts: Sequence[Contact]) -> Sequence[Contact]:
    configured = [contact for contact in contacts if contact.origin == "configuration"]
    counted = Counter((contact.address or "", contact.url or "") for contact in configured or contacts)
    best = sorted(configured or contacts, key=lambda contact: _standing(contact, counted))
    return best[:1]


def _standing(contact: Contact, counted: Counter[tuple[str, str]]) -> tuple[int, str, str, int, str]:
    place = contact.address or "", contact.url or ""
    return -counted[place], *place, -len(contact.statement), contact.statement
