"""What differs between two wordings of a sentence, and whether a reader of the first must be told.

A figure, a name or a negation always counts; case, typography, inflection, words without a meaning of their own and
a typing error of one letter never do; whatever else has changed counts as other words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from digest.language import stop_words
from digest.stages.corrections.lexicon import Differences, differences
from digest.typography import plain_marks

Kind = Literal["figure", "name", "negation", "order", "words"]

_TOKEN = re.compile(r"\d+(?:[.,' ]\d{3})*(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)*|%|[^\W\d_]+(?:-[^\W\d_]+)*")
_GROUPED = re.compile(r"(\d{1,3})((?:[.,' ]\d{3})+)((?:[.,]\d+)?)")
_CONTRACTED = re.compile(r"\b(\w+?)n't\b", re.IGNORECASE)
_SAME_STEM = 6
_LONG_ENOUGH = 4
"""A shorter word is another word with one letter changed: "now" and "not", "son" and "sun"."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: as written, and as it is compared."""

    text: str
    key: str
    is_figure: bool = False
    is_negation: bool = False
    is_name: bool = False


def words_of(sentence: str, language: str, names: Collection[str] = ()) -> tuple[Word, ...]:
    """The words of a sentence. `names` are words known as names from other sentences, in lower case."""
    known = differences(language)
    texts = [match.group() for match in _TOKEN.finditer(_spelled_out(plain_marks(sentence), known))]
    return tuple(_word(texts, at, language, known, names) for at in range(len(texts)))


def names_in(sentences: Iterable[str], language: str) -> frozenset[str]:
    """The names among the words of some sentences, those that open a sentence left out, in lower case."""
    return frozenset(word.key for sentence in sentences for word in words_of(sentence, language) if word.is_name)


def difference(old: Sequence[Word], new: Sequence[Word], language: str) -> Kind | None:
    """What makes the new wording say something else, the weightiest kind first; None where nothing does."""
    one, other = [word.key for word in old], [word.key for word in new]
    if one == other:
        return None
    if _count(old, "is_figure") != _count(new, "is_figure"):
        return "figure"
    if _count(old, "is_negation") != _count(new, "is_negation"):
        return "negation"
    gone, come = unpaired(old, new)
    if any(word.is_name for word in (*gone, *come)):
        return "name"
    if _exchanged(old, new, differences(language).joins):
        return "order"
    return "words" if _tell(gone, come, language) else None


def likeness(old: Sequence[Word], new: Sequence[Word]) -> float:
    """How much of two sentences is the same, 0 to 1: twice what they share in order, over all their words."""
    return SequenceMatcher(None, [word.key for word in old], [word.key for word in new], autojunk=False).ratio()


def _spelled_out(text: str, known: Differences) -> str:
    text = _CONTRACTED.sub(lambda match: f"{_HELPERS.get(match[1].lower(), match[1])} not", text)
    text = re.sub(r"\bcannot\b", "can not", text, flags=re.IGNORECASE)
    for phrase in known.percent:
        text = re.sub(rf"\b{phrase}\b", "%", text, flags=re.IGNORECASE)
    return text


_HELPERS = {"ca": "can", "wo": "will", "sha": "shall"}


def _word(texts: Sequence[str], at: int, language: str, known: Differences, names: Collection[str]) -> Word:
    text = texts[at]
    lower = text.casefold()
    if text[0].isdigit():
        return Word(text, _figure(text), is_figure=True)
    if lower in known.numbers:
        return Word(text, known.numbers[lower], is_figure=True)
    if lower in known.large:
        return Word(text, known.large[lower], is_figure=True)
    if lower in known.negations:
        return Word(text, lower, is_negation=True)
    # "The" opens names too, as "WHO" is one: what is no name elsewhere is none here, unless it is all in capitals.
    telling = lower not in stop_words(language) or (text.isupper() and len(text) > 1)
    capital = text[0].isupper() and telling
    return Word(text, lower, is_name=capital and (lower in names or (at > 0 and _is_name(texts, at, language, known))))


def _figure(text: str) -> str:
    """A number in one spelling: "1,300", "1.300", "1 300" and "1'300" are 1300; "4,5" is 4.5."""
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        text = grouped[1] + re.sub(r"\D", "", grouped[2]) + grouped[3]
    return text.replace(",", ".").replace("'", "").replace(" ", "")


def _is_name(texts: Sequence[str], at: int, language: str, known: Differences) -> bool:
    """Whether a capitalised word within a sentence is a name; in German, where every noun is capitalised, one that
    neither follows a determiner nor is built as a common noun."""
    text = texts[at]
    if language[:2] != "de":
        return True
    before = [each.casefold() for each in texts[max(0, at - 2) : at]]
    if text.endswith(known.noun_endings) or (before[-1:] and before[-1] in known.determiners):
        return False
    return not (len(before) == 2 and before[0] in known.determiners and texts[at - 1][0].islower())


def _count(words: Iterable[Word], what: str) -> Counter[str]:
    return Counter(word.key for word in words if getattr(word, what))


def unpaired(old: Sequence[Word], new: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words of each that the other does not have, wherever they stand, less those that a typing error of one letter
    parts."""
    left = Counter(word.key for word in old) - Counter(word.key for word in new)
    right = Counter(word.key for word in new) - Counter(word.key for word in old)
    gone, come = list(_taken(old, left)), list(_taken(new, right))
    for word in list(gone):
        twin = next((each for each in come if _is_slip(word, each)), None)
        if twin is not None:
            gone.remove(word)
            come.remove(twin)
    return gone, come


def _taken(words: Sequence[Word], counts: Counter[str]) -> Iterator[Word]:
    left = Counter(counts)
    for word in words:
        if left[word.key] > 0:
            left[word.key] -= 1
            yield word


def _is_slip(one: Word, other: Word) -> bool:
    """Whether one letter was mistyped: changed, left out, added, or exchanged with its neighbour; of a name, whether
    one is its genitive."""
    if one.is_name and other.is_name:
        return one.key.rstrip("s") == other.key.rstrip("s")
    if one.is_name or other.is_name or one.is_figure or other.is_figure or one.is_negation or other.is_negation:
        return False
    short, long = sorted((one.key, other.key), key=len)
    if len(short) < _LONG_ENOUGH or len(long) - len(short) > 1:
        return False
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    exchanged = short[:at] + short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or exchanged == long


def _exchanged(old: Sequence[Word], new: Sequence[Word], joins: Collection[str]) -> bool:
    """Whether names, or figures, changed places while all around them stayed: "A beat B" and "B beat A", but not
    "A and B" and "B and A"."""
    one, other = ([_mark(word) for word in words] for words in (old, new))
    if one != other:
        return False
    moved = [at for at, (word, now) in enumerate(zip(old, new, strict=True)) if word.key != now.key]
    between = old[moved[0] : moved[-1] + 1]
    return any(not (word.is_name or word.is_figure or word.key in joins) for word in between)


def _mark(word: Word) -> str:
    """What a word is where it does not matter which name or figure it is."""
    return "name" if word.is_name else "figure" if word.is_figure else f"={word.key}"


def _tell(gone: Sequence[Word], come: Sequence[Word], language: str) -> bool:
    """Whether a word of some meaning went or came; an inflection of one that stays is the same word."""
    stop = stop_words(language) | differences(language).style
    left, right = ({word.key[:_SAME_STEM] for word in words if word.key not in stop} for words in (gone, come))
    return bool(left ^ right)
