"""Whether every link leads to a place that is safe to open, that is there, and that is the story's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from digest.checks.page import is_html, page_of
from digest.model import Finding, Issue, Rendition

_REFUSES_PROGRAMS = re.compile(r"\b(401|402|403|405|406|429|451)\b")
"""What a server answers to a program where a reader may well get the page."""
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


def same_links(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A warning for each page that two stories lead to."""
    leading = defaultdict(list)
    for story in issue.stories:
        if story.lead.url:
            leading[story.lead.url].append(story.headline)
    return tuple(
        Finding(
            "same-links",
            "warning",
            headlines[0],
            f"{len(headlines)} stories lead to {url[:80]}: also “{headlines[1]}”",
            "look whether they tell the same; drop one by an edit",
        )
        for url, headlines in leading.items()
        if len(headlines) > 1
    )


def web_links(renditions: Sequence[Rendition]) -> tuple[str, ...]:
    """Every web address that the HTML editions lead to, once, without its fragment."""
    return tuple(dict.fromkeys(url for rendition in renditions if is_html(rendition) for url in _addresses(rendition)))


def _addresses(rendition: Rendition) -> Iterator[str]:
    for tag, url in page_of(rendition).links:
        if tag in ("a", "img") and url.startswith(("http://", "https://")):
            yield url.partition("#")[0]


def dead_links(renditions: Sequence[Rendition], faults: Mapping[str, str]) -> Sequence[Finding]:
    """A warning for each address that is not there; `faults` holds what was answered, by address."""
    return tuple(
        Finding(
            "dead-links", "warning", url[:120], faults[url], "look whether the article has moved; drop it by an edit"
        )
        for url in web_links(renditions)
        if url in faults and not _REFUSES_PROGRAMS.search(faults[url])
    )
