"""Every readability rule catches what it names, in every full language, and lets a plain sentence pass."""

from __future__ import annotations

import pytest

from digest.identity import identify
from digest.language import analyse
from digest.model import Article, Block
from digest.stages.summarise import RULES, SummaryRule, algorithms, faults, summarise

LEDE = {
    "en": "The harbour council of Norwell has voted to close the old lighthouse.",
    "de": "Der Stadtrat von Altenbrugg hat die Schliessung des Leuchtturms beschlossen.",
    "fr": "Le conseil municipal de Valgrise a voté la fermeture du vieux phare.",
    "it": "Il consiglio comunale di Valgrigia ha votato la chiusura del vecchio faro.",
    "es": "El pleno de Valgrís ha aprobado el cierre del viejo faro del puerto.",
}
HEADLINE = {
    "en": "Norwell storm damages ferry pier",
    "de": "Sturm beschädigt Fähranleger Altenbrugg",
    "fr": "Valgrise tempête endommage embarcadère",
    "it": "Valgrigia tempesta danneggia imbarcadero",
    "es": "Valgrís tormenta daña embarcadero",
}
PLAIN = {
    "en": "Engineers from Eastland found deep cracks in the tower after the storm of last winter.",
    "de": "Fachleute aus Ostland fanden nach dem Wintersturm tiefe Risse im Mauerwerk.",
    "fr": "Des ingénieurs venus d'Estrie ont trouvé de profondes fissures dans la tour après l'hiver.",
    "it": "Gli ingegneri giunti da Estria hanno trovato crepe profonde nella torre dopo l'inverno.",
    "es": "Varios ingenieros llegados de Estria hallaron grietas profundas en la torre tras el invierno.",
}
BROKEN: dict[str, dict[str, tuple[str, ...]]] = {
    "dangling": {
        "en": (
            "He said the tower would stand for years.",
            "But the tower would stand for years.",
            "However, the tower would stand for years.",
            "The move angered fishermen along the coast.",
            "Two years later, the tower still stands.",
            "For example, the stairs have lost their rail.",
            "That's why the stairs were closed to the public.",
            "At his weekly meeting on Tuesday he said the stairs were closed.",
            "Speaking in Eastland, she said the stairs were closed.",
            "The strike angered fishermen along the coast.",
            "The stairs, however, have lost their rail.",
            "The stairs have therefore been closed to the public.",
        ),
        "de": (
            "Er sagte, der Turm werde noch Jahre stehen.",
            "Dieser Turm werde noch Jahre stehen.",
            "Doch der Turm wird noch Jahre stehen.",
            "Das sei ein Fehler, sagte die Präsidentin.",
            "Der Entscheid verärgerte die Fischer der Küste.",
            "Zwei Jahre später steht der Turm noch immer.",
            "Am Montag sagte sie, die Treppe sei gesperrt.",
            "Der Streik verärgerte die Fischer der Küste.",
            "Die Treppe hat jedoch kein Geländer mehr.",
            "In der Nacht fiel dabei ein Stein ins Wasser.",
            "Das bleibt für die Fischer der Küste teuer.",
            "Alle kamen mit dem Schrecken davon, teilte das Hafenamt mit.",
            "Die Bretter trugen ihn bis an die Küste.",
            "Gewählt wurde für dieses Amt Ida Amsel.",
            "Nach dem Streik blieb die Treppe der Küste gesperrt.",
            "Die beiden jungen Fahrer schwiegen bis zum Abend.",
            "Der 64-Jährige fischte seit Jahren an der Küste.",
            "Kurz danach fiel ein Stein auf die Treppe.",
            "Wie sich zeigte, war die Treppe aber nicht gesichert.",
            "Der Bund versucht aber, die Treppe bald zu sichern.",
        ),
        "fr": (
            "Il a dit que la tour tiendrait encore des années.",
            "C’est une erreur, a dit la présidente du club.",
            "Mais la tour tiendra encore des années.",
            "En revanche, la tour tiendra encore des années.",
            "La décision a fâché les pêcheurs de la côte.",
            "Deux ans plus tard, la tour tient encore debout.",
            "Invitée à Estrie, elle a dit que l'escalier était fermé.",
            "La grève a fâché les pêcheurs de la côte.",
        ),
        "it": (
            "Questo faro resterà in piedi ancora per anni.",
            "Ma la torre resterà in piedi ancora per anni.",
            "Lo ha detto la presidente del circolo nautico.",
            "Quest’anno la torre resterà chiusa al pubblico.",
            "La decisione ha irritato i pescatori della costa.",
            "Due anni dopo la torre è ancora in piedi.",
            "Ha aggiunto che la scala resta chiusa.",
            "Il suo faro resterà chiuso per anni.",
            "Lo sciopero ha irritato i pescatori della costa.",
            "La scala, invece, resta chiusa al pubblico.",
            "La scala resta però senza ringhiera da mesi.",
            "Dichiarò che la scala resta chiusa al pubblico.",
            "Abbiamo chiesto una nuova scala per il pubblico.",
            "Tutti hanno lasciato la scala prima di sera.",
            "Il Consiglio voterà su questa scala in primavera.",
            "Il Consiglio voterà su quest’opera in primavera.",
            "Dopo lo sciopero la scala è rimasta chiusa.",
            "I due giovani conducenti non hanno parlato.",
            "Il 64enne pescava da anni sulla costa.",
            "Sul posto sono arrivate tre barche della costa.",
            "Dopo la mareggiata, ha misurato la scala con una corda.",
            "Una situazione simile blocca la scala di Estria.",
            "La lampada, comprata nel 1931, si è rotta a marzo.",
            "Il guardiano resterà sulla torre fino a sera.",
            "Secondo il municipio di Estria, il conducente dormiva.",
            "Due di loro hanno misurato la scala con una corda.",
            "A confermarlo sono stati i pescatori della costa.",
            "La più alta, in pietra, guarda verso la costa.",
            "Nel 1931 ha dipinto la scala di blu con Ida Vance.",
            "Quanto alla scala, i pescatori aspettano la primavera.",
            "Dopo pochi minuti tre barche lasciavano la costa.",
            "Per misurare ha usato una corda della costa.",
            "Una scelta che pesa sui pescatori della costa.",
            "Parole che pesano sui pescatori della costa.",
            "I pescatori hanno poi lasciato la scala di Estria.",
            "A marzo, secondo Ida Vance, entrambi misurarono la scala.",
            "Come ha spiegato, la scala di Estria resterà chiusa.",
            "Secondo Ida Vance, precisano che la scala resterà chiusa.",
            "Dal canto loro, i pescatori di Estria aspettano.",
            "Il consiglio ha spiegato anche che la scala di Estria resta chiusa.",
            "Nel caso di specie, la scala di Estria resta chiusa.",
            "Un progetto che pesa sui pescatori della costa.",
        ),
        "es": (
            "Él dijo que la torre aguantaría años.",
            "Pero la torre aguantará todavía muchos años.",
            "Sin embargo, la torre aguantará muchos años.",
            "Su torre aguantará todavía muchos años.",
            "La decisión enfadó a los pescadores de la costa.",
            "Dos años después la torre sigue en pie.",
            "Añadió que la escalera sigue cerrada.",
            "La huelga enfadó a los pescadores de la costa.",
            "La escalera, sin embargo, sigue cerrada al público.",
            "La escalera sigue además sin barandilla alguna.",
            "Inspeccionaron la escalera y hallaron dos grietas.",
            "Estaban midiendo la escalera con varias cuerdas.",
            "Todos salieron de la escalera antes de la noche.",
            "El pleno votará sobre esta escalera en primavera.",
            "Tras la huelga la escalera quedó cerrada.",
            "Los otros dos conductores no quisieron hablar.",
            "Lo confirmaron ayer los pescadores de la costa.",
            "En el lugar se reunieron tres barcos de la costa.",
            "Según varios pescadores, se escondió bajo la escalera.",
            "Según el pleno, los ingenieros cerraron dicha escalera.",
            "El apresado, tras la marea, quedó en la escalera.",
            "La lámpara, comprada en 1931, se rompió en marzo.",
            "El farero seguirá en la costa hasta la noche.",
            "Según el pleno de Estria, el conductor dormía.",
            "Dos de ellos midieron la escalera con una cuerda.",
            "Para confirmarlo bastaron dos pescadores de la costa.",
            "La más alta, de piedra, mira hacia la costa.",
            "En 1931 pintó la escalera de azul con Ida Vance.",
            "En cuanto a la escalera, los pescadores esperan.",
            "No en la costa, sino en la escalera de Estria.",
            "En total pintó siete escaleras de la costa.",
            "Una apuesta que pesa sobre los pescadores de la costa.",
            "Palabras que pesan sobre los pescadores de la costa.",
            "Según Ida Vance, ambos midieron la escalera.",
            "Según explicó, la escalera de Estria seguirá cerrada.",
            "Según Ida Vance, destacan que la escalera seguirá cerrada.",
            "Ida Vance también señaló que la escalera sigue cerrada.",
            "En tanto, los pescadores de Estria esperan la primavera.",
            "Un proyecto que pesa sobre los pescadores de la costa.",
        ),
    },
    "speaker": {
        "en": (
            "“The tower will stand for many years.”",
            '"The tower will stand for many years."',
            "“The tower will stand for many years,” he said on Monday.",
        ),
        "de": (
            "«Der Turm wird noch viele Jahre stehen.»",
            "„Der Turm wird noch viele Jahre stehen.“",
            "„Der Turm wird noch viele Jahre stehen“, sagte er am Montag.",
            "Die Treppe sei seit dem Winter nicht mehr sicher.",
        ),
        "fr": (
            "« La tour tiendra encore de nombreuses années. »",
            "« La tour tiendra encore de nombreuses années », a-t-il ajouté.",
        ),
        "it": (
            "«La torre resterà in piedi ancora molti anni.»",
            "«La torre resterà in piedi ancora molti anni», ha detto.",
            "«La torre resterà in piedi ancora molti anni», ha concluso il direttore.",
            "Da bambino io salivo la scala con mio padre.",
        ),
        "es": (
            "«La torre aguantará todavía muchos años.»",
            "“La torre aguantará todavía muchos años.”",
            "«La torre aguantará todavía muchos años», dijo.",
            "«La torre aguantará todavía muchos años», añadió este concejal.",
            "De niña subía yo la escalera con mi padre.",
            "Con Ida Vance subes la torre en tus vacaciones.",
            "-¿Cómo aguantará la torre todavía muchos años?",
        ),
    },
    "quotation": {
        "en": ("The keeper said: “The tower will stand for many years.", "The tower will stand,” the keeper said."),
        "de": ("Die Wärterin sagte: «Der Turm wird noch lange stehen.", "Der Turm steht noch lange“, sagte Abt."),
        "fr": ("La gardienne a dit : « La tour tiendra longtemps.",),
        "it": ("La custode ha detto: «La torre resterà in piedi.",),
        "es": ("La guardesa dijo: «La torre aguantará mucho tiempo.",),
    },
    "brackets": {
        "en": ("The tower (built by Marlow and Finch stands on rock.",),
        "de": ("Der Turm (von Marler und Fink gebaut steht auf Fels.",),
        "fr": ("La tour (bâtie par Marlot et Finet repose sur le roc.",),
        "it": ("La torre (opera di Marlotti e Fini poggia sulla roccia.",),
        "es": ("La torre (obra de Marlot y Fino se alza sobre roca.",),
    },
    "unfinished": {
        "en": (
            "Engineers from Eastland found cracks in the tower and",
            "Engineers from Eastland found cracks in [...]",
        ),
        "de": ("Fachleute aus Ostland fanden Risse im Mauerwerk und",),
        "fr": ("Des ingénieurs ont trouvé des fissures dans la tour et", "Des ingénieurs ont trouvé des fissures (…)"),
        "it": ("Gli ingegneri hanno trovato crepe nella torre e",),
        "es": ("Varios ingenieros hallaron grietas en la torre y",),
    },
    "fragment": {
        "en": ("Not yet, anyway.",),
        "de": ("Noch nicht ganz.",),
        "fr": ("Pas encore, non.",),
        "it": ("Non ancora, no.",),
        "es": ("Todavía no, no.",),
    },
    "overlong": {
        "en": ("Engineers from Eastland" + " and from Norwell" * 60 + " found cracks in the tower.",),
        "de": ("Fachleute aus Ostland" + " und aus Altenbrugg" * 60 + " fanden Risse im Mauerwerk.",),
        "fr": ("Des ingénieurs venus d'Estrie" + " et de Valgrise" * 60 + " ont trouvé des fissures.",),
        "it": ("Gli ingegneri giunti da Estria" + " e da Valgrigia" * 60 + " hanno trovato crepe.",),
        "es": ("Varios ingenieros de Estria" + " y de Valgrís" * 60 + " hallaron grietas.",),
    },
    "dateline": {
        "en": ("Last updated at 14:05 GMT on Friday.", "Published: Friday 3 May at noon in Norwell."),
        "de": ("Aktualisiert: Freitag um 14:05 Uhr im Ressort.", "Stand: 3. Mai, kurz nach dem Mittag."),
        "fr": ("Publié le 3 mai dans les pages du soir.",),
        "it": ("Pubblicato il 3 maggio nelle pagine della sera.", "Sabato 16 maggio 2025, ore 12."),
        "es": ("Actualizado el 3 de mayo en la edición de tarde.", "A 16 de mayo de 2025."),
    },
    "byline": {
        "en": ("By Ida Vance and Tom Okafor in Norwell.",),
        "de": ("Von Ida Amsel und Tom Berger, Altenbrugg.",),
        "fr": ("Par Ida Vance et Tom Petit, Valgrise.",),
        "it": ("Di Ida Vance e Tommaso Neri, Valgrigia.",),
        "es": ("Por Ida Vance y Tomás Rosales, Valgrís.",),
    },
    "caption": {
        "en": ("Ida Vance (left) stands at the foot of the tower.", "Photo: the tower stands at the pier of Norwell."),
        "de": ("Ida Amsel (links) steht am Fuss des Turms.", "Symbolbild: Der Turm steht am Hafen der Stadt."),
        "fr": ("Ida Vance (à gauche) se tient au pied de la tour.", "Photo d'illustration de la tour au port."),
        "it": ("Ida Vance (a sinistra) sta ai piedi della torre.",),
        "es": ("Ida Vance (izquierda) está al pie de la torre.",),
    },
    "credit": {
        "en": ("Reporting by Ida Vance in Norwell and Tom Okafor in Eastland.", "Source: harbour office, Norwell."),
        "de": ("Quelle: Hafenamt der Stadt Altenbrugg.", "Alle Rechte vorbehalten, Verlag Altenbrugg."),
        "fr": ("Propos recueillis par Ida Vance à Valgrise.", "Source : bureau du port de Valgrise."),
        "it": ("Riproduzione riservata, editore di Valgrigia.",),
        "es": ("Todos los derechos reservados, editorial Valgrís.",),
    },
    "notice": {
        "en": ("Editor's note: the tower was measured again.", "This article was changed after the council wrote."),
        "de": (
            "Anmerkung der Redaktion: Der Turm wurde neu vermessen.",
            "Diese Meldung wurde von der Agentur automatisch importiert.",
            "Der Turm bleibt zu erschien zuerst auf Hafenblatt.",
        ),
        "fr": ("Note de la rédaction : la tour a été mesurée à nouveau.",),
        "it": (
            "Nota della redazione: la torre è stata misurata di nuovo.",
            "La torre proviene da Il Corriere del Porto.",
        ),
        "es": ("Nota del editor: la torre se ha medido de nuevo.", "La torre se publicó primero en El Faro."),
    },
    "call": {
        "en": ("Sign up for the evening letter from the harbour.", "Click here to see the tower from above."),
        "de": ("Lesen Sie dazu den Bericht aus dem Hafen.", "Melden Sie sich für den Abendbrief an."),
        "fr": ("Abonnez-vous à la lettre du soir du port.", "Cliquez ici pour voir la tour d'en haut."),
        "it": ("Iscriviti alla lettera serale del porto.", "Clicca qui per vedere la torre dall'alto."),
        "es": (
            "Suscríbase a la carta vespertina del puerto.",
            "Haga clic aquí para ver la torre desde arriba.",
            "Repasamos los cierres del puerto de Valgrís.",
            "Conoce el pronóstico del puerto y prepárate.",
        ),
    },
    "label": {
        "en": ("Royal duties: The mayor walks along the pier.", "KH: There was a time without a tower."),
        "de": ("Amsel: Niemand hat den Turm je vermessen.", "Hafenamt Altenbrugg: Der Turm bleibt zu."),
        "fr": ("Phare fermé : Les pêcheurs sont en colère.", "Vance : Personne n'a mesuré la tour."),
        "it": ("Faro chiuso: La rabbia dei pescatori cresce.",),
        "es": ("Faro cerrado: La rabia de los pescadores crece.",),
    },
    "item": {
        "en": ("• The tower has two hundred and six steps.",),
        "de": ("• Der Turm hat zweihundertsechs Stufen.", "► Der Turm hat zweihundertsechs Stufen."),
        "fr": ("• La tour compte deux cent six marches.",),
        "it": ("• La torre ha duecentosei gradini.", "⇒ La torre ha duecentosei gradini."),
        "es": ("• La torre tiene doscientos seis peldaños.",),
    },
    "run-on": {
        "en": ("A tower closedThe council of Norwell voted late.",),
        "de": ("Der Turm bleibt geschlossenDer Stadtrat stimmte spät ab.",),
        "fr": ("Une tour ferméeLe conseil de Valgrise a voté tard.",),
        "it": ("Una torre chiusaIl consiglio ha votato tardi.",),
        "es": ("Una torre cerradaEl pleno votó muy tarde.", "ValgrísLa torre quedó cerrada al público ayer."),
    },
    "address": {
        "en": (
            "The plans of the tower are at www.example.org for everyone.",
            "Write to pier@example.com by Friday noon.",
        ),
        "de": ("Die Pläne des Turms liegen unter https://example.org/turm auf.",),
        "fr": ("Les plans de la tour sont sur www.example.org pour tous.",),
        "it": (
            "I piani della torre sono su www.example.org per tutti.",
            "Tutto si trova su example.org/torre da ieri.",
        ),
        "es": ("Los planos de la torre están en www.example.org para todos.",),
    },
    "handle": {
        "en": ("The keeper @norwell_light posted a picture of the tower.",),
        "de": ("Die Wärterin @turm_altenbrugg zeigte ein Bild des Turms.",),
        "fr": ("La gardienne @phare_valgrise a montré une image de la tour.",),
        "it": ("La custode @faro_valgrigia ha mostrato una foto della torre.",),
        "es": ("La guardesa @faro_valgris mostró una foto de la torre.",),
    },
    "repetition": {
        "en": ("A storm has damaged the ferry pier of Norwell.",),
        "de": ("Ein Sturm beschädigt den Fähranleger von Altenbrugg.",),
        "fr": ("Une tempête endommage l'embarcadère de Valgrise.",),
        "it": ("Una tempesta danneggia l'imbarcadero di Valgrigia.",),
        "es": ("Una tormenta daña el embarcadero de Valgrís.",),
    },
}
CASES = [
    (rule, language, sentence)
    for rule, languages in BROKEN.items()
    for language, sentences in languages.items()
    for sentence in sentences
]


