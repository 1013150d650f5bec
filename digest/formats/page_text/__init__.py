"""The visible text of a news page, one line a block, pasted or saved as plain text."""

from __future__ import annotations

from digest.contacts import find_contacts
from digest.errors import FormatError
from digest.identity import identify
from digest.markup import clean_text, fold
from digest.model import Article, Block, Document, Hints, Reading
from digest.ports import Format


def fold_lines(text: str) -> frozenset[str]:
    """The folded lines of one page, to be counted over the pages of its source."""
    return frozenset(folded for line in text.splitlines() if (folded := fold(line)))


def read(document: Document, hints: Hints) -> Reading:
    """The articles, teasers and contact of one page; raises FormatError for an empty one."""
    lines = [line for raw in document.body.decode("utf-8", "replace").splitlines() if (line := clean_text(raw))]
    if not lines:
        raise FormatError(f"{document.name}: the page is empty")
    contacts = find_contacts(lines, hints.publisher)
    article = Article(
        id="",
        revision="",
        source=hints.source,
        headline=lines[0],
        publisher=hints.publisher,
        blocks=tuple(Block("paragraph", line) for line in lines[1:]),
        contact=contacts[0] if contacts else hints.contact,
    )
    return Reading(articles=(identify(article),))


FORMAT = Format("page-text", ("text/plain",), lambda document: document.media_type == "text/plain", read)
