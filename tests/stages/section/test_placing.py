"""A story stands under the heading an editor would give it, and the reason can be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from digest.language import analyse
from digest.model import Article, Contact, Placement, Story
from digest.stages.section import MORE_NEWS, SectionRule, place, sections
from tests import strategies
from tests.conftest import ROOT
from tests.stages.newsroom import FERRY, article

EXAMPLES = [
    tuple(part.strip() for part in line.split("|"))
    for line in Path(__file__).with_name("examples.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def placed(one: Article, *configured: SectionRule, **more: Any) -> Placement:
    return place(Story((one,)), analyse(one), sections(configured), **more)


def slug_of(*facts: str, **more: Any) -> str:
    return placed(article("A quiet Tuesday", *facts, **more)).slug


@pytest.mark.parametrize(("language", "slug", "headline", "standfirst"), EXAMPLES)
def test_words_alone_tell_the_section(language: str, slug: str, headline: str, standfirst: str) -> None:
    assert placed(article(headline, standfirst=standfirst, language=language)).slug == slug


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Foreign Affairs", "foreign-affairs"),
        ("Ausland", "foreign-affairs"),
        ("Esteri", "foreign-affairs"),
        ("MONDE", "foreign-affairs"),
        ("Mundo", "foreign-affairs"),
        ("World / Asia", "foreign-affairs"),
        ("News > Science & Environment", "science-technology"),
        ("Économie", "business"),
        ("Wirtschaft", "business"),
        ("UK politics", "politics"),
        ("Politique fédérale", "politics"),
        ("Santé", "health"),
        ("Società", "society"),
        ("Fußball", "sport"),
        ("Arts and Culture", "culture"),
        ("foreign-policy", "foreign-affairs"),
    ],
)
def test_the_publishers_label_tells_the_section(label: str, slug: str) -> None:
    found = placed(article("A quiet Tuesday", labels=(label,)))
    assert found.slug == slug
    assert found.reason == f"the publisher's label “{label}”"
    assert found.confidence >= 0.8


def test_a_label_goes_before_the_address_and_the_address_before_words() -> None:
    url = "https://post.example/sport/the-council-votes"
    words = ("The minister lost the election and the parliament rejected the bill.",)
    assert slug_of(*words) == "politics"
    assert slug_of(*words, url=url) == "sport"
    assert slug_of(*words, url=url, labels=("Health",)) == "health"


def test_a_label_that_says_nothing_leaves_it_to_the_others() -> None:
    assert slug_of(labels=("Exclusive",), url="https://post.example/sport/1") == "sport"


def test_of_many_labels_the_section_is_what_most_say() -> None:
    assert slug_of(labels=("China", "Economy", "Trade")) == "business"


def test_a_label_that_names_a_section_goes_before_one_that_has_it_in_it() -> None:
    assert slug_of(labels=("Talking about health", "Sport")) == "sport"


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://post.example/news/world/2026/11/a-quiet-tuesday", "foreign-affairs"),
        ("https://post.example/politik/ausland/ein-ruhiger-dienstag.html", "foreign-affairs"),
        ("https://sport.post.example/2026/a-quiet-tuesday", "sport"),
        ("https://post.example/news/business-60231144", "business"),
        ("https://post.example/news/world-europe-60231144", "foreign-affairs"),
        ("https://post.example/foreign-affairs/a-quiet-tuesday", "foreign-affairs"),
        ("https://post.example/%C3%A9conomie/un-mardi", "business"),
        ("https://post.example/it/un-martedi", MORE_NEWS),
        ("https://post.example/2026/11/20/sport-and-health-on-a-quiet-tuesday", MORE_NEWS),
        ("https://post.example", MORE_NEWS),
    ],
)
def test_a_part_of_the_address_tells_the_section(url: str, slug: str) -> None:
    assert slug_of(url=url) == slug


def test_a_label_of_another_telling_serves_where_the_lead_has_none() -> None:
    lead = article("A quiet Tuesday", url="https://post.example/sport/1")
    other = article("A quiet Tuesday", labels=("Health",), guid="other")
    assert place(Story((lead, other), merged=("a copy",)), analyse(lead), sections()).slug == "health"


def test_the_part_is_named() -> None:
    assert placed(article("A quiet Tuesday", url="https://post.example/sport/1")).reason == "“sport” in its address"


def test_the_telling_words_are_named() -> None:
    found = placed(article("The embassy closes", standfirst="The ambassador left, a minister said."))
    assert found.slug == "foreign-affairs"
    assert found.reason == "its words: “embassy”, “ambassador”"
    assert 0.5 < found.confidence <= 1


def test_one_everyday_word_is_not_enough() -> None:
    found = placed(article("A quiet Tuesday", standfirst="Nobody bought a ticket for the train."))
    assert found == Placement(MORE_NEWS, "nothing spoke clearly for another section", 0.0)


def test_the_headline_counts_for_more_than_the_body() -> None:
    body = ("Dust lay on the shelves.",) * 3
    assert (
        placed(article("Film star returns to the cinema", *body, "The match was a football match.")).slug == "culture"
    )
    assert placed(article("Football match returns", *body, "The film star was in the cinema.")).slug == "sport"


def test_an_unknown_language_is_read_as_the_newsletters() -> None:
    one = article("Die Botschaft schliesst", standfirst="Der Botschafter ist abgereist.", language="und")
    assert placed(one, language="de").slug == "foreign-affairs"
    assert placed(one, language="en").slug == MORE_NEWS


def test_a_language_without_words_is_placed_by_what_the_editor_names() -> None:
    one = article("Ambasada se închide", language="ro")
    assert placed(one).slug == MORE_NEWS
    assert placed(one, SectionRule("Abroad", "foreign-affairs", keywords=("ambasadă",))).slug == "foreign-affairs"


VOTE = ("The parliament passed the bill, and the opposition called for an election.",)


def test_politics_of_another_country_is_foreign_affairs_to_those_who_are_not_at_home_there() -> None:
    one = article("Parliament in Canada votes", *VOTE)
    assert placed(one).slug == "politics"
    found = placed(one, home=("Switzerland",))
    assert found.slug == "foreign-affairs"
    assert found.reason.endswith("it is politics in another country, “canada”")
    assert placed(one, home=("Kanada",)).slug == "politics"
    assert placed(article("Swiss watch Kenya", *VOTE), home=("Svizzera",)).slug == "politics"


@pytest.mark.parametrize(
    "facts",
    [
        {"url": "https://post.co.uk/1"},
        {"contact": Contact("Post", address="desk@post.uk")},
        {"publisher": "post.uk"},
    ],
)
def test_home_is_where_the_publisher_is(facts: dict[str, Any]) -> None:
    assert placed(article("Parliament in Canada votes", *VOTE, **facts)).slug == "foreign-affairs"
    assert placed(article("Parliament in London votes", *VOTE, **facts)).slug == "politics"


def test_a_domain_that_anyone_may_have_tells_no_home() -> None:
    assert placed(article("Parliament in Canada votes", *VOTE, url="https://post.co/1")).slug == "politics"


def test_what_no_domain_tells_the_language_does() -> None:
    assert placed(article("Parliament in Kenya votes", *VOTE)).slug == "foreign-affairs"
    vote = "Das Parlament hat das Gesetz abgelehnt, die Opposition verlangt Wahlen."
    assert placed(article("Streit in Kanada", vote, language="de")).slug == "foreign-affairs"
    assert placed(article("Streit in Österreich", vote, language="de")).slug == "politics"


def test_an_organisation_written_in_two_ways_is_one_word() -> None:
    found = placed(article("Un sommet de l’ONU", "L’Onu réunit des ministres.", language="fr"))
    assert found.reason.lower().count("onu") == 1


def test_two_countries_speak_for_foreign_affairs_where_one_does_not() -> None:
    assert placed(article("A Japanese Tuesday")).slug == MORE_NEWS
    assert placed(article("A Japanese Tuesday in Peru and Norway")).slug == "foreign-affairs"


def test_configured_sections_come_first_and_more_news_last() -> None:
    rules = sections((SectionRule("The Sea", labels=("Shipping",)), SectionRule("Sports desk", "sport", weight=2.0)))
    assert [rule.slug for rule in rules[:3]] == ["the-sea", "sport", "foreign-affairs"]
    assert [rule.slug for rule in rules].count("sport") == 1
    assert rules[1] == SectionRule("Sports desk", "sport", weight=2.0)
    assert rules[-1].slug == MORE_NEWS


def test_more_news_stays_last_wherever_it_is_configured() -> None:
    rules = sections((SectionRule("And the rest", MORE_NEWS), SectionRule("The Sea")))
    assert rules[-1] == SectionRule("And the rest", MORE_NEWS)


def test_a_title_in_any_language_names_a_section_of_the_program() -> None:
    assert sections((SectionRule("Wirtschaft", max_stories=3),))[0] == SectionRule(
        "Wirtschaft", "business", max_stories=3
    )


def test_a_configured_section_without_a_title_keeps_the_programs() -> None:
    assert sections((SectionRule("", "health", weight=2.0),), "de")[0].title == "Gesundheit"


def test_every_section_has_a_title_in_every_language_that_the_newsletter_speaks() -> None:
    for words in sorted((ROOT / "templates" / "words").glob("*.toml")):
        english = {rule.slug: rule.title for rule in sections((), "en")}
        own = {rule.slug: rule.title for rule in sections((), words.stem)}
        same = {slug for slug, title in own.items() if title == english[slug]}
        assert words.stem == "en" or same <= {"sport", "culture"}, (words.stem, same)


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "More news"), ("de", "Weitere Nachrichten"), ("fr", "Autres nouvelles"), ("it", "Altre notizie"),
     ("es", "Más noticias"), ("nl", "Meer nieuws"), ("pl", "More news")],
)  # fmt: skip
def test_sections_are_called_what_readers_of_the_newsletter_call_them(language: str, title: str) -> None:
    assert sections((), language)[-1].title == title


def test_an_editors_labels_and_keywords_count() -> None:
    sea = SectionRule("The Sea", "sea", labels=("Shipping",), keywords=("ferry", "Grey Heron"))
    assert placed(article("A quiet Tuesday", labels=("Shipping",)), sea).slug == "sea"
    assert placed(article("Ferries stop", standfirst="The Grey Heron leaks."), sea).slug == "sea"
    assert placed(article("A quiet Tuesday", labels=("the sea",)), sea).slug == "sea"


def test_an_editors_label_goes_before_the_programs() -> None:
    assert placed(
        article("A quiet Tuesday", labels=("Football",)), SectionRule("Pitch", labels=("football",))
    ).slug == ("pitch")


def test_a_label_that_is_its_slug_places_a_whole_source() -> None:
    assert slug_of(*FERRY, labels=("science-technology",)) == "science-technology"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles())
def test_any_article_has_a_section_that_exists_and_a_reason(one: Article) -> None:
    found = placed(one)
    assert found.slug in {rule.slug for rule in sections()}
    assert found.reason
    assert 0 <= found.confidence <= 1
