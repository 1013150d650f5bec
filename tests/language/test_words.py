"""Words are what a reader of the language counts as words, and stop words are those that say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language import stop_words, terms, words


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The mayor’s 3.5m co-op isn't closed.", ("the", "mayor's", "3.5m", "co", "op", "isn't", "closed")),
        ("fr", "L’État n'a qu’un mot", ("l", "état", "n", "a", "qu", "un", "mot")),
        ("it", "Dell'arte", ("dell", "arte")),
        ("de", "Über 1.200 Straßen", ("über", "1.200", "straßen")),
        ("ru", "Мэр ушёл", ("мэр", "ушёл")),
        ("hi", "हिन्दी में", ("हिन्दी", "में")),
        ("ja", "東京都は", ("東京", "京都", "都は")),
        ("zh", "我 2024年", ("我", "2024", "年")),
        ("th", "ไทย", ("ไท", "ทย")),
        ("und", "", ()),
    ],
)
def test_words_of_a_language(language: str, text: str, expected: tuple[str, ...]) -> None:
    assert words(text, language) == expected


def test_terms_leave_out_what_carries_no_subject() -> None:
    assert terms(words("The mayors of the harbour didn't resign", "en"), "en") == ("mayors", "harbou", "resign")
    assert terms(words("The harbour's mayor", "en"), "en") == ("harbou", "mayor")
    assert terms(words("L'accord sur les retraites n'est pas signé", "fr"), "fr") == ("accord", "retrai", "signé")


@pytest.mark.parametrize(
    "language_and_word",
    [
        *("en the", "de der", "fr un", "it della", "es el", "no ikke", "nl het"),
        *("pt uma", "sv och", "da ikke", "ru что", "el και", "ar في", "pl jest"),
    ],
)
def test_stop_words_are_known_in_many_languages(language_and_word: str) -> None:
    language, word = language_and_word.split()
    assert word in stop_words(language)


@pytest.mark.parametrize(
    ("tag", "code"), [("en-GB", "en"), ("de_CH", "de"), ("nb", "no"), ("nn-NO", "no"), ("FR", "fr")]
)
def test_a_region_does_not_hide_a_language(tag: str, code: str) -> None:
    assert stop_words(tag) == stop_words(code) != frozenset()


def test_a_language_without_a_list_has_no_stop_words() -> None:
    assert stop_words("cy") == frozenset()


@given(text=st.text(st.characters(exclude_categories=())), language=st.sampled_from(["en", "fr", "ja", "hi", "und"]))
def test_any_text_has_words_and_no_more_terms_than_words(text: str, language: str) -> None:
    found = words(text, language)
    assert all(found)
    assert len(terms(found, language)) <= len(found)
    assert all(len(term) <= 6 for term in terms(found, language))
