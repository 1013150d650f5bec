"""`digest show`: a published issue, as it went out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from digest.cli.desk import archive_url, read_settings

FORMS = {"text": "issue.txt", "html": "issue.html", "web": "web.html", "json": "issue.json", "eml": "issue.eml"}


@click.command("show")
@click.argument("number", type=click.IntRange(1))
@click.option("-c", "--config", type=click.Path(path_type=Path), help="The configuration (default: digest.toml).")
@click.option(
    "--as", "form", type=click.Choice(list(FORMS)), default="text", show_default=True, help="Which rendition."
)
def command(number: int, config: Path | None, form: str) -> None:
    """Print a published issue, the very bytes that were frozen."""
    from digest.archive import open_archive

    settings, config = read_settings(config)
    with open_archive(archive_url(settings, config)) as archive:
        rendition = archive.rendition(number, FORMS[form], settings.newsletter.name if config else None)
    sys.stdout.buffer.write(rendition.body)
    sys.stdout.buffer.flush()
