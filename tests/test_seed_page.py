"""One real page, from page text to issue: its structure, without keeping a sentence of it here."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.archive import open_archive
from digest.config import Settings, SourceSettings
from digest.model import Article, Issue
from digest.pipeline import draft_issue
from digest.sources.files import Files

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


@pytest.fixture(scope="module")
def issue(shared: Path) -> Issue:
    page = shared / "seeds" / "000_d5863b658df1db61.txt"
    if not page.exists():
        pytest.skip(f"needs {page}")
    with open_archive("sqlite://") as archive:
        source = (SourceSettings(name="inputs", use="folder"), Files("inputs", (str(page),)))
        made, _ = draft_issue(Settings(), (source,), archive, NOW)
    return made


@pytest.fixture(scope="module")
def lines(shared: Path) -> list[str]:
    return (shared / "seeds" / "000_d5863b658df1db61.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def articles(issue: Issue) -> list[Article]:
    return [article for story in issue.stories for article in story.articles]


def brief(articles: list[Article], line: str) -> Article:
    """The brief one of whose fields is that line of the page."""
    (found,) = [each for each in articles if each.kind == "brief" and line in (each.headline, each.standfirst)]
    return found


def test_one_full_article_with_its_paragraphs_in_order(articles: list[Article], lines: list[str]) -> None:
    (full,) = [article for article in articles if article.kind == "full"]
    assert full.headline == lines[0]
    body = [block.text for block in full.blocks if block.kind == "paragraph"]
    assert full.standfirst == ""
    assert body == [line for number, line in enumerate(lines[1:13]) if number != 5]
    assert len(body) == 11


def test_the_subhead_stands_between_the_fifth_and_the_sixth_paragraph(
    articles: list[Article], lines: list[str]
) -> None:
    (full,) = [article for article in articles if article.kind == "full"]
    assert full.blocks[5].text == lines[6]
    assert [block.text for block in full.blocks if block.kind == "subhead"] == [lines[6]]


def test_thirteen_briefs(articles: list[Article]) -> None:
    briefs = [article for article in articles if article.kind == "brief"]
    assert len(briefs) == 13
    assert sum(1 for each in briefs if each.standfirst and not each.headline_made) == 10
    assert sum(1 for each in briefs if each.headline_made) == 2
    assert sum(1 for each in briefs if not each.standfirst) == 1


def test_a_made_headline_is_the_standfirst_s_own_words(articles: list[Article]) -> None:
    for each in articles:
        if each.headline_made:
            assert each.headline.rstrip("…").strip() in each.standfirst


def test_the_brief_that_is_only_a_headline_keeps_its_label(articles: list[Article], lines: list[str]) -> None:
    (alone,) = [each for each in articles if each.kind == "brief" and not each.standfirst]
    assert alone.headline == lines[17]
    assert alone.labels == (lines[16],)


def test_the_contact_is_there_once_with_the_publisher_s_sentence(
    issue: Issue, articles: list[Article], lines: list[str]
) -> None:
    (contact,) = issue.contacts
    assert contact.address
    assert contact.address in lines[-1]
    assert contact.statement == lines[-1]
    assert {article.publisher for article in articles} == {"swissinfo.ch"}


def test_the_sections(issue: Issue, articles: list[Article], lines: list[str]) -> None:
    placed = {
        article.id: section for section in issue.sections for story in section.stories for article in story.articles
    }
    foreign = issue.sections[0]
    assert foreign.title == "Foreign Affairs"
    assert foreign.stories[0].lead.kind == "full"
    for number in (17, 24, 30, 44, 50):
        assert placed[brief(articles, lines[number]).id] is foreign, lines[number]
    assert placed[brief(articles, lines[54]).id] is foreign
    assert "business" in placed[brief(articles, lines[18]).id].slug


def test_nothing_is_told_twice_and_nothing_is_invented(issue: Issue, articles: list[Article]) -> None:
    assert len({article.id for article in articles}) == len(articles) == 14
    assert all(article.published is None and article.url is None for article in articles)


def test_no_furniture_is_in_the_issue(articles: list[Article], lines: list[str]) -> None:
    kept = {
        text for each in articles for text in (each.headline, each.standfirst, *(block.text for block in each.blocks))
    }
    for number in (13, 14, 15, 16, 19, 48, 49, 55):
        assert lines[number] not in kept, lines[number]


def test_every_span_is_verbatim(issue: Issue) -> None:
    for story in issue.stories:
        for sentence in story.summary.sentences:
            (article,) = [each for each in story.articles if each.id == sentence.article]
            assert article.text(sentence.field)[sentence.start : sentence.end] == sentence.text
