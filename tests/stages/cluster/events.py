"""The labelled reports of events.toml as articles, and which pairs of them tell one event."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from digest.model import Article
from tests.stages.newsroom import article, hours_ago


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports of one group: what makes it hard, and whether they tell one event."""

    kind: str
    one: Article
    other: Article
    same: bool


def labelled_pairs() -> tuple[Pair, ...]:
    """Every pair of reports within a group."""
    groups = tomllib.loads(Path(__file__).with_name("events.toml").read_text("utf-8"))["group"]
    pairs = []
    for number, group in enumerate(groups):
        reports = [(_article(number, group["language"], report), report["event"]) for report in group["article"]]
        for (one, event), (other, another) in combinations(reports, 2):
            pairs.append(Pair(f"{group['kind']} ({group['language']})", one, other, event == another))
    return tuple(pairs)


def articles_of(pairs: Sequence[Pair]) -> tuple[Article, ...]:
    return tuple({each.id: each for pair in pairs for each in (pair.one, pair.other)}.values())


def _article(group: int, language: str, report: dict[str, str]) -> Article:
    hours = report.get("hours")
    return article(
        report["headline"],
        *report["text"].strip().splitlines(),
        guid=f"{group} {report['headline']}",
        publisher=report["publisher"],
        language=language,
        published=None if hours is None else hours_ago(float(hours)),
    )
