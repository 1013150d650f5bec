"""What stands in the way of an article is told for what it is, and an article that only speaks of it is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.formats.html import read
from digest.model import Article, Document, Drop, Hints
from digest.sources.following import NO_FULL_TEXT, fill
from tests.formats.documents import PARAGRAPHS, body, only, page
from tests.formats.documents import read as read_page

WALLS = sorted((Path(__file__).parent / "walls").glob("*.html"), key=lambda path: path.name)
ADDRESS = "https://post.example/world/ferry"
TEASERS = {
    "en": ("Ferry returns to Brunness after nine days", "The old ferry sailed again on Monday."),
    "de": ("Die Fähre nach Brunness fährt wieder", "Die alte Fähre ist am Montag wieder ausgelaufen."),
    "fr": ("Le ferry de Brunness reprend la mer", "Le vieux ferry a repris la mer lundi."),
    "it": ("Il traghetto per Brunness torna in mare", "Il vecchio traghetto è tornato in mare lunedì."),
    "es": ("El transbordador de Brunness vuelve a zarpar", "El viejo transbordador volvió a zarpar el lunes."),
}
HEADLINE = "Ferry to sail until March"


@pytest.mark.parametrize("path", WALLS, ids=lambda path: path.stem)
def test_a_wall_gives_no_article_and_the_teaser_keeps_its_own_text(path: Path) -> None:
    kind = path.read_text().partition("-->")[0].removeprefix("<!--").strip()
    reading = read(Document("post", path.name, path.read_bytes(), "text/html", "utf-8", ADDRESS), Hints("post"))
    assert [article for article in reading.articles if article.kind == "full"] == []
    assert kind in {drop.reason for drop in reading.drops}
    headline, standfirst = TEASERS[path.name[:2]]
    kept = fill(Article("1", "2", "post", headline, "brief", standfirst=standfirst, url=ADDRESS), reading, path.name)
    assert isinstance(kept, Drop)
    assert kept.reason == NO_FULL_TEXT
    assert kept.detail.startswith(kind)


def test_what_a_paywall_leaves_is_a_brief() -> None:
    path = next(path for path in WALLS if path.stem == "en-paywall-nometa")
    brief = only(read(Document("post", path.name, path.read_bytes(), "text/html", "utf-8", ADDRESS), Hints("post")))
    assert (brief.kind, brief.headline, brief.blocks) == ("brief", TEASERS["en"][0], ())
    assert brief.standfirst.startswith("The old ferry sailed again on Monday")


LONG = [f"{sentence} {more}" for sentence, more in zip(PARAGRAPHS, reversed(PARAGRAPHS), strict=True)]
OFFER = (
    "<div class='offer'><h3>Subscribe to keep reading</h3><p>Already a subscriber? Log in.</p>"
    "<p>You have no free articles left. Unlimited access for one crown a week; cancel at any time.</p></div>"
)


def test_what_stands_before_a_paywall_is_kept_where_it_is_an_article_by_itself() -> None:
    reading = read_page(page(f"<article><h1>{HEADLINE}</h1>{body(*LONG)}{OFFER}</article>"))
    assert only(reading).paragraphs == tuple(LONG)


def test_the_cut_is_told() -> None:
    wall = "<p>To continue reading, choose a plan: one crown a week for unlimited access.</p>"
    inside = f"<h1>{HEADLINE}</h1>{body(*LONG)}{wall}"
    reading = read_page(page(f"<article>{inside}</article>"))
    assert only(reading).paragraphs == tuple(LONG)
    assert [drop.reason for drop in reading.drops if drop.reason != "furniture"] in ([], ["paywall"])


@pytest.mark.parametrize(
    "told",
    [
        "The paper has 40,000 subscribers, each of whom pays ten crowns a month and may cancel at any time, it said.",
        "Its rival offers unlimited access to films for nine crowns a month, and the first month costs nothing at all.",
        "The court held that a site must ask before it sets cookies, and that its partners are bound by the answer.",
        "Whoever asked for the old address was told that the page was not found, which the ministry called an error.",
        "One in three readers uses an ad blocker, the publishers' union says, and one in ten pays for a subscription.",
        "Le premier mois coûte un euro, puis dix euros par mois, sans engagement, a dit le directeur du journal.",
        "Das Abo kostet zehn Euro im Monat und ist monatlich kündbar, wie der Verlag am Dienstag in der Stadt sagte.",
    ],
)
def test_an_article_that_reports_on_such_things_is_one(told: str) -> None:
    article = only(read_page(page(f"<div><h1>{HEADLINE}</h1>{body(*PARAGRAPHS[:5], told)}</div>")))
    assert article.paragraphs == (*PARAGRAPHS[:5], told)


def test_a_box_beside_a_short_report_is_no_wall() -> None:
    inside = f"<article><h1>{HEADLINE}</h1>{body(*PARAGRAPHS[:5])}</article>{OFFER}"
    assert only(read_page(page(inside))).paragraphs == PARAGRAPHS[:5]
