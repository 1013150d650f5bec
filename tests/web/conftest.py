"""A newsroom and its preview, for each test its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.desk import Newsroom, Served, serving


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """A newsroom in an empty folder."""
    return Newsroom(tmp_path)


@pytest.fixture
def served(newsroom: Newsroom) -> Iterator[Served]:
    """The newsroom's preview, which is running."""
    with serving(newsroom) as preview:
        yield preview
