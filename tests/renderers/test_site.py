"""The index of all issues, and their Atom feed as RFC 4287 has it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import feedparser
import html5lib
import pytest
from lxml import etree
from lxml import html as lxml_html

from digest.model import Look
from digest.renderers.site import NEWEST, Entry, atom_feed, index_page

BASE = "https://letter.example.org/"
FIRST = date(2026, 10, 1)
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(count: int = 40) -> list[Entry]:
    """The newest first."""
    return [
        Entry(
            number,
            FIRST + timedelta(days=number),
            f"Bread & <b>butter</b> {number}",
            "And a whale passes" if number % 2 else "",
            12,
            datetime(2026, 10, 1, 5, 30, tzinfo=UTC) + timedelta(days=number),
        )
        for number in range(count, 0, -1)
    ]


def test_the_feed_is_what_a_reader_program_expects() -> None:
    read = feedparser.parse(atom_feed("The Quay Letter", "en", BASE, entries()).body)
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.title == "The Quay Letter"
    links = {link.rel: link.href for link in read.feed.links}
    assert links == {"self": "https://letter.example.org/feed.xml", "alternate": "https://letter.example.org/"}
    assert len(read.entries) == NEWEST
    newest = read.entries[0]
    assert newest.link == "https://letter.example.org/2026-11-10/web.html"
    assert newest.title == "Bread &amp; &lt;b&gt;butter&lt;/b&gt; 40" or newest.title == "Bread & <b>butter</b> 40"
    assert (newest.updated, read.feed.updated) == ("2026-11-10T05:30:00Z", "2026-11-10T05:30:00Z")
    assert "And a whale passes" in read.entries[1].summary


def test_the_newsletter_s_name_is_not_said_again_with_every_issue() -> None:
    one = [Entry(1, FIRST, "The ferry is back · The Quay Letter", "", 2, datetime(2026, 10, 1, tzinfo=UTC))]
    read = feedparser.parse(atom_feed("The Quay Letter", "en", BASE, one).body)
    assert read.entries[0].title == "The ferry is back"
    page = lxml_html.fromstring(index_page("The Quay Letter", "en", BASE, one, Look()).body.decode())
    assert [heading.text_content() for heading in page.iter("h3")] == ["The ferry is back"]


def test_the_feed_has_all_that_the_standard_asks_for_and_every_id_once() -> None:
    root = etree.fromstring(atom_feed("The Quay Letter", "en", BASE, entries()).body)
    for element in (root, *root.findall(f"{ATOM}entry")):
        assert [len(element.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "The Quay Letter"
    ids = [element.text or "" for element in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    assert all(id_.startswith("urn:uuid:") for id_ in ids)


def test_an_entry_keeps_its_id_when_the_site_moves_and_when_others_come() -> None:
    def ids(base: str, count: int) -> dict[str, str]:
        read = feedparser.parse(atom_feed("The Quay Letter", "en", base, entries(count)).body)
        return {entry.title: entry.id for entry in read.entries}

    before, after = ids(BASE, 20), ids("https://elsewhere.example", 25)
    assert before.items() <= after.items()
    other = feedparser.parse(atom_feed("The Mill Letter", "en", BASE, entries(20)).body)
    assert not {entry.id for entry in other.entries} & set(before.values())


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_index_leads_to_every_issue_and_is_valid(language: str) -> None:
    body = index_page("The Quay <Letter>", language, BASE, entries(3), Look()).body.decode()
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(body)
    page = lxml_html.fromstring(body)
    assert [link.get("href") for link in page.cssselect("article a")] == [
        "2026-10-04/web.html",
        "2026-10-03/web.html",
        "2026-10-02/web.html",
    ]
    assert page.cssselect("article a")[0].text_content() == "Bread & <b>butter</b> 3"
    assert page.cssselect("link[rel=alternate]")[0].get("href") == "feed.xml"
    assert not page.cssselect("script, img, link[rel=stylesheet]")
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")


def test_without_an_address_or_an_issue_there_is_no_feed_to_lead_to() -> None:
    assert b"feed.xml" not in index_page("The Quay Letter", "en", "", entries(3), Look()).body
    assert b"feed.xml" not in index_page("The Quay Letter", "en", BASE, [], Look()).body
