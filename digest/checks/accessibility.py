"""Whether a page can be heard as well as seen: words for pictures, languages, headings, tables, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from digest.checks.elements import tree_of
from digest.checks.page import is_html
from digest.model import Finding, Issue, Rendition

_RIGHT_TO_LEFT = re.compile(r"(ar|arc|ckb|dv|fa|he|ks|ps|sd|syr|ug|ur|yi)(-|$)")
_VAGUE = frozenset({
    "here", "click here", "click", "link", "this", "more", "read more", "hier", "hier klicken", "mehr", "weiterlesen",
    "ici", "cliquez ici", "lire la suite", "plus", "qui", "clicca qui", "leggi", "continua", "aquí", "haga clic aquí",
    "leer más", "más", "aqui", "clique aqui", "leia mais", "mais", "klik hier", "lees meer", "meer",
})  # fmt: skip


def _pages(renditions: Sequence[Rendition]) -> Iterator[tuple[str, Any]]:
    for rendition in renditions:
        if is_html(rendition) and (tree := tree_of(rendition)) is not None:
            yield rendition.name, tree


def alternatives(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A warning for each picture without alternative text; an empty one is a statement that there is nothing to say."""
    return tuple(
        Finding("alt", "warning", name, f"a picture has no alternative text: {(image.get('src') or '')[:80]}",
                'write alt="…", or alt="" for a mere ornament')
        for name, tree in _pages(renditions)
        for image in tree.iter("img")
        if image.get("alt") is None
    )  # fmt: skip


def language(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A warning for a page that does not say its language, or its direction where that is from right to left."""
    return tuple(finding for name, tree in _pages(renditions) for finding in _language(issue, name, tree))


def _language(issue: Issue, name: str, tree: Any) -> Iterator[Finding]:
    if not (tree.get("lang") or "").strip():
        yield Finding(
            "language", "warning", name, "the page does not say its language", 'write lang="{{ issue.language }}"'
        )
    if _RIGHT_TO_LEFT.match(issue.language) and tree.get("dir") != "rtl":
        words = f"the language {issue.language} runs from right to left and the page does not"
        yield Finding("language", "warning", name, words, 'write dir="{{ issue.dir }}" beside the language')


def headings(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A warning where the first heading is no <h1>, where there are two of them, or where a level is left out."""
    return tuple(finding for name, tree in _pages(renditions) for finding in _headings(name, tree))


def _headings(name: str, tree: Any) -> Iterator[Finding]:
    remedy = "use <h1> for the newsletter, <h2> for sections, <h3> for stories, without leaving a level out"
    last = 0
    for heading in tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6"):
        level, words = int(heading.tag[1]), " ".join(heading.text_content().split())[:60]
        if level > last + 1:
            before = f"an <h{last}>" if last else "nothing"
            yield Finding("headings", "warning", name, f"<h{level}> “{words}” comes after {before}", remedy)
        elif level == 1 and last:
            yield Finding("headings", "warning", name, f"a second <h1>: “{words}”", remedy)
        last = level


def tables(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A warning for tables that lay out a page and do not say so; a screen reader would read their rows and columns."""
    found = []
    for name, tree in _pages(renditions):
        silent = [
            table
            for table in tree.iter("table")
            if table.get("role") not in ("presentation", "none") and not table.xpath(".//th | .//caption")
        ]
        if silent:
            words = f"{len(silent)} of its tables have neither headings nor a role"
            found.append(Finding("tables", "warning", name, words, 'write role="presentation" into tables for layout'))
    return tuple(found)


def link_text(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """An error for a link without words, a warning for words that say nothing of where it leads."""
    return tuple(finding for name, tree in _pages(renditions) for finding in _links(name, tree))


def _links(name: str, tree: Any) -> Iterator[Finding]:
    told = set()
    for link in tree.xpath("//a[@href]"):
        pictures = " ".join(image.get("alt") or "" for image in link.iter("img"))
        words = " ".join(f"{link.text_content()} {pictures} {link.get('aria-label') or ''}".split())
        href = link.get("href")[:80]
        if not words:
            yield Finding("link-text", "error", name, f"the link to {href} has no words", "write where it leads")
        elif words.casefold().strip(" .…»›>→") in _VAGUE and words not in told:
            told.add(words)
            yield Finding(
                "link-text", "warning", name, f"“{words}” does not say where it leads", "name the place or publisher"
            )
