"""Whether every link leads to a place that is safe to open from a mail program."""

from __future__ import annotations

from collections.abc import Sequence

from digest.checks.page import is_html, page_of
from digest.model import Finding, Issue, Rendition

_SAFE = ("http://", "https://", "mailto:", "#")


def links(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """An error for each link or image that is not http, https, mailto, or a place in the same page."""
    return tuple(
        Finding(
            "links",
            "error",
            rendition.name,
            f"a <{tag}> leads to “{url[:80]}”" if url.strip() else f"a <{tag}> leads nowhere",
            "mend the template, or the article whose URL that is",
        )
        for rendition in renditions
        if is_html(rendition)
        for tag, url in dict.fromkeys(page_of(rendition).links)
        if not url.strip().lower().startswith(_SAFE)
    )
