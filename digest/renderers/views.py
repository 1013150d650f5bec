"""What a template is given: an issue in the few values that are printed of it.

Every string is one line of clean text, every link is safe to print, and what is not known is None, "" or ().
`docs/templates.md` lists these names for those who write templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digest.urls import text_fragment


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence of a summary, of the article at `url`. `note` counts the linked sentences of the issue from 1;
    `credit` names the publisher when it is not the story's own."""

    text: str
    url: str | None = None
    note: int | None = None
    credit: str = ""
    standfirst: bool = False

    @property
    def href(self) -> str | None:
        """The place of the sentence in its page, worked out when it is asked for: the email links a story's first."""
        return text_fragment(self.url, self.text) if self.url else None


@dataclass(frozen=True, slots=True)
class AlsoView:
    """Another article that tells the same."""

    publisher: str
    headline: str
    href: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class NoteView:
    """A line of the notes: its number, where it leads, and whether that is a standfirst."""

    number: int
    href: str
    standfirst: bool = False


@dataclass(frozen=True, slots=True)
class ImageView:
    src: str
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class StoryView:
    """`lang`, `dir` and `align` are None where they are the issue's own.

    `facts` are the short ones of the story's foot: time, minutes. `meta` is the publisher and the facts in one line.
    `source` leads to the first sentence's place in its article. `report` is a link to where errors are reported,
    `report_address` the bare address when it is one. `note` is what the editor has to say of the story.
    `number` and `report_number` count those two links among the notes, where links are numbered.
    """

    id: str
    headline: str
    href: str | None
    lang: str | None
    dir: str | None
    align: str | None
    publisher: str
    published: str | None
    facts: tuple[str, ...]
    meta: str
    read: str
    sentences: tuple[SentenceView, ...]
    source: str | None
    also: tuple[AlsoView, ...]
    report: str | None
    report_address: str | None
    image: ImageView | None
    lead: bool = False
    brief: bool = False
    note: str = ""
    number: int | None = None
    report_number: int | None = None


@dataclass(frozen=True, slots=True)
class SectionView:
    """`stories` are told in full; of `more` the headlines alone are printed, and of what `further` counts nothing."""

    slug: str
    title: str
    stories: tuple[StoryView, ...]
    more: tuple[StoryView, ...] = ()
    more_title: str = ""
    further: str = ""
    further_href: str | None = None


@dataclass(frozen=True, slots=True)
class ContentsView:
    """A line of the contents list: a section and its first headline."""

    title: str
    headline: str
    href: str | None
    slug: str
    anchor: str
    lang: str | None = None
    dir: str | None = None
    align: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """`said` is the correction in sentences: what was written, what holds, the publisher's
    own note. `was` and `now` are the bare sentences. `anchor` is the story's on this very page, or ""."""

    heading: str
    said: tuple[str, ...]
    was: str
    now: str
    headline: str = ""
    publisher: str = ""
    href: str | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class ContactView:
    """One publisher's line: `before`, the linked `label`, `after` are its own sentence around its address or URL.

    `url` is the whole URL when it is no address.
    """

    publisher: str
    before: str
    label: str
    after: str
    href: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class IssueView:
    newsletter: str
    subject: str
    preheader: str
    language: str
    dir: str
    align: str
    date: str
    iso_date: str
    number: str
    reading_time: str
    page: str | None
    notes: tuple[str, ...]
    home: str | None
    contents: tuple[ContentsView, ...]
    sections: tuple[SectionView, ...]
    corrections: tuple[CorrectionView, ...]
    corrected: tuple[CorrectionView, ...]
    removals: tuple[str, ...]
    contacts: tuple[ContactView, ...]
    own_contact: ContactView | None
    reply: ContactView | None
    why: str
    preferences: str | None
    unsubscribe: str | None
    postal_address: tuple[str, ...]

    @property
    def stories(self) -> tuple[StoryView, ...]:
        return tuple(story for section in self.sections for story in (*section.stories, *section.more))

    @property
    def pictured(self) -> bool:
        return any(story.image for story in self.stories)

    @property
    def noted(self) -> tuple[NoteView, ...]:
        """The links that have a number, in the order of their numbers."""
        return tuple(sorted((note for story in self.stories for note in _noted(story)), key=lambda note: note.number))


def _noted(story: StoryView) -> Iterator[NoteView]:
    for sentence in story.sentences:
        if sentence.note and (href := sentence.href):
            yield NoteView(sentence.note, href, sentence.standfirst)
    links = [(story.number, story.href), *((other.number, other.href) for other in story.also)]
    for number, href in (*links, (story.report_number, story.report)):
        if number and href:
            yield NoteView(number, href)


@dataclass(frozen=True, slots=True)
class LineView:
    """One issue in the index of all."""

    href: str
    subject: str
    date: str
    iso_date: str
    number: str


@dataclass(frozen=True, slots=True)
class IndexView:
    newsletter: str
    language: str
    dir: str
    issues: tuple[LineView, ...]
    feed: str | None
