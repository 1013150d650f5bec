"""What labelled articles teach holds for those without a label, the same whatever the order, and says its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.errors import FormatError
from digest.language import analyse
from digest.model import Article, Placement, Story
from digest.stages.section import (
    Classifier,
    Example,
    SectionRule,
    example_of,
    from_bytes,
    place,
    sections,
    to_bytes,
    train,
)
from tests import strategies
from tests.stages.newsroom import article

RULES = sections([SectionRule("Harbour"), SectionRule("Orchard")])
# Words that are in no list of keywords, so that only what was learned can tell them.
BOATS = ["keel", "mast", "rope", "barnacle", "tiller", "hawser", "bilge", "anchor", "rudder", "jib", "buoy", "sextant"]
TREES = [
    "apple",
    "pear",
    "graft",
    "blossom",
    "cider",
    "scion",
    "mulch",
    "trellis",
    "sapling",
    "quince",
    "medlar",
    "pip",
]


def lessons(words: Sequence[str], label: str, number: int = 12, **facts: Any) -> Iterator[Article]:
    """Articles under a label, each with other words of the section's own."""
    for each in range(number):
        some = Random(f"{label}{each}").sample(list(words), 6)
        text = (
            f"The old {some[0]} and the {some[1]} were beside the {some[2]}.",
            f"A {some[3]}, a {some[4]}, a {some[5]}.",
        )
        yield article(f"Number {each}: {some[0]} and {some[1]}", *text, labels=(label,), guid=f"{label}{each}", **facts)


def examples(*given: Article) -> list[Example]:
    return [example for each in given if (example := example_of(each, analyse(each), RULES))]


def taught(*given: Article) -> dict[str, Classifier]:
    return train(examples(*given))


def placed(one: Article, learned: dict[str, Classifier]) -> Placement:
    return place(Story((one,)), analyse(one), RULES, learned=learned)


TAUGHT = taught(*lessons(BOATS, "Harbour"), *lessons(TREES, "Orchard"))
UNLABELLED = article("A quiet Tuesday", "They carried the hawser and the barnacle past the bilge to a new rudder.")


def test_an_article_without_a_label_stands_where_labelled_ones_with_its_words_stand() -> None:
    assert placed(UNLABELLED, {}).slug == "more-news"
    found = placed(UNLABELLED, TAUGHT)
    assert found.slug == "harbour"
    assert 0.5 <= found.confidence <= 1


def test_the_reason_names_the_words_that_said_most_as_they_are_written_and_how_many_articles_taught_them() -> None:
    reason = placed(UNLABELLED, TAUGHT).reason
    assert reason.startswith("its words, as in 12 labelled articles: ")
    assert {word.strip("“”, ") for word in reason.partition(": ")[2].split()} <= set(
        UNLABELLED.blocks[0].text.rstrip(".").split()
    )


def test_what_the_publisher_says_goes_before_what_was_learned() -> None:
    labelled = article("Hawser and bilge", "A rudder, a jib, a keel.", labels=("Orchard",))
    assert placed(labelled, TAUGHT).reason == "the publisher's label “Orchard”"


def test_a_section_that_nothing_was_labelled_with_is_still_found_by_its_keywords() -> None:
    election = article("Parliament rejects the bill", "The minister lost the election; the opposition wants a vote.")
    found = placed(election, TAUGHT)
    assert (found.slug, found.reason.partition(":")[0]) == ("politics", "its words")


def test_an_article_of_another_language_is_none_of_its_business() -> None:
    german = article("Ruhiger Dienstag", "Am hawser, barnacle, bilge und rudder wurde nichts getan.", language="de")
    assert placed(german, TAUGHT).slug == "more-news"


def test_each_language_has_its_own() -> None:
    german = [*lessons(BOATS, "Harbour", language="de"), *lessons(TREES, "Orchard", language="de-CH")]
    both = taught(*lessons(BOATS, "Harbour"), *lessons(TREES, "Orchard"), *german)
    assert sorted(both) == ["de", "en"]
    assert both["en"] == TAUGHT["en"]


def test_a_few_examples_teach_nothing() -> None:
    assert taught(*lessons(BOATS, "Harbour", 9), *lessons(TREES, "Orchard")) == {}


def test_an_article_that_does_not_say_its_section_is_no_example() -> None:
    assert examples(UNLABELLED, article("A quiet Tuesday", labels=("Exclusive",))) == []
    assert [each.section for each in examples(article("Quiet", url="https://post.example/sport/1"))] == ["sport"]


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_examples_changes_no_byte(random: Any) -> None:
    given = [*lessons(BOATS, "Harbour"), *lessons(TREES, "Orchard")]
    random.shuffle(given)
    assert to_bytes(taught(*given)) == to_bytes(TAUGHT)


def test_what_is_kept_is_what_was_learned() -> None:
    assert from_bytes(to_bytes(TAUGHT)) == TAUGHT


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"version": 0, "languages": {}}', b'{"version": 1}', b"\xff"])
def test_what_is_no_classifier_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="classifier"):
        from_bytes(data)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles())
def test_any_article_is_placed_in_a_section_there_is_with_a_reason(one: Article) -> None:
    found = placed(one, TAUGHT)
    assert found.slug in {rule.slug for rule in RULES}
    assert found.reason
    assert 0 <= found.confidence <= 1