def article(*paragraphs: str, language: str = "en", headline: str = "", standfirst: str = "") -> Article:
    blocks = tuple(Block("paragraph", text) for text in paragraphs)
    return identify(Article("", "", "test", headline, standfirst=standfirst, blocks=blocks, language=language))


def test_every_rule_has_a_case_in_every_full_language() -> None:
    of_words = RULES.keys() - {"standfirst"}  # which depends on where a sentence stands alone
    assert {rule: set(languages) for rule, languages in BROKEN.items()} == {rule: set(LEDE) for rule in of_words}


def test_a_phrase_inside_longer_words_breaks_no_rule() -> None:
    found = article(LEDE["en"], "Four newsletters of the county fell silent for a day.", PLAIN["en"])
    assert faults(found, analyse(found))[1][1] == ()


@pytest.mark.parametrize(("rule", "language", "sentence"), CASES)
def test_a_sentence_that_breaks_a_rule_is_named_and_not_shown(rule: str, language: str, sentence: str) -> None:
    found = article(LEDE[language], PLAIN[language], sentence, language=language, headline=HEADLINE[language])
    analysis = analyse(found)
    broken = dict(faults(found, analysis))
    assert rule in broken[analysis.sentences[2]]
    for algorithm in ("forward", "lead", "lexrank"):
        summary = summarise(found, analysis, SummaryRule(algorithm, sentences=1))
        assert sentence not in [chosen.text for chosen in summary.sentences]


