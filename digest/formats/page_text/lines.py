"""A page's text → its lines: clean, rid of glued link labels, each with its shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import groupby

from digest.formats.page_text.dates import leading_date
from digest.markup import clean_text
from digest.phrases import MANY, ONE, SOME, normal, phrases

LONGEST_LINE = 20_000
"""Characters; no paragraph is longer, and what is would be the work of seconds."""
TOO_LONG = "line too long"
CARD = "date of another article"
"""The kind of a line such as "This content was published on 3 May 2024", which teasers and articles carry."""
CLOSER = "link to the whole article"
"""The kind of a label that closes a standfirst on its own line ("The lake froze over. Read more")."""

_SUBJECT = 80
_WIDE = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[^\W{_WIDE}]+(?:['’.-][^\W{_WIDE}]+)*")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_SYLLABLE = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_MARKS = r"[.!?…؟۔।]"
_WIDE_MARKS = "[。！？]"
_END = re.compile(rf"{_MARKS}[\s\"'”’“»›)\]]*$|{_WIDE_MARKS}[」』”’）)\]\s]*$")
_ENDS = re.compile(rf"{_MARKS}[\"'”’“»›)\]]*(?=\s|$)|{_WIDE_MARKS}")
_QUESTION = re.compile(r"[?؟？][\s\"'”’“»›)\]」』]*$")
_NO_FULL_STOP = re.compile(r"(?:[!…！]|\.\.\.)$|(?:\b[A-Z]\.){2,}$")
_BULLET = re.compile(r"^(?:[-*•·▪◦‣●■□▶►→➡✓✔–—]|\(?\d{1,3}[.)]|[a-zA-Z][.)])\s+\S")
_LAST_LABEL = re.compile(rf"{_MARKS}[\"'”’»)\]]*\s+(?P<label>[^\W\d_][^.!?…。！？]{{2,30}}?)[\s.…»›>→]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, or a piece of one that holds several.

    `number` is the line's place in the page, from 0. `words` counts words, ten ideographs as seven and
    ten syllables as four; `sentences` the sentence ends; `ends` says whether it ends as a sentence
    does. `kind` is set where the line was taken to pieces because of it (`CARD`, `CLOSER`,
    `TOO_LONG`), and `date` is what a card says.
    """

    number: int
    text: str
    kind: str = ""
    date: datetime | None = None
    words: int = field(init=False)
    sentences: int = field(init=False)
    ends: bool = field(init=False)

    def __post_init__(self) -> None:
        wide = 7 * len(_IDEOGRAPH.findall(self.text)) + 4 * len(_SYLLABLE.findall(self.text))
        object.__setattr__(self, "words", len(_WORD.findall(self.text)) + (wide + 5) // 10)
        object.__setattr__(self, "sentences", len(_ENDS.findall(self.text)))
        object.__setattr__(self, "ends", _END.search(self.text) is not None)

    @property
    def is_prose(self) -> bool:
        """Whether this reads as running text: a sentence, or so long that it can be nothing else."""
        return (
            (self.ends and self.words >= 5)
            or self.words >= 20
            or (self.sentences >= 1 and self.words >= 15)
            or (self.sentences >= 2 and self.words >= 8)
        )

    @property
    def is_question(self) -> bool:
        return _QUESTION.search(self.text) is not None

    @property
    def is_item(self) -> bool:
        """Whether this is marked as an item of a list."""
        return _BULLET.match(self.text) is not None

    @property
    def opens_list(self) -> bool:
        return self.text.endswith((":", "："))

    @property
    def may_be_headline(self) -> bool:
        """Whether a headline may have this shape: some words, and no full stop behind them."""
        if not 1 <= self.words <= 30:
            return False
        return not self.ends or self.is_question or _NO_FULL_STOP.search(self.text) is not None


def read_lines(text: str) -> Iterator[Line]:
    """The lines of a page that are not blank, in order, glued teasers in pieces.

    A line over `LONGEST_LINE` characters comes cut to its first 80 and of the kind `TOO_LONG`.
    """
    for number, raw in _rows(text):
        if len(raw) > LONGEST_LINE:
            yield Line(number, clean_text(raw[:_SUBJECT]), kind=TOO_LONG)
        elif cleaned := clean_text(raw):
            yield from _pieces(number, without_glue(cleaned))


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """The rows of a text and their numbers; where a text is wrapped to a width, its paragraphs joined again."""
    rows = list(enumerate(text.splitlines()))
    blocks = [list(block) for blank, block in groupby(rows, key=lambda row: not row[1].strip()) if not blank]
    if not _is_wrapped(blocks):
        yield from rows
        return
    for block in blocks:
        start, joined = block[0][0], ""
        for number, row in block:
            if joined and _BULLET.match(row.strip()):
                yield start, joined
                start, joined = number, ""
            joined = f"{joined} {row.strip()}"
        yield start, joined


def _is_wrapped(blocks: list[list[tuple[int, str]]]) -> bool:
    """Whether paragraphs stand apart by blank lines, and their rows break at a width rather than at sentences."""
    broken = [row.strip() for block in blocks if len(block) >= 3 for _, row in block[:-1]]
    if len(broken) < 6 or len(blocks) < 3:
        return False
    full = sum(50 <= len(row) <= 100 for row in broken)
    ended = sum(_END.search(row[-20:]) is not None for row in broken)
    return full >= 0.9 * len(broken) and ended <= 0.4 * len(broken)


def without_glue(line: str) -> str:
    """The line without the labels that a link's hidden text glued to its words ("the reportExternal link said")."""
    glued, label = _glue()
    if glued.search(line) and not label.fullmatch(line):
        line = " ".join(glued.sub("", line).split())
    return line


@cache
def _glue() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A label where it is glued to a word or stands between words as it never would, and any label."""
    labels = [re.escape(label) for label in phrases().glued]
    apart = [label for label in labels if not label[0].isalpha() or label[0].isupper()]
    glued = rf"(?<=[^\s(«“\"'])(?:{'|'.join(labels)})(?![^\W\d_\u3040-\uffff])"
    alone = rf"(?<=[\w,;»”\"’')]) (?:{'|'.join(apart)})(?=[\s.,;:!?)»”]|$)"
    return re.compile(f"{glued}|{alone}"), re.compile("|".join(labels))


def _pieces(number: int, text: str) -> Iterator[Line]:
    """The line itself, or, where a teaser was glued into one, its headline, its date and its standfirst."""
    card = _cards().search(text)
    if card and (not card.start() or Line(number, text[: card.start()]).words <= 25):
        yield from _label_and_rest(number, text[: card.start()].strip())
        after = text[card.end() :]
        inner = next((group for group in card.groups() if group is not None), None)
        date, length = leading_date(after if inner is None else inner)
        length = length if inner is None else 0
        yield Line(number, (card.group() + after[:length]).strip(), kind=CARD, date=date)
        if rest := after[length:].strip(" :-–—|"):
            yield Line(number, rest)
        return
    closed = _LAST_LABEL.search(text)
    if closed and phrases().whole.get(normal(closed["label"])) in (ONE, SOME, MANY, "navigation"):
        yield Line(number, text[: closed.start("label")].rstrip())
        yield Line(number, text[closed.start("label") :], kind=CLOSER)
        return
    yield Line(number, text)


@cache
def _cards() -> re.Pattern[str]:
    """A card's words, its date as a group where other words follow the date."""
    choices = []
    for before, after in sorted(set(phrases().cards), key=lambda pair: -len(pair[0])):
        words = r"\s*".join(map(re.escape, before.split()))
        choices.append(words + (rf"\s*(.{{0,60}}?)\s*{re.escape(after.strip())}" if after.strip() else ""))
    return re.compile("|".join(choices), re.IGNORECASE)


def _label_and_rest(number: int, text: str) -> Iterator[Line]:
    """What stands before a card's date: the teaser's headline, perhaps behind a label ("More How the lake froze")."""
    words = text.split()
    for count in (3, 2, 1):
        label = " ".join(words[:count])
        if len(words) > count + 1 and phrases().whole.get(normal(label)) == ONE:
            yield Line(number, label)
            text = " ".join(words[count:])
            break
    if text:
        yield Line(number, text)
