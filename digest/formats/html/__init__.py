"""HTML pages. What reads them is loaded with the first of them: a morning of other documents needs none of it."""

from __future__ import annotations

import re

from digest.formats.opening import opening, root_element
from digest.model import Document, Hints, Reading
from digest.ports import Format

_ROOTS = ("html", "head", "body")
_ELEMENTS = re.compile(r"</(?:p|div|h[1-6]|li|a|article|section|table)\s*>", re.IGNORECASE)
_ELEMENTS_OF_A_PIECE, _ELEMENTS_OF_A_PAGE = 2, 20


def recognises(document: Document) -> bool:
    """Whether a document is surely HTML: it says so at its start, or is full of a page's elements."""
    start = opening(document)
    if root_element(start).lower() in _ROOTS:
        return True
    is_markup = document.media_type != "text/markdown"  # which may hold as much HTML as it likes
    return is_markup and len(_ELEMENTS.findall(start)) >= (
        _ELEMENTS_OF_A_PIECE if start.startswith("<") else _ELEMENTS_OF_A_PAGE
    )


def read(document: Document, hints: Hints) -> Reading:
    """The article of a page, or the teasers of a section front; raises FormatError for an empty page."""
    from digest.formats.html.reading import read

    return read(document, hints)


FORMAT = Format("html", ("text/html", "application/xhtml+xml"), recognises, read)