@pytest.mark.parametrize("language", LEDE)
def test_a_plain_sentence_breaks_no_rule(language: str) -> None:
    found = article(LEDE[language], PLAIN[language], language=language, headline=HEADLINE[language])
    assert [rules for _, rules in faults(found, analyse(found))] == [(), ()]


@pytest.mark.parametrize(("rule", "language", "sentence"), CASES)
def test_a_rule_can_be_turned_off(rule: str, language: str, sentence: str) -> None:
    found = article(LEDE[language], PLAIN[language], sentence, language=language, headline=HEADLINE[language])
    analysis = analyse(found)
    lax = SummaryRule(without=frozenset({rule}))
    assert rule not in dict(faults(found, analysis, lax))[analysis.sentences[2]]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "By 2030, the tower will be gone."),
        ("en", "Source code for the lamp was published by the town."),
        ("en", "Photographs show the keeper and her two dogs."),
        ("en", "The players’ union said the ‘old light’ must stay."),
        ("en", "“The tower will stand,” the keeper said, “for many years.”"),
        ("en", "“The tower will stand for many years,” Ida Vance said."),
        ("en", "The strike of 1931 closed the tower for a year."),
        ("en", "After the storm the keeper said he would stay."),
        ("en", "Ida Vance said: “The tower will stand for many years.”"),
        ("en", "LinkedIn said the tower was popular with its users."),
        ("de", "Klar ist: Der Turm bleibt noch lange zu."),
        ("de", "Der Streik der Fischer dauert an."),
        ("fr", "La grève des pêcheurs dure depuis mardi."),
        ("it", "Lo sciopero dei pescatori dura da martedì."),
        ("es", "La huelga de los pescadores dura desde el martes."),
        ("de", "Von den Türmen der Küste stehen noch drei."),
        ("de", "Am Montag sagte Ida Amsel, sie werde die Treppe sperren."),
        ("de", "Das Wissen der Fischer reicht weit zurück."),
        ("de", "Die Macht der Wellen reicht weit ins Land."),
        ("de", "Der Fahrer Tom Berger bringt das Licht zurück."),
        ("de", "Für das Licht kommt in diesem Jahr der Bund auf."),
        ("de", "Der Bund rechnet damit, dass das Licht noch lange brennt."),
        ("de", "Die Treppe sei nicht sicher, teilte Ida Amsel mit."),
        ("de", "Die Treppe nach Ostland ist steil, doch Ida Amsel steigt sie jeden Abend hinauf."),
        ("it", "Nel porto di Estria i pescatori hanno venduto le reti, ma Ida Vance le rivuole però indietro."),
        ("it", "Le barche di Estria resteranno in porto per questa settimana."),
        ("it", "Nicolò Fini ha dipinto la lampada di blu."),
        ("es", "Zarpó Ida Vance de Estria con dos barcos."),
        ("es", "Los barcos de Estria no saldrán esta misma semana."),
        ("de", "Das Hafenamt hat die Pläne gestern bestätigt."),
        ("fr", "Par endroits, la pierre est devenue friable."),
        ("it", "Di notte la lampada si vede dal mare."),
        ("it", "Il governo pagherà la scala di Estria in primavera."),
        ("it", "La lampada di Estria resterà accesa fino a sera."),
        ("it", "La sera, le barche di Estria tornano in porto."),
        ("it", "Nel 1931 ha aperto a Estria la scuola di Ida Vance."),
        ("it", "Da bambino io salivo sulla torre, racconta Ida Vance."),
        ("it", "Il più alto dei fari di Estria guarda verso il mare."),
        ("it", "A Carlo e Ida Vance il porto di Estria deve molto."),
        ("it", "A marzo ha vinto Ida Vance con la barca di Estria."),
        ("it", "Come ha spiegato Ida Vance, la scala di Estria resterà chiusa."),
        ("it", "Secondo quanto riferito, la scala di Estria resterà chiusa."),
        ("es", "Según explicó Ida Vance, la escalera de Estria seguirá cerrada."),
        ("es", "Según se informó, la escalera de Estria seguirá cerrada."),
        ("it", "Una scelta di Ida Vance pesa sui pescatori di Estria."),
        ("it", "Nel porto di Estria e poi in quello di Ostia sono arrivate tre barche."),
        ("es", "El gobierno pagará la escalera de Estria en primavera."),
        ("es", "La lámpara de Estria seguirá encendida de noche."),
        ("es", "En 1931 nació en Estria la escuela de Ida Vance."),
        ("es", "De niña subía yo a la torre, recuerda Ida Vance."),
        ("es", "La más alta torre de Estria mira hacia el mar."),
        ("es", "Dos años después de la huelga de 1931 volvió Ida Vance."),
        ("es", "Una apuesta de Ida Vance pesa sobre los pescadores de Estria."),
        ("es", "Por la noche la lámpara se ve desde el mar."),
    ],
)
def test_a_sentence_that_only_looks_like_furniture_is_kept(language: str, sentence: str) -> None:
    found = article(LEDE[language], sentence, language=language)
    assert faults(found, analyse(found))[1][1] == ()


