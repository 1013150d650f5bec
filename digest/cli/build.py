"""`digest build`: today's issue, in every form, in a folder."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from digest.cli.desk import as_json, making_an_issue, set_up, tell_unread, verbosity


@click.command("build")
@making_an_issue
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Write below this folder.",
)
@verbosity
@as_json
def command(
    inputs: tuple[str, ...],
    config: Path | None,
    day: datetime | None,
    now: str | None,
    out: Path,
    quiet: bool,
    verbose: bool,
    json_: bool,
) -> None:
    """Write today's issue into a folder.

    INPUT is any number of files, folders and globs, or - for standard input; without any, the
    sources of digest.toml are read. Writes OUT/<date>/issue.html, issue.txt, issue.eml, issue.json
    and web.html. Nothing is numbered or marked as published, so it can be run again and again.
    """
    from digest.cli import report
    from digest.pipeline import checks_of, finish, write

    desk = set_up(inputs, config, day, now)
    with desk.archive(keep=False) as archive:
        issue, collected = desk.draft(archive)
    draft = finish(issue, desk.look, checks_of(desk.settings))
    written = write(draft.renditions, out / issue.date.isoformat())
    if json_:
        click.echo(report.as_json(draft, written))
    elif not quiet:
        report.show(draft, written, verbose=verbose)
    report.warn(draft.findings, quiet=quiet)
    if tell_unread(collected, quiet=quiet):
        sys.exit(1)
