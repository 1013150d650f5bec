"""Pages as text, each line labelled with what it must become; `captures/*.txt` hold them.

A label stands before each line: H headline, S standfirst, B byline, P paragraph, # subhead, T and t headline and
standfirst of a teaser, L the publisher's section name, C the sentence about corrections, F furniture. Within a line,
{T|…} and {t|…} mark its pieces and {-|…} what must go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from digest.formats.page_text import read
from digest.model import Document, Hints, Reading

CAPTURES = sorted((Path(__file__).parent / "captures").glob("*.txt"))
_PIECE = re.compile(r"\{([Tt-])\|([^}]*)\}")


@dataclass
class Expected:
    """What a capture must be read to."""

    text: str = ""
    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    blocks: list[tuple[str, str]] = field(default_factory=list)
    teasers: list[tuple[str, str]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    contact: str = ""
    furniture: list[str] = field(default_factory=list)


def parse(path: Path) -> Expected:
    expected = Expected()
    lines = []
    label = ""
    for row in path.read_text(encoding="utf-8").splitlines():
        code, _, marked = row.partition("|")
        lines.append(_PIECE.sub(r"\2", marked))
        text = _PIECE.sub(lambda piece: "" if piece[1] == "-" else piece[2], marked)
        pieces = [(piece[1], piece[2]) for piece in _PIECE.finditer(marked) if piece[1] != "-"] or [(code, text)]
        for code, text in pieces:
            if label and code in "HT":
                expected.labels[text] = label
            label = text if code == "L" else label if code == "F" else ""
            match code:
                case "H":
                    expected.headline = text
                case "S":
                    expected.standfirst = text
                case "B":
                    expected.byline = text
                case "P":
                    expected.blocks.append(("paragraph", text))
                case "#":
                    expected.blocks.append(("subhead", text))
                case "T":
                    expected.teasers.append((text, ""))
                case "t" if expected.teasers and not expected.teasers[-1][1] and expected.teasers[-1][0]:
                    expected.teasers[-1] = (expected.teasers[-1][0], text)
                case "t":
                    expected.teasers.append(("", text))
                case "C":
                    expected.contact = text
                case "F":
                    expected.furniture.append(text)
    expected.text = "\n".join(lines)
    return expected


def read_text(text: str) -> Reading:
    return read(Document("test", "capture", text.encode()), Hints("test"))


@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: path.stem)
def test_every_line_becomes_what_its_label_says(path: Path) -> None:
    expected = parse(path)
    reading = read_text(expected.text)
    full = [article for article in reading.articles if article.kind == "full"]
    briefs = [article for article in reading.articles if article.kind == "brief"]
    assert [("" if brief.headline_made else brief.headline, brief.standfirst) for brief in briefs] == expected.teasers
    assert len(full) == bool(expected.blocks)
    for article in full:
        assert [(block.kind, block.text) for block in article.blocks] == expected.blocks
        assert ("" if article.headline_made else article.headline) == expected.headline
        assert article.standfirst == expected.standfirst
        assert bool(article.byline) == bool(expected.byline)
        assert article.byline in expected.byline
    for article in reading.articles:
        assert article.labels == ((expected.labels[article.headline],) if article.headline in expected.labels else ())
        assert (article.contact.statement if article.contact else "") == expected.contact
    dropped = [drop.subject.removesuffix("…") for drop in reading.drops]
    assert [line for line in expected.furniture if not any(line.startswith(subject) for subject in dropped)] == []