@pytest.mark.parametrize(
    ("language", "lede", "sentence"),
    [
        ("no", "Kommunestyret i Norvik stenger det gamle fyret.", "Han sier at tårnet skal stå i mange år."),
        ("no", "Kommunestyret i Norvik stenger det gamle fyret.", "Nei, mener ordføreren i Norvik om tårnet."),
        ("no", "Kommunestyret i Norvik stengjer det gamle fyret.", "Eit av dei var tårnet frå 1866."),
        ("en", "The council of Norwell closes its old lighthouse.", "No, it was the tower that cracked in May."),
        ("nb", "Kommunestyret i Norvik stenger det gamle fyret.", "Derfor skal tårnet stå i mange år."),
        ("nl", "De raad van Oudwijk sluit de oude vuurtoren.", "Daarom blijft de toren nog jaren staan."),
        ("pt", "A câmara de Valgrés fecha o velho farol.", "No entanto, a torre vai durar muitos anos."),
        ("sv", "Kommunen i Norrvik stänger den gamla fyren.", "Han säger att tornet ska stå i många år."),
        ("da", "Byrådet i Nørrevig lukker det gamle fyr.", "Derfor skal tårnet stå i mange år."),
        ("ru", "Совет Норвика закрывает старый маяк.", "Он сказал, что башня простоит много лет."),
    ],
)
def test_openings_that_lean_are_known_in_other_languages(language: str, lede: str, sentence: str) -> None:
    found = article(lede, sentence, language=language)
    assert "dangling" in faults(found, analyse(found))[1][1]


