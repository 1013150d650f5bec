"""`digest collect`: what is new at the sources, into the archive."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.desk import as_json, at_a_moment, configured, set_up, verbosity

if TYPE_CHECKING:
    from digest.pipeline import Collected


@click.command("collect")
@configured
@at_a_moment
@verbosity
@as_json
def command(
    config: Path | None, day: datetime | None, now: str | None, quiet: bool, verbose: bool, json_: bool
) -> None:
    """Collect what is new at the sources into the archive.

    Asks every source of digest.toml, politely, and keeps what it gives; publishes nothing. Run it as often as
    you like between issues, for sources that show their newest only. Ends with 1 when every source failed.
    """
    from digest.cli import progress
    from digest.pipeline import collect

    desk = set_up((), config, day, now)
    with desk.archive() as archive, progress.collecting(len(desk.sources), quiet=quiet) as tell:
        keep = timedelta(days=desk.settings.archive.keep)
        watch = timedelta(days=desk.settings.newsletter.watch)
        collected = collect(desk.sources, archive, desk.now, desk.settings.workers, keep, tell, watch)
    if json_:
        click.echo(json.dumps(_plain(collected), ensure_ascii=False, indent=2))
    elif not quiet:
        _show(collected, len(desk.sources), verbose=verbose)
    if collected.failed and len(collected.failed) == len(desk.sources):
        click.echo("digest: every source failed; digest sources list tells since when and why", err=True)
        sys.exit(1)


def _show(collected: Collected, sources: int, *, verbose: bool) -> None:
    from digest.cli.report import failures, reasons

    click.echo(
        f"collected {collected.articles:,} articles in {collected.documents:,} documents from {sources} sources: "
        f"{collected.new:,} new, {collected.changed:,} changed"
    )
    failures(collected)
    if collected.drops and not verbose:
        counts = ", ".join(f"{count} {reason}" for reason, count in reasons(collected.drops))
        click.echo(f"left out: {counts} (-v names each)")
    for drop in collected.drops if verbose else ():
        click.echo(f"  {drop.reason}: {drop.subject}" + (f" ({drop.detail})" if drop.detail else ""))


def _plain(collected: Collected) -> dict[str, object]:
    drops = [
        {"stage": drop.stage, "subject": drop.subject, "reason": drop.reason, "detail": drop.detail}
        for drop in collected.drops
    ]
    return {
        "documents": collected.documents,
        "articles": collected.articles,
        "new": collected.new,
        "changed": collected.changed,
        "failed": list(collected.failed),
        "drops": drops,
    }
