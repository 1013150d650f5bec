"""`digest templates`: the templates an editor may change."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("templates")
def command() -> None:
    """The templates an editor may change."""


@command.command("copy")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over files that are there already.")
def copy(folder: Path, force: bool) -> None:
    """Copy the templates into a folder, to change them there.

    Name the folder as `templates` under [theme] in digest.toml. A file you delete from it is taken
    from the program again.
    """
    from digest.renderers.templates import copy_templates

    for path in copy_templates(folder, force=force):
        click.echo(path)
    click.echo(f'set templates = "{folder}" under [theme] in digest.toml to use them', err=True)
