"""`digest takedown`: a story that must not be shown any more."""

from __future__ import annotations

import json
from pathlib import Path

import click

from digest.cli.desk import archive_url, as_json, configured, moment, read_settings
from digest.errors import ConfigError


@click.command("takedown")
@click.argument("what", metavar="[URL|STORY]", required=False)
@configured
@click.option("--reason", default="", help="Why, in words that readers may read: they stand where the story stood.")
@click.option("--undo", is_flag=True, help="Show it again.")
@click.option("--list", "list_", is_flag=True, help="List what is taken down.")
@click.option("--now", metavar="TIMESTAMP", help="Note it as of that moment (ISO 8601).")
@as_json
def command(
    what: str | None, config: Path | None, reason: str, undo: bool, list_: bool, now: str | None, json_: bool
) -> None:
    """Take a story down.

    It leaves drafts, the web folder and whatever is rendered later. The issue keeps its number, and says that a
    story was removed, when, and why. Names the story by the URL of its article, by its address on the issue's web
    page, or by its id, which stands at the end of an error report.
    """
    from digest.archive import open_archive
    from digest.pipeline import put_back, take_down
    from digest.stages.articles import counted

    settings, config = read_settings(config)
    if not (list_ or what):
        raise ConfigError("nothing to take down: name a URL or a story's id, or use --list")
    with open_archive(archive_url(settings, config)) as archive:
        if list_ or what is None:
            rows = archive.takedowns()
            if json_:
                plain = [{"what": row.what, "reason": row.reason, "noted": row.noted.isoformat()} for row in rows]
                click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
            for row in () if json_ else rows:
                click.echo(f"{row.noted:%Y-%m-%d}  {row.what}: {row.reason}")
            return
        if undo:
            met = put_back(settings, archive, what)
        elif not reason.strip():
            raise ConfigError("--reason: must be given; it stands where the story stood")
        else:
            met = take_down(settings, archive, what, reason.strip(), moment(settings, None, now))
    if json_:
        files = [str(path) for path in met.written]
        click.echo(json.dumps({"articles": met.articles, "issues": list(met.issues), "files": files}, indent=2))
        return
    printed = ", ".join(f"No. {number}" for number in met.issues) or "no issue"
    written = counted(len(met.written), "file")
    click.echo(f"{'shown again' if undo else 'taken down'}: it stood in {printed}; {written} written")
    if met.issues and settings.deliver.folder and not undo:
        click.echo(
            f"copies below {settings.deliver.folder}/ are as they were: write them anew with digest render", err=True
        )
