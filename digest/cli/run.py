"""`digest run`: the day's issue, by itself."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.desk import Desk, as_json, at_a_moment, configured, set_up, verbosity

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.pipeline import Ran, Sent


@click.command("run")
@configured
@at_a_moment
@click.option("--late", is_flag=True, help="Publish although [newsletter] grace is over.")
@click.option("--if-due", is_flag=True, help="Do nothing before [newsletter] time: for a scheduler that is early.")
@verbosity
@as_json
def command(
    config: Path | None,
    day: datetime | None,
    now: str | None,
    late: bool,
    if_due: bool,
    quiet: bool,
    verbose: bool,
    json_: bool,
) -> None:
    """Collect, compose and publish the day's issue, once.

    With approve = "auto" under [newsletter] the issue is published, delivered and sent as [deliver] says; else a draft
    is left for the editor, and digest publish publishes it. A day is published once, in the newsletter's time zone,
    however often this runs. Ends with 3 when nothing is new, and with 1 when no source answers, or
    when it is too late and --late is not given.
    """
    from digest.cli import progress, report
    from digest.cli import send as letters
    from digest.pipeline import run

    desk = set_up((), config, day, now)
    name = desk.settings.newsletter.name
    with desk.archive() as archive, progress.collecting(len(desk.sources), quiet=quiet, then=True) as tell:
        ran = run(
            desk.settings,
            desk.sources,
            archive,
            desk.now,
            desk.edits(),
            late=late,
            if_due=if_due,
            tell=tell,
            waiting=progress.waiting(name, quiet=quiet),
        )
        sent = _send(desk, archive, ran, quiet=quiet)
    if json_:
        click.echo(report.run_as_json(ran, desk.now))
    elif not quiet:
        report.show_run(ran, desk.settings, desk.now, verbose=verbose)
    if ran.draft:
        report.warn(ran.draft.findings, quiet=quiet)
    if sent:
        if not (quiet or json_):
            letters.show(sent)
        letters.warn(sent)
        if not sent.complete:
            sys.exit(1)


def _send(desk: Desk, archive: Archive, ran: Ran, *, quiet: bool) -> Sent | None:
    """Send the day's issue to [deliver] recipients, where nobody's approval is waited for."""
    from digest.cli import progress
    from digest.cli import send as letters
    from digest.pipeline import send

    own = desk.settings.deliver
    number = ran.row.number if ran.row else ran.draft.issue.number if ran.draft else None
    if desk.settings.newsletter.approve != "auto" or not (own.recipients and own.smtp) or number is None:
        return None
    recipients, drops = letters.listed(desk.settings.folder / own.recipients)
    letters.warn_of_list(drops)
    return send(
        desk.settings,
        archive,
        number,
        recipients,
        letters.deliverer_of(desk.settings),
        desk.now,
        secret=letters.secret(),
        wait=letters.pause,
        waiting=progress.waiting(desk.settings.newsletter.name, quiet=quiet),
    )
