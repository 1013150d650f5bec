"""The message: what a mail program reads back is what was written, whatever the issue says."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError, DeliveryError, RenderError
from digest.markup import clean_text
from digest.message import message
from digest.model import Imprint, Issue, Look, Recipient, Rendition
from digest.renderers import RENDERERS
from tests.renderers import issues

SENDER = Imprint(sender="brief@harbour-brief.example")


def editions(text: str = "Good morning.\n", html: str = "<p>Good morning.</p>") -> tuple[Rendition, ...]:
    return (
        Rendition("issue.html", "text/html; charset=utf-8", html.encode()),
        Rendition("issue.txt", "text/plain; charset=utf-8", text.encode()),
        Rendition("web.html", "text/html; charset=utf-8", b"<p>the web page</p>"),
    )


def read(written: bytes) -> EmailMessage:
    parsed = message_from_bytes(written, policy=default)
    assert isinstance(parsed, EmailMessage)
    assert not parsed.defects
    return parsed


def bodies(parsed: EmailMessage) -> list[str]:
    parts = [part for part in parsed.iter_parts() if isinstance(part, EmailMessage)]
    return [part.get_content().replace("\r\n", "\n") for part in parts]


def mailbox(written: bytes, header: str) -> tuple[str, str]:
    """Name and address; decoded by the older reader, since the newer one puts spaces between encoded words."""
    raw = message_from_bytes(written)[header]
    name, address = parseaddr(raw.replace("\r\n", ""))
    return str(make_header(decode_header(name))), address


def test_it_is_an_alternative_of_text_first_and_html() -> None:
    parsed = read(message(issues.full(), editions()))
    assert parsed.get_content_type() == "multipart/alternative"
    parts = list(parsed.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert {part.get_content_charset() for part in parts} == {"utf-8"}
    assert {part["Content-Transfer-Encoding"] for part in parts} == {"quoted-printable"}
    assert bodies(parsed) == ["Good morning.\n", "<p>Good morning.</p>"]


def test_its_headers_say_who_when_what_and_that_it_is_a_list() -> None:
    parsed = read(message(issues.full(), editions(), Recipient("reader@home.example", "Ada Reader")))
    assert parsed["From"] == "The Harbour Brief <brief@harbour-brief.example>"
    assert parsed["To"] == "Ada Reader <reader@home.example>"
    assert parsed["Reply-To"] == "editor@harbour-brief.example"
    assert parsed["Subject"] == "Strait of Ambel reopens after pilots accept a night-time truce"
    assert parsedate_to_datetime(parsed["Date"]) == issues.MADE
    assert re.fullmatch(r"<2026-11-22\.[0-9a-f]{24}@harbour-brief\.example>", parsed["Message-ID"])
    assert parsed["List-ID"] == "The Harbour Brief <the-harbour-brief.harbour-brief.example>"
    assert parsed["List-Archive"] == "<https://harbour-brief.example/issues/>"
    assert parsed["List-Post"] == "NO"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["Content-Language"] == "en"
    assert parsed["MIME-Version"] == "1.0"
    assert parsed["X-Unsent"] is None


def test_without_a_sender_it_opens_as_a_draft() -> None:
    parsed = read(message(issues.one(), editions()))
    assert parsed["X-Unsent"] == "1"
    for absent in ("From", "To", "Reply-To", "Message-ID", "List-ID", "List-Archive"):
        assert absent not in parsed


def test_a_sender_may_have_a_name_of_its_own() -> None:
    issue = replace(issues.one(), imprint=Imprint(sender='"Desk, The" <desk@harbour.example>'))
    (address,) = read(message(issue, editions()))["From"].addresses
    assert (address.display_name, address.addr_spec) == ("Desk, The", "desk@harbour.example")


def test_the_same_issue_gives_the_same_bytes_and_each_recipient_its_own_id() -> None:
    one, other = Recipient("a@home.example"), Recipient("b@home.example")
    first = message(issues.full(), editions(), one)
    assert first == message(issues.full(), editions(), one)
    assert read(first)["Message-ID"] != read(message(issues.full(), editions(), other))["Message-ID"]
    assert read(first)["Message-ID"] != read(message(issues.full(), editions("Other.\n"), one))["Message-ID"]


def test_no_value_adds_a_header() -> None:
    bad = "Hello\r\nBcc: everybody@example.org\r\n\r\n<html>"
    issue = replace(
        issues.one(),
        subject=bad,
        newsletter=bad,
        language="en\r\nBcc: x@example.org",
        imprint=replace(SENDER, base_url="https://h.example/\r\nBcc: x@example.org", reply_to="a@b.example"),
    )
    parsed = read(message(issue, editions(), Recipient("a@b.example", bad)))
    assert "Bcc" not in parsed
    assert parsed["Subject"] == "Hello Bcc: everybody@example.org <html>"
    assert bodies(parsed) == ["Good morning.\n", "<p>Good morning.</p>"]


@pytest.mark.parametrize(
    "address", ["a@b.example\r\nBcc: c@d.example", "no-at", "ä@b.example", "a@", "a b@c.example", ""]
)
def test_an_address_mail_cannot_be_sent_to_is_told(address: str) -> None:
    with pytest.raises(DeliveryError, match="recipient"):
        message(issues.one(), editions(), Recipient(address))


def test_a_sender_that_is_no_address_is_told_by_its_key() -> None:
    with pytest.raises(ConfigError, match=r"\[newsletter\] from"):
        message(replace(issues.one(), imprint=Imprint(sender="the desk")), editions())


def test_a_domain_in_another_script_is_written_as_dns_has_it() -> None:
    parsed = read(message(replace(issues.one(), imprint=SENDER), editions(), Recipient("a@münze.example")))
    assert parsed["To"] == "a@xn--mnze-0ra.example"


def test_a_long_archive_address_stays_whole() -> None:
    url = "https://harbour-brief.example/" + "a/" * 60
    written = message(replace(issues.one(), imprint=replace(SENDER, base_url=url)), editions())
    assert f"\r\nList-Archive:\r\n <{url}>\r\n".encode() in written


def test_it_needs_both_editions() -> None:
    with pytest.raises(RenderError, match=r"issue\.txt"):
        message(issues.one(), editions()[:1])


@pytest.mark.parametrize("name", issues.names())
def test_a_rendered_issue_reads_back(name: str) -> None:
    issue = issues.BY_NAME[name]()
    rendered = tuple(render(issue, Look()) for render in RENDERERS.values())
    by_name = {rendition.name: rendition.body.decode() for rendition in rendered}
    parsed = read(message(issue, rendered))
    assert bodies(parsed) == [by_name["issue.txt"], by_name["issue.html"]]
    assert parsed["Subject"] == clean_text(issue.subject)


@settings(max_examples=100, deadline=None)
@given(
    subject=st.text(max_size=200),
    newsletter=st.text(max_size=100),
    text=st.text(st.characters(codec="utf-8")),
    html=st.text(st.characters(codec="utf-8")),
    named=st.text(max_size=60),
)
def test_any_issue_reads_back_as_it_was_written(
    subject: str, newsletter: str, text: str, html: str, named: str
) -> None:
    issue: Issue = replace(issues.one(), subject=subject, newsletter=newsletter, imprint=SENDER)
    written = message(issue, editions(text, html), Recipient("a@home.example", named))
    parsed = read(written)
    ends = re.compile("\r\n|\r|\n")
    assert bodies(parsed) == [ends.sub("\n", text), ends.sub("\n", html)]
    assert parsed["Subject"] == (clean_text(subject) or clean_text(newsletter))
    assert mailbox(written, "From") == (clean_text(newsletter), "brief@harbour-brief.example")
    assert mailbox(written, "To") == (clean_text(named), "a@home.example")
    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 78
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    assert written.isascii()


@pytest.mark.parametrize(
    ("place", "header"),
    [
        ("https://example.org/leave?reader=1", "<https://example.org/leave?reader=1>"),
        ("leave@example.org", "<mailto:leave@example.org>"),
        ("https://example.org/" + "very-long/" * 20, "<https://example.org/" + "very-long/" * 20 + ">"),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_where_readers_leave_is_a_header_that_is_never_encoded(place: str, header: str | None) -> None:
    issue = replace(issues.one(), imprint=Imprint(sender="a@example.org", unsubscribe=place))
    written = message_from_bytes(message(issue, editions()))
    assert (written["List-Unsubscribe"] or "").strip() == (header or "")
