"""When two texts are the same to a reader though not letter for letter: quotes, dashes, spaces."""

from __future__ import annotations

from digest.markup import clean_text

_DOUBLE, _SINGLE, _DASHES = "“”„‟«»″〝〞＂", "’‘‚‛‹›′`´ʼ", "–—―‒‐‑−"
_MARKS = {
    **dict.fromkeys(map(ord, _DOUBLE), '"'),
    **dict.fromkeys(map(ord, _SINGLE), "'"),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    ord("…"): "...",
    0xAD: None,
}


def plain_marks(text: str) -> str:
    """The text in one kind of quotes, dashes and spaces; quotes lose the spaces within, as French sets them."""
    plain = clean_text(text).translate(_MARKS)
    return " ".join(plain.replace('" ', '"').replace(' "', '"').replace("''", '"').split())
