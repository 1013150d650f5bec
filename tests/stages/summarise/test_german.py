"""What a German sentence may not be shown alone for, construction by construction, and what only looks like it."""

from __future__ import annotations

import pytest

from digest.identity import identify
from digest.language import analyse
from digest.language.datelines import dateline_end
from digest.model import Article, Block
from digest.stages.summarise import faults

LEDE = "Der Stadtrat von Altenbrugg hat die Schliessung des Leuchtturms beschlossen."


def broken(sentence: str, headline: str = "Altenbrugg schliesst den Leuchtturm") -> tuple[str, ...]:
    blocks = (Block("paragraph", LEDE), Block("paragraph", sentence))
    found = identify(Article("", "", "test", headline, blocks=blocks, language="de"))
    return faults(found, analyse(found))[-1][1]


@pytest.mark.parametrize(
    ("construction", "sentence"),
    [
        ("a verb at the head", "Standen doch seit dem Winter drei Türme an der Küste leer."),
        ("a phrase without its noun", "Alle vier werden im Frühling an der Küste geprüft."),
        ("a phrase without its noun", "Die drei anderen haben seit Jahren kein Licht mehr."),
        ("a demonstrative and a verb", "Der nannte die Treppe einen Fehler der Behörden."),
        ("a demonstrative and a verb", "Die titulierte den Turm als altes Gemäuer."),
        ("'the two' without a noun", "Erst am Abend gaben die beiden den Schlüssel zurück."),
        (
            "a pronoun far behind the opening",
            "Nach einem Gang von etwa hundert Stufen setzte sie das Licht in Betrieb.",
        ),
        ("'her' behind a preposition", "Nur bei ihr bleibt das Licht die ganze Nacht an."),
        ("'that' behind a participle", "Gebaut wurde das vor drei Jahren mit Hilfe der Fischer."),
        ("a pronominal adverb", "Presseberichte dazu wollte das Hafenamt nicht bestätigen."),
        ("a pronominal adverb", "Teile davon fand ein Fischer am Ufer von Ostland."),
        (
            "a connective far inside",
            "Wegen der Schäden an der Treppe im Turm am Hafen von Altenbrugg zahlt der Bund nämlich mehr.",
        ),
        ("a time counted from another", "Die Fischerin Ida Amsel (52) kam drei Stunden später in den Hafen."),
        ("'parallel to that'", "Parallel dazu sperrte das Hafenamt die ganze Küste."),
        ("'now', against before", "Jetzt zahlt der Bund für das Licht an der Küste."),
        ("a person by one mark", "Die Ostländerin fischte seit Jahren an der Küste."),
        ("a person by what happened", "Beim Festgenommenen fand das Hafenamt den Schlüssel."),
        ("a person by what happened", "Der Verunglückte lag seit dem Morgen am Ufer."),
        ("a person in a compound", "Der Ruderbootfahrer fischte seit Jahren an der Küste."),
        ("a person behind the verb", "Am Abend stürzte der junge Fahrer in den Hafen."),
        ("a person behind the verb", "In Ostland gab der 41-Jährige den Schlüssel ab."),
        ("a quantity without its noun", "Viele wirken nach dem Winter wie alte Ruinen."),
        ("an adjective that points back", "Der Bund hat die entsprechenden Pläne gestern bestätigt."),
        ("'it' in a short sentence", "Fischer können es nicht."),
        ("a share of what was voted on", "Die Stimmbeteiligung lag bei 54,2 Prozent."),
        ("'that' with a particle", "Am Zustand der Treppe ändert das nichts."),
        ("'that' with a particle", "Ida Amsel, Hafenmeisterin von Ostland, sieht das ähnlich."),
        ("a demonstrative and a verb", "Das resultierte in einer Sperre der Küste."),
        ("'her' behind a verb", "Vor allem die Treppe machte ihr zu schaffen."),
        ("nobody's 'one'", "Man wollte die Treppe bis zum Herbst sichern."),
        ("a person by what happened", "Der Anrufer hatte die Flammen am Hafen gesehen."),
        ("the first half of a pair", "Mal sorgt die Treppe im Turm für Ärger an der Küste."),
        ("'then' in the middle", "Am Abend räumte das Hafenamt dann noch die ganze Mole."),
        ("'that' before 'so'", "In der Hafenordnung sieht das so aus, dass niemand warten muss."),
        ("'here' in second place", "Gebaut hat auch hier das Hafenamt von Ostland."),
        ("speech that goes on", "„Die Treppe ist nicht mehr sicher und der Turm zu alt“, sagte Amsel weiter."),
    ],
)
def test_a_sentence_that_leans_back_is_told_by_its_construction(construction: str, sentence: str) -> None:
    assert "dangling" in broken(sentence), construction


