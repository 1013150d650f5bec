"""`digest publish`: freeze the draft under the newsletter's next number."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from digest.cli.desk import as_json, making_an_issue, set_up, verbosity


@click.command("publish")
@making_an_issue
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write the renditions below this folder too.")
@click.option("--anew", is_flag=True, help="Collect and compose now, whatever draft a run has left.")
@click.option("--anyway", is_flag=True, help="Publish an issue with errors too, though it can never be sent.")
@verbosity
@as_json
def command(
    inputs: tuple[str, ...],
    config: Path | None,
    day: datetime | None,
    now: str | None,
    out: Path | None,
    anew: bool,
    anyway: bool,
    quiet: bool,
    verbose: bool,
    json_: bool,
) -> None:
    """Freeze the draft under the next number.

    The draft is the one that digest run has left for the day, made of the same articles again; without one, or with
    inputs or --anew, it is collected and composed as build does. The issue and its renditions are kept in the archive,
    where they never change again, and delivered as [deliver] says. One issue a newsletter and local date. Where issues
    are mailed (a from or an smtp is set), one with errors, which send would refuse, takes no number; ends with 1.
    """
    from digest.cli import progress, report
    from digest.pipeline import publish_by_hand, write

    desk = set_up(inputs, config, day, now)
    wait = progress.waiting(desk.settings.newsletter.name, quiet=quiet)
    with desk.archive() as archive:
        anew = anew or desk.inputs
        ran = publish_by_hand(
            desk.settings, desk.sources, archive, desk.now, desk.edits(), anew=anew, anyway=anyway, waiting=wait
        )
    draft, written = ran.draft, ran.written
    assert draft
    if out:
        written = (*write(draft.renditions, out / draft.issue.date.isoformat()), *written)
    if json_:
        click.echo(report.as_json(draft, written))
    elif not quiet:
        report.show_run(replace(ran, written=written), desk.settings, desk.now, verbose=verbose)
    report.warn(draft.findings, quiet=quiet)
