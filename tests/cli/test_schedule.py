"""What `digest schedule` prints starts the run at the newsletter's own time, all the year."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from digest.cli.schedule import Job, cron, github, systemd, utc_times
from tests.cli.runner import run

JOB = Job(
    'The 100% "Quay" Letter',
    time(7, 5),
    "Europe/Zurich",
    Path("/srv/my letters"),
    "digest.toml",
    ("/opt/digest/bin/digest",),
    "digest.sqlite",
)


def test_cron_starts_it_in_the_newsletter_s_zone() -> None:
    *_, zone, line = cron(JOB).splitlines()
    assert zone == "CRON_TZ=Europe/Zurich"
    assert line == "5 7 * * * cd '/srv/my letters' && /opt/digest/bin/digest run"


def test_the_systemd_units_are_what_systemd_reads(tmp_path: Path) -> None:
    service, timer = re.split(r"(?m)^# .*\.timer\n", systemd(JOB))
    units = {}
    for name, text in (("service", service), ("timer", timer)):
        parser = configparser.ConfigParser(interpolation=None)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read_string(text)
        units[name] = parser
    assert units["timer"]["Timer"]["OnCalendar"] == "*-*-* 07:05:00 Europe/Zurich"
    assert units["timer"]["Timer"]["Persistent"] == "true"
    assert units["service"]["Service"]["ExecStart"] == "/opt/digest/bin/digest run"
    assert units["service"]["Service"]["WorkingDirectory"] == "/srv/my letters"
    assert units["service"]["Unit"]["Description"] == 'The 100%% "Quay" Letter'
    if analyze := shutil.which("systemd-analyze"):
        subprocess.run([analyze, "calendar", "*-*-* 07:05:00 Europe/Zurich"], check=True, capture_output=True)


def test_the_workflow_runs_at_both_hours_of_the_year_and_the_early_one_does_nothing() -> None:
    workflow = yaml.load(github(JOB, date(2026, 11, 20)), Loader=yaml.BaseLoader)
    assert [each["cron"] for each in workflow["on"]["schedule"]] == ["5 5 * * *", "5 6 * * *"]
    assert workflow["name"] == JOB.newsletter
    commands = [step.get("run", "") for step in workflow["jobs"]["run"]["steps"]]
    assert any(command.startswith("digest run --if-due") for command in commands)


@pytest.mark.parametrize(
    ("zone", "times"),
    [("Europe/Zurich", 2), ("Asia/Tokyo", 1), ("Asia/Kolkata", 1), ("Australia/Lord_Howe", 2), ("UTC", 1)],
)
def test_the_utc_times_are_the_local_time_on_every_day_of_the_year(zone: str, times: int) -> None:
    found = utc_times(time(7, 5), ZoneInfo(zone), date(2026, 11, 20))
    assert len(found) == times
    for month in range(1, 13):
        local = {datetime.combine(date(2027, month, 15), each, UTC).astimezone(ZoneInfo(zone)).time() for each in found}
        assert time(7, 5) in local


def test_the_command_prints_all_three_or_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    nothing = run("schedule")
    assert (nothing.exit_code, "digest init" in nothing.stderr) == (2, True)
    config = tmp_path / "digest.toml"
    config.write_text('[newsletter]\nname = "Quay"\n')
    untimed = run("schedule")
    assert (untimed.exit_code, "[newsletter] time" in untimed.stderr) == (2, True)
    config.write_text('[newsletter]\nname = "Quay"\ntime = "06:30"\n')
    assert "30 6 * * *" in run("schedule", "cron").stdout
    assert "the machine" in run("schedule", "cron").stdout
    assert run("schedule", "github").exit_code == 2
    config.write_text('[newsletter]\nname = "Quay"\ntime = "06:30"\ntimezone = "Europe/Zurich"\n')
    every = run("schedule").stdout
    assert all(words in every for words in ("CRON_TZ", "OnCalendar", "runs-on"))
