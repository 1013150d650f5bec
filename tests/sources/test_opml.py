"""Lists of feeds come in from other readers, nested or not, and go out the same."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import FormatError
from digest.markup import clean_text
from digest.sources.opml import Subscription, as_toml, categories_of, read_opml, write_opml

NESTED = b"""<?xml version="1.0" encoding="utf-8"?>
<opml version="1.0"><head><title>My feeds</title></head><body>
  <outline text="World"><outline text="Islands">
    <outline type="rss" text="Harbour Gazette" xmlUrl="https://harbour.example/feed" htmlUrl="https://harbour.example/"/>
  </outline><outline title="Upland Post" xmlurl="https://upland.example/rss"/></outline>
  <outline text="Alone" category="/Town/Markets,Other" xmlUrl="https://alone.example/atom"/>
  <outline text="A note without an address"/>
  <outline text="A program" xmlUrl="javascript:alert(1)"/>
</body></opml>"""


def test_nested_outlines_and_categories_are_sections() -> None:
    found = read_opml(NESTED, "feeds.opml")
    assert found == (
        Subscription(
            "https://harbour.example/feed", "Harbour Gazette", "https://harbour.example/", ("World", "Islands")
        ),
        Subscription("https://upland.example/rss", "Upland Post", "", ("World",)),
        Subscription("https://alone.example/atom", "Alone", "", ("Town", "Markets")),
    )
    assert [each.section for each in found] == ["World > Islands", "World", "Town > Markets"]


def test_a_feed_is_taken_once_and_one_that_is_not_on_the_web_is_told() -> None:
    twice = b"""<opml><body><outline text="World"><outline text="Quay" xmlUrl="https://quay.example/rss"/></outline>
        <outline text="Best"><outline text="Quay, too" xmlUrl="https://quay.example/rss"/></outline>
        <outline text="Old" xmlUrl="feed://old.example/rss"/><outline text="Mine" xmlUrl="file:///home/ana/mine.xml"/>
        </body></opml>"""
    skipped: list[tuple[str, str]] = []
    found = read_opml(twice, "feeds.opml", lambda title, url: skipped.append((title, url)))
    assert [(each.title, each.url) for each in found] == [
        ("Quay", "https://quay.example/rss"),
        ("Old", "http://old.example/rss"),
    ]
    assert skipped == [("Mine", "file:///home/ana/mine.xml")]


@pytest.mark.parametrize("data", [b"", b"no xml", b"<html></html>", b"\xff\xfe\0", b"<rss><channel/></rss>"])
def test_what_is_no_opml_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"feeds\.opml is not OPML"):
        read_opml(data, "feeds.opml")


def test_neither_bombs_nor_files_are_opened() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE opml [<!ENTITY e0 "boom">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = '<body><outline text="&e11;" xmlUrl="https://a.example/"/><outline text="Quay">&f;</outline></body>'
    try:
        found = read_opml(f"{bomb}<opml>{body}</opml>".encode(), "feeds.opml")
    except FormatError:
        return
    assert sum(len(each.title) for each in found) < 100


def test_a_file_that_breaks_off_gives_what_is_there() -> None:
    whole = read_opml(NESTED, "feeds.opml")
    assert read_opml(NESTED[: NESTED.index(b"Alone")], "feeds.opml") == whole[:2]


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
URLS = st.builds(lambda path: f"https://feeds.example/{path}", st.from_regex(r"[\w?=&;%'\"-]{0,12}", fullmatch=True))
SUBSCRIPTIONS = st.builds(
    Subscription,
    URLS.map(clean_text),
    TEXT.map(clean_text).filter(bool),
    st.one_of(st.just(""), URLS.map(clean_text)),
    st.lists(TEXT.map(clean_text).filter(bool), max_size=3).map(tuple),
)


@given(st.lists(SUBSCRIPTIONS, max_size=5, unique_by=lambda each: each.url))
def test_what_goes_out_comes_in_again(given: list[Subscription]) -> None:
    found = read_opml(write_opml(given, "Morning Tide"), "feeds.opml")
    assert sorted(found, key=str) == sorted(given, key=str)


def test_a_list_becomes_sources_each_with_a_name_of_its_own() -> None:
    found = read_opml(NESTED, "feeds.opml")
    twins = (*found, Subscription("https://other.example/feed", "Alone"), Subscription("https://nameless.example/feed"))
    table = tomllib.loads(as_toml(twins, taken={"Upland Post"}))
    assert table["source"][0] == {
        "name": "Harbour Gazette",
        "use": "feed",
        "url": "https://harbour.example/feed",
        "section": "World > Islands",
    }
    names = [source["name"] for source in table["source"]]
    assert names == ["Harbour Gazette", "Upland Post 2", "Alone", "Alone 2", "nameless.example"]


@given(st.lists(SUBSCRIPTIONS, max_size=3))
def test_any_list_makes_valid_toml(given: list[Subscription]) -> None:
    tables = tomllib.loads(as_toml(given)).get("source", [])
    assert [table["url"] for table in tables] == [each.url for each in given]
    assert len({table["name"] for table in tables}) == len(given)


@given(st.lists(SUBSCRIPTIONS, max_size=5, unique_by=lambda each: each.url))
def test_a_section_says_of_which_categories_it_was_made(given: list[Subscription]) -> None:
    for each in given:
        if not any(">" in category for category in each.categories):
            assert categories_of(each.section) == each.categories
