"""How a document opens, for telling what it is before it is decoded."""

from __future__ import annotations

import re

from digest.model import Document

_LOOKED_AT = 65_536
_NAME = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")


def opening(document: Document) -> str:
    """The first 64 KiB, a character a byte, without byte order mark, zero bytes and leading white space.

    What is ASCII in the document stands in it as it is, in UTF-16 too.
    """
    return document.body[:_LOOKED_AT].replace(b"\0", b"").decode("latin-1").lstrip("ï»¿ÿþ \t\r\n")


def root_element(text: str) -> str:
    """The local name of the first element of a text, after XML's prolog; "" where something else comes first."""
    at = 0
    while text.startswith("<", at):
        if text.startswith("<?", at):
            end = text.find("?>", at) + 1
        elif text.startswith("<!--", at):
            end = text.find("-->", at) + 2
        elif text.startswith("<!", at):
            end = end_of_doctype(text, at)
        else:
            name = _NAME.match(text, at)
            return name.group(1) if name else ""
        if end <= at:
            return ""
        at = end + 1
        while text[at : at + 1].isspace():
            at += 1
    return ""


def end_of_doctype(text: str, start: int) -> int:
    """Where the document type declaration that begins at `start` ends, its entities in it; -1 if it does not."""
    subset, end = text.find("[", start), text.find(">", start)
    if 0 <= subset < end:
        closing = text.find("]", subset)
        end = text.find(">", closing) if closing >= 0 else -1
    return end
