"""Issue → the values a template prints, so that the templates decide nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from email.utils import parseaddr
from functools import lru_cache
from itertools import count, takewhile
from math import ceil

from digest.markup import clean_text
from digest.model import MORE_NEWS, Article, Contact, Correction, Issue, Removal, Section, Sentence, Story
from digest.renderers.views import (
    AlsoView,
    ContactView,
    ContentsView,
    CorrectionView,
    ImageView,
    IssueView,
    SectionView,
    SentenceView,
    StoryView,
)
from digest.renderers.words import Words, direction_of
from digest.urls import domain_of, percent_encoded, safe_href

WORDS_A_MINUTE = 230
WIDE_CHARACTERS_A_MINUTE = 500
_SUBJECT_ROOM = 160
_KEPT = "/:,.!?"
_ALIGN = {"ltr": "left", "rtl": "right"}
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_STRONG = {"ltr": ("R", "AL"), "rtl": ("L",)}
"""The bidirectional classes of the letters that run against a direction."""


def page_url(issue: Issue) -> str | None:
    """Where the issue's web page is to be found, or None without a `base_url`: the folder of its date, `web.html`."""
    home = home_url(issue)
    return f"{home}{issue.date.isoformat()}/web.html" if home else None


def home_url(issue: Issue) -> str | None:
    """Where the index of all issues is to be found, with a slash at its end, or None without a `base_url`."""
    base = safe_href(issue.imprint.base_url) if issue.imprint.base_url else None
    return f"{base.rstrip('/')}/" if base else None


@dataclass(frozen=True, slots=True)
class Room:
    """What there is room for: the ids of stories shown by their headlines alone, and of those not shown at all.

    With `tail`, stories of which nothing but a headline is known, and which close a section, are among the former.
    """

    headlines_only: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    tail: bool = False


def view(
    issue: Issue,
    words: Words,
    *,
    images: bool = False,
    numbered: bool = False,
    sentences: int | None = None,
    room: Room = Room(),
) -> IssueView:
    """The issue as templates see it.

    `numbered` gives every link of a story a number, not those of sentences alone; `sentences` is at most how many of a
    summary there are to print, None for all.
    Raises `RenderError` for words that cannot be filled in.
    """
    page = page_url(issue)
    maker = _Maker(issue, words, images, numbered, sentences)
    sections = tuple(maker.section(section, room, page) for section in issue.sections if section.stories)
    return IssueView(
        newsletter=clean_text(issue.newsletter),
        subject=clean_text(issue.subject) or clean_text(issue.newsletter),
        preheader=clean_text(issue.preheader),
        language=issue.language,
        dir=maker.direction,
        align=_ALIGN[maker.direction],
        date=words.long_date(issue.date),
        iso_date=issue.date.isoformat(),
        number=maker.number,
        reading_time=maker.reading_time(sections),
        page=page,
        notes=tuple(filter(None, map(clean_text, issue.notes))),
        home=home_url(issue),
        contents=tuple(maker.contents(section, page) for section in sections if section.stories or section.more),
        sections=sections,
        corrections=tuple(map(maker.correction, issue.corrections)),
        corrected=tuple(map(maker.correction, issue.corrected)),
        removals=tuple(map(maker.removal, issue.removals)),
        contacts=tuple(dict.fromkeys(filter(None, map(contact_view, issue.contacts)))),
        own_contact=contact_view(issue.imprint.corrections) if issue.imprint.corrections else None,
        reply=contact_view(Contact(issue.newsletter, address=parseaddr(issue.imprint.reply_to)[1])),
        why=clean_text(issue.imprint.why),
        preferences=_place(issue.imprint.preferences),
        unsubscribe=_place(issue.imprint.unsubscribe),
        postal_address=tuple(filter(None, map(clean_text, issue.imprint.postal_address.splitlines()))),
    )


@lru_cache(maxsize=512)  # every story of a publisher asks for its contact
def contact_view(contact: Contact) -> ContactView | None:
    """A publisher's line, its statement cut around the address where it holds it; None when no link is safe."""
    address, url = clean_text(contact.address or ""), safe_href(contact.url or "")
    if address:
        href, label = f"mailto:{percent_encoded(address, '@')}", address
    elif url:
        href, label = url, re.sub(r"^https?://(www\.)?|/$", "", url)
    else:
        return None
    publisher, statement = clean_text(contact.publisher) or domain_of(address or href), clean_text(contact.statement)
    form = None if address else href
    for name in (address, clean_text(contact.url or ""), label):
        if name and name in statement:
            before, label, after = statement.partition(name)
            return ContactView(publisher, before, label, after, href, form)
    return ContactView(publisher, f"{statement} " if statement else "", label, "", href, form)


