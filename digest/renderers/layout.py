"""Lays plain text out in columns, by the width at which a terminal or mail program shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

WIDTH = 72
_URL = re.compile(r"\W*(https?://|mailto:)", re.IGNORECASE)
_OPENING = ("«", "‹")
_SET_OFF = re.compile(r"[»›!?:;%€](?:\W*)")
_JOINER = "\u200d"
# Not at the start of a line: closing marks and the small kana, as every East Asian typesetter has it.
_CLINGING = frozenset("、。，．！？：；）」』】〉》〕］｝”’…ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ")


def display_width(text: str) -> int:
    """How many columns the text takes: wide characters two, combining and invisible ones none."""
    return sum(map(_columns, text))


def wrap(text: str, indent: str = "", width: int = WIDTH, first: str | None = None) -> str:
    """The text in lines of at most `width` columns, each after `indent` (the first after `first`, if given).

    Breaks at spaces and between East Asian characters; a word wider than a line is cut, a URL never.
    """
    lines: list[str] = []
    line, used = "", 0
    room = width - display_width(indent)
    for piece, columns, spaced in _pieces(text, room):
        gap = 1 if spaced and line else 0
        if line and used + gap + columns > room:
            lines.append(line)
            line, used, gap = "", 0, 0
        line += " " * gap + piece
        used += gap + columns
    lines.append(line)
    heads = [indent if first is None else first, *[indent] * (len(lines) - 1)]
    return "\n".join((head + line).rstrip() for head, line in zip(heads, lines, strict=True))


def underline(text: str, mark: str = "-") -> str:
    """The text with a line of marks under it, as wide as its widest line."""
    return f"{text}\n{mark * min(WIDTH, max(map(display_width, text.splitlines()), default=0))}"


def _words(text: str) -> Iterator[str]:
    """The words, with the marks that French sets off by spaces: a line begins with none of them, nor ends with "«"."""
    kept = ""
    for word in text.split():
        if kept and not (kept.endswith(_OPENING) or _SET_OFF.fullmatch(word)):
            yield kept
            kept = ""
        kept = f"{kept} {word}" if kept else word
    if kept:
        yield kept


def _pieces(text: str, room: int) -> Iterator[tuple[str, int, bool]]:
    """What a line may be broken between: piece, columns, and whether a space stands before it."""
    for word in _words(text):
        columns = display_width(word)
        if _URL.match(word) or (columns <= room and columns == len(word)):
            yield word, columns, True
            continue
        spaced = True
        for part in _breakable(word, room):
            yield part, display_width(part), spaced
            spaced = False


def _breakable(word: str, room: int) -> Iterator[str]:
    """A word's parts: each wide character by itself with what clings to it, the rest cut where it fills a line."""
    part, used = "", 0
    for cluster in _clusters(word):
        columns = display_width(cluster)
        wide = unicodedata.east_asian_width(cluster[0]) in "WF"
        clings = cluster[0] in _CLINGING
        before_wide = bool(part) and unicodedata.east_asian_width(part[-1]) in "WF"
        if part and (((wide or before_wide) and not clings) or used + columns > room):
            yield part
            part, used = "", 0
        part += cluster
        used += columns
    if part:
        yield part


def _clusters(word: str) -> Iterator[str]:
    """Characters with the marks, joiners and modifiers that belong to them."""
    cluster = ""
    for character in word:
        if cluster and not (_columns(character) == 0 or cluster.endswith(_JOINER) or _modifies(character)):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _columns(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _modifies(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"
