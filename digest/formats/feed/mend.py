"""The text of a feed without what breaks an XML parser, or blows it up."""

from __future__ import annotations

import re
from html import escape, unescape

from digest.formats.opening import end_of_doctype

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,12})|([0-9]{1,12}));")
_IN_PROLOG = re.compile(r"<!--|<!DOCTYPE|<[^!?]", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);)(?:[A-Za-z][A-Za-z0-9]{1,31};)?")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")


def mended(text: str) -> str:
    """The text without entity declarations, control characters and numbers that are no character's.

    An HTML entity becomes its character; any other ampersand, of an entity declared or not, stands for itself.
    """
    text = _CONTROLS.sub("", text.lstrip("\ufeff \t\r\n"))
    text = _without_doctype(_XML_DECLARATION.sub("", text, count=1))
    text = _REFERENCE.sub(_possible, text)
    head, *rest = text.split("<![CDATA[")
    pieces = [_AMPERSAND.sub(_as_xml, head)]
    for piece in rest:  # within CDATA an ampersand is itself
        data, close, markup = piece.partition("]]>")
        pieces += ("<![CDATA[", data, close, _AMPERSAND.sub(_as_xml, markup))
    return "".join(pieces)


def _without_doctype(text: str) -> str:
    """What looks like a document type declaration in a comment, or in the feed's own texts, is none."""
    piece = _IN_PROLOG.search(text)
    while piece and piece.group() == "<!--":
        end = text.find("-->", piece.end())
        piece = _IN_PROLOG.search(text, end) if end >= 0 else None
    if piece is None or piece.group()[:2] != "<!":
        return text
    end = end_of_doctype(text, piece.start())
    return text[: piece.start()] + text[end + 1 :] if end >= 0 else text


def _as_xml(reference: re.Match[str]) -> str:
    character = unescape(reference.group())
    return "&amp;" + reference.group()[1:] if character == reference.group() else escape(character)


def _possible(reference: re.Match[str]) -> str:
    number = int(reference.group(1), 16) if reference.group(1) else int(reference.group(2))
    is_character = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    return reference.group() if is_character or 0x10000 <= number <= 0x10FFFF else "\ufffd"
