"""What counts as a correction of a sentence and what as style, in each language the data files know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.stages.corrections import difference, words_of
from digest.stages.corrections.wording import names_in

COUNTS = [
    ("en", "figure", "The dam holds 40 million litres.", "The dam holds 40 billion litres."),
    ("en", "figure", "Twelve people were hurt.", "Fourteen people were hurt."),
    ("en", "figure", "Prices rose by 4.5 percent.", "Prices rose by 5.4 percent."),
    ("en", "figure", "It opened in 1961.", "It opened in 1691."),
    ("en", "name", "The mayor, Anna Meier, resigned.", "The mayor, Anna Maier, resigned."),
    ("en", "name", "The talks began on Monday.", "The talks began on Tuesday."),
    ("en", "negation", "He is guilty.", "He isn't guilty."),
    ("en", "negation", "She cannot stay.", "She can stay."),
    ("en", "order", "Harwick beat Tolby on Sunday.", "Tolby beat Harwick on Sunday."),
    ("en", "order", "The toll rises from 12 to 14 crowns.", "The toll rises from 14 to 12 crowns."),
    ("en", "words", "The council approved the bridge.", "The council rejected the bridge."),
    ("en", "words", "The driver was injured.", "The driver was killed."),
    ("de", "figure", "Der Damm fasst 40 Millionen Liter.", "Der Damm fasst 40 Milliarden Liter."),
    ("de", "figure", "Es kostet 1’300 Franken.", "Es kostet 1’200 Franken."),
    ("de", "name", "Bundesrat Meier trat zurück.", "Bundesrat Maier trat zurück."),
    ("de", "negation", "Der Rat stimmte zu.", "Der Rat stimmte nicht zu."),
    ("de", "negation", "Er hatte einen Auftrag.", "Er hatte keinen Auftrag."),
    ("de", "words", "Die Kommission empfiehlt den Vertrag.", "Die Kommission verwirft den Vertrag."),
    ("fr", "figure", "Quarante personnes ont été blessées.", "Quatorze personnes ont été blessées."),
    ("fr", "name", "Le maire, Luc Morel, a démissionné.", "Le maire, Luc Moral, a démissionné."),
    ("fr", "negation", "Le maire n’a pas démissionné.", "Le maire a démissionné."),
    ("fr", "words", "Le conseil a adopté le budget.", "Le conseil a refusé le budget."),
    ("it", "figure", "La diga contiene 40 milioni di litri.", "La diga contiene 40 miliardi di litri."),
    ("it", "name", "La sindaca, Ada Rossi, si è dimessa.", "La sindaca, Ada Rosso, si è dimessa."),
    ("it", "negation", "La sindaca si è dimessa.", "La sindaca non si è dimessa."),
    ("es", "figure", "La presa contiene 40 litros.", "La presa contiene 41 litros."),
    ("es", "name", "La alcaldesa, Ana Ruiz, dimitió.", "La alcaldesa, Ana Rioz, dimitió."),
    ("es", "negation", "El consejo aprobó la obra.", "El consejo no aprobó la obra."),
]

STYLE = [
    ("en", "He said “no” – twice.", 'He said "no" - twice.'),
    ("en", "About 1,300 people live there.", "About 1300 people live there."),
    ("en", "He isn't guilty.", "He is not guilty."),
    ("en", "The council recieved 12 letters.", "The council received twelve letters."),
    ("en", "The council approved the bridge.", "The council has approved the bridge."),
    ("en", "Prices rose 5 percent.", "Prices rose by 5%."),
    ("en", "The Ministry of finance agreed.", "The ministry of Finance agreed."),
    ("en", "On Tuesday, Brandt resigned.", "Brandt resigned on Tuesday."),
    ("en", "Harwick and Tolby agreed.", "Tolby and Harwick agreed."),
    ("en", "It opened on 20 November.", "It opened on November 20."),
    ("en", "Meier's successor is Brandt.", "The successor of Meier is Brandt."),
    ("en", "It costs 1.5 bn crowns.", "It costs 1.5 billion crowns."),
    ("de", "Es kostet 3 Mio. Franken.", "Es kostet 3 Millionen Franken."),
    ("de", "Meiers Rücktritt überrascht Brandt.", "Der Rücktritt Meiers überrascht Brandt."),
    ("en", "It opens on Monday, officials said.", "It opens on Monday, officials say."),
    ("de", "Die Regirung plant eine Reform.", "Die Regierung plant eine Reform."),
    ("de", "Rund 1’300 Personen leben dort.", "Rund 1300 Personen leben dort."),
    ("de", "Der Rat hiess es gut.", "Der Rat hieß es gut."),
    ("de", "Er sagte: «Nein».", "Er sagte: „Nein“."),
    ("fr", "« Non », a-t-il dit.", "“Non”, a-t-il dit."),
    ("fr", "Il y a 1 300 habitants.", "Il y a 1\u202f300 habitants."),
    ("it", "L'azienda cresce del 5 per cento.", "L’azienda cresce del 5%."),
    ("es", "Crece un 5 por ciento.", "Crece un 5 %."),
    ("nl", "De brug is open.", "De  brug is open."),
]


def found(language: str, old: str, new: str) -> str | None:
    names = names_in((old, new), language)
    return difference(words_of(old, language, names), words_of(new, language, names), language)


@pytest.mark.parametrize(("language", "kind", "old", "new"), COUNTS)
def test_a_figure_a_name_a_negation_and_other_words_count(language: str, kind: str, old: str, new: str) -> None:
    assert found(language, old, new) == kind
    assert found(language, new, old) == kind


@pytest.mark.parametrize(("language", "old", "new"), STYLE)
def test_case_typography_inflection_and_a_typing_error_do_not(language: str, old: str, new: str) -> None:
    assert found(language, old, new) is None
    assert found(language, new, old) is None


SENTENCES = sorted({text for _, _, old, new in COUNTS for text in (old, new)})
sentences = st.sampled_from([(row[0], text) for row in COUNTS for text in row[2:]])


@given(sentences)
def test_a_sentence_does_not_differ_from_itself_however_it_is_set(given_: tuple[str, str]) -> None:
    language, text = given_
    for set_otherwise in (text, text.upper(), text.replace(" ", "\u00a0"), f"“{text}”", text.replace("-", "–")):
        words = words_of(set_otherwise, language)
        assert difference(words_of(text, language), words, language) is None


@given(sentences, st.data())
def test_a_changed_figure_always_counts(given_: tuple[str, str], data: st.DataObject) -> None:
    language, text = given_
    at = [place for place, letter in enumerate(text) if letter.isdigit()]
    if at:
        place = data.draw(st.sampled_from(at))
        other = data.draw(st.sampled_from([digit for digit in "123456789" if digit != text[place]]))
        assert found(language, text, text[:place] + other + text[place + 1 :]) in ("figure", "order")


@given(sentences, st.data())
def test_a_negation_put_in_always_counts(given_: tuple[str, str], data: st.DataObject) -> None:
    language, text = given_
    word = {"en": "never", "de": "nie", "fr": "jamais", "it": "mai", "es": "nunca"}[language]
    parts = text.split()
    place = data.draw(st.integers(1, len(parts) - 1))
    assert found(language, text, " ".join([*parts[:place], word, *parts[place:]])) == "negation"
