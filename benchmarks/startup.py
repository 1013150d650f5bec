"""How long a person waits for `digest --help`, `text` and `build` on one page, each a new process."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.figures import ROOT, command_seconds, machine, table

SAMPLES = ROOT / "samples"


def main() -> None:
    """Print a table; the rival is an interpreter that does nothing."""
    page = sys.argv[1] if len(sys.argv) > 1 else str(min(SAMPLES.glob("*/*.txt")))
    markdown = str(min(SAMPLES.glob("*/*.md")))
    digest = str(Path(sys.executable).with_name("digest"))
    with tempfile.TemporaryDirectory() as empty:
        nothing = command_seconds([sys.executable, "-c", ""], cwd=empty)
        cases = {
            "python -c ''": [sys.executable, "-c", ""],
            "digest --help": [digest, "--help"],
            "digest text (one Markdown file)": [digest, "text", "-q", markdown],
            "digest text (one page)": [digest, "text", "-q", page],
            "digest build (one page)": [digest, "build", "-q", page, "--out", empty],
        }
        body = []
        for name, command in cases.items():
            taken = command_seconds(command, cwd=empty)
            body.append((name, f"{taken * 1000:.0f}", f"{taken / nothing:.1f}"))
    print(machine())
    print(table(("command", "ms, median of 7", "times an empty interpreter"), body))


if __name__ == "__main__":
    main()
