"""Lines that their own words tell for furniture, and those that only look like it."""

from __future__ import annotations

import pytest

from digest.formats.page_text.furniture import (
    byline_of,
    is_biography,
    is_closing_biography,
    kind_of,
    tells_of_career,
)
from digest.formats.page_text.lines import Line

LONG = "the harbour where the boats of the northern fleet have lain since the strike began in the second week of May"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("* * *", "ornament"),
        ("—", "ornament"),
        ("12", "counter"),
        ("(1.2k)", "counter"),
        ("3 | 14", "counter"),
        ("https://gazette.example/story", "link"),
        ("www.gazette.example", "link"),
        ("@adaroe", "link"),
        ("#harwick #bridge", "link"),
        ("desk@gazette.example", "link"),
        ("© 2024 Northgate Media", "copyright"),
        ("Copyright 2024 Northgate Media", "copyright"),
        ("Copyright Northgate Media 2024", "copyright"),
        ("Copyright Northgate Media", "photo credit"),
        ("Copyright: Ada Roe", "photo credit"),
        ("© Northgate Media. All rights reserved.", "copyright"),
        ("English (en) How the lake froze", "language switch"),
        ("(ar/bl)", "editing credit"),
        ("ar/bl/cd", "editing credit"),
        ("(Symbolbild)", "caption"),
        ("Facebook Twitter WhatsApp", "share bar"),
        ("Facebook", "share bar"),
        ("> Read the whole report", "link to another article"),
        ("Skip to content", "skip link"),
        ("Zum Inhalt springen", "skip link"),
        ("14.03.2024 18:30", "date line"),
        ("12.300", "counter"),
        ("News | Sport | Culture", "navigation"),
        ("Home › News › Harwick", "navigation"),
        ("Council, Traffic, Winter, Old bridges, Harwick", "tags"),
        ("14 March 2024", "date line"),
        ("Thursday, 14 March 2024, 18:30", "date line"),
        ("Harwick, 14 March 2024", "date line"),
        ("3月14日(木) 18時30分", "date line"),
        ("Reuters", "photo credit"),
        ("Ada Roe / Reuters", "photo credit"),
        ("(Ada Roe/Reuters)", "photo credit"),
        ("© Ada Roe", "photo credit"),
        ("Ada Roe/Northgate", "photo credit"),
        ("Ada Roe, gazette.news", "photo credit"),
        ("A crane above the river on Monday. Ada Roe/Reuters", "caption"),
        ("A crane above the river on Monday. (Photo: Ada Roe)", "caption"),
        ("A crane above the river on Monday Source: Reuters", "caption"),
        ("A crane above the river, seen by Ada Roe/Reuters", "caption"),
        ("A crane above the river.CreditAda Roe", "caption"),
        ("By Ada Roe", "byline"),
        ("By Ada Roe and Ben Loe", "byline"),
        ("Von Ada Roe, Harwick", "byline"),
        ("Spotted an error? Let us know", "correction contact"),
        ("Comments (12)", "comments"),
    ],
)
def test_a_line_is_furniture_by_its_own_words(text: str, kind: str) -> None:
    assert kind_of(Line(0, text)) == kind


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was closed on 14 March 2024 after engineers had found cracks.",
        "The flood of 14 March 2024 took six lives in two of the valley's villages",
        "Facebook and Twitter lose readers to smaller rivals",
        "Facebook lost a tenth of its readers last year, Reuters reported.",
        "A council, a mayor, a bridge, a river, a winter and a long quarrel about all of them",
        "By the river, a crane stands still",
        "By Monday the water had risen to the doorsteps.",
        f"A crane stood above {LONG}. The council had ordered it. (Reuters)",
        "One in three / nobody knows why",
        "The council: a bridge too far",
        "English lessons for the crews of foreign ships",
        "Copyright law divides the council",
        "Copyright Law Divides The Council",
        "Copyright rules have changed twice since 2019.",
        "Derechos de autor: el juez da la razón a la orquesta",
        "The 12 (of 14) members who voted",
        "Listen to what the river says",
        "Reuters reported the figures first",
    ],
)
def test_a_line_of_an_article_is_none(text: str) -> None:
    assert kind_of(Line(0, text)) == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ada Roe", "Ada Roe"),
        ("By Ada Roe, Ben Loe and Cy Poe", "Ada Roe, Ben Loe and Cy Poe"),
        ("| By Ada Roe", "Ada Roe"),
        ("Author: Ada Roe", "Ada Roe"),
        ("Par Ada Roe et Ben Loe", "Ada Roe et Ben Loe"),
        ("By Ada Roe, reporter", "Ada Roe, reporter"),
        ("By Ada", ""),
        ("By Ada Roe.", ""),
        ("By Ada Roe in Harwick, where it rains", ""),
        ("By 14 Votes Against Two", ""),
        ("Bystanders Ada Roe", ""),
        ("By", ""),
        ("By A Hair", ""),
        ("By Ada Bea Cleo Dora Elsa Fay Gwen Hope Ida", ""),
    ],
)
def test_a_byline_gives_names(text: str, names: str) -> None:
    assert byline_of(text) == names


