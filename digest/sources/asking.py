"""What a source on the web is: it says what to ask and what to follow. Without the built-in ones and their options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from digest.model import Article, Document, Reading
from digest.sources.http import Request


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to follow, and the article whose text it has, or None where only a link leads to it."""

    request: Request
    article: Article | None = None


@runtime_checkable
class WebSource(Protocol):
    """A source that is asked over the network, many at once.

    `requests` are its own addresses. `misfit` tells why a document from them is not what the source is for, or
    "". `wanted` are the pages that should be followed from what was read, most wanted first, of which `follow` at
    most are in one collect. The pipeline asks, reads and remembers; the source only decides.
    """

    complete: bool
    follow: int

    def requests(self) -> tuple[Request, ...]: ...

    def misfit(self, document: Document) -> str: ...

    def wanted(self, readings: Sequence[Reading]) -> tuple[Wanted, ...]: ...
