"""How good summaries are against those people wrote (ROUGE), how they read, and how long they take.

Scores any JSON Lines files of {lang, title, sents, ref}; `--speed` times the algorithms instead.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.figures import DATA, growth, machine, rows, table
from digest.identity import identify
from digest.language import analyse, stop_words, words
from digest.model import Analysis, Article, Block
from digest.stages.summarise import RULES, SummaryRule, algorithms, summarise
from digest.stages.summarise.lexrank import lexrank
from digest.stages.summarise.reading import reader
from digest.stages.summarise.sumys import sumy_document

FILES = (DATA / "summaries-en-dev.jsonl.gz", DATA / "summaries-fr-dev.jsonl.gz")
NEWS = DATA / "news-en.jsonl.gz"
LENGTHS = (1, 2, 3)
RECALL_TOKENS = 60
RESAMPLES = 1000
PLAIN = frozenset(RULES)
"""Everything but the default is scored as its makers meant it: with every readability rule off."""

Picks = Sequence[int]
Contender = Callable[["Document", int], Picks]


@dataclass
class Document:
    """An article with the summary people wrote, and what has been measured of it so far."""

    article: Article
    analysis: Analysis
    reference: list[str]
    seconds_to_analyse: float
    scores: dict[tuple[int, ...], tuple[float, float, float]] = field(default_factory=dict)

    def text(self, picks: Picks) -> str:
        return "\n".join(self.analysis.sentences[i].text for i in picks)


def article_of(row: dict[str, Any]) -> Article:
    """One paragraph a given sentence: the article goes the way of any other through `analyse` and `summarise`."""
    blocks = tuple(Block("paragraph", text) for text in row["sents"])
    return identify(Article("", "", "benchmark", row.get("title") or "", blocks=blocks, language=row["lang"]))


def document(row: dict[str, Any]) -> Document:
    article = article_of(row)
    start = time.perf_counter()
    analysis = analyse(article)
    # Some sets give a reference as its sentences, others as one text.
    reference = [row["ref"]] if isinstance(row["ref"], str) else row["ref"]
    return Document(article, analysis, reference, time.perf_counter() - start)


class UnicodeTokenizer:
    """What rouge-score's own tokeniser does for English, for any language: it would drop accented letters."""

    def tokenize(self, text: str) -> list[str]:
        return re.findall(r"[^\W_]+", text.lower())


class Rouge:
    """F of ROUGE-1, ROUGE-2 and ROUGE-L (of summaries), each 0 to 100, of chosen sentences."""

    def __init__(self, language: str) -> None:
        from rouge_score.rouge_scorer import RougeScorer

        tokenizer = None if language == "en" else UnicodeTokenizer()
        self.scorer = RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=language == "en", tokenizer=tokenizer)

    def __call__(self, document: Document, picks: Picks) -> tuple[float, float, float]:
        key = tuple(picks)
        if key not in document.scores:
            found = self.scorer.score("\n".join(document.reference), document.text(picks))
            one, two, longest = (100 * score.fmeasure for score in found.values())
            document.scores[key] = (one, two, longest)
        return document.scores[key]


def summariser(name: str, without: frozenset[str] = frozenset()) -> Contender:
    """A built-in algorithm by its name, through the same call as the pipeline's."""

    def picks(document: Document, length: int) -> Picks:
        places = {(each.field, each.start): i for i, each in enumerate(document.analysis.sentences)}
        summary = summarise(document.article, document.analysis, SummaryRule(name, length, without=without))
        return [places[each.field, each.start] for each in summary.sentences]

    return picks


def lead(document: Document, length: int) -> Picks:
    return range(min(length, len(document.analysis.sentences)))


