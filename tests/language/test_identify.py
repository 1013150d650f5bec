"""A text's language is told when it can be, and a short headline is never taken for a rare one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.language import identify_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The harbour council has voted to close the old lighthouse after a storm damaged its tower."),
        ("de", "Der Stadtrat hat beschlossen, den alten Leuchtturm nach dem Sturm zu schließen."),
        ("fr", "Le conseil municipal a décidé de fermer le vieux phare après la tempête."),
        ("it", "Il consiglio comunale ha deciso di chiudere il vecchio faro dopo la tempesta."),
        ("es", "El ayuntamiento ha decidido cerrar el viejo faro después de la tormenta."),
        ("no", "Kommunestyret har vedtatt å stenge det gamle fyret etter stormen."),
        ("nl", "De gemeenteraad heeft besloten de oude vuurtoren na de storm te sluiten."),
        ("ru", "Городской совет решил закрыть старый маяк после бури."),
        ("ja", "市議会は嵐のあと古い灯台を閉じることを決めた。"),
        ("ar", "قرر المجلس البلدي إغلاق المنارة القديمة بعد العاصفة."),
    ],
)
def test_a_sentence_is_told(language: str, text: str) -> None:
    assert identify_language(text) == language


@pytest.mark.parametrize(
    "headline",
    [
        "Harbour council votes to close storm-damaged lighthouse",
        "Ferry firm Norwell posts record profit",
        "Minister denies tax plan",
        "Villa stun Rovers in cup replay",
        "Lumen Vox app hits Tokyo market",
    ],
)
def test_an_english_headline_is_english_or_left_undecided(headline: str) -> None:
    assert identify_language(headline) in ("en", "und")


@pytest.mark.parametrize("text", ["", "12:30", "!!!", "—", "\ud800", "Xq Zyx"])
def test_what_cannot_be_told_is_the_default(text: str) -> None:
    assert identify_language(text) == "und"
    assert identify_language(text, default="fr") == "fr"


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_gets_a_code(text: str) -> None:
    assert identify_language(text).isalpha()
