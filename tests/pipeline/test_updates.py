"""Two mornings with one archive: what was published comes back only as an update."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.archive import open_archive
from digest.config import load
from digest.identity import identify
from digest.model import Document, Hints, Issue, Look, Reading
from digest.pipeline import collecting, draft_issue, known, publish, read_shown, sources_of
from digest.repeated import Shown
from tests.stages.newsroom import FERRY, LIGHTHOUSE, NOW

CONFIG = """
[newsletter]
name = "The Morning"
[[source]]
name = "post"
use = "folder"
path = "post"
"""


def write(folder: Path, name: str, title: str, hours: int, *paragraphs: str) -> None:
    (folder / "post").mkdir(exist_ok=True)
    dated = (NOW - timedelta(hours=hours)).isoformat()
    head = f"---\ntitle: {title}\nurl: https://post.example/{name}\ndate: {dated}\npublisher: The Post\n---\n"
    (folder / "post" / f"{name}.md").write_text(head + "\n\n".join(paragraphs) + "\n")


def morning(folder: Path, day: int) -> Issue:
    settings = load(folder / "digest.toml", known())
    now = NOW + timedelta(days=day)
    with open_archive(f"sqlite:///{folder}/digest.sqlite") as archive:
        issue, _ = draft_issue(settings, sources_of(settings), archive, now)
        return publish(issue, Look(), archive, now).issue


def worse(document: Document, hints: Hints, now: datetime) -> tuple[Reading, tuple[Shown, ...]]:
    """What an older version of the program found in a document: less of its text."""
    reading, shown = read_shown(document, hints, now)
    cut = (identify(replace(each, blocks=each.blocks[:2])) for each in reading.articles)
    return replace(reading, articles=tuple(cut)), shown


def test_what_is_only_read_better_since_it_was_printed_is_no_update_and_what_its_publisher_adds_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "digest.toml").write_text(CONFIG)
    write(tmp_path, "ferry", "Ferry stops until spring", 2, *FERRY)
    with monkeypatch.context() as older:
        older.setattr(collecting, "read_shown", worse)
        [story] = morning(tmp_path, 0).stories
    assert len(story.lead.blocks) == 2
    write(tmp_path, "lamp", "Lamp goes dark", -20, *LIGHTHOUSE)
    issue = morning(tmp_path, 1)
    assert [story.headline for story in issue.stories] == ["Lamp goes dark"]
    assert ("Ferry stops until spring", "already told") in [(drop.subject, drop.reason) for drop in issue.drops]
    news = "Two welders from the mainland closed the crack on Thursday night, and the ship sails on Monday."
    write(tmp_path, "ferry", "Ferry stops until spring", 2, *FERRY, news)
    [story] = morning(tmp_path, 2).stories
    assert story.headline == "Update: Ferry stops until spring"
    assert story.summary.sentences[0].text == news


def test_a_published_article_comes_back_when_its_publisher_adds_to_it_and_not_before(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text(CONFIG)
    write(tmp_path, "ferry", "Ferry stops until spring", 2, *FERRY)
    assert [story.headline for story in morning(tmp_path, 0).stories] == ["Ferry stops until spring"]
    write(tmp_path, "lamp", "Lamp goes dark", -20, *LIGHTHOUSE)
    assert [story.headline for story in morning(tmp_path, 1).stories] == ["Lamp goes dark"]
    news = "Two welders from the mainland closed the crack on Thursday night, and the ship sails on Monday."
    write(tmp_path, "ferry", "Ferry stops until spring", 2, *FERRY, news)
    [story] = morning(tmp_path, 2).stories
    assert story.headline == "Update: Ferry stops until spring"
    assert story.summary.sentences[0].text == news
    write(
        tmp_path,
        "toll",
        "Toll goes to a vote",
        -68,
        "Residents of the town decide on the harbour toll on Friday.",
        "It is free.",
    )
    assert [story.headline for story in morning(tmp_path, 3).stories] == ["Toll goes to a vote"]
