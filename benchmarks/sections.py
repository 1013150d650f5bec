"""How well stories are placed by their words: macro-F1 with keywords alone, and with more and more examples."""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.figures import DATA, machine, rows, table
from digest.identity import identify
from digest.language import analyse
from digest.model import Analysis, Article, Block, Story
from digest.stages import duplicates
from digest.stages.section import Classifier, SectionRule, example_of, names_of, place, sections, train
from digest.stages.section.labels import plain

SIZES = (10, 100, None)
TRIED = 0.3
"""The part of each section's articles that nothing is learned from."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article, and the section it belongs to. It carries its label when it teaches, and none when it is tried."""

    article: Article
    analysis: Analysis
    slug: str


def read(path: Path) -> tuple[list[Labelled], tuple[SectionRule, ...], int]:
    """The file's articles, each text once (by the stage that de-duplicates an issue), and the sections there are.

    A label that the program knows by no name becomes a section of its own.
    """
    given = [(str(row["label"]), _article(row)) for row in rows(path)]
    known = names_of(sections())
    rules = sections(
        [SectionRule(label) for label in sorted({label for label, _ in given}) if plain(label) not in known]
    )
    names = names_of(rules)
    by_id = {article.id: (names[plain(label)], article) for label, article in given}
    analyses = {id_: analyse(article) for id_, (_, article) in by_id.items()}
    single = duplicates.find([article for _, article in by_id.values()], analyses).articles
    # In an order that is nobody's, so that a split is not one of dates.
    once = [Labelled(each, analyses[each.id], by_id[each.id][0]) for each in sorted(single, key=lambda each: each.id)]
    return once, rules, len(given)


def _article(row: dict[str, Any]) -> Article:
    blocks = tuple(Block("paragraph", text) for text in row["paragraphs"])
    language = str(row.get("lang") or "en")
    article = Article("", "", "benchmark", str(row["headline"]), language=language, blocks=blocks)
    return replace(identify(article), labels=(str(row["label"]),))


def split(labelled: Sequence[Labelled], size: int | None, seed: int) -> tuple[list[Labelled], list[Labelled]]:
    """At most `size` articles a section to learn from, and those to try: the same for each size."""
    by_section = defaultdict(list)
    for each in labelled:
        by_section[each.slug].append(each)
    learned, tried = [], []
    for slug in sorted(by_section):
        own = by_section[slug]
        random.Random(f"{seed} {slug}").shuffle(own)
        kept_back = round(TRIED * len(own))
        tried += own[:kept_back]
        learned += own[kept_back:][:size]
    return learned, tried


def learn(labelled: Sequence[Labelled], rules: Sequence[SectionRule]) -> dict[str, Classifier]:
    examples = (example_of(each.article, each.analysis, rules) for each in labelled)
    return train(filter(None, examples))


def placed(
    tried: Sequence[Labelled], rules: Sequence[SectionRule], learned: dict[str, Classifier]
) -> Counter[tuple[str, str]]:
    """How often articles of one section, without their label, were placed in which."""
    return Counter(
        (each.slug, place(Story((replace(each.article, labels=()),)), each.analysis, rules, learned=learned).slug)
        for each in tried
    )


def scores(pairs: Counter[tuple[str, str]]) -> dict[str, float]:
    """F1 of each section."""
    found = {}
    for slug in sorted({slug for slug, _ in pairs}):
        right = pairs[slug, slug]
        named = sum(count for (own, _), count in pairs.items() if own == slug)
        given = sum(count for (_, given), count in pairs.items() if given == slug)
        found[slug] = 2 * right / (named + given) if right else 0.0
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        default=DATA / "news-en.jsonl.gz",
        help="gzipped JSON lines of label, headline, paragraphs, maybe lang",
    )
    parser.add_argument("--splits", type=int, default=5, help="how often the articles are split anew")
    given = parser.parse_args()
    if not given.file.is_file():
        raise SystemExit(f"{given.file}: not there; name a file of labelled articles")
    labelled, rules, lines = read(given.file)
    print(f"{given.file.name}: {lines} articles, {len(labelled)} different; {TRIED:.0%} tried, {given.splits} splits")
    named = sorted({each.slug for each in labelled})
    body = []
    for size in (0, *SIZES):
        pairs: Counter[tuple[str, str]] = Counter()
        macros, taught, seconds = [], 0, 0.0
        for seed in range(given.splits):
            learned, tried = split(labelled, size, seed)
            started = time.process_time()
            classifiers = learn(learned, rules) if learned else {}
            seconds += time.process_time() - started
            taught = len(learned)
            found = placed(tried, rules, classifiers)
            by_section = scores(found)
            macros.append(sum(by_section.values()) / len(by_section))
            pairs += found
        name = {0: "keywords alone", None: "all"}.get(size, f"{size} a section")
        spread = f"{min(macros):.3f}–{max(macros):.3f}"
        figures = [f"{f1:.3f}" for slug, f1 in scores(pairs).items() if slug in named]
        body.append(
            (name, taught, f"{sum(macros) / len(macros):.3f}", spread, *figures, f"{seconds / given.splits:.1f}")
        )
    print(table(("examples", "number", "macro-F1", "least–most", *named, "s"), body))
    for (own, other), count in pairs.most_common():
        if own != other:
            print(f"with all: {own} taken for {other} {count / given.splits:.1f}")
    print(machine())


if __name__ == "__main__":
    main()
