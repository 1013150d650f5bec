"""Where sentences end, against the hard sets of the tests, and how fast: ours beside sentencex and pysbd.

Those two are no part of this project; where one is not installed its row is left out:
`pip install sentencex pysbd` into the environment that runs this, with `PYTHONPATH=.`, since pysbd brings a module
named `benchmarks` of its own.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from benchmarks.figures import DATA, ROOT, machine, rows, table
from digest.language import sentence_spans

HARD_SETS = ROOT / "tests" / "language" / "sentences"
NEWS = DATA / "news-en.jsonl.gz"
SLOW_CHARACTERS = 100_000

Splitter = Callable[[str, str], list[str]]


def ours(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


def with_sentencex(text: str, language: str) -> list[str]:
    from sentencex import segment

    return list(segment(language, text))


def with_pysbd(text: str, language: str) -> list[str]:
    from pysbd import Segmenter

    return [str(sentence) for sentence in Segmenter(language=language, clean=False).segment(text)]


def splitters() -> Mapping[str, Splitter]:
    others: dict[str, Splitter] = {"sentencex": with_sentencex, "pysbd": with_pysbd}
    return {"ours": ours} | {name: split for name, split in others.items() if find_spec(name)}


def hard_cases(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """File, language, and the sentences of every case, one after the other as they stand in the text."""
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            language, _, marked = line.partition("\t") if path.stem == "others" else (path.stem, "", line)
            yield path.stem, language, marked.split("‖")


def ends(sentences: list[str]) -> set[int]:
    """After how many characters that are not white space each sentence but the last ends."""
    found: set[int] = set()
    at = 0
    for sentence in sentences[:-1]:
        at += len("".join(sentence.split()))
        found.add(at)
    return found


def boundaries(split: Splitter) -> list[str]:
    """A cell a file: cases without a fault, and F of the boundaries."""
    tally: dict[str, list[int]] = {}
    for name, language, sentences in hard_cases(HARD_SETS):
        counts = tally.setdefault(name, [0, 0, 0, 0, 0])
        counts[4] += 1
        wanted = ends(sentences)
        try:
            given = ends(split("".join(sentences), language))
        except ValueError:  # pysbd has no Norwegian, Hebrew or Portuguese
            counts[3] += len(wanted)
            continue
        counts[0] += wanted == given
        counts[1] += len(wanted & given)
        counts[2] += len(given)
        counts[3] += len(wanted)
    return [
        f"{right} of {cases}, F {100 * 2 * both / ((given + wanted) or 1):.0f}"
        for right, both, given, wanted, cases in tally.values()
    ]


def megabytes_a_second(split: Splitter, text: str) -> float:
    start = time.perf_counter()
    split(text, "en")
    return len(text.encode()) / 1e6 / (time.perf_counter() - start)


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    names = list(dict.fromkeys(name for name, _, _ in hard_cases(HARD_SETS)))
    text = " ".join(paragraph for row in rows(NEWS) for paragraph in row["paragraphs"])
    body = []
    for name, split in splitters().items():
        part = text[:SLOW_CHARACTERS] if name == "pysbd" else text
        body.append([name, *boundaries(split), f"{megabytes_a_second(split, part):.2f}"])
    print(machine(), "", table(["", *names, "MB/s"], body), sep="\n")


if __name__ == "__main__":
    main()
