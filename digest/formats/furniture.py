"""Which lines of an article's own text are furniture by what they say: asked of a few lines, not of a whole page."""

from __future__ import annotations

from digest.phrases import phrases

_SHORT, _LONGEST = 70, 160
"""Characters up to which any phrase of furniture, and one that is a whole sentence, tells that a line is some."""
_SENTENCES = frozenset((
    "advertisement", "caption", "comments", "cookie notice", "copyright", "discussion", "editing credit",
    "embedded content", "follow button", "link to another article", "newsletter box", "paywall", "photo credit",
    "support appeal",
))  # fmt: skip
_CALLS = frozenset(("newsletter box", "paywall", "follow button", "share bar", "support appeal", "comments"))
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？")
_QUOTES = ("“", '"', "«", "„", "»", "‘", "'", "「", "‚", "›", "‹", "『")


def is_furniture(text: str) -> bool:
    """Whether the phrases of furniture say that a line is some. A line that opens with a quotation mark is speech."""
    if len(text) > _LONGEST or text.startswith(_QUOTES):
        return False
    hit = phrases().hit(text.strip("()[] "))
    if hit is None:
        return False
    if hit.kind in _SENTENCES:  # a number is a wild card of the phrases, but begins many a sentence
        return hit.how == "whole" or not text[0].isdigit()
    return len(text) <= _SHORT and not text.endswith(_SENTENCE_ENDS)


def is_call(words: str) -> bool:
    """Whether the words of a link call on the reader: to subscribe, to unsubscribe, to share, to give."""
    hit = phrases().hit(words)
    return hit is not None and hit.how == "whole" and hit.kind in _CALLS
