"""Which format reads a document: by what it is called when the content agrees, else by the content alone."""

from __future__ import annotations

from collections.abc import Sequence

from digest.errors import FormatError
from digest.model import Document
from digest.ports import Format

_SAY_NOTHING = ("", "text/plain", "application/octet-stream")
"""Media types that any document may be given."""


def detect(document: Document, formats: Sequence[Format]) -> Format:
    """The format that reads a document, the first in the order given where several would.

    A format that recognises the document goes before one that only answers to its media type, since
    a media type is often made from a wrong file name. Raises FormatError for an empty document, and
    for one that no format knows.
    """
    if not document.body.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise FormatError(f"{document.name} is empty; nothing can be read from it")
    media_type = (document.media_type or "").partition(";")[0].strip().lower()
    recognising = [candidate for candidate in formats if candidate.recognises(document)]
    answering = [candidate for candidate in formats if media_type in candidate.media_types]
    agreeing = [candidate for candidate in recognising if candidate in answering and media_type not in _SAY_NOTHING]
    plain = [candidate for candidate in formats if "text/plain" in candidate.media_types]
    for candidate in (*agreeing, *recognising, *answering, *plain):
        return candidate
    names = ", ".join(candidate.name for candidate in formats)
    raise FormatError(f"{document.name} is in no format this program reads ({names}); save it as one of them")
