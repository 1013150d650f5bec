"""The nouns: frozen values that every part of the program hands to the next."""

from __future__ import annotations

from array import array
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from digest.vocabulary import WIDTH, Rows, Vocabulary

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

BlockKind = Literal["paragraph", "subhead"]
ArticleKind = Literal["full", "brief"]
Field = Literal["headline", "standfirst"] | int
"""Where in an article a sentence stands: its headline, its standfirst, or the number of a block."""
Severity = Literal["error", "warning", "notice"]


T = TypeVar("T", bound="DataclassInstance")


def altered(value: T, **fields: Any) -> T:
    """The value with these fields, as `dataclasses.replace` gives it; the very value where each is equal already,
    since to make an article takes many times as long as to see that it need not be made."""
    for name, given in fields.items():
        if getattr(value, name) != given:
            return replace(value, **fields)
    return value


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes as a source gave them.

    `name` is what messages call it (a path, a URL, "standard input"). `media_type` and `charset`
    are what the source claims, in lower case, or None; a claim may be wrong.
    """

    source: str
    name: str
    body: bytes
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    retrieved: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link a document offers to follow: its absolute URL and its words."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """Something that was left out, where, and why.

    `reason` is a short fixed phrase (`"empty"`, `"duplicate"`), the same for every drop of its
    kind; `detail` says the particulars for a person.
    """

    stage: str
    subject: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a publisher takes corrections: an address or a URL, never both empty.

    `statement` is the publisher's own sentence, verbatim, or "". `origin` is `"page"` when a
    document stated it and `"configuration"` when digest.toml did.
    """

    publisher: str
    address: str | None = None
    url: str | None = None
    statement: str = ""
    origin: Literal["page", "configuration"] = "page"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or one subhead of an article, as clean text in one line."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture an article states for itself."""

    url: str
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One item from one publisher, as clean text.

    `id` names the article for as long as it lives, `revision` is the hash of its content: both are
    filled in by `digest.identity.identify`. A brief is an article known only by its headline, its
    standfirst, or both. `headline_made` tells that the publisher gave no headline and that this one
    was cut from the article's own first words. `labels` are the publisher's own section names, as
    printed. Times are aware; what the publisher did not say is None, "" or (), never guessed.
    """

    id: str
    revision: str
    source: str
    headline: str
    kind: ArticleKind = "full"
    publisher: str = ""
    headline_made: bool = False
    standfirst: str = ""
    byline: str = ""
    blocks: tuple[Block, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    retrieved: datetime | None = None
    language: str = "und"
    labels: tuple[str, ...] = ()
    url: str | None = None
    image: Image | None = None
    contact: Contact | None = None

    def text(self, where: Field) -> str:
        """The text of one field. Raises IndexError for a block that is not there."""
        if where == "headline":
            return self.headline
        if where == "standfirst":
            return self.standfirst
        assert isinstance(where, int)
        return self.blocks[where].text

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's paragraphs in order, without the subheads."""
        return tuple(block.text for block in self.blocks if block.kind == "paragraph")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a format found in one document, and what the document says of itself.

    `lines` is all that a document shows which is one page, furniture included; other documents leave it out.
    """

    articles: tuple[Article, ...] = ()
    links: tuple[Link, ...] = ()
    drops: tuple[Drop, ...] = ()
    title: str = ""
    language: str | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a source before a document of it is read.

    `repeated` holds the lines that several different pages of the source carry: furniture, unless a
    format has a better reason to keep one. `zone` is the time zone of a clock time that a page prints
    without one.
    """

    source: str
    publisher: str = ""
    language: str | None = None
    labels: tuple[str, ...] = ()
    contact: Contact | None = None
    repeated: Container[str] = frozenset()
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a source, verbatim.

    `article.text(field)[start : start + len(text)] == text` holds for the article `article` at
    revision `revision`. `start` counts characters (code points).
    """

    article: str
    revision: str
    field: Field
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def __reduce__(self) -> tuple[type[Sentence], tuple[object, ...]]:
        # What a frozen dataclass does by itself takes five times as long, and workers send thousands.
        return Sentence, (self.article, self.revision, self.field, self.start, self.text)


@dataclass(frozen=True, slots=True)
class Analysis:
    """An article's sentences and words, made once and shared by every stage.

    `sentences` are those of the standfirst (if any) and of the paragraphs, in order. For each of
    them, `words` holds its words in lower case and `terms` the same without stop words, each cut
    to its first six letters; `headline_words` and `headline_terms` are the same of the headline.
    They are spelled out when they are asked for: what is kept are `numbers`, those that the words have in the
    `vocabulary`, 32 bits each. The headline has the first of them, and sentence `i` those from `ends[i]` to
    `ends[i + 1]`.
    """

    article: str
    language: str
    vocabulary: Vocabulary
    sentences: tuple[Sentence, ...]
    numbers: bytes
    ends: tuple[int, ...]

    @property
    def words(self) -> Rows:
        """One row a sentence."""
        return Rows(self.vocabulary.spelled, self._numbers, self.ends)

    @property
    def terms(self) -> Rows:
        """One row a sentence."""
        return Rows(self.vocabulary.spelled_terms, self._numbers, self.ends)

    @property
    def headline_words(self) -> tuple[str, ...]:
        return self.vocabulary.spelled(self._numbers[: self.ends[0]])

    @property
    def headline_terms(self) -> tuple[str, ...]:
        return self.vocabulary.spelled_terms(self._numbers[: self.ends[0]])

    @property
    def word_count(self) -> int:
        """Of the sentences."""
        return self.ends[-1] - self.ends[0]

    @property
    def lengths(self) -> tuple[int, ...]:
        """How many words each sentence has."""
        return tuple([end - start for start, end in pairwise(self.ends)])

    @property
    def _numbers(self) -> memoryview:
        return memoryview(self.numbers).cast("i")

    def beginning(self, sentences: int) -> Analysis:
        """The same of the first so many sentences."""
        ends = self.ends[: sentences + 1]
        numbers = self.numbers[: ends[-1] * WIDTH]
        return replace(self, sentences=self.sentences[:sentences], numbers=numbers, ends=ends)

    def in_words_of(self, vocabulary: Vocabulary) -> Analysis:
        """The same with the numbers of another vocabulary, to which its words are added."""
        if vocabulary is self.vocabulary:
            return self
        own = self.vocabulary
        numbers = array("i", [vocabulary.add(own.words[n], own.terms[own.term_of[n]]) for n in self._numbers])
        return replace(self, vocabulary=vocabulary, numbers=numbers.tobytes())

    def __reduce__(self) -> tuple[object, ...]:
        # Workers are sent thousands, and no article needs all the words of its language.
        own = self if len(self.vocabulary) <= self.ends[-1] else self.in_words_of(Vocabulary())
        return Analysis, (self.article, self.language, own.vocabulary, self.sentences, own.numbers, self.ends)


@dataclass(frozen=True, slots=True)
class Reason:
    """One signal's part in a score: `weight * value`, and the same in words."""

    signal: str
    weight: float
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Score:
    """`value` is the sum of `weight * value` over the reasons."""

    value: float = 0.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """Which section a story belongs to, how that was decided, and how surely (0 to 1)."""

    slug: str
    reason: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Summary:
    """The sentences chosen for a story, in the article's order (but what is new in an update first), or none and why.

    `origin` is `"extract"` for sentences chosen by the program, `"standfirst"` when the
    publisher's own stands in, `"none"` when the headline stands alone. `note` tells an editor what
    the algorithm could not do, or is "".
    """

    sentences: tuple[Sentence, ...] = ()
    origin: Literal["extract", "standfirst", "none"] = "extract"
    algorithm: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One event, told by one or more articles; the first of `articles` leads.

    `merged` says in words, for each article after the first, why it was taken to tell the same.
    `own_headline` is what the editor wrote in place of the lead article's headline, `note` what the
    editor has to say of the story; both are the newsletter's own words, or "".
    """

    articles: tuple[Article, ...]
    score: Score = Score()
    placement: Placement | None = None
    summary: Summary = Summary(origin="none")
    merged: tuple[str, ...] = ()
    own_headline: str = ""
    note: str = ""

    @property
    def lead(self) -> Article:
        return self.articles[0]

    @property
    def id(self) -> str:
        """The lead article's id, which is also the anchor of the story on the web page."""
        return self.articles[0].id

    @property
    def headline(self) -> str:
        """The headline the story is told under: the editor's, else the lead article's."""
        return self.own_headline or self.articles[0].headline


