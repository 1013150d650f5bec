"""`digest sources`: how the sources are, and feeds taken into digest.toml from a web page or another reader's list."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from digest.cli.desk import CONFIG, archive_url, as_json, moment, read_settings
from digest.errors import ConfigError

if TYPE_CHECKING:
    from digest.sources.health import Health
    from digest.sources.opml import Subscription

_config = click.option(
    "-c", "--config", type=click.Path(path_type=Path), help="The configuration (default: digest.toml)."
)


@click.group("sources", invoke_without_command=True)
@_config
@as_json
@click.pass_context
def command(context: click.Context, config: Path | None, json_: bool) -> None:
    """The sources: how they are, and new ones.

    Without a command, lists them.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_, config=config, json_=json_)


@command.command("list")
@_config
@as_json
def list_(config: Path | None, json_: bool) -> None:
    """List the sources and how each is.

    When it last answered, how many articles it gave, when the last news came, and since when and why it fails.
    """
    from digest.archive import open_archive
    from digest.sources.health import health

    settings, config = read_settings(config)
    now = moment(settings, None, None)
    names = [source.name for source in settings.source]
    with open_archive(archive_url(settings, config)) as archive:
        rows = health(names, archive.fetches(), now, archive.newest(names))
    if json_:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2, default=str))
    elif not rows:
        click.echo("there is no source; add one with 'digest sources add URL', or write a [[source]] into digest.toml")
    else:
        _show(rows, now)


def _show(rows: Sequence[Health], now: datetime) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("source", "state", "last answered", "articles", "last news", ""):
        is_number = heading == "articles"
        table.add_column(heading, justify="right" if is_number else "left", no_wrap=heading != "", overflow="fold")
    for row in rows:
        notes = [
            f"since {_moment(row.failing_since, now)}, {_times(row.failures)}: {row.error}"
            if row.failing_since
            else "",
            f"its server asks to be left alone until {_moment(row.waiting_until, now)}" if row.waiting_until else "",
            f"moved for good to {row.moved}; write that into digest.toml" if row.moved else "",
        ]
        table.add_row(
            Text(row.source),
            Text(row.state, style="red" if row.state == "failing" else ""),
            _moment(row.last_success, now),
            str(row.items) if row.last_success else "",
            _moment(row.newest, now),
            Text("; ".join(filter(None, notes))),
        )
    # A table that goes into a file or a pipe is not folded: what reads it takes it line by line.
    Console(highlight=False, width=None if sys.stdout.isatty() else 1000).print(table)


def _moment(when: datetime | None, now: datetime) -> str:
    return f"{when.astimezone(now.tzinfo):%Y-%m-%d %H:%M}" if when else ""


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


@command.command("add")
@click.argument("url")
@_config
@click.option("--allow-host", multiple=True, help="A host on a private network that may be asked.")
def add(url: str, config: Path | None, allow_host: tuple[str, ...]) -> None:
    """Add a feed, or the feed of a web page, to digest.toml.

    URL may leave out https://.
    """
    from digest.pipeline import find_feeds
    from digest.sources.discovery import may_be_of_comments
    from digest.sources.opml import Subscription
    from digest.urls import web_address

    url = web_address(url)
    feeds = find_feeds(url, datetime.now().astimezone(), allow_host)
    if not feeds:
        raise ConfigError(f'{url}: names no feed; follow the page itself with use = "section-front"')
    first = feeds[0]
    if may_be_of_comments(first):
        click.echo(f"{first.url}: may be a feed of readers' comments; look at it, and take it out if it is", err=True)
    _append([Subscription(first.url, first.text, hosts=allow_host)], config)
    for other in feeds[1:]:
        click.echo(f"the page has another: {other.url} {other.text}".rstrip(), err=True)