@pytest.mark.parametrize(
    ("text", "below_headline", "at_end", "alone"),
    [
        ("I cover the north for the Gazette, and its bridges above all.", True, False, True),
        ("Reporter in Harwick with a liking for bridges.", True, False, False),
        ("Ada Roe is a reporter at the Gazette and writes about bridges.", True, True, True),
        ("Follow her work: Ada Roe (@adaroe)", True, False, False),
        ("Ada Roe (@adaroe) has been with the Gazette since 2014.", True, True, False),
        ("Ada Roe is the mayor of Harwick.", False, False, False),
        ("The reporter was held at the bridge for an hour.", False, False, False),
        ("“I cover nothing up,” said the mayor.", False, False, False),
    ],
)
def test_what_is_told_of_an_author_is_told_from_the_text(
    text: str, below_headline: bool, at_end: bool, alone: bool
) -> None:
    line = Line(0, text)
    assert (is_biography(line), is_closing_biography(line), tells_of_career(line)) == (below_headline, at_end, alone)


@pytest.mark.parametrize(
    "text",
    [
        "Laden schließen früher",
        "Ladendiebstahl nimmt in Großstädten deutlich zu",
        "Crédito consignado cresce 12% no trimestre",
        "Перевела мошенникам два миллиона рублей",
        "Перевод с карты на карту подорожает",
        "Terug naar school: wat kost het?",
        "Werken bij de politie trekt weer mensen",
        "圖書館明年延長開放時間",
        "関連死が三百人を超える",
        "提供を受けた企業名を公表",
        "編集長が辞任、雑誌の休刊受け",
        "著作権侵害で出版社を提訴",
        "撮影現場で事故、俳優が負傷",
        "تصوير فيلم جديد في الصحراء",
        "برعاية أممية اتفاق جديد لوقف القتال",
        "ساهم في إنقاذ العشرات قبل وفاته",
        "Urheberrecht gilt auch für Bilder aus der KI",
        "Auteursrecht op muziek wordt strenger",
        "Beeld van Gent beschadigd bij storm",
        "Fonte di energia per tremila famiglie",
        "Durata della legislatura in discussione",
        "Duración del viaje se reduce a la mitad",
        "Chargement des bus électriques : la ville hésite",
        "Cargando con el peso de la crisis",
        "Adblocker verletzen kein Urheberrecht, urteilt der BGH",
        "扫码点餐引发隐私争议",
        "时长缩短，观众却更多",
    ],
)
def test_a_headline_may_begin_with_a_word_of_buttons_and_credits(text: str) -> None:
    assert kind_of(Line(0, text)) == ""
