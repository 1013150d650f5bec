"""Feeds of every kind beside the articles they must give, whichever of the two parsers read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.decode import decode
from digest.formats.feed import lenient, wellformed
from digest.formats.feed.entry import Feed, Setting
from digest.formats.feed.mend import mended
from digest.formats.items import article_of
from digest.model import Article, Document, Hints
from digest.serial import article_to_dict
from tests.formats.documents import NOW, read

FEEDS = sorted((Path(__file__).parent / "feeds").glob("*.xml"))
URL = "https://feeds.example/somewhere/else.xml"


def told(article: Article) -> dict[str, Any]:
    """What an article says, without what every one of these has in common."""
    plain = article_to_dict(article)
    return {name: value for name, value in plain.items() if value and name not in ("revision", "source", "retrieved")}


def by(feed: Feed) -> tuple[str, str, tuple[Article | None, ...]]:
    setting = Setting.of(feed, URL)
    articles = (article_of(setting.item(entry, entry.guid), Hints("x"), NOW) for entry in feed.entries)
    return setting.publisher, feed.language, tuple(articles)


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.stem)
def test_a_feed_gives_its_articles(path: Path, update: bool) -> None:
    reading = read(path.read_bytes(), "application/xml", URL)
    found = {
        "title": reading.title,
        "language": reading.language,
        "articles": list(map(told, reading.articles)),
        "drops": [f"{drop.subject}: {drop.reason}; {drop.detail}" for drop in reading.drops],
    }
    golden = path.with_suffix(".json")
    if update:
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.stem)
def test_both_parsers_give_the_same_articles_of_a_well_formed_feed(path: Path) -> None:
    text = mended(decode(Document("", path.name, path.read_bytes())))
    if path.stem == "rss-2.0-agency":  # feedparser takes the caption of a picture for the text of the item
        text = text.replace("media:description", "media:caption")
    quick = wellformed.parse(text, NOW)
    assert (quick is None) == (path.stem == "broken-tags")
    if quick is not None:
        assert by(quick) == by(lenient.parse(text, path.name, NOW))


TEXTS = (
    "Ferry", "a &lt;b&gt;bold&lt;/b&gt; claim", "<![CDATA[<p>One.</p><p>Two & three.</p>]]>", "&amp;lt;i&amp;gt;", "",
    "1 &#x3c; 2", " spaced\n out ", "Größe", "https://paper.example/a?utm_source=x&amp;b=1", "18 Nov 2026",
)  # fmt: skip
MARKUP = "<p>inline <em>tags</em></p>", "a < b".replace("<", "&lt;"), "one<br/>two", "<div>x</div> y"
ONCE = (
    "<link>https://paper.example/1</link>", "<link>/2?fbclid=1</link>", "<guid>https://paper.example/g</guid>",
    "<guid isPermaLink='false'>g-1</guid>", "<pubDate>Wed, 18 Nov 2026 06:00:00 GMT</pubDate>",
    "<pubDate>someday</pubDate>", "<pubDate>Fri, 18 Dec 2026 06:00:00 GMT</pubDate>", "<dc:date>2026-11-17</dc:date>",
    "<enclosure url='/a.jpg' type='image/jpeg'/>", "<media:thumbnail url='/t.jpg'/>",
    "<source url='x'>Elsewhere</source>",
)  # fmt: skip


def elements(names: tuple[str, ...], texts: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.builds(lambda name, text: f"<{name}>{text}</{name}>", st.sampled_from(names), st.sampled_from(texts))


RSS = elements(("dc:creator", "category", "dc:subject"), TEXTS) | elements(
    ("title", "description", "content:encoded"), TEXTS + MARKUP
)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.lists(RSS, max_size=4, unique_by=lambda element: element.partition(">")[0]),
            st.lists(st.sampled_from(ONCE), max_size=4, unique_by=lambda element: element[:5]),
        ),
        max_size=3,
    ),
    st.sampled_from(["", "xml:lang='fr'", "xml:base='https://base.example/x/'"]),
)
def test_both_parsers_agree_on_any_well_formed_rss(items: list[tuple[list[str], list[str]]], attribute: str) -> None:
    inside = "".join(f"<item {attribute}>{''.join(texts)}{''.join(once)}</item>" for texts, once in items)
    text = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>
        <title>Paper</title><link>https://paper.example/</link>{inside}</channel></rss>"""
    quick = wellformed.parse(text, NOW)
    if quick is None:
        assert "someday" in text  # a date it cannot read is all that this feed may have against it
    else:
        assert by(quick) == by(lenient.parse(text, "x", NOW))