@command.command("reread")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_config
@as_json
def reread_(names: tuple[str, ...], config: Path | None, json_: bool) -> None:
    """Read the documents that are kept again.

    After an update of the program, or when the archive has learned more of a source's furniture: articles get the
    words that are found today, those of the named sources or all. Published issues stay as they are.
    """
    from digest.archive import open_archive
    from digest.pipeline import reread

    settings, config = read_settings(config)
    known = [source.name for source in settings.source]
    for name in names:
        if name not in known:
            raise ConfigError(f"{name}: there is no such source; there are {', '.join(known) or 'none'}")
    chosen = [source for source in settings.source if not names or source.name in names]
    with open_archive(archive_url(settings, config)) as archive:
        done = reread(chosen, archive, datetime.now().astimezone())
    if json_:
        rows = [{"id": each.id, "source": each.source, "headline": each.headline} for each in done.changed]
        click.echo(json.dumps({"documents": done.documents, "changed": rows}, ensure_ascii=False, indent=2))
        return
    for article in done.changed:
        click.echo(f"{article.source}: {article.headline}")
    click.echo(f"{done.documents} documents read again; {len(done.changed)} articles read otherwise than before")


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_config
@click.option("--allow-host", multiple=True, help="A host on a private network that the feeds at it may ask.")
def import_(file: Path, config: Path | None, allow_host: tuple[str, ...]) -> None:
    """Add the feeds of an OPML file to digest.toml, their categories as sections.

    Of nested categories the innermost that a section goes by counts; where there is none, the innermost
    becomes a section.
    """
    from digest.sources.opml import read_opml

    try:
        data = file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}; name an OPML file") from error
    found = [(each, _host(each.url)) for each in read_opml(data, str(file), _skip)]
    for host in allow_host:
        if host.lower() not in (at for _, at in found):
            raise ConfigError(
                f"--allow-host {host}: no feed of {file} is at it; name a host as the feeds' addresses do"
            )
    allowed = {host.lower() for host in allow_host}
    _append([replace(each, hosts=(at,) if at in allowed else ()) for each, at in found], config)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # no address, which the first collect will tell
        return ""


def _skip(title: str, url: str) -> None:
    click.echo(f"left out {title or url}: {url} is no address on the web", err=True)


@command.command("export")
@_config
def export(config: Path | None) -> None:
    """Print the feeds as OPML, their sections as categories."""
    from digest.sources.opml import Subscription, categories_of, write_opml

    settings, _ = read_settings(config)
    feeds = [
        Subscription(source.options["url"], source.name, categories=categories_of(source.section))
        for source in settings.source
        if source.use == "feed"
    ]
    click.echo(write_opml(feeds, settings.newsletter.name).decode("utf-8"), nl=False)


def _append(found: Iterable[Subscription], config: Path | None) -> None:
    """Write the feeds that digest.toml does not have yet at its end, with the sections that they need."""
    from digest.pipeline import missing_sections
    from digest.sources.opml import as_toml

    path = config or CONFIG
    if not path.exists():
        raise ConfigError(f"{path}: is not there; write one with 'digest init'")
    settings, _ = read_settings(path)
    known = {source.options.get("url") for source in settings.source}
    found = tuple(found)
    new = [each for each in found if each.url not in known]
    if not new:
        click.echo("nothing to add: every feed is there already", err=True)
        return
    text = as_toml(new, [source.name for source in settings.source])
    titles = missing_sections(settings, [each.categories for each in new])
    headings = "".join(f"[[section]]\ntitle = {json.dumps(title, ensure_ascii=False)}\n\n" for title in titles)
    before = path.read_text(encoding="utf-8")
    beside = path.with_name(f".{path.name}.new")  # a program that dies while it writes costs nobody a configuration
    beside.write_text(f"{before.rstrip()}\n\n{headings}{text}", encoding="utf-8")
    beside.replace(path)
    for title in titles:
        click.echo(f"added the section {title}")
    for each in new:
        click.echo(f"added {each.title or each.url}: {each.url}")
    if len(new) < len(found):
        click.echo(f"{len(found) - len(new)} of {len(found)} feeds were there already")
