"""A publisher's form that names one page serves that page's story, and no other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.contacts import Forms, find_contacts_in_links, plainest
from digest.model import Article, Contact, Look, Placement, Score, Story
from digest.renderers.view import view
from digest.renderers.words import words_for
from digest.stages.compose import IssueRule, compose
from digest.stages.section import MORE_NEWS, SectionRule
from tests.stages.newsroom import FERRY, NOW, article

HOME = "https://rookery-mail.example"
FORM = f"{HOME}/forms/report-an-error"
TRAMS, LOCKS = f"{HOME}/town/night-trams-return", f"{HOME}/canal/lock-keepers-strike-88213"


def form(url: str, statement: str = "Report an error") -> Contact:
    return Contact("Rookery Mail", url=url, statement=statement)


def told(headline: str, url: str | None, contact: Contact | None = None, *, brief: bool = False) -> Article:
    return article(headline, *(() if brief else FERRY), publisher="Rookery Mail", url=url, contact=contact)


def trams(contact: Contact | None) -> Article:
    return told("Night trams return after nine years", TRAMS, contact)


def locks(contact: Contact | None = None, **more: Any) -> Article:
    return told("Lock keepers strike for a day", LOCKS, contact, **more)


def for_any(*articles: Article) -> list[str | None]:
    return [contact.address or contact.url for contact in Forms(articles).for_any_page(articles)]


def own(which: Article, *others: Article) -> str | None:
    contact = Forms((which, *others)).own(which)
    return (contact.address or contact.url) if contact else None


NAMING = [
    f"{FORM}?article=night-trams-return",
    f"{FORM}?article=town/night-trams-return",
    f"{FORM}?url={quote(TRAMS, safe='')}",
    f"{FORM}?page={quote('http://www.rookery-mail.example/town/night-trams-return/?utm_source=x', safe='')}",
    f"{FORM}?about=Night+trams+return",
    f"{FORM}?beitrag=20884",
    f"{FORM}?n=7",
    f"{FORM}?night-trams-return",
    f"{FORM}#night-trams-return",
    f"{FORM}#story=night-trams-return",
]


@pytest.mark.parametrize("url", NAMING)
def test_a_form_that_names_a_page_serves_its_story_and_the_others_without_the_name(url: str) -> None:
    one, other = trams(form(url)), locks()
    assert own(one, other) == url
    assert for_any(one, other) == [FORM]


@pytest.mark.parametrize("url", NAMING)
def test_the_same_form_shown_plain_or_an_address_goes_before_one_without_its_name(url: str) -> None:
    desk = Contact("Rookery Mail", address="desk@rookery-mail.example")
    assert for_any(trams(form(url)), locks(form(FORM))) == [FORM]
    assert for_any(trams(form(url)), locks(desk)) == ["desk@rookery-mail.example"]


@pytest.mark.parametrize("url", [f"{FORM}/night-trams-return", f"{FORM}/20884", f"{TRAMS}/report.html"])
def test_a_path_that_names_a_page_is_no_other_storys(url: str) -> None:
    one, other = trams(form(url)), locks()
    assert (own(one, other), for_any(one, other)) == (url, [])


@pytest.mark.parametrize("query", ["topic=corrections", "lang=en", "form=errors", ""])
def test_a_parameter_that_names_no_page_stays(query: str) -> None:
    assert for_any(trams(form(f"{FORM}?{query}")), locks()) == [f"{FORM}?{query}"]
    assert for_any(trams(form(f"{FORM}?{query}&id=20884")), locks()) == [f"{FORM}?{query}".rstrip("?&")]


def test_what_two_pages_show_alike_is_made_for_neither() -> None:
    desk = form(f"{FORM}?desk=12-corrections")
    assert for_any(trams(desk), locks(desk)) == [desk.url, desk.url]
    assert own(trams(desk), locks(desk)) == desk.url


def test_a_brief_does_not_show_the_form_of_the_page_that_it_was_read_from() -> None:
    for url in NAMING:
        assert own(locks(form(url), brief=True), trams(form(url))) is None
        assert own(locks(form(url), brief=True)) is None
    assert own(locks(form(FORM), brief=True)) == FORM
    assert own(locks(form(f"{FORM}?article=lock-keepers-strike-88213"), brief=True)) is not None


def test_a_page_that_names_another_article_does_not_lend_its_form() -> None:
    assert own(locks(form(f"{FORM}?article=night-trams-return")), trams(None)) is None
    assert own(trams(form(f"{FORM}?id=88213")), locks()) is None


def test_what_is_configured_and_an_address_serve_every_story() -> None:
    ours = replace(form(f"{FORM}?article=night-trams-return"), origin="configuration")
    assert own(locks(ours, brief=True), trams(ours)) == ours.url
    assert for_any(locks(ours), trams(ours)) == [ours.url, ours.url]


def test_a_column_of_corrections_is_not_named_by_the_form_of_that_name() -> None:
    column = told("Corrections", f"{HOME}/corrections", form(f"{HOME}/corrections"))
    assert own(trams(form(f"{HOME}/corrections")), column) == f"{HOME}/corrections"
    assert for_any(trams(None), column) == [f"{HOME}/corrections"]


def test_a_sentence_that_spells_the_address_out_is_not_printed_around_another() -> None:
    said = form(f"{FORM}?id=20884", f"Found a mistake? Tell us at {FORM}?id=20884.")
    [contact] = Forms([trams(said)]).for_any_page([trams(said)])
    assert (contact.url, contact.statement) == (FORM, "")


def test_a_page_that_links_its_form_plain_too_is_read_so() -> None:
    links = [(f"{FORM}?id=20884", "Report an error"), (FORM, "Corrections"), (f"{HOME}/about", "About us")]
    found = find_contacts_in_links(links, "Rookery Mail")
    hrefs = {href for href, _ in links}
    assert plainest(found, hrefs) == form(FORM)
    assert plainest(found, hrefs - {FORM}) == form(f"{FORM}?id=20884")
    assert plainest((), hrefs) is None


SLUGS = (
    "night-trams-return",
    "lock-keepers-strike-88213",
    "faehre",
    "story.php?id=20884",
    "a/47110815.html",
    "corrections",
)
NAMES = ("night-trams-return", "lock-keepers-strike-88213", "faehre", "20884", "47110815", "Night trams return")


@st.composite
def newsrooms(draw: st.DrawFn) -> list[Article]:
    """One publisher's articles and the teasers on their pages, with forms of every kind."""
    articles: list[Article] = []
    for number, slug in enumerate(draw(st.lists(st.sampled_from(SLUGS), unique=True, min_size=1))):
        name = NAMES[SLUGS.index(slug)] if slug != "corrections" else "faehre"
        styles = (None, FORM, f"{FORM}?a={quote(name)}", f"{FORM}?x=1&ref={quote(name)}", f"{FORM}/{quote(name)}")
        shown = draw(st.sampled_from(styles))
        contact = form(shown) if shown else None
        headline = "Night trams return" if number == 0 else f"News of the day, number {number}"
        articles.append(told(headline, f"{HOME}/{slug}", contact))
        if draw(st.booleans()):
            articles.append(told(f"A teaser {number}", f"{HOME}/teased-{number}-here", contact, brief=True))
    return articles


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(newsrooms())
def test_no_story_shows_a_contact_that_names_another_article(articles: list[Article]) -> None:
    stories = [Story((each,), Score(1.0), Placement(MORE_NEWS, "")) for each in articles]
    issue = compose(stories, (SectionRule("More news", MORE_NEWS),), IssueRule("The Quay Letter"), NOW)
    names = {each.url: _name_of(each) for each in articles}
    shown = view(issue, words_for("en", Look()))
    for story in shown.stories:
        for url, name in names.items():
            if url != story.href and name and story.report:
                assert name not in unquote_plus(story.report)
    for contact in shown.contacts:
        assert not any(name and name in unquote_plus(contact.href) for name in names.values())


def _name_of(told: Article) -> str:
    slug = (told.url or "").removeprefix(f"{HOME}/")
    return NAMES[SLUGS.index(slug)] if slug in SLUGS and slug != "corrections" else ""
