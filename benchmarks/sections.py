"""How well stories are placed by their words alone: F1 a section, and what is mistaken for what."""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import time
from collections import Counter
from pathlib import Path

from digest.identity import identify
from digest.language import analyse
from digest.model import Article, Block, Story
from digest.stages.section import place, sections

_DATA = Path(__file__).parents[2] / "shared" / "data" / "news-en.jsonl.gz"
_SLUGS = {"entertainment": "culture", "tech": "science-technology", "world": "foreign-affairs"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        default=_DATA,
        help="gzipped JSON lines of label, headline, paragraphs, maybe lang",
    )
    path: Path = parser.parse_args().file
    if not path.is_file():
        raise SystemExit(f"{path}: not there; name a file of labelled articles")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    unique = {tuple(row["paragraphs"]): row for row in rows}.values()
    stories = [(row["label"], _article(row)) for row in unique]
    analyses = {article.id: analyse(article) for _, article in stories}
    rules = sections()
    started = time.perf_counter()
    placed = [(label, place(Story((article,)), analyses[article.id], rules).slug) for label, article in stories]
    seconds = time.perf_counter() - started
    pairs = Counter((_SLUGS.get(label, label), slug) for label, slug in placed)
    wanted = sorted({slug for slug, _ in pairs})
    figures = [_f1(pairs, slug) for slug in wanted]
    for slug, f1 in zip(wanted, figures, strict=True):
        mistaken = ", ".join(
            f"{other} {count}" for (own, other), count in pairs.most_common() if own == slug and other != slug
        )
        print(f"{slug:20} F1 {f1:.3f}   {sum(n for (own, _), n in pairs.items() if own == slug):4}   {mistaken}")
    print(f"macro-F1 {sum(figures) / len(figures):.3f} over {len(placed)} articles of {len(rows)}")
    print(f"{seconds:.2f} s; {platform.machine()}, Python {platform.python_version()}")


def _f1(pairs: Counter[tuple[str, str]], slug: str) -> float:
    right = pairs[slug, slug]
    named = sum(count for (own, _), count in pairs.items() if own == slug)
    given = sum(count for (_, given), count in pairs.items() if given == slug)
    return 2 * right / (named + given) if right else 0.0


def _article(row: dict[str, str | list[str]]) -> Article:
    blocks = tuple(Block("paragraph", text) for text in row["paragraphs"])
    language = str(row.get("lang") or "en")
    return identify(Article("", "", "benchmark", str(row["headline"]), language=language, blocks=blocks))


if __name__ == "__main__":
    main()
