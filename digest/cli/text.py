"""`digest text`: the plain-text edition on standard output, and nothing else there."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from digest.cli.desk import making_an_issue, set_up, tell_unread


@click.command("text")
@making_an_issue
@click.option("-q", "--quiet", is_flag=True, help="No warnings on standard error.")
def command(inputs: tuple[str, ...], config: Path | None, day: datetime | None, now: str | None, quiet: bool) -> None:
    """Print the plain-text edition.

    Only the edition goes to standard output; warnings go to standard error.
    """
    from digest.checks import run_checks
    from digest.cli import report
    from digest.pipeline import render_text

    desk = set_up(inputs, config, day, now)
    with desk.archive(keep=False) as archive:
        issue, collected = desk.draft(archive)
    edition = render_text(issue, desk.look)
    sys.stdout.buffer.write(edition.body)
    sys.stdout.buffer.flush()
    report.warn(run_checks(issue, (edition,)), quiet=quiet)
    if tell_unread(collected, quiet=quiet):
        sys.exit(1)
