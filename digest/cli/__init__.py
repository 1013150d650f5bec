"""The commands. This module stays light: each command imports what it needs when it runs."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from digest import __version__
from digest.errors import DigestError

COMMANDS = {
    "build": ("build", "Write today's issue into a folder."),
    "preview": ("preview", "Show the issue in the browser, again at every change."),
    "check": ("check", "Look today's issue over, in every form, and say what is wrong."),
    "text": ("text", "Print the plain-text edition."),
    "init": ("init", "Write a commented digest.toml."),
    "collect": ("collect", "Collect what is new at the sources into the archive."),
    "run": ("run", "Collect, compose and publish the day's issue, once."),
    "publish": ("publish", "Freeze the draft under the next number."),
    "render": ("render", "Render a published issue, or an issue.json, again."),
    "issues": ("issues", "List the published issues."),
    "why": ("why", "Explain a story of the draft, or what was left out of it."),
    "send": ("send", "Send a published issue by mail."),
    "show": ("show", "Print a published issue."),
    "corrections": ("corrections", "List what publishers changed of what was printed."),
    "correct": ("correct", "Note a correction to a published issue."),
    "edits": ("edits", "The editor's decisions in edits.toml."),
    "web": ("web", "Write the published issues as a static web folder."),
    "takedown": ("takedown", "Take a story down."),
    "schedule": ("schedule", "Print what starts digest run every morning."),
    "sources": ("sources", "The sources: how they are, and new ones."),
    "templates": ("templates", "The templates an editor may change."),
}
"""Command name → the module that holds it, and its line in `digest --help`."""


class _Lazy(click.Group):
    """A group that imports a command only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"digest.cli.{COMMANDS[name][0]}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            raise click.UsageError(error.message + (f" Did you mean {near[0]!r}?" if near else ""), ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="digest")
def group() -> None:
    """Turn a morning's articles into one email an editor would sign.

    Every sentence of a summary is the publisher's own and says where it stands. Nothing is sent to
    any service. Start with `digest build FILE…` or `digest init`.
    """


def main() -> None:
    """Run the command line; leaves with 0 done, 1 failed, 2 usage or configuration, 3 nothing to publish."""
    try:
        group(prog_name="digest")
    except DigestError as error:
        click.echo(f"digest: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; the interpreter must not complain of it at exit.
        sys.stderr.close()
        sys.exit(0)
