"""What the checks found: for a person in words, for a program as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from digest.model import Finding

MOST_PLACES = 3


def show(findings: Sequence[Finding], checks: int, *, verbose: bool = False) -> None:
    """Print what the checks found: check, severity, where, what, and what to do; notices only when `verbose`."""
    shown = [finding for finding in findings if verbose or finding.severity != "notice"]
    for finding in together(shown, None if verbose else MOST_PLACES):
        colour = {"error": "red", "warning": "yellow"}.get(finding.severity)
        mark = click.style(finding.severity, fg=colour, bold=finding.severity == "error")
        click.echo(f"{mark}  {finding.check}  {finding.place}")
        click.echo(click.wrap_text(finding.words, 100, "    ", "    "))
        if finding.remedy:
            click.echo(click.wrap_text(f"→ {finding.remedy}", 100, "    ", "      "))
    hidden = " (-v tells them)" if len(shown) < len(findings) else ""
    click.echo(f"{checks} checks: {counted(findings)}{hidden}")


def together(findings: Iterable[Finding], most: int | None = MOST_PLACES) -> Iterator[Finding]:
    """The findings, those that say the same of several places as one of them all; of more than `most` the rest counted.

    Thirty publishers without a contact are one thing to mend.
    """
    places: dict[Finding, list[str]] = {}
    for finding in findings:
        places.setdefault(replace(finding, place=""), []).append(finding.place)
    for said, where in places.items():
        more = f" and {len(where) - most} more" if most and len(where) > most else ""
        yield replace(said, place=", ".join(where[:most]) + more)


def counted(findings: Iterable[Finding]) -> str:
    """How many findings there are of each severity, such as "1 error, 2 warnings"."""
    counts: Counter[str] = Counter(finding.severity for finding in findings)
    kinds = [kind for kind in ("error", "warning", "notice") if counts[kind]]
    return ", ".join(f"{counts[kind]} {kind}{'s' * (counts[kind] > 1)}" for kind in kinds) or "nothing to say"


def as_json(findings: Iterable[Finding]) -> str:
    """The findings for a program."""
    return json.dumps([plain(finding) for finding in findings], ensure_ascii=False, indent=2)


def plain(finding: Finding) -> dict[str, str]:
    """A finding as JSON has it."""
    return {
        "check": finding.check,
        "severity": finding.severity,
        "place": finding.place,
        "words": finding.words,
        "remedy": finding.remedy,
    }
