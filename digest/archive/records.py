"""What the archive answers with, beside the nouns of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from digest.model import Article, Correction, Drop


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of the articles given to `store`: `new + changed + unchanged + len(drops)` is their number,
    but that `drops` holds the documents that could not be kept too.

    An article is new when its source never had its id, and changed when its words, or what is
    stated about it, differ from what was kept. `renamed` gives the ids under which articles were kept whose own,
    at their source, turned out to be another's or new, by source and own id.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    drops: tuple[Drop, ...] = ()
    renamed: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Revision:
    """One wording of an article at one source, and when the archive saw it first and last.

    `gone` is when the source was found to have it no longer, or None.
    """

    article: Article
    first_seen: datetime
    last_seen: datetime
    gone: datetime | None


Key = tuple[str, str, str]
"""One wording of an article at one source: its id, the source's name, the revision."""


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft that waits to be published: all that composing it again needs, beside the configuration.

    `made` is the moment it was composed for, in UTC. `articles` are those it was composed from, and `drops` what
    collecting had left out.
    """

    newsletter: str
    date: date
    made: datetime
    articles: tuple[Key, ...] = ()
    drops: tuple[Drop, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """A correction that the archive keeps, and what became of it: `carried` is the number of the issue that
    carries it, None while none does."""

    id: str
    correction: Correction
    carried: int | None = None
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class Outdated:
    """An article that an issue printed in a wording which is not its latest any more."""

    number: int
    article: str


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One line of the list of issues. Times are in UTC."""

    newsletter: str
    number: int
    date: date
    subject: str
    stories: int
    made: datetime
    published: datetime
    preheader: str = ""
