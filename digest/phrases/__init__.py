"""What pages say that is not their article: the phrases of furniture, of dates and of people, a file a language.

A phrase stands for a whole line. In it "…" stands for any words, "#" for a number, and "{date}" for a date or
nothing. Every language's phrases are tried on every page, since a page may carry another language's furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from digest.packaged import packaged_table

ONE, SOME, MANY, POINTER = (
    "label of another article", "label of related articles", "label of other articles", "link to another article",
)  # fmt: skip
"""The kinds of line that announce one headline ("More"), the headlines right below ("See also"), a list of teasers
("Most read"), and that name another article themselves ("Read more: …")."""

How = Literal["whole", "start", "part"]

_NUMBER = re.compile(r"\d+")
_TOKEN = re.compile(r"\w+(?:['.&+@-]\w+)*|[:|©/>#@*()=]")
_SIGNS = str.maketrans("’：／（）＝", "':/()=")
_WILD = "…"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a line was found to be, whether all of it, its start or a part of it told so, and by how many words."""

    kind: str
    how: How
    words: int


@dataclass(frozen=True, slots=True)
class Wild:
    """A phrase with gaps: `pieces` occur in this order, the first at the start and the last at the end unless empty."""

    kind: str
    pieces: tuple[str, ...]

    @property
    def words(self) -> int:
        return sum(len(piece.split()) if piece.strip() < "\u2fff" else len(piece) // 2 for piece in self.pieces)

    def matches(self, line: str) -> bool:
        first, *middle, last = self.pieces
        if not line.startswith(first) or not line.endswith(last) or len(line) < len(first) + len(last):
            return False
        at, end = len(first), len(line) - len(last)
        for piece in middle:
            # The space that ends one piece may begin the next.
            found = line.find(piece, max(0, at - 1), end)
            if found < 0:
                return False
            at = found + len(piece)
        return True


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every language's phrases, ready to be asked. Words are folded as `normal` folds them."""

    whole: dict[str, str]
    starts: dict[str, tuple[Wild, ...]]
    parts: tuple[tuple[str, Wild], ...]
    cards: tuple[tuple[str, str], ...]
    glued: tuple[str, ...]
    buttons: frozenset[str]
    agencies: frozenset[str]
    agency_nouns: frozenset[str]
    languages: frozenset[str]
    sections: frozenset[str]
    months: dict[str, int]
    date_words: frozenset[str]
    published: tuple[str, ...]
    update_words: frozenset[str]
    bylines: tuple[str, ...]
    joins: frozenset[str]
    particles: frozenset[str]
    roles: frozenset[str]
    bios: tuple[str, ...]
    careers: tuple[str, ...]
    contact: dict[str, tuple[str, ...]]
    contact_links: frozenset[str]

    def hit(self, line: str) -> Hit | None:
        """What kind of furniture or label a line is, None where no phrase says so."""
        line = normal(line)
        if kind := self.whole.get(line):
            return Hit(kind, "whole", len(line.split()))
        found = [wild for wild in self.starts.get(line[:3], ()) if wild.matches(line)]
        if found:
            longest = max(found, key=lambda wild: len(wild.pieces[0]))
            return Hit(longest.kind, "start", longest.words)
        for literal, wild in self.parts:
            if literal in line and wild.matches(line):
                return Hit(wild.kind, "part", wild.words)
        return None


def fold(words: str) -> str:
    """Clean text in the form in which words are compared: lower case, any number as 0, one kind of each sign."""
    return _NUMBER.sub("0", words.casefold()).translate(_SIGNS)


def normal(line: str) -> str:
    """The form in which phrases are compared: folded words and a few signs, each with a space on both sides."""
    return f" {' '.join(_TOKEN.findall(fold(line)))} "


def _pieces(phrase: str) -> tuple[str, ...]:
    """The literal pieces of a phrase with gaps, a space kept where a word must end."""
    phrase = phrase.replace("#", "0")
    pieces = []
    for number, piece in enumerate(parts := phrase.split(_WILD)):
        inner = normal(piece).strip()
        left = " " if inner and (number == 0 or piece[:1] == " ") else ""
        right = " " if inner and (number == len(parts) - 1 or piece[-1:] == " ") else ""
        pieces.append(left + inner + right)
    return tuple(pieces)


@cache
def _languages() -> tuple[dict[str, Any], ...]:
    names = sorted(file.name for file in resources.files(__name__).iterdir())
    return tuple(packaged_table(__name__, name) for name in names if name.endswith(".toml"))


def _every(table: str, key: str) -> list[str]:
    return [word for language in _languages() for word in language.get(table, {}).get(key, ())]


@cache
def paid_marks() -> frozenset[str]:
    """What publishers call what they were paid for, in the form of `normal`."""
    return frozenset(map(normal, _every("paid", "marks")))


@cache
def advertisement_labels() -> frozenset[str]:
    """The whole lines that stand over advertisements, in the form of `normal`."""
    return frozenset(normal(label) for label in _every("furniture", "advertisement") if _WILD not in label)


def _compile(kinds: Iterable[tuple[str, Iterable[str]]]) -> tuple[dict[str, str], list[Wild]]:
    whole: dict[str, str] = {}
    wild: list[Wild] = []
    for kind, phrases in kinds:
        for phrase in phrases:
            if _WILD in phrase:
                wild.append(Wild(kind, _pieces(phrase)))
            else:
                whole.setdefault(normal(phrase.replace("#", "0")), kind)
    return whole, wild


@cache
def phrases() -> Phrases:
    """The packaged phrases of every language."""
    languages = _languages()
    keys = {MANY: "many", ONE: "one", SOME: "some", POINTER: "pointer"}
    labels = [(kind, _every("teasers", key)) for kind, key in keys.items()]
    furniture = [item for language in languages for item in language["furniture"].items()]
    whole, wild = _compile([*labels, *furniture])
    starts: dict[str, list[Wild]] = {}
    parts: list[tuple[str, Wild]] = []
    for phrase in wild:
        if phrase.pieces[0]:
            starts.setdefault(phrase.pieces[0][:3], []).append(phrase)
        else:
            parts.append((max(phrase.pieces, key=len), phrase))
    months = {
        name: number % 12 + 1
        for language in languages
        for number, names in enumerate(language.get("dates", {}).get("months", ()))
        for name in fold(names).split("|")
    }
    weekdays = [name for names in _every("dates", "weekdays") for name in names.split("|")]
    updates = frozenset(map(fold, _every("dates", "updated")))
    return Phrases(
        whole=whole,
        starts={key: tuple(group) for key, group in starts.items()},
        parts=tuple(parts),
        cards=tuple(_card(phrase) for phrase in _every("teasers", "date")),
        glued=tuple(sorted(set(_every("glued", "labels")), key=len, reverse=True)),
        buttons=frozenset(map(fold, _every("buttons", "words"))),
        agencies=frozenset(map(fold, _every("credit", "agencies"))),
        agency_nouns=frozenset(map(fold, _every("credit", "nouns"))),
        languages=frozenset(map(fold, _every("furniture", "language switch"))),
        sections=frozenset(map(normal, _every("sections", "names"))),
        months=months,
        date_words=frozenset(map(fold, [*_every("dates", "words"), *weekdays])) | updates | frozenset(months),
        published=tuple(map(fold, _every("dates", "published"))),
        update_words=updates,
        bylines=tuple(sorted({fold(word) for word in _every("people", "by")}, key=len, reverse=True)),
        particles=frozenset(map(fold, _every("people", "particles"))),
        joins=frozenset(map(fold, _every("people", "joins"))),
        roles=frozenset(map(fold, _every("people", "roles"))),
        bios=tuple({_within(phrase) for phrase in _every("people", "bio")}),
        careers=tuple({_within(phrase) for phrase in _every("people", "career")}),
        contact={
            key: tuple({_open_ended(word) for word in _every("contact", key)})
            for key in ("faults", "calls", "near", "desks")
        },
        contact_links=frozenset(map(normal, _every("contact", "links"))),
    )


def _within(phrase: str) -> str:
    """A phrase that begins a word, or stands anywhere where words are not parted."""
    return fold(phrase) if phrase > "\u3000" else f" {fold(phrase)}"


def _open_ended(phrase: str) -> str:
    """A phrase whose last word may have an ending; one without spaces may stand within a word."""
    phrase = normal(phrase).rstrip()
    return phrase.strip() if phrase[1] > "\u2fff" else phrase


def _card(phrase: str) -> tuple[str, str]:
    """What stands before and after the date of a phrase such as "this content was published on {date}"."""
    before, _, after = phrase.partition("{date}")
    return fold(before), fold(after)
