"""Feeds of every kind give their items, and one bad item costs no other."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import FormatError
from digest.model import Contact, Hints
from tests.formats.documents import ADDRESS, NOW, PARAGRAPHS, body, only, read

HEADLINE = "Ferry to sail until March"


def escaped(html: str) -> str:
    return html.replace("&", "&amp;").replace("<", "&lt;")


def rss(*items: str, channel: str = "") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f"""<?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
             xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel><title>Tidewatch</title><link>https://tidewatch.example/</link>{channel}{inside}</channel></rss>"""


FULL = f"<content:encoded><![CDATA[{body()}]]></content:encoded>"


def test_an_item_with_its_text_is_a_full_article() -> None:
    item = f"""<title>{HEADLINE}</title><link>{ADDRESS}?utm_source=rss</link><guid isPermaLink="false">tw-1</guid>
        <pubDate>Tue, 17 Nov 2026 18:00:00 +0100</pubDate><dc:creator>Ana Correl</dc:creator>
        <category>World</category><category>Shipping</category>
        <description>Two counties share the cost of one old ship.</description>{FULL}
        <media:content url="https://tidewatch.example/f.jpg" medium="image"/>"""
    article = only(read(rss(item, channel="<language>en-gb</language>")))
    assert (article.kind, article.headline, article.paragraphs) == ("full", HEADLINE, PARAGRAPHS)
    assert article.standfirst == "Two counties share the cost of one old ship."
    assert article.url == ADDRESS
    assert article.published == datetime(2026, 11, 17, 17, tzinfo=UTC)
    assert (article.byline, article.labels, article.publisher) == ("Ana Correl", ("World", "Shipping"), "Tidewatch")
    assert article.language == "en"
    assert article.retrieved == NOW
    assert article.image is not None
    assert article.image.url == "https://tidewatch.example/f.jpg"


@pytest.mark.parametrize(
    ("description", "standfirst"),
    [
        ("Two counties share the cost.", "Two counties share the cost."),
        ("Two counties share the cost. <a href='/x'>Continue reading...</a>", "Two counties share the cost."),
        ("<p>Two counties share the cost.</p><p><a href='/x'>Read more</a></p>", "Two counties share the cost."),
        ("Two counties share the cost. The ship is [...]", "Two counties share the cost."),
        ("The two counties that share the […]", "The two counties that share the…"),
        ("Two counties share the cost. Weiterlesen", "Two counties share the cost."),
        (
            "<p>Two counties share the cost.</p><p>The post Ferry appeared first on Tidewatch.</p>",
            "Two counties share the cost.",
        ),
        (HEADLINE, ""),
        ("", ""),
    ],
)
def test_an_item_with_a_teaser_is_a_brief(description: str, standfirst: str) -> None:
    article = only(read(rss(f"<title>{HEADLINE}</title><description>{escaped(description)}</description>")))
    assert (article.kind, article.headline, article.standfirst, article.blocks) == ("brief", HEADLINE, standfirst, ())


def test_an_item_without_a_title_keeps_its_text() -> None:
    article = only(read(rss("<description>Two counties share the cost of one old ship.</description>")))
    assert (article.headline, article.headline_made) == ("", False)
    assert article.standfirst == "Two counties share the cost of one old ship."


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("The mayor&amp;#8217;s &amp;lt;b&amp;gt;plan&amp;lt;/b&amp;gt;", "The mayor’s plan"),
        ("<![CDATA[Ferry <em>and</em> bridge]]>", "Ferry and bridge"),
        ("AT&T & sons &nbsp;sail", "AT&T & sons sail"),
        ("a &#1114112; b &#x0; &#xD800;", "a \ufffd b \ufffd \ufffd"),
        ("<![CDATA[How <script> works]]>", "How <script> works"),
        ("a\x07 b\x00", "a b"),
    ],
)
def test_titles_in_any_state_of_escaping(title: str, headline: str) -> None:
    assert only(read(rss(f"<title>{title}</title><description>x y</description>"))).headline == headline