class _Maker:
    """Makes the views of one issue; counts the notes as it goes."""

    def __init__(self, issue: Issue, words: Words, images: bool, numbered: bool, sentences: int | None) -> None:
        self.issue = issue
        self.words = words
        self.images = images
        self.numbered = numbered
        self.most = sentences
        self.zone = issue.made.tzinfo
        self.spoken = (issue.language, issue.language.split("-")[0])
        self.direction = "rtl" if direction_of(issue.language) == "rtl" else "ltr"
        self.notes = count(1)
        self.number = words("number", number=issue.number) if issue.number is not None else words("draft")
        self.lead = issue.lead
        self.contacts = {clean_text(contact.publisher).casefold(): contact for contact in issue.contacts}

    def section(self, section: Section, room: Room, page: str | None) -> SectionView:
        title = clean_text(section.title)
        views = [self.story(story) for story in section.stories]
        shown = [each for each in views if each.id not in room.left_out]
        short = room.headlines_only | (_tail(shown) if room.tail else frozenset())
        further = len(views) - len(shown)
        return SectionView(
            slug=section.slug,
            title=title,
            stories=tuple(each for each in shown if each.id not in short),
            more=tuple(each for each in shown if each.id in short),
            # "More in More news" would say less than nothing.
            more_title=self.words("more_headlines")
            if section.slug == MORE_NEWS
            else self.words("more_in", section=title),
            further=self.words("further_web" if page else "further_text", count=further) if further else "",
            further_href=f"{page}#section-{percent_encoded(section.slug, '/')}" if page and further else None,
        )

    def reading_time(self, sections: Sequence[SectionView]) -> str:
        told = [story for section in sections for story in section.stories]
        texts = [sentence.text for story in told for sentence in story.sentences]
        texts += [story.headline for section in sections for story in (*section.stories, *section.more)]
        return self.words("reading_time", minutes=self.words("minutes", minutes=_minutes(texts))) if texts else ""

    def story(self, story: Story) -> StoryView:
        lead = story.lead
        publisher, direction = self.name(lead.publisher), self.dir(lead.language)
        sentences = tuple(self.sentence(sentence, story) for sentence in story.summary.sentences[: self.most])
        report, report_address = self.report(story)
        facts = tuple(self.facts(lead, own=not story.headline.endswith(lead.headline)))
        return StoryView(
            id=story.id,
            headline=clean_text(story.headline),
            href=_href(lead.url),
            number=self.count(_href(lead.url)),
            lang=None if lead.language in ("und", "", *self.spoken) else lead.language,
            dir=direction,
            align=_ALIGN.get(direction) if direction else None,
            publisher=publisher,
            published=lead.published.astimezone(self.zone).isoformat(timespec="minutes") if lead.published else None,
            facts=facts,
            meta=" · ".join(filter(None, (publisher, *facts))),
            read=self.words("read_at", publisher=publisher) if publisher else self.words("read"),
            sentences=sentences,
            source=next((sentence.href for sentence in sentences if sentence.url), None),
            also=tuple(
                AlsoView(
                    self.name(other.publisher) or self.name(other.headline),
                    clean_text(other.headline),
                    _href(other.url),
                    self.count(_href(other.url)),
                )
                for other in _elsewhere(story)
            ),
            report=report,
            report_address=report_address,
            report_number=None if report_address else self.count(report),
            image=self.image(lead) if story is self.lead else None,
            lead=story is self.lead,
            brief=lead.kind == "brief",
            note=clean_text(story.note),
        )

    def count(self, href: str | None) -> int | None:
        return next(self.notes) if href and self.numbered else None

    def name(self, name: str) -> str:
        """A name that stands within our own words: isolated when it runs the other way."""
        name = clean_text(name)
        if name.isascii() and self.direction == "ltr":
            return name
        against = any(unicodedata.bidirectional(letter) in _STRONG[self.direction] for letter in name)
        return f"\u2068{name}\u2069" if against else name

    def dir(self, language: str) -> str | None:
        own = direction_of(language)
        return None if own == self.direction else own

    def facts(self, article: Article, *, own: bool = False) -> Iterator[str]:
        if article.published:
            published = article.published.astimezone(self.zone)
            # Midnight is what a day without a time is read as: the day is all that is known.
            timed = published.date() == self.issue.date and published.time() != time()
            yield published.strftime("%H:%M") if timed else self.words.short_date(published.date(), self.issue.date)
        if minutes := reading_minutes(article):
            yield self.words("minutes", minutes=minutes)
        if article.headline_made or own:
            yield self.words("our_headline")

    def sentence(self, sentence: Sentence, story: Story) -> SentenceView:
        article = next((each for each in story.articles if each.id == sentence.article), story.lead)
        url = _href(article.url)
        return SentenceView(
            text=clean_text(sentence.text),
            url=url,
            note=next(self.notes) if url else None,
            credit=self.name(article.publisher) if article.id != story.id else "",
            standfirst=sentence.field == "standfirst",
        )

    def image(self, article: Article) -> ImageView | None:
        src = _href(article.image.url) if self.images and article.image else None
        if not src or not article.image:
            return None
        return ImageView(src, clean_text(article.image.alt), clean_text(article.image.credit))

    def contents(self, section: SectionView, page: str | None) -> ContentsView:
        first = (*section.stories, *section.more)[0]
        href = f"{page}#{percent_encoded(first.id, '/')}" if page else None
        return ContentsView(
            section.title, first.headline, href, section.slug, first.id, first.lang, first.dir, first.align
        )

    def correction(self, correction: Correction) -> CorrectionView:
        """A correction to an earlier issue or, where that is this one, a later issue's to it."""
        noted = correction.noted.astimezone(self.zone).date()
        date = self.words.short_date(noted, self.issue.date)
        is_own = correction.issue == self.issue.number
        return CorrectionView(
            heading=self.words("correction_stamp", date=date)
            if is_own
            else self.words("correction_issue", issue=correction.issue, date=date),
            said=tuple(self.said(correction)),
            was=clean_text(correction.was),
            now=clean_text(correction.now),
            headline=clean_text(correction.headline),
            publisher=clean_text(correction.publisher),
            href=_href(correction.url),
            anchor=correction.story if is_own else "",
        )

    def said(self, correction: Correction) -> Iterator[str]:
        """What was said, what holds, and what the publisher has to say of it."""
        was, now, note = map(self.name, (correction.was, correction.now, correction.note))
        by_hand = correction.origin == "editor"
        if was:
            yield self.words("correction_was", was=was)
        if now:
            said = {"editor": "correction_now", "headline": "correction_headline"}
            yield self.words(said.get(correction.origin, "correction_says"), now=now)
        elif was:
            yield self.words("correction_withdrawn" if by_hand else "correction_gone")
        if note:
            yield self.words("correction_note", note=note)

    def removal(self, removal: Removal) -> str:
        noted = removal.noted.astimezone(self.zone).date()
        date = self.words.short_date(noted, self.issue.date)
        return self.words("story_removed", date=date, reason=clean_text(removal.reason))

    def report(self, story: Story) -> tuple[str | None, str | None]:
        """Where a reader reports an error in a story: the publisher's own place, else the newsletter's."""
        article = story.lead
        contact = (
            article.contact
            or self.contacts.get(clean_text(article.publisher).casefold())
            or self.issue.imprint.corrections
        )
        place = contact_view(contact) if contact else None
        if not contact or not place:
            return None, None
        address = clean_text(contact.address or "")
        if not address:
            return place.href, None
        name = clean_text(self.issue.newsletter)
        which = f"{self.number}, {self.issue.date.isoformat()}" if self.issue.number else self.issue.date.isoformat()
        subject = self.words(
            "report_subject", newsletter=name, issue=which, headline=_shorten(clean_text(article.headline))
        )
        body = self.words(
            "report_body", url=_href(article.url) or "", newsletter=name, issue=which, story=story.id
        ).strip()
        subject, body = (percent_encoded(text, _KEPT) for text in (subject, body))
        return f"{place.href}?subject={subject}&body={body.replace('%0A', '%0D%0A')}", address


