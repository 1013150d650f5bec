"""Rendering: CPU milliseconds a stage at 10, 50 and 200 stories, beside the reference MJML compiler in the same run.

    python -m benchmarks.render

The aims: Jinja2, mjml-python and css-inline take at most twice as long as the first two alone, with premailer at most
five times. The whole, from the issue to its bytes, is told beside; it makes the printed values, too. npm's mjml
is taken from tests/judges/node_modules (`make judges` installs it) and left out where it is not.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping

from benchmarks.figures import ROOT, machine, table
from digest.message import message
from digest.model import Look
from digest.renderers import RENDERERS
from digest.renderers.email import Press
from digest.renderers.inline import inline
from tests.renderers import issues

SIZES = (10, 50, 200)
NPM = ROOT / "tests" / "judges" / "node_modules" / "mjml"
SCRIPT = """
import { readFileSync } from "node:fs";
import mjml from "mjml";
const compile = mjml.default ?? mjml;
const times = [];
const source = readFileSync(0, "utf8");
for (let run = 0; run < 12; run++) {
  const before = process.cpuUsage();
  await compile(source, { keepComments: false });
  const spent = process.cpuUsage(before);
  times.push((spent.user + spent.system) / 1000);
}
console.log(JSON.stringify(times.slice(5)));
"""


def milliseconds(stages: Mapping[str, Callable[[], object]], runs: int = 21) -> dict[str, float | None]:
    """The median CPU time of each, in milliseconds, after two runs that do not count.

    One run of each by turns: what else the machine does, and what a stage finds in the processor's caches, is then the
    same for all.
    """
    times: dict[str, list[float]] = {name: [] for name in stages}
    for _ in range(runs + 2):
        for name, action in stages.items():
            start = time.process_time()
            action()
            times[name].append(time.process_time() - start)
    return {name: 1000 * statistics.median(each[2:]) for name, each in times.items()}


def npm_milliseconds(source: str) -> float | None:
    """The median CPU time of npm's mjml in a warm Node process, or None where it is not installed."""
    node = shutil.which("node")
    if node is None or not NPM.is_dir():
        return None
    script = NPM.parent.parent / "bench.tmp.mjs"
    script.write_text(SCRIPT)
    try:
        told = subprocess.run([node, script], input=source, capture_output=True, text=True, check=True)
    finally:
        script.unlink()
    return float(statistics.median(json.loads(told.stdout)))


def measure(count: int) -> dict[str, float | None]:
    """Every stage at so many stories; the whole issue is printed, without folding what would be too long for Gmail."""
    issue, look, lean = issues.many(count), Look(), Look(inliner="css-inline")
    press = Press(issue, look)
    values = press.values()
    source = press.mjml(values)
    compiled = press.compile(source, values)
    text, html = RENDERERS["text"](issue, look), RENDERERS["email"](issue, look)
    stages: dict[str, Callable[[], object]] = {
        "view": press.values,
        "Jinja2": lambda: press.mjml(values),
        "mjml-python": lambda: press.compile(source, values),
        "css-inline": lambda: inline(compiled, press.css, "css-inline"),
        "premailer": lambda: inline(compiled, press.css, "premailer"),
        "whole, css-inline": lambda: Press(issue, lean).print(),
        "whole, premailer": lambda: Press(issue, look).print(),
        "text": lambda: RENDERERS["text"](issue, look),
        "web": lambda: RENDERERS["web"](issue, look),
        "message": lambda: message(issue, (text, html)),
    }
    return {**milliseconds(stages), "npm mjml": npm_milliseconds(source)}


def main() -> None:
    """Print the stages, and the ratios that are aimed at."""
    print(machine(), "\n")
    rows = {count: measure(count) for count in SIZES}
    names = list(rows[SIZES[0]])
    stages: list[list[object]] = []
    ratios: list[list[object]] = []
    for count, row in rows.items():
        alone = (row["Jinja2"] or 0) + (row["mjml-python"] or 0)
        inlined = [(alone + (row[name] or 0)) / alone for name in ("css-inline", "premailer")]
        whole = [(row[f"whole, {name}"] or 0) / alone for name in ("css-inline", "premailer")]
        npm = row["npm mjml"]
        cells = ["–" if row[name] is None else f"{row[name]:.1f}" for name in names]
        rival = "–" if npm is None else f"{(row['mjml-python'] or 0) / npm:.2f}"
        stages.append([count, *cells])
        ratios.append([count, *(f"{ratio:.1f}" for ratio in (*inlined, *whole)), rival])
    print(table(["stories", *names], stages), "\n")
    print("times Jinja2 and mjml-python alone, and mjml-python to npm's:\n")
    heading = ["with css-inline", "with premailer", "whole, css-inline", "whole, premailer", "mjml-python / npm mjml"]
    print(table(["stories", *heading], ratios))


if __name__ == "__main__":
    main()