@pytest.mark.parametrize("date", ["", "soon", "Fri, 04 Dec 2026 06:00:00 GMT", "Thu, 99 Nov 2026 25:00:00"])
def test_a_date_that_cannot_be_is_none(date: str) -> None:
    assert only(read(rss(f"<title>{HEADLINE}</title><pubDate>{date}</pubDate>"))).published is None


def test_a_link_may_be_relative_or_be_the_identifier() -> None:
    items = (
        "<title>One</title><link>/world/ferry</link>",
        f"<title>Two</title><guid>{ADDRESS}</guid>",
        "<title>Three</title><guid isPermaLink='false'>tw-3</guid>",
    )
    assert [article.url for article in read(rss(*items)).articles] == [ADDRESS, ADDRESS, None]


def test_an_address_may_be_relative_to_a_base_that_is_relative_itself() -> None:
    entry = f'<entry xml:base="/world/"><title>{HEADLINE}</title><id>tw:1</id><link href="ferry"/></entry>'
    home = '<title>Tidewatch</title><link href="https://tidewatch.example/"/>'
    assert only(read(f'<feed xmlns="http://www.w3.org/2005/Atom">{home}{entry}</feed>')).url == ADDRESS


def test_an_episode_without_a_page_is_where_it_can_be_heard() -> None:
    sound = '<enclosure url="/sound/40.mp3" length="9" type="audio/mpeg"/>'
    cover = '<enclosure url="/cover.jpg" length="9" type="image/jpeg"/>'
    own = "<guid isPermaLink='false'>{}</guid>"
    items = (f"<title>a</title>{own.format(1)}{cover}{sound}", f"<title>b</title>{own.format(2)}{sound}<link>/b</link>")
    found = [article.url for article in read(rss(*items)).articles]
    assert found == ["https://tidewatch.example/sound/40.mp3", "https://tidewatch.example/b"]
    broken = rss(*items).replace("<title>a", "<title>a < b & c")
    assert [article.url for article in read(broken).articles] == found


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("fr", "mardi 17 novembre 2026 18:00"),
        ("fr-CH", "mar., 17 nov. 2026 18:00:00 +0100"),
        ("de", "Di, 17 Nov 2026 18:00:00 +0100"),
        ("it", "mar, 17 nov 2026 18:00:00 +0100"),
        ("", "Dienstag, 17. November 2026, 18:00"),
    ],
)
def test_a_date_may_be_written_in_the_feed_s_own_language(language: str, date: str) -> None:
    channel = f"<language>{language}</language>"
    hints = Hints("tidewatch", zone=ZoneInfo("Europe/Zurich"))
    item = f"<title>{HEADLINE}</title><pubDate>{date}</pubDate>"
    article = only(read(rss(item, channel=channel), hints=hints))
    assert article.published == datetime(2026, 11, 17, 17, tzinfo=UTC)


def test_an_identifier_names_its_article_and_one_that_several_bear_names_none() -> None:
    def item(title: str, guid: str) -> str:
        return f"<title>{title}</title><guid isPermaLink='false'>{guid}</guid><link>/{title}</link>"

    before = read(rss(item("old", "tw-1"), item("a", "tw-2"), item("b", "tw-2"))).articles
    after = read(rss(item("new", "tw-1"))).articles
    assert before[0].id == after[0].id
    assert before[0].revision != after[0].revision
    assert before[1].id != before[2].id


def test_configured_publisher_contact_and_labels_are_kept() -> None:
    contact = Contact("The Sound", address="desk@sound.example", origin="configuration")
    hints = Hints("tidewatch", publisher="The Sound", labels=("Coast",), contact=contact)
    article = only(read(rss(f"<title>{HEADLINE}</title>"), hints=hints))
    assert (article.publisher, article.contact, article.labels) == ("The Sound", contact, ("Coast",))


def test_an_editor_s_address_is_no_place_for_corrections() -> None:
    channel = (
        "<managingEditor>ana@tidewatch.example (Ana Correl)</managingEditor><webMaster>w@tidewatch.example</webMaster>"
    )
    assert only(read(rss(f"<title>{HEADLINE}</title>", channel=channel))).contact is None