MORE_NEWS = "more-news"
"""The slug of the section that holds what belongs to no other."""


@dataclass(frozen=True, slots=True)
class Section:
    slug: str
    title: str
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """One decision of the editor, as edits.toml states it.

    `article` names what it is about: by URL, by id or by its exact headline; it is "" for a `note` on
    the whole issue. `drop` is `"article"`, or `"story"` for everything that tells it. `section` is the
    slug or title to move the story to, `headline` what to call it, `sentences` what to print of the
    article, each as its text or its number counted from 1, and `reason` why, in the editor's words.
    The edit holds `on` one day, or from `since` to `until`, both included, or, with none set, always.
    `place` is how messages call it.
    """

    article: str = ""
    on: date | None = None
    since: date | None = None
    until: date | None = None
    pin: bool = False
    drop: Literal["", "article", "story"] = ""
    section: str = ""
    headline: str = ""
    sentences: tuple[str | int, ...] = ()
    note: str = ""
    reason: str = ""
    place: str = "edit"

    def holds(self, day: date) -> bool:
        """Whether the edit is in force in the issue of that day."""
        if self.on:
            return self.on == day
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Correction:
    """What an earlier issue said, what holds now, when that was noted, and which issue it was.

    `origin` is `"change"` when the article itself changed, `"headline"` when its headline did, `"note"` when
    only its publisher's note says so, `"editor"` for one made by hand. `was` and, but for an editor's, `now` are
    sentences of the article, or its headlines; `now` is "" when nothing stands in its place, `was` when only the
    `note` speaks, which is the publisher's own. `article` and `story` are the ids under which the issue printed it,
    `headline` what over.
    """

    was: str
    now: str
    noted: datetime
    issue: int
    url: str | None = None
    publisher: str = ""
    headline: str = ""
    article: str = ""
    story: str = ""
    origin: Literal["change", "headline", "note", "editor"] = "change"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Takedown:
    """What must not be shown any more, a canonical URL or an article's id, why, and since when."""

    what: str
    reason: str
    noted: datetime


