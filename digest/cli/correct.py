"""`digest correct`: a correction to a published issue, made by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from digest.cli.desk import archive_url, moment, read_settings


@click.command("correct")
@click.argument("number", type=click.IntRange(1))
@click.option("--story", required=True, metavar="URL|ID|HEADLINE", help="Which story of that issue.")
@click.option("--was", required=True, help="The words that it printed.")
@click.option("--now", required=True, help='What holds; "" for nothing.')
@click.option("--noted", metavar="TIMESTAMP", help="When the mistake was noted (default: now).")
@click.option("-c", "--config", type=click.Path(path_type=Path), help="The configuration (default: digest.toml).")
def command(number: int, story: str, was: str, now: str, noted: str | None, config: Path | None) -> None:
    """Note a correction to a published issue.

    NUMBER is the issue's. The next issue carries the correction. digest corrections lists it and, with
    --dismiss, takes it back.
    """
    from digest.archive import open_archive
    from digest.stages.corrections import correct_by_hand

    settings, config = read_settings(config)
    at: datetime = moment(settings, None, noted)
    with open_archive(archive_url(settings, config)) as archive:
        issue, _ = archive.issue(number, settings.newsletter.name if config else None)
        correction = correct_by_hand(issue, story, was, now, at)
        id_ = archive.note_correction(issue.newsletter, correction)
    click.echo(f"noted {id_}: the next issue says that “{correction.headline}” in issue {number} was wrong")
