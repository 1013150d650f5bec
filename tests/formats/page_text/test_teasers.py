"""What a page says of other articles, by the labels and dates around it."""

from __future__ import annotations

from datetime import UTC, datetime

from digest.formats.page_text import read
from digest.model import Document, Hints, Reading

HEADLINE = "Harwick closes its rail bridge for the winter"
STORY = (
    "The council of Harwick voted on Monday to close the old rail bridge for the rest of the winter.",
    "Engineers had found cracks in two of the nine piers, according to a report that the town published last week.",
    "Traffic will be sent over the upper bridge, which is older but was repaired only three years ago.",
    "The council expects the work to take five months and to cost twice what had been set aside for it.",
)
POOL, POOL_LEAD = "Last open-air pool may close", "Repairs would cost more than a new pool would."
MILL, MILL_LEAD = "Old mill finds a buyer at last", "A family from the north wants to grind flour there again."
FERRY, FERRY_LEAD = "Ferry crews end their strike", "The boats are to sail again from Monday on."


def page(*lines: str) -> Reading:
    return read(Document("test", "page.txt", "\n".join(lines).encode()), Hints("test"))


def teasers(reading: Reading) -> list[tuple[str, str]]:
    return [(brief.headline, brief.standfirst) for brief in reading.articles if brief.kind == "brief"]


def paragraphs(reading: Reading) -> tuple[str, ...]:
    return tuple(text for article in reading.articles for text in article.paragraphs)


def test_a_label_announces_the_headline_below_it_and_no_more() -> None:
    reading = page(HEADLINE, *STORY[:2], "More", POOL, *STORY[2:])
    assert teasers(reading) == [(POOL, "")]
    assert paragraphs(reading) == STORY


def test_a_label_above_running_text_announces_nothing() -> None:
    reading = page(HEADLINE, *STORY[:2], "More", *STORY[2:])
    assert teasers(reading) == []
    assert paragraphs(reading) == STORY


def test_a_sections_name_above_an_announced_headline_is_its_label() -> None:
    reading = page(HEADLINE, *STORY, "More", "Culture", MILL, "© 2024 Harwick Gazette")
    assert [(brief.headline, brief.labels) for brief in reading.articles[1:]] == [(MILL, ("Culture",))]


def test_related_headlines_end_where_a_subhead_and_the_text_go_on() -> None:
    reading = page(HEADLINE, *STORY[:2], "See also", POOL, MILL, "Five months", *STORY[2:])
    assert teasers(reading) == [(POOL, ""), (MILL, "")]
    assert [block.text for block in reading.articles[0].blocks] == [*STORY[:2], "Five months", *STORY[2:]]


def test_a_list_gives_headlines_with_and_without_standfirsts() -> None:
    reading = page(HEADLINE, *STORY, "Most read", POOL, POOL_LEAD, MILL, FERRY, FERRY_LEAD, "© 2024 Harwick Gazette")
    assert teasers(reading) == [(POOL, POOL_LEAD), (MILL, ""), (FERRY, FERRY_LEAD)]
    assert paragraphs(reading) == STORY


def test_a_list_ends_where_running_text_begins() -> None:
    reading = page("Most read", POOL, MILL, FERRY, HEADLINE, *STORY)
    assert teasers(reading) == [(POOL, ""), (MILL, ""), (FERRY, "")]
    assert reading.title == HEADLINE
    assert paragraphs(reading) == STORY


def test_a_menu_below_a_label_holds_no_headlines() -> None:
    reading = page("More", "Our papers", "Most read", "Local sport", "Opinion", "Jobs", HEADLINE, *STORY)
    assert teasers(reading) == []
    assert reading.title == HEADLINE


def test_dates_above_standfirsts_date_the_headlines_above_them() -> None:
    reading = page(
        POOL, "Published 3 May 2024", POOL_LEAD, MILL, "Published 2 May 2024", MILL_LEAD, FERRY, "Published 1 May 2024"
    )
    assert teasers(reading) == [(POOL, POOL_LEAD), (MILL, MILL_LEAD), (FERRY, "")]
    assert [brief.published and brief.published.day for brief in reading.articles] == [3, 2, 1]


def test_dates_below_standfirsts_date_what_is_above_them() -> None:
    reading = page(
        POOL, POOL_LEAD, "Published 3 May 2024", MILL, MILL_LEAD, "Published 2 May 2024", FERRY_LEAD,
        "Published 1 May 2024",
    )  # fmt: skip
    assert teasers(reading)[:2] == [(POOL, POOL_LEAD), (MILL, MILL_LEAD)]
    assert reading.articles[2].headline_made
    assert reading.articles[2].standfirst == FERRY_LEAD
    assert [brief.published and brief.published.day for brief in reading.articles] == [3, 2, 1]


def test_a_teaser_of_the_pages_own_article_is_none() -> None:
    reading = page(HEADLINE, *STORY, "Most read", POOL, HEADLINE, MILL, "© 2024 Harwick Gazette")
    assert teasers(reading) == [(POOL, ""), (MILL, "")]
    assert ("repeated", HEADLINE) in [(drop.reason.split()[0], drop.subject) for drop in reading.drops]


def test_the_articles_own_date_makes_no_teaser_of_it() -> None:
    reading = page(HEADLINE, "Published 3 May 2024", *STORY, POOL, "Published 2 May 2024", POOL_LEAD)
    assert teasers(reading) == [(POOL, POOL_LEAD)]
    assert paragraphs(reading) == STORY
    assert reading.articles[0].published == datetime(2024, 5, 3, tzinfo=UTC)


def test_the_sentences_of_a_list_that_the_text_announces_belong_to_it() -> None:
    listed = ("The council will choose between two plans:", "a new bridge further up", "no bridge at all")
    reading = page(HEADLINE, *STORY[:2], *listed, *STORY[2:])
    assert paragraphs(reading) == (*STORY[:2], *listed, *STORY[2:])
    assert teasers(reading) == []


def test_the_lines_of_a_verse_belong_to_the_text() -> None:
    verse = ("The river takes the stone", "the stone takes the winter", "the winter takes the boats")
    reading = page(HEADLINE, *STORY[:2], *verse, *STORY[2:])
    assert paragraphs(reading) == (*STORY[:2], *verse, *STORY[2:])


def test_a_line_between_a_related_headline_and_the_page_s_foot_is_its_standfirst_where_it_says_the_same() -> None:
    box = ("Related", "Ferry to Holm delayed until Friday")
    lead = "The ferry to Holm will not sail before Friday because of a cracked shaft, the operator said."
    for foot in ("Found a mistake in this article? Write to us at desk@harwick.example.", ""):
        reading = page(HEADLINE, *STORY, *box, lead, foot)
        assert teasers(reading) == [(box[1], lead)]
        assert paragraphs(reading) == STORY
        reading = page(HEADLINE, *STORY[:3], *box, STORY[3], foot)
        assert teasers(reading) == [(box[1], "")]
        assert paragraphs(reading) == STORY
