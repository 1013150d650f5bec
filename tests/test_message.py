"""The message: what a mail program reads back is what was written, whatever the issue says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
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
from digest.message import Mailing, message
from digest.message.readers import reader_token
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


ONE_CLICK = "https://harbour-brief.example/leave?reader={reader}&list=1"
PERSONAL = replace(SENDER, unsubscribe=ONE_CLICK, unsubscribe_mail="leave@harbour-brief.example")


def test_readers_leave_by_one_click_and_by_mail_in_headers_that_no_folding_breaks() -> None:
    url = "https://harbour-brief.example/leave/" + "x" * 120
    imprint = replace(SENDER, unsubscribe=url, unsubscribe_mail="leave@harbour-brief.example")
    written = message(replace(issues.one(), imprint=imprint), editions())
    assert f"\r\nList-Unsubscribe:\r\n <{url}>,\r\n <mailto:leave@harbour-brief.example>\r\n".encode() in written
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in written


@pytest.mark.parametrize("place", ["http://example.org/leave", "leave@example.org", ""])
def test_one_click_is_promised_for_https_alone(place: str) -> None:
    parsed = read(message(replace(issues.one(), imprint=replace(SENDER, unsubscribe=place)), editions()))
    assert "List-Unsubscribe-Post" not in parsed


def test_the_list_s_own_id_and_the_mark_that_complaints_are_counted_by() -> None:
    parsed = read(message(replace(issues.one(), imprint=replace(SENDER, list_id="brief.example.org")), editions()))
    assert parsed["List-ID"].endswith("<brief.example.org>")
    assert re.fullmatch(r"\d{8}:[a-z0-9-]+:issue:[0-9a-f]{10}", parsed["Feedback-ID"])
    with pytest.raises(ConfigError, match="list_id"):
        message(replace(issues.one(), imprint=replace(SENDER, list_id="a b>\r\nX: y")), editions())


def test_date_and_purpose_are_given_and_nothing_else_differs() -> None:
    reader = Recipient("a@home.example")
    real = Mailing(issues.full(), editions())
    later = Mailing(issues.full(), editions(), date=issues.MADE + timedelta(days=1))
    test = Mailing(issues.full(), editions(), purpose="test")
    assert read(later.message(reader))["Message-ID"] == read(real.message(reader))["Message-ID"]
    assert read(real.message(reader))["Message-ID"] == real.message_id(reader)
    assert test.message_id(reader) != real.message_id(reader)
    differing = {
        before.partition(b":")[0]
        for before, after in zip(real.message(reader).split(b"\r\n"), later.message(reader).split(b"\r\n"), strict=True)
        if before != after
    }
    assert differing == {b"Date"}


def personal_editions(before: int) -> tuple[Rendition, ...]:
    link = ONE_CLICK.replace("{reader}", "%7Breader%7D")
    text = f"{'é' * (before % 40)}{'x' * before}\n{link}\n"
    html = f'<p>{"=" * (before % 30)}{"x" * before}<a href="{link.replace("&", "&amp;")}">Leave</a></p>'
    return editions(text, html)


@given(before=st.integers(0, 200), address=st.from_regex(r"[a-z0-9.]{1,20}x@[a-z]{1,20}\.example", fullmatch=True))
def test_a_reader_s_own_links_read_back_wherever_lines_break(before: int, address: str) -> None:
    address = address.lstrip(".").replace("..", ".")
    mailing = Mailing(replace(issues.one(), imprint=PERSONAL), personal_editions(before), secret="a secret")
    written = mailing.message(Recipient(address))
    own = ONE_CLICK.replace("{reader}", reader_token("a secret", issues.one().newsletter, address))
    parsed = read(written)
    text, html = bodies(parsed)
    assert text.split("\n")[1] == own
    assert f'href="{own.replace("&", "&amp;")}"' in html
    assert f"<{own}>" in written.replace(b"\r\n ", b" ").decode()
    assert "%7Breader%7D" not in text + html
    assert max(map(len, written.split(b"\r\n")[40:] or [b""])) <= 78


def test_each_reader_has_links_of_their_own_and_only_in_the_newsletter_s_own_places() -> None:
    link = ONE_CLICK.replace("{reader}", "%7Breader%7D")
    hostile = f'<a href="https://evil.example/?{link}">x</a> https://evil.example/?{link} <a href="{link}/x">y</a>'
    issue = replace(issues.one(), imprint=PERSONAL)
    mailing = Mailing(issue, editions(hostile, hostile), secret="a secret")
    own = [reader_token("a secret", issue.newsletter, each) for each in ("a@home.example", "b@home.example")]
    assert own[0] != own[1]
    written = mailing.message(Recipient("a@home.example"))
    assert bodies(read(written)) == [hostile, hostile]
    assert written.count(own[0].encode()) == 1
    assert own[1].encode() in mailing.message(Recipient("b@home.example"))


def test_links_of_a_reader_s_own_need_a_secret() -> None:
    with pytest.raises(ConfigError, match="DIGEST_SECRET"):
        Mailing(replace(issues.one(), imprint=PERSONAL), editions())


@given(st.builds(Imprint, **{name: st.text(max_size=80) for name in ("sender", "reply_to", "base_url", "unsubscribe",
                                                                     "unsubscribe_mail", "list_id", "preferences")}),
       st.text(max_size=40), st.text(max_size=40))  # fmt: skip
def test_no_configured_value_and_no_address_adds_a_header(imprint: Imprint, address: str, name: str) -> None:
    issue = replace(issues.one(), imprint=imprint)
    try:
        written = Mailing(issue, editions(), secret="s").message(Recipient(address, name))
    except (ConfigError, DeliveryError):
        return
    head = written.split(b"\r\n\r\n")[0].split(b"\r\n")
    names = [line.partition(b":")[0] for line in head if line[:1] not in b" \t"]
    known = (
        b"Date From X-Unsent To Reply-To Subject Message-ID List-ID List-Post List-Unsubscribe List-Unsubscribe-Post "
        b"List-Archive Auto-Submitted Feedback-ID Content-Language MIME-Version Content-Type"
    )
    assert set(names) <= set(known.split())
    assert len(names) == len(set(names))


def test_one_more_message_shares_everything_but_what_is_the_reader_s_own() -> None:
    """What the speed of a mailing rests on: nothing is rendered or encoded for a second reader."""
    mailing = Mailing(replace(issues.one(), imprint=PERSONAL), personal_editions(30), secret="s")
    one, other = (mailing.message(Recipient(f"{name}@home.example")) for name in ("ada", "ben"))
    differing = [line for line in one.split(b"\r\n") if line not in other.split(b"\r\n")]
    token = reader_token("s", issues.one().newsletter, "ada@home.example").encode()
    assert all(token in line or line.startswith((b"To:", b"Message-ID:")) for line in differing)
    assert one.count(token) == 3  # the header, the text, the HTML
