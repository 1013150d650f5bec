"""What a command says of an issue it made: for a person as a table, for a program as JSON."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from digest.model import Drop, Finding
    from digest.pipeline import Draft


def show(draft: Draft, written: Sequence[Path], *, verbose: bool = False) -> None:
    """Print sections, stories, what was left out and why, sizes, and where to look."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
    issue = draft.issue
    number = f"No. {issue.number}" if issue.number is not None else "draft"
    console.print(Text(f"{issue.newsletter} · {issue.date.isoformat()} · {number}", style="bold"))
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading, justify in (("section", "left"), ("stories", "right"), ("first", "left")):
        table.add_column(heading, justify=justify, no_wrap=heading == "stories", overflow="ellipsis", max_width=60)  # type: ignore[arg-type]
    for section in issue.sections:
        table.add_row(Text(section.title), str(len(section.stories)), Text(_short(section.stories[0].headline)))
    console.print(table)
    if issue.drops:
        counts = ", ".join(f"{count} {reason}" for reason, count in reasons(issue.drops))
        console.print(Text(f"left out: {counts}" + ("" if verbose else " (-v names each)")), soft_wrap=True)
    if verbose:
        for drop in issue.drops:
            detail = f" ({drop.detail})" if drop.detail else ""
            console.print(Text(f"  {drop.stage}: {drop.reason}: {_short(drop.subject)}{detail}", style="dim"))
    sizes = ", ".join(f"{rendition.name} {len(rendition.body):,}" for rendition in draft.renditions)
    console.print(Text(f"bytes: {sizes}"), soft_wrap=True)
    page = next((path for path in written if path.name == "issue.html"), None)
    if page is not None:
        console.print(Text(f"wrote {page.parent}/ — open {page}, or run digest preview"), soft_wrap=True)


def warn(findings: Iterable[Finding], *, quiet: bool = False) -> None:
    """Say on standard error what the checks found: errors always, the rest unless `quiet`."""
    for finding in findings:
        if finding.severity == "error" or not quiet:
            remedy = f"; {finding.remedy}" if finding.remedy else ""
            colour = {"error": "red", "warning": "yellow"}.get(finding.severity)
            words = f"{finding.severity.upper()}: {finding.place}: {finding.words}{remedy}"
            click.echo(click.style(words, fg=colour, bold=finding.severity == "error"), err=True)


def reasons(drops: Iterable[Drop]) -> list[tuple[str, int]]:
    """How many drops there are of each reason, most first."""
    return sorted(Counter(drop.reason for drop in drops).items(), key=lambda item: (-item[1], item[0]))


def as_json(draft: Draft, written: Sequence[Path]) -> str:
    """The same as `show`, for a program."""
    issue = draft.issue
    return json.dumps(
        {
            "newsletter": issue.newsletter,
            "date": issue.date.isoformat(),
            "number": issue.number,
            "sections": [
                {
                    "slug": section.slug,
                    "title": section.title,
                    "stories": [story.headline for story in section.stories],
                }
                for section in issue.sections
            ],
            "drops": [
                {"stage": drop.stage, "subject": drop.subject, "reason": drop.reason, "detail": drop.detail}
                for drop in issue.drops
            ],
            "findings": [
                {
                    "check": finding.check,
                    "severity": finding.severity,
                    "place": finding.place,
                    "words": finding.words,
                    "remedy": finding.remedy,
                }
                for finding in draft.findings
            ],
            "bytes": {rendition.name: len(rendition.body) for rendition in draft.renditions},
            "files": [str(path) for path in written],
        },
        ensure_ascii=False,
        indent=2,
    )


def _short(text: str, width: int = 100) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
