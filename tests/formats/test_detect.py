"""What a document is, is told by what is in it; its name and media type only break a tie."""

from __future__ import annotations

import subprocess
import sys

import pytest

from digest.errors import FormatError
from digest.formats import BUILT_IN, detect
from digest.model import Document
from tests.formats.documents import body, page

RSS = b"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title></channel></rss>"
ATOM = b"\xef\xbb\xbf<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'><title>T</title></feed>"
JSON_FEED = b' {"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "items": []}'
MAIL = b"Return-Path: <a@b.example>\nReceived: from x\n by y\nFrom: a@b.example\nSubject: S\n\ntext"
FRONT_MATTER = b"---\ntitle: T\n---\ntext"
PIECE = body().encode()
TEXT = b"Ferry to sail until March\nThe last car ferry will sail until March. Title: x <p> and </p> are tags."


def told(content: bytes, media_type: str | None = None) -> str:
    return detect(Document("tidewatch", "the document", content, media_type), BUILT_IN).name


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (RSS, "feed"),
        (RSS.decode().encode("utf-16"), "feed"),
        (ATOM, "feed"),
        (JSON_FEED, "json-feed"),
        (MAIL, "mail"),
        (FRONT_MATTER, "markdown"),
        (page(body()), "html"),
        (PIECE, "html"),
        (b"<!-- saved -->\n<HTML><p>x", "html"),
    ],
)
@pytest.mark.parametrize(
    "media_type", [None, "text/plain", "application/octet-stream", "text/html", "application/xml", "application/json"]
)
def test_content_goes_before_the_media_type(content: bytes, name: str, media_type: str | None) -> None:
    assert told(content, media_type) == name


def test_text_that_speaks_of_markup_is_text() -> None:
    assert told(TEXT) == told(TEXT, "application/octet-stream") == "page-text"


@pytest.mark.parametrize(
    ("media_type", "name"),
    [
        ("text/html; charset=utf-8", "html"),
        ("TEXT/MARKDOWN", "markdown"),
        ("message/rfc822", "mail"),
        ("text/plain", "page-text"),
    ],
)
def test_the_media_type_decides_where_the_content_says_nothing(media_type: str, name: str) -> None:
    assert told(b"Ferry to sail until March", media_type) == name


def test_html_in_markdown_does_not_make_it_a_page() -> None:
    assert told(b"<div>\n</div>\n" * 40 + b"# Ferry", "text/markdown") == "markdown"


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf\n", b"\xff\xfe\n\x00"])
def test_an_empty_document_is_an_error(content: bytes) -> None:
    with pytest.raises(FormatError, match="the document is empty"):
        told(content)


def test_without_a_format_that_fits_the_error_names_those_there_are() -> None:
    with pytest.raises(FormatError, match=r"no format this program reads \(json-feed\)"):
        detect(Document("tidewatch", "the document", b"Ferry"), BUILT_IN[:1])


def test_knowing_the_formats_loads_no_reader() -> None:
    heavy = {
        "trafilatura",
        "feedparser",
        "lxml",
        "dateparser",
        "markdown_it",
        "yaml",
        "charset_normalizer",
        "tld",
        "py3langid",
        "email.policy",
        "digest.formats.feed.reading",
        "digest.formats.html.reading",
        "digest.formats.page_text.reading",
    }
    code = "import sys, digest.formats; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert heavy.isdisjoint(loaded)
