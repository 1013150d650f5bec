"""How far a long command is: a line on the terminal, and nothing where there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def collecting(sources: int, *, quiet: bool, then: bool = False) -> Iterator[Callable[[str], None]]:
    """What to call with the name of each source that is done, of so many; `then`: an issue is made of them."""
    if quiet or not sys.stderr.isatty():
        yield lambda source: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("collecting"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=sources)

        def done(source: str) -> None:
            progress.advance(task)
            last = progress.tasks[0].finished
            progress.update(task, description="making the issue" if last and then else source.replace("[", "\\["))

        yield done


def waiting(newsletter: str, *, quiet: bool) -> Callable[[], None]:
    """What to call when another run is at work."""

    def say() -> None:
        if not quiet:
            click.echo(f"another run of {newsletter} is at work; waiting for it to end", err=True)

    return say
