"""A saved page gives its article, what it states of itself, and nothing of what stands around it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import FormatError
from digest.formats.html.reading import read_page
from digest.markup import clean_text
from digest.model import Contact, Hints
from tests.formats.documents import ADDRESS, PARAGRAPHS, body, only, page, read

HEADLINE = "Ferry to sail until March"


def json_ld(**stated: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(stated)}</script>'


def test_the_article_is_kept_and_what_stands_around_it_is_not() -> None:
    inside = f"""
        <nav><a href="/">Home</a></nav>
        <div class="cookie-banner">
        <p>We use cookies and pass them on to our partners, so that the tide comes in.</p></div>
        <article><h1>{HEADLINE}</h1>
        <div class="byline">By Ana Correl</div><div class="share-bar"><a href="#">Share</a></div>
        <figure><img src="/f.jpg"><figcaption>The ferry in March. Photo: Bo Lind</figcaption></figure>
        {body(*PARAGRAPHS[:3])}
        <h2>Nine hundred a day</h2>
        <p><a href="/x">Read more: The bridge that is late again</a></p>
        <div class="newsletter-box">
        <p>Sign up for our newsletter and get the tide tables every morning at six.</p></div>
        {body(*PARAGRAPHS[3:])}
        </article>
        <section class="related-stories"><h3><a href="/a">Gulls return to the quay</a></h3>
        <p>They were away for three winters, and nobody on the island knows where they have been.</p></section>
        <footer><p>© 2026 Tidewatch. All rights reserved by the people of the sound and their heirs.</p></footer>
    """
    article = only(read(page(inside)))
    assert article.headline == HEADLINE
    assert article.kind == "full"
    assert article.paragraphs == PARAGRAPHS
    assert [block.text for block in article.blocks if block.kind == "subhead"] == ["Nine hundred a day"]
    assert article.byline == "Ana Correl"


def test_what_is_left_out_is_told_once() -> None:
    drops = read(page(f"<h1>{HEADLINE}</h1>{body()}<footer><p>Imprint</p><p>Privacy</p></footer>")).drops
    assert [(drop.reason, drop.detail) for drop in drops] == [("furniture", "3 blocks around the article")]


def test_teasers_of_other_articles_are_told_by_their_linked_headings() -> None:
    told = "What happened in place {0} is told here in one sentence that is as long as those of the article itself."
    card = f'<div><h3><a href="/{{0}}">Story {{0}} from the coast</a></h3><p>{told}</p></div>'
    cards = "".join(card.format(number) for number in range(4))
    inside = f'<div class="story"><h1>{HEADLINE}</h1>{body()}<div><h2>More columns</h2>{cards}</div></div>'
    article = only(read(page(inside)))
    assert article.paragraphs == PARAGRAPHS
    assert [block for block in article.blocks if block.kind == "subhead"] == []


def test_a_heading_that_links_to_its_own_place_is_a_subhead() -> None:
    inside = (
        f'{body(*PARAGRAPHS[:3])}<section><h2 id="a"><a href="#a">The count</a></h2>{body(*PARAGRAPHS[3:])}</section>'
    )
    article = only(read(page(f"<h1>{HEADLINE}</h1><article>{inside}</article>")))
    assert [block.text for block in article.blocks if block.kind == "subhead"] == ["The count"]
    assert article.paragraphs == PARAGRAPHS


def test_a_quotation_pulled_out_of_the_text_is_not_told_twice() -> None:
    pulled = "<blockquote>We counted again, and found that the bridge will not be ready</blockquote>"
    article = only(read(page(f"<h1>{HEADLINE}</h1>{body(*PARAGRAPHS[:4])}{pulled}{body(*PARAGRAPHS[4:])}")))
    assert article.paragraphs == PARAGRAPHS


def test_a_paragraph_that_is_printed_again_stands_where_it_stood_first() -> None:
    article = only(read(page(f"<h1>{HEADLINE}</h1><article>{body(*PARAGRAPHS, PARAGRAPHS[1])}</article>")))
    assert article.paragraphs == PARAGRAPHS


def test_names_of_furniture_on_the_article_itself_do_not_cost_it() -> None:
    inside = "".join(f'<div class="widget text-widget">{body(paragraph)}</div>' for paragraph in PARAGRAPHS)
    article = only(read(page(f'<div class="sidebar-layout"><h1>{HEADLINE}</h1>{inside}</div>')))
    assert article.paragraphs == PARAGRAPHS


def test_what_the_metadata_state_is_taken_from_json_ld() -> None:
    graph: list[dict[str, Any]] = [
        {"@type": "Organization", "@id": "#paper", "name": "Tidewatch"},
        {"@type": "Person", "@id": "#ana", "name": "Ana Correl"},
        {
            "@type": ["Thing", "ReportageNewsArticle"],
            "headline": HEADLINE,
            "description": "Two counties share the cost of one old ship.",
            "author": [{"@id": "#ana"}, {"name": "Bo Lind"}],
            "publisher": {"@id": "#paper"},
            "datePublished": "2026-11-17T18:00:00+01:00",
            "dateModified": "2026-11-18T08:00:00+01:00",
            "articleSection": ["World", "Shipping"],
            "image": {"@type": "ImageObject", "url": "/f.jpg"},
            "inLanguage": "en-GB",
        },
    ]
    head = json_ld(**{"@context": "https://schema.org", "@graph": graph})
    article = only(read(page(f"<h1>{HEADLINE}</h1>{body()}", head, lang=""), url=f"{ADDRESS}?utm_source=x"))
    assert article.publisher == "Tidewatch"
    assert article.byline == "Ana Correl, Bo Lind"
    assert article.standfirst == "Two counties share the cost of one old ship."
    assert article.published == datetime(2026, 11, 17, 17, tzinfo=UTC)
    assert article.updated == datetime(2026, 11, 18, 7, tzinfo=UTC)
    assert article.labels == ("World", "Shipping")
    assert article.language == "en"
    assert article.url == ADDRESS
    assert article.image is not None
    assert article.image.url == "https://tidewatch.example/f.jpg"


def test_of_several_articles_in_json_ld_the_one_with_the_page_s_title_speaks() -> None:
    other = {"@type": "NewsArticle", "headline": "Gulls return to the quay", "datePublished": "2026-11-01"}
    own = {"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2026-11-17"}
    head = f'<script type="application/ld+json">{json.dumps([other, own])}</script>'
    article = only(read(page(f"<h1>{HEADLINE}</h1>{body()}", head)))
    assert article.published == datetime(2026, 11, 17, tzinfo=UTC)


def test_opengraph_and_meta_speak_where_there_is_no_json_ld() -> None:
    head = """
        <meta property="og:title" content="Ferry to sail until March | Tidewatch">
        <meta property="og:site_name" content="Tidewatch"><meta property="og:locale" content="en_GB">
        <meta property="og:image" content="https://tidewatch.example/f.jpg">
        <meta property="og:image:alt" content="A ship">
        <meta property="article:published_time" content="2026-11-17T18:00:00Z">
        <meta property="article:section" content="World"><meta name="author" content="By Ana Correl">
        <link rel="canonical" href="/world/ferry?fbclid=1#top">
    """
    article = only(read(page(body(), head, lang=""), url="https://m.tidewatch.example/f"))
    assert article.headline == HEADLINE
    assert (article.publisher, article.byline, article.labels, article.language) == (
        "Tidewatch",
        "Ana Correl",
        ("World",),
        "en",
    )
    assert article.url == "https://tidewatch.example/world/ferry"
    assert article.image is not None
    assert article.image.alt == "A ship"


def test_what_nobody_states_is_left_empty() -> None:
    article = only(read(page(body(), title="", lang="")))
    assert article.headline == ""
    assert (article.publisher, article.byline, article.standfirst, article.labels) == ("", "", "", ())
    assert article.published is None
    assert article.url is None
    assert article.image is None
    assert article.contact is None
    assert article.language == "en"  # what the text is written in


@pytest.mark.parametrize(
    "broken", ["{", "[" * 50_000, "null", '{"@graph": 7}', '{"@type": "NewsArticle", "author": 5}']
)
def test_broken_json_ld_costs_nothing_else(broken: str) -> None:
    head = f'<script type="application/ld+json">{broken}</script>'
    assert only(read(page(f"<h1>{HEADLINE}</h1>{body()}", head))).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    ("title", "heading", "headline"),
    [
        ("Ferry to sail until March - Tidewatch", "<h1>Ferry to sail until March</h1>", HEADLINE),
        (
            "Ferry to sail until March | World | Tidewatch",
            "<h1>Tidewatch</h1><h1>Ferry to sail until March</h1>",
            HEADLINE,
        ),
        ("Ferry to sail until March | Tidewatch", "", HEADLINE),
        ("Tidewatch", "<h2>Gulls return</h2>", "Tidewatch"),
        ("", "<h1>Ferry to sail until March</h1>", HEADLINE),
        ("Ferry &amp;amp; bridge: both late", "", "Ferry & bridge: both late"),
    ],
)
def test_the_headline_is_the_heading_that_a_title_confirms(title: str, heading: str, headline: str) -> None:
    assert only(read(page(f"<header>{heading}</header>{body()}", title=title))).headline == headline


@pytest.mark.parametrize(
    ("description", "standfirst"),
    [
        ("Two counties share the cost of one old ship.", "Two counties share the cost of one old ship."),
        (PARAGRAPHS[0], ""),
        (PARAGRAPHS[0][:60] + "…", ""),
        ("News, weather, horoscopes, puzzles, recipes from everywhere.", ""),
        (HEADLINE, ""),
    ],
    ids=["own", "the lede", "the lede cut off", "the site's", "the headline"],
)
def test_a_description_is_the_standfirst_only_when_it_adds_something(description: str, standfirst: str) -> None:
    head = f'<meta name="description" content="{description}">'
    assert only(read(page(f"<h1>{HEADLINE}</h1>{body()}", head))).standfirst == standfirst


def test_a_standfirst_in_the_article_is_not_repeated_as_its_first_paragraph() -> None:
    standfirst = "Two counties share the cost of one old ship, and neither of them likes it."
    inside = f'<article><h1>{HEADLINE}</h1><p class="article__standfirst">{standfirst}</p>{body()}</article>'
    article = only(read(page(inside)))
    assert article.standfirst == standfirst
    assert article.paragraphs == PARAGRAPHS


def test_a_sentence_alone_between_the_headline_and_the_article_is_its_standfirst() -> None:
    standfirst = "Two counties will share the cost of one old ship, and neither of the two likes it very much."
    caption = "The ferry in the harbour of Ellin on a day in March, seen from the old pier."
    picture = f"<div><img src='/f.jpg'><p>{caption}</p></div>"
    head = f"<div><h1>{HEADLINE}</h1><div>{picture}<div><p>{standfirst}</p></div></div></div>"
    article = only(read(page(f"<main>{head}<div class='story-body'>{body()}</div></main>")))
    assert article.standfirst == standfirst
    assert article.paragraphs == PARAGRAPHS


def test_the_contact_is_found_and_its_sentence_is_no_part_of_the_article() -> None:
    statement = "Have you found an error in this article? Write to corrections@tidewatch.example."
    article = only(read(page(f"<article><h1>{HEADLINE}</h1>{body(*PARAGRAPHS, statement)}</article>")))
    assert article.contact is not None
    assert (article.contact.address, article.contact.origin) == ("corrections@tidewatch.example", "page")
    assert article.paragraphs == PARAGRAPHS


def test_a_contact_may_be_a_link() -> None:
    inside = f'<h1>{HEADLINE}</h1>{body()}<footer><a href="/forms/report-an-error">Report an error</a></footer>'
    article = only(read(page(inside), url=ADDRESS))
    assert article.contact is not None
    assert article.contact.url == "https://tidewatch.example/forms/report-an-error"


def test_a_form_that_a_page_links_plain_too_is_read_so() -> None:
    asked = "Found a mistake in this article? Tell us at https://tidewatch.example/report?article=ferry-stops please."
    plain = '<footer><a href="/report">Corrections</a></footer>'
    for footer, url in (
        (plain, "https://tidewatch.example/report"),
        ("", "https://tidewatch.example/report?article=ferry-stops"),
    ):
        inside = f"<article><h1>{HEADLINE}</h1>{body(*PARAGRAPHS, asked)}</article>{footer}"
        article = only(read(page(inside), url=ADDRESS))
        assert article.contact is not None
        assert (article.contact.url, article.paragraphs) == (url, PARAGRAPHS)


def test_what_is_configured_wins_over_the_page_or_fills_its_gaps() -> None:
    contact = Contact("The Sound", address="desk@sound.example", origin="configuration")
    hints = Hints("tidewatch", publisher="The Sound", language="de", labels=("Coast",), contact=contact)
    head = '<meta property="og:site_name" content="Tidewatch">'
    article = only(read(page(f"<h1>{HEADLINE}</h1>{body()}", head), hints=hints))
    assert (article.publisher, article.contact, article.labels, article.language) == (
        "The Sound",
        contact,
        ("Coast",),
        "en",
    )


def test_lines_that_the_source_s_pages_repeat_are_left_out() -> None:
    slogan = "Tidewatch has told the time of the tides to the people of the sound since the year of the great flood."
    hints = Hints("tidewatch", repeated=frozenset([slogan]))
    article = only(read(page(f"<article><h1>{HEADLINE}</h1>{body(*PARAGRAPHS, slogan)}</article>"), hints=hints))
    assert article.paragraphs == PARAGRAPHS


def test_a_lead_that_other_pages_tease_stays_where_the_page_says_that_it_is_its_own() -> None:
    hints = Hints("tidewatch", repeated=frozenset([PARAGRAPHS[0], PARAGRAPHS[2]]))
    head = f'<meta property="og:description" content="{PARAGRAPHS[0]}">'
    article = only(read(page(f"<article><h1>{HEADLINE}</h1>{body()}</article>", head), hints=hints))
    assert article.paragraphs == (*PARAGRAPHS[:2], *PARAGRAPHS[3:])


def test_a_section_front_gives_its_teasers() -> None:
    card = """<li><h3><a href="/world/{0}?utm_source=front">Story {0} from the coast</a></h3>
              <p>What happened in place {0}, told in one sentence that runs on.</p></li>"""
    inside = f"<h1>World</h1><ul>{''.join(card.format(number) for number in range(6))}</ul>"
    articles = read(page(inside, title="World | Tidewatch"), url="https://tidewatch.example/world").articles
    assert [article.kind for article in articles] == ["brief"] * 6
    assert articles[2].headline == "Story 2 from the coast"
    assert articles[2].standfirst == "What happened in place 2, told in one sentence that runs on."
    assert articles[2].url == "https://tidewatch.example/world/2"


@pytest.mark.parametrize(
    ("inside", "head", "reason"),
    [
        ("<p>Nothing here.</p>", "", "no article"),
        (f"<p>{'We and our partners set cookies to show you the tide. ' * 9}</p>" * 2, "", "cookie notice"),
        (
            body(*PARAGRAPHS[:2]),
            json_ld(**{"@type": "NewsArticle", "headline": HEADLINE, "isAccessibleForFree": False}),
            "paywall",
        ),
    ],
)
def test_a_page_without_an_article_says_why(inside: str, head: str, reason: str) -> None:
    reading = read(page(inside, head))
    assert [article.kind for article in reading.articles] == (["brief"] if reason == "paywall" else [])
    assert [drop.reason for drop in reading.drops] == [reason]


def test_a_page_without_an_article_offers_its_links() -> None:
    away = '<a href="/x">Home</a> <a href="//ad.example/y">An ad for a thing</a>'
    inside = f'<p><a href="/world/ferry">Ferry to sail until March</a> {away}</p>'
    links = read(page(inside), url="https://tidewatch.example/").links
    assert [(link.url, link.text) for link in links] == [(ADDRESS, HEADLINE)]


def test_a_page_without_text_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(FormatError, match=r"the document has no text.*save the page"):
        read(page("<script>render()</script>"))


def test_pages_of_other_scripts_are_read() -> None:
    paragraphs = [
        f"港口管理局星期二宣布，最后一班渡轮将运行到三月底，第{number}次检查之后再作决定，费用由两县分担。"
        for number in range(5)
    ]
    article = only(
        read(page(f"<h1>渡轮运行到三月</h1>{body(*paragraphs)}", title="渡轮运行到三月_潮报", lang=' lang="zh-CN"'))
    )
    assert (article.headline, article.language) == ("渡轮运行到三月", "zh")
    assert list(article.paragraphs) == paragraphs


DEEP = "<div>" * 10_000


@pytest.mark.parametrize(
    "hostile",
    [
        DEEP,
        "<b>" * 20_000,
        '<div itemprop="author">' * 500,
        "<script>" * 2_000,
        '<a href="http://[">x</a>',
        "<table>" * 3_000,
    ],
    ids=["deep", "bold", "microdata", "script", "link", "tables"],
)
def test_hostile_markup_neither_fails_nor_hangs(hostile: str) -> None:
    reading = read(page(f"<h1>{HEADLINE}</h1>{body()}{hostile}"))
    assert only(reading).paragraphs == PARAGRAPHS


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div class='share'>",
                "</div>",
                "<h1>",
                "<a href='/x'>",
                "</a>",
                "<li>",
                *PARAGRAPHS,
                "Home",
                "\x00",
                "\ud800",
                "&#xD800;",
                "<td>",
            ]
        ),
        max_size=40,
    )
)
def test_any_page_is_read_into_clean_text(pieces: list[str]) -> None:
    try:
        articles = read_page("".join(pieces), "page", Hints("tidewatch")).articles
    except FormatError:
        articles = ()
    for article in articles:
        for text in (article.headline, article.standfirst, *(block.text for block in article.blocks)):
            assert text == clean_text(text)


def test_a_short_notice_marked_up_as_an_article_is_one() -> None:
    page = (
        '<html lang="en"><head><title>Ferry sails</title></head><body><article><h1>Ferry sails</h1>'
        "<p>The ferry sailed again on Friday, the harbour office of Tolby said.</p>"
        "<p>It had been in dock for nine days. The repair cost 48,000 crowns, twice what had been set aside.</p>"
        "</article></body></html>"
    )
    (article,) = read_page(page, "page", Hints("test")).articles
    assert (article.headline, article.kind, len(article.paragraphs)) == ("Ferry sails", "full", 2)
