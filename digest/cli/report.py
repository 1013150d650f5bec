"""What a command says of an issue it made: for a person as a table, for a program as JSON."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.findings import counted, plain, together

if TYPE_CHECKING:
    from digest.config import Settings
    from digest.model import Drop, Finding
    from digest.pipeline import Collected, Draft, Ran


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


def failures(collected: Collected) -> None:
    """Say on standard error which sources failed."""
    if collected.failed:
        names = ", ".join(collected.failed)
        click.echo(f"failed: {names}; digest sources list tells since when and why", err=True)


def show_run(ran: Ran, settings: Settings, now: datetime, *, verbose: bool = False) -> None:
    """Say what became of a run."""
    name, day = settings.newsletter.name, now.date().isoformat()
    if ran.state == "not due":
        click.echo(f"{name}, {day}: not due before {settings.newsletter.time:%H:%M}; nothing was done")
    elif ran.row:
        when = f"{ran.row.published.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
        click.echo(f"{name}, {day}: published already, as No. {ran.row.number}, {when}; nothing was done")
    elif ran.state == "drafted before":
        click.echo(f"{name}, {day}: another run has just left the draft; digest publish publishes it")
    elif ran.draft:
        show(ran.draft, ran.written, verbose=verbose)
        failures(ran.collected)
        if ran.state == "published":
            number = ran.draft.issue.number
            click.echo(f"published No. {number}; print it with digest show {number}")
        else:
            click.echo(
                "a draft: nothing is published yet; read it with digest preview or digest show draft, "
                "publish it with digest publish"
            )
    for path in _places(ran.written, settings):
        click.echo(f"wrote {path}")


def _places(written: Sequence[Path], settings: Settings) -> Iterator[str]:
    """The folders of [deliver] that got something, with how many files."""
    from digest.stages.articles import counted

    for place in (settings.deliver.folder, settings.deliver.web):
        inside = [path for path in written if place and path.is_relative_to(settings.folder / place)]
        if inside:
            yield f"{settings.folder / str(place)}/: {counted(len(inside), 'file')}"


def run_as_json(ran: Ran, now: datetime) -> str:
    """The same as `show_run`, for a program."""
    number = ran.row.number if ran.row else ran.draft.issue.number if ran.draft else None
    plain = {"state": ran.state, "date": now.date().isoformat(), "number": number, "failed": list(ran.collected.failed)}
    plain["files"] = [str(path) for path in ran.written]
    return json.dumps(plain | (_plain(ran.draft, ran.written) if ran.draft else {}), ensure_ascii=False, indent=2)


def warn(findings: Iterable[Finding], *, quiet: bool = False) -> None:
    """Say on standard error what the checks found: errors always, warnings unless `quiet`, notices by their number."""
    findings = tuple(findings)
    for finding in together(findings):
        if finding.severity == "error" or (finding.severity == "warning" and not quiet):
            remedy = f"; {finding.remedy}" if finding.remedy else ""
            colour = {"error": "red", "warning": "yellow"}.get(finding.severity)
            words = f"{finding.severity.upper()}: {finding.place}: {finding.words}{remedy}"
            click.echo(click.style(words, fg=colour, bold=finding.severity == "error"), err=True)
    notices = [finding for finding in findings if finding.severity == "notice"]
    if notices and not quiet:
        click.echo(f"{counted(notices)}; digest check -v tells what mail programs and readers may miss", err=True)


def reasons(drops: Iterable[Drop]) -> list[tuple[str, int]]:
    """How many drops there are of each reason, most first."""
    return sorted(Counter(drop.reason for drop in drops).items(), key=lambda item: (-item[1], item[0]))


def as_json(draft: Draft, written: Sequence[Path]) -> str:
    """The same as `show`, for a program."""
    return json.dumps(_plain(draft, written), ensure_ascii=False, indent=2)


def _plain(draft: Draft, written: Sequence[Path]) -> dict[str, Any]:
    issue = draft.issue
    return {
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
        "findings": [plain(finding) for finding in draft.findings],
        "bytes": {rendition.name: len(rendition.body) for rendition in draft.renditions},
        "files": [str(path) for path in written],
    }


def _short(text: str, width: int = 100) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
