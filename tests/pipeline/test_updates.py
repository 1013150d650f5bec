"""Two mornings with one archive: what was published comes back only as an update."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from digest.archive import open_archive
from digest.config import load
from digest.model import Issue, Look
from digest.pipeline import draft_issue, known, publish, sources_of
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
