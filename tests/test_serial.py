"""issue.json keeps everything, always in the same bytes, and says what is wrong and where."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from digest.errors import FormatError
from digest.identity import identify
from digest.model import Article, Block, Issue, Reason, Score, Section, Sentence, Story, Summary
from digest.serial import article_from_dict, article_to_dict, issue_from_json, issue_to_json
from tests.strategies import any_value, articles, issues

PARAGRAPH = "The harbour council reopened the old ferry pier. Boats leave every hour."
ARTICLE = identify(
    Article(
        id="",
        revision="",
        source="harbour",
        headline="Ferry pier reopens",
        publisher="Harbour Post",
        blocks=(Block("paragraph", PARAGRAPH), Block("subhead", "What changes")),
        published=datetime(2026, 11, 22, 5, 40, tzinfo=UTC),
        labels=("Town",),
    )
)
STORY = Story(
    (ARTICLE,),
    Score(0.8, (Reason("freshness", 1.0, 0.8, "two hours old"),)),
    summary=Summary((Sentence(ARTICLE.id, ARTICLE.revision, 0, 0, PARAGRAPH[:48]),), "extract", "lead"),
)
ISSUE = Issue(
    newsletter="Morning Tide",
    date=date(2026, 11, 22),
    made=datetime(2026, 11, 22, 6, 30, tzinfo=ZoneInfo("Europe/Zurich")),
    subject="Ferry pier reopens",
    sections=(Section("town", "Town", (STORY,)),),
)


@settings(max_examples=60, deadline=None)
@given(any_value(Issue))
def test_any_issue_comes_back_equal(issue: Issue) -> None:
    data = issue_to_json(issue)
    assert issue_from_json(data) == issue
    assert issue_to_json(issue_from_json(data)) == data


@settings(max_examples=30, deadline=None)
@given(issues())
def test_an_issue_as_composed_comes_back_equal(issue: Issue) -> None:
    assert issue_from_json(issue_to_json(issue)) == issue


@settings(max_examples=60, deadline=None)
@given(articles())
def test_an_article_comes_back_equal_by_way_of_json(article: Article) -> None:
    assert article_from_dict(json.loads(json.dumps(article_to_dict(article)))) == article


def test_the_layout_is_the_published_one() -> None:
    written = json.loads(issue_to_json(ISSUE))
    assert written["version"] == 1
    assert written["number"] is None
    assert written["date"] == "2026-11-22"
    assert set(written) >= {"newsletter", "subject", "preheader", "language", "contacts", "corrections", "drops"}
    (section,) = written["sections"]
    assert (section["slug"], section["title"]) == ("town", "Town")
    (story,) = section["stories"]
    assert story["score"] == {
        "value": 0.8,
        "reasons": [{"signal": "freshness", "weight": 1.0, "value": 0.8, "words": "two hours old"}],
    }
    assert story["summary"] == [
        {"article": ARTICLE.id, "revision": ARTICLE.revision, "field": 0, "start": 0, "text": PARAGRAPH[:48]}
    ]
    assert (story["summary_origin"], story["summary_algorithm"]) == ("extract", "lead")
    (article,) = story["articles"]
    assert article["blocks"] == [
        {"kind": "paragraph", "text": PARAGRAPH},
        {"kind": "subhead", "text": "What changes"},
    ]
    assert (article["kind"], article["url"], article["headline_made"]) == ("full", None, False)
    assert (article["published"], article["labels"]) == ("2026-11-22T05:40:00+00:00", ["Town"])


def test_text_stands_as_itself_and_the_file_ends_with_a_line_end() -> None:
    data = issue_to_json(replace(ISSUE, subject="Fähre — 渡し船 🚢"))
    assert "Fähre — 渡し船 🚢".encode() in data
    assert data.endswith(b"}\n")


def test_a_lone_surrogate_survives() -> None:
    issue = replace(ISSUE, subject="broken \udce9 name")
    assert issue_from_json(issue_to_json(issue)) == issue


def test_both_halves_of_a_repeated_hour_stay_apart() -> None:
    zone = ZoneInfo("Europe/Zurich")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=zone)
    for made in (first, first.replace(fold=1)):
        back = issue_from_json(issue_to_json(replace(ISSUE, made=made))).made
        assert (back.utcoffset(), back.fold, back.tzinfo) == (made.utcoffset(), made.fold, zone)


def test_the_zone_of_the_issue_tells_the_hours_of_its_articles() -> None:
    back = issue_from_json(issue_to_json(ISSUE))
    summer = datetime(2026, 7, 1, 10, tzinfo=UTC).astimezone(back.made.tzinfo)
    assert summer.utcoffset() == timedelta(hours=2)


def test_what_a_file_leaves_out_has_the_default_of_the_model() -> None:
    minimal = {"version": 1, "newsletter": "Morning Tide", "date": "2026-11-22", "made": "2026-11-22T06:30:00Z"}
    assert issue_from_json(json.dumps(minimal).encode()).sections == ()


def test_a_byte_order_mark_is_no_fault() -> None:
    assert issue_from_json(b"\xef\xbb\xbf" + issue_to_json(ISSUE)) == ISSUE


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"no json", b'{"version": 1', b"[" * 100_000, b'{"version": NaN}', b"[1]", b"1" * 10_000],
)
def test_what_is_no_issue_is_called_so(data: bytes) -> None:
    with pytest.raises(FormatError, match="not the JSON of an issue"):
        issue_from_json(data)


def test_another_version_is_refused_with_the_one_that_is_read() -> None:
    with pytest.raises(FormatError, match="version: 2 is not read here, only 1"):
        issue_from_json(b'{"version": 2}')
    with pytest.raises(FormatError, match="version: missing"):
        issue_from_json(b"{}")


def _set(path: list[str | int], value: Any) -> Callable[[Any], None]:
    def spoil(issue: Any) -> None:
        for step in path[:-1]:
            issue = issue[step]
        issue[path[-1]] = value

    return spoil


STORY_PATH: list[str | int] = ["sections", 0, "stories", 0]
ARTICLE_PATH: list[str | int] = [*STORY_PATH, "articles", 0]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_set(["subject"], 12), "subject: 12 is not a text"),
        (_set(["sections"], {}), "sections: an object is not a list"),
        (_set(["sections", 0], "town"), 'sections[0]: "town" is not an object'),
        (_set(["date"], "22.11.2026"), 'date: "22.11.2026" is not a date such as 2026-11-22'),
        (_set(["made"], "2026-11-22T06:30:00"), 'made: "2026-11-22T06:30:00" is not a time with an offset'),
        (_set(["made"], "2026-11-22T06:30:00Z[Mars/Sea]"), 'made: "2026-11-22T06:30:00Z[Mars/Sea]" is not a time'),
        (_set(["number"], True), "number: true is not a whole number"),
        (_set(["imprint"], None), "imprint: null is not an object"),
        (_set(["headlne"], "x"), "headlne: no field of this name"),
        (_set(["preheadr"], "x"), "preheadr: no field of this name; did you mean preheader?"),
        (_set([*ARTICLE_PATH, "kind"], "long"), 'articles[0].kind: "long" is not one of full, brief'),
        (_set([*ARTICLE_PATH, "blocks", 1, "text"], None), "articles[0].blocks[1].text: null is not a text"),
        (_set([*STORY_PATH, "articles"], []), "sections[0].stories[0].articles: a story needs an article"),
        (_set([*STORY_PATH, "summary", 0, "field"], "body"), "headline, standfirst; "),
        (_set([*STORY_PATH, "summary", 0, "field"], 1.5), "summary[0].field: 1.5 is not one of"),
        (_set([*STORY_PATH, "score", "value"], "high"), 'score.value: "high" is not a number'),
    ],
)
def test_a_fault_is_named_with_its_place(spoil: Callable[[Any], None], words: str) -> None:
    written = json.loads(issue_to_json(ISSUE))
    spoil(written)
    with pytest.raises(FormatError) as raised:
        issue_from_json(json.dumps(written).encode())
    assert words in str(raised.value)


def test_a_missing_headline_is_named_with_its_place() -> None:
    written = json.loads(issue_to_json(ISSUE))
    del written["sections"][0]["stories"][0]["articles"][0]["headline"]
    with pytest.raises(FormatError) as raised:
        issue_from_json(json.dumps(written).encode())
    assert str(raised.value) == "sections[0].stories[0].articles[0].headline: missing"


@pytest.mark.parametrize("number", ["1e999", "1" + "0" * 400])
def test_a_number_too_large_to_reckon_with_is_refused(number: str) -> None:
    data = issue_to_json(ISSUE).replace(b'"value": 0.8,', f'"value": {number},'.encode(), 1)
    with pytest.raises(FormatError, match="is not a number"):
        issue_from_json(data)


def test_what_cannot_be_read_back_is_not_written() -> None:
    with pytest.raises(ValueError, match="without an offset"):
        issue_to_json(replace(ISSUE, made=datetime(2026, 11, 22, 6, 30)))
    endless = replace(STORY, score=Score(math.inf))
    with pytest.raises(ValueError, match="JSON"):
        issue_to_json(replace(ISSUE, sections=(Section("town", "Town", (endless,)),)))
