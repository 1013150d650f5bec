"""The web page: valid, without scripts, every sentence a link to its source."""

from __future__ import annotations

import re
from itertools import pairwise

import html5lib
import pytest
from lxml import html as lxml_html

from digest.markup import clean_text
from digest.model import Issue, Look
from digest.renderers.web import render
from tests.renderers import issues

EVERY = pytest.mark.parametrize("name", issues.names())


def page_of(issue: Issue, look: Look | None = None) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(render(issue, look or Look()).body.decode())


@EVERY
def test_it_is_valid_html(name: str) -> None:
    html = render(issues.BY_NAME[name](), Look()).body.decode()
    assert html.startswith("<!DOCTYPE html>")
    html5lib.HTMLParser(strict=True).parse(html)


@EVERY
def test_it_runs_no_script_and_needs_no_other_file(name: str) -> None:
    page = page_of(issues.BY_NAME[name]())
    assert not page.xpath("//script | //link[not(@rel='alternate')] | //img | //iframe | //*[@onclick] | //*[@onload]")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    assert "img-src 'none'" in policy


@EVERY
def test_every_story_has_an_anchor_of_its_own_and_the_contents_lead_to_them(name: str) -> None:
    issue = issues.BY_NAME[name]()
    page = page_of(issue)
    anchors = page.xpath("//@id")
    assert len(anchors) == len(set(anchors))
    assert page.xpath("//article/@id") == [story.id for story in issue.stories]
    assert {link[1:] for link in page.xpath("//a[starts-with(@href, '#')]/@href")} <= set(anchors)


def test_every_sentence_leads_to_its_place_in_the_source() -> None:
    issue = issues.full()
    (lead,) = page_of(issue).xpath("//article[@class='lead']")
    links = lead.xpath("p[@class='summary']/a")
    assert [link.text for link in links] == [sentence.text for sentence in issue.stories[0].summary.sentences]
    assert all("#:~:text=" in link.get("href") for link in links)
    assert len(page_of(issue).xpath("//p[@class='summary']/a")) == 10


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(heading.tag[1]) for heading in page_of(issues.full()).xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_times_and_languages_are_marked_up() -> None:
    page = page_of(issues.full())
    assert page.xpath("//article[1]//time/@datetime")[0] == "2026-11-22T07:40+01:00"
    assert page.xpath("//header//time/@datetime") == ["2026-11-22"]
    assert page.xpath("//h3[@lang='de']")[0].text_content().startswith("Hafenzoll")
    assert page_of(issues.scripts()).xpath("//h3[@lang='he']/@dir") == ["rtl"]


def test_hostile_words_are_printed_as_words() -> None:
    page = page_of(issues.hostile())
    headlines = [heading.text_content() for heading in page.xpath("//h3")]
    assert headlines[: len(issues.HOSTILE_HEADLINES)] == [clean_text(each) for each in issues.HOSTILE_HEADLINES]
    assert all(re.match("https?:|mailto:|#", link) for link in page.xpath("//a/@href"))


def test_pictures_are_allowed_only_when_asked_for() -> None:
    page = page_of(issues.full(), Look(images="link"))
    assert page.xpath("//figure/img/@alt") == ["A grain ship at dawn"]
    assert "img-src https:" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_an_editor_s_colours_are_its_own() -> None:
    assert "--accent: #ab1213" in render(issues.full(), Look(options={"accent": "#ab1213"})).body.decode()


@EVERY
def test_the_same_issue_gives_the_same_bytes(name: str) -> None:
    make = issues.BY_NAME[name]
    assert render(make(), Look()).body == render(make(), Look()).body
