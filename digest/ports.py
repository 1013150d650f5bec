"""The shapes that plug-ins meet; a plug-in returns values and the pipeline puts them in place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from digest.model import (
    Analysis,
    Article,
    Document,
    Drop,
    Finding,
    Hints,
    Issue,
    Look,
    Outcome,
    Reading,
    Rendition,
    Score,
    Sentence,
    Story,
)


class Source(Protocol):
    """Reads the world: gives documents, and a drop for each that could not be had.

    `complete` tells whether one fetch gives everything the source still offers (a folder), so that
    what is missing is gone, or only its newest part (a feed).
    """

    complete: bool

    def fetch(self, now: datetime) -> Iterator[Document | Drop]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of document is read.

    `media_types` are the types it answers to. `recognises` looks at a document and says whether it
    is surely of this kind. `read` gives what it holds; it raises `FormatError` for a document it
    cannot read at all and never anything else.
    """

    name: str
    media_types: Collection[str]
    recognises: Callable[[Document], bool]
    read: Callable[[Document, Hints], Reading]


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a summary may be: at most so many sentences, and so many characters (None: any)."""

    sentences: int = 2
    characters: int | None = None


class Summariser(Protocol):
    """Chooses sentences of one article, in the article's order, all of them from the analysis."""

    def __call__(self, article: Article, analysis: Analysis, budget: Budget) -> Sequence[Sentence]: ...


class Ranker(Protocol):
    """Scores every story of a day, in the order given."""

    def __call__(
        self, stories: Sequence[Story], analyses: Mapping[str, Analysis], now: datetime
    ) -> Sequence[Score]: ...


Renderer = Callable[[Issue, Look], Rendition]
Check = Callable[[Issue, Sequence[Rendition]], Sequence[Finding]]


class Deliverer(Protocol):
    """Hands finished messages over to the world, from as many threads at once as it has `lanes`.

    It is a context manager: entering it shows whether it can do its work at all. Called with a message whose lines end
    in CRLF, and the two addresses of its envelope, it gives the outcome, and raises `DeliveryError` where no message
    could be handed over any more; this one then was not.
    """

    @property
    def lanes(self) -> int: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def __call__(self, message: bytes, sender: str, recipient: str) -> Outcome: ...
