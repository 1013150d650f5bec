"""`digest preview`: the issue in the browser, again at every change."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.desk import making_an_issue, set_up

if TYPE_CHECKING:
    from digest.pipeline import Draft


@click.command("preview")
@making_an_issue
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8321,
    show_default=True,
    help="Listen on this port; 0 takes a free one.",
)
@click.option("--anew", is_flag=True, help="Collect and compose now, whatever draft a run has left.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen on this address.")
def command(
    inputs: tuple[str, ...],
    config: Path | None,
    day: datetime | None,
    now: str | None,
    port: int,
    anew: bool,
    host: str,
) -> None:
    """Show the issue in the browser, again at every change.

    Shows the HTML edition at desktop and phone width and the plain text, and reloads when an input,
    a template or the configuration changes. Where digest run has left a draft for the day, shows what
    digest publish would freeze. Listens on this machine alone unless --host names another address.
    """
    from digest.pipeline import finish
    from digest.web import is_loopback, serve

    if not is_loopback(host):
        click.echo(f"WARNING: anyone who can reach {host}:{port or 'PORT'} can read this draft", err=True)
    desk = set_up(inputs, config, day, now)

    def build() -> Draft:
        nonlocal desk
        desk = desk.again()
        with desk.archive(keep=False) as archive:
            issue = None if anew else desk.kept_draft(archive)
            if issue is None:
                issue, _ = desk.draft(archive)
        return finish(issue, desk.look)

    def watched() -> tuple[Path, ...]:
        return desk.watched()

    serve(
        build,
        watched,
        host=host,
        port=port,
        on_ready=lambda url: click.echo(f"preview at {url} — stop with Ctrl-C", err=True),
    )
