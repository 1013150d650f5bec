"""What a page says of itself, and what is known of its source."""

from __future__ import annotations

from datetime import UTC, datetime
from textwrap import wrap

import pytest

from digest.formats.page_text import FORMAT, read
from digest.model import Article, Contact, Document, Hints, Reading

STORY = (
    "The council of Harwick voted on Monday to close the old rail bridge for the rest of the winter.",
    "Engineers had found cracks in two of the nine piers, according to a report that the town published last week.",
    "Traffic will be sent over the upper bridge, which is older but was repaired only three years ago.",
    "The council expects the work to take five months and to cost twice what had been set aside for it.",
)
HEADLINE = "Harwick closes its rail bridge for the winter"


def read_lines(*lines: str, hints: Hints = Hints("test")) -> Reading:  # noqa: B008, a frozen value
    return read(Document("test", "page.txt", "\n".join(lines).encode()), hints)


def only(reading: Reading) -> Article:
    assert len(reading.articles) == 1
    return reading.articles[0]


def test_it_answers_to_plain_text_alone() -> None:
    assert FORMAT.recognises(Document("test", "page", b"", media_type="text/plain"))
    assert not FORMAT.recognises(Document("test", "page", b"", media_type="text/html"))


def test_a_page_of_menus_holds_no_article_and_says_what_it_left_out() -> None:
    reading = read_lines("Menu", "News", "Sport", "Contact us", "© 2024 Northgate Media")
    assert not reading.articles
    assert [(drop.subject, drop.reason) for drop in reading.drops] == [
        ("Menu", "navigation"),
        ("News", "outside the article"),
        ("Sport", "outside the article"),
        ("Contact us", "navigation"),
        ("© 2024 Northgate Media", "copyright"),
    ]


def test_lines_that_other_pages_carry_are_no_part_of_the_text() -> None:
    club = "Members of our reading club meet on the first Monday of every month."
    lines = (HEADLINE, *STORY[:3], "From our archive", club, STORY[3])
    known = frozenset(("From our archive", club))
    assert only(read_lines(*lines)).paragraphs == (*STORY[:3], club, STORY[3])
    article = only(read_lines(*lines, hints=Hints("test", repeated=known)))
    assert [block.text for block in article.blocks] == list(STORY)


def test_a_headline_and_a_lead_stay_although_other_pages_tease_them() -> None:
    known = frozenset((HEADLINE, STORY[0]))
    article = only(read_lines(HEADLINE, *STORY, hints=Hints("test", repeated=known)))
    assert (article.headline, article.paragraphs) == (HEADLINE, STORY)


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        (("© 2024 Region-Bote. All rights reserved.",), "Region-Bote"),
        (("© 2024 Northgate Media – All rights reserved",), "Northgate Media"),
        ((), ""),
        (("© 2025 Harwick Gazette",), "Harwick Gazette"),
        (("Copyright © 2019-2025 Harwick Gazette. All rights reserved.",), "Harwick Gazette"),
        (("© 2025 Harwick Gazette", "© 2025 Another Owner"), ""),
        (("© 2025 Ada Roe / Reuters",), ""),
        (("© 2025 and all that is written here belongs to them",), ""),
        (("Report a mistake in this article to corrections@news.harwick.example",), "harwick.example"),
    ],
)
def test_the_publisher_is_one_that_the_page_states(lines: tuple[str, ...], publisher: str) -> None:
    assert only(read_lines(HEADLINE, *STORY, *lines)).publisher == publisher


def test_what_is_configured_wins() -> None:
    desk = Contact("The Gazette", address="desk@gazette.example", origin="configuration")
    hints = Hints("source", publisher="The Gazette", language="en-GB", labels=("Local",), contact=desk)
    article = only(read_lines(HEADLINE, *STORY, "© 2025 Harwick Gazette", hints=hints))
    assert article.source == "source"
    assert article.publisher == "The Gazette"
    assert article.language == "en"
    assert article.labels == ("Local",)
    assert article.contact == desk


def test_published_and_updated_are_told_apart() -> None:
    line = "Published 12 January 2023 at 18:00, updated 20 January 2023 at 18:53"
    article = only(read_lines(HEADLINE, line, *STORY))
    assert article.published == datetime(2023, 1, 12, 18, 0, tzinfo=UTC)
    assert article.updated == datetime(2023, 1, 20, 18, 53, tzinfo=UTC)


def test_the_first_of_two_dates_is_the_articles_own() -> None:
    article = only(read_lines(HEADLINE, "Published 12 January 2023", *"3 May 2021", *STORY))
    assert article.published == datetime(2023, 1, 12, tzinfo=UTC)


def test_no_date_is_taken_from_the_text() -> None:
    assert only(read_lines(HEADLINE, "The bridge was closed on 12 January 2023.", *STORY)).published is None


def test_a_passage_that_stands_again_is_left_out_unless_a_line_announces_it() -> None:
    again = "Traffic will be sent over the upper bridge, which is older"
    assert only(read_lines(HEADLINE, *STORY, again)).paragraphs == STORY
    quoted = ("Of the upper bridge the council wrote last year:", f"{again}.")
    assert only(read_lines(HEADLINE, *STORY, *quoted)).paragraphs == (*STORY, *quoted)


def test_a_pages_teasers_are_in_the_pages_language() -> None:
    story = (
        "Der Rat von Harwick hat am Montag beschlossen, die alte Brücke für den Rest des Winters zu sperren.",
        "Fachleute hatten in zwei der neun Pfeiler Risse gefunden, wie aus einem Bericht der Stadt hervorgeht.",
        "Der Verkehr wird über die obere Brücke geführt, die zwar älter ist, aber vor drei Jahren erneuert wurde.",
    )
    reading = read_lines("Harwick sperrt die alte Brücke", *story, "Mehr", "Shutdown in Washington: Trump vs. Senat")
    assert [(article.kind, article.language) for article in reading.articles] == [("full", "de"), ("brief", "de")]


def test_a_date_that_may_be_read_two_ways_is_none() -> None:
    assert only(read_lines(HEADLINE, "3/4/2024", *STORY)).published is None


def test_an_authors_name_over_what_is_told_of_her_is_no_headline() -> None:
    author = ("Ada Roe", "Reporter in Harwick who covers bridges, boats and the people who mend them.")
    article = only(read_lines("Published 14 March 2024", *author, *STORY))
    assert article.headline_made
    assert article.paragraphs == STORY


def test_a_page_without_a_headline_gets_one_of_its_own_words() -> None:
    article = only(read_lines(*STORY))
    assert article.headline_made
    assert STORY[0].startswith(article.headline.removesuffix("…"))


def test_a_text_wrapped_to_a_width_is_joined_again() -> None:
    paragraphs = [" ".join((STORY[0], STORY[1])), " ".join(STORY[2:]), " ".join(reversed(STORY))]
    article = only(read_lines(HEADLINE, "", *("\n".join((*wrap(paragraph, 72), "")) for paragraph in paragraphs)))
    assert article.headline == HEADLINE
    assert list(article.paragraphs) == paragraphs
