"""RSS, RDF and Atom. What reads them is loaded with the first of them."""

from __future__ import annotations

import re

from digest.formats.opening import opening, root_element
from digest.model import Document, Hints, Reading
from digest.ports import Format

_ATOM = re.compile(r"w3\.org/2005/Atom|purl\.org/atom|<(?:[\w-]+:)?(?:entry|title)[\s>]")


def recognises(document: Document) -> bool:
    """Whether a document's first element is that of a feed, whatever the document is called."""
    start = opening(document)
    root = root_element(start)
    return root.lower() in ("rss", "rdf", "channel") or (root == "feed" and _ATOM.search(start) is not None)


def read(document: Document, hints: Hints) -> Reading:
    """The articles of a feed, full or brief as the feed has them; raises FormatError where there is no feed."""
    from digest.formats.feed.reading import read

    return read(document, hints)


FORMAT = Format(
    "feed",
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    recognises,
    read,
)
