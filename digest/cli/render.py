"""`digest render`: a published issue, or an issue.json, rendered again."""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli.desk import archive_url, read_settings, verbosity
from digest.errors import ConfigError


@click.command("render")
@click.argument("what", metavar="NUMBER|ISSUE.JSON")
@click.option("-c", "--config", type=click.Path(path_type=Path), help="The configuration (default: digest.toml).")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Write below this folder.",
)
@verbosity
def command(what: str, config: Path | None, out: Path, quiet: bool, verbose: bool) -> None:
    """Render a published issue, or an issue.json, again.

    With the same templates and configuration the bytes are the same. The archive is not changed.
    A story that was taken down since is left out.
    """
    from digest.archive import open_archive
    from digest.cli import report
    from digest.pipeline import finish, look_of, shown, write
    from digest.serial import issue_from_json

    settings, config = read_settings(config)
    if what.isdecimal():
        with open_archive(archive_url(settings, config)) as archive:
            issue, _ = shown(archive, int(what), settings.newsletter.name if config else None, look_of(settings))
    else:
        try:
            issue = issue_from_json(Path(what).read_bytes())
        except OSError as error:
            raise ConfigError(f"{what}: {error.strerror}; name an issue's number or an issue.json") from error
    draft = finish(issue, look_of(settings))
    written = write(draft.renditions, out / issue.date.isoformat())
    if not quiet:
        report.show(draft, written, verbose=verbose)
    report.warn(draft.findings, quiet=quiet)