@dataclass(frozen=True, slots=True)
class Removal:
    """A story that stood in an issue and was removed from it: its id, when, and why."""

    story: str
    noted: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the newsletter says of itself in its footer; an empty value leaves its line out.

    `why` tells readers in a sentence why they get it; `preferences` and `unsubscribe` are addresses or URLs, in which
    `{reader}` stands for what is each reader's own. `unsubscribe_mail` is a second way to leave, for mail programs.
    `list_id` is the newsletter's name as mail programs sort by it.
    """

    sender: str = ""
    reply_to: str = ""
    base_url: str = ""
    postal_address: str = ""
    corrections: Contact | None = None
    why: str = ""
    preferences: str = ""
    unsubscribe: str = ""
    unsubscribe_mail: str = ""
    list_id: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One dated number of a newsletter, complete: rendering needs nothing else but templates.

    `number` is None for a draft. `made` is the moment the issue was composed for, aware, in the
    newsletter's time zone; `date` is its local date. `notes` are the editor's words at the top, a
    paragraph each. `corrections` are to earlier issues; `corrected` are what later issues corrected of
    this one, known only when it is shown again.
    """

    newsletter: str
    date: date
    made: datetime
    language: str = "en"
    number: int | None = None
    subject: str = ""
    preheader: str = ""
    notes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    contacts: tuple[Contact, ...] = ()
    corrections: tuple[Correction, ...] = ()
    corrected: tuple[Correction, ...] = ()
    drops: tuple[Drop, ...] = ()
    removals: tuple[Removal, ...] = ()
    imprint: Imprint = Imprint()

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story in the order a reader meets it."""
        return tuple(story for section in self.sections for story in section.stories)

    @property
    def lead(self) -> Story | None:
        stories = self.stories
        return stories[0] if stories else None


@dataclass(frozen=True, slots=True)
class Rendition:
    """An issue in one form. `name` is its file name, such as `issue.html`.

    `drops` are what of the issue there was no room for in this form.
    """

    name: str
    media_type: str
    body: bytes
    drops: tuple[Drop, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    address: str
    name: str = ""


Status = Literal["attempted", "submitted", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try to hand a message over, and what the other side said.

    `submitted`: it was taken. `refused`: it never will be. `failed`: it was not taken now and may be tried again.
    `attempted`: nobody knows, since the connection was lost before the answer.
    """

    status: Status
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of one recipient's message: `attempted` from before it is handed over, then its outcome.

    `address` is the recipient's in small letters, `id` the Message-ID.
    """

    address: str
    status: Status
    id: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check noticed: what, how bad, where, and what to do about it."""

    check: str
    severity: Severity
    place: str
    words: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What decides how an issue looks, beside the issue: all that a renderer may depend on.

    `templates` are folders searched in order before the packaged ones; `template_set` is the packaged
    set to use; `options` are the `[theme]` colours, fonts, logo and width by name; `text_links` is
    where the plain-text edition prints addresses.
    """

    templates: tuple[str, ...] = ()
    template_set: str = "default"
    text_links: Literal["inline", "numbered"] = "inline"
    inliner: str = "premailer"
    images: Literal["none", "link"] = "none"
    options: Mapping[str, str] = field(default_factory=dict)
