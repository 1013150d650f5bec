"""What every command that makes an issue is given, and what it makes of it: settings, sources, archive, now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digest.errors import ConfigError

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import Settings, SourceSettings
    from digest.model import Edit, Issue, Look
    from digest.pipeline import Collected, Day
    from digest.sources.gathering import AnySource

F = TypeVar("F", bound=Callable[..., Any])

CONFIG = Path("digest.toml")
MORNING = time(7)
"""The hour an issue is made for when only its date is given."""
_MOST_NAMED = 10
INPUTS = "inputs"
"""The name of the source that the command line's own inputs make."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One command's set-up. `inputs` tells that the articles were named on the line, not configured."""

    settings: Settings
    config: Path | None
    sources: tuple[tuple[SourceSettings, AnySource], ...]
    now: datetime
    inputs: bool

    @property
    def look(self) -> Look:
        from digest.pipeline import look_of

        return look_of(self.settings)

    def archive(self, *, keep: bool = True) -> Archive:
        """The archive to work on: in memory for inputs that leave no trace, unless `keep`."""
        from digest.archive import open_archive

        return open_archive("sqlite://" if self.inputs and not keep else archive_url(self.settings, self.config))

    def archive_mark(self) -> tuple[str, int] | None:
        """What changes when the archive is another: its URL, and the inode of its file. None for one that is no file,
        or is not there yet."""
        url = "" if self.inputs else archive_url(self.settings, self.config)
        if not url.startswith("sqlite:///"):
            return None
        try:
            return url, Path(url.removeprefix("sqlite:///")).stat().st_ino
        except OSError:
            return None

    def draft(self, archive: Archive) -> tuple[Issue, Collected]:
        from digest.pipeline import draft_issue

        return draft_issue(self.settings, self.sources, archive, self.now, self.edits())

    def edits(self) -> tuple[Edit, ...]:
        """The decisions in the edits.toml beside the configuration, as it is now."""
        from digest.edits import load_edits

        return load_edits(self.edits_file) if self.edits_file else ()

    @property
    def edits_file(self) -> Path | None:
        from digest.edits import NAME

        return self.config.parent / NAME if self.config else None

    def kept_day(self, archive: Archive) -> Day | None:
        """As `kept_draft`, with how the draft came about."""
        from digest.pipeline import reopen_day

        return None if self.inputs else reopen_day(self.settings, self.sources, archive, self.now, self.edits())

    def kept_draft(self, archive: Archive) -> Issue | None:
        """The draft that a run left for the day, or None."""
        from digest.pipeline import reopen

        return None if self.inputs else reopen(self.settings, self.sources, archive, self.now, self.edits())

    def again(self) -> Desk:
        """The same desk with the configuration as it is now."""
        from digest.pipeline import sources_of

        settings, _ = read_settings(self.config)
        # The inputs on the line stay as they are: standard input can be read only once.
        return replace(self, settings=settings, sources=self.sources if self.inputs else sources_of(settings))

    def watched(self) -> tuple[Path, ...]:
        """What a change of may change the issue."""
        from digest.renderers.templates import folders

        places = [place for _, source in self.sources for place in getattr(source, "watched", tuple)()]
        own = [file for file in (self.config, self.edits_file) if file]
        return (*places, *own, *map(Path, folders(self.look)))


def making_an_issue(command: F) -> F:
    """The arguments and options of every command that makes an issue; they arrive as one `desk_options` dict."""
    return click.argument("inputs", nargs=-1, metavar="[INPUT]...")(configured(at_a_moment(command)))


def configured(command: F) -> F:
    """`-c`."""
    words = "The configuration (default: digest.toml)."
    return click.option("-c", "--config", type=click.Path(path_type=Path), help=words)(command)


def at_a_moment(command: F) -> F:
    """`--date` and `--now`; they arrive as `day` and `now`."""
    words = "Make the issue of that day, at [newsletter] time, or 07:00."
    command = click.option("--now", metavar="TIMESTAMP", help="Make the issue as of that moment (ISO 8601).")(command)
    return click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help=words)(command)


def verbosity(command: F) -> F:
    """`-q` and `-v`."""
    command = click.option("-v", "--verbose", is_flag=True, help="Say every line that was left out, and why.")(command)
    return click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")(command)


def as_json(command: F) -> F:
    """`--json`."""
    return click.option("--json", "json_", is_flag=True, help="Report in JSON.")(command)


def set_up(inputs: tuple[str, ...], config: Path | None, day: datetime | None, now: str | None) -> Desk:
    """The desk for a command's arguments. Raises `ConfigError`."""
    from digest.config import SourceSettings
    from digest.pipeline import sources_of
    from digest.sources.files import Files

    settings, config = read_settings(config)
    named = ((SourceSettings(name=INPUTS, use="folder"), Files(INPUTS, inputs)),)
    sources = named if inputs else sources_of(settings)
    if not sources:
        where = f"{config} has no [[source]]" if config else "there is no digest.toml here"
        raise ConfigError(
            f"nothing to read: no input is named and {where}; name files or folders, or run 'digest init'"
        )
    return Desk(settings, config, sources, moment(settings, day, now), bool(inputs))


