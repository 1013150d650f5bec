"""The laws that hold for every issue: verbatim, nothing dropped without a reason, reproducible, offline."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.config import Settings
from digest.model import Article, Issue, Look
from digest.pipeline import compose_issue, render
from digest.serial import issue_from_json
from tests import strategies
from tests.conftest import ROOT

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
OFTEN = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

articles = st.lists(strategies.articles(), max_size=12, unique_by=lambda article: article.id)


def assert_verbatim(issue: Issue) -> None:
    for story in issue.stories:
        by_id = {article.id: article for article in story.articles}
        for sentence in story.summary.sentences:
            article = by_id[sentence.article]
            assert sentence.revision == article.revision
            assert article.text(sentence.field)[sentence.start : sentence.end] == sentence.text
            assert sentence.text.strip()


@OFTEN
@given(articles)
def test_every_sentence_of_a_summary_stands_in_its_article(given: list[Article]) -> None:
    assert_verbatim(compose_issue(given, Settings(), NOW))


@OFTEN
@given(articles, st.integers(1, 5), st.sampled_from([None, 24.0]))
def test_articles_in_are_articles_placed_plus_drops(given: list[Article], most: int, window: float | None) -> None:
    newsletter = Settings().newsletter.model_copy(update={"max_stories": most, "window": window})
    issue = compose_issue(given, Settings(newsletter=newsletter), NOW)
    placed = [article.id for story in issue.stories for article in story.articles]
    assert len(placed) == len(set(placed))
    assert len(placed) + len(issue.drops) == len(given)
    assert all(drop.stage and drop.reason for drop in issue.drops)


@OFTEN
@given(articles, st.randoms(use_true_random=False))
def test_the_issue_does_not_depend_on_the_order_articles_come_in(given: list[Article], random: object) -> None:
    shuffled = list(given)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, two = compose_issue(given, Settings(), NOW), compose_issue(shuffled, Settings(), NOW)
    assert one.sections == two.sections
    assert set(one.drops) == set(two.drops)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles.filter(bool))
def test_any_issue_renders_in_every_form_and_reads_back(given: list[Article]) -> None:
    issue = compose_issue(given, Settings(), NOW)
    renditions = {rendition.name: rendition.body for rendition in render(issue, Look())}
    assert set(renditions) == {"issue.html", "issue.txt", "web.html", "issue.json", "issue.eml"}
    assert issue_from_json(renditions["issue.json"]) == issue


def build(folder: Path, seed: str, *options: str) -> dict[str, bytes]:
    """The sample newsletter, built by a new process with that hash seed, without the possibility of a connection."""
    offline = (
        "import socket\n"
        "class Refused(socket.socket):\n"
        "    def connect(self, *a): raise AssertionError('a connection was opened')\n"
        "    connect_ex = connect\n"
        "def refuse(*a, **k): raise AssertionError('a name was looked up')\n"
        "socket.socket, socket.create_connection, socket.getaddrinfo = Refused, refuse, refuse\n"
        "from digest.cli import main\nmain()\n"
    )
    shutil.copytree(ROOT / "samples", folder / "samples", ignore=shutil.ignore_patterns("*.sqlite*"))
    command = [sys.executable, "-c", offline, "build", "-c", "samples/digest.toml", *options]
    command += ["--now", "2026-11-20T07:00:00+01:00", "--out", str(folder), "-q"]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "2" else "America/Lima"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in (folder / "2026-11-20").iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return build(tmp_path_factory.mktemp("one"), "1")


def test_two_processes_with_other_hash_seeds_and_time_zones_give_the_same_bytes(
    built: dict[str, bytes], tmp_path: Path
) -> None:
    assert build(tmp_path, "2") == built


def test_the_samples_are_verbatim_too(built: dict[str, bytes]) -> None:
    issue = issue_from_json(built["issue.json"])
    assert len(issue.stories) >= 20
    assert_verbatim(issue)


def test_the_versioned_json_has_the_documented_shape(built: dict[str, bytes]) -> None:
    data = json.loads(built["issue.json"])
    assert data["version"] == 1
    story = data["sections"][0]["stories"][0]
    assert {"value", "reasons"} <= set(story["score"])
    assert {"article", "revision", "field", "start", "text"} <= set(story["summary"][0])
    wanted = {"id", "revision", "kind", "headline", "headline_made", "standfirst", "publisher", "url", "published"}
    assert wanted | {"language", "labels", "blocks"} <= set(story["articles"][0])
    assert {"publisher", "address", "url", "statement", "origin"} <= set(data["contacts"][0])
    assert {"stage", "subject", "reason", "detail"} <= set(data["drops"][0])
