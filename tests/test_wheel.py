"""What is installed is complete: the wheel holds the templates and data, and builds an issue without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

ARTICLE = "# Ferry to Brunness resumes\n\nThe ferry to Brunness resumed on Friday, the harbour office of Tolby said.\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel puts into site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_holds_every_file_of_the_package_and_every_template(installed: Path) -> None:
    package = {path.relative_to(ROOT / "digest") for path in (ROOT / "digest").rglob("*") if path.is_file()}
    package = {path for path in package if "__pycache__" not in path.parts}
    templates = {path.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*") if path.is_file()}
    assert {str(path) for path in package if not (installed / "digest" / path).is_file()} == set()
    assert {str(path) for path in templates if not (installed / "digest" / "_templates" / path).is_file()} == set()


def test_the_installed_program_builds_an_issue_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "ferry.md").write_text(ARTICLE)
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-P", "-m", "digest", "build", "ferry.md", "--date", "2026-11-20"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Ferry to Brunness resumes" in (tmp_path / "out" / "2026-11-20" / "issue.html").read_text()
