"""The sample newsletter, compared whole with what it was when somebody last read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.archive import open_archive
from digest.config import load
from digest.model import Issue
from digest.pipeline import Draft, draft_issue, finish, known, look_of, sources_of
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "issues" / "samples"


@pytest.fixture(scope="module")
def draft(samples: Path) -> Draft:
    from datetime import datetime

    settings = load(samples / "digest.toml", known())
    now = datetime.fromisoformat("2026-11-20T07:00:00+01:00")
    from zoneinfo import ZoneInfo

    with open_archive("sqlite://") as archive:
        issue, _ = draft_issue(settings, sources_of(settings), archive, now.astimezone(ZoneInfo("Europe/Zurich")))
    return finish(issue, look_of(settings))


@pytest.fixture(scope="module")
def issue(draft: Draft) -> Issue:
    return draft.issue


@pytest.mark.parametrize("name", ["issue.html", "issue.txt", "web.html", "issue.json", "issue.eml"])
def test_the_renditions_are_what_they_were(draft: Draft, name: str, update: bool) -> None:
    (rendition,) = [each for each in draft.renditions if each.name == name]
    golden = GOLDEN / name
    if update:
        GOLDEN.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(rendition.body)
    wanted = golden.read_bytes().decode("utf-8").splitlines()
    assert rendition.body.decode("utf-8").splitlines() == wanted, f"{name} changed; read the diff, then pytest --update"


def test_no_check_has_an_error_to_tell(draft: Draft) -> None:
    assert [finding for finding in draft.findings if finding.severity == "error"] == []