def greedy_oracle(document: Document, length: int) -> Picks:
    """The sentences that, added one by one, agree best with the reference: what no extract can much surpass."""
    language = document.article.language
    reference = _grams(words("\n".join(document.reference), language))
    sentences = [_grams(found) for found in document.analysis.words]
    taken: list[int] = []
    total: Counter[tuple[str, ...]] = Counter()
    reached = 0.0
    for _ in range(length):
        gains = [(_agreement(total + sentences[i], reference), -i) for i in range(len(sentences)) if i not in taken]
        best, place = max(gains, default=(0.0, 0))
        if best <= reached:
            break
        reached = best
        taken.append(-place)
        total += sentences[-place]
    return sorted(taken)


def _grams(found: Sequence[str]) -> Counter[tuple[str, ...]]:
    return Counter([(word,) for word in found]) + Counter(pairwise(found))


def _agreement(grams: Counter[tuple[str, ...]], reference: Counter[tuple[str, ...]]) -> float:
    return 2 * (grams & reference).total() / ((grams.total() + reference.total()) or 1)


def contenders(only: Sequence[str]) -> dict[str, Contender]:
    found: dict[str, Contender] = {
        "lead": lead,
        "forward": summariser("forward"),
        "forward, no rules": summariser("forward", PLAIN),
        "lead, all rules": summariser("lead"),
        "lexrank": summariser("lexrank", PLAIN),
    }
    found |= {name: summariser(name, PLAIN) for name in algorithms() if name.startswith("sumy:")}
    found["greedy oracle"] = greedy_oracle
    return {name: each for name, each in found.items() if not only or name in ("lead", *only)}


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """The bootstrap 95 % interval of a mean."""
    import numpy as np

    values = np.array(differences)
    means = values[np.random.default_rng(0).integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def recall(document: Document, picks: Picks) -> float:
    """Which part (0 to 100) of the reference's words the first sixty words of a summary hold."""
    language = document.article.language
    wanted = Counter(words("\n".join(document.reference), language))
    given = Counter(words(document.text(picks), language)[:RECALL_TOKENS])
    return 100 * (wanted & given).total() / (wanted.total() or 1)


def dangles(document: Document, picks: Picks) -> bool:
    """Does a chosen sentence point back at one that was not chosen?"""
    read = reader(document.article, document.analysis, {"speaker", "repetition"})
    return any(not read.stands(i, picks) for i in picks)


def score(path: Path, limit: int, only: Sequence[str]) -> str:
    """One file's table: a row a contender."""
    given = list(rows(path))
    if limit and len(given) > limit:
        given = random.Random(0).sample(given, limit)
    documents = [document(row) for row in given]
    rouge = {language: Rouge(language) for language in {each.article.language for each in documents}}
    base = {length: [rouge[d.article.language](d, lead(d, length)) for d in documents] for length in LENGTHS}
    body = []
    for name, contender in contenders(only).items():
        row: list[str] = [name]
        for length in LENGTHS:
            start = time.perf_counter()
            picks = [contender(each, length) for each in documents]
            elapsed = time.perf_counter() - start
            scores = [rouge[d.article.language](d, chosen) for d, chosen in zip(documents, picks, strict=True)]
            low, high = interval([ours[0] - leads[0] for ours, leads in zip(scores, base[length], strict=True)])
            row.append("/".join(f"{mean(each):.1f}" for each in zip(*scores, strict=True)))
            row.append("" if name == "lead" else f"{low:+.2f} … {high:+.2f}")
        pairs = list(zip(documents, picks, strict=True))
        row.append(f"{mean(recall(*pair) for pair in pairs):.1f}")
        row.append(f"{mean(len(d.text(chosen)) for d, chosen in pairs):.0f}")
        row.append(f"{mean(100 * dangles(*pair) for pair in pairs):.1f} %")
        row.append(f"{1000 * elapsed / len(documents):.2f}")
        body.append(row)
    heading = ["", *(cell for n in LENGTHS for cell in (f"R1/R2/L at {n}", "R1 over lead"))]
    heading += [f"recall in {RECALL_TOKENS} words", "characters", "dangling", "ms"]
    analysis = 1000 * mean(each.seconds_to_analyse for each in documents)
    title = (
        f"**{path.name}**, {len(documents)} articles; analysing one takes {analysis:.2f} ms, which is not in the last "
    )
    return f"{title}column; the last four columns are of three-sentence summaries\n\n{table(heading, body)}"


def speed() -> str:
    """Milliseconds an article, against sumy's LexRank, and growth with the length of the article."""
    articles = []
    for row in rows(NEWS):
        blocks = tuple(Block("paragraph", text) for text in row["paragraphs"])
        articles.append(identify(Article("", "", "benchmark", row["headline"], blocks=blocks, language="en")))
    typical = [each for each in articles if 23 <= len(analyse(each).sentences) <= 27]
    whole = sorted(_shortest(partial(_whole, each)) for each in typical)
    lines = [
        f"splitting, analysing and summarising an article of 23 to 27 sentences of {NEWS.name}: median "
        f"{1000 * whole[len(whole) // 2]:.2f} ms ({len(whole)} articles)",
        "",
    ]
    sentences = [sentence.text for each in articles for sentence in analyse(each).sentences]
    body = []
    for count in (20, 100, 500, 2000):
        long = _long(sentences, count)
        analysis = analyse(long)
        runs = max(1, 1000 // count)
        ours = _shortest(partial(_whole, long), max(3, runs))
        fast = _shortest(partial(lexrank, analysis.terms), max(3, runs))
        theirs = _shortest(partial(_sumys_lexrank, long), runs)
        times = [f"{1000 * each:.1f}" for each in (ours, fast, theirs)]
        body.append([count, *times, f"{theirs / ours:.0f}", f"{theirs / fast:.0f}"])
    heading = ["sentences", "forward ms*", "our lexrank ms", "sumy's ms", "sumy / forward", "sumy / our lexrank"]
    lines += [table(heading, body), ""]
    lines += ["* with splitting and analysis, as sumy's, which stems by Snowball; our lexrank is given the terms", ""]
    sizes = (1000, 10_000, 100_000)
    spent = [_shortest(partial(_whole, _long(sentences, size)), 2) for size in sizes]
    told = ", ".join(f"{size:,} sentences {1000 * each:,.0f} ms" for size, each in zip(sizes, spent, strict=True))
    return "\n".join([*lines, f"forward on {told}: growth n^{growth(sizes, spent):.2f}"])


def _whole(article: Article) -> object:
    return summarise(article, analyse(article))


def _long(sentences: Sequence[str], count: int) -> Article:
    blocks = tuple(Block("paragraph", sentences[i % len(sentences)]) for i in range(count))
    return identify(Article("", "", "", "", language="en", blocks=blocks))


def _sumys_lexrank(article: Article) -> object:
    """LexRank as sumy's guide sets it up, but for its tokeniser, which is ours."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer

    analysis = analyse(article)
    algorithm = LexRankSummarizer(Stemmer("english"))
    algorithm.stop_words = stop_words("en")
    return algorithm(sumy_document(analysis), 3)


def _shortest(action: Callable[[], object], runs: int = 3) -> float:
    """The least of several wall times, in seconds: what else the machine does only adds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="JSON Lines, gzipped or not; the development sets if none")
    parser.add_argument(
        "--limit", type=int, default=300, help="score a sample of so many articles of a file; 0 for all"
    )
    parser.add_argument("--only", nargs="+", default=[], help="the algorithms to score beside lead")
    parser.add_argument("--speed", action="store_true", help="time the algorithms instead")
    parser.add_argument("--markdown", type=Path, help="also write the tables to this file")
    options = parser.parse_args()
    parts = [f"{machine()}"]
    parts += (
        [speed()] if options.speed else [score(path, options.limit, options.only) for path in options.files or FILES]
    )
    print("\n\n".join(parts))
    if options.markdown:
        options.markdown.write_text("\n\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    main()
