"""`digest issues`: the published issues."""

from __future__ import annotations

import json
from pathlib import Path

import click

from digest.cli.desk import archive_url, as_json, read_settings


@click.command("issues")
@click.option("-c", "--config", type=click.Path(path_type=Path), help="The configuration (default: digest.toml).")
@as_json
def command(config: Path | None, json_: bool) -> None:
    """List the published issues."""
    from digest.archive import open_archive
    from digest.pipeline import shown_rows

    settings, config = read_settings(config)
    with open_archive(archive_url(settings, config)) as archive:
        rows = shown_rows(archive, settings.newsletter.name if config else None)
    if json_:
        listed = [
            {
                "number": row.number,
                "newsletter": row.newsletter,
                "date": row.date.isoformat(),
                "subject": row.subject,
                "published": row.published.isoformat(),
            }
            for row in rows
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo("no issue has been published yet; digest publish makes the first", err=True)
    for row in rows:
        subject = row.subject.removesuffix(f" · {row.newsletter}")
        click.echo(f"{row.number:>4}  {row.date.isoformat()}  {row.newsletter} · {subject}")
