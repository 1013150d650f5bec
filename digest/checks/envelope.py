"""What an inbox shows before the email is opened."""

from __future__ import annotations

from collections.abc import Sequence

from digest.model import Finding, Issue, Rendition, Severity

SUBJECT_LENGTH = 78
PREHEADER_LENGTH = 110


def subject(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A warning for a subject that is missing or that an inbox would cut."""
    return _line("subject", issue.subject, SUBJECT_LENGTH, "warning")


def preheader(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A notice for a preview text that is missing or that an inbox would cut."""
    return _line("preheader", issue.preheader, PREHEADER_LENGTH, "notice")


def _line(name: str, text: str, most: int, severity: Severity) -> Sequence[Finding]:
    if not text.strip():
        remedy = "it is made of the headlines of the first stories: look at those"
        return (Finding(name, severity, f"the {name}", "it is empty", remedy),)
    if len(text) > most:
        words = f"{len(text)} characters, of which inboxes show about {most}"
        return (Finding(name, severity, f"the {name}", words, "shorten it"),)
    return ()
