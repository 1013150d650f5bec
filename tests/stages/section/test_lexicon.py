"""How terms are written, and which words of a text they find."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from digest.language import words
from digest.stages.section.hits import Lines, hits_in
from digest.stages.section.inflection import forms
from digest.stages.section.lexicon import STRONG, Lexicon, packaged

LANGUAGES = ("de", "en", "es", "fr", "it")


def found(text: str, *terms: str, language: str = "en") -> list[str]:
    lexicon = Lexicon(language)
    for term in terms:
        lexicon.add(term, "sea", STRONG)
    return [hit.words for hit in hits_in(lexicon, Lines.of([(text, words(text, language), 1.0)]))]


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("en", "ferry", "ferries"),
        ("en", "ferry", "ferry's"),
        ("en", "acquire", "acquired"),
        ("en", "church", "churches"),
        ("de", "Sanktion", "Sanktionen"),
        ("de", "Lehrerin", "Lehrerinnen"),
        ("de", "Haus", "Häuser"),
        ("de", "Minister", "Aussenministers"),
        ("de", "Gericht", "Gerichtsurteil"),
        ("fr", "hôpital", "hôpitaux"),
        ("fr", "militaire", "militaires"),
        ("fr", "sportif", "sportives"),
        ("fr", "député", "députées"),
        ("it", "banca", "banche"),
        ("it", "elettorale", "elettorali"),
        ("it", "climatico", "climatiche"),
        ("es", "elección", "elecciones"),
        ("es", "juez", "jueces"),
        ("es", "deportivo", "deportivas"),
    ],
)
def test_a_term_is_found_in_its_other_forms(language: str, term: str, text: str) -> None:
    assert found(text, term, language=language) == list(words(text, language))


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [("it", "partito", "partita"), ("en", "act", "acting"), ("en", "lose", "los"), ("de", "Rat", "Ratte")],
)
def test_another_word_is_not_taken_for_it(language: str, term: str, text: str) -> None:
    assert found(text, term, language=language) == []


def test_a_star_stands_for_any_end_or_any_beginning() -> None:
    assert found("sanctioned unsanctioned sanctions", "sanction*") == ["sanctioned"]
    assert found("shipyard yard", "*yard") == ["shipyard"]
    assert found("vineyard", "*yard", "vine*") == ["vineyard"]


def test_words_in_a_row_are_one_term_and_hide_what_they_are_made_of() -> None:
    text = "The prime ministers met a minister in prime time."
    assert found(text, "prime minister", "minister") == ["prime ministers", "minister"]
    assert found("the minister of prime", "prime minister") == []


def test_of_phrases_that_begin_alike_the_longest_counts() -> None:
    terms = ("harbour master", "harbour master general", "harbour masters of the north")
    assert found("The harbour master general met a harbour master.", *terms) == [
        "harbour master general",
        "harbour master",
    ]
    assert found("The harbour masters of the north spoke.", *terms) == ["harbour masters of the north"]
    assert found("The harbour masters of the", *terms) == ["harbour masters"]


def test_an_acronym_is_a_word_of_its_own() -> None:
    assert found("It said IT was to blame.", "IT") == ["IT"]
    assert found("It said EXIT and MacIT were to blame.", "IT") == []


def test_an_accent_or_a_capital_makes_no_difference() -> None:
    assert found("ECONOMIE économie", "Économie", language="fr") == ["economie"]


def test_an_acronym_is_found_in_capitals_alone() -> None:
    assert found("Who asked the WHO?", "WHO") == ["WHO"]
    assert found("WHO ASKED US?", "WHO") == []


def test_what_stands_often_weighs_more_and_ever_less_so() -> None:
    lexicon = Lexicon("en")
    lexicon.add("ferry", "sea", STRONG)
    weights = []
    for times in (1, 2, 3):
        [weight] = hits_in(lexicon, Lines.of([("ferry", ("ferry",), 1.0)] * times)).weights
        weights.append(weight)
    assert weights[0] == 1.0
    assert 0 < weights[2] - weights[1] < weights[1] - weights[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_section(language: str) -> None:
    data = files("digest.stages.section") / "data"
    named = tomllib.loads((data / "sections.toml").read_text("utf-8"))
    lists = tomllib.loads((data / f"{language}.toml").read_text("utf-8"))
    assert set(lists) == set(named) - {"more-news"}
    for weights in lists.values():
        assert set(weights) == {"strong", "plain"}
        assert all(len(terms.split(",")) >= 40 for terms in weights.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_strong_and_plain_for_one_section(language: str) -> None:
    text = (files("digest.stages.section") / "data" / f"{language}.toml").read_text("utf-8")
    for slug, lists in tomllib.loads(text).items():
        strong, plain = ({term.strip() for term in terms.split(",")} for terms in lists.values())
        assert not strong & plain, slug


def test_countries_are_known_in_every_language() -> None:
    for language, name in (
        ("en", "Germany"),
        ("de", "Deutschland"),
        ("fr", "Allemagne"),
        ("it", "Germania"),
        ("es", "Alemania"),
    ):
        [hit] = hits_in(packaged(language), Lines.of([(name, words(name, language), 1.0)]))
        assert hit.term.countries == ["DE"]


def test_an_unknown_language_has_no_forms() -> None:
    assert forms("hajo", "hu") == {"hajo"}
