"""Whether readers learn where to report an error, and whether that place is the publisher's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.model import Contact, Finding, Issue, Rendition
from digest.urls import domain_of

_REMEDY = "set corrections under [newsletter] in digest.toml to an address or a form of yours"


def correction_contact(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """An error where there is no place to report errors at all, a warning for a publisher without one."""
    if issue.imprint.corrections:
        return ()
    articles = [article for story in issue.stories for article in story.articles]
    if not issue.contacts and not any(article.contact for article in articles):
        words = "nowhere in this issue can a reader report an error: no page states a contact and none is configured"
        return (Finding("correction-contact", "error", "the whole issue", words, _REMEDY),)
    reachable = {contact.publisher.casefold() for contact in issue.contacts}
    publishers = dict.fromkeys(article.publisher for article in articles if not article.contact)
    return tuple(
        Finding(
            "correction-contact",
            "warning",
            publisher or "articles without a publisher",
            "there is no contact for errors in these articles",
            f"set contact for the source in digest.toml, or {_REMEDY}",
        )
        for publisher in publishers
        if publisher.casefold() not in reachable
    )


def contact_domain(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A warning for a contact found on a page that is of another domain than the articles of its publisher."""
    return tuple(_on_other_domain(issue))


def _on_other_domain(issue: Issue) -> Iterator[Finding]:
    articles = [article for story in issue.stories for article in story.articles]
    for contact in issue.contacts:
        own = {
            domain_of(article.url)
            for article in articles
            if article.url and article.publisher.casefold() == contact.publisher.casefold()
        }
        if contact.origin == "page" and own and not own & _domains(contact):
            place = contact.address or contact.url
            yield Finding(
                "contact-domain",
                "warning",
                contact.publisher,
                f"its pages name {place}, while its articles are on {', '.join(sorted(own))}",
                f"look whether {place} is theirs; set contact for the source in digest.toml to what is right",
            )


def contact_form(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A notice for a form that stands in the issue without what names the page that it was found on."""
    shown = {
        article.contact.url
        for story in issue.stories
        for article in story.articles
        if article.contact and article.contact.url
    }
    return tuple(
        Finding(
            "contact-form",
            "notice",
            contact.publisher,
            f"its form stands here without the article that its page named: {contact.url}",
            "see whether it opens; set contact for the source in digest.toml to what is right",
        )
        for contact in issue.contacts
        if contact.url and contact.origin == "page" and contact.url not in shown
        if any(url.startswith((f"{contact.url}?", f"{contact.url}#", f"{contact.url}&")) for url in shown)
    )


def _domains(contact: Contact) -> set[str]:
    return {domain_of(place) for place in (contact.address, contact.url) if place}
