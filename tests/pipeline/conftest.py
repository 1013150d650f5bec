"""A web server of the test's own, and databases that several processes can open."""

from __future__ import annotations

from tests.archive.conftest import fresh_file, fresh_postgresql
from tests.sources.conftest import server

__all__ = ["fresh_file", "fresh_postgresql", "server"]
