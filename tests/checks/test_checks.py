"""Each check says what is wrong when it is wrong, says nothing when it is right, and names a remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.checks import CHECKS, run_checks
from digest.checks.support.table import CLIENTS
from digest.identity import identify
from digest.message import message
from digest.model import (
    Article,
    Block,
    Contact,
    Drop,
    Finding,
    Imprint,
    Issue,
    Look,
    Rendition,
    Section,
    Story,
    Summary,
)
from digest.pipeline import finish
from digest.renderers import email, text, web
from tests.conftest import ROOT
from tests.renderers import issues

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
DESK = Contact("Harbour Post", address="desk@harbour.example.com", statement="Write to desk@harbour.example.com.")


def story(headline: str = "Ferry stops for winter", **facts: Any) -> Story:
    given: dict[str, Any] = {
        "publisher": "Harbour Post",
        "url": "https://harbour.example.com/ferry",
        "blocks": (Block("paragraph", "The ferry will not sail."),),
    }
    return Story((identify(Article("", "", "harbour", headline, language="en", **{**given, **facts})),))


def issue(*stories: Story, **facts: Any) -> Issue:
    given: dict[str, Any] = {"subject": "Ferry stops", "preheader": "Lamp dark", "contacts": (DESK,)}
    told = stories or (story(),)
    return Issue("The Tidewrack", NOW.date(), NOW, sections=(Section("sea", "The Sea", told),), **{**given, **facts})


def html(body: str, name: str = "issue.html") -> Rendition:
    return Rendition(name, "text/html; charset=utf-8", body.encode())


def plain(body: str) -> Rendition:
    return Rendition("issue.txt", "text/plain; charset=utf-8", body.encode())


def findings(check: str, of: Issue, *renditions: Rendition) -> Sequence[Finding]:
    found = CHECKS[check](of, renditions)
    assert all(each.check == check and each.place and each.words and each.remedy for each in found)
    return found


def severities(found: Sequence[Finding]) -> list[str]:
    return [each.severity for each in found]


def test_an_issue_that_nobody_reads_to_its_end_is_a_warning_that_names_the_key() -> None:
    many = [story(f"Ferry number {number} stops for winter") for number in range(51)]
    (finding,) = run_checks(issue(*many), (), {"length": CHECKS["length"]})
    assert (finding.severity, finding.place) == ("warning", "the whole issue")
    assert "51 stories" in finding.words
    assert "max_stories" in finding.remedy
    assert run_checks(issue(*many[:50]), (), {"length": CHECKS["length"]}) == ()


def test_nothing_is_wrong_with_an_issue_as_the_program_renders_it() -> None:
    whole = issue(story(), story("Lamp goes dark at Cape Tern", url=None))
    for look in (Look(), Look(template_set="compact")):
        editions = [render(whole, look) for render in (email.render, text.render, web.render)]
        assert not {"error", "warning"} & set(severities(run_checks(whole, editions)))


# The hostile one holds raw control characters and an unsafe contact, which no template prints.
@pytest.mark.parametrize("name", [name for name in issues.names() if name != "hostile"])
def test_what_is_rendered_never_looks_wrong_by_the_template_s_fault(name: str) -> None:
    made = issues.BY_NAME[name]()
    for look in (Look(), Look(template_set="compact", text_links="numbered")):
        draft = finish(made, look)
        blamed = {each.check for each in draft.findings if each.severity != "notice"}
        assert blamed <= {"correction-contact", "contact-domain", "length", "subject"}


def test_nothing_is_wrong_when_articles_hold_what_looks_like_a_template() -> None:
    hostile = issue(
        story("{{ 7*7 }} {% raw %} </mj-text> <script>alert(1)</script> \u202eRTL"),
        story("An mj-section of 600 px", blocks=(Block("paragraph", "Write {{ name }} and mj-column."),)),
        contacts=(replace(DESK, statement="Errors? {{ desk }} desk@harbour.example.com"),),
    )
    editions = [render(hostile, Look()) for render in (email.render, text.render, web.render)]
    assert [each for each in run_checks(hostile, editions) if each.check in ("leftovers", "links")] == []


# where errors are reported


def test_an_issue_without_any_contact_is_an_error_and_says_loudly_what_to_set() -> None:
    [found] = findings("correction-contact", issue(contacts=()))
    assert found.severity == "error"
    assert "nowhere in this issue" in found.words
    assert "corrections under [newsletter]" in found.remedy


def test_the_newsletters_own_contact_is_enough() -> None:
    own = Imprint(corrections=Contact("The Tidewrack", url="https://tidewrack.example/errors"))
    assert findings("correction-contact", issue(contacts=(), imprint=own)) == ()


def test_a_publisher_without_a_contact_is_named() -> None:
    [found] = findings("correction-contact", issue(story(), story("Lamp dark", publisher="Valley Echo")))
    assert (found.severity, found.place) == ("warning", "Valley Echo")


def test_every_publisher_with_a_contact_is_no_fault() -> None:
    assert findings("correction-contact", issue()) == ()


def test_a_contact_on_another_domain_than_the_articles_is_flagged() -> None:
    [found] = findings("contact-domain", issue(contacts=(replace(DESK, address="desk@elsewhere.example.org"),)))
    assert (found.severity, found.place) == ("warning", "Harbour Post")
    assert "desk@elsewhere.example.org" in found.words
    assert "articles are on example.com" in found.words


@pytest.mark.parametrize(
    "contact",
    [
        DESK,
        replace(DESK, address="desk@mail.harbour.example.com"),
        replace(DESK, address=None, url="https://forms.harbour.example.com/errors"),
        replace(DESK, address="desk@elsewhere.example.org", origin="configuration"),
    ],
)
def test_a_contact_of_the_publishers_own_or_the_editors_choice_is_not(contact: Contact) -> None:
    assert findings("contact-domain", issue(contacts=(contact,))) == ()


def test_a_publisher_without_addresses_is_not_compared() -> None:
    assert findings("contact-domain", issue(story(url=None), contacts=(DESK,))) == ()


def test_a_publisher_whose_every_article_has_its_own_form_is_reached() -> None:
    own = replace(DESK, address=None, url="https://harbour.example.com/errors/20884")
    assert findings("correction-contact", issue(story(contact=own), contacts=())) == ()
    [found] = findings("correction-contact", issue(story(contact=own), story("Lamp dark"), contacts=()))
    assert (found.severity, found.place) == ("warning", "Harbour Post")


def test_a_form_that_was_shown_with_an_article_only_is_worth_a_look() -> None:
    form = replace(DESK, address=None, url="https://harbour.example.com/errors")
    own = replace(form, url="https://harbour.example.com/errors?id=20884")
    [found] = findings("contact-form", issue(story(contact=own), contacts=(form,)))
    assert (found.severity, found.place) == ("notice", "Harbour Post")
    assert findings("contact-form", issue(story(contact=own), story(contact=form), contacts=(form,))) == ()
    assert findings("contact-form", issue(contacts=(form,))) == ()


# sizes


def test_an_email_that_gmail_would_clip_is_flagged() -> None:
    [found] = findings("html-size", issue(), html("x" * 100_001))
    assert found.severity == "warning"
    assert "100,001 bytes" in found.words


def test_an_email_within_the_budget_and_a_long_web_page_are_not() -> None:
    assert findings("html-size", issue(), html("x" * 100_000), html("x" * 200_000, "web.html")) == ()


def test_a_style_sheet_that_gmail_would_ignore_is_flagged() -> None:
    small, large = "a{color:red}", "b{}" * 6000
    [found] = findings("style-size", issue(), html(f"<style>{small}</style><style>{large}</style>"))
    assert "18,000 bytes" in found.words
    assert (
        findings("style-size", issue(), html(f"<style>{small}</style>"), html(f"<style>{large}</style>", "web.html"))
        == ()
    )


# what an inbox shows


@pytest.mark.parametrize(
    ("check", "text", "severity"),
    [
        ("subject", "", "warning"),
        ("subject", " ", "warning"),
        ("subject", "x" * 79, "warning"),
        ("preheader", "", "notice"),
        ("preheader", "x" * 111, "notice"),
    ],
)
def test_a_line_of_the_inbox_that_is_missing_or_too_long_is_flagged(check: str, text: str, severity: str) -> None:
    assert severities(findings(check, issue(**{check: text}))) == [severity]


@pytest.mark.parametrize(("check", "text"), [("subject", "x" * 78), ("preheader", "x" * 110)])
def test_one_that_fits_is_not(check: str, text: str) -> None:
    assert findings(check, issue(**{check: text})) == ()


# templates


@pytest.mark.parametrize(
    "body",
    [
        "<p>{{ story.headline }}</p>",
        "<p>{% if story %}</p>",
        "<p>{# a remark #}</p>",
        "<p>an open {{ brace</p>",
        "<mj-text>Ferry</mj-text>",
        "<p>&lt;mj-text&gt;</p>",
        '<a href="https://harbour.example.com/{{ id }}">x</a>',
        "<!--[if mso]><mj-column></mj-column><![endif]-->",
    ],
)
def test_a_piece_of_a_template_in_the_output_is_an_error(body: str) -> None:
    assert set(severities(findings("leftovers", issue(), html(body)))) == {"error"}


def test_a_piece_of_a_template_in_the_plain_text_is_an_error() -> None:
    [found] = findings("leftovers", issue(), plain("Ferry\n{{ story.meta }}\n"))
    assert "{{ story.meta }}" in found.words


def test_class_names_and_style_sheets_are_no_leftovers() -> None:
    body = '<style>.mj-column-per-100 {}} </style><div class="mj-column-per-100">Ferry</div>'
    assert findings("leftovers", issue(), html(body)) == ()


# links


@pytest.mark.parametrize(
    "body",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" JavaScript:alert(1)">x</a>',
        '<img src="data:image/png;base64,AAAA">',
        '<a href="/ferry">x</a>',
        '<a href="">x</a>',
        '<form action="ftp://harbour.example.com"></form>',
        '<!--[if mso]><v:rect href="file:///etc/passwd"></v:rect><![endif]-->',
    ],
)
def test_a_link_that_is_not_safe_to_open_is_an_error(body: str) -> None:
    assert severities(findings("links", issue(), html(body))) == ["error"]


def test_links_to_the_web_to_an_address_and_within_the_page_are_not() -> None:
    body = (
        '<a href="https://harbour.example.com">x</a><a href="mailto:desk@harbour.example.com">x</a><a href="#top">x</a>'
    )
    assert findings("links", issue(), html(body)) == ()


# editions


COMPLETE = "Ferry stops for winter https://harbour.example.com/ferry desk@harbour.example.com"


def test_an_edition_without_a_headline_is_flagged() -> None:
    bare = "https://harbour.example.com/ferry desk@harbour.example.com"
    found = findings("parity", issue(), html(f"<p>{COMPLETE}</p>"), plain(bare))
    assert [(each.severity, each.place) for each in found] == [("warning", "issue.txt")]
    assert "Ferry stops for winter" in found[0].words


def test_an_edition_without_a_contact_is_an_error() -> None:
    [found] = findings("parity", issue(), html("<h1>Ferry stops for winter</h1> https://harbour.example.com/ferry"))
    assert found.severity == "error"
    assert "desk@harbour.example.com" in found.words


def test_the_newsletters_own_contact_must_stand_there_too() -> None:
    own = Imprint(corrections=Contact("The Tidewrack", url="https://tidewrack.example/errors"))
    [found] = findings("parity", issue(imprint=own), plain(COMPLETE))
    assert "https://tidewrack.example/errors" in found.words


def test_a_footer_that_a_template_dropped_is_missed_in_the_message_and_not_on_the_web() -> None:
    own = Imprint(unsubscribe="https://tidewrack.example/leave?reader={reader}", postal_address="1 Quay, Port Callan")
    found = findings("parity", issue(imprint=own), html(COMPLETE), plain(COMPLETE))
    assert [(each.severity, each.place) for each in found] == [("warning", "issue.html")] * 2 + [
        ("warning", "issue.txt")
    ] * 2
    assert found[0].words == "the way to leave is not in it"
    link = '<a href="https://tidewrack.example/leave?reader=%7Breader%7D">Leave</a><p>1 Quay,<br>Port Callan</p>'
    assert findings("parity", issue(imprint=own), html(COMPLETE + link)) == ()


def test_layout_makes_no_difference() -> None:
    link = "https://harbour.example.com/ferry"
    wrapped = plain(f"FERRY STOPS\nFOR WINTER\n{link}\ndesk@harbour.example.com")
    contact = '<a href="mailto:desk%40harbour.example.com">us</a>'
    linked = html(f'<h1><a href="{link}">Ferry stops <b>for</b>\u00ad winter</a></h1>{contact}')
    assert findings("parity", issue(), wrapped, linked) == ()


def test_only_the_editions_that_there_are_are_looked_at() -> None:
    assert run_checks(issue(), [plain(COMPLETE)]) == ()


def test_an_edition_without_a_story_s_link_is_flagged() -> None:
    linked = "https://harbour.example.com/ferry"
    found = findings("parity", issue(), plain(COMPLETE.replace(linked, "")), html(COMPLETE))
    assert [(each.severity, each.place) for each in found] == [("warning", "issue.txt")]
    assert "the link of “Ferry stops for winter”" in found[0].words


def test_a_story_that_was_folded_out_of_the_email_is_not_missed_there_but_elsewhere() -> None:
    folded = issue(drops=(Drop("email", "Ferry stops for winter", "not in the email"),))
    email_without, text_without = html("desk@harbour.example.com"), plain("desk@harbour.example.com")
    assert [each.place for each in findings("parity", folded, email_without, text_without)] == ["issue.txt"] * 2


def test_two_stories_that_lead_to_one_page_are_flagged() -> None:
    (found,) = findings("same-links", issue(story(), story("The ferry is laid up")))
    assert (found.severity, found.place) == ("warning", "Ferry stops for winter")
    assert findings("same-links", issue(story(), story("Lamp", url="https://harbour.example.com/lamp"))) == ()


# what is seen and heard


@pytest.mark.parametrize(
    ("check", "wrong", "right"),
    [
        ("alt", '<img src="https://x.example/a.png">', '<img src="https://x.example/a.png" alt="">'),
        ("language", "<html><p>x", '<html lang="en"><p>x'),
        ("headings", "<h2>x</h2>", "<h1>x</h1><h2>y</h2><h3>z</h3><h2>y</h2>"),
        ("headings", "<h1>x</h1><h3>y</h3>", "<h1>x</h1>"),
        ("headings", "<h1>x</h1><h1>y</h1>", "<p>no heading at all</p>"),
        ("tables", "<table><tr><td>x", '<table role="presentation"><tr><td>x'),
        ("tables", "<table><tr><td>x", "<table><tr><th>Wind</th></tr><tr><td>x"),
        ("link-text", '<a href="https://x.example">Click here</a>', '<a href="https://x.example">Read at X</a>'),
        ("link-text", '<a href="//x.example">Mehr …</a>', '<a href="//x.example"><img alt="X" src="y"></a>'),
        ("contrast", '<p style="color:#999999">x', '<p style="color:#595959">x'),
        ("contrast", '<div style="background:#16181c"><p style="color:#333">x', '<p style="display:none;color:#eee">'),
        (
            "contrast",
            "<style>@media (prefers-color-scheme:dark){p{background:#111 !important}}</style><p style='color:#000'>x",
            "<style>@media (prefers-color-scheme:dark){p{background:#111 !important;color:#eee !important}}</style>"
            "<p style='color:#000'>x",
        ),
        (
            "dark-rules",
            "<style>@media (prefers-color-scheme:dark){p.a{color:#eee}}</style><p class=a style='color:#000'>x",
            "<style>@media (prefers-color-scheme:dark){p{color:#eee !important}}</style><p style='color:#000'>x",
        ),
        ("images", '<img src="https://own.example/a.png" width="1" height="1">', '<p>none</p>'),
        ("images", '<img src="https://own.example/a.png">', '<img src="https://own.example/a.png" width="9">'),
        ("images", f'<img width="9" src="data:image/png;base64,{"A" * 10_001}">', '<img width="9" src="data:x">'),
        ("client-support", '<p style="position:fixed">x', '<p style="color:#000000">x'),
    ],
)  # fmt: skip
def test_what_a_reader_would_miss_is_flagged_and_its_right_form_is_not(check: str, wrong: str, right: str) -> None:
    own = issue(imprint=Imprint(base_url="https://own.example"))
    assert severities(findings(check, own, html(wrong)))
    assert findings(check, own, html(right)) == ()


def test_a_link_without_words_is_an_error() -> None:
    assert severities(findings("link-text", issue(), html('<a href="https://x.example"></a>'))) == ["error"]


def test_a_right_to_left_issue_on_a_left_to_right_page_is_flagged() -> None:
    hebrew = issue(language="he")
    assert severities(findings("language", hebrew, html('<html lang="he"><p>x'))) == ["warning"]
    assert findings("language", hebrew, html('<html lang="he" dir="rtl"><p>x')) == ()


def test_a_picture_from_elsewhere_is_a_notice() -> None:
    own = issue(imprint=Imprint(base_url="https://own.example"))
    assert severities(findings("images", own, html('<img width="9" src="https://x.example/a.png">'))) == ["notice"]


def eml(body: bytes) -> Rendition:
    return Rendition("issue.eml", "message/rfc822", body)


def finished(**facts: Any) -> tuple[Issue, bytes]:
    whole = issue(imprint=Imprint(sender="a@b.example", unsubscribe="https://b.example/leave"), **facts)
    return whole, message(whole, [email.render(whole, Look()), text.render(whole, Look())])


def test_the_message_as_the_program_makes_it_is_right() -> None:
    whole, body = finished(subject="Fährstreit – „Nachtboot“ & <b>")
    assert findings("message", whole, eml(body)) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"Date: ", b"X-Date: ", "no Date"),
        (b"Subject: Ferry stops", b"Subject: Ferry starts", "not the issue's"),
        (b"Date: ", b"Subject: x\r\nDate: ", "two Subject"),
        (b"multipart/alternative", b"multipart/mixed", "multipart/mixed of text/plain, text/html"),
        (b"Message-ID: ", b"X-ID: ", "no Message-ID"),
        (b"List-Unsubscribe: ", b"X-Leave: ", "no List-Unsubscribe"),
        (b"From: ", b"X-From: ", "no sender"),
        (b"\r\nFrom: ", b"\nFrom: ", "CR LF"),
        (b"Date: ", b"X-Long: " + b"x" * 1000 + b"\r\nDate: ", "998"),
    ],
)
def test_a_message_that_servers_would_not_take_is_told(old: bytes, new: bytes, told: str) -> None:
    whole, body = finished()
    assert old in body
    assert any(told in each.words for each in findings("message", whole, eml(body.replace(old, new, 1))))


# all together


def test_a_check_that_fails_costs_the_others_nothing() -> None:
    def broken(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
        raise ValueError("no")

    found = run_checks(issue(subject=""), (), {"broken": broken, "subject": CHECKS["subject"]})
    assert [(each.check, each.severity) for each in found] == [("broken", "error"), ("subject", "warning")]
    assert "ValueError: no" in found[0].words


def test_every_check_has_its_paragraph_in_the_guide() -> None:
    guide = (ROOT / "docs" / "checks.md").read_text("utf-8")
    assert [name for name in (*CHECKS, "dead-links") if f"| `{name}` |" not in guide] == []
    assert [name for name in CLIENTS if f"`{name}`" not in guide] == []


def test_errors_come_first() -> None:
    found = run_checks(issue(contacts=(), preheader="", subject=""), ())
    assert severities(found) == ["error", "warning", "notice"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200), st.binary(max_size=100))
def test_no_rendition_is_too_broken_to_be_looked_at(markup: str, body: bytes) -> None:
    renditions = [html(f"<p>{markup}<!--[if mso]>{markup}<![endif]-->"), Rendition("issue.txt", "text/plain", body)]
    for found in run_checks(issue(), [*renditions, Rendition("issue.html", "text/html", body)]):
        assert found.check in CHECKS


def test_what_a_summariser_could_not_do_is_told_of_each_story() -> None:
    told = replace(story(), summary=Summary(algorithm="sumy:kl", note="only the first 60 of 90 sentences were weighed"))
    found = findings("summaries", issue(told, story("Lamp dark")))
    assert [(each.place, each.words) for each in found] == [
        ("the summary of “Ferry stops for winter”", "only the first 60 of 90 sentences were weighed")
    ]