@pytest.mark.parametrize(
    ("language", "sentence", "broken"),
    [
        ("no", "– Tårnet skal stå i mange år, sier hun.", ("speaker",)),
        ("no", "– Tårnet skal stå i mange år.", ("speaker",)),
        ("no", "– Tårnet skal stå i mange år, sier ordfører Ida Vang.", ()),
        ("fr", "– La tour tiendra encore longtemps, explique Ida Vance.", ()),
        ("es", "—La torre aguantará muchos años —dijo ella—.", ("speaker",)),
        ("it", "- “La torre resterà in piedi ancora molti anni.", ("quotation", "speaker")),
    ],
)
def test_speech_behind_a_dash_needs_its_speaker(language: str, sentence: str, broken: tuple[str, ...]) -> None:
    found = article("Kommunestyret i Norvik stenger fyret.", sentence, language=language)
    assert faults(found, analyse(found))[1][1] == broken


def test_what_stands_over_a_text_without_a_space_is_a_caption() -> None:
    found = article(
        "The pier at Norwell.The council of Norwell closes its lighthouse.", "It rained for weeks in Norwell."
    )
    assert faults(found, analyse(found))[0][1] == ("caption",)


def test_what_follows_a_few_words_in_capitals_is_a_caption() -> None:
    found = article(LEDE["es"], "PESCADORES. En el muelle de Valgrís, con las barcas de la costa.", language="es")
    assert "caption" in faults(found, analyse(found))[2][1]


