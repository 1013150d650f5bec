"""What a publisher took back of a headline, and what it only said better, or later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from digest.model import Article
from digest.stages.corrections import Headline, compare
from tests.stages.newsroom import article

BODIES = {
    "en": (
        "The council of Tolby chose a new mayor on Thursday, by 14 votes to nine.",
        "In the end Ben Holm had more votes than Anna Berg, who has led the town since 2019.",
        "The harbour toll was the quarrel of the autumn. The mayor takes office in May, Holm said.",
    ),
    "de": (
        "Der Rat von Tolbach hat am Donnerstag ein neues Stadtoberhaupt gewählt, mit 14 zu neun Stimmen.",
        "Am Ende hatte Ben Holm mehr Stimmen als Anna Berg, die die Stadt seit 2019 führt.",
        "Um die Hafengebühr stritt man den ganzen Herbst. Im Mai tritt Holm das Amt an.",
    ),
    "fr": (
        "Le conseil de Tolby a élu jeudi son nouveau maire, par 14 voix contre neuf.",
        "À la fin, Ben Holm avait plus de voix qu’Anna Berg, qui dirige la ville depuis 2019.",
        "Le péage du port fut la querelle de l’automne. En mai, Holm prendra ses fonctions.",
    ),
    "it": (
        "Il consiglio di Tolby ha eletto giovedì il nuovo sindaco, con 14 voti contro nove.",
        "Alla fine Ben Holm aveva più voti di Anna Berg, che guida la città dal 2019.",
        "Il pedaggio del porto è stato la lite dell’autunno. A maggio Holm entra in carica.",
    ),
    "es": (
        "El concejo de Tolby eligió el jueves a su nuevo alcalde, por 14 votos contra nueve.",
        "Al final Ben Holm tuvo más votos que Anna Berg, que dirige la ciudad desde 2019.",
        "El peaje del puerto fue la disputa del otoño. En mayo Holm tomará posesión.",
    ),
}

MENDED = [
    ("en", "name", "Anna Berg elected mayor of Tolby", "Ben Holm elected mayor of Tolby"),
    ("en", "name", "Anna Burg Elected Mayor of Tolby", "Ben Holm Elected Mayor of Tolby"),
    ("en", "name", "Mayor of Tolby: Anna Holm is elected", "Mayor of Tolby: Ben Holm is elected"),
    ("en", "order", "Berg beats Holm in Tolby", "Holm beats Berg in Tolby"),
    ("en", "figure", "New mayor chosen by 40 votes", "New mayor chosen by 14 votes"),
    ("en", "negation", "Mayor will lower the harbour toll", "Mayor will not lower the harbour toll"),
    ("de", "name", "Anna Berg zur Bürgermeisterin gewählt", "Ben Holm zum Bürgermeister gewählt"),
    ("de", "figure", "Neues Stadtoberhaupt mit 40 Stimmen gewählt", "Neues Stadtoberhaupt mit 14 Stimmen gewählt"),
    ("de", "negation", "Rat senkt die Hafengebühr", "Rat senkt die Hafengebühr nicht"),
    ("fr", "name", "Anna Berg élue à la mairie de Tolby", "Ben Holm élu à la mairie de Tolby"),
    ("fr", "figure", "Le nouveau maire élu par 40 voix", "Le nouveau maire élu par 14 voix"),
    ("fr", "negation", "Le maire baissera le péage", "Le maire ne baissera pas le péage"),
    ("it", "name", "Anna Berg eletta a Tolby", "Ben Holm eletto a Tolby"),
    ("it", "figure", "Il nuovo sindaco eletto con 40 voti", "Il nuovo sindaco eletto con 14 voti"),
    ("it", "negation", "Il sindaco abbassa il pedaggio", "Il sindaco non abbassa il pedaggio"),
    ("es", "name", "Anna Berg, elegida alcaldesa de Tolby", "Ben Holm, elegido alcalde de Tolby"),
    ("es", "figure", "El nuevo alcalde, elegido por 40 votos", "El nuevo alcalde, elegido por 14 votos"),
    ("es", "negation", "El alcalde baja el peaje", "El alcalde no baja el peaje"),
]

DOUBTFUL = [
    ("en", "Mayor quits over the harbour toll", "Tolby has a new mayor"),
    ("en", "Mayor Quits Over Harbour Toll", "Mayor Resigns Over Autumn Quarrel"),
    ("en", "Anna Berg quits after lost vote", "Ben Holm wins the vote in Tolby"),
    ("en", "New mayor chosen by 14 votes", "New mayor chosen"),
    ("de", "Rat lehnt neues Stadtoberhaupt ab", "Rat wählt neues Stadtoberhaupt"),
    ("fr", "Le conseil rejette le péage", "Le conseil choisit un maire"),
    ("it", "Il consiglio respinge il pedaggio", "Il consiglio sceglie il sindaco"),
    ("es", "El concejo rechaza el peaje", "El concejo elige alcalde"),
]

NONE = [
    ("en", "Ben Holm elected mayor of Tolby", "BEN HOLM ELECTED MAYOR OF TOLBY"),
    ("en", "“New mayor” for Tolby – by 14 votes", '"New mayor" for Tolby - by fourteen votes'),
    ("en", "Tolby has a new mayor", "Tolby has a new mayor, Ben Holm"),
    ("en", "Council elects a mayor", "Council elected a mayor after a quarrel"),
    ("en", "Opinion | What the mayor owes us", "What the mayor owes us"),
    ("en", "Breaking: Tolby has a new mayor", "Tolby has a new mayor | The Quay"),
    ("en", "Live: Berg ahead after nine votes", "Live: Holm elected mayor"),
    ("en", "Berg ahead in Tolby – as it happened", "Holm wins in Tolby – as it happened"),
    ("en", "14:32 Berg ahead in Tolby", "15:10 Holm wins in Tolby"),
    ("de", "Liveticker: Berg liegt vorn", "Liveticker: Holm gewählt"),
    ("de", "+++ Berg liegt vorn +++", "+++ Holm gewählt +++"),
    ("de", "Kommentar: Was das Stadtoberhaupt nun muss", "Was das Stadtoberhaupt nun muss"),
    ("de", "Holm gewählt", "Holm gewählt: mit 14 Stimmen"),
    ("fr", "EN DIRECT – Berg en tête à Tolby", "EN DIRECT – Holm élu à Tolby"),
    ("fr", "Tribune : ce que le maire nous doit", "Ce que le maire nous doit"),
    ("it", "Berg in testa – Diretta", "Holm eletto – Diretta"),
    ("it", "Opinione | Che cosa ci deve il sindaco", "Che cosa ci deve il sindaco"),
    ("es", "En directo: Berg va por delante", "En directo: Holm, elegido"),
    ("es", "Opinión | Lo que nos debe el alcalde", "Lo que nos debe el alcalde"),
    ("nl", "De brug is “open”", "De brug is 'open'"),
]


def headed(headline: str, language: str, body: Sequence[str] | None = None, **facts: Any) -> Article:
    given = {"publisher": "The Quay", **facts}
    return article(headline, *(body or BODIES.get(language, BODIES["en"])), guid="one", language=language, **given)


def became(was: str, now: str, language: str = "en", **facts: Any) -> Headline | None:
    return compare((), headed(was, language), headed(now, language, **facts)).headline


@pytest.mark.parametrize(("language", "kind", "was", "now"), MENDED)
def test_a_name_a_figure_a_denial_in_another_s_place_is_mended(language: str, kind: str, was: str, now: str) -> None:
    assert became(was, now, language) == Headline(was, now, kind, mended=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "was", "now"), DOUBTFUL)
def test_other_words_in_its_place_are_a_person_s_to_judge(language: str, was: str, now: str) -> None:
    found = became(was, now, language)
    assert found is not None
    assert not found.mended


@pytest.mark.parametrize(("language", "was", "now"), NONE)
def test_style_labels_tickers_and_what_is_only_added_are_nothing(language: str, was: str, now: str) -> None:
    assert became(was, now, language) is None


WRONG, RIGHT = MENDED[0][2:]


def test_an_article_that_says_more_or_is_told_anew_tells_its_news_in_its_headline() -> None:
    body = BODIES["en"]
    assert became(WRONG, RIGHT, body=[*body, "The loser has asked for a count of all the votes."]) is None
    assert became(WRONG, RIGHT, body=["A judge will look into it.", "Nobody was in the hall.", *body[:1]]) is None
    mended = [body[0].replace("14", "15"), *body[1:]]
    assert became(WRONG, RIGHT, body=mended) is not None


def test_a_publisher_s_own_new_note_says_that_the_headline_was_wrong() -> None:
    note = "Correction: An earlier version of this headline misstated who was elected."
    was, now = DOUBTFUL[2][1:]
    found = became(was, now, body=[*BODIES["en"], "The count took a day.", note])
    assert found is not None
    assert found.mended


def test_a_headline_of_ours_is_not_the_publisher_s() -> None:
    assert became(WRONG, RIGHT, headline_made=True) is None


def test_two_names_that_begin_alike_are_two() -> None:
    body = ("The talks in Nigeria end on Friday, said a spokesman in Nigeria.", "Nobody knows what comes of them.")
    was, now = (headed(f"Talks in {place} end on Friday", "en", body) for place in ("Niger", "Nigeria"))
    assert compare((), was, now).headline == Headline(was.headline, now.headline, "name", mended=True)
