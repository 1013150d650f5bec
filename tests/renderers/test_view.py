"""What a template is given for an issue."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import (
    Article,
    Block,
    Contact,
    Correction,
    Image,
    Imprint,
    Issue,
    Look,
    Section,
    Sentence,
    Story,
    Summary,
)
from digest.renderers.view import Room, contact_view, page_url, reading_minutes, view
from digest.renderers.views import IssueView, StoryView
from digest.renderers.words import words_for
from tests.renderers import issues


def seen(issue: Issue, **choices: Any) -> IssueView:
    return view(issue, words_for(issue.language, Look()), **choices)


def only(story: Story, **changes: object) -> StoryView:
    return seen(issues.issue([Section("s", "S", (story,))], **changes)).stories[0]


def test_a_story_s_meta_line_is_publisher_time_and_minutes() -> None:
    first, second, brief = seen(issues.full()).stories[:3]
    assert first.meta == "The Harbour Post · 07:40 · 4 min"
    assert second.meta == "Halyard Wire · 04:40 · 2 min"
    assert brief.meta == "The Harbour Post · Nov 21"


def test_times_are_those_of_the_newsletter_s_time_zone() -> None:
    late = issues.article("Late", ["Late."], published=datetime(2026, 11, 21, 23, 15, tzinfo=UTC))
    assert only(issues.story(late)).facts[0] == "00:15"


def test_an_undated_unlinked_story_has_no_time_and_no_link() -> None:
    story = only(issues.story(issues.article("Quiet", ["It was quiet."], published=None)))
    assert (story.href, story.published, story.source) == (None, None, None)
    assert story.meta == "The Harbour Post · 1 min"
    assert story.sentences[0].href is None


def test_a_headline_that_is_not_the_publisher_s_is_called_ours() -> None:
    assert "our headline" in only(issues.story(issues.article("Made…", made=True))).facts


def test_every_linked_sentence_leads_to_its_own_words_and_has_a_number() -> None:
    shown = seen(issues.full())
    assert [note.number for note in shown.noted] == list(range(1, 11))
    first = shown.stories[0]
    assert first.source == first.sentences[0].href
    assert all("#:~:text=" in note.href for note in shown.noted)


def test_where_links_are_numbered_every_link_of_a_story_has_a_number_of_its_own() -> None:
    shown = seen(issues.full(), numbered=True)
    assert [note.number for note in shown.noted] == list(range(1, len(shown.noted) + 1))
    links = {note.href for note in shown.noted}
    for story in shown.stories:
        assert not story.href or story.href in links
        assert {other.href for other in story.also} <= links
        assert story.report_address or not story.report or story.report in links


def test_a_sentence_of_another_publisher_is_credited_and_leads_there() -> None:
    ours = issues.article("A", ["One."], path="a")
    theirs = issues.article("B", ["Two."], publisher="Halyard Wire", path="b", host="halyard.example.com")
    taken = (Sentence(ours.id, ours.revision, 0, 0, "One."), Sentence(theirs.id, theirs.revision, 0, 0, "Two."))
    story = only(Story((ours, theirs), summary=Summary(taken)))
    assert [sentence.credit for sentence in story.sentences] == ["", "Halyard Wire"]
    assert (story.sentences[1].href or "").startswith("https://halyard.example.com/b#")
    assert [other.publisher for other in story.also] == ["Halyard Wire"]


def test_an_error_is_reported_to_the_publisher_with_issue_url_and_story() -> None:
    story = seen(issues.full()).stories[0]
    assert story.report_address == "corrections@harbour-post.example"
    link = urlsplit(story.report or "")
    asked = parse_qs(link.query)
    assert (link.scheme, link.path) == ("mailto", "corrections@harbour-post.example")
    assert asked["subject"] == [
        "Error report: The Harbour Brief, No. 12, 2026-11-22:"
        " Strait of Ambel reopens after pilots accept a night-time truce"
    ]
    body = asked["body"][0].split("\r\n")
    assert body[0] == story.href
    assert "The exact words:" in body
    assert body[-1] == f"Story {story.id}"


def test_an_error_is_reported_by_the_publisher_s_form_where_there_is_one() -> None:
    story = seen(issues.full()).stories[1]
    assert (story.report, story.report_address) == ("https://halyard.example.com/mend?from=reader", None)


def test_an_error_of_a_publisher_without_a_contact_goes_to_the_newsletter() -> None:
    assert seen(issues.full()).stories[4].report_address == "errors@harbour-brief.example"
    assert only(issues.story(issues.article("No contact", ["None."]))).report is None


def test_an_address_cannot_smuggle_a_header_into_the_report() -> None:
    story = seen(issues.hostile()).stories[0]
    assert set(parse_qs(urlsplit(story.report or "").query)) == {"subject", "body"}


def test_a_long_headline_is_shortened_in_the_subject_of_a_report() -> None:
    shown = only(issues.story(issues.article("港" * 200, ["港。"], contact=issues.HARBOUR)))
    assert len(shown.report or "") < 700
    assert "%E2%80%A6" in (shown.report or "")


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        (
            issues.HARBOUR,
            ("If a line of ours is wrong, tell ", issues.HARBOUR.address, " and we will mend it in public."),
        ),
        (issues.GAZETTE, ("We put errors right. ", "desk@valley-gazette.example", "")),
        (issues.WIRE, ("", "halyard.example.com/mend?from=reader", "")),
        (
            Contact("W", url="https://w.example/form", statement="Use https://w.example/form please."),
            ("Use ", "https://w.example/form", " please."),
        ),
    ],
)
def test_a_publisher_s_own_sentence_stands_around_its_address(contact: Contact, line: tuple[str, str, str]) -> None:
    shown = contact_view(contact)
    assert shown is not None
    assert (shown.before, shown.label, shown.after) == line


def test_a_contact_no_reader_can_safely_follow_is_left_out() -> None:
    assert contact_view(Contact("X", url="javascript:alert(1)")) is None
    assert contact_view(Contact("X")) is None


def test_a_contact_without_a_publisher_s_name_goes_by_its_domain() -> None:
    shown = contact_view(Contact("", address="errors@post.harbour.example"))
    assert shown is not None
    assert shown.publisher == "harbour.example"


def test_a_contact_is_shown_once() -> None:
    shown = seen(issues.issue([], contacts=(issues.HARBOUR, replace(issues.HARBOUR, origin="configuration"))))
    assert len(shown.contacts) == 1


def test_only_a_base_url_gives_a_web_page_and_links_to_it() -> None:
    full = issues.full()
    page = "https://harbour-brief.example/issues/2026-11-22/web.html"
    assert page_url(full) == seen(full).page == page
    assert seen(full).contents[0].href == f"{page}#{full.stories[0].id}"
    assert page_url(issues.one()) is None
    assert all(entry.href is None for entry in seen(issues.briefs()).contents)
    assert page_url(replace(full, imprint=Imprint(base_url="javascript:alert(1)"))) is None


def test_a_story_in_another_language_says_so_and_takes_its_direction() -> None:
    hebrew, arabic, japanese, *_ = seen(issues.scripts()).stories
    assert (hebrew.lang, hebrew.dir, hebrew.align) == ("he", "rtl", "right")
    assert (arabic.lang, arabic.dir) == ("ar", "rtl")
    assert (japanese.lang, japanese.dir) == ("ja", None)
    hebrew, _, japanese, *_ = seen(issues.right_to_left()).stories
    assert (hebrew.lang, hebrew.dir) == (None, None)
    assert (japanese.lang, japanese.dir, japanese.align) == ("ja", "ltr", "left")


def test_a_story_of_unknown_language_finds_its_own_direction() -> None:
    story = only(issues.story(issues.article("?", ["?"], language="und")))
    assert (story.lang, story.dir) == (None, "auto")


def test_a_name_that_runs_the_other_way_is_isolated_from_the_words_around_it() -> None:
    assert seen(issues.scripts()).stories[0].read == "Read at \u2068הנמל\u2069"
    assert seen(issues.scripts()).stories[2].read == "Read at 港日報"


def test_a_picture_is_shown_only_when_asked_for_and_only_in_the_lead() -> None:
    assert not seen(issues.full()).pictured
    shown = seen(issues.full(), images=True)
    assert [story.image is not None for story in shown.stories] == [True] + [False] * 6
    hostile = issues.story(issues.article("H", ["H."], image=Image("javascript:alert(1)")))
    assert not seen(issues.issue([Section("s", "S", (hostile,))]), images=True).pictured


def test_stories_without_room_move_to_the_headlines_of_their_section() -> None:
    issue = issues.full()
    gone = issue.stories[1].id
    section = seen(issue, room=Room(headlines_only=frozenset({gone}))).sections[0]
    assert [story.id for story in section.more] == [gone]
    assert section.more_title == "More in World"
    assert len(section.stories) == 2
    rest = replace(issue, sections=(replace(issue.sections[0], slug="more-news", title="More news"),))
    assert seen(rest, room=Room(headlines_only=frozenset({gone}))).sections[0].more_title == "More headlines"


def test_stories_left_out_are_counted_and_lead_to_the_web_page() -> None:
    issue = issues.full()
    gone = frozenset(story.id for story in issue.stories[1:3])
    section = seen(issue, room=Room(left_out=gone)).sections[0]
    assert len(section.stories) == 1
    assert section.further == "and 2 more on the web"
    assert section.further_href == "https://harbour-brief.example/issues/2026-11-22/web.html#section-world"
    alone = seen(replace(issue, imprint=Imprint()), room=Room(left_out=gone)).sections[0]
    assert (alone.further, alone.further_href) == ("and 2 more in the plain-text edition of this email", None)


def test_bare_headlines_that_close_a_section_are_its_tail() -> None:
    told = issues.story(issues.article("Told", ["It is told."]))
    bare = [issues.story(issues.article(f"Bare {number}")) for number in range(3)]
    section = Section("s", "S", (told, bare[0], told, *bare[1:]))
    (shown,) = seen(issues.issue([section]), room=Room(tail=True)).sections
    assert [story.headline for story in shown.more] == ["Bare 1", "Bare 2"]
    (shown,) = seen(issues.issue([Section("s", "S", tuple(bare))]), room=Room(tail=True)).sections
    assert [story.headline for story in shown.stories] == ["Bare 0", "Bare 1", "Bare 2"]


def test_the_issue_s_reading_time_is_that_of_what_is_printed_of_it() -> None:
    long = issues.story(issues.article("Long", ["word " * 460, "word " * 460]))
    issue = issues.issue([Section("s", "S", (long,))])
    assert seen(issue).reading_time == "5 min read"
    assert seen(issue, sentences=1).reading_time == "3 min read"


@pytest.mark.parametrize(
    ("place", "href"),
    [
        ("https://example.org/leave?x=1", "https://example.org/leave?x=1"),
        ("leave@example.org", "mailto:leave@example.org"),
        ("mailto:leave@example.org?subject=leave", "mailto:leave@example.org?subject=leave"),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_where_readers_leave_is_a_link_or_nothing(place: str, href: str | None) -> None:
    imprint = Imprint(unsubscribe=place, preferences=place)
    shown = seen(replace(issues.one(), imprint=imprint))
    assert (shown.unsubscribe, shown.preferences) == (href, href)


@pytest.mark.parametrize(
    ("text", "minutes"), [("word " * 230, 1), ("word " * 231, 2), ("港" * 1000, 2), ("", None), ("港 word", 1)]
)
def test_reading_time_counts_words_or_characters(text: str, minutes: int | None) -> None:
    article = Article("", "", "t", "h", blocks=(Block("paragraph", text),))
    assert reading_minutes(article) == minutes


@settings(max_examples=30, deadline=None)
@given(st.text(), st.text())
def test_every_value_is_one_line_of_clean_text(headline: str, sentence: str) -> None:
    article = issues.article(headline, [sentence], path="p", contact=issues.HARBOUR)
    story = only(issues.story(article), newsletter=headline, subject=sentence)
    for value in (story.headline, story.report or "", *(each.text for each in story.sentences)):
        assert value == " ".join(value.split(" ")).strip()
        assert not any(character < " " or "\ud800" <= character <= "\udfff" for character in value)


def test_each_other_publisher_is_named_once_and_the_lead_s_own_not_again() -> None:
    lead, other, again, own = (
        Article(str(number), "0", "s", f"Headline {number}", publisher=publisher)
        for number, publisher in enumerate(("The Quay", "Halyard", "Halyard", "The Quay"))
    )
    issue = replace(issues.full(), sections=(Section("news", "News", (Story((lead, other, again, own)),)),))
    (story,) = view(issue, words_for("en", Look())).sections[0].stories
    assert [each.publisher for each in story.also] == ["Halyard"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The article’s headline now reads: “Ferry sails”"),
        ("de", "Die Überschrift des Artikels lautet jetzt: „Ferry sails“"),
        ("fr", "L’article a désormais pour titre : « Ferry sails »"),
        ("it", "Ora il titolo dell’articolo è: «Ferry sails»"),
        ("es", "El titular del artículo dice ahora: «Ferry sails»"),
    ],
)
def test_a_mended_headline_is_told_as_one(language: str, words: str) -> None:
    changed = Correction("Ferry stops", "Ferry sails", issues.MADE, 1, origin="headline")
    shown = view(replace(issues.issue([], corrections=(changed,)), language=language), words_for(language, Look()))
    (correction,) = shown.corrections
    assert " ".join(correction.said[1].split()) == words
