"""Newsletters of many articles give each; mails that were passed on are their first sender's."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.formats.forwarding import forwarded_in
from tests.formats.documents import PARAGRAPHS, body, only, read
from tests.formats.test_mail import HEADLINE, mail

STORIES = {
    "Ferry to sail until the end of March": PARAGRAPHS[0],
    "Nine hundred people cross the sound": PARAGRAPHS[3],
    "A yard in the north builds another": PARAGRAPHS[4],
    "Old ship passes its first inspection": PARAGRAPHS[5],
}
LINK = "https://click.tidewatch.example/{}"
PIXEL = '<img src="https://t.tidewatch.example/open.gif?reader=7" width="1" height="1">'
FOOT = '<p>You get this mail because you asked for it. <a href="https://tidewatch.example/u">Unsubscribe</a></p>'
SHAPES = {
    "headings without boxes": '<h2><a href="{link}">{headline}</a></h2><p>{text}</p>',
    "bold lines in tables": '<table><tr><td><a href="{link}"><strong>{headline}</strong></a></td></tr>'
    '<tr><td>{text} <a href="{link}">Read more</a></td></tr></table>',
    "plain lines in tables": '<table><tr><td style="font-size:20px"><a href="{link}">{headline}</a></td></tr>'
    "<tr><td>{text}</td></tr></table>",
    "paragraphs that open with a link": '<p><a href="{link}"><b>{headline}</b></a><br>{text}</p>',
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_each_story_of_a_newsletter_is_a_brief(shape: str) -> None:
    stories = "".join(shape.format(link=LINK.format(n), headline=headline, text=text)
                      for n, (headline, text) in enumerate(STORIES.items()))  # fmt: skip
    message = mail(subject="The morning letter", List_Unsubscribe="<https://tidewatch.example/u>")
    greeting = "<p>Good morning, here is what moves the harbour today.</p>"
    message.set_content(f"<html><body>{greeting}{stories}{FOOT}{PIXEL}</body></html>", subtype="html")
    articles = read(message.as_bytes()).articles
    assert [(each.kind, each.headline) for each in articles] == [("brief", headline) for headline in STORIES]
    assert [each.standfirst.removesuffix(" Read more") for each in articles] == list(STORIES.values())
    assert [each.url for each in articles] == [LINK.format(n) for n in range(4)]
    assert {(each.publisher, each.image) for each in articles} == {("Tidewatch", None)}
    assert {each.published for each in articles} == {datetime(2026, 11, 17, 17, tzinfo=UTC)}


@pytest.mark.parametrize("count", [2, 3])
def test_a_short_newsletter_is_one_too(count: int) -> None:
    stories = "".join(
        f'<tr><td><h2><a href="{LINK.format(n)}">{headline}</a></h2><p>{text}</p></td></tr>'
        for n, (headline, text) in enumerate([*STORIES.items()][:count])
    )
    message = mail(subject="The morning letter", List_Unsubscribe="<https://tidewatch.example/u>")
    message.set_content(f"<html><body><h1>The morning</h1><table>{stories}</table>{FOOT}</body></html>", subtype="html")
    articles = read(message.as_bytes()).articles
    assert [(each.kind, each.headline) for each in articles] == [("brief", each) for each in [*STORIES][:count]]


def test_a_letter_that_is_one_article_stays_one() -> None:
    message = mail(subject=HEADLINE, List_Unsubscribe="<https://tidewatch.example/u>")
    linking = PARAGRAPHS[1].replace(
        "some three million crossings", '<a href="https://x.example/1">some three million</a>'
    )
    message.set_content(f"{body(PARAGRAPHS[0], linking, *PARAGRAPHS[2:])}{FOOT}{PIXEL}", subtype="html")
    article = only(read(message.as_bytes()))
    assert (article.headline, article.kind, len(article.blocks)) == (HEADLINE, "full", 6)


HEADERS = {
    "en": "-------- Forwarded Message --------\nSubject: {0}\nDate: Tue, 17 Nov 2026 06:00:00 +0000\n"
    "From: Tidewatch <desk@tidewatch.example>\nTo: me@example.org\n",
    "de": "Von: Tidewatch <desk@tidewatch.example>\nGesendet: Dienstag, 17. November 2026 06:00\n"
    "An: me@example.org\nBetreff: {0}\n",
    "fr": "De : Tidewatch <desk@tidewatch.example>\nDate : 17 novembre 2026 06:00\nObjet : {0}\nÀ : moi@example.org\n",
    "it": "Da: Tidewatch <desk@tidewatch.example>\nInviato: 17 novembre 2026 06:00\nA: io@example.org\nOggetto: {0}\n",
    "es": "De: Tidewatch <desk@tidewatch.example>\nFecha: 17 de noviembre de 2026 06:00\n"
    "Asunto: {0}\nPara: yo@example.org\n",
}


def passed_on() -> EmailMessage:
    return mail(subject=f"Fwd: {HEADLINE}", sender="Ana Correl <editor@sound.example>", X_Kept="1")


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_text_that_was_passed_on_is_its_first_sender_s(header: str) -> None:
    message = passed_on()
    message.set_content("Look at this.\n\n" + header.format(HEADLINE) + "\n" + "\n\n".join(PARAGRAPHS))
    reading = read(message.as_bytes())
    article = only(reading)
    assert (article.headline, article.publisher, article.paragraphs) == (HEADLINE, "Tidewatch", PARAGRAPHS)
    assert article.published == datetime(2026, 11, 17, 6, tzinfo=UTC)
    assert "furniture" in {drop.reason for drop in reading.drops}


def test_a_page_that_was_passed_on_is_its_first_sender_s() -> None:
    message = passed_on()
    header = HEADERS["en"].format(HEADLINE).replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    message.set_content(f"<div>FYI</div><div class='gmail_quote'>{header}<br>{body()}</div>", subtype="html")
    article = only(read(message.as_bytes()))
    assert (article.publisher, article.paragraphs) == ("Tidewatch", PARAGRAPHS)
    assert article.published == datetime(2026, 11, 17, 6, tzinfo=UTC)


def test_a_mail_that_another_encloses_is_read_in_its_place() -> None:
    inner = mail()
    inner.set_content(body(), subtype="html")
    message = passed_on()
    message.set_content("See the mail enclosed.")
    message.add_attachment(inner)
    article = only(read(message.as_bytes()))
    assert (article.headline, article.publisher, article.paragraphs) == (HEADLINE, "Tidewatch", PARAGRAPHS)
    assert article.published == datetime(2026, 11, 17, 17, tzinfo=UTC)


@given(text=st.text() | st.lists(st.sampled_from(["From: ", "Date: ", "Subject: ", "x", "\n", " "])).map("".join))
def test_any_text_is_looked_through(text: str) -> None:
    found = forwarded_in(text)
    assert found is None or found.end <= len(text)
