"""A page says where its feeds are, in one way or another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Link
from digest.sources.discovery import discover_feeds, holds_comments

BASE = "https://harbour.example/town/"


def test_the_feeds_a_page_states_are_found_with_their_titles_and_comments_last() -> None:
    html = """<head><base href="/en/">
      <link rel="alternate" type="application/rss+xml" title="Comments on: Ferry" href="comments/feed">
      <link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" title=" Harbour  Gazette " href="atom.xml">
      <link rel="alternate" type="application/feed+json" href="https://cdn.example/feed.json">
      <link rel="alternate" type="application/rss+xml" href="atom.xml">
      <link rel="alternate" hreflang="de" type="text/html" href="/de/">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">
      <link rel="stylesheet" href="feed.css"></head>"""
    assert discover_feeds(html, BASE) == (
        Link("https://harbour.example/en/atom.xml", "Harbour Gazette"),
        Link("https://cdn.example/feed.json"),
        Link("https://harbour.example/en/comments/feed", "Comments on: Ferry"),
    )


def test_links_serve_where_nothing_is_stated() -> None:
    html = """<a href="/about">About</a><a href="/rss.xml">News by RSS</a><a href="/feeding-birds">Birds</a>
      <a href="/feed/">Feed</a><a href="mailto:feed@harbour.example">Write</a>"""
    assert discover_feeds(html, BASE) == (
        Link("https://harbour.example/rss.xml", "News by RSS"),
        Link("https://harbour.example/feed/", "Feed"),
    )


def test_only_addresses_on_the_web_are_feeds() -> None:
    links = ("javascript:alert(1)", "file:///etc/passwd", "http://[::1", "data:text/xml,x")
    html = "".join(f'<link rel="alternate" type="application/rss+xml" href="{link}">' for link in links)
    assert discover_feeds(html, BASE) == ()


RSS = "<rss><channel><title>Comments on: Ferry</title><link>https://harbour.example/ferry</link>{}</channel></rss>"
COMMENT = "<item><title>By: Maren</title><link>https://harbour.example/ferry/#comment-{}</link></item>"
REPLIES = '<entry><link rel="replies" href="https://harbour.example/ferry#comment-form"/><link href="{}"/></entry>'
ARTICLE = (
    "<item><link>https://harbour.example/ferry</link><comments>https://harbour.example/ferry#comments</comments></item>"
)


@pytest.mark.parametrize(
    ("feed", "of_comments"),
    [
        (RSS.format(COMMENT.format(1) + COMMENT.format(2)), True),
        (RSS.format(COMMENT.format(1).replace("https", "<![CDATA[https").replace("</link>", "]]></link>")), True),
        (RSS.format(REPLIES.format("https://harbour.example/ferry?showComment=1#c4711")), True),
        (RSS.format(ARTICLE * 2 + COMMENT.format(1)), False),
        (RSS.format(REPLIES.format("https://harbour.example/ferry")), False),
        (RSS.format(""), False),
        ("<html><a href='/ferry#comment-1'>Maren</a></html>", False),
    ],
)
def test_a_feed_of_comments_is_told_by_where_its_items_lead(feed: str, of_comments: bool) -> None:
    assert holds_comments(feed.encode()) == of_comments


PIECES = [
    "<link",
    "<a",
    "<base",
    "<html>",
    ' rel="',
    " alternate",
    ' href="',
    "/feed",
    "<",
    ">",
    '"',
    " ",
    "\0",
    "\ud800",
    "//[",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_markup_is_looked_through(html: str) -> None:
    assert isinstance(discover_feeds(html, BASE), tuple)
