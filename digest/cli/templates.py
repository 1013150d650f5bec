"""`digest templates`: the templates an editor may change."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("templates")
def command() -> None:
    """The templates an editor may change."""


@command.command("copy")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--use",
    "template_set",
    type=click.Choice(["default", "compact"]),
    default="default",
    show_default=True,
    help="Copy the templates of this set.",
)
@click.option("--force", is_flag=True, help="Write over files that are there already.")
def copy(folder: Path, template_set: str, force: bool) -> None:
    """Copy the templates into a folder, to change them there.

    Name the folder as `templates` under [theme] in digest.toml. A file you delete from it is taken
    from the program again.
    """
    from digest.renderers.templates import copy_templates

    for path in copy_templates(folder, force=force, template_set=template_set):
        click.echo(path)
    click.echo(f'set templates = "{folder}" under [theme] in digest.toml to use them', err=True)
