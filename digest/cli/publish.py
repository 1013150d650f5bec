"""`digest publish`: freeze the draft under the newsletter's next number."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from digest.cli.desk import as_json, making_an_issue, set_up, verbosity


@click.command("publish")
@making_an_issue
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write the renditions below this folder too.")
@verbosity
@as_json
def command(
    inputs: tuple[str, ...],
    config: Path | None,
    day: datetime | None,
    now: str | None,
    out: Path | None,
    quiet: bool,
    verbose: bool,
    json_: bool,
) -> None:
    """Freeze the draft under the next number.

    Collects and composes as `build` does, then keeps the issue and its renditions in the archive,
    where they never change again. One issue a newsletter and local date.
    """
    from digest.cli import report
    from digest.pipeline import publish, write

    desk = set_up(inputs, config, day, now)
    with desk.archive() as archive:
        issue, _ = desk.draft(archive)
        draft = publish(issue, desk.look, archive, desk.now)
    written = write(draft.renditions, out / draft.issue.date.isoformat()) if out else ()
    if json_:
        click.echo(report.as_json(draft, written))
    elif not quiet:
        report.show(draft, written, verbose=verbose)
        click.echo(f"published No. {draft.issue.number}; print it with digest show {draft.issue.number}")
    report.warn(draft.findings, quiet=quiet)
