"""JSON Feed 1.0 and 1.1 give their items, and one bad item costs no other."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import FormatError
from tests.formats.documents import ADDRESS, PARAGRAPHS, body, only, read

HEADLINE = "Ferry to sail until March"


def feed(*items: Any, **stated: Any) -> str:
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Tidewatch",
        "home_page_url": "https://tidewatch.example/",
    }
    return json.dumps(head | stated | {"items": list(items)})


def test_an_item_with_its_text_is_a_full_article() -> None:
    item = {
        "id": "tw-1", "url": "/world/ferry?utm_source=json", "title": HEADLINE, "content_html": body(),
        "summary": "Two counties share the cost of one old ship.", "date_published": "2026-11-17T18:00:00+01:00",
        "date_modified": "2026-11-18T08:00:00+01:00", "authors": [{"name": "Ana Correl"}, {"name": "Bo Lind"}],
        "tags": ["World"], "language": "en-GB", "image": "https://tidewatch.example/f.jpg",
    }  # fmt: skip
    article = only(read(feed(item, language="fr")))
    assert (article.kind, article.headline, article.paragraphs) == ("full", HEADLINE, PARAGRAPHS)
    assert (article.url, article.byline, article.labels) == (ADDRESS, "Ana Correl, Bo Lind", ("World",))
    assert article.standfirst == "Two counties share the cost of one old ship."
    assert article.published == datetime(2026, 11, 17, 17, tzinfo=UTC)
    assert article.updated == datetime(2026, 11, 18, 7, tzinfo=UTC)
    assert (article.language, article.publisher) == ("en", "Tidewatch")
    assert article.image is not None


def test_plain_text_keeps_its_paragraphs_and_its_angle_brackets() -> None:
    text = "\n\n".join([*PARAGRAPHS, "The form said <could not> & stopped."])
    article = only(read(feed({"id": 1, "title": HEADLINE, "content_text": text})))
    assert article.paragraphs == (*PARAGRAPHS, "The form said <could not> & stopped.")


def test_a_title_is_plain_text_however_it_looks() -> None:
    title = "<script>alert(1)</script> in one box of fourteen"
    assert only(read(feed({"id": "1", "title": title}))).headline == title


def test_an_item_stated_loosely_is_read_as_it_is_meant() -> None:
    item = {
        "id": 1.50, "title": 1984, "authors": {"name": "Ana Correl"}, "tags": "World, Ships",
        "attachments": [{"url": "/f.mp3", "mime_type": "audio/mpeg"}, {"url": "/f.jpg", "mime_type": "image/jpeg"}],
    }  # fmt: skip
    text = feed(item, authors=[3, None, {"name": 7}, "The desk"]).replace("1.5,", "9" * 5000 + ",")
    article = only(read(text))
    assert (article.headline, article.byline, article.labels) == ("1984", "Ana Correl", ("World", "Ships"))
    assert article.image is not None
    assert article.image.url == "https://tidewatch.example/f.jpg"


def test_version_1_0_has_one_author_and_a_feed_s_author_is_its_items() -> None:
    items = [{"id": "1", "title": "a", "author": {"name": "Ana Correl"}}, {"id": "2", "title": "b"}]
    articles = read(feed(*items, version="https://jsonfeed.org/version/1", author={"name": "The desk"})).articles
    assert [article.byline for article in articles] == ["Ana Correl", "The desk"]


def test_identifiers_that_several_items_bear_name_none() -> None:
    first, second = read(feed({"id": "1", "title": "a", "url": "/a"}, {"id": "1", "title": "b", "url": "/b"})).articles
    assert first.id != second.id


def test_a_bad_item_costs_no_other() -> None:
    reading = read(
        feed(None, 7, [], {}, {"id": {}, "title": 5, "tags": "x", "authors": "y", "url": []}, {"title": HEADLINE})
    )
    assert [article.headline for article in reading.articles] == ["5", HEADLINE]
    assert [drop.reason for drop in reading.drops] == ["bad item", "bad item", "bad item", "empty"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [', "not whole JSON"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 100_000, "nests deeper"),
        ('{"version": "https://jsonfeed.org/version/1.1"}', 'no list "items"'),
        ("[1, 2]", "no JSON Feed"),
    ],
)
def test_what_is_no_json_feed_is_an_error_that_names_it(text: str, words: str) -> None:
    with pytest.raises(FormatError, match=f"the document.*{words}"):
        read(text, "application/feed+json")


KEYS = st.sampled_from(["id", "title", "content_html", "url", "tags", "authors", "name"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda value: st.lists(value, max_size=3) | st.dictionaries(KEYS, value),
)


@settings(max_examples=40, deadline=None)
@given(VALUES)
def test_any_item_is_read_or_dropped(item: Any) -> None:
    reading = read(feed(item, {"id": "last", "title": HEADLINE}))
    assert reading.articles[-1].headline == HEADLINE
    assert len(reading.articles) + len(reading.drops) == 2
