"""`digest web`: the published issues as a folder of web pages."""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli.desk import archive_url, configured, read_settings
from digest.errors import ConfigError


@click.command("web")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@configured
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def command(folder: Path | None, config: Path | None, quiet: bool) -> None:
    """Write the published issues as a static web folder.

    Writes a page for each issue, an index, and with a base_url an Atom feed, all anew from the archive. FOLDER is
    that of [deliver] web when it is not given; there, run and publish add each issue by themselves.
    """
    from digest.archive import open_archive
    from digest.pipeline import write_web
    from digest.stages.articles import counted

    settings, config = read_settings(config)
    if folder is None:
        if settings.deliver.web is None:
            raise ConfigError("no folder to write to: name one, or set web under [deliver] in digest.toml")
        folder = settings.folder / settings.deliver.web
    with open_archive(archive_url(settings, config)) as archive:
        written = write_web(settings, archive, folder)
    if not quiet:
        without = "" if settings.newsletter.base_url else "; no feed, since [newsletter] base_url is not set"
        files = counted(len(written), "file")
        click.echo(f"wrote {files} below {folder}{without}")
