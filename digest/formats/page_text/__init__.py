"""The visible text of a news page, one line a block, pasted or saved as plain text.

What reads it is loaded with the first of them.
"""

from __future__ import annotations

from digest.model import Document, Hints, Reading
from digest.ports import Format


def read(document: Document, hints: Hints) -> Reading:
    """The article, the teasers and the contact of one page; raises FormatError for one that holds no text."""
    from digest.formats.page_text.reading import read

    return read(document, hints)


FORMAT = Format("page-text", ("text/plain",), lambda document: document.media_type == "text/plain", read)
