"""The readability rules by their names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "dangling": "opens with a word that points back, or speaks of somebody it does not name",
        "speaker": "is a quotation, or reported speech, without its speaker",
        "quotation": "holds only part of a quotation",
        "brackets": "opens or closes a bracket that it does not close or open",
        "unfinished": "has no end",
        "fragment": "is too short to say anything",
        "overlong": "is longer than a reader of an email takes in",
        "dateline": "is a place, a date or an agency, not a sentence",
        "byline": "names the author",
        "caption": "belongs to a picture",
        "credit": "credits somebody",
        "notice": "is the publisher's note about the article",
        "call": "asks the reader to do something",
        "label": "opens with a label, as a caption, a teaser or an interview's answer does",
        "item": "is an item of a list",
        "run-on": "holds two texts that ran together",
        "address": "holds a web or mail address",
        "handle": "holds an account's handle",
        "repetition": "says again what the headline or the standfirst says, or is said again at once",
        "standfirst": "is the standfirst, written to stand over the article, whose first sentences say it too",
    }
)
"""Every readability rule by its name, and what is wrong with a sentence that breaks it."""
