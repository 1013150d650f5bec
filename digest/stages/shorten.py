"""Cutting a line short at the end of a word."""

from __future__ import annotations

from digest.language.headline import CLOSING, up_to_word


def shorten(text: str, limit: int) -> str:
    """The text in at most `limit` characters: whole, or up to a word's end with an ellipsis."""
    if len(text) <= limit:
        return text
    return up_to_word(text, limit - 1).rstrip(CLOSING) + "…"
