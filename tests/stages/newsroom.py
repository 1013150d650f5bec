"""Articles of invented publishers, as a test needs them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from digest.identity import identify
from digest.language import analyse
from digest.model import Analysis, Article, Block

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


def article(headline: str, *paragraphs: str, guid: str = "", **facts: Any) -> Article:
    """A full article in English by the Harbour Post, unless the facts say otherwise; without paragraphs a brief."""
    given: dict[str, Any] = {"source": "harbour", "publisher": "Harbour Post", "language": "en"}
    blocks = tuple(Block("paragraph", text) for text in paragraphs)
    made = Article("", "", headline=headline, blocks=blocks, kind="full" if blocks else "brief", **{**given, **facts})
    return identify(made, guid=guid or None)


def hours_ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def analyses_of(articles: Iterable[Article]) -> dict[str, Analysis]:
    return {each.id: analyse(each) for each in articles}


FERRY = (
    "The ferry to Saltmarsh will not sail again before spring, its owner said in Harbourtown on Thursday.",
    "A crack was found in the main engine of the Grey Heron, a ship of forty years, during a routine inspection.",
    "Islanders are angry: the county promised them a second ship in the autumn, and 1,300 people depend on the line.",
    "“We shall row if we must,” said Ada Fennel, who keeps the only shop on the island and has done so since 1988.",
)
LIGHTHOUSE = (
    "Storm-driven waves broke three windows of the old lighthouse at Cape Tern in the night to Wednesday.",
    "Nobody was hurt, the harbour office said, but the lamp will stay dark until glass comes from the mainland.",
    "The tower of 1871 has been a museum for twelve years, and its keeper hopes to open it again in 2027.",
)
