"""What a publisher marks as paid for is left out, with its mark as the reason; news about advertising stays."""

from __future__ import annotations

import pytest

from digest.stages.sponsored import mark_of, without_sponsored
from tests.stages.newsroom import article


@pytest.mark.parametrize(
    ("headline", "labels", "mark"),
    [
        ("Sponsored: Ten mattresses that change your sleep", (), "Sponsored"),
        ("[Advertisement] Win a cruise on the strait", (), "Advertisement"),
        ("Win a cruise on the strait (Werbung)", (), "Werbung"),
        ("ANZEIGE – Zehn Matratzen für besseren Schlaf", (), "ANZEIGE"),
        ("Contenu sponsorisé | Dix matelas", (), "Contenu sponsorisé"),
        ("Ten mattresses", ("Home", "Sponsored Content"), "Sponsored Content"),
        ("Sponsored children find new schools", (), ""),
        ("Sponsored ferry sails: the town turns out", (), ""),
        ("Werbung: Der Rat will Plakate am Hafen verbieten", ("Werbung",), ""),
        ("Council (and mayor) vote on advertising", ("Advertising",), ""),
    ],
)
def test_only_a_publisher_s_own_mark_makes_an_advertisement(headline: str, labels: tuple[str, ...], mark: str) -> None:
    assert mark_of(article(headline, labels=labels)) == mark


def test_an_advertisement_is_left_out_with_its_mark_unless_the_editor_pins_it() -> None:
    paid, news = article("Sponsored: Ten mattresses"), article("The ferry is back")
    kept, drops = without_sponsored([paid, news])
    assert kept == (news,)
    assert [(drop.reason, drop.detail) for drop in drops] == [("advertisement", "its publisher marks it “Sponsored”")]
    assert drops[0].subject == paid.headline
    assert without_sponsored([paid, news], {paid.id}) == ((paid, news), ())
