"""Which lines several different pages of one source carry: what furniture is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from digest.errors import FormatError
from digest.markup import fold
from digest.model import Document

WORDS_OF_A_SENTENCE = 8
WORDS_OF_A_HEADLINE = 5
SAME_ARTICLE = 3
"""Two pages that share so many long sentences carry the same article, and are one witness."""


def repeated_lines(pages: Sequence[frozenset[str]]) -> frozenset[str]:
    """The folded lines that stand on at least two different pages.

    `pages` holds the folded lines of each page. Copies of one page (an article saved twice, a wire
    story printed twice) count as one: their bodies repeat without being furniture. A line as long as
    a headline must stand on at least three pages and on half of all, since a story may well be
    teased on several.
    """
    witnesses = _different(pages)
    counts = Counter(line for page in witnesses for line in page)
    wanted = max(3, (len(witnesses) + 1) // 2)
    return frozenset(
        line for line, count in counts.items() if count >= (wanted if len(line.split()) >= WORDS_OF_A_HEADLINE else 2)
    )


def _different(pages: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    kept: list[frozenset[str]] = []
    places: dict[str, set[int]] = {}
    for page in pages:
        sentences = [line for line in page if _is_sentence(line)]
        shared = Counter(place for line in sentences for place in places.get(line, ()))
        enough = max(SAME_ARTICLE, len(sentences) // 3)
        if any(count >= enough for count in shared.values()) or page in kept[-1:]:
            continue
        for line in sentences:
            places.setdefault(line, set()).add(len(kept))
        kept.append(page)
    return kept


def _is_sentence(line: str) -> bool:
    return len(line.split()) >= WORDS_OF_A_SENTENCE and line.rstrip("\"'”’»)").endswith((".", "!", "?", "…"))


def page_lines(document: Document) -> frozenset[str]:
    """The folded lines of one page, HTML or plain; empty for one that cannot be decoded."""
    from digest.formats.decode import decode
    from digest.markup import blocks_of

    try:
        text = decode(document)
    except FormatError:
        return frozenset()
    lines = (block.text for block in blocks_of(text)) if "<" in text[:1000] else text.splitlines()
    return frozenset(folded for line in lines if (folded := fold(line)))
