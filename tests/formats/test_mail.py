"""A mail gives the article it carries, under its subject, its sender and its date."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from digest.errors import FormatError
from tests.formats.documents import PARAGRAPHS, body, only, read

HEADLINE = "Ferry to sail until March"


def mail(subject: str = HEADLINE, sender: str = "Tidewatch <desk@tidewatch.example>", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "editor@sound.example"
    message["Subject"] = subject
    message["Date"] = "Tue, 17 Nov 2026 18:00:00 +0100"
    message["Message-ID"] = "<1@tidewatch.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def test_the_html_part_is_read_like_a_page() -> None:
    message = mail(subject="Fähre fährt bis März", sender="Die Gezeiten <desk@tidewatch.example>")
    message.set_content("See the other part.")
    message.add_alternative(f"<html><body><table><tr><td>{body()}</td></tr></table></body></html>", subtype="html")
    article = only(read(message.as_bytes()))
    assert (article.headline, article.publisher, article.kind) == ("Fähre fährt bis März", "Die Gezeiten", "full")
    assert article.paragraphs == PARAGRAPHS
    assert article.published == datetime(2026, 11, 17, 17, tzinfo=UTC)


def test_a_mail_without_html_is_read_as_the_text_of_a_page() -> None:
    message = mail()
    message.set_content("\n\n".join([HEADLINE, *PARAGRAPHS]))
    article = only(read(message.as_bytes()))
    assert article.headline == HEADLINE
    assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        ("Fwd: Re: Ferry to sail until March", HEADLINE),
        ("=?utf-8?b?RsOkaHJl?= =?utf-8?q?_f=C3=A4hrt?=", "Fähre fährt"),
        ("=?iso-8859-1?q?F=E4hre?=", "Fähre"),
        ("=?no-such-charset?q?Ferry?=", "=?no-such-charset?q?Ferry?="),
    ],
)
def test_subjects(subject: str, headline: str) -> None:
    raw = f"From: Tidewatch <a@tidewatch.example>\nSubject: {subject}\nDate: x\nTo: b@sound.example\n"
    article = only(read(f"{raw}Content-Type: text/html; charset=utf-8\n\n{body()}"))
    assert article.headline == headline
    assert article.published is None


def test_a_subject_in_bare_utf_8_is_read() -> None:
    raw = "From: Tidewatch <a@tidewatch.example>\nSubject: Fähre fährt\nTo: b@sound.example\n"
    assert only(read(f"{raw}Content-Type: text/html; charset=utf-8\n\n{body()}")).headline == "Fähre fährt"


def test_what_somebody_mailed_to_themselves_has_no_publisher() -> None:
    message = mail(sender="Ana Correl <editor@sound.example>")
    message.set_content(body(), subtype="html")
    assert only(read(message.as_bytes())).publisher == ""


def test_attachments_are_left_out_and_named() -> None:
    message = mail()
    message.set_content(body(), subtype="html")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="tide-tables.pdf")
    message.add_attachment("notes", filename="notes.txt")
    reading = read(message.as_bytes())
    assert only(reading).paragraphs == PARAGRAPHS
    assert [drop.detail for drop in reading.drops if drop.reason == "attachment"] == ["tide-tables.pdf", "notes.txt"]


def test_what_a_newsletter_says_of_itself_is_no_part_of_its_article() -> None:
    message = mail(List_Unsubscribe="<https://tidewatch.example/u>")
    tail = '<p>You get this mail because you asked for it. <a href="https://tidewatch.example/u">Unsubscribe</a></p>'
    message.set_content(f"<div style='display:none'>In brief</div>{body()}{tail}", subtype="html")
    assert only(read(message.as_bytes())).paragraphs == PARAGRAPHS


def test_a_mail_saved_as_text_is_a_mail() -> None:
    message = mail()
    message.set_content(body(), subtype="html")
    assert only(read(message.as_bytes(), "text/plain")).headline == HEADLINE
    assert (
        only(read(b"From a@b.example Tue Nov 17 18:00:00 2026\n" + message.as_bytes(), "text/plain")).headline
        == HEADLINE
    )


def test_a_mail_without_a_text_is_an_error() -> None:
    message = mail()
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="ferry.png")
    with pytest.raises(FormatError, match="the document is a mail without a text"):
        read(message.as_bytes())


def test_parts_without_end_are_an_error() -> None:
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{number}"\n\n--b{number}\n' for number in range(3_000))
    with pytest.raises(FormatError, match="the document"):
        read(f"From: a@b.example\nTo: c@d.example\nSubject: x\nDate: y\n{parts}")
