"""`digest send`: a published issue, by mail, to those who have not got it."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.desk import archive_url, as_json, configured, moment, read_settings
from digest.errors import ConfigError

if TYPE_CHECKING:
    from digest.config import Settings
    from digest.model import Drop, Receipt, Recipient, Status
    from digest.pipeline import Sent
    from digest.ports import Deliverer

FORMS = ("maildir", "mbox", "eml")


@click.command("send")
@click.argument("number", type=click.IntRange(min=1))
@click.option(
    "--to",
    multiple=True,
    metavar="ADDRESS|FILE",
    help="A test to that address, or the sending to a file's recipients (default: [deliver] recipients).",
)
@configured
@click.option("--dry-run", is_flag=True, help="Check and count; hand nothing over.")
@click.option("--into", type=click.Path(path_type=Path), help="Write the messages there instead of sending them.")
@click.option("--form", type=click.Choice(FORMS), default="maildir", show_default=True, help="What --into is.")
@click.option("--retry-attempted", is_flag=True, help="Send again to those who may or may not have it.")
@click.option("--retry-refused", is_flag=True, help="Try again those whom a server refused for good.")
@click.option("--now", metavar="TIMESTAMP", help="What the messages are dated (ISO 8601); the present when not given.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@as_json
def command(
    number: int,
    to: tuple[str, ...],
    config: Path | None,
    dry_run: bool,
    into: Path | None,
    form: str,
    retry_attempted: bool,
    retry_refused: bool,
    now: str | None,
    quiet: bool,
    json_: bool,
) -> None:
    """Send a published issue by mail.

    An address after --to makes a test, which may be repeated; a file has a recipient a line. The archive keeps a
    receipt of every message from before it is handed over: run again, this sends to those alone who have not got it.
    Whoever was in flight when a run was killed is named, and left alone without --retry-attempted. An issue that
    digest check calls broken is not sent. Ends with 1 unless a server took every message.
    """
    from digest.archive import open_archive
    from digest.cli import progress
    from digest.pipeline import send

    settings, config = read_settings(config)
    when = moment(settings, None, now)
    recipients, drops, test = _recipients(to, settings)
    warn_of_list(drops)
    retry: list[Status] = [*(["attempted"] if retry_attempted else []), *(["refused"] if retry_refused else [])]  # type: ignore[list-item]
    with open_archive(archive_url(settings, config)) as archive:
        sent = send(
            settings,
            archive,
            number,
            recipients,
            _deliverer(settings, into, form, dry_run=dry_run),
            when,
            test=test,
            secret=secret(),
            retry=retry,
            record=not dry_run and into is None,
            wait=pause,
            waiting=progress.waiting(settings.newsletter.name, quiet=quiet),
        )
    if json_:
        click.echo(json.dumps(as_plain(sent, drops), ensure_ascii=False, indent=1))
    elif not quiet:
        show(sent, "would be handed over" if dry_run else f"written to {into}" if into else "submitted")
    warn(sent)
    if not sent.complete or any(drop.reason != "duplicate" for drop in drops):
        sys.exit(1)


def show(sent: Sent, done: str = "submitted") -> None:
    """How many messages were handed over, and how many need not be."""
    had = f"; {sent.before} had it before" if sent.before else ""
    click.echo(f"No. {sent.issue.number}: {len(sent.of('submitted'))} {done}{had}")


def warn_of_list(drops: tuple[Drop, ...]) -> None:
    """What in a list of recipients is none."""
    for drop in drops:
        click.echo(f"recipients: {drop.subject}: {drop.reason}: {drop.detail}", err=True)


def secret() -> str:
    """What readers' own links are made of."""
    return os.environ.get("DIGEST_SECRET", "")


def warn(sent: Sent) -> None:
    """Everybody who has it not, or perhaps not, and what to do."""
    for receipt in (*sent.of("refused"), *sent.of("failed")):
        click.echo(f"{receipt.address}: {receipt.status}: {receipt.detail}", err=True)
    if failed := sent.of("failed"):
        click.echo(f"{_were(failed)} put off; run this again later", err=True)
    if sent.refused_before:
        words = f"{_were(sent.refused_before)} refused by their server before; to try again: --retry-refused"
        _list(sent.refused_before, words)
    if unknown := (*sent.open, *sent.of("attempted")):
        words = "may have it or not, since the sending was cut off; to send again all the same: --retry-attempted"
        _list(unknown, f"{len(unknown)} {words}")


def _were(receipts: tuple[Receipt, ...]) -> str:
    return "1 was" if len(receipts) == 1 else f"{len(receipts)} were"


def _list(receipts: tuple[Receipt, ...], words: str) -> None:
    for receipt in receipts:
        click.echo(f"{receipt.address}: {receipt.status}" + (f": {receipt.detail}" if receipt.detail else ""), err=True)
    click.echo(words, err=True)


def as_plain(sent: Sent, drops: tuple[Drop, ...]) -> dict[str, object]:
    """What `--json` prints."""
    every = (*sent.receipts, *sent.open, *sent.refused_before)
    return {
        "number": sent.issue.number,
        "before": sent.before,
        "receipts": [
            {"address": each.address, "status": each.status, "id": each.id, "detail": each.detail} for each in every
        ],
        "drops": [{"subject": each.subject, "reason": each.reason, "detail": each.detail} for each in drops],
    }


def listed(path: Path) -> tuple[tuple[Recipient, ...], tuple[Drop, ...]]:
    """The recipients in a file, and what in it is none. Raises `ConfigError` for a file that cannot be read."""
    from digest.addresses import recipients_of

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        words = fault.strerror if isinstance(fault, OSError) else "is not UTF-8"
        raise ConfigError(f"{path}: {words}; name a file with a recipient a line") from fault
    recipients, drops = recipients_of(text)
    if not recipients:
        raise ConfigError(f"{path}: it has no recipient; write one a line, as Name <a@example.org>")
    return recipients, drops


def deliverer_of(settings: Settings) -> Deliverer:
    """The mail server of the configuration, with the password that the environment has."""
    from digest.deliverers.smtp import Smtp
    from digest.pipeline import server_of

    return Smtp(server_of(settings, os.environ.get("DIGEST_SMTP_PASSWORD", "")))


def _recipients(to: tuple[str, ...], settings: Settings) -> tuple[tuple[Recipient, ...], tuple[Drop, ...], bool]:
    """To whom, what in a list is none, and whether it is a test."""
    from digest.addresses import recipients_of

    files = [each for each in to if "@" not in each or Path(each).is_file()]
    if not to:
        if settings.deliver.recipients is None:
            raise ConfigError("to whom? name an address or a file with --to, or set recipients under [deliver]")
        return *listed(settings.folder / settings.deliver.recipients), False
    if files and len(to) > 1:
        raise ConfigError(
            f"--to {files[0]}: a file of recipients stands alone; name the addresses of a test, or one file"
        )
    if files:
        return *listed(Path(files[0])), False
    recipients, drops = recipients_of("\n".join(to))
    if wrong := next((drop for drop in drops if drop.reason != "duplicate"), None):
        raise ConfigError(f"--to: {wrong.detail}")
    return recipients, (), True


def _deliverer(settings: Settings, into: Path | None, form: str, *, dry_run: bool) -> Deliverer:
    from digest.deliverers.memory import Memory
    from digest.pipeline import deliverer_into

    if dry_run:
        return Memory()
    return deliverer_into(form, into) if into else deliverer_of(settings)


def pause(seconds: float) -> None:
    """Wait until messages that were put off are tried again."""
    if seconds:
        click.echo(f"some were put off; trying again in {seconds:g} s", err=True)
    time.sleep(seconds)
