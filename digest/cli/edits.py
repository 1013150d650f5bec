"""`digest edits`: what edits.toml decides, and the numbers of an article's sentences."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.desk import archive_url, as_json, moment, read_settings
from digest.errors import ConfigError

if TYPE_CHECKING:
    from digest.model import Article, Edit

config_option = click.option(
    "-c", "--config", type=click.Path(path_type=Path), help="The configuration (default: digest.toml)."
)


@click.group("edits")
def command() -> None:
    """The editor's decisions in edits.toml."""


@command.command("list")
@config_option
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="As of the issue of that day (default: today).")
@as_json
def list_edits(config: Path | None, day: datetime | None, json_: bool) -> None:
    """List the edits, what each names, and with a * those that hold.

    Articles are looked for among those collected so far. Leaves with 2 when an edit that holds names
    none of them.
    """
    from digest.archive import open_archive
    from digest.edits import NAME, load_edits

    settings, config = read_settings(config)
    if config is None:
        raise ConfigError("there is no digest.toml here, and so no edits.toml beside it; name one with -c")
    today = moment(settings, day, None).date()
    edits = load_edits(config.parent / NAME)
    with open_archive(archive_url(settings, config)) as archive:
        articles = [archive.named(edit.article) if edit.article else () for edit in edits]
    if json_:
        listed = [
            asdict(edit) | {"holds": edit.holds(today), "articles": [article.id for article in found]}
            for edit, found in zip(edits, articles, strict=True)
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2, default=str))
    elif not edits:
        click.echo(f"{config.parent / NAME} has no edits; docs/editing.md says how to write one", err=True)
    else:
        for edit, found in zip(edits, articles, strict=True):
            mark = "*" if edit.holds(today) else " "
            click.echo(f"{mark} {edit.place}  {_when(edit):<22}  {_what(edit)}: {_names(edit, found)}")
    if any(edit.holds(today) and edit.article and not found for edit, found in zip(edits, articles, strict=True)):
        sys.exit(2)


@command.command("sentences")
@click.argument("article")
@config_option
def sentences(article: str, config: Path | None) -> None:
    """Print an article's sentences with the numbers that an edit may choose them by.

    ARTICLE is a URL, an id or an exact headline.
    """
    from digest.archive import open_archive
    from digest.language import analyse

    settings, config = read_settings(config)
    with open_archive(archive_url(settings, config)) as archive:
        found = archive.named(article)
    if not found:
        raise ConfigError(
            f"{article}: no article of that URL, id or headline was collected; digest why finds one by words of it"
        )
    for each in found:
        click.echo(f"{each.headline}\n{each.publisher or each.source} · {each.id} · {each.url or 'no URL'}\n")
        for number, sentence in enumerate(analyse(each).sentences, 1):
            click.echo(f"{number:>3}  {sentence.text}")


def _names(edit: Edit, found: Sequence[Article]) -> str:
    if not edit.article:
        return "the whole issue"
    headlines = [f"“{article.headline}” ({article.publisher or article.source})" for article in found]
    return "; ".join(headlines) or f"NAMES NOTHING: {edit.article}"


def _when(edit: Edit) -> str:
    if edit.on:
        return edit.on.isoformat()
    if edit.since or edit.until:
        return f"{edit.since or ''}…{edit.until or ''}"
    return "always"


def _what(edit: Edit) -> str:
    asked = [
        "pin" if edit.pin else "",
        f"drop {edit.drop}" if edit.drop else "",
        f"section {edit.section}" if edit.section else "",
        f"headline “{edit.headline}”" if edit.headline else "",
        f"sentences {', '.join(map(str, edit.sentences))}" if edit.sentences else "",
        f"note “{edit.note}”" if edit.note else "",
    ]
    return ", ".join(filter(None, asked))
