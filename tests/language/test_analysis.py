"""An analysis holds an article's own sentences, each where it was found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.identity import identify
from digest.language import analyse, reading_minutes
from digest.model import Article, Block

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=120)


def article(*paragraphs: str, headline: str = "", standfirst: str = "", language: str = "en") -> Article:
    blocks = tuple(
        Block("subhead", text[2:]) if text.startswith("# ") else Block("paragraph", text) for text in paragraphs
    )
    return identify(Article("", "", "test", headline, standfirst=standfirst, blocks=blocks, language=language))


def test_sentences_come_from_the_standfirst_and_the_paragraphs_and_never_from_a_subhead() -> None:
    analysis = analyse(article("One came. Two left.", "# What next", "Nobody knew.", standfirst="A short day."))
    assert [(sentence.field, sentence.text) for sentence in analysis.sentences] == [
        ("standfirst", "A short day."),
        (0, "One came."),
        (0, "Two left."),
        (2, "Nobody knew."),
    ]


def test_a_brief_is_analysed_by_its_standfirst() -> None:
    brief = Article("i", "r", "test", "Harbour shut", kind="brief", standfirst="The harbour is shut.", language="en")
    assert [sentence.text for sentence in analyse(brief).sentences] == ["The harbour is shut."]


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("en", "NORWELL, May 3 (Lantern News) – The council voted. It was close.", "The council voted."),
        ("en", "NORWELL, Eastland -- The council voted. It was close.", "The council voted."),
        ("en", "(LNA) -- The council voted. It was close.", "The council voted."),
        ("de", "Altenbrugg (sda) Der Rat stimmte ab. Es war knapp.", "Der Rat stimmte ab."),
        ("de", "Altenbrugg, 3. Mai (sda/dpa) - Der Rat stimmte ab. Es war knapp.", "Der Rat stimmte ab."),
        ("fr", "VALGRISE (ATS) – Le conseil a voté. Il hésitait.", "Le conseil a voté."),
        ("it", "(ANSA) - VALGRIGIA, 3 MAG - Il consiglio ha votato. Era incerto.", "Il consiglio ha votato."),
        ("es", "VALGRÍS, 3 may (EFE).- El pleno votó. Dudaba.", "El pleno votó."),
        ("es", "Valgrís, Estria. – El pleno votó. Dudaba.", "El pleno votó."),
        ("es", "Valgrís, (EFE).- El pleno votó. Dudaba.", "El pleno votó."),
        ("es", "Valgrís, 3 may (PL) El pleno votó. Dudaba.", "El pleno votó."),
        ("en", "NORWELL: The council voted. It was close.", "The council voted."),
        ("en", "(LNA)The council voted. It was close.", "The council voted."),
        ("en", "Reuters - The council voted. It was close.", "The council voted."),
        ("en", "NORWELL, Nov. 24, 2026 /LanternWire/ -- The council voted. It was close.", "The council voted."),
        ("de", "Altenbrugg - Der Rat stimmte ab. Es war knapp.", "Der Rat stimmte ab."),
        ("de", "Amsel a.M. (dpa/tmn). Der Rat stimmte ab. Es war knapp.", "Der Rat stimmte ab."),
        ("de", "Altenbrugg, 24.11.2026 - Der Rat stimmte ab. Es war knapp.", "Der Rat stimmte ab."),
        ("fr", "(Belga) Le conseil a voté. Il hésitait.", "Le conseil a voté."),
        ("fr", "Valgrise, le 3 mai 2026 - Le conseil a voté. Il hésitait.", "Le conseil a voté."),
        ("it", "Valgrigia, 24 nov. (agenzia) - Il consiglio ha votato. Era incerto.", "Il consiglio ha votato."),
        ("es", "VALGRÍS, 24 (EUROPA PRESS) El pleno votó. Dudaba.", "El pleno votó."),
        ("es", "Ciudad de Valgrís.- El pleno votó. Dudaba.", "El pleno votó."),
        ("it", "Castel di Valgrigia – Il consiglio ha votato. Era incerto.", "Il consiglio ha votato."),
        ("it", "7.03.26 – ore 9,40: Il consiglio ha votato. Era incerto.", "Il consiglio ha votato."),
        ("es", "Valgrís/El pleno votó. Dudaba.", "El pleno votó."),
        ("es", "TE PUEDE INTERESAR: El pleno votó. Dudaba.", "TE PUEDE INTERESAR: El pleno votó."),
        ("it", "(Di venerdì 3 ottobre 2026) Il consiglio ha votato. Era incerto.", "Il consiglio ha votato."),
        ("it", "(Lanterna) -Il consiglio ha votato. Era incerto.", "Il consiglio ha votato."),
        ("it", "Valgrigia – Estria: i pescatori vincono. Piove.", "Valgrigia – Estria: i pescatori vincono."),
        ("en", "Norwell/Eastland closed the pier. It was cold.", "Norwell/Eastland closed the pier."),
        ("en", "Norwell – The Movie – is out. It is long.", "Norwell – The Movie – is out."),
        ("en", "Norwell: what it wants. A list.", "Norwell: what it wants."),
        ("fr", "Ida Vance (Les Pêcheurs): « Nous partons. » Elle part.", "Ida Vance (Les Pêcheurs): « Nous partons. »"),
        ("en", "The bank (Norwell) – the largest – closed. It reopened.", "The bank (Norwell) – the largest – closed."),
        ("en", "WHO - the health body - closed. It reopened.", "WHO - the health body - closed."),
    ],
)
def test_a_dateline_is_no_part_of_the_first_sentence(language: str, text: str, first: str) -> None:
    assert analyse(article(text, language=language)).sentences[0].text == first


def test_a_date_before_each_of_many_reports_is_no_part_of_their_sentences() -> None:
    found = article(*["Piove a Estria."] * 5, "3.11.2026 – Il consiglio ha votato.", language="it")
    assert analyse(found).sentences[-1].text == "Il consiglio ha votato."


@settings(max_examples=60)
@given(
    paragraphs=st.lists(ANY_TEXT, max_size=4),
    standfirst=ANY_TEXT,
    headline=ANY_TEXT,
    language=st.sampled_from(["en", "de", "ja", "und"]),
)
def test_every_sentence_is_verbatim(paragraphs: list[str], standfirst: str, headline: str, language: str) -> None:
    found = article(*paragraphs, headline=headline, standfirst=standfirst, language=language)
    analysis = analyse(found)
    for sentence in analysis.sentences:
        assert found.text(sentence.field)[sentence.start : sentence.end] == sentence.text
    assert len(analysis.sentences) == len(analysis.words) == len(analysis.terms)


def test_reading_takes_at_least_a_minute_and_longer_for_more_words() -> None:
    assert reading_minutes(article("Short.")) == 1
    assert reading_minutes(1150) == 5
    assert reading_minutes(article(*["Nine plain words stand in every sentence of this."] * 100)) == 4
