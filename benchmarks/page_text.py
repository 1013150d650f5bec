"""How well page text is read: saved HTML pages turned into plain text, line by line against the article they hold.

Prints, for each page, the body's lines that were kept (recall), the kept lines that are the article's (precision), and whether the headline was
found; with `--show PAGE` the lines themselves. Pages are folders with `source.html`, `expected.html` and `expected-metadata.json`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

from digest.formats.page_text import read
from digest.markup import clean_text
from digest.model import Document, Hints

PAGES = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "pages"
BLOCKS = frozenset(
    "address article aside blockquote body br button caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr label legend li main nav ol option p pre section select summary table td th time tr ul".split()
)
UNSEEN = frozenset(
    "script style noscript template head svg iframe object embed video audio canvas input textarea title meta link select".split()
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def visible_lines(root: HtmlElement, without_links: bool = False) -> Iterator[str]:
    """The text of a page as a browser copies it, one line a block; without the lines that are nothing but links, if so wished."""
    pieces: list[tuple[str, bool]] = []

    def flush() -> Iterator[str]:
        line = clean_text("".join(text for text, _ in pieces))
        plain = clean_text("".join(text for text, linked in pieces if not linked))
        pieces.clear()
        if line and not (without_links and not plain):
            yield line

    def walk(element: HtmlElement, linked: bool) -> Iterator[str]:
        if (
            not isinstance(element.tag, str)
            or element.tag in UNSEEN
            or HIDDEN.search(element.get("style") or "")
            or element.get("hidden") is not None
        ):
            return
        block = element.tag in BLOCKS
        linked = linked or element.tag == "a"
        if block:
            yield from flush()
        pieces.append((element.text or "", linked))
        for child in element:
            yield from walk(child, linked)
            pieces.append((child.tail or "", linked))
        if block:
            yield from flush()

    sys.setrecursionlimit(5000)
    yield from walk(root, False)
    yield from flush()


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@dataclass(frozen=True)
class Figures:
    """Lines of the article that were on the page, those of them kept, those kept that are not the article's, and the headline found."""

    expected: tuple[str, ...]
    lost: tuple[str, ...]
    extra: tuple[str, ...]
    kept: int
    headline: str
    headline_right: bool
    lines: tuple[str, ...]
    seconds: float

    @property
    def recall(self) -> float:
        total = sum(len(line) for line in self.expected)
        return 1 - sum(len(line) for line in self.lost) / total if total else 1.0

    @property
    def precision(self) -> float:
        return 1 - len(self.extra) / self.kept if self.kept else 0.0


def measure(folder: Path, without_links: bool) -> Figures:
    """The figures of one page."""
    source = html.fromstring((folder / "source.html").read_bytes().decode("utf-8", "replace"))
    target = html.fromstring((folder / "expected.html").read_bytes().decode("utf-8", "replace"))
    title = json.loads((folder / "expected-metadata.json").read_text(encoding="utf-8")).get("title") or ""
    lines = tuple(visible_lines(source, without_links))
    started = time.perf_counter()
    reading = read(Document("pages", folder.name, "\n".join(lines).encode()), Hints("pages"))
    seconds = time.perf_counter() - started
    article = next((article for article in reading.articles if article.kind == "full"), None)
    kept = (
        [block.text for block in article.blocks] + ([article.standfirst] if article.standfirst else [])
        if article
        else []
    )
    whole = words(" ".join(visible_lines(target)))
    kept_words = {words(line) for line in kept}
    expected = tuple(line for line in lines if len(words(line)) > 12 and words(line) in whole)
    lost = tuple(
        line
        for line in expected
        if words(line) not in kept_words and not (article and words(line) in words(article.headline))
    )
    extra = tuple(line for line in kept if words(line) not in whole)
    headline = article.headline if article else ""
    right = bool(headline) and (words(headline) in words(title) or words(title) in words(headline))
    return Figures(expected, lost, extra, len(kept), headline, right, lines, seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PAGES)
    parser.add_argument("--show", metavar="PAGE", help="print what was lost and what was kept beside the article")
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        sys.exit(f"{arguments.folder}: no such folder; name the one that holds the pages")
    for without_links in (False, True):
        print("without link-only lines" if without_links else "all lines")
        rows = []
        for folder in sorted(path.parent for path in arguments.folder.glob("*/source.html")):
            if arguments.show and arguments.show != folder.name:
                continue
            figures = measure(folder, without_links)
            rows.append(figures)
            print(
                f"  {folder.name:18} recall {figures.recall:5.3f}  precision {figures.precision:5.3f}  lines {len(figures.lines):4}  kept {figures.kept:4}"
                f"  lost {len(figures.lost):3}  extra {len(figures.extra):3}  {1000 * figures.seconds:5.0f} ms  {'' if figures.headline_right else 'headline: ' + figures.headline}"
            )
            if arguments.show:
                for line in figures.lost:
                    print("    -", line)
                for line in figures.extra:
                    print("    +", line)
        if rows:
            print(
                f"  mean recall {sum(row.recall for row in rows) / len(rows):.4f}  precision {sum(row.precision for row in rows) / len(rows):.4f}  headlines {sum(row.headline_right for row in rows)}/{len(rows)}"
            )


if __name__ == "__main__":
    main()
