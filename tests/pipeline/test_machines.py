"""Real processes on one archive: a run killed at each of its writes, and two machines that collect and run at once."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.archive import open_archive
from tests.cli.runner import run
from tests.pipeline.test_mornings import BAKERY_VOTES, CONFIG, FERRY_BACK, entry
from tests.sources.collecting import BAKERY
from tests.sources.server import HOST, Server, feed

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
NAME = "The Quay Letter"


@pytest.fixture(params=["file", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A fresh archive that several processes can open."""
    fresh: Callable[[], str] = request.getfixturevalue(f"fresh_{request.param}")
    return fresh()


def machine(folder: Path, server: Server, url: str) -> Path:
    """A machine's configuration of the newsletter, with folders of its own and the archive that they share."""
    folder.mkdir()
    config = folder / "digest.toml"
    shared = f'\n[archive]\nurl = "{url}"\n'
    config.write_text(CONFIG.format(url=server.url, host=HOST) + shared)
    return config


def start(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "digest", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd)


def test_a_run_killed_at_any_write_loses_nothing_and_publishes_once(tmp_path: Path, server: Server, url: str) -> None:
    server.routes["/quay"] = feed(FERRY_BACK, etag='"1"')
    server.routes["/mill"] = feed(BAKERY_VOTES.replace("22 Oct", "21 Oct"), etag='"1"')
    config = machine(tmp_path / "one", server, url)
    # What a transaction is, the database knows: every write is tried on one, and some on the other.
    step = "1" if url.startswith("sqlite") else "4"
    command = [sys.executable, str(HERE / "killed.py"), str(config), "2026-10-22T07:00:00+02:00", step]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    *lives, last = [line.split() for line in done.stdout.splitlines()]
    assert len(lives) * int(step) >= 24, done.stderr
    assert {life[0] for life in lives} == {str(signal.SIGKILL.value)}
    # At any write there is nothing of the issue, or the whole of it; and what was collected stays.
    assert {(life[2], life[3]) for life in lives} == {("-", "0"), ("1", "5")}
    for column in (1, 2, 4):
        left = [life[column] for life in lives]
        assert left == sorted(left)
    # The next run makes it whole: two articles, No. 1, its five files, its page, the index and the feed.
    assert {tuple(life[5:]) for life in (*lives, last)} == {("2", "1", "5", "8")}


def test_two_machines_that_run_at_once_publish_one_issue(tmp_path: Path, server: Server, url: str) -> None:
    server.routes["/quay"] = feed(FERRY_BACK)
    server.routes["/mill"] = feed()
    configs = [machine(tmp_path / name, server, url) for name in ("one", "two")]
    now = ("--now", "2026-10-22T07:00:00+02:00")
    runs = [start("run", *now, cwd=config.parent) for config in configs]
    runs.append(start("collect", *now, cwd=configs[1].parent))
    ended = [(each.communicate(), each.returncode) for each in runs]
    assert [code for _, code in ended] == [0, 0, 0], ended
    told = sorted("published No. 1" in out for (out, _), _ in ended[:2])
    assert told == [False, True]
    assert sum("published already, as No. 1" in out for (out, _), _ in ended[:2]) == 1
    with open_archive(url) as archive:
        assert [row.number for row in archive.issues(NAME)] == [1]
    # Both machines have the page: whoever came second delivered what it found published.
    for config in configs:
        assert (config.parent / "public" / "2026-10-22" / "web.html").exists()

    # The next morning they take turns.
    server.routes["/quay"] = feed(FERRY_BACK, entry("A whale passes", "Thu, 22 Oct 2026 18:10:00 GMT", BAKERY[1]))
    now = ("--now", "2026-10-23T07:00:00+02:00")
    for config, words in zip(configs, ("published No. 2", "published already, as No. 2"), strict=True):
        done = run("run", "-c", str(config), *now)
        assert words in done.stdout, done.stderr
