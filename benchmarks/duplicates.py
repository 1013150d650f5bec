"""Which of a thousand texts are near-duplicates: found, missed, wrong, and how long it took."""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import time
from pathlib import Path

from digest.identity import identify
from digest.language import analyse
from digest.model import Article, Block
from digest.stages import duplicates

_DATA = Path(__file__).parents[2] / "shared" / "data" / "near-duplicates-1000.jsonl.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "file", nargs="?", type=Path, default=_DATA, help="JSON lines of id and text; the pairs in FILE.pairs.json"
    )
    path: Path = parser.parse_args().file
    if not path.is_file():
        raise SystemExit(f"{path}: not there; name a file of texts")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    expected = {frozenset(pair) for pair in json.loads(path.with_name(_pairs_name(path)).read_text("utf-8"))}
    articles = [_article(row["id"], row["text"]) for row in rows]
    analyses = {article.id: analyse(article) for article in articles}
    started = time.perf_counter()
    result = duplicates.find(articles, analyses)
    seconds = time.perf_counter() - started
    names = {article.id: article.source for article in articles}
    found = {frozenset(map(names.__getitem__, group.ids)) for group in result.groups}
    print(f"{len(rows)} texts, {len(expected)} pairs: {len(found & expected)} found, {len(found - expected)} wrong")
    print(f"{seconds:.2f} s; {platform.machine()}, Python {platform.python_version()}")


def _pairs_name(path: Path) -> str:
    return path.name.removesuffix(".jsonl.gz") + ".pairs.json"


def _article(name: str, text: str) -> Article:
    # A publisher each, so that a duplicate shows as a group and not as a drop.
    return identify(Article("", "", name, "", publisher=name, language="en", blocks=(Block("paragraph", text),)))


if __name__ == "__main__":
    main()
