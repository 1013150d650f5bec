"""docs/templates.md names everything a template is given, every file, block, colour and filter."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from digest.model import Look
from digest.renderers import RENDERERS, views
from digest.renderers.templates import PACKAGED
from digest.renderers.theme import Theme
from tests.conftest import ROOT
from tests.renderers import issues

GUIDE = (ROOT / "docs" / "templates.md").read_text("utf-8")
NAMED = set(re.findall(r"`([\w.]+)`", GUIDE))
VIEWS = [view for view in vars(views).values() if isinstance(view, type) and is_dataclass(view)]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_value_a_template_is_given_is_documented(view: type) -> None:
    names = {name for name in dir(view) if not name.startswith("_")}
    assert names <= NAMED


def test_every_colour_and_font_is_documented_with_its_default() -> None:
    for field in fields(Theme):
        assert f"`{field.name}`" in GUIDE
        assert not field.default or f"`{field.default}`" in GUIDE


def test_every_file_is_documented() -> None:
    names = {str(path.relative_to(PACKAGED)) for path in PACKAGED.rglob("*") if path.is_file()}
    assert {name for name in names if not name.startswith("words/")} <= set(re.findall(r"`([\w./]+)`", GUIDE))


@pytest.mark.parametrize("name", ["issue.mjml.j2", "issue.txt.j2", "web.html.j2"])
def test_every_block_is_documented_in_its_order(name: str) -> None:
    blocks = re.findall(r"{% block (\w+) %}", (PACKAGED / name).read_text("utf-8"))
    assert f"| `{name}` | {', '.join(f'`{block}`' for block in blocks)} |" in GUIDE


def test_the_block_the_guide_adds_is_added(tmp_path: Path) -> None:
    example = re.search(r"(?m)^    {% extends (?:.*\n)(?:    .*\n|\n)*?    {% endblock %}\n", GUIDE)
    assert example is not None
    (tmp_path / "issue.mjml.j2").write_text(re.sub(r"(?m)^    ", "", example.group()))
    html = RENDERERS["email"](issues.one(), Look(templates=(str(tmp_path),))).body.decode()
    assert "With thanks to the readers of Port Callan." in html
    assert "Only this happened" in html
