"""Which format reads a document: by what it is called when the content agrees, else by the content alone."""

from __future__ import annotations

from collections.abc import Sequence

from digest.errors import FormatError
from digest.model import Document
from digest.ports import Format


def detect(document: Document, formats: Sequence[Format]) -> Format:
    """The format that reads a document, the first in the order given where several would.

    A format that recognises the document goes before one that only answers to its media type, since
    a media type is often made from a wrong file name. Raises FormatError for an empty document, and
    for one that no format knows.
    """
    if not document.body.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise FormatError(f"{document.name} is empty; nothing can be read from it")
    media_type = (document.media_type or "").partition(";")[0].strip().lower()
    recognising = [format_ for format_ in formats if format_.recognises(document)]
    answering = [format_ for format_ in formats if media_type in format_.media_types]
    for format_ in (*(one for one in recognising if one in answering), *recognising, *answering):
        return format_
    plain = next((format_ for format_ in formats if "text/plain" in format_.media_types), None)
    if plain is None:
        names = ", ".join(format_.name for format_ in formats)
        raise FormatError(f"{document.name} is in no format this program reads ({names})")
    return plain
