"""What is wrong with an issue as it was rendered, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digest.model import Finding, Issue, Rendition
from digest.ports import Check

CHECKS: Mapping[str, Check] = {}


def run_checks(issue: Issue, renditions: Sequence[Rendition]) -> tuple[Finding, ...]:
    """Everything the checks have to say, errors first."""
    return tuple(finding for check in CHECKS.values() for finding in check(issue, renditions))
