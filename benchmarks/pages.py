"""How much of an article comes out of a saved page, and how much else: token F1 against hand-checked bodies.

Each folder of the directory holds source.html, expected.html (the article) and expected-metadata.json. Beside the
program stand trafilatura's own modes, on the same pages in the same run. The expected bodies keep pictures' captions,
which the program drops on purpose: the figures are given with and without them.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from benchmarks.figures import DATA, machine, table
from digest.formats.dates import parse_moment
from digest.formats.html import read
from digest.formats.html.body import sequences_of, words_of
from digest.markup import blocks_of, fold, parse_html
from digest.model import Article, Document, Hints

OURS = "digest"
MODES: Mapping[str, Mapping[str, Any]] = {
    "trafilatura": {},
    "precision": {"favor_precision": True},
    "recall": {"favor_recall": True},
    "fast": {"fast": True},
}
_CAPTIONS = re.compile(r"<(figcaption|figure)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_KNOWN = 0.6


class Score(NamedTuple):
    f1: float
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    source: str
    expected: str
    metadata: Mapping[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", nargs="?", type=Path, default=DATA / "pages")
    parser.add_argument("-v", "--verbose", action="store_true", help="show each block lost and each kept in excess")
    arguments = parser.parse_args()
    folders = sorted(path.parent for path in arguments.directory.glob("*/source.html"))
    if not folders:
        raise SystemExit(f"{arguments.directory}: no pages there; name a folder of folders that hold source.html")
    pages = list(map(_page, folders))
    articles, seconds = _timed(_article, pages)
    bodies = {OURS: [_text(article, page) for article, page in zip(articles, pages, strict=True)]}
    logging.disable(logging.CRITICAL)
    for mode, options in MODES.items():
        bodies[mode] = [_by_trafilatura(page, options) for page in pages]
    scores = {
        name: [_score(text, _words(page.expected)) for text, page in zip(texts, pages, strict=True)]
        for name, texts in bodies.items()
    }
    heading = ["page", "digest F1", "P", "R", *(f"{mode} F1" for mode in MODES)]
    print(
        table(
            heading,
            (
                [
                    page.name,
                    *(f"{value:.3f}" for value in scores[OURS][number]),
                    *(f"{scores[mode][number].f1:.3f}" for mode in MODES),
                ]
                for number, page in enumerate(pages)
            ),
        )
    )
    print()
    captionless = [_words(_CAPTIONS.sub("", page.expected)) for page in pages]
    print(
        table(
            ["overall", "F1", "P", "R", "F1 without captions"],
            (
                [
                    name,
                    *(f"{value:.4f}" for value in map(mean, zip(*scores[name], strict=True))),
                    f"{mean(_score(text, words).f1 for text, words in zip(texts, captionless, strict=True)):.4f}",
                ]
                for name, texts in bodies.items()
            ),
        )
    )
    print()
    for field, judge in JUDGES.items():
        verdicts = [judge(article, page.metadata) for article, page in zip(articles, pages, strict=True)]
        asked = [verdict for verdict in verdicts if verdict is not None]
        wrong = [page.name for page, verdict in zip(pages, verdicts, strict=True) if verdict is False]
        print(f"{field}: {sum(asked)} of {len(asked)} right{'; not ' + ', '.join(wrong) if wrong else ''}")
    print(f"{seconds / len(pages) * 1000:.0f} ms a page; {machine()}")
    if arguments.verbose:
        _show_differences(pages, articles)


def _page(folder: Path) -> Page:
    metadata = folder / "expected-metadata.json"
    return Page(
        folder.name,
        (folder / "source.html").read_text("utf-8", "replace"),
        (folder / "expected.html").read_text("utf-8", "replace"),
        json.loads(metadata.read_text("utf-8")) if metadata.exists() else {},
    )


def _timed(action: Callable[[Page], Article | None], pages: Sequence[Page]) -> tuple[list[Article | None], float]:
    action(pages[0])  # the imports do not count
    start = time.perf_counter()
    results = [action(page) for page in pages]
    return results, time.perf_counter() - start


def _article(page: Page) -> Article | None:
    reading = read(Document("pages", page.name, page.source.encode()), Hints("pages"))
    return next(iter(reading.articles), None)


def _text(article: Article | None, page: Page) -> str:
    """The article's text with its standfirst, if that stands on the page and not only in its metadata."""
    if article is None:
        return ""
    shown = article.standfirst in " ".join(block.text for block in blocks_of(page.source))
    return "\n".join([article.standfirst if shown else "", *(block.text for block in article.blocks)])


def _by_trafilatura(page: Page, options: Mapping[str, Any]) -> str:
    from trafilatura import extract

    return extract(page.source, include_comments=False, **options) or ""


def _words(html: str) -> list[str]:
    root = parse_html(html)
    return [] if root is None else words_of(" ".join(root.itertext()))


def _score(text: str, expected: Iterable[str]) -> Score:
    found, wanted = Counter(words_of(text)), Counter(expected)
    common = sum((found & wanted).values())
    precision, recall = common / max(1, found.total()), common / max(1, wanted.total())
    return Score(2 * precision * recall / max(1e-9, precision + recall), precision, recall)


# Whether a field is right; None where the page's metadata do not say what is.


def _headline_is_right(article: Article | None, metadata: Mapping[str, Any]) -> bool | None:
    expected = fold(metadata.get("title") or "")
    if not expected:
        return None
    # The expected titles often end in the site's or the author's name.
    return article is not None and bool(article.headline) and expected.startswith(fold(article.headline))


def _byline_is_right(article: Article | None, metadata: Mapping[str, Any]) -> bool | None:
    expected = metadata.get("byline")
    if not expected:
        return None
    return article is not None and bool(article.byline) and fold(article.byline) in fold(expected)


def _date_is_right(article: Article | None, metadata: Mapping[str, Any]) -> bool | None:
    expected: datetime | None = parse_moment(metadata.get("publishedTime") or "")
    if expected is None:
        return None
    return article is not None and article.published == expected


def _language_is_right(article: Article | None, metadata: Mapping[str, Any]) -> bool | None:
    expected = metadata.get("lang")
    if not expected:
        return None
    return article is not None and article.language == expected.split("-")[0].lower()


JUDGES = {
    "headline": _headline_is_right,
    "byline": _byline_is_right,
    "date": _date_is_right,
    "language": _language_is_right,
}


def _show_differences(pages: Sequence[Page], articles: Sequence[Article | None]) -> None:
    for page, article in zip(pages, articles, strict=True):
        print(f"\n{page.name}")
        expected = [block.text for block in blocks_of(page.expected)]
        kept = _text(article, page).splitlines()
        for sign, blocks, others in (("-", expected, kept), ("+", kept, expected)):
            known = {sequence for text in others for sequence in sequences_of(text)}
            for text in blocks:
                own = sequences_of(text)
                if sum(sequence in known for sequence in own) < _KNOWN * len(own):
                    print(f"  {sign} {text[:150]}")


if __name__ == "__main__":
    main()
