"""HTML → blocks of clean text, for every format that carries HTML; and what clean text is."""

from __future__ import annotations

import re
import unicodedata

# Controls no text needs and XML forbids; zero-width joiners stay, since scripts and emoji need them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff\u200b\u2060\u00ad]")
_SPACES = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """One line of clean text: NFC, no control characters, runs of white space as one space."""
    text = _SPACES.sub(" ", text)
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text)).strip()


def fold(line: str) -> str:
    """The form in which two lines count as the same: clean, lower case, digits as 0."""
    return re.sub(r"\d+", "0", clean_text(line).casefold())
