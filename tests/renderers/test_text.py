"""The plain-text edition: everything the HTML has, in 72 columns."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from digest.markup import clean_text
from digest.model import Imprint, Issue, Look, Section
from digest.renderers import RENDERERS
from digest.renderers.layout import WIDTH, display_width
from digest.renderers.text import render
from tests.renderers import issues

EVERY = pytest.mark.parametrize("name", issues.names())


def text_of(issue: Issue) -> str:
    return render(issue, Look()).body.decode()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@EVERY
def test_no_line_is_wider_than_the_column_but_a_url_alone(name: str) -> None:
    for line in text_of(issues.BY_NAME[name]()).split("\n"):
        assert display_width(line) <= WIDTH or re.fullmatch(r"https?://\S+", line)


@EVERY
def test_a_url_stands_alone_on_its_line(name: str) -> None:
    for line in text_of(issues.BY_NAME[name]()).split("\n"):
        if "https://" in line:
            assert re.fullmatch(r"https://\S+", line)


@EVERY
def test_every_headline_link_and_contact_of_the_email_is_in_it(name: str) -> None:
    issue = issues.BY_NAME[name]()
    text = text_of(issue)
    page = lxml_html.fromstring(RENDERERS["email"](issue, Look()).body.decode())
    for heading in page.xpath("//h3 | //h2[not(ancestor::td[@class='colophon'])]"):
        assert squeezed(heading.text_content()).casefold() in squeezed(text).casefold()
    for link in page.xpath("//a/@href"):
        if link.startswith("mailto:"):
            assert unquote(urlsplit(link).path) in text
        elif "/web.html#" not in link:
            assert link in text.split("\n")


@EVERY
def test_every_sentence_link_of_the_web_page_is_in_its_notes(name: str) -> None:
    issue = issues.BY_NAME[name]()
    notes = [line for line in text_of(issue).split("\n") if ":~:text=" in line]
    page = lxml_html.fromstring(RENDERERS["web"](issue, Look()).body.decode())
    assert notes == page.xpath("//p[contains(@class, 'summary')]/a/@href")


def test_a_reader_finds_the_parts_of_an_issue() -> None:
    text = text_of(issues.full())
    assert text.startswith(
        "THE HARBOUR BRIEF\n"
        "Sunday, November 22, 2026 · No. 12 · 2 min read\n"
        "===============================================\n"
    )
    assert "\n\nEnvoy to the Isles recalled over a borrowed yacht\n-------------------" in text
    assert "\nThe Harbour Post · Nov 21\n\nThe foreign ministry confirmed" in text
    assert "\nAlso in Talbote: Straße von Ambel wieder offen\nhttps://talbote.example/welt/ambel\n" in text
    assert "\nReport an error: corrections@harbour-post.example\n" in text
    assert "\nWe wrote: “The dam at Dray holds 40 million litres.”\n" in text
    assert "\nHalyard Wire:\nhttps://halyard.example.com/mend?from=reader\n" in text
    assert "\n[6] standfirst\nhttps://harbour-post.example/2026/11/21/envoy-yacht#:~:text=" in text
    assert text.endswith("Write to us: editor@harbour-brief.example\n")


def test_links_can_be_numbered_and_stand_in_the_notes() -> None:
    text = render(issues.full(), Look(text_links="numbered")).body.decode()
    assert (
        "\nRead at The Harbour Post [4] · Also in Halyard Wire [5], Talbote [6] ·\nReport an error: corrections@"
        in text
    )
    assert "\n[4]\nhttps://harbour-post.example/2026/11/22/strait-of-ambel-reopens\n" in text
    assert set(re.findall(r"(?m)^https://.*", text_of(issues.full()))) <= set(re.findall(r"(?m)^https://.*", text))


def test_the_compact_edition_has_one_sentence_a_story_and_the_same_footer() -> None:
    text = render(issues.full(), Look(template_set="compact")).body.decode()
    assert "The first grain ships" in text
    assert "We are not friends" not in text
    assert "[1]" not in text
    assert "\nhttps://harbour-post.example/2026/11/22/strait-of-ambel-reopens\n" in text
    assert text.partition("REPORT AN ERROR")[2] == text_of(issues.full()).partition("REPORT AN ERROR")[2]


def test_why_a_reader_gets_it_and_how_to_leave_stand_at_the_end() -> None:
    imprint = Imprint(why="You signed up.", preferences="https://example.org/p", unsubscribe="leave@example.org")
    text = text_of(replace(issues.one(), imprint=imprint))
    assert text.endswith("\n\nYou signed up.\nPreferences:\nhttps://example.org/p\nUnsubscribe:\nleave@example.org\n")


def test_what_is_not_set_leaves_no_trace() -> None:
    text = text_of(issues.briefs())
    for absent in ("None", "http", "@", "[1]", "REPORT", "CORRECTIONS", "View", "In this issue"):
        assert absent not in text


def test_blank_lines_never_pile_up() -> None:
    assert "\n\n\n\n" not in text_of(issues.full())
    assert not any(line.endswith(" ") for line in text_of(issues.full()).split("\n"))


def test_it_is_plain_text_and_not_escaped() -> None:
    assert "</mj-text><script>alert(1)</script>\n---" in text_of(issues.hostile())
    assert "{{ 7*7 }} and {% raw %} in a headline" in text_of(issues.hostile())


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1), st.text())
def test_any_words_come_out_as_they_went_in(headline: str, title: str) -> None:
    story = issues.story(issues.article(headline, [headline], publisher=title))
    text = text_of(issues.issue([Section("s", title, (story,))]))
    assert squeezed(text).count(squeezed(clean_text(headline))) >= 2