def test_a_sentence_that_says_where_to_report_errors_is_the_contact_and_no_text() -> None:
    statement = "Have you found an error in this article? Write to corrections@tidewatch.example."
    item = f"<title>{HEADLINE}</title><content:encoded><![CDATA[{body(*PARAGRAPHS, statement)}]]></content:encoded>"
    article = only(read(rss(item)))
    assert article.contact is not None
    assert article.contact.address == "corrections@tidewatch.example"
    assert article.paragraphs == PARAGRAPHS


def test_atom() -> None:
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://tidewatch.example/world/">
        <title type="html">Tide&amp;amp;watch</title>
        <entry xml:lang="en"><title>{HEADLINE}</title><id>tag:tidewatch.example,2026:1</id>
        <link rel="alternate" href="ferry"/><link rel="enclosure" type="image/jpeg" href="/f.jpg"/>
        <updated>2026-11-18T08:00:00+01:00</updated><author><name>Ana Correl</name></author>
        <category term="world" label="World"/>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{body()}
        <p style="display:none">not shown</p></div></content></entry></feed>"""
    article = only(read(feed))
    assert (article.headline, article.paragraphs, article.language) == (HEADLINE, PARAGRAPHS, "en")
    assert (article.url, article.byline, article.labels) == (ADDRESS, "Ana Correl", ("World",))
    assert article.publisher == "Tide&watch"
    assert article.published is None
    assert article.updated == datetime(2026, 11, 18, 7, tzinfo=UTC)
    assert article.image is not None
    assert article.image.url == "https://tidewatch.example/f.jpg"


@pytest.mark.parametrize(
    "feed",
    [
        f"<rss version='0.91'><channel><item><title>{HEADLINE}</title><link>{ADDRESS}</link></item></channel></rss>",
        f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
            <channel rdf:about="x"><title>T</title></channel>
            <item rdf:about="{ADDRESS}"><title>{HEADLINE}</title><link>{ADDRESS}</link></item></rdf:RDF>""",
        f"""<?xml version="1.0"?><!-- made by hand -->
            <!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://n.example/rss.dtd">
            <rss version="0.91"><channel>
            <item><title>{HEADLINE}</title><link>{ADDRESS}</link></item></channel></rss>""",
    ],
    ids=["0.91", "rdf", "doctype"],
)
def test_old_feeds(feed: str) -> None:
    article = only(read(feed))
    assert (article.headline, article.url) == (HEADLINE, ADDRESS)


def test_a_feed_in_utf_16_or_windows_1252() -> None:
    feed = rss("<title>Fähre fährt bis März</title>")
    assert only(read(feed.replace("utf-8", "utf-16").encode("utf-16"))).headline == "Fähre fährt bis März"
    assert only(read(feed.replace("utf-8", "iso-8859-1").encode("cp1252"))).headline == "Fähre fährt bis März"


def test_a_feed_that_breaks_off_gives_its_whole_items() -> None:
    feed = rss(f"<title>{HEADLINE}</title>", "<title>Gulls return</title><description>They were away")
    reading = read(feed[: feed.index("away") + 2])
    assert only(reading).headline == HEADLINE
    assert [(drop.reason, "Gulls return" in drop.detail) for drop in reading.drops] == [("cut off", True)]


def test_an_item_with_nothing_in_it_is_dropped_and_the_others_kept() -> None:
    reading = read(rss("<link>https://tidewatch.example/x</link>", f"<title>{HEADLINE}</title>"))
    assert only(reading).headline == HEADLINE
    assert [(drop.subject, drop.reason) for drop in reading.drops] == [("the document, item 1", "empty")]


def test_an_empty_feed_says_so() -> None:
    reading = read(rss())
    assert reading.articles == ()
    assert [drop.reason for drop in reading.drops] == ["no items"]


def test_xml_that_is_no_feed_is_an_error() -> None:
    with pytest.raises(FormatError, match="the document is not a feed"):
        read("<?xml version='1.0'?><urlset><url/></urlset>", "text/xml")


LAUGHS = "".join(f"<!ENTITY l{number} '{f'&l{number - 1};' * 10}'>" for number in range(1, 12))


