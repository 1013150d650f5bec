"""The samples hold what samples/expected.json says a careful person finds in them, file by file."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from digest.config import load
from digest.model import Article, Document, Reading
from digest.pipeline import known, read_documents, sources_of
from digest.sources.files import Folder
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
NOW = datetime.fromisoformat(EXPECTED["now"])
FILES = sorted(EXPECTED["files"])


@cache
def readings() -> dict[str, Reading]:
    """What each sample is read as, by its path in the folder."""
    settings = load(SAMPLES / "digest.toml", known())
    read = {}
    for source, plugin in sources_of(settings):
        assert isinstance(plugin, Folder)
        documents = [item for item in plugin.fetch(NOW) if isinstance(item, Document)]
        for document, reading in zip(documents, read_documents(source, documents, NOW), strict=True):
            read[document.name] = reading
    return read


def found(name: str) -> list[tuple[dict[str, Any], Article]]:
    return list(zip(EXPECTED["files"][name]["articles"], readings()[name].articles, strict=True))


def wanted(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value and len(value) > 10 else None


@pytest.mark.parametrize("name", FILES)
def test_the_articles_and_briefs_are_found_in_order(name: str) -> None:
    expected = [(each["kind"], each["headline"] or "made") for each in EXPECTED["files"][name]["articles"]]
    articles = readings()[name].articles
    assert [(each.kind, "made" if each.headline_made else each.headline) for each in articles] == expected


@pytest.mark.parametrize("name", FILES)
def test_each_has_its_standfirst_its_language_and_its_day(name: str) -> None:
    for expected, article in found(name):
        assert article.standfirst == expected["standfirst"]
        assert article.language == expected["language"]
        if (moment := wanted(expected["published"])) is not None:
            assert article.published == moment
        elif expected["published"]:
            assert article.published is not None
            assert article.published.date().isoformat() == expected["published"]


@pytest.mark.parametrize("name", FILES)
def test_a_body_is_whole(name: str) -> None:
    for expected, article in found(name):
        if article.kind == "full":
            assert len(article.paragraphs) == expected["paragraphs"]
            assert [block.text for block in article.blocks if block.kind == "subhead"] == expected["subheads"]
            assert expected["first"] in article.paragraphs[0]
            assert article.paragraphs[-1].endswith(expected["last"])


@pytest.mark.parametrize("name", FILES)
def test_no_furniture_is_kept(name: str) -> None:
    kept = "\n".join(
        text
        for article in readings()[name].articles
        for text in (article.headline, article.standfirst, *(block.text for block in article.blocks))
    )
    assert [line for line in EXPECTED["files"][name]["furniture"] if line in kept] == []


@pytest.mark.parametrize("name", FILES)
def test_the_page_s_own_contact_is_found_word_for_word(name: str) -> None:
    expected = EXPECTED["files"][name]["contact"]
    contacts = {each.contact for each in readings()[name].articles if each.contact and each.contact.origin == "page"}
    assert {(each.address, each.url, each.statement) for each in contacts} == (
        {(expected["address"], expected["url"], expected["statement"])} if expected else set()
    )


def test_the_footer_sends_readers_to_every_publisher_and_to_no_single_page() -> None:
    issue = json.loads((ROOT / "tests" / "issues" / "samples" / "expected" / "issue.json").read_text("utf-8"))
    shown = {(each["publisher"], each["address"], each["url"], each["origin"]) for each in issue["contacts"]}
    assert shown == {(each["publisher"], each["address"], each["url"], each["origin"]) for each in EXPECTED["contacts"]}
    told = {article["publisher"] for section in issue["sections"] for story in section["stories"]
            for article in story["articles"]}  # fmt: skip
    assert told - {publisher for publisher, *_ in shown} == set(EXPECTED["without_contact"])
