"""robots.txt: which pages of a host a program may read (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from protego import Protego

_READ = 512_000
"""Bytes of a robots.txt that are read; the RFC asks for 500 KiB at least."""


@dataclass(frozen=True, slots=True)
class Robots:
    """What one host lets programs read: by its rules, or everything, or, while its rules cannot be had, nothing."""

    rules: Protego | None = None
    unavailable_because: str = ""

    @classmethod
    def of(cls, body: bytes) -> Self:
        """The rules in a robots.txt."""
        from protego import Protego

        return cls(Protego.parse(body[:_READ].decode("utf-8-sig", "replace")))

    @classmethod
    def unavailable(cls, error: str, *, lasting: bool) -> Self:
        """What holds without a robots.txt: a host that has none lets everything be read, one that is ill nothing."""
        return cls() if lasting else cls(unavailable_because=error)

    def refusal(self, url: str, user_agent: str) -> str:
        """Why a page may not be read, in words; "" where it may."""
        if self.unavailable_because:
            return f"its robots.txt, which says whether it may be read, cannot be had: {self.unavailable_because}"
        if self.rules is None or self.rules.can_fetch(url, user_agent):
            return ""
        return "its robots.txt does not let programs read it"
