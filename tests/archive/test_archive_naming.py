"""The names a person gives an article: its id, its URL, its exact headline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from digest.archive import open_archive
from tests.stages.newsroom import article

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
FERRY = article('The "Grey Heron" 50% sold_out', "It sails.", url="https://harbour.example/ferry", guid="ferry")
LAMP = article("Lamp dark", "It is out.", url="https://harbour.example/lamp", guid="lamp", source="other")


def test_an_article_is_known_by_its_id_its_url_and_its_exact_headline(fresh: Callable[[], str]) -> None:
    with open_archive(fresh()) as archive:
        archive.store([FERRY, LAMP], (), NOW)
        for name in (FERRY.id, FERRY.url, f"{FERRY.url}?utm_source=mail#top", FERRY.headline):
            assert [each.id for each in archive.named(str(name))] == [FERRY.id]
        assert archive.named("Lamp") == archive.named('The "Grey Heron" 50% sold out') == ()
        assert archive.known(["Lamp dark", "Lamp", FERRY.id]) == {"Lamp dark", FERRY.id}


def test_what_is_gone_is_named_only_where_that_is_asked_for(fresh: Callable[[], str]) -> None:
    with open_archive(fresh()) as archive:
        archive.store([FERRY, LAMP], (), NOW)
        archive.retire("other", (), NOW)
        assert archive.named(LAMP.id) == (LAMP,)
        assert archive.named(LAMP.id, gone=False) == ()


def test_a_headline_is_the_same_in_whichever_quotes_and_dashes_it_is_typed(fresh: Callable[[], str]) -> None:
    said = article("The “Grey Heron” – sold", "It sails.", guid="said")
    with open_archive(fresh()) as archive:
        archive.store([said], (), NOW)
        assert archive.named('The "Grey Heron" - sold') == (said,)
        assert archive.known(['The "Grey Heron" - sold', "The Grey Heron – sold"]) == {'The "Grey Heron" - sold'}


def test_a_headline_of_an_earlier_wording_names_the_article_still(fresh: Callable[[], str]) -> None:
    lit = article("Lamp lit", "It is on.", url=LAMP.url, guid="lamp", source="other")
    with open_archive(fresh()) as archive:
        archive.store([LAMP], (), NOW)
        archive.store([lit], (), NOW + timedelta(hours=1))
        assert archive.named("Lamp dark") == archive.named("Lamp lit") == (lit,)


def test_a_headline_of_any_length_can_be_found(fresh: Callable[[], str]) -> None:
    endless = article("Lamp " * 20_000, "It is on.", guid="endless")
    with open_archive(fresh()) as archive:
        archive.store([endless], (), NOW)
        assert [each.id for each in archive.named(endless.headline)] == [endless.id]