def test_a_question_in_a_paragraph_of_its_own_is_a_heading() -> None:
    found = article(LEDE["it"], "Quando riaprirà la torre di Estria?", "Ida Vance chiede: e la scala?", language="it")
    assert [broken for _, broken in faults(found, analyse(found))[1:]] == [("label",), ()]


def test_an_agency_and_a_name_behind_a_short_text_make_it_a_caption() -> None:
    found = article("The council of Norwell closes its lighthouse.", "The pier lies in the rain. LANTERN/Ida Vance")
    assert "caption" in faults(found, analyse(found))[1][1]


def test_no_summary_says_the_same_twice() -> None:
    lede = "The harbour council of Norwell has voted to close the old lighthouse"
    found = article(f"{lede}.", "Rain fell on Eastland.", f"{lede} on Monday.", "Ida Vance sold her boat.")
    chosen = summarise(found, analyse(found), SummaryRule(sentences=3)).sentences
    assert sum(sentence.text.startswith(lede) for sentence in chosen) == 1


def test_that_an_article_was_taken_back_is_no_news_of_it() -> None:
    found = article("The council of Norwell closes its lighthouse.", "The Norwell Gazette has retracted this article.")
    assert "notice" in faults(found, analyse(found))[1][1]


def test_speech_behind_a_dash_is_not_taken_without_the_speaker_whom_its_last_sentence_names() -> None:
    found = article(
        "Kommunestyret i Norvik stenger det gamle fyret til våren.",
        "– Tårnet har stått i mange år. Murene sprekker hver vinter. Fyret kan bli et museum, sier ordfører Ida Vang.",
        language="no",
    )
    broken = [rules for _, rules in faults(found, analyse(found))]
    assert broken[0] == broken[3] == ()
    assert "quotation" in broken[1]
    assert broken[2] == ("quotation",)


