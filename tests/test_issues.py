"""Whole issues, each compared with what it was when somebody last read it; see tests/issues/README.md."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache

import pytest

from digest.archive import open_archive
from digest.config import Settings, SourceSettings, load
from digest.pipeline import Draft, draft_issue, finish, known, look_of, sources_of
from digest.sources.files import Files
from tests.conftest import ROOT

CASES = sorted(path.parent.name for path in (ROOT / "tests" / "issues").glob("*/meta.json"))
RENDITIONS = ("issue.html", "issue.txt", "web.html", "issue.json", "issue.eml")


@cache
def draft_of(case: str) -> Draft:
    """The case's issue, as `digest build` makes it."""
    from zoneinfo import ZoneInfo

    folder = ROOT / "tests" / "issues" / case
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    settings = load((folder / meta["config"]).resolve(), known()) if "config" in meta else Settings()
    inputs = Files("inputs", (str(folder / "inputs"),), base=folder)
    sources = sources_of(settings) or ((SourceSettings(name="inputs", use="folder"), inputs),)
    now = datetime.fromisoformat(meta["now"])
    if settings.newsletter.timezone:
        now = now.astimezone(ZoneInfo(settings.newsletter.timezone))
    with open_archive("sqlite://") as archive:
        issue, _ = draft_issue(settings, sources, archive, now)
    return finish(issue, look_of(settings))


@pytest.mark.parametrize("name", RENDITIONS)
@pytest.mark.parametrize("case", CASES)
def test_the_renditions_are_what_they_were(case: str, name: str, update: bool) -> None:
    (rendition,) = [each for each in draft_of(case).renditions if each.name == name]
    golden = ROOT / "tests" / "issues" / case / "expected" / name
    if update:
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(rendition.body)
    wanted = golden.read_bytes()
    assert rendition.body.decode("utf-8").splitlines() == wanted.decode("utf-8").splitlines()
    assert rendition.body == wanted


@pytest.mark.parametrize("case", CASES)
def test_no_check_has_an_error_to_tell(case: str) -> None:
    assert [finding for finding in draft_of(case).findings if finding.severity == "error"] == []


@pytest.mark.parametrize("case", CASES)
def test_nothing_of_this_machine_is_in_an_issue(case: str) -> None:
    for rendition in draft_of(case).renditions:
        assert str(ROOT).encode() not in rendition.body, rendition.name


def test_the_samples_bring_enough_to_read() -> None:
    issue = draft_of("samples").issue
    assert len(issue.stories) >= 25
    assert len({article.publisher for story in issue.stories for article in story.articles}) >= 4
    assert len({article.language for story in issue.stories for article in story.articles}) >= 4


def test_the_cases_are_found() -> None:
    assert {"samples", "one-page", "only-briefs", "hostile"} <= set(CASES)
