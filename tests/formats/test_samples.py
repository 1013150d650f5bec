"""The sample newsletter's documents, read one by one, against what a person wrote down that is in them."""

from __future__ import annotations

import json
import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from digest.formats import BUILT_IN, detect
from digest.model import Article, Document, Hints
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
FORMATS = {
    "html": "html",
    "rss": "feed",
    "atom": "feed",
    "json feed": "json-feed",
    "markdown": "markdown",
    "mail": "mail",
}


@cache
def expected() -> dict[str, Any]:
    return dict(json.loads((SAMPLES / "expected.json").read_text("utf-8")))


def of_these_formats() -> list[str]:
    files = expected()["files"]
    return [name for name, file in files.items() if file["format"].partition(",")[0] in FORMATS]


def read(name: str, media_type: str | None = None) -> tuple[str, tuple[Article, ...]]:
    sources = tomllib.loads((SAMPLES / "digest.toml").read_text("utf-8"))["source"]
    source = next(source for source in sources if source["path"] == Path(name).parts[0])
    now = datetime.fromisoformat(expected()["now"])
    document = Document(source["name"], name, (SAMPLES / name).read_bytes(), media_type, retrieved=now)
    found = detect(document, BUILT_IN)
    hints = Hints(source["name"], source.get("publisher", ""), source.get("language"))
    return found.name, found.read(document, hints).articles


@pytest.mark.parametrize("name", of_these_formats())
@pytest.mark.parametrize("media_type", [None, "text/plain", "application/octet-stream"])
def test_a_document_is_told_by_what_is_in_it(name: str, media_type: str | None) -> None:
    wanted = FORMATS[expected()["files"][name]["format"].partition(",")[0]]
    if wanted == "markdown" and not (SAMPLES / name).read_bytes().startswith((b"---", b"+++")):
        pytest.skip("Markdown without front matter is told by its name alone")
    found, _ = read(name, media_type)
    assert found == wanted


@pytest.mark.parametrize("name", of_these_formats())
def test_a_document_gives_what_a_person_finds_in_it(name: str) -> None:
    file = expected()["files"][name]
    _, articles = read(name)
    assert [article.kind for article in articles] == [wanted["kind"] for wanted in file["articles"]]
    for article, wanted in zip(articles, file["articles"], strict=True):
        assert article.headline == (wanted["headline"] if not wanted["headline_made"] else "")
        assert article.standfirst == wanted["standfirst"]
        assert article.language == wanted["language"]
        assert list(article.labels) == wanted["labels"]
        assert article.url == wanted["url"]
        assert wanted.get("byline", "") in article.byline
        assert_same_moment(article.published, wanted["published"])
        if wanted["kind"] == "full":
            assert len(article.paragraphs) == wanted["paragraphs"]
            assert [block.text for block in article.blocks if block.kind == "subhead"] == wanted["subheads"]
            assert wanted["first"] in article.paragraphs[0]
            assert wanted["last"] in article.paragraphs[-1]


@pytest.mark.parametrize("name", of_these_formats())
def test_no_furniture_is_kept(name: str) -> None:
    _, articles = read(name)
    for article in articles:
        text = "\n".join([article.headline, article.standfirst, *(block.text for block in article.blocks)])
        assert [words for words in expected()["files"][name].get("furniture", ()) if words in text] == []


@pytest.mark.parametrize("name", [name for name in of_these_formats() if expected()["files"][name].get("contact")])
def test_the_correction_contact_is_found(name: str) -> None:
    wanted = expected()["files"][name]["contact"]
    _, articles = read(name)
    for article in articles:
        assert article.contact is not None
        assert article.contact.address == wanted["address"]
        assert article.contact.url == wanted["url"]
        assert article.contact.statement == wanted["statement"]


def assert_same_moment(moment: datetime | None, wanted: str | None) -> None:
    if wanted is None or moment is None:
        assert moment is None
        assert wanted is None
    elif len(wanted) == len("2026-11-20"):
        assert moment.date().isoformat() == wanted
    else:
        assert moment == datetime.fromisoformat(wanted)
