"""Markdown with and without front matter, in YAML or TOML, gives one article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import FormatError
from digest.formats.markdown import FORMAT
from digest.model import Block, Document, Hints
from tests.formats.documents import ADDRESS, PARAGRAPHS, only, read

HEADLINE = "Ferry to sail until March"
TEXT = "\n\n".join(PARAGRAPHS)
MARKDOWN = "text/markdown"


def test_yaml_front_matter() -> None:
    article = only(read(f"""---
title: "{HEADLINE}"
standfirst: Two counties share the cost of one old ship.
author: [Ana Correl, Bo Lind]
publisher: Tidewatch
section: World
tags: [Shipping, World]
date: 2026-11-17 18:00:00 +01:00
updated: 2026-11-18
lang: en-GB
url: {ADDRESS}?mc_cid=1
image: https://tidewatch.example/f.jpg
corrections: corrections@tidewatch.example
---

{TEXT}
"""))  # fmt: skip
    assert (article.headline, article.paragraphs, article.kind) == (HEADLINE, PARAGRAPHS, "full")
    assert article.standfirst == "Two counties share the cost of one old ship."
    assert (article.byline, article.publisher, article.labels) == (
        "Ana Correl, Bo Lind",
        "Tidewatch",
        ("World", "Shipping"),
    )
    assert article.published == datetime(2026, 11, 17, 17, tzinfo=UTC)
    assert article.updated == datetime(2026, 11, 18, tzinfo=UTC)
    assert (article.language, article.url) == ("en", ADDRESS)
    assert article.image is not None
    assert article.contact is not None
    assert (article.contact.address, article.contact.origin) == ("corrections@tidewatch.example", "page")


def test_toml_front_matter() -> None:
    front = f'+++\ntitle = "{HEADLINE}"\ndate = 2026-11-17T18:00:00+01:00\ntags = ["World"]\nlang = "en"\n+++\n'
    article = only(read(front + TEXT))
    assert (article.headline, article.labels, article.paragraphs) == (HEADLINE, ("World",), PARAGRAPHS)
    assert article.published == datetime(2026, 11, 17, 17, tzinfo=UTC)


def test_front_matter_in_german_and_a_date_written_out() -> None:
    article = only(
        read(
            f"---\r\nautor: Ana Correl\r\nrubrik: Welt\r\ndatum: 17. November 2026, 18:00\r\nlang: de\r\n---\r\n{TEXT}"
        )
    )
    assert (article.byline, article.labels, article.language) == ("Ana Correl", ("Welt",), "de")
    assert article.published == datetime(2026, 11, 17, 18, tzinfo=UTC)


def test_a_first_heading_is_the_headline_where_no_title_is_stated() -> None:
    article = only(read(f"# Ferry *to sail* until March\n\n{TEXT}", MARKDOWN))
    assert (article.headline, article.paragraphs) == (HEADLINE, PARAGRAPHS)
    assert only(read(f"---\ntitle: {HEADLINE}\n---\n# Another heading\n\n{TEXT}")).headline == HEADLINE


def test_a_later_heading_is_a_subhead() -> None:
    article = only(
        read(
            f"{PARAGRAPHS[0]}\n\n## The count\n\n- one\n- two\n\n> quoted\n\nA [link](https://x.example), `code`.",
            MARKDOWN,
        )
    )
    assert article.headline == ""
    assert article.blocks == (
        Block("paragraph", PARAGRAPHS[0]),
        Block("subhead", "The count"),
        Block("paragraph", "one"),
        Block("paragraph", "two"),
        Block("paragraph", "quoted"),
        Block("paragraph", "A link, code."),
    )


def test_html_in_markdown_leaves_its_words_and_no_script() -> None:
    article = only(
        read(
            "Rain <b>and</b> wind.<script>alert(1)</script>\n\n<div onclick='x()'>Fog.</div>\n\n`<script>` stays.",
            MARKDOWN,
        )
    )
    assert article.paragraphs == ("Rain and wind.", "Fog.", "<script> stays.")


def test_a_rule_is_no_front_matter() -> None:
    article = only(read(f"---\n\n{TEXT}\n\n---\n\nThe end of it.", MARKDOWN))
    assert article.paragraphs == (*PARAGRAPHS, "The end of it.")


def test_an_article_known_by_its_front_matter_alone_is_a_brief() -> None:
    article = only(read(f"---\ntitle: {HEADLINE}\nstandfirst: Two counties share the cost.\n---\n"))
    assert (article.kind, article.standfirst) == ("brief", "Two counties share the cost.")


def test_words_that_yaml_reads_as_something_else_stay_words() -> None:
    article = only(read(f"---\ntitle: 2026\nauthor: no\nsection: 1e3\n---\n{TEXT}"))
    assert (article.headline, article.byline, article.labels) == ("2026", "no", ("1e3",))


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("---\ntitle: a\nauthor: [b\nurl: c\n---\n", 4),
        ("---\ntitle: a\n\tauthor: b\n---\n", 3),
        ("---\ntitle: a\nauthor: b\n\n", None),
        ("+++\ntitle = 'a'\nauthor = b\n+++\n", 3),
        ("---\ntitle: " + "[" * 20_000 + "\n---\n", 2),
    ],
)
def test_front_matter_that_cannot_be_read_is_an_error_with_its_line(front: str, line: int | None) -> None:
    with pytest.raises(FormatError, match=rf"^the document, line {line or ''}.*front matter.*mend it"):
        read(front + TEXT)


def test_front_matter_that_repeats_itself_without_end_is_harmless() -> None:
    aliases = "".join(
        f"{chr(98 + number)}: &{chr(98 + number)} [{', '.join([f'*{chr(97 + number)}'] * 9)}]\n" for number in range(12)
    )
    article = only(read(f"---\na: &a [x, x]\n{aliases}title: {HEADLINE}\nauthor: *m\n---\n{TEXT}"))
    assert article.headline == HEADLINE


def test_an_empty_article_is_an_error() -> None:
    with pytest.raises(FormatError, match="neither a title nor a text"):
        read("---\nauthor: Ana Correl\n---\n\n")


@pytest.mark.parametrize(
    "hostile", ["> " * 3_000, "* " * 3_000, "[" * 20_000, "*a _b " * 5_000, "`" * 20_000, "|" * 5_000]
)
def test_hostile_markdown_neither_fails_nor_hangs(hostile: str) -> None:
    assert only(read(f"{PARAGRAPHS[0]}\n\n{hostile}\n\n", MARKDOWN)).paragraphs[0] == PARAGRAPHS[0]


PIECES = st.sampled_from(["---\n", "+++\n", "title: x\n", "a: [\n", "- b\n", "# h\n", "\t", "x = 1\n", "text\n", "\n"])


@settings(max_examples=60, deadline=None)
@given(st.text() | st.lists(PIECES).map("".join))
def test_any_text_is_read_or_refused_clearly(text: str) -> None:
    document = Document("tidewatch", "the document", text.encode("utf-8", "replace"), MARKDOWN)
    try:
        reading = FORMAT.read(document, Hints("tidewatch"))
    except FormatError as error:
        assert "the document" in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert len(reading.articles) == 1
