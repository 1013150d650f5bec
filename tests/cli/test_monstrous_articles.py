"""Articles no newsroom writes go through the whole of `digest build`, whichever algorithm is configured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runner import run

WORDS = ("ferry engine winter", "harbour council vote", "storm tower crack", "island boat county")
NEWS = [f"Norwell saw the {WORDS[i % 4]} number{i} on that day." for i in range(1200)]
MONSTERS = {
    "one sentence": "The council of Norwell met " + "islanders and " * 100_000 + "left.",
    "one word": "x" * 1_000_000,
    "one block of sentences": " ".join(NEWS * 5),
    "many sentences": "\n\n".join(NEWS),
    "stop words": "The and of. " * 20_000,
    "a word again and again": "ferry " * 50_000,
    "quotations": "\n\n".join(f"“We saw the {words}.”" for words in WORDS * 50),
    "languages": "\n\n".join(
        ["Der Rat stimmt ab.", "Le conseil vote.", "港湾局は船を止めた。", "صوت المجلس.", *NEWS[:3]]
    ),
    "no ends": "\n\n".join(["no end mark here and it goes on"] * 500),
    "controls": "\n\n".join(f"\u200b\u202e{words}\u2069 \u2066stops\u200f at Norwell today." for words in WORDS),
    "surrogates": "\n\n".join(f"Norwell \ud800 saw the {words} today." for words in WORDS),
    "marks": "(" * 50_000 + "." * 50_000 + '"' * 50_001,
}


@pytest.mark.parametrize("algorithm", ["forward", "lexrank", "sumy:kl", "sumy:lsa"])
def test_every_monstrous_article_is_in_the_issue_or_dropped_with_a_reason(tmp_path: Path, algorithm: str) -> None:
    items = [
        {"id": name, "title": f"Monster: {name}", "content_text": text, "url": f"https://m.example/{number}"}
        for number, (name, text) in enumerate(MONSTERS.items())
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Monsters", "language": "en", "items": items}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "feed.json").write_text(json.dumps(feed))
    (tmp_path / "digest.toml").write_text(
        f'[newsletter]\nname = "M"\n[summary]\nalgorithm = "{algorithm}"\n'
        f'[[source]]\nname = "monsters"\nuse = "folder"\npath = "{tmp_path}/in"\n'
    )
    now = "2026-11-20T07:00:00+01:00"
    done = run("build", "-c", str(tmp_path / "digest.toml"), "--out", str(tmp_path / "out"), "--json", "--now", now)
    assert done.exit_code == 0, done.stderr
    report = json.loads(done.stdout)
    issue = json.loads(next((tmp_path / "out").glob("*/issue.json")).read_text("utf-8"))
    stories = [story for section in issue["sections"] for story in section["stories"]]
    assert all(story["summary"] or story["summary_reason"] for story in stories)
    shown = {story["articles"][0]["headline"] for story in stories}
    told = " ".join(f"{drop['subject']} {drop['detail']}" for drop in report["drops"])
    assert [item["title"] for item in items if item["title"] not in shown and str(item["title"]) not in told] == []
    assert all(len(sentence["text"]) <= 800 for story in stories for sentence in story["summary"])
    capped = [finding["place"] for finding in report["findings"] if finding["check"] == "summaries"]
    assert ("the summary of “Monster: many sentences”" in capped) == algorithm.startswith("sumy:")
