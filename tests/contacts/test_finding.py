"""Where a publisher takes corrections, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.contacts import find_contacts, find_contacts_in_links, parse_contact
from digest.model import Contact

DESK = "desk@gazette.example"


@pytest.mark.parametrize(
    "sentence",
    [
        f"If you want to report factual errors in this article, email us at {DESK}.",
        f"Corrections: contact the editor at {DESK}.",
        f"Wenn Sie einen sachlichen Fehler melden möchten, schreiben Sie uns an {DESK}.",
        f"Fehler im Artikel entdeckt? Schreiben Sie der Redaktion: {DESK}",
        f"Si vous voulez signaler une erreur factuelle, écrivez-nous à {DESK}.",
        f"Se volete segnalare errori in questo articolo, inviateci un messaggio a {DESK}.",
        f"Si quiere informar de errores en este artículo, escríbanos a {DESK}.",
        f"Se quiser comunicar erros neste artigo, envie-nos um e-mail para {DESK}.",
        f"Fout gezien in dit artikel? Mail naar de redactie: {DESK}.",
        f"Чтобы сообщить об ошибках в статье, напишите нам: {DESK}",
        f"記事の誤りにお気づきの場合は、編集部 {DESK} までご連絡ください。",
        f"如果您发现文章中的错误，请发邮件给我们：{DESK}",
        f"إذا وجدت خطأ في هذا المقال راسلنا على {DESK}.",
    ],
)
def test_a_sentence_that_asks_for_mistakes_is_a_contact(sentence: str) -> None:
    (contact,) = find_contacts(["A line before.", sentence], "Gazette")
    assert contact == Contact("Gazette", address=DESK, statement=sentence)


@pytest.mark.parametrize(
    "line",
    [
        f"Send tips and story ideas to {DESK}.",
        f"The ministry's press office can be reached at {DESK}.",
        f"Anyone who finds an error on a tax bill can write to {DESK}, the ministry said.",
        f"By Ada Roe, {DESK}",
        f"“I made a mistake,” he wrote in a letter that was sent from {DESK}.",
        "If you want to report an error, tell us.",
        "",
    ],
)
def test_an_address_or_a_mistake_alone_is_none(line: str) -> None:
    assert find_contacts([line]) == ()


def test_the_statement_is_the_sentence_and_the_question_it_answers() -> None:
    asked = f"Spotted an error in this story? Write to {DESK}."
    (contact,) = find_contacts([f"The paper was founded in 1901. {asked} It answers within a day."])
    assert contact.statement == asked


def test_a_question_in_the_line_above_belongs_to_the_address() -> None:
    (contact,) = find_contacts(["Have you found a mistake in this article?", DESK])
    assert (contact.address, contact.statement) == (DESK, "Have you found a mistake in this article?")


@pytest.mark.parametrize("label", ["Corrections", "Report an error", "Fehler melden", "Berichtigungen", "Errata"])
def test_a_label_before_an_address_is_the_whole_statement(label: str) -> None:
    above = "Residents fear floods. “We can see the cracks from the kitchen,” said Ada Roe, who lives below the dam."
    (contact,) = find_contacts([above, f"{label}: errors@gazette.example"])
    assert contact.statement == f"{label}: errors@gazette.example"


def test_a_paragraph_above_an_address_is_no_statement() -> None:
    above = "Residents fear floods. “We can see the cracks from the kitchen,” said Ada Roe, who lives below the dam."
    assert find_contacts([above, "errors@gazette.example"]) == ()


def test_what_a_footer_has_beside_the_statement_is_no_part_of_it() -> None:
    (contact,) = find_contacts([f"Unsubscribe · About us | Spotted a mistake? Write to {DESK}"])
    assert contact.statement == f"Spotted a mistake? Write to {DESK}"


@pytest.mark.parametrize(
    "written", ["desk [at] gazette.example", "desk(at)gazette(dot)example", "desk [ät] gazette [punkt] example"]
)
def test_an_address_that_hides_from_robots_is_read(written: str) -> None:
    (contact,) = find_contacts([f"Please report errors to us: {written}"])
    assert contact.address == DESK


def test_a_form_is_a_contact_too() -> None:
    (contact,) = find_contacts(["Found a mistake? Tell us at www.gazette.example/corrections."])
    assert (contact.address, contact.url) == (None, "https://www.gazette.example/corrections")


def test_two_places_are_two_contacts() -> None:
    forms = ("https://gazette.example/corrections", "https://gazette.example/reader-desk")
    found = find_contacts([f"Found a mistake? Tell us at {form}." for form in forms])
    assert tuple(contact.url for contact in found) == forms
    found = find_contacts_in_links([(form, "Report an error") for form in forms])
    assert tuple(contact.url for contact in found) == forms


def test_a_contact_that_is_stated_twice_is_one() -> None:
    line = f"Please report errors in our articles to {DESK}."
    assert len(find_contacts([line, "Read more", line, line.replace("desk", "DESK")])) == 1


@pytest.mark.parametrize(
    ("href", "text", "place"),
    [
        ("https://gazette.example/errors?id=7", "Report an error", "https://gazette.example/errors?id=7"),
        (f"mailto:{DESK}?subject=Mistake", "Spotted a mistake? Tell us", DESK),
        ("https://zeitung.example/fehler", "Fehler melden", "https://zeitung.example/fehler"),
        ("https://journal.example/erreur", "Signaler une erreur", "https://journal.example/erreur"),
        ("https://gaceta.example/errores", "Notificar una errata", "https://gaceta.example/errores"),
        ("https://gazette.example/about", "About us", None),
        ("https://gazette.example/a/2", "Report finds errors", None),
        ("https://gazette.example/a/1", "Council admits error in bridge report", None),
        ("javascript:report()", "Report an error", None),
    ],
)
def test_a_link_that_asks_for_mistakes_is_a_contact(href: str, text: str, place: str | None) -> None:
    found = find_contacts_in_links([(href, text)], "Gazette")
    assert [contact.address or contact.url for contact in found] == ([place] if place else [])
    assert all(contact.statement == text and contact.origin == "page" for contact in found)


@pytest.mark.parametrize(
    ("value", "address", "url"),
    [
        (DESK, DESK, None),
        (f" mailto:{DESK}?subject=x ", DESK, None),
        (f"The desk <{DESK}>", DESK, None),
        ("https://gazette.example/form", None, "https://gazette.example/form"),
        ("gazette.example/form", None, "https://gazette.example/form"),
    ],
)
def test_a_configured_value_is_an_address_or_a_url(value: str, address: str | None, url: str | None) -> None:
    assert parse_contact(value, "Gazette") == Contact("Gazette", address=address, url=url, origin="configuration")


@pytest.mark.parametrize("value", ["", "the desk", "desk@", "javascript:alert(1)", "gazette.example"])
def test_anything_else_is_none(value: str) -> None:
    assert parse_contact(value) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=80), st.just(f"Report errors to us: {DESK}")), max_size=6))
def test_a_statement_stands_in_a_line_and_a_place_is_never_empty(lines: list[str]) -> None:
    for contact in find_contacts(lines):
        assert contact.address or contact.url
        assert contact.statement
