"""A newsletter learns its sections from what its archive holds, once, and the same whenever that came."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.archive import open_archive
from digest.archive.store import Archive
from digest.config import Settings
from digest.model import Article
from digest.pipeline.teaching import taught
from digest.stages import section
from tests.stages.newsroom import NOW, article, hours_ago
from tests.stages.section.test_classifier import BOATS, TREES, lessons

SECTIONS = Settings.model_validate({"section": [{"title": "Harbour"}, {"title": "Orchard"}]})
LABELLED = [*lessons(BOATS, "Harbour", published=hours_ago(30)), *lessons(TREES, "Orchard", published=hours_ago(40))]
UNLABELLED = article("A quiet Tuesday", "The hawser, the barnacle and the bilge.", published=hours_ago(2))


def learned(archive: Archive, *articles: Article, settings: Settings = SECTIONS) -> bytes:
    return section.to_bytes(taught(articles or (UNLABELLED,), settings, archive, NOW))


@pytest.fixture
def no_training(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("trained again")

    monkeypatch.setattr(section, "train", refuse)


def test_what_was_learned_is_kept_and_taken_from_there(request: pytest.FixtureRequest) -> None:
    with open_archive("sqlite://") as archive:
        archive.store(LABELLED, (), NOW)
        first = learned(archive)
        assert b'"harbour":12' in first
        request.getfixturevalue("no_training")
        assert learned(archive) == first


def test_it_does_not_matter_in_which_order_or_how_many_at_a_time_the_articles_came() -> None:
    with open_archive("sqlite://") as one, open_archive("sqlite://") as other:
        one.store([*LABELLED, UNLABELLED], (), NOW)
        for number, each in enumerate(reversed([*LABELLED, UNLABELLED])):
            other.store([each], (), NOW + timedelta(minutes=number))
            learned(other)
        assert learned(one) == learned(other)


def test_enough_new_articles_teach_anew_and_few_do_not() -> None:
    more = list(lessons(BOATS, "Harbour", 24, published=hours_ago(20)))[12:]
    with open_archive("sqlite://") as archive:
        archive.store(LABELLED, (), NOW)
        first = learned(archive)
        archive.store(more[:1], (), NOW)
        assert learned(archive) == first
        archive.store(more, (), NOW)
        assert learned(archive) != first


def test_other_sections_teach_anew() -> None:
    with open_archive("sqlite://") as archive:
        archive.store(LABELLED, (), NOW)
        assert learned(archive) != learned(archive, settings=Settings())


def test_a_later_article_teaches_nothing_to_an_earlier_issue() -> None:
    with open_archive("sqlite://") as archive:
        archive.store(LABELLED, (), NOW)
        first = learned(archive)
        archive.store(lessons(BOATS, "Harbour", 40, published=NOW + timedelta(days=9), source="later"), (), NOW)
        assert learned(archive) == first


def test_nothing_is_learned_when_every_article_says_its_section(no_training: None) -> None:
    with open_archive("sqlite://") as archive:
        archive.store(LABELLED, (), NOW)
        assert taught(LABELLED, SECTIONS, archive, NOW) == {}


def test_what_an_older_program_kept_is_learned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_archive("sqlite://") as archive:
        archive.store(LABELLED, (), NOW)
        first = learned(archive)
        monkeypatch.setattr(archive, "classifiers", lambda *_: b'{"version": 0}')
        assert learned(archive) == first
