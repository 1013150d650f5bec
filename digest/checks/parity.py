"""Whether every edition says the same: each headline, link and contact of the issue stands in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from digest.checks.page import EMAIL, TEXT, is_html, is_text, page_of, seen_in, squeeze
from digest.markup import clean_text
from digest.model import Contact, Finding, Issue, Rendition
from digest.urls import safe_href


def parity(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """An error for a contact that an edition leaves out, a warning for a headline or a link."""
    editions = [rendition for rendition in renditions if is_html(rendition) or is_text(rendition)]
    return tuple(finding for rendition in editions for finding in _missing(issue, rendition))


def _missing(issue: Issue, rendition: Rendition) -> Iterator[Finding]:
    seen = squeeze(seen_in(rendition))
    linked = [unquote(url) for _, url in page_of(rendition).links] if is_html(rendition) else []
    reachable = seen + squeeze(" ".join(linked))
    folded = {drop.subject for drop in issue.drops if drop.stage == "email" and drop.reason == "not in the email"}
    for story in issue.stories:
        if rendition.name == EMAIL and story.headline in folded:
            continue
        url = safe_href(story.lead.url) if story.lead.url else None
        written = (squeeze(url), squeeze(unquote(url))) if url and url.startswith(("http:", "https:")) else ()
        if written and not any(form in reachable for form in written):
            words = f"the link of “{story.headline}” is not in it"
            yield Finding("parity", "warning", rendition.name, words, "print every story's link in the template")
        if squeeze(story.headline) not in seen:
            words = f"the headline “{story.headline}” is not in it"
            yield Finding("parity", "warning", rendition.name, words, "print every story in the template")
    own = issue.imprint.corrections
    for contact in (*issue.contacts, *((own,) if own else ())):
        place = _place(contact)
        if squeeze(unquote(place)) not in reachable:
            words = f"the contact {place} is not in it"
            yield Finding("parity", "error", rendition.name, words, "print issue.contacts in the template's footer")
    for name, what, text in _footer(issue, rendition):
        if squeeze(unquote(text)) not in reachable:
            words, remedy = f"{what} is not in it", f"print issue.{name} in the template's footer"
            yield Finding("parity", "warning", rendition.name, words, remedy)


def _footer(issue: Issue, rendition: Rendition) -> Iterator[tuple[str, str, str]]:
    """What a reader of a message must find at its foot: how to leave, and who sends it."""
    imprint = issue.imprint
    if rendition.name not in (EMAIL, TEXT):
        return
    if imprint.unsubscribe:
        yield "unsubscribe", "the way to leave", imprint.unsubscribe.removeprefix("mailto:")
    if imprint.postal_address:
        yield "postal_address", "the postal address", clean_text(imprint.postal_address)


def _place(contact: Contact) -> str:
    return contact.address or contact.url or ""
