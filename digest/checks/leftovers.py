"""Pieces of a template that were printed instead of being filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.checks.page import is_html, is_text, own_words, page_of, seen_in, squeeze
from digest.model import Finding, Issue, Rendition

_PIECES = re.compile(r"\{\{[^{}]{0,80}\}\}|\{%.{0,80}?%\}|\{#.{0,80}?#\}|\{\{|\}\}|\{%|%\}|</?mj-[a-z]+|\bmj-[a-z]+")
_REMEDY = "mend the template at that place; `digest templates copy` gives the packaged ones to compare with"


def leftovers(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """An error for template syntax that a reader sees and that no article wrote."""
    own = squeeze(own_words(issue))
    return tuple(
        Finding("leftovers", "error", rendition.name, f"“{piece}” is printed and stands in no article", _REMEDY)
        for rendition in renditions
        if is_html(rendition) or is_text(rendition)
        for piece in dict.fromkeys(_left_in(rendition, own))
    )


def _left_in(rendition: Rendition, own: str) -> Iterator[str]:
    if is_html(rendition):
        page = page_of(rendition)
        yield from (f"<{tag}>" for tag in sorted(page.tags) if tag.startswith("mj-"))
        for _, url in page.links:
            yield from (piece for piece in _PIECES.findall(url) if squeeze(piece) not in own)
    for piece in _PIECES.findall(seen_in(rendition)):
        if squeeze(piece) not in own:
            yield piece
