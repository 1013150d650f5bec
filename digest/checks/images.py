"""What pictures cost the reader: bytes, and being seen to open the email."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from digest.checks.elements import tree_of
from digest.checks.page import EMAIL
from digest.model import Finding, Issue, Rendition
from digest.urls import domain_of

EMBEDDED_BYTES = 10_000
"""Characters of a data: URL, which count towards what Gmail clips."""


def images(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """Warnings for embedded, unsized and invisible pictures; a notice for those that another site serves."""
    return tuple(
        finding
        for rendition in renditions
        if rendition.name == EMAIL and (tree := tree_of(rendition)) is not None
        for image in tree.iter("img")
        for finding in _image(issue, image)
    )


def _image(issue: Issue, image: Any) -> Iterator[Finding]:
    src = (image.get("src") or "").strip()
    if len(src) > EMBEDDED_BYTES and src.startswith("data:"):
        words = f"a picture of {len(src):,} characters is embedded, which counts towards what Gmail clips"
        yield Finding("images", "warning", EMAIL, words, "link to it, or leave it out")
    if {image.get("width"), image.get("height")} & {"0", "1"}:
        words = f"an invisible picture tells {urlsplit(src).hostname or 'its server'} who opens the email"
        yield Finding("images", "warning", EMAIL, words, "leave it out: readers have not agreed to be watched")
    elif not image.get("width"):
        words = f"the picture {src[:80]} has no width, and Outlook shows it as large as it is"
        yield Finding("images", "warning", EMAIL, words, 'write width="…" in pixels')
    own = {domain_of(place) for place in (issue.imprint.base_url, issue.imprint.sender) if place}
    if src.startswith(("http:", "https:")) and domain_of(src) not in own:
        words = f"a picture is loaded from {urlsplit(src).hostname}, which may change it, and sees who opens the email"
        yield Finding(
            "images", "notice", EMAIL, words, 'set images = "none" under [render], or serve it from your own site'
        )
