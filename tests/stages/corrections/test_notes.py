"""A publisher's own notes of correction: recognised in five languages, and never taken for news."""

from __future__ import annotations

import pytest

from digest.config import Settings
from digest.model import Article
from digest.pipeline import compose_issue
from digest.stages.corrections import correction_notes
from digest.stages.corrections.lexicon import note_phrases
from tests.stages.newsroom import FERRY, NOW, article

NOTES = {
    "en": """
        Correction: An earlier version of this article misstated the date.
        CORRECTION (Nov. 20, 2026): The dam holds 40 billion litres.
        Correction, November 20: The dam holds 40 billion litres.
        An earlier version of this story said the dam was built in 1970.
        *An earlier version of the report gave a wrong name.
        This article was amended on 12 November 2026 to correct a name.
        Editor’s note: A previous version of this article misspelled a name.
        Clarification — The minister spoke on Monday.
        We apologise for the error.
        The Gazette has retracted this article.
        This story was withdrawn after the mayor showed her bills.
        Retraction: The mayor paid for the trip herself.
    """,
    "de": """
        In einer früheren Version dieses Artikels stand, der Damm fasse 40 Millionen Liter.
        In einer früheren Version hiess es, Meier sei zurückgetreten.
        Korrektur: Der Damm fasst 40 Milliarden Liter.
        Korrekturhinweis vom 20. November: Der Name war falsch.
        Anmerkung der Redaktion: In einer ersten Fassung dieses Textes stand ein falscher Name.
        [Korrektur] In der ersten Fassung fehlte ein Name.
        Dieser Artikel wurde korrigiert: Der Damm fasst 40 Milliarden Liter.
        Die Redaktion hat diesen Artikel zurückgezogen.
        Die Redaktion zieht diesen Artikel zurück.
        Widerruf: Die Bürgermeisterin hat die Reise selbst bezahlt.
    """,
    "fr": """
        Rectificatif : le barrage contient 40 milliards de litres.
        Une première version de cet article indiquait un autre nom.
        Dans une première version, nous écrivions que le maire avait démissionné.
        Contrairement à ce que nous avons écrit, le maire reste.
        Erratum. Le nom du maire est Brandt.
        La Gazette a retiré cet article.
        Cet article a été retiré.
    """,
    "it": """
        Rettifica: la diga contiene 40 miliardi di litri.
        Una versione precedente di questo articolo riportava un nome sbagliato.
        Errata corrige: il sindaco si chiama Brandt.
        La Gazzetta ha ritirato questo articolo.
        Ci scusiamo per l’errore.
    """,
    "es": """
        Corrección: la presa contiene 40.000 millones de litros.
        La Gaceta ha retirado este artículo.
        Fe de errores: en una versión anterior de este artículo se decía otra cosa.
        Una versión anterior de esta noticia daba otro nombre.
        En una versión anterior se decía que la alcaldesa había dimitido; el texto ha sido corregido.
    """,
}

NEWS = {
    "en": """
        Correction officers went on strike on Monday.
        The journal has retracted the study, its publisher said.
        The minister has withdrawn this bill.
        The correction was swift: stocks fell 10 percent.
        An earlier version of the bill was rejected by the lower house.
        A previous version of the phone overheated.
        This article explains the vote.
        Precision farming: a new tool for growers.
    """,
    "de": """
        Korrekturen am Fahrplan treten im Dezember in Kraft.
        In einer früheren Version des Gesetzes fehlte der Artikel.
        Richtigstellung verlangt der Verein vom Verlag.
    """,
    "fr": """
        Une première version du projet de loi avait été rejetée.
        Précision chirurgicale au tribunal.
    """,
    "it": """
        Una prima versione del decreto era stata bocciata.
        Rettifica del confine, il Cantone approva.
    """,
    "es": """
        Una versión anterior de la ley fue rechazada.
    """,
}


def lines(by_language: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (language, line.strip()) for language, text in by_language.items() for line in text.split("\n") if line.strip()
    ]


def with_line(language: str, line: str) -> Article:
    return article("The dam at Dray", *FERRY, line, language=language)


@pytest.mark.parametrize(("language", "line"), lines(NOTES))
def test_a_note_is_recognised(language: str, line: str) -> None:
    assert correction_notes(with_line(language, line)) == (line,)


@pytest.mark.parametrize("before", ["– ", "“", "* ", "  ", "„ ", "[", "—"])
def test_every_opening_of_a_note_is_recognised_behind_any_mark(before: str) -> None:
    for opening in note_phrases().openings:
        for line in (before + opening.capitalize(), before + opening.upper(), before + opening.replace("'", "’")):
            assert correction_notes(with_line("en", f"{line} twice.")) != ()


@pytest.mark.parametrize(("language", "line"), lines(NEWS))
def test_news_of_corrections_is_no_note(language: str, line: str) -> None:
    assert correction_notes(with_line(language, line)) == ()


def test_a_note_goes_on_to_the_end_of_its_block_and_none_of_it_is_summarised() -> None:
    note = "Correction: The ferry was said to be 50 years old. It is a ship of forty years, built at Harwick in 1986."
    for place in (0, 4):
        paragraphs = list(FERRY)
        paragraphs.insert(place, note)
        issue = compose_issue([article("Ferry stops until spring", *paragraphs)], Settings(), NOW)
        assert issue.lead is not None
        assert correction_notes(issue.lead.lead) == (note,)
        said = " ".join(sentence.text for sentence in issue.lead.summary.sentences)
        assert said
        assert not any(part in note for part in said.split(". "))