def read_settings(config: Path | None) -> tuple[Settings, Path | None]:
    """The settings of the named configuration, of digest.toml where there is one, or the defaults."""
    from digest.config import Settings, load
    from digest.pipeline import known

    if config is None and CONFIG.exists():
        config = CONFIG
    if config is not None and config.is_dir():
        config = config / CONFIG
    return (load(config, known()), config) if config else (Settings(), None)


def moment(settings: Settings, day: datetime | None, now: str | None) -> datetime:
    """The moment the issue is made for, aware, in the newsletter's time zone."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(settings.newsletter.timezone) if settings.newsletter.timezone else None
    if day and now:
        raise ConfigError("--date and --now both say when; give one of them")
    if day:
        chosen = datetime.combine(date(day.year, day.month, day.day), settings.newsletter.time or MORNING, zone)
        return chosen if zone else chosen.astimezone()
    if now is None:
        return datetime.now(zone).astimezone(zone)
    try:
        chosen = datetime.fromisoformat(now)
    except ValueError as error:
        raise ConfigError(
            f"--now {now}: is not an ISO 8601 timestamp; write it like 2026-11-20T07:00:00+01:00"
        ) from error
    if chosen.tzinfo is None:
        return chosen.replace(tzinfo=zone) if zone else chosen.astimezone()
    return chosen.astimezone(zone) if zone else chosen


def archive_url(settings: Settings, config: Path | None) -> str:
    """Where the archive is: as configured, else digest.sqlite beside digest.toml, else among the user's data."""
    url = settings.archive.url
    if url.startswith("sqlite:///") and not url.startswith("sqlite:////"):
        path = settings.folder / url.removeprefix("sqlite:///")
    elif url:
        return url
    elif config:
        path = config.parent / "digest.sqlite"
    else:
        path = _user_data() / "digest.sqlite"
    path.parent.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{path}"


def _user_data() -> Path:
    import os

    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "digest"


def tell_unread(collected: Collected, *, quiet: bool = False) -> bool:
    """Name on standard error the documents that are in the issue with nothing, and why.

    Returns whether an input was not there or could not be opened: the command then ends with 1, whatever else it made.
    """
    from digest.sources.files import UNREADABLE
    from digest.sources.gathering import UNREAD

    missing = [drop for drop in collected.drops if drop.reason == UNREADABLE]
    unread = [drop for drop in collected.drops if drop.reason in UNREAD] if not quiet else []
    for drop in unread[:_MOST_NAMED]:
        said = drop.detail if drop.detail.startswith(drop.subject) else f"{drop.subject}: {drop.detail}"
        click.echo(f"WARNING: {said}", err=True)
    if len(unread) > _MOST_NAMED:
        click.echo(
            f"WARNING: and {len(unread) - _MOST_NAMED} more could not be read; digest build -v names each", err=True
        )
    for drop in missing:
        click.echo(f"digest: {drop.subject}: {drop.detail}", err=True)
    return bool(missing)
