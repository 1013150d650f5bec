"""Composing gives the same issue however many processes share it, and reads every text once."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from dataclasses import replace

import pytest

from digest.config import Settings
from digest.language import analyse, numbering
from digest.model import Analysis, Article
from digest.pipeline import compose_issue, composing
from digest.workers import SMALLEST
from tests.stages.cluster.events import articles_of, labelled_pairs
from tests.stages.newsroom import FERRY, LIGHTHOUSE, NOW, article, hours_ago


def a_morning(size: int) -> list[Article]:
    """Reports of as many villages, each with words of its own; some are told by two publishers."""
    told = []
    for number in range(size):
        place = f"Saltmarsh{chr(97 + number % 26)}{chr(97 + number // 26)}"
        paragraphs = [text.replace("Saltmarsh", place) for text in (*FERRY, *LIGHTHOUSE)]
        publisher = ("Harbour Post", "Valley Echo")[number % 2]
        moved = paragraphs[number % 7 :] + paragraphs[: number % 7]
        told.append(article(f"Ferry to {place} stops", *moved, publisher=publisher, published=hours_ago(number % 20)))
    return told


@pytest.mark.parametrize("algorithm", ["forward", "lexrank"])
@pytest.mark.parametrize("forked", [True, False])
def test_the_issue_does_not_depend_on_the_number_of_workers(
    algorithm: str, forked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if forked and sys.platform != "linux":
        pytest.skip("elsewhere no worker is forked")
    monkeypatch.setattr("digest.workers.may_fork", lambda: forked)
    articles = [
        article(f"Bulletin {number}", f"Village {number} {word} its {word}s.", f"The {word} of village {number} won.")
        for number, word in enumerate(f"w{chr(97 + n % 26)}{chr(97 + n // 26)}x" for n in range(SMALLEST + 16))
    ]
    alone, shared = (
        compose_issue(articles, Settings.model_validate({"workers": workers, "summary": {"algorithm": algorithm}}), NOW)
        for workers in (1, 2)
    )
    assert len(alone.stories) >= SMALLEST  # else no process was started
    assert shared == alone


def test_every_text_is_analysed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()

    def counting(given: Article) -> Analysis:
        asked[given.id] += 1
        return analyse(given)

    monkeypatch.setattr(composing, "analyse", counting)
    articles = a_morning(12)
    compose_issue(articles, Settings(), NOW)
    assert asked == Counter(each.id for each in articles)


@pytest.mark.parametrize("most", [0, 40, 400])
def test_the_issue_does_not_depend_on_which_numbers_words_have(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = [replace(each, publisher="Valley Echo", id=f"{each.id}x") for each in a_morning(4)]
    articles = [*a_morning(12), *copies, *articles_of(labelled_pairs())]
    settings = Settings.model_validate({"interest": [{"terms": ["ferry", "tram strike"]}]})
    expected = compose_issue(articles, settings, NOW)
    # Each article, or each few, in a vocabulary of their own, met in the opposite order.
    monkeypatch.setattr(numbering, "_MOST_WORDS", most)
    monkeypatch.setattr(numbering, "_numberers", {})
    for each in reversed(articles):
        analyse(each)
    assert compose_issue(articles, settings, NOW) == expected


def test_the_memory_is_looked_after_again_when_the_issue_is_made() -> None:
    compose_issue(a_morning(3), Settings(), NOW)
    assert gc.isenabled()
    gc.disable()
    try:
        compose_issue(a_morning(3), Settings(), NOW)
        assert not gc.isenabled()
    finally:
        gc.enable()
