"""What is wrong with an issue as it was rendered, and what to do about it.

A check looks at the issue and at the renditions it is given, which may be some of them only, and
says what it finds; it changes nothing and never raises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digest.checks.contacts import contact_domain, correction_contact
from digest.checks.envelope import preheader, subject
from digest.checks.leftovers import leftovers
from digest.checks.links import links
from digest.checks.parity import parity
from digest.checks.size import html_size, style_size
from digest.checks.summaries import summaries
from digest.model import Finding, Issue, Rendition, Severity
from digest.ports import Check

CHECKS: Mapping[str, Check] = {
    "correction-contact": correction_contact,
    "contact-domain": contact_domain,
    "html-size": html_size,
    "style-size": style_size,
    "subject": subject,
    "preheader": preheader,
    "leftovers": leftovers,
    "links": links,
    "parity": parity,
    "summaries": summaries,
}
"""Every check by the name that its findings carry."""

_ORDER: Mapping[Severity, int] = {"error": 0, "warning": 1, "notice": 2}


def run_checks(issue: Issue, renditions: Sequence[Rendition]) -> tuple[Finding, ...]:
    """Everything the checks have to say, errors first."""
    found = (finding for check in CHECKS.values() for finding in check(issue, renditions))
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))