# The personal pronouns, demonstratives and sentence connectives of school grammars, not of the program's own lists.
GRAMMAR = {
    "en": """
        He She It They We This That These Those Both Neither However Moreover Furthermore Nevertheless
        Therefore Thus Hence Consequently Meanwhile Otherwise Instead Besides Likewise Similarly Afterwards
        Nonetheless But And So Yet Or Nor Then Also His Her Its Their""",
    "de": """
        Er Sie Es Wir Dieser Diese Dieses Jener Jene Jenes Aber Denn Sondern Doch Jedoch Dennoch Trotzdem
        Deshalb Deswegen Daher Darum Folglich Also Somit Außerdem Zudem Ferner Dabei Dadurch Dafür Dagegen
        Damit Danach Davor Inzwischen Indessen Schließlich Allerdings Beide Solche Sein Ihr""",
    "fr": """
        Il Elle Ils Elles Celui-ci Celle-ci Ceux-ci Celles-ci Cela Ceci Ce Cet Cette Ces Mais Or Donc Car
        Cependant Pourtant Toutefois Néanmoins Ensuite Puis Ainsi Aussi Enfin Tel Telle Son Sa Ses Leur Leurs""",
    "it": """
        Egli Ella Esso Essa Essi Esse Lui Lei Loro Questo Questa Questi Queste Quello Quella Quelli Quelle Ciò
        Ma Però Tuttavia Eppure Dunque Quindi Perciò Pertanto Infatti Inoltre Anzi Poi Così Anche Invece
        Entrambi Tale Costui""",
    "es": """
        Él Ella Ellos Ellas Ello Este Esta Esto Estos Estas Ese Esa Eso Esos Esas Aquel Aquella Aquello Pero
        Sino Luego Entonces Además También Asimismo Así Tampoco Ambos Ambas Tal Dicho Dicha Su Sus""",
}
PHRASES = {
    "en": (
        "For this reason",
        "In addition",
        "As a result",
        "On the other hand",
        "In contrast",
        "The latter",
        "The move",
    ),
    "de": ("Aus diesem Grund", "Im Gegensatz dazu", "Hinzu kommt", "Das heisst", "Letztere", "Der Entscheid"),
    "fr": (
        "En outre",
        "En effet",
        "Par conséquent",
        "D'ailleurs",
        "Ce dernier",
        "De plus",
        "En revanche",
        "La décision",
    ),
    "it": (
        "In effetti",
        "Di conseguenza",
        "Al contrario",
        "Per questo",
        "Quest'ultimo",
        "Lo stesso",
        "La decisione",
        "In conclusione",
        "In primo luogo",
        "In particolare",
        "Vale a dire",
    ),
    "es": (
        "Sin embargo",
        "No obstante",
        "Por lo tanto",
        "En cambio",
        "Este último",
        "Lo mismo",
        "La decisión",
        "En conclusión",
        "En primer lugar",
        "En particular",
        "En contraste",
    ),
}
OPENINGS = [(language, word) for language in GRAMMAR for word in (*GRAMMAR[language].split(), *PHRASES[language])]


@pytest.mark.parametrize(("language", "opening"), OPENINGS)
def test_what_grammars_call_a_pronoun_or_a_connective_leaves_a_sentence_dangling(language: str, opening: str) -> None:
    found = article(LEDE[language], PLAIN[language], f"{opening} {PLAIN[language].lower()}", language=language)
    assert "dangling" in faults(found, analyse(found))[2][1]


def test_a_noun_that_points_back_may_stand_where_a_sentence_shown_before_says_what_it_means() -> None:
    strike = "The strike angered fishermen of the harbour council along the coast."
    for lede, shown in ((LEDE["en"], 1), ("Fishermen of Norwell have voted for a strike at the harbour council.", 2)):
        found = article(lede, "Rain fell.", strike)
        assert len(summarise(found, analyse(found), SummaryRule("lead", 2)).sentences) == shown
    told_by_the_headline = article(LEDE["en"], "Rain fell.", strike, headline="Harbour strike in Norwell")
    assert faults(told_by_the_headline, analyse(told_by_the_headline))[2][1] == ()


@pytest.mark.parametrize(
    "caption",
    [
        "Fishermen wait for the ferry at the pier of Norwell on Tuesday.",
        "A keeper climbs the tower of Norwell in 2019.",
        "The tower of Norwell in an undated picture.",
    ],
)
def test_a_caption_that_shows_a_scene_is_told_from_the_news(caption: str) -> None:
    found = article(LEDE["en"], caption, "Fishermen have waited for the ferry at the pier since Tuesday.", PLAIN["en"])
    broken = [rules for _, rules in faults(found, analyse(found))]
    assert ["caption" in rules for rules in broken] == [False, True, False, False]


