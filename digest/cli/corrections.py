"""`digest corrections`: what publishers changed of what was printed, and what became of each correction."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.desk import archive_url, as_json, moment, read_settings
from digest.errors import ConfigError

if TYPE_CHECKING:
    from digest.archive import Noted
    from digest.model import Correction


@click.command("corrections")
@click.option("-c", "--config", type=click.Path(path_type=Path), help="The configuration (default: digest.toml).")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="As of the issue of that day (default: today).")
@click.option("--dismiss", metavar="ID", help="Let no issue carry this one.")
@click.option("--restore", metavar="ID", help="Let the next issue carry it after all.")
@as_json
def command(config: Path | None, day: datetime | None, dismiss: str | None, restore: str | None, json_: bool) -> None:
    """List what publishers changed of what was printed.

    What an issue printed, what the article says now, and what became of it: open (the next issue carries
    it), carried by an issue, or dismissed. A headline that is put in other words is to be judged: no issue
    carries that without --restore. Only what was collected is compared; nothing is fetched.
    """
    from digest.archive import Noted, open_archive
    from digest.identity import correction_id
    from digest.pipeline import changed_since

    settings, config = read_settings(config)
    name = settings.newsletter.name
    with open_archive(archive_url(settings, config)) as archive:
        changed = changed_since(archive, settings, moment(settings, day, None))
        listed = {correction_id(each): Noted(correction_id(each), each) for each in (*changed.due, *changed.doubtful)}
        listed |= {each.id: each for each in archive.corrections(name)}
        doubtful = {correction_id(each) for each in changed.doubtful} - {each.id for each in archive.corrections(name)}
        for wanted, dismissed in ((dismiss, True), (restore, False)):
            if wanted is not None:
                one = _one(wanted, listed)
                archive.note_correction(name, one.correction, dismissed=dismissed)
                listed[one.id] = Noted(one.id, one.correction, one.carried, dismissed)
                doubtful.discard(one.id)
    rows = sorted(listed.values(), key=lambda each: (each.correction.issue, each.correction.noted, each.id))
    if json_:
        plain = [asdict(each.correction) | {"id": each.id, "state": _state(each, doubtful)} for each in rows]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2, default=lambda value: value.isoformat()))
    elif not rows:
        click.echo("nothing that was printed has been corrected", err=True)
    else:
        click.echo("\n\n".join(_shown(each, doubtful) for each in rows))


def _one(wanted: str, listed: dict[str, Noted]) -> Noted:
    found = [each for id_, each in listed.items() if id_.startswith(wanted)]
    if len(found) != 1:
        many = f"{len(found)} corrections have ids that begin so" if found else "there is no such correction"
        raise ConfigError(f"{wanted}: {many}; there are {', '.join(listed) or 'none'}")
    if found[0].carried is not None:
        raise ConfigError(f"{wanted}: issue {found[0].carried} carries it, and an issue never changes")
    return found[0]


def _state(noted: Noted, doubtful: Collection[str]) -> str:
    if noted.id in doubtful:
        return "to be judged"
    if noted.carried is not None:
        return f"carried by issue {noted.carried}"
    return "dismissed" if noted.dismissed else "open"


def _shown(noted: Noted, doubtful: Collection[str]) -> str:
    return "\n".join(
        [
            f"{noted.id}  issue {noted.correction.issue} · {noted.correction.headline} · "
            f"{noted.correction.publisher or 'no publisher'} · {_state(noted, doubtful)}",
            *(f"    {line}" for line in _lines(noted.correction)),
            *([f"    if the printed headline was wrong: --restore {noted.id}"] if noted.id in doubtful else []),
        ]
    )


def _lines(correction: Correction) -> list[str]:
    which = "headline " if correction.origin == "headline" else ""
    lines = [f"{which}was:  {correction.was}"] if correction.was else []
    if correction.was:
        lines.append(f"{which}now:  {correction.now or '(nothing in its place)'}")
    if correction.note:
        lines.append(f"note: {correction.note}")
    return [*lines, *([correction.url] if correction.url else [])]
