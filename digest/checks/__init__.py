"""What is wrong with an issue as it was rendered, and what to do about it.

A check looks at the issue and at the renditions it is given, which may be some of them only, and
says what it finds; it changes nothing and never raises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digest.checks.accessibility import alternatives, headings, language, link_text, tables
from digest.checks.contacts import contact_domain, contact_form, correction_contact
from digest.checks.contrast import contrast, dark_rules_that_lose
from digest.checks.envelope import preheader, subject
from digest.checks.images import images
from digest.checks.leftovers import leftovers
from digest.checks.links import links, same_links
from digest.checks.mail import mail
from digest.checks.parity import parity
from digest.checks.size import html_size, length, style_size
from digest.checks.summaries import summaries
from digest.checks.support import client_support
from digest.model import Finding, Issue, Rendition, Severity
from digest.ports import Check

CHECKS: Mapping[str, Check] = {
    "correction-contact": correction_contact,
    "contact-domain": contact_domain,
    "contact-form": contact_form,
    "length": length,
    "html-size": html_size,
    "style-size": style_size,
    "subject": subject,
    "preheader": preheader,
    "leftovers": leftovers,
    "links": links,
    "same-links": same_links,
    "parity": parity,
    "summaries": summaries,
    "alt": alternatives,
    "language": language,
    "headings": headings,
    "tables": tables,
    "link-text": link_text,
    "contrast": contrast,
    "dark-rules": dark_rules_that_lose,
    "images": images,
    "message": mail,
    "client-support": client_support(),
}
"""Every check by the name that its findings carry."""

_ORDER: Mapping[Severity, int] = {"error": 0, "warning": 1, "notice": 2}


def run_checks(
    issue: Issue, renditions: Sequence[Rendition], checks: Mapping[str, Check] = CHECKS
) -> tuple[Finding, ...]:
    """Everything the checks have to say, errors first; of a check that fails itself, that."""
    found = (finding for name, check in checks.items() for finding in _run(name, check, issue, renditions))
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


def _run(name: str, check: Check, issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    try:
        return tuple(check(issue, renditions))
    except Exception as error:  # noqa: BLE001 - a check may be anybody's: its fault must not cost the others
        words = f"the check itself failed: {type(error).__name__}: {error}"
        return (Finding(name, "error", "the check", words, "mend or uninstall the package that brings it"),)
