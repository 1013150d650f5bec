"""`digest check`: what an editor is told before anyone gets the issue."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from digest import plugins
from digest.model import Finding, Issue, Rendition
from digest.pipeline import ask_links
from tests.cli.runner import run
from tests.sources.server import HERE, Server, reply

NOW = ("--now", "2026-11-20T07:00:00+01:00")
ARTICLE = "# Ferry to Brunness resumes\n\nThe ferry to Brunness resumed on Friday, the harbour office of Tolby said.\n"


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter of one article, the current folder, with whom to tell of errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "ferry.md").write_text(ARTICLE)
    settings(tmp_path)
    return tmp_path


def settings(folder: Path, corrections: str = "errors@tolby.example", more: str = "") -> None:
    (folder / "digest.toml").write_text(
        f'[newsletter]\nname = "The Tolby Letter"\ncorrections = "{corrections}"\nbase_url = "https://tolby.example"\n'
        f'[[source]]\nname = "a"\nuse = "folder"\npath = "articles"\n{more}'
    )


def test_what_is_wrong_in_many_places_is_one_thing_to_mend(newsroom: Path) -> None:
    settings(newsroom, corrections="")
    for number in range(6):
        front = f"---\npublisher: Paper {number}\n" + ("corrections: desk@tolby.example\n" if number == 5 else "")
        text = f"{front}---\n{ARTICLE.replace('Brunness', f'Port {number}')}"
        (newsroom / "articles" / f"{number}.md").write_text(text)
    (newsroom / "articles" / "ferry.md").unlink()
    [warned] = [line for line in run("build", *NOW).stderr.split("\n") if line.startswith("WARNING")]
    assert " and 2 more: there is no contact for errors in these articles; set contact" in warned
    checked = run("check", *NOW, "-v").stdout
    assert checked.count("there is no contact for errors") == 1
    assert all(f"Paper {number}" in checked for number in range(5))
    assert "5 warnings" in checked


def test_an_issue_that_is_right_is_said_to_be_and_nothing_is_written(newsroom: Path) -> None:
    before = sorted(newsroom.rglob("*"))
    done = run("check", "--strict", *NOW)
    assert done.exit_code == 0, done.stdout
    assert "checks: " in done.stdout
    assert "warning" not in done.stdout
    assert [path for path in sorted(newsroom.rglob("*")) if path.suffix not in (".sqlite", "")] == [
        path for path in before if path.suffix
    ]


def test_an_error_is_told_with_what_to_do_and_ends_with_1(newsroom: Path) -> None:
    settings(newsroom, corrections="")
    done = run("check", *NOW)
    assert done.exit_code == 1
    assert done.stdout.startswith("error  correction-contact  the whole issue\n    nowhere in this issue")
    assert "→ set corrections under [newsletter]" in done.stdout
    assert "1 error" in done.stdout.splitlines()[-1]


def test_a_warning_ends_with_1_only_where_the_job_is_strict(newsroom: Path) -> None:
    settings(newsroom, more='[theme]\nquiet = "#bbbbbb"\n')
    assert run("check", *NOW).exit_code == 0
    done = run("check", "--strict", *NOW)
    assert done.exit_code == 1
    assert "#bbbbbb on #ffffff by day has a contrast of 1.9" in " ".join(done.stdout.split())


def test_the_report_for_a_program_has_every_finding(newsroom: Path) -> None:
    told = json.loads(run("check", "--json", *NOW).stdout)
    assert {"client-support"} <= {finding["check"] for finding in told}
    assert all({"check", "severity", "place", "words", "remedy"} == set(finding) for finding in told)


def test_checks_are_switched_off_and_mail_programs_chosen_by_name(newsroom: Path) -> None:
    settings(newsroom, more='[check]\nwithout = ["message"]\nclients = ["hey"]\n')
    told = json.loads(run("check", "--json", *NOW).stdout)
    assert "message" not in {finding["check"] for finding in told}
    assert "Gmail" not in json.dumps(told)
    settings(newsroom, more='[check]\nwithout = ["mesage"]\n')
    done = run("check", *NOW)
    assert done.exit_code == 2
    assert "did you mean 'message'?" in done.stderr
    settings(newsroom, more='[check]\nclients = ["outlok-windows"]\n')
    assert "did you mean 'outlook-windows'?" in run("check", *NOW).stderr


def shouting(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """What another package's check may be."""
    return [Finding("shouting", "warning", story.headline, "it shouts", "lower it") for story in issue.stories]


def test_another_package_s_check_runs_with_the_others(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registered = plugins._registered
    point = EntryPoint("shouting", "tests.cli.test_check:shouting", "digest.check")
    monkeypatch.setattr(
        plugins, "_registered", lambda group: {"shouting": point} if group == "digest.check" else registered(group)
    )
    assert "warning  shouting  Ferry to Brunness resumes" in run("check", *NOW).stdout


def test_an_address_that_is_gone_is_told_and_one_that_only_refuses_programs_is_not() -> None:
    with Server() as server:
        server.routes = {"/here": reply("here"), "/shut": reply("no programs", 403)}
        links = "".join(f'<a href="{server.url}{path}">x</a>' for path in ("/here", "/gone#a", "/gone", "/shut"))
        page = Rendition("issue.html", "text/html", links.encode())
        found = ask_links([page], datetime(2026, 11, 20, 7, tzinfo=UTC), HERE)
        assert sorted(server.paths()) == ["/gone", "/here", "/shut"]
    assert [(finding.check, finding.place) for finding in found] == [("dead-links", f"{server.url}/gone")]
    assert "404" in found[0].words
