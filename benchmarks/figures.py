"""What the benchmark scripts share: the machine in one line, the data's place, medians, growth, peak memory, tables."""

from __future__ import annotations

import gzip
import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("DIGEST_SHARED", ROOT.parent / "shared")) / "data"


def machine() -> str:
    """One line: processor, cores, Python."""
    model = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, gzipped or not. Ends the script, saying so, where it is absent."""
    if not path.exists():
        sys.exit(f"{path}: is not there; name another file on the command line, or the data's folder in DIGEST_SHARED")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def seconds(action: Callable[[], object], runs: int = 5) -> float:
    """The median wall time of several runs, in seconds, after one that does not count."""
    action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def command_seconds(command: Sequence[str], runs: int = 7, **options: Any) -> float:
    """The median wall time of a whole process, in seconds, after one run that does not count."""
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True, **options), runs)


def growth(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The exponent k of `time ~ size**k` between the smallest and the largest size."""
    return math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])


def peak_megabytes() -> float:
    """The largest resident size this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(heading: Sequence[str], body: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [heading, ["---"] * len(heading), *body]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
