"""`digest schedule`: what makes `digest run` start by itself, for cron, systemd and GitHub Actions."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from digest.cli.desk import CONFIG, configured, read_settings
from digest.errors import ConfigError

KINDS = ("cron", "systemd", "github")


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be started, and when. `zone` is an IANA name, or None for the machine's own zone."""

    newsletter: str
    time: time
    zone: str | None
    folder: Path
    config: str
    program: tuple[str, ...]
    archive: str

    @property
    def command(self) -> tuple[str, ...]:
        return (*self.program, "run", *(() if self.config == str(CONFIG) else ("-c", self.config)))

    @property
    def slug(self) -> str:
        return "-".join(re.findall(r"[a-z0-9]+", self.newsletter.lower())) or "digest"

    @property
    def label(self) -> str:
        """The newsletter's name in one line, for a comment."""
        return " ".join(self.newsletter.split())


@click.command("schedule")
@click.argument("kind", type=click.Choice(KINDS), required=False)
@configured
def command(kind: str | None, config: Path | None) -> None:
    """Print what starts digest run every morning.

    A crontab line, a systemd timer and a GitHub Actions workflow, or the one of KIND, for [newsletter] time in
    [newsletter] timezone, also when clocks change. Nothing is installed.
    """
    settings, config = read_settings(config)
    newsletter = settings.newsletter
    if config is None:
        raise ConfigError("there is no digest.toml here; write one with 'digest init', or name it with -c")
    if newsletter.time is None:
        raise ConfigError(f'{config}: [newsletter] time is not set; write when an issue is due, such as time = "07:00"')
    place = config.resolve()
    url = settings.archive.url
    job = Job(
        newsletter.name,
        newsletter.time,
        newsletter.timezone,
        place.parent,
        place.name,
        _program(),
        url.removeprefix("sqlite:///") if url else "digest.sqlite",
    )
    today = datetime.now(UTC).date()
    texts: dict[str, Callable[[Job], str]] = {"cron": cron, "systemd": systemd, "github": partial(github, today=today)}
    click.echo("\n\n".join(texts[name](job) for name in ((kind,) if kind else KINDS)))


def cron(job: Job) -> str:
    """Lines for a crontab."""
    line = f"cd {shlex.quote(str(job.folder))} && {shlex.join(job.command)}".replace("%", "\\%")
    zone = (
        f"# cronie (Fedora, Arch, RHEL) reads CRON_TZ. Debian's cron does not, and goes by the machine's zone: use\n"
        f"# the systemd timer there, or set the machine's zone with: timedatectl set-timezone {job.zone}\n"
        f"CRON_TZ={job.zone}\n"
        if job.zone
        else "# [newsletter] timezone is not set: the time is that of the machine.\n"
    )
    return (
        f"# {job.label}, every day at {job.time:%H:%M}. Add to: crontab -e\n"
        f"{zone}{job.time.minute} {job.time.hour} * * * {line}"
    )


def systemd(job: Job) -> str:
    """A service and its timer."""
    start = " ".join(_systemd_word(word) for word in job.command)
    zone = f" {job.zone}" if job.zone else ""
    return f"""# ~/.config/systemd/user/{job.slug}.service
[Unit]
Description={_percent(job.label)}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={_percent(str(job.folder))}
ExecStart={start}
# 3: nothing new to publish
SuccessExitStatus=3

# ~/.config/systemd/user/{job.slug}.timer
# then: systemctl --user daemon-reload && systemctl --user enable --now {job.slug}.timer && loginctl enable-linger
[Unit]
Description={_percent(job.label)}, every day at {job.time:%H:%M}

[Timer]
OnCalendar=*-*-* {job.time:%H:%M}:00{zone}
# A machine that was off runs it when it is on again; [newsletter] grace says how late that may be.
Persistent=true

[Install]
WantedBy=timers.target"""


def github(job: Job, today: date) -> str:
    """A workflow that keeps the archive in the repository. Raises `ConfigError` without a time zone."""
    if job.zone is None:
        raise ConfigError("[newsletter] timezone is not set, and GitHub Actions knows UTC alone; write an IANA zone")
    times = utc_times(job.time, ZoneInfo(job.zone), today)
    crons = "\n".join(f'    - cron: "{each.minute} {each.hour} * * *"' for each in times)
    config = "" if job.config == str(CONFIG) else f" -c {shlex.quote(job.config)}"
    several = (
        "its clocks change, so that it is one of these; --if-due lets the one that is too early do\n"
        "    # nothing, and the one that comes second finds the issue published."
        if len(times) > 1
        else "which is this all the year."
    )
    return f"""# .github/workflows/{job.slug}.yml
name: {json.dumps(job.label, ensure_ascii=False)}
on:
  schedule:
    # GitHub's clock is UTC, and often late by minutes. {job.time:%H:%M} in {job.zone}:
    # {several}
{crons}
  workflow_dispatch:
permissions:
  contents: write
# One at a time: a second one waits for what the first has pushed.
concurrency: {job.slug}
jobs:
  run:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      # requirements.txt names this program, as you have installed it.
      - run: pip install -r requirements.txt
      # 3: nothing new to publish. The archive is kept in the repository: without it everything would be new each day.
      - run: digest run --if-due{config} || [ $? -eq 3 ]
      - run: |
          git config user.name "{job.slug}"
          git config user.email "{job.slug}@users.noreply.github.com"
          git add -f {shlex.quote(job.archive)}
          git add -A
          git diff --cached --quiet || (git commit -m "$(date -u +%F)" && git push)"""


def utc_times(local: time, zone: ZoneInfo, start: date) -> tuple[time, ...]:
    """What a local time is in UTC on the days of the year from `start` on, the earliest first."""
    days = (datetime.combine(start + timedelta(days=day), local, zone) for day in range(366))
    return tuple(sorted({day.astimezone(UTC).time() for day in days}))


def _program() -> tuple[str, ...]:
    """How this program is started here, by whole paths: schedulers look nowhere else."""
    beside = Path(sys.executable).with_name("digest")
    return (str(beside),) if beside.exists() else (sys.executable, "-m", "digest")


def _systemd_word(word: str) -> str:
    quoted = word.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return _percent(f'"{quoted}"' if re.search(r"[\s\"'\\;]", word) else quoted)


def _percent(text: str) -> str:
    return text.replace("%", "%%")
