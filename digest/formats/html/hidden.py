"""The rest of an article that a page shows at a click: "Read more" uncovers what stands in it already."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from digest.formats.html.names import furniture_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARAGRAPHS, _PROSE_CHARACTERS = 2, 70
"""Paragraphs that what is hidden holds at least, and their characters."""
_LOOKED_AT = 100
"""Elements of what is hidden, so that boxes in boxes cost no more."""
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)[^;]*;?", re.IGNORECASE)


def uncover(root: _Element) -> bool:
    """Show what is hidden right behind a paragraph and holds paragraphs itself; whether there was any.

    Boxes that are hidden until something calls for them (a consent form, a letter to subscribe to) stand elsewhere, or
    are named for what they are.
    """
    found = False
    for element in root.iter("div", "section", "span", "p"):
        style = element.get("style") or ""
        if not ("hidden" in element.attrib or _HIDING.search(style)):
            continue
        before = element.getprevious()
        if before is None or before.tag != "p" or not _is_prose(before) or furniture_name(element):
            continue
        paragraphs = (inner for inner in islice(element.iter(), _LOOKED_AT) if inner.tag == "p")
        if sum(map(_is_prose, paragraphs)) >= _PARAGRAPHS:
            element.attrib.pop("hidden", None)
            element.set("style", _HIDING.sub("", style))
            found = True
    return found


def _is_prose(paragraph: _Element) -> bool:
    text = "".join(islice(paragraph.itertext(), 100))
    linked = sum(len("".join(islice(link.itertext(), 20))) for link in paragraph.iter("a"))
    return len(text) >= _PROSE_CHARACTERS and linked < len(text) / 2
