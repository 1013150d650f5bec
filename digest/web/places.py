"""Where on the preview's page that stands which a finding is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.model import Finding, Issue

_SECTIONS = {
    "issue.html": "email",
    "issue.txt": "text",
    "web.html": "web",
    "issue.eml": "message",
    "the subject": "envelope",
    "the preheader": "envelope",
    "the whole issue": "envelope",
}
_QUOTED = re.compile(r"“(.+?)”", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A section of the page by its id, and the words in it to go to, "" for its beginning."""

    section: str
    words: str = ""


def place_of(finding: Finding, issue: Issue) -> Place | None:
    """Where to look: the words that the finding quotes in the edition it names, or the story; None for nowhere here."""
    if finding.place in _SECTIONS:
        quoted = _QUOTED.search(finding.words)
        return Place(_SECTIONS[finding.place], quoted[1] if quoted else "")
    named = _QUOTED.search(finding.place)
    subject = named[1] if named else finding.place
    for story in issue.stories:
        if subject in (story.headline, story.lead.headline, *(article.publisher for article in story.articles)):
            return Place("email", story.headline)
    return None
