"""Articles in the many shapes that pages give them come out whole, and nothing beside them does."""

from __future__ import annotations

import pytest

from tests.formats.documents import PARAGRAPHS, body, only, page, read

HEADLINE = "Ferry to sail until March"
ARTICLE = '<meta property="og:type" content="article">'
ITEMS = ("Bring warm clothes", "Dogs ride free", "No tickets on board")
LIST = "<ul>" + "".join(f"<li>{item}</li>" for item in ITEMS) + "</ul>"
LONG = tuple(f"{one} {other}" for one, other in zip(PARAGRAPHS, reversed(PARAGRAPHS), strict=True))


def in_shape(inside: str, head: str = "") -> tuple[str, ...]:
    article = only(read(page(f"<h1>{HEADLINE}</h1>{inside}", head)))
    assert article.headline == HEADLINE
    return tuple(block.text for block in article.blocks)


def test_a_text_that_adverts_part_into_boxes_is_one() -> None:
    box = '<div class="part"><div class="in"><p>{}</p></div></div><div class="slot"><p>Advertisement</p></div>'
    assert in_shape("".join(box.format(text) for text in PARAGRAPHS), ARTICLE) == PARAGRAPHS


def test_an_opening_in_a_box_of_its_own_belongs_to_the_text() -> None:
    opening = f'<div class="opening">{body(*PARAGRAPHS[:2])}</div><div class="slot">Advertisement</div>'
    article = only(read(page(f'<h1>{HEADLINE}</h1>{opening}<div class="article-body">{body(*PARAGRAPHS[2:])}</div>')))
    assert (article.standfirst, *article.paragraphs) == PARAGRAPHS


def test_a_short_report_below_its_headline_is_an_article() -> None:
    assert in_shape(f"<div>{body(*PARAGRAPHS[:3])}</div>") == PARAGRAPHS[:3]
    reading = read(page(f"<h1>Something else</h1><div>{body(*PARAGRAPHS[:3])}</div>"))
    assert [drop.reason for drop in reading.drops] == ["no article"]


def test_the_posts_of_a_live_blog_and_of_a_discussion_all_count() -> None:
    post = '<article class="post"><time>10:15</time><h3>What happened at {0}</h3><p>{1}</p></article>'
    told = in_shape("<main>" + "".join(post.format(n, text) for n, text in enumerate(LONG)) + "</main>")
    assert set(LONG) < set(told)
    answer = '<div class="post"><div class="who">Ada</div><div class="said">{}</div></div>'
    assert set(in_shape("".join(map(answer.format, LONG)))) - {"Ada"} == set(LONG)


def test_a_next_article_below_and_comments_of_the_same_make_are_not_joined() -> None:
    other = tuple(f"{' '.join(reversed(text.split()))} So it was told upstream." for text in PARAGRAPHS)
    whole = '<article class="story"><h1>{}</h1><div class="text">{}</div></article>'
    both = whole.format(HEADLINE, body()) + whole.format("Another story of another day", body(*other))
    article = only(read(page(both, ARTICLE)))
    assert article.paragraphs == PARAGRAPHS
    comments = "".join(f'<div class="c-item"><div class="text"><p>{text}</p></div></div>' for text in other)
    assert (
        in_shape(f'<div class="story"><div class="text">{body()}</div></div><div id="talk">{comments}</div>')
        == PARAGRAPHS
    )


@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_short_items_of_a_list_between_paragraphs_stay(tag: str) -> None:
    told = in_shape(f"<div>{body(*PARAGRAPHS[:3])}{LIST.replace('ul>', f'{tag}>')}{body(*PARAGRAPHS[3:])}</div>")
    assert told == (*PARAGRAPHS[:3], *ITEMS, *PARAGRAPHS[3:])


def test_a_list_that_a_colon_announces_closes_the_article() -> None:
    opening = "What to know before you sail:"
    assert in_shape(f"<div>{body()}<p>{opening}</p>{LIST}</div>") == (*PARAGRAPHS, opening, *ITEMS)
    tags = '<ul><li><a href="/t/ferry">Ferry</a></li><li><a href="/t/sound">Sound</a></li></ul>'
    assert in_shape(f"<div>{body()}{tags}{LIST}</div>") == PARAGRAPHS


def test_rows_of_a_table_and_lines_of_code_among_the_paragraphs_stay() -> None:
    rows = "<table><tr><td>Monday</td><td>4</td></tr><tr><td>Sunday</td><td>2</td></tr></table>"
    code = "<pre><code>sail(4)</code></pre>"
    told = in_shape(f"<div>{body(*PARAGRAPHS[:3])}{rows}{body(PARAGRAPHS[3])}{code}{body(*PARAGRAPHS[4:])}</div>")
    assert told == (*PARAGRAPHS[:3], "Monday · 4", "Sunday · 2", PARAGRAPHS[3], "sail(4)", *PARAGRAPHS[4:])


@pytest.mark.parametrize("hiding", ['style="display: none"', "hidden", 'style="color:red;visibility:hidden"'])
def test_the_rest_that_a_click_uncovers_is_part_of_the_article(hiding: str) -> None:
    more = f'<div class="rest" {hiding}>{body(*PARAGRAPHS[3:])}</div><button>Read more</button>'
    assert in_shape(f"<article>{body(*PARAGRAPHS[:3])}{more}</article>") == PARAGRAPHS


def test_a_hidden_box_beside_the_article_stays_hidden() -> None:
    box = f'<div class="consent-overlay" style="display:none">{body(*LONG[:3])}</div>'
    assert in_shape(f"<article>{body()}</article>{box}") == PARAGRAPHS
    named = f'<div class="newsletter" style="display:none">{body(*LONG[:3])}</div>'
    assert in_shape(f"<article>{body()}{named}</article>") == PARAGRAPHS


def test_hidden_text_of_a_page_that_is_not_free_to_read_stays_hidden() -> None:
    stated = f'{{"@type":"NewsArticle","headline":"{HEADLINE}","isAccessibleForFree":false}}'
    head = f'<script type="application/ld+json">{stated}</script>'
    rest = f'<div style="display:none">{body(*LONG)}</div>'
    reading = read(page(f"<h1>{HEADLINE}</h1><article>{body(PARAGRAPHS[0])}{rest}</article>", head))
    assert [drop.reason for drop in reading.drops] == ["paywall"]


def test_a_gallery_tells_its_story_in_its_captions() -> None:
    figures = "".join(f'<figure><img src="{n}.jpg"><figcaption>{text}</figcaption></figure>'
                      for n, text in enumerate(PARAGRAPHS))  # fmt: skip
    assert in_shape(f"<article>{figures}</article>", ARTICLE) == PARAGRAPHS


def test_the_only_heading_of_the_first_order_is_the_headline_though_the_title_words_it_otherwise() -> None:
    article = only(
        read(page(f"<article><h1>The ferry sails on to March</h1>{body()}</article>", title="Ferry sails on"))
    )
    assert article.headline == "The ferry sails on to March"
    assert tuple(block.text for block in article.blocks) == PARAGRAPHS


def test_what_nobody_wrote_costs_no_time_and_is_told() -> None:
    line = "The ferry sails. " * 400_000
    reading = read(page(f"<h1>{HEADLINE}</h1>{body()}<p>{line}</p>"))
    assert only(reading).paragraphs == PARAGRAPHS
    assert "block too long" in {drop.reason for drop in reading.drops}
    many = read(page(f"<h1>{HEADLINE}</h1>{body()}{'<p>Again.</p>' * 20_000}"))
    assert only(many).paragraphs == PARAGRAPHS
    assert "page too long" in {drop.reason for drop in many.drops}
