"""HTML → blocks of clean text, for every format that carries HTML; and what clean text is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from digest.model import Block, BlockKind, Link

if TYPE_CHECKING:
    from lxml.etree import _Element

# What XML forbids or no text needs: controls, noncharacters, surrogates, interlinear and soft-hyphen marks, and the
# bidirectional embeddings, overrides and isolates, which reorder what stands after a text that does not close them.
# The marks that order only their neighbours stay (U+200E, U+200F, U+061C), and the joiners that scripts and emoji need.
_NONCHARACTERS = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\xad\u200b\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ud800-\udfff"
    + _NONCHARACTERS
    + "]"
)
# A windows-1252 quotation mark that was read as latin-1 arrives as a control character.
_MISREAD = {code: bytes([code]).decode("windows-1252", "ignore") for code in range(0x80, 0xA0)}
_SPACES = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
_MOST_MARKS = 8
"""Combining marks kept on one letter: no script stacks more, and ordering a long run takes quadratic time."""
_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}}")


def clean_text(text: str) -> str:
    """One line of clean text: NFC, no control characters, runs of white space as one space.

    Idempotent: clean text is clean.
    """
    if text.isascii():
        spaced = " ".join(text.split())
        if spaced.isprintable():  # as most lines are: there was nothing to mend but space
            return spaced
    text = _MARKS.sub(_fewer_marks, _UNWANTED.sub("", text.translate(_MISREAD)))
    text = _MARKS.sub(_fewer_marks, unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", text).strip()


def fold(line: str) -> str:
    """The form in which two lines count as the same: clean, lower case, digits as 0."""
    return _DIGITS.sub("0", clean_text(line).casefold())


def _fewer_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in run.group():
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


_SUBHEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _SUBHEADS | {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "li", "main", "menu", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
_CELLS = frozenset(("td", "th"))
_BOLD = frozenset(("b", "strong"))
# Struck-out words are no longer the publisher's; ruby glosses repeat the words they stand over.
_LEFT_OUT = frozenset((
    "applet", "area", "audio", "button", "canvas", "del", "embed", "figcaption", "frame", "frameset", "head", "iframe",
    "input", "map", "math", "nav", "noframes", "noscript", "object", "optgroup", "option", "progress", "rp", "rt", "s",
    "script", "select", "strike", "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DEEP = re.compile(r"<(?!/?(?:p|br|h[1-6]|li|a|script|style)\b)[^<>]*>", re.IGNORECASE)
_LONGEST_BOLD_SUBHEAD = 100
_ENDS_A_SENTENCE = (".", "!", "?", ":", ";", ",", "…", "”", '"', "»", "。", "؟")


def parse_html(html: str) -> _Element | None:
    """The root of the tree that markup of any quality makes; None where there is nothing in it.

    Markup nested deeper than 2,048 elements, at which the parser gives up, is read with only its
    paragraphs, headings, lists and links, so that its words are not lost.
    """
    root, complete = _parse(html)
    return root if complete else _parse(_DEEP.sub("\n", html))[0]


def _parse(html: str) -> tuple[_Element | None, bool]:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(html.replace("\x00", "").encode("utf-8", "replace"), parser)
    return root, all(entry.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


@dataclass(frozen=True, slots=True)
class Passage:
    """A block, the innermost block-level element its text stands in, and how many of its characters are linked."""

    block: Block
    element: _Element
    linked: int


def blocks_of(html: str) -> tuple[Block, ...]:
    """The paragraphs and subheads of a piece of HTML, in order, as clean text.

    List items and table rows are paragraphs; a short line all in bold is a subhead. What a browser
    does not show as text (scripts, hidden elements, form controls), captions and navigation are left
    out. Takes any markup, in linear time.
    """
    if "<" not in html:  # as most teasers of feeds are: nothing there needs a parser
        text = clean_text(unescape(html))
        return (Block("paragraph", text),) if any(map(str.isalnum, text)) else ()
    root = parse_html(html)
    return () if root is None else tuple(passage.block for passage in passages_of(root))


def passages_of(root: _Element) -> Iterator[Passage]:
    """The blocks of a tree, each with the place it stands in; see `blocks_of`."""
    from lxml import etree

    writer = _Writer(root)
    walk = etree.iterwalk(root, events=("start", "end"))
    is_left_out = False
    for event, element in walk:
        if event == "start":
            if element.tag in _LEFT_OUT or _is_hidden(element):
                is_left_out = True
                walk.skip_subtree()  # what comes next is the end of this element
            else:
                yield from writer.open(element)
                writer.write(element.text)
        else:
            if is_left_out:
                is_left_out = False
            else:
                yield from writer.close(element)
            if element is not root:
                writer.write(element.tail)
    yield from writer.flush()


def text_of(html: str) -> str:
    """A title as clean text, whether it came plain, with tags, escaped, or escaped twice.

    Only the tags a title may be marked up with are taken out: "How <script> works" keeps its words
    (and is, like every text, escaped where it is printed). A title is cut at 5,000 characters.
    """
    text = html[:_LONGEST_TITLE]
    for _ in range(_MOST_ESCAPES):
        text = _TAG.sub(_instead_of_tag, text)
        if not _REFERENCE.search(text):
            break
        text = _REFERENCE.sub(lambda reference: unescape(reference.group()), text)
    return clean_text(text)


def links_of(html: str, base: str | None = None) -> tuple[Link, ...]:
    """The web and mail links of a page in order, absolute, each with its words or else its title."""
    root = parse_html(html)
    return () if root is None else links_in(root, base)


def links_in(root: _Element, base: str | None = None) -> tuple[Link, ...]:
    """The links of a tree; see `links_of`."""
    stated = next((element.get("href") for element in root.iter("base") if element.get("href")), "")
    base = _join(base or "", stated)
    found = []
    for element in root.iter("a"):
        href = element.get("href")
        url = _join(base, href) if href else ""
        if url.startswith(("http://", "https://", "mailto:")):
            words = clean_text(" ".join(element.itertext()))
            found.append(Link(url, words or clean_text(element.get("title") or element.get("aria-label") or "")))
    return tuple(found)


_LONGEST_TITLE = 5000
_MOST_ESCAPES = 3
_TAG = re.compile(
    r"</?(a|abbr|b|big|br|cite|code|dfn|div|em|font|h[1-6]|i|img|ins|kbd|li|mark|ol|p|q|small|span|strong|sub|sup|time|"
    r"tt|u|ul|var|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def _instead_of_tag(tag: re.Match[str]) -> str:
    name = tag.group(1).lower()
    return " " if name in _BLOCKS or name in ("br", "img") else ""


def _join(base: str, url: str) -> str:
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return ""


def _is_hidden(element: _Element) -> bool:
    if element.tag in ("html", "body"):  # hidden until a script shows them
        return False
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


class _Writer:
    """Gathers the text between two block boundaries and makes a passage of it."""

    def __init__(self, root: _Element) -> None:
        self._places = [root]
        self._pieces: list[str] = []
        self._bold = 0
        self._links = 0
        self._linked = 0
        self._plain = False
        self._new_cell = False
        self._break = False

    def open(self, element: _Element) -> Iterator[Passage]:
        tag = element.tag
        if tag in _BLOCKS:
            if self._pieces:
                yield from self.flush()
            self._places.append(element)
        elif tag in _CELLS:
            self._new_cell = bool(self._pieces)
        elif tag in _BOLD:
            self._bold += 1
        elif tag == "a":
            self._links += 1
        elif tag == "q":
            self.write("“")
        elif tag == "br":
            if self._break:
                yield from self.flush()
            self._pieces.append(" ")
            self._break = True

    def close(self, element: _Element) -> Iterator[Passage]:
        tag = element.tag
        if tag in _BLOCKS:
            if self._pieces:
                yield from self.flush()
            self._places.pop()
        elif tag in _BOLD:
            self._bold -= 1
        elif tag == "a":
            self._links -= 1
        elif tag == "q":
            self.write("”")

    def write(self, text: str | None) -> None:
        if not text:
            return
        if not text.isspace():
            if self._new_cell:
                self._pieces.append(" · ")
                self._new_cell = False
            self._break = False
            self._plain = self._plain or not self._bold
            self._linked += len(text) if self._links else 0
        self._pieces.append(text)

    def flush(self) -> Iterator[Passage]:
        raw = "".join(self._pieces)
        text = "" if raw.isspace() else clean_text(raw)
        if any(map(str.isalnum, text)):
            element = self._places[-1]
            yield Passage(Block(self._kind(text), text), element, min(self._linked, len(text)))
        self._pieces.clear()
        self._linked = 0
        self._plain = self._new_cell = self._break = False

    def _kind(self, text: str) -> BlockKind:
        if any(place.tag in _SUBHEADS for place in self._places[-2:]):  # an h2, or the one block in it
            return "subhead"
        bold = not self._plain and len(text) <= _LONGEST_BOLD_SUBHEAD and not text.endswith(_ENDS_A_SENTENCE)
        return "subhead" if bold else "paragraph"