@pytest.mark.parametrize(
    "subset",
    [
        f"<!ENTITY l0 'ha'>{LAUGHS}",
        f"<!ENTITY l11 '{'A' * 50_000}'>",
        "<!ENTITY l11 SYSTEM 'file:///etc/hostname'>",
        "<!ENTITY l11 SYSTEM 'http://tidewatch.example/x'>",
        "<!ENTITY % p SYSTEM 'x'> %p;",
        "<!ELEMENT x (",
    ],
    ids=["laughs", "long", "file", "http", "parameter", "broken"],
)
def test_entities_a_feed_declares_are_not_followed(subset: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    feed = (
        f"<?xml version='1.0'?><!DOCTYPE rss [{subset}]>" + rss(f"<title>{HEADLINE} &l11;</title>").partition("?>")[2]
    )
    assert only(read(feed)).headline == f"{HEADLINE} &l11;"


MANY = 3000


@pytest.mark.parametrize(
    "inside",
    [
        "<description>" + "<a>" * MANY + "deep" + "</a>" * MANY + "</description>",
        "<description>" + "<a>" * MANY + "</description>",
        "<description>" + "&lt;div&gt;" * MANY + "</description>",
        "<description><![CDATA[ <!DOCTYPE ]]></description>",
        "<!-- <!DOCTYPE x [ --><description>]></description>",
        "<description>" + "&#1114112;&#x110000;&#0;" * MANY + "</description>",
        "<category>" + "</category><category>" * MANY + "</category>",
        "<link>http://[::1</link><enclosure url='http://[x' type='image/png'/>",
        "<pubDate>Mon, 01 Jan 9999999 00:00:00 +9999</pubDate><dc:date>0000-00-00T99:99:99Z</dc:date>",
        "<guid></guid><guid/><guid isPermaLink='maybe'> </guid>",
        "<title/><title></title><source/><author/><media:content/><media:thumbnail/><link/>",
        "<media:group>" * 300 + "<media:thumbnail url='javascript:1'/>" * MANY + "</media:group>" * 300,
    ],
    ids=[
        "deep",
        "open",
        "escaped",
        "doctype",
        "comment",
        "numbers",
        "labels",
        "addresses",
        "dates",
        "guids",
        "empty",
        "media",
    ],
)
def test_an_item_that_is_made_to_break_readers_costs_no_other(inside: str) -> None:
    reading = read(rss(f"<title>{HEADLINE}</title>{inside}", "<title>Gulls return</title>"))
    assert [article.headline for article in reading.articles] == [HEADLINE, "Gulls return"]
    assert reading.drops == ()
    assert all(article.published is None and article.url is None for article in reading.articles)


def test_the_one_date_that_an_item_of_rss_has_is_when_it_was_published() -> None:
    article = only(read(rss(f"<title>{HEADLINE}</title><dc:date>2026-11-17T18:00:00+01:00</dc:date>")))
    assert article.published == datetime(2026, 11, 17, 17, tzinfo=UTC)


def test_a_caption_is_the_text_only_of_an_item_that_has_no_other() -> None:
    caption = "<media:description>The ferry at the pier on a bright day in June, with cars.</media:description>"
    items = (f"<title>a</title><description>It sails.</description>{caption}", f"<title>b</title>{caption}")
    assert [article.standfirst for article in read(rss(*items)).articles] == [
        "It sails.",
        "The ferry at the pier on a bright day in June, with cars.",
    ]


def test_a_feed_is_never_taken_for_an_address() -> None:
    with pytest.raises(FormatError):
        read("http://tidewatch.example/feed.xml", "application/rss+xml")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<item>",
                "</item>",
                "<title>",
                "</title>",
                "<description>",
                "</description>",
                "<![CDATA[",
                "]]>",
                "&#1114112;",
                "&x;",
                "<p>",
                "Ferry",
                "<pubDate>x</pubDate>",
                "\x00",
                "<entry>",
                "<",
            ]
        ),
        max_size=30,
    )
)
def test_any_feed_is_read_or_refused_clearly(pieces: list[str]) -> None:
    try:
        reading = read(f"<rss version='2.0'><channel><title>T</title>{''.join(pieces)}", "application/rss+xml")
    except FormatError as error:
        assert "the document" in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert reading.articles or reading.drops