@pytest.mark.parametrize(
    "sentence",
    [
        "Vor allem das Geländer schmerze die Fischer der Küste.",
        "Die Suche nach zwei anderen Türmen laufe weiter.",
        "Altenbrugg warne vor dem Gang über die Treppe.",
        "Als die Fischer den Turm öffnen wollten, habe die Treppe geschwankt.",
        "Nach einem Streit mit den Fischern habe der Bund die Gespräche beendet.",
        "Fischer hätten die Treppe gestützt und einen Zaun gebaut.",
    ],
)
def test_reported_speech_needs_somebody_who_spoke(sentence: str) -> None:
    assert "speaker" in broken(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Steigt das Wasser im Hafen, bleibt der Turm zu.",
        "Macht der Wellen ist der Titel des Films.",
        "Der oft gescholtene Turm steht seit 1866.",
        "Am Montag zahlt der Bund für die beiden neuen Türme von Ostland.",
        "Alle vier Jahre wählt Altenbrugg einen Hafenmeister.",
        "Die Armut auf dem Land hat dazu geführt, dass Türme zerfallen.",
        "Die Fischerin Ida Amsel rief dazu auf, die Treppe zu sichern.",
        "Fachleute aus Ostland raten dringend, die Treppe zu sperren.",
        "Ein Stein löste sich und traf dabei einen Zaun.",
        "Am Abend stürzte der Fahrer Tom Berger in den Hafen.",
        "Am Abend stürzte der Mann der Hafenmeisterin von der Treppe.",
        "Beim Hafen holten die Fischer einen der Fahrer aus dem Wasser.",
        "Die Medizin kennt kein Mittel gegen die Angst vor Türmen.",
        "Was die Fischer von Ostland kauften, war das nicht mehr genutzte Haus.",
        "Wer den Turm kaufte, blieb am Montag unklar.",
        "Ohne den Zaun hätten die Fischer den Turm verloren.",
        "Viele alte Türme der Küste stehen leer.",
        "Am Hafen regnet es.",
        "Nach Polizeiangaben sei die Treppe seit dem Winter nicht sicher.",
        "Gestützt auf lange wertvolle Arbeit plant Altenbrugg einen Neubau.",
        "Das Hafenamt misst den Turm mithilfe zweier Boote.",
        "Für ihr Boot zahlt Ida Amsel dem Hafenamt viel Geld.",
    ],
)
def test_a_sentence_of_like_look_that_stands_alone_is_kept(sentence: str) -> None:
    assert broken(sentence) == ()


def test_a_person_whom_the_headline_tells_may_stand_behind_the_verb() -> None:
    assert broken("Am Abend stürzte der Fahrer in den Hafen.", "Fahrer stürzt mit Boot in den Hafen") == ()


def told_before(*sentences: str, headline: str = "Altenbrugg schliesst den Leuchtturm") -> tuple[str, ...]:
    article = identify(
        Article("", "", "test", headline, blocks=tuple(Block("paragraph", each) for each in sentences), language="de")
    )
    return faults(article, analyse(article))[-1][1]


def test_a_surname_alone_does_not_name_a_speaker_whom_an_earlier_sentence_introduces() -> None:
    introduction = "Beim Rundgang war auch Hafenmeisterin Ida Amsel dabei, die den Turm seit Jahren kennt."
    quotation = "«Die Treppe hält noch drei Winter und länger», sagte Amsel am Montag."
    assert told_before(LEDE, introduction, quotation) == ("dangling",)
    assert told_before(LEDE, quotation) == ()
    assert told_before(LEDE, introduction, quotation, headline="Amsel will den Leuchtturm behalten") == ()
    assert told_before(LEDE, introduction, quotation.replace("sagte Amsel", "sagte Ida Amsel")) == ()
    assert told_before(LEDE, introduction, "Ihren Turm kennt in Altenbrugg fast jedes Kind, so Amsel.") == ("dangling",)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("dateline", "Update vom 3. Mai, 11.50 Uhr: Der Turm am Hafen bleibt zu."),
        ("run-on", "Treppe im Turm gesperrt Der Stadtrat von Altenbrugg stimmte am Montag spät ab."),
        ("fragment", "Was Fachleute der Küste dazu sagen."),
        ("fragment", "Um welchen Turm es sich handelt."),
        ("call", "Alle Zeiten der Fähren gibt es hier."),
        ("item", "Tore: 5. Amsel 0:1, 30. Berger 1:1, 66. Abt 1:2."),
        ("notice", "Ein ausführlicher Bericht folgt am Abend."),
        ("call", "Bilder vom Turm gibt es im Video am Hafen zu sehen."),
    ],
)
def test_what_pages_put_among_the_sentences_is_not_shown(rule: str, sentence: str) -> None:
    assert rule in broken(sentence)


def test_a_paragraph_that_opens_as_a_caption_is_one_to_its_end() -> None:
    assert "caption" in broken("Bildlegende: Der Turm am Hafen. Die Treppe wird am Abend gesperrt.")
    assert broken("Der Turm am Hafen wackelt. Die Treppe wird am Abend gesperrt.") == ()


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("Ostland/Altenbrugg - Regen hat die Küste überflutet.", "Ostland/Altenbrugg - "),
        ("Altenbrugg · Regen hat die Küste überflutet.", "Altenbrugg · "),
        ("Altenbrugg (PK) Aufgeladen war die Stimmung im Rat.", "Altenbrugg (PK) "),
        ("(abc) Regen hat die Küste überflutet.", "(abc) "),
        ("Ostland/Altenbrugg. (abc) Regen hat die Küste überflutet.", "Ostland/Altenbrugg. (abc) "),
        ("Ostland, Altenbrugg, Estau – Die Küste ist überflutet.", "Ostland, Altenbrugg, Estau – "),
        ("Ostland, Altenbrugg, Estau – drei Häfen an der Küste.", ""),
        ("(pd/abc) Regen hat die Küste überflutet.", "(pd/abc) "),
        ("Ostland - Die Küste ist überflutet - und das im Mai.", "Ostland - "),
        ("Regen · Sturm hat die Küste", "Regen · "),
    ],
)
def test_a_dateline_ends_where_the_sentence_begins(text: str, dateline: str) -> None:
    assert text[: dateline_end(text)] == dateline
