"""From the save of a file to the new page shown: wall milliseconds at 50 stories, beside composing and rendering alone.

    python -m benchmarks.preview [NEWS.jsonl.gz]

The preview runs as it does for an editor: in a process of its own, with an archive on the disk and a browser that
shows its page. "saved to shown" begins before the write of one of the article files and ends when the browser's frames
at both widths and the list of stories on the page hold the new headline; the other editions and what the checks say
come in after that. "saved to served" ends when the page and the email have been answered over HTTP, and leaves the
browser's own work out. "compose and render alone" is `compose_issue` and `render` (every edition) of the same articles
in this process, in turns with each, since other work on the machine comes and goes, and done twice of which the second
counts, since the first is slower after a rest; a save always comes after one. Medians of eleven, after two that do not
count. The aim: at most 1.5 times.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.figures import DATA, machine, rows, table

STORIES, RUNS, NOT_COUNTED = 50, 11, 2
NOW = datetime.fromisoformat("2026-11-20T07:00:00+00:00")
CONFIG = """
[newsletter]
name = "The Early Tram"
corrections = "errors@early-tram.example"
max_stories = 50
[[source]]
name = "Desk"
use = "folder"
path = "desk"
"""
SHOWN = """(headline) => {
  const holds = (element) => element?.textContent.includes(headline);
  const frames = [...document.querySelectorAll("iframe.desktop, iframe.phone")];
  return holds(document.querySelector("#stories")) && frames.every((frame) => holds(frame.contentDocument?.body));
}"""


def write_articles(folder: Path, path: Path) -> Path:
    """So many articles as Markdown files; the path of the first."""
    folder.mkdir()
    given = [row for row in rows(path) if len(row["paragraphs"]) > 4]
    given = sorted(given[: STORIES * 4 : 4], key=lambda row: -sum(map(len, row["paragraphs"])))
    for number, row in enumerate(given):
        when = NOW - timedelta(minutes=5 + 10 * number)
        body = "\n\n".join(row["paragraphs"])
        head = f"---\npublished: {when.isoformat()}\nurl: https://desk.example/{number}\n---\n"
        (folder / f"{number:02}.md").write_text(f"{head}# {row['headline']}\n\n{body}\n", encoding="utf-8")
    return folder / "00.md"


def composing_alone(config: Path) -> Callable[[], int]:
    """What composes and renders the same articles, and gives the number of stories."""
    from digest.archive import open_archive
    from digest.cli.desk import set_up
    from digest.pipeline import collect, compose_issue, render

    desk = set_up((), config, None, NOW.isoformat())
    with open_archive("sqlite://") as archive:
        collect(desk.sources, archive, NOW)
        articles = archive.articles()

    def compose_and_render() -> int:
        issue = compose_issue(articles, desk.settings, desk.now)
        render(issue, desk.look)
        return len(issue.stories)

    return compose_and_render


Pair = tuple[float, float]


def milliseconds_to_show(alone: Callable[[], object], config: Path, lead: Path) -> tuple[Pair, Pair]:
    """From the save of an article to its new headline, as the server answers it and in the browser: the medians of
    composing and rendering alone in the same minute, and of that."""
    from playwright.sync_api import sync_playwright

    from tests.web.desk import Served

    digest = [sys.executable, "-m", "digest", "preview", "-c", str(config), "--now", NOW.isoformat(), "--port", "0"]
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("needs a browser: apt-get install chromium")
    text = lead.read_text(encoding="utf-8")

    def save(number: int) -> str:
        headline = f"Edition {number} of the lead story"
        lead.write_text(re.sub(r"^# .*$", f"# {headline}", text, count=1, flags=re.M), encoding="utf-8")
        return headline

    def milliseconds(action: Callable[[int], None], rest: Callable[[], None]) -> tuple[float, float]:
        """The medians of composing and rendering alone, and of the action, in turns."""
        times = []
        for number in range(RUNS + NOT_COUNTED):
            start = time.perf_counter()
            action(number)
            done = time.perf_counter()
            rest()
            alone()
            again = time.perf_counter()
            alone()
            times.append((time.perf_counter() - again, done - start))
        by_itself, acted = (1000 * statistics.median(each) for each in zip(*times[NOT_COUNTED:], strict=True))
        return by_itself, acted

    with subprocess.Popen(digest, stderr=subprocess.PIPE, text=True) as preview, sync_playwright() as playwright:
        try:
            assert preview.stderr
            url = re.search(r"http\S+", preview.stderr.readline())
            assert url
            served = Served(url[0], lambda: None)
            with served.events() as following:

                def serve(number: int) -> None:
                    headline = save(number)
                    following()
                    assert headline in served.ask("/").text
                    assert headline in served.ask("/frame/light/issue.html").text

                def until_whole() -> None:
                    while not following()[1].endswith("-whole"):
                        pass

                until_whole()
                to_serve = milliseconds(serve, until_whole)
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(url[0])
            page.locator("[role=status][data-state=live]").wait_for()

            def show(number: int) -> None:
                page.wait_for_function(SHOWN, arg=save(number + 100), polling="raf")

            to_show = milliseconds(
                show,
                # The next save is an editor's: after the page has come to rest.
                lambda: page.wait_for_timeout(900),
            )
            browser.close()
        finally:
            preview.terminate()
    return to_serve, to_show


def main() -> None:
    """Print the figures and their ratios."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "news-en.jsonl.gz"
    print(machine(), "\n")
    with tempfile.TemporaryDirectory() as place:
        config = Path(place) / "digest.toml"
        config.write_text(CONFIG, encoding="utf-8")
        lead = write_articles(Path(place) / "desk", path)
        compose = composing_alone(config)
        stories = compose()
        pairs = milliseconds_to_show(compose, config, lead)
    heading = ["50 stories", "compose and render alone, ms", "ms", "times"]
    body = [
        [name, f"{alone:.0f}", f"{taken:.0f}", f"{taken / alone:.2f}"]
        for name, (alone, taken) in zip(("saved to served", "saved to shown"), pairs, strict=True)
    ]
    assert stories == STORIES
    print(table(heading, body))


if __name__ == "__main__":
    main()
