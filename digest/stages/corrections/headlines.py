"""What became of a headline: mended, said otherwise, or only brought up to date."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import takewhile

from digest.language import stop_words
from digest.model import Article
from digest.stages.corrections.lexicon import differences, headline_labels
from digest.stages.corrections.wording import Kind, Word, difference, unpaired, words_of
from digest.typography import plain_marks

_PARTS = re.compile(r"\s*(?:[|•·]|\+{2,}|:(?=\s)|\s-(?=\s))\s*")
_CLOCK = re.compile(r"\W*\d{1,2}[:.h]\d{2}\b")

_ENDING, _STEM, _SHORTEST_STEM = 2, 5, 3
"""Letters: of what is put to a word's stem, at most, and of a stem, which may be shorter where it is the whole word."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A printed headline and the one that now stands in its place.

    It is `mended` where nothing but names, figures or a negation was exchanged, or where the publisher's own new note
    says that something was wrong. Other words may say the same better, or say that the first were wrong: that is a
    person's to judge.
    """

    was: str
    now: str
    kind: Kind
    mended: bool


def headline_change(
    old: Article, new: Article, texts: Sequence[str], names: Collection[str], *, noted: bool
) -> Headline | None:
    """What the new headline takes back of the old one; None where that is nothing.

    `texts` are the sentences of both wordings' bodies, and `names` the names in them, in lower case: a headline may
    capitalise every word. Nothing is taken back by another case or other quotes, by another label ("Opinion |"), by
    words that are only added, in a ticker's headline, which is always of the last hour, and in one that we made.
    """
    if old.headline_made or new.headline_made or not (old.headline and new.headline):
        return None
    was, now = (_without_labels(article) for article in (old, new))
    if was is None or now is None:
        return None
    language = old.language
    before, after = words_of(was, language, names), words_of(now, language, names)
    kind = difference(before, after, language)
    if kind is None:
        return None
    gone, come = (_telling(words, language) for words in unpaired(before, after))
    left = [word for word in gone if not any(_inflected(word, other, names) for other in come)]
    right = [word for word in come if not any(_inflected(word, other, names) for other in gone)]
    if not (left or kind in ("order", "negation")):
        return None
    mended = noted or kind == "order" or _is_exchange(left, right, texts, names, language)
    return Headline(old.headline, new.headline, kind, mended)


def _without_labels(article: Article) -> str | None:
    """The headline without what only names its kind or its publisher; None for a ticker's."""
    known = headline_labels()
    headline = plain_marks(article.headline)
    parts = [part for part in _PARTS.split(headline) if part]
    folded = [part.casefold().strip(" .!()[]") for part in parts]
    if _CLOCK.match(headline) or "++" in headline or any(part in known.live for part in (*folded[:1], *folded[-1:])):
        return None
    own = plain_marks(article.publisher).casefold()
    start = 1 if len(parts) > 1 and folded[0] in known.labels else 0
    stop = (
        len(parts) - 1 if len(parts) > start + 1 and (folded[-1] == own or folded[-1] in known.labels) else len(parts)
    )
    return " ".join(parts[start:stop])


def _is_exchange(
    gone: Sequence[Word], come: Sequence[Word], texts: Sequence[str], names: Collection[str], language: str
) -> bool:
    """Whether names, figures or a negation are all that differs, and those that went have others in their place."""
    seen = [word for text in texts for word in words_of(text, language)]
    lower = {word.key for word in seen if word.text.islower()}
    held = {word.key for word in seen}

    def may_be_name(word: Word) -> bool:
        return word.key in names or (word.text[0].isupper() and word.key not in lower)

    named_before, named_now = ([word for word in words if not _is_mark(word)] for words in (gone, come))
    # A capital letter alone makes no name: of those that came one must be known as such, and all must be in the text.
    known = any(word.key in names for word in named_now)
    all_names = all(map(may_be_name, (*named_before, *named_now))) and all(word.key in held for word in named_now)
    figures = [any(word.is_figure for word in words) for words in (gone, come)]
    return all_names and known == bool(named_before) and figures[0] == figures[1]


def _telling(words: Sequence[Word], language: str) -> list[Word]:
    """The words that say something by themselves."""
    silent = stop_words(language) | differences(language).style
    return [word for word in words if _is_mark(word) or word.key not in silent]


def _is_mark(word: Word) -> bool:
    return word.is_figure or word.is_negation


def _inflected(one: Word, other: Word, names: Collection[str]) -> bool:
    """Whether two words are forms of one: "élu" and "élue", "elects" and "elected". A name has its genitive alone:
    Niger is not Nigeria."""
    if _is_mark(one) or _is_mark(other):
        return False
    if one.key in names or other.key in names:
        return one.key.rstrip("s") == other.key.rstrip("s")
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one.key, other.key, strict=False)))
    short, long = sorted((len(one.key), len(other.key)))
    return long - shared <= _ENDING and shared >= min(short, _STEM) and shared >= _SHORTEST_STEM
