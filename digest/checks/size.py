"""Whether mail programs will show the whole email, and whether anybody would read it."""

from __future__ import annotations

from collections.abc import Sequence

from digest.checks.page import EMAIL, page_of
from digest.model import Finding, Issue, Rendition

HTML_BYTES = 100_000
"""Gmail hides what comes after about 102,000 bytes behind a link, the footer first of all."""
STYLE_BYTES = 16 * 1024
"""Gmail ignores a longer style sheet."""

MOST_STORIES = 50
"""What the email has room for; a person reads a few of them and skims the rest."""


def length(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A warning for an issue of more stories than anybody reads, as from a long feed on the first morning."""
    if len(issue.stories) <= MOST_STORIES:
        return ()
    remedy = "set max_stories under [newsletter], such as max_stories = 30, or for a [[section]]: the best ranked stay"
    words = f"{len(issue.stories)} stories; nobody reads more than {MOST_STORIES}, and the email does not hold them"
    return (Finding("length", "warning", "the whole issue", words, remedy),)


def html_size(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A warning for an email that Gmail would clip."""
    return tuple(
        Finding(
            "html-size",
            "warning",
            rendition.name,
            f"{len(rendition.body):,} bytes of HTML; Gmail hides what is over about 102,000",
            f"set max_stories under [newsletter] below {len(issue.stories)}, or shorten the summaries",
        )
        for rendition in renditions
        if rendition.name == EMAIL and len(rendition.body) > HTML_BYTES
    )


def style_size(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A warning for each style sheet that Gmail would ignore."""
    return tuple(
        Finding(
            "style-size",
            "warning",
            rendition.name,
            f"a <style> of {len(style.encode()):,} bytes; Gmail ignores those over {STYLE_BYTES:,}",
            "move rules that need no @media into base.css, whose rules are written into the elements",
        )
        for rendition in renditions
        if rendition.name == EMAIL
        for style in page_of(rendition).styles
        if len(style.encode()) > STYLE_BYTES
    )
