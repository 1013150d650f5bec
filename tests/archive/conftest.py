"""The databases that the archive's laws are checked on: SQLite in memory and in a file, and a PostgreSQL of our own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest

Fresh = Callable[[], str]
"""Gives the URL of a database that is empty and nobody else's."""


@pytest.fixture(params=["memory", "file", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Fresh:
    """Fresh databases of every kind."""
    if request.param == "memory":
        return lambda: "sqlite://"
    found: Fresh = request.getfixturevalue("fresh_postgresql" if request.param == "postgresql" else "fresh_file")
    return found


@pytest.fixture(params=["file", "postgresql"])
def fresh_shared(request: pytest.FixtureRequest, tmp_path: Path) -> Fresh:
    """Fresh databases of every kind that several processes can open."""
    found: Fresh = request.getfixturevalue(f"fresh_{request.param}")
    return found


@pytest.fixture
def fresh_file(tmp_path: Path) -> Fresh:
    numbers = count()
    return lambda: f"sqlite:///{tmp_path}/archive-{next(numbers)}.sqlite"


@pytest.fixture(scope="session")
def fresh_postgresql() -> Iterator[Fresh]:
    """Fresh databases on a server that lives as long as the tests; where there is none they are skipped."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    programs = shutil.which("initdb") or (str(installed[-1] / "initdb") if installed else None)
    if programs is None:
        words = "needs a PostgreSQL server: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    if find_spec("pg8000") is None:
        pytest.skip("needs a PostgreSQL driver: pip install pg8000")
    with _server(Path(programs).resolve().parent) as folder:
        numbers = count()

        def fresh() -> str:
            name = f"archive_{next(numbers)}"
            from sqlalchemy import create_engine

            maintenance = create_engine(_url(folder, "postgres"), isolation_level="AUTOCOMMIT")
            with maintenance.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name}")
            maintenance.dispose()
            return _url(folder, name)

        yield fresh


def _url(folder: Path, name: str) -> str:
    return f"postgresql+pg8000://postgres@/{name}?unix_sock={folder}/.s.PGSQL.5432"


@contextmanager
def _server(programs: Path) -> Iterator[Path]:
    """A server that listens on a socket in a folder of its own and nowhere else, without waiting for disks."""
    folder = Path(tempfile.mkdtemp(prefix="digest-"))
    user = None
    if os.geteuid() == 0:  # the server refuses to run as root
        user = "postgres"
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    options = f"-F -c listen_addresses='' -k {folder}"
    control: list[str | Path] = [programs / "pg_ctl", "-D", folder / "data", "-s", "-w"]

    def run(*command: str | Path) -> None:
        subprocess.run(command, cwd=folder, user=user, check=True, stdout=subprocess.DEVNULL)

    try:
        run(
            programs / "initdb",
            "-D",
            folder / "data",
            "-A",
            "trust",
            "-U",
            "postgres",
            "-N",
            "--no-locale",
            "-E",
            "UTF8",
        )
        run(*control, "-l", folder / "log", "-o", options, "start")
        try:
            yield folder
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
