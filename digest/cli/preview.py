"""`digest preview`: the issue in the browser, again at every change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.desk import Desk, making_an_issue, moment, set_up
from digest.errors import ArchiveError

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import SourceSettings
    from digest.model import Drop, Rendition
    from digest.pipeline import Day, Ledger
    from digest.ports import Check
    from digest.web import Proof


@click.command("preview")
@making_an_issue
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8321,
    show_default=True,
    help="Listen on this port; 0 takes a free one.",
)
@click.option("--anew", is_flag=True, help="Collect and compose now, whatever draft a run has left.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Listen on this address.")
def command(
    inputs: tuple[str, ...],
    config: Path | None,
    day: datetime | None,
    now: str | None,
    port: int,
    anew: bool,
    host: str,
) -> None:
    """Show the issue in the browser, again at every change.

    Shows the HTML edition at desktop and phone width, the plain text, the message, what the checks
    found and why each story is where it is, and all of it anew when an input, a template, edits.toml or
    the configuration changes. The web is asked at the start and when the page's button is pressed.
    Where digest run has left a draft for the day, shows what digest publish would freeze. Listens on
    this machine alone unless --host names another address.
    """
    from digest.web import is_loopback, serve

    if not is_loopback(host):
        click.echo(f"WARNING: anyone who can reach {host}:{port or 'PORT'} can read this draft", err=True)
    with closing(Table(set_up(inputs, config, day, now), anew=anew, moves=day is None and now is None)) as table:
        serve(
            table.build,
            table.watched,
            host=host,
            port=port,
            on_ready=lambda url: click.echo(f"preview at {url} — stop with Ctrl-C", err=True),
        )


_FILES_REMEMBERED = 2048


class Table:
    """What a preview keeps between two builds: the desk, the archive, what files held, what was left out where the web
    was asked.

    With `anew` the draft that a run has left is not shown. With `moves`, asking the web again makes the issue
    one of that moment.
    """

    def __init__(self, desk: Desk, *, anew: bool = False, moves: bool = False) -> None:
        from digest.pipeline import read_shown

        self._desk = desk
        self._anew = anew
        self._moves = moves
        self._due = False
        # A file that has not changed is not read again: reading takes longer than all the rest.
        self._read = lru_cache(_FILES_REMEMBERED)(read_shown)
        self._archive: _Kept | None = None
        self._collected: datetime | None = None
        self._asked: dict[str, tuple[SourceSettings, tuple[Drop, ...]]] = {}

    def watched(self) -> tuple[Path, ...]:
        """What a change of may change the issue."""
        return self._desk.watched()

    def build(self, asked: bool) -> Proof:
        """The issue as things stand: local files are read, the web is asked only where it was not yet, or if `asked`.

        The email comes first, then every edition, then what the checks say. Raises `DigestError` where there can be
        none.
        """
        from digest.pipeline import checks_of

        self._due |= asked
        self._desk = desk = self._desk.again()
        with self._open(desk) as archive:
            day = None if self._anew else desk.kept_day(archive)
            is_kept = day is not None
            if day is None:
                day = self._fresh_day(archive)
        return _Sheets(day, desk, checks_of(desk.settings), None if is_kept else self._collected).email()

    def close(self) -> None:
        """Let go of the archive."""
        if self._archive:
            self._archive.archive.close()
        self._archive = None

    @contextmanager
    def _open(self, desk: Desk) -> Iterator[Archive]:
        """The archive, which stays open as long as it is the same file: opening it takes longer than asking it."""
        from digest.pipeline import Ledger

        mark = desk.archive_mark()
        if mark is None:
            self.close()
            with desk.archive(keep=False) as archive:
                yield archive
            return
        if self._archive is None or self._archive.mark != mark:
            self.close()
            self._archive = _Kept(desk.archive(), mark, Ledger())
        try:
            yield self._archive.archive
        except ArchiveError:
            self.close()
            raise

    def _fresh_day(self, archive: Archive) -> Day:
        from digest.pipeline import collect, day_of_archive

        if self._due and self._moves and self._collected:
            self._desk = replace(self._desk, now=moment(self._desk.settings, None, None))
        desk = self._desk
        keep, watch = timedelta(days=desk.settings.archive.keep), timedelta(days=desk.settings.newsletter.watch)
        drops: dict[str, tuple[Drop, ...]] = {}
        remote = [each for each in desk.sources if not hasattr(each[1], "watched")]
        due = [(own, source) for own, source in remote if self._due or self._asked.get(own.name, ("",))[0] != own]
        if due:
            collected = collect(due, archive, desk.now, desk.settings.workers, keep, watch=watch)
            self._asked |= {own.name: (own, collected.by_source[own.name]) for own, _ in due}
            self._collected = desk.now
        self._due = False
        self._collected = self._collected if remote else None
        ledger = self._archive.ledger if self._archive else None
        local = [each for each in desk.sources if hasattr(each[1], "watched")]
        drops |= {own.name: self._asked[own.name][1] for own, _ in remote}
        drops |= collect(local, archive, desk.now, keep=keep, reader=self._read, ledger=ledger).by_source
        told = [drop for own, _ in desk.sources for drop in drops[own.name]]
        return day_of_archive(desk.settings, desk.sources, archive, desk.now, desk.edits(), told)


@dataclass(frozen=True, slots=True)
class _Kept:
    """An archive that stays open, what tells that its file is another by now, and what it was given of local files."""

    archive: Archive
    mark: tuple[str, int]
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class _Sheets:
    """What is made of a day, and in which order: what is looked at first comes first."""

    day: Day
    desk: Desk
    checks: Mapping[str, Check]
    collected: datetime | None

    def email(self) -> Proof:
        """The HTML email alone, and the rest to come."""
        from digest.pipeline import render_email

        email = render_email(self.day.issue, self.desk.look)
        return self._proof((email,), partial(self._editions, email))

    def _editions(self, email: Rendition) -> Proof:
        from digest.pipeline import render

        renditions = render(self.day.issue, self.desk.look, email)
        return self._proof(renditions, partial(self._checked, renditions))

    def _checked(self, renditions: tuple[Rendition, ...]) -> Proof:
        from digest.checks import run_checks
        from digest.pipeline import to_judge

        proof = self._proof(renditions)
        findings = (*run_checks(proof.draft.issue, renditions, self.checks), *to_judge(self.day.doubtful))
        return replace(proof, draft=replace(proof.draft, findings=findings))

    def _proof(self, renditions: tuple[Rendition, ...], more: Callable[[], Proof] | None = None) -> Proof:
        from digest.pipeline import Draft, with_drops
        from digest.pipeline.explaining import Answer, explain
        from digest.web import Proof

        day = replace(self.day, issue=with_drops(self.day.issue, renditions))

        def why(question: str) -> Answer:
            return explain(question, day, self.desk.settings)

        articles = frozenset(name for article in day.offered for name in (article.headline, article.id))
        return Proof(Draft(day.issue, renditions), why, articles, self.collected, more)
