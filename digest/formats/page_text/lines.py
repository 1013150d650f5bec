"""A page's text → its lines: clean, rid of glued link labels, each with its shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from digest.formats.page_text.dates import leading_date
from digest.markup import clean_text
from digest.phrases import MANY, ONE, SOME, normal, phrases

LONGEST_LINE = 20_000
"""Characters; no paragraph is longer, and what is would be the work of seconds."""

CARD = "date of another article"
"""The kind of a line such as "This content was published on 3 May 2024", which teasers and articles carry."""
CLOSER = "link to the whole article"
"""The kind of a label that closes a standfirst on its own line ("The lake froze over. Read more")."""

_WORD = re.compile(
    r"[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+(?:['’.-][^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+)*"
)
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_SYLLABLE = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_END = re.compile(r"(?:[.!?…؟۔।]|\.\.\.)[\s\"'”’“»›)\]]*$|[。！？][」』”’）)\]\s]*$")
_ENDS = re.compile(r"[.!?…؟۔।][\"'”’“»›)\]]*(?=\s|$)|[。！？]")
_LAST = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s+(?P<tail>[^\W\d_][^.!?…。！？]{2,30}?)[\s.…»›>→]*$")
_QUESTION = re.compile(r"[?؟？][\s\"'”’“»›)\]」』]*$")
_NO_FULL_STOP = re.compile(r"[!…！]$|(?:\b[A-Z]\.){2,}$")
_BULLET = re.compile(r"^(?:[-*•·▪◦‣●■□▶►→➡✓✔–—]|\(?\d{1,3}[.)]|[a-zA-Z][.)])\s+\S")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, or a piece of one that holds several.

    `number` is the line's place in the page. `words` counts words, ten ideographs as seven and ten syllables as four; `sentences`
    the sentence ends; `ends` says whether it ends as a sentence does. `kind` is set where the line was
    taken to pieces because of it (`CARD`), and `date` is what a card says.
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
        words = len(_WORD.findall(self.text)) + (wide + 5) // 10
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "sentences", len(_ENDS.findall(self.text)))
        object.__setattr__(self, "ends", _END.search(self.text) is not None)

    @property
    def is_prose(self) -> bool:
        """Whether this reads as running text: a sentence, or so long that it can be nothing else."""
        return (self.ends and self.words >= 5) or self.words >= 25 or (self.sentences >= 2 and self.words >= 8)

    @property
    def is_question(self) -> bool:
        return _QUESTION.search(self.text) is not None

    @property
    def is_item(self) -> bool:
        """Whether this is marked as an item of a list."""
        return _BULLET.match(self.text) is not None

    @property
    def may_be_headline(self) -> bool:
        """Whether a headline may have this shape: some words, one sentence at most, no full stop behind it."""
        if not 1 <= self.words <= 30:
            return False
        return not self.ends or self.is_question or _NO_FULL_STOP.search(self.text) is not None


def read_lines(text: str) -> Iterator[Line]:
    """The lines of a page that are not blank, in order, glued teasers in pieces.

    A line over `LONGEST_LINE` characters comes cut to its first 80 and of the kind "line too long".
    """
    for number, raw in enumerate(text.splitlines()):
        if len(raw) > LONGEST_LINE:
            yield Line(number, clean_text(raw[:80]), kind="line too long")
        elif cleaned := clean_text(raw):
            yield from _pieces(number, without_glue(cleaned))


def without_glue(line: str) -> str:
    """The line without the labels that a link's hidden text glued to its words ("the reportExternal link said")."""
    inside, alone = _glue()
    if inside.search(line) and not alone.fullmatch(line):
        line = " ".join(inside.sub("", line).split())
    return line


@cache
def _glue() -> tuple[re.Pattern[str], re.Pattern[str]]:
    labels = [re.escape(label) for label in phrases().glued]
    bracketed = [label for label in labels if not label[0].isalnum()]
    capital = [label for label in labels if label[0].isupper() or label.startswith(r"\(")]
    glued = rf"(?<=[^\s(«“\"'])(?:{'|'.join(labels)})(?![^\W\d_\u3040-\uffff])"
    apart = rf"(?<=[\w,;»”\"’')]) (?:{'|'.join([*bracketed, *capital])})(?=[\s.,;:!?)»”]|$)"
    return re.compile(f"{glued}|{apart}"), re.compile("|".join(labels))


def _pieces(number: int, text: str) -> Iterator[Line]:
    """The line itself, or, where a card's date stands in it, what is before, the date, and what is after."""
    match = _cards().search(text)
    closed = _closed(text) if not match else None
    if closed:
        yield Line(number, text[:closed].rstrip())
        yield Line(number, text[closed:].strip(), kind=CLOSER)
        return
    if not match or (match.start() and Line(number, text[: match.start()]).words > 25):
        yield Line(number, text)
        return
    before, after = text[: match.start()].strip(), text[match.end() :]
    inner = next((group for group in match.groups() if group is not None), None)
    if inner is not None:
        date, _ = leading_date(inner)
        length = 0
    else:
        date, length = leading_date(after)
    if before:
        yield from _label_and_rest(number, before)
    yield Line(number, (match.group() + after[:length]).strip(), kind=CARD, date=date)
    if rest := after[length:].strip(" :-–—|"):
        yield Line(number, rest)


def _closed(text: str) -> int | None:
    """Where a label begins that follows a line's last sentence, None where none does."""
    tail = _LAST.search(text)
    if tail and phrases().whole.get(normal(tail["tail"])) in (ONE, SOME, MANY, "navigation"):
        return tail.start("tail")
    return None


@cache
def _cards() -> re.Pattern[str]:
    """A card's words, its date as a group where other words follow the date."""
    choices = []
    for before, after in sorted(set(phrases().cards), key=lambda pair: -len(pair[0])):
        words = r"\s*".join(map(re.escape, before.split()))
        choices.append(words + (rf"\s*(.{{0,60}}?)\s*{re.escape(after.strip())}" if after.strip() else ""))
    return re.compile("|".join(choices), re.IGNORECASE)


def _label_and_rest(number: int, text: str) -> Iterator[Line]:
    """A label that stands before its teaser's headline on one line ("More How the lake froze"), and the rest."""
    words = text.split()
    for count in (3, 2, 1):
        label = " ".join(words[:count])
        if len(words) > count + 1 and phrases().whole.get(normal(label)) == ONE:
            yield Line(number, label)
            text = " ".join(words[count:])
            break
    yield Line(number, text)