@pytest.mark.parametrize(
    ("language", "caption"),
    [
        ("en", "The tower stands at the pier of Norwell. Photo: Ida Vance"),
        ("de", "Der Leuchtturm steht am Hafen. Archivfoto: Tom Berger/dpa"),
        ("de", "Der Leuchtturm steht am Hafen. (Tom Berger)"),
        ("fr", "Le phare se dresse au port de Valgrise. © Ida Vance"),
        ("it", "Il faro si alza sul porto di Valgrigia. Foto: Ida Vance"),
        ("es", "El faro se alza en el puerto de Valgrís. (Imagen: Archivo)"),
    ],
)
def test_what_stands_over_a_pictures_credit_is_its_caption(language: str, caption: str) -> None:
    found = article(LEDE[language], caption, PLAIN[language], language=language)
    broken = [rules for _, rules in faults(found, analyse(found))]
    assert ["caption" in rules for rules in broken][:2] == [False, True]
    assert broken[-1] == ()


def test_a_caption_that_a_page_has_twice_is_not_shown() -> None:
    twice = "A view of the old tower."
    found = article(LEDE["en"], twice, f"{twice} / Ida Vance", PLAIN["en"])
    broken = [rules for _, rules in faults(found, analyse(found))]
    assert "repetition" in broken[1]
    assert "caption" in broken[2]


def test_what_leans_on_the_sentence_before_is_shown_behind_it() -> None:
    found = article(LEDE["en"] + " But the lighthouse council of Norwell harbour wants it rebuilt.", PLAIN["en"])
    shown = [sentence.text for sentence in summarise(found, analyse(found), SummaryRule("lead", 2)).sentences]
    assert shown == [LEDE["en"], "But the lighthouse council of Norwell harbour wants it rebuilt."]


def test_a_sentence_worth_more_with_the_one_it_leans_on_brings_that_one_along() -> None:
    found = article(
        "The keeper of Norwell has been alone for forty years. But now the harbour council pays two keepers.",
        "Rain fell on the county fair of Eastland again.",
        headline="Norwell harbour council pays two keepers",
    )
    lax = frozenset({"repetition"})
    shown = [each.field for each in summarise(found, analyse(found), SummaryRule(sentences=2, without=lax)).sentences]
    assert shown == [0, 0]
    alone = summarise(found, analyse(found), SummaryRule(sentences=2, characters=90, without=lax))
    assert "But" not in " ".join(sentence.text for sentence in alone.sentences)


def test_the_first_sentence_may_open_with_anything() -> None:
    found = article("It stood for two hundred years above the harbour.", PLAIN["en"])
    assert faults(found, analyse(found))[0][1] == ()


def test_a_quotation_over_several_sentences_is_not_taken_apart() -> None:
    found = article(
        LEDE["en"],
        "“The tower has stood for many years. Nobody ever measured it. We all trusted it,” the keeper said.",
        PLAIN["en"],
    )
    broken = [rules for _, rules in faults(found, analyse(found))]
    assert ["quotation" in rules for rules in broken] == [False, True, True, True, False]


def test_a_quotation_goes_on_over_paragraphs_until_it_is_closed() -> None:
    found = article(
        LEDE["en"],
        "The keeper wrote: “The tower has stood for many years.",
        "“Nobody ever measured the walls of it.",
        "“All of Norwell trusted the light.”",
        PLAIN["en"],
    )
    broken = [rules for _, rules in faults(found, analyse(found))]
    assert ["quotation" in rules for rules in broken] == [False, True, True, True, False]


def test_a_forgotten_closing_mark_does_not_spoil_the_rest_of_the_article() -> None:
    found = article(
        LEDE["en"], 'The board wrote: "Norwell trusted the light.', *[PLAIN["en"]] * 8, 'He said "yes" to it.'
    )
    broken = [rules for _, rules in faults(found, analyse(found))]
    assert all("quotation" not in rules for rules in broken[-3:])


def test_a_standfirst_is_not_repeated_by_the_body() -> None:
    found = article(LEDE["en"], PLAIN["en"], standfirst="The harbour council of Norwell votes to close the lighthouse.")
    broken = dict(faults(found, analyse(found)))
    assert [rules for sentence, rules in broken.items() if sentence.field == 0] == [("repetition",)]


@pytest.mark.parametrize("name", sorted(algorithms()))
def test_no_algorithm_shows_what_breaks_a_rule(name: str) -> None:
    bad = [sentences["en"][0] for rule, sentences in BROKEN.items() if rule not in ("dangling", "speaker")]
    found = article(LEDE["en"], *bad, PLAIN["en"], headline=HEADLINE["en"])
    analysis = analyse(found)
    broken = dict(faults(found, analysis))
    summary = summarise(found, analysis, SummaryRule(name, sentences=3))
    assert summary.sentences
    assert [broken[sentence] for sentence in summary.sentences] == [()] * len(summary.sentences)
