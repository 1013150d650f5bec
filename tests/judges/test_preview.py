"""The preview of the sample newsletter, looked at by the accessibility checker."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.cli.desk import set_up
from digest.cli.preview import Table
from tests.judges.test_browser import AXE, VIEWS, Scheme
from tests.web.desk import Served, served_by

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def samples_preview(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Served]:
    """The preview of the samples, their own copy."""
    folder = tmp_path_factory.mktemp("preview") / "samples"
    shutil.copytree(samples, folder, ignore=shutil.ignore_patterns("*.sqlite*"))
    table = Table(set_up((), folder / "digest.toml", None, "2026-11-20T07:00:00+01:00"))
    with served_by(table.build, table.watched) as served:
        yield served


@VIEWS
@pytest.mark.parametrize("path", ["", "?show=no-styles", "why", "left-out"])
def test_the_accessibility_checker_finds_no_violation(
    chromium: Browser, axe: Path, samples_preview: Served, path: str, width: int, scheme: Scheme
) -> None:
    with chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    ) as context:
        page = context.new_page()
        page.goto(samples_preview.url + (path if path.startswith("?") else ""))
        if path == "why":
            page.get_by_role("link", name=re.compile("^Why: ")).first.click()
        elif path == "left-out":
            page.locator("#left-out a").first.evaluate("link => link.click()")
        if path in ("why", "left-out"):
            page.wait_for_url("**/why?of=*")
        page.wait_for_load_state("networkidle")
        page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true })")
        page.evaluate(axe.read_text("utf-8"))
        # The editions in the frames are judged on their own.
        assert page.evaluate(AXE.replace("axe.run(document,", 'axe.run({exclude: ["iframe"]},')) == []
