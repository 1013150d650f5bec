"""`digest show`: a published issue, as it went out, or the draft that waits."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.desk import archive_url, at_a_moment, configured, read_settings, set_up
from digest.errors import ConfigError

if TYPE_CHECKING:
    from digest.model import Rendition

FORMS = {"text": "issue.txt", "html": "issue.html", "web": "web.html", "json": "issue.json", "eml": "issue.eml"}
DRAFT = "draft"


@click.command("show")
@click.argument("what", metavar="NUMBER|draft")
@configured
@at_a_moment
@click.option(
    "--as", "form", type=click.Choice(list(FORMS)), default="text", show_default=True, help="Which rendition."
)
def command(what: str, config: Path | None, day: datetime | None, now: str | None, form: str) -> None:
    """Print a published issue, the very bytes that were frozen.

    Where a story was taken down since, the issue is rendered again without it. `digest show draft` prints the
    draft that digest run has left for the day, which --date and --now choose, as digest publish would freeze it.
    """
    if what == DRAFT:
        rendition = _draft(config, day, now, FORMS[form])
    elif what.isdecimal() and int(what):
        rendition = _issue(int(what), config, FORMS[form])
    else:
        raise ConfigError(f"{what}: is neither a number nor {DRAFT}; digest issues lists the numbers")
    sys.stdout.buffer.write(rendition.body)
    sys.stdout.buffer.flush()


def _issue(number: int, config: Path | None, name: str) -> Rendition:
    from digest.archive import open_archive
    from digest.pipeline import look_of, shown

    settings, config = read_settings(config)
    newsletter = settings.newsletter.name if config else None
    with open_archive(archive_url(settings, config)) as archive:
        issue, renditions = shown(archive, number, newsletter, look_of(settings))
        found = next((each for each in renditions if each.name == name), None)
        if issue.removals:
            click.echo(f"No. {number}: without what was taken down since", err=True)
        return found or archive.rendition(number, name, newsletter)


def _draft(config: Path | None, day: datetime | None, now: str | None, name: str) -> Rendition:
    from digest.pipeline import finish

    desk = set_up((), config, day, now)
    with desk.archive() as archive:
        issue = desk.kept_draft(archive)
    if issue is None:
        raise ConfigError(f"no draft is kept for {desk.now.date()}; digest run leaves one, digest preview makes one")
    return next(each for each in finish(issue, desk.look).renditions if each.name == name)
