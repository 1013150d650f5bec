"""Whether every edition says the same: each headline and each contact of the issue stands in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from digest.checks.page import is_html, is_text, page_of, seen_in, squeeze
from digest.model import Contact, Finding, Issue, Rendition


def parity(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """An error for a contact that an edition leaves out, a warning for a headline."""
    editions = [rendition for rendition in renditions if is_html(rendition) or is_text(rendition)]
    return tuple(finding for rendition in editions for finding in _missing(issue, rendition))


def _missing(issue: Issue, rendition: Rendition) -> Iterator[Finding]:
    seen = squeeze(seen_in(rendition))
    linked = [unquote(url) for _, url in page_of(rendition).links] if is_html(rendition) else []
    reachable = seen + squeeze(" ".join(linked))
    for story in issue.stories:
        if squeeze(story.headline) not in seen:
            words = f"the headline “{story.headline}” is not in it"
            yield Finding("parity", "warning", rendition.name, words, "print every story in the template")
    own = issue.imprint.corrections
    for contact in (*issue.contacts, *((own,) if own else ())):
        place = _place(contact)
        if squeeze(unquote(place)) not in reachable:
            words = f"the contact {place} is not in it"
            yield Finding("parity", "error", rendition.name, words, "print issue.contacts in the template's footer")


def _place(contact: Contact) -> str:
    return contact.address or contact.url or ""
