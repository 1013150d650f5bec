"""How well page text is read: saved HTML pages turned into plain text, and their lines compared with the article's.

Prints for each page how much of the article's text was kept (recall, by characters), how many of the kept lines are
the article's (precision), and whether the headline was found; with `--show PAGE` the lines that went wrong. A page is a
folder with `source.html`, `expected.html` and `expected-metadata.json`. What `expected.html` holds of captions and
furniture counts as lost, so that 1.000 is not to be had. With `--pasted`, every two pages are pasted one after the
other, and how many pairs give the articles that the pages give alone is printed, and how many an article with lines of
both.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

from digest.formats.page_text import read
from digest.markup import clean_text
from digest.model import Document, Hints

SHARED = Path(os.environ.get("DIGEST_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "label", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table",
    "td", "th", "time", "tr", "ul",
))  # fmt: skip
UNSEEN = frozenset((
    "audio", "canvas", "embed", "head", "iframe", "input", "link", "meta", "noscript", "object", "script", "select",
    "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SHORTEST = 12
"""Characters; a shorter line is found in any text by chance."""


def visible_lines(root: HtmlElement, without_links: bool = False) -> Iterator[str]:
    """The text of a page as a browser copies it, one line a block; if so wished, without lines that are only links."""
    pieces: list[tuple[str, bool]] = []

    def flush() -> Iterator[str]:
        line = clean_text("".join(text for text, _ in pieces))
        plain = clean_text("".join(text for text, linked in pieces if not linked))
        pieces.clear()
        if line and (plain or not without_links):
            yield line

    def walk(element: HtmlElement, linked: bool) -> Iterator[str]:
        hidden = HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None
        if not isinstance(element.tag, str) or element.tag in UNSEEN or hidden:
            return
        linked = linked or element.tag == "a"
        if element.tag in BLOCKS:
            yield from flush()
        pieces.append((element.text or "", linked))
        for child in element:
            yield from walk(child, linked)
            pieces.append((child.tail or "", linked))
        if element.tag in BLOCKS:
            yield from flush()

    yield from walk(root, False)
    yield from flush()


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@dataclass(frozen=True, slots=True)
class Figures:
    """What an article has on its page, what of that was lost, what was kept beside it, and the headline found."""

    page: str
    lines: int
    expected: tuple[str, ...]
    lost: tuple[str, ...]
    kept: int
    extra: tuple[str, ...]
    headline: str
    is_right: bool
    seconds: float

    @property
    def recall(self) -> float:
        total = sum(map(len, self.expected))
        return 1 - sum(map(len, self.lost)) / total if total else 1.0

    @property
    def precision(self) -> float:
        return 1 - len(self.extra) / self.kept if self.kept else 0.0

    def __str__(self) -> str:
        return (
            f"  {self.page:18} recall {self.recall:5.3f}  precision {self.precision:5.3f}  lines {self.lines:4}"
            f"  kept {self.kept:4}  lost {len(self.lost):3}  beside {len(self.extra):3}  {1000 * self.seconds:5.0f} ms"
            f"  {'' if self.is_right else 'headline: ' + self.headline}"
        )


def measure(folder: Path, without_links: bool) -> Figures:
    """The figures of one page."""
    source, target = (
        html.fromstring((folder / name).read_bytes().decode("utf-8", "replace"))
        for name in ("source.html", "expected.html")
    )
    title = words(json.loads((folder / "expected-metadata.json").read_text(encoding="utf-8")).get("title") or "")
    lines = list(visible_lines(source, without_links))
    started = time.perf_counter()
    reading = read(Document("pages", folder.name, "\n".join(lines).encode()), Hints("pages"))
    seconds = time.perf_counter() - started
    article = next((article for article in reading.articles if article.kind == "full"), None)
    kept = [*filter(None, (article.standfirst, *(block.text for block in article.blocks)))] if article else []
    headline = article.headline if article else ""
    found = {words(line) for line in (*kept, headline)}
    whole = words(" ".join(visible_lines(target)))
    expected = tuple(line for line in lines if len(words(line)) > SHORTEST and words(line) in whole)
    return Figures(
        page=folder.name,
        lines=len(lines),
        expected=expected,
        lost=tuple(line for line in expected if words(line) not in found),
        kept=len(kept),
        extra=tuple(line for line in kept if words(line) not in whole),
        headline=headline,
        is_right=bool(headline) and (words(headline) in title or title in words(headline)),
        seconds=seconds,
    )


def pasted(folders: list[Path], without_links: bool) -> Iterator[str]:
    """For every two pages pasted together: "right", "mixed", "one" where an article is lost, or "other"."""
    sources = {folder: (folder / "source.html").read_bytes().decode("utf-8", "replace") for folder in folders}
    pages = {folder: list(visible_lines(html.fromstring(source), without_links)) for folder, source in sources.items()}
    alone = {folder: _articles(lines) for folder, lines in pages.items()}
    for (first, upper), (second, lower) in permutations(pages.items(), 2):
        found, wanted = _articles([*upper, *lower]), [*alone[first], *alone[second]]
        own = set(upper) - set(lower), set(lower) - set(upper)
        if found == wanted:
            yield "right"
        elif any(all(not each.isdisjoint(article) for each in own) for article in found):
            yield "mixed"
        else:
            yield "one" if len(found) < len(wanted) else "other"


def _articles(lines: list[str]) -> list[tuple[str, ...]]:
    reading = read(Document("pages", "paste", "\n".join(lines).encode()), Hints("pages"))
    return [
        (each.headline, each.standfirst, *(block.text for block in each.blocks))
        for each in reading.articles
        if each.kind == "full"
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "data" / "pages")
    parser.add_argument("--show", metavar="PAGE", help="print the lines of one page that were lost or kept beside")
    parser.add_argument("--pasted", action="store_true", help="measure pairs of pages, pasted one after the other")
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        sys.exit(f"{arguments.folder}: no such folder; name the one that holds the pages")
    folders = sorted(path.parent for path in arguments.folder.glob("*/source.html"))
    sys.setrecursionlimit(5000)
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    for without_links in (False, True):
        print("without the lines that are only links" if without_links else "all lines")
        if arguments.pasted:
            counts = Counter(pasted(folders, without_links))
            print("  " + ", ".join(f"{counts[each]} {each}" for each in ("right", "mixed", "one", "other")))
            continue
        pages = [measure(folder, without_links) for folder in folders if arguments.show in (None, folder.name)]
        for page in pages:
            print(page)
            if arguments.show:
                print(*(f"    - {line}" for line in page.lost), *(f"    + {line}" for line in page.extra), sep="\n")
        if pages:
            recall, precision = (
                sum(getattr(page, name) for page in pages) / len(pages) for name in ("recall", "precision")
            )
            right = sum(page.is_right for page in pages)
            print(f"  mean recall {recall:.4f}  precision {precision:.4f}  headlines {right} of {len(pages)}")


if __name__ == "__main__":
    main()
