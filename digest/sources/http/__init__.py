"""Asking the web: the only place in the program from which articles are fetched over the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit, urlunsplit

from digest import __version__

if TYPE_CHECKING:
    from digest.sources.http.client import Client

__all__ = ["Answer", "Limits", "Request", "open_client", "without_password"]

Kind = Literal["feed", "page"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much, how long and how often one collect asks.

    `deadline` and `connect` are seconds, for a whole exchange and for one connection. `largest` is bytes, as they
    come and unpacked. `per_host` and `at_once` count exchanges at a time. `backoff` are the seconds waited before each
    further try; a server that wants more than `longest_wait` of them is asked again by a later collect.
    """

    user_agent: str = f"digest/{__version__} (newsletter generator)"
    deadline: float = 30.0
    connect: float = 10.0
    largest: int = 10 * 1024 * 1024
    redirects: int = 5
    per_host: int = 2
    at_once: int = 50
    backoff: tuple[float, ...] = (1.0, 4.0)
    longest_wait: float = 30.0


@dataclass(frozen=True, slots=True)
class Request:
    """One address to ask.

    Pages are asked only where robots.txt lets programs read them; a feed is there for programs. `etag` and
    `last_modified` are what the server said with the copy that is kept, or "". `allow_hosts` are the host names that
    may stand on a private network.
    """

    url: str
    kind: Kind = "feed"
    etag: str = ""
    last_modified: str = ""
    allow_hosts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: a body, or word that the kept copy still holds (`unchanged`), or an `error` and what to
    do about it (`remedy`), which are a `fault` together.

    `url` is where the body came from in the end, and `moved` the same where every redirect on the way
    there was permanent, else "". `media_type` and `charset` are the server's claims. `lasting` tells that
    asking again would give the same error; `not_before` is until when the server wants to be left alone.
    """

    request: Request
    url: str
    body: bytes = b""
    media_type: str | None = None
    charset: str | None = None
    etag: str = ""
    last_modified: str = ""
    moved: str = ""
    unchanged: bool = False
    error: str = ""
    remedy: str = ""
    lasting: bool = False
    not_before: datetime | None = None

    @property
    def fault(self) -> str:
        return f"{self.error}; {self.remedy}" if self.error and self.remedy else self.error


def open_client(now: datetime, limits: Limits | None = None) -> Client:
    """A client for one collect at `now`; use it as a context manager. Loads the network libraries."""
    from digest.sources.http.client import Client

    return Client(now, limits or Limits())


def without_password(url: str) -> str:
    """The URL as it may be shown and kept: without the user name and password that may stand before its host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
