"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[^\W\d_a-z]|[\"'“‘«(\[¿¡\d])")


def sentence_spans(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Start and end (in characters) of every sentence, in order, without white space at either end."""
    cuts = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    spans = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start < end:
            spans.append((start, end))
    return tuple(spans)
