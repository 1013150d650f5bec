"""`digest check`: what is wrong with an issue, before anyone gets it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from digest.cli.desk import as_json, making_an_issue, set_up


@click.command("check")
@making_an_issue
@click.option("--strict", is_flag=True, help="Leave with 1 for a warning too.")
@click.option("--online", is_flag=True, help="Ask every web address whether it is there.")
@click.option("-v", "--verbose", is_flag=True, help="Tell notices one by one.")
@as_json
def command(
    inputs: tuple[str, ...],
    config: Path | None,
    day: datetime | None,
    now: str | None,
    strict: bool,
    online: bool,
    verbose: bool,
    json_: bool,
) -> None:
    """Look today's issue over, in every form, and say what is wrong and what to do about it.

    Composes and renders as `build` does, writing nothing. Leaves with 1 when there is an error, with
    --strict when there is a warning. What each check looks for: docs/checks.md.
    """
    from digest.cli import findings as told
    from digest.pipeline import ask_links, checks_of, finish

    desk = set_up(inputs, config, day, now)
    checks = checks_of(desk.settings)
    with desk.archive(keep=False) as archive:
        issue, _ = desk.draft(archive)
    draft = finish(issue, desk.look, checks)
    findings = (*draft.findings, *(ask_links(draft.renditions, desk.now) if online else ()))
    if json_:
        click.echo(told.as_json(findings))
    else:
        told.show(findings, len(checks) + online, verbose=verbose)
    worst = {finding.severity for finding in findings}
    if "error" in worst or (strict and "warning" in worst):
        sys.exit(1)