def _elsewhere(story: Story) -> tuple[Article, ...]:
    """The first article of each other publisher that tells the story; the lead's own says nothing new by its name."""
    told = {story.lead.publisher}
    others = []
    for article in story.articles[1:]:
        if not article.publisher or article.publisher not in told:
            told.add(article.publisher)
            others.append(article)
    return tuple(others)


def reading_minutes(article: Article) -> int | None:
    """How long the article's body takes to read, in whole minutes; None for a brief."""
    return None if article.kind == "brief" else _minutes(article.paragraphs) or None


def _minutes(texts: Iterable[str]) -> int:
    """How many minutes lines of clean text, in which one space parts two words, take to read."""
    wide = words = 0
    for text in map(str.strip, texts):
        if characters := 0 if text.isascii() else len(_WIDE.findall(text)):
            wide += characters
            words += len(_WIDE.sub(" ", text).split())
        elif text:
            words += text.count(" ") + 1
    return ceil(words / WORDS_A_MINUTE + wide / WIDE_CHARACTERS_A_MINUTE)


def _tail(stories: Sequence[StoryView]) -> frozenset[str]:
    """The stories at the end, two at least, that have no summary, where others have one."""
    bare = list(takewhile(lambda story: not story.sentences and not story.note, reversed(stories)))
    return frozenset(story.id for story in bare) if 1 < len(bare) < len(stories) else frozenset()


def _place(place: str) -> str | None:
    """A URL or a mail address as a link, or None when it is neither."""
    place = clean_text(place)
    if "@" in place and not place.startswith(("http:", "https:")):
        return f"mailto:{percent_encoded(place.removeprefix('mailto:'), '@?=&%')}"
    return _href(place)


@lru_cache(maxsize=4096)  # a story's link is asked for again by each of its sentences, and by every edition
def _href(url: str | None) -> str | None:
    """The URL as a link to a web page, or None when it is anything else."""
    href = safe_href(url) if url else None
    return href if href and href.startswith(("http:", "https:")) else None


def _shorten(text: str) -> str:
    """As much of a headline as a prefilled subject has room for, where a letter may take nine characters."""
    short = text[:_SUBJECT_ROOM]
    while len(percent_encoded(short, _KEPT)) > _SUBJECT_ROOM:
        short = short[:-1]
    return text if short == text else short.rstrip() + "…"
