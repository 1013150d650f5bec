"""The algorithms of sumy, fed with our sentences and words, so that no NLTK data is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from math import isnan
from random import Random
from typing import Any
from warnings import catch_warnings, simplefilter

from digest.language import stop_words, terms
from digest.model import Analysis, Article
from digest.stages.summarise.choosing import Scorer, Scoring, capped

_ALGORITHMS: Mapping[str, tuple[str, str, int]] = {
    "edmundson": ("edmundson", "EdmundsonSummarizer", 1000),
    "kl": ("kl", "KLSummarizer", 60),
    "lexrank": ("lex_rank", "LexRankSummarizer", 150),
    "lsa": ("lsa", "LsaSummarizer", 300),
    "luhn": ("luhn", "LuhnSummarizer", 300),
    "reduction": ("reduction", "ReductionSummarizer", 150),
    "sumbasic": ("sum_basic", "SumBasicSummarizer", 300),
    "textrank": ("text_rank", "TextRankSummarizer", 150),
}
"""Module, class, and how many sentences it is given: their time grows with the square or the cube."""


@dataclass(frozen=True, slots=True)
class Sumy:
    """A scorer that asks one of sumy's summarisers for the ratings it would choose by."""

    name: str

    def __call__(self, article: Article, analysis: Analysis) -> Scoring:
        most = _ALGORITHMS[self.name][2]
        return capped(analysis, most, self._ratings)

    def _ratings(self, analysis: Analysis) -> list[float]:
        module, name, _ = _ALGORITHMS[self.name]
        summarise = getattr(import_module(f"sumy.summarizers.{module}"), name)(_stem)
        if self.name == "edmundson":
            _give_edmundson_words(summarise, analysis)
        else:
            summarise.stop_words = stop_words(analysis.language)
        ratings = [0.0] * len(analysis.sentences)

        def keep(infos: Sequence[Any]) -> Sequence[Any]:
            for info in infos:
                ratings[info.order] = 0.0 if isnan(info.rating) else float(info.rating)
            return infos

        with catch_warnings():
            simplefilter("ignore")  # LSA warns of articles that repeat few words; nobody can do anything about it
            summarise(sumy_document(analysis), keep)
        return ratings


def sumy_scorers() -> Mapping[str, Scorer]:
    """Each of sumy's algorithms by its name here."""
    return {"sumy:random": score_random} | {f"sumy:{name}": Sumy(name) for name in _ALGORITHMS}


def score_random(article: Article, analysis: Analysis) -> Scoring:
    """A random order, always the same for the same article."""
    scores = [float(i) for i in range(len(analysis.sentences))]
    Random(f"{article.id} {article.revision}").shuffle(scores)
    return Scoring(scores)


def _stem(word: str) -> str:
    return next(iter(terms((word,), "")), "")


def _give_edmundson_words(summarise: Any, analysis: Analysis) -> None:
    """Edmundson wants cue words: those of the headline, or of the first sentence, speak for a sentence, none against.

    sumy refuses an empty set, so a word that no text has stands in for one.
    """
    cues = analysis.headline_terms or next(iter(analysis.terms), ())
    summarise.bonus_words = cues or {"-"}
    summarise.stigma_words = {"-"}
    summarise.null_words = stop_words(analysis.language) or {"-"}


def sumy_document(analysis: Analysis) -> Any:
    """sumy's model of the article; sentences are told apart by their text alone, as sumy does."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    tokenizer = _Tokenizer(dict(zip((s.text.strip() for s in analysis.sentences), analysis.words, strict=True)))
    return ObjectDocumentModel(
        [
            Paragraph([Sentence(sentence.text, tokenizer) for sentence in group])
            for _, group in groupby(analysis.sentences, key=lambda sentence: sentence.field)
        ]
    )


@dataclass(frozen=True, slots=True)
class _Tokenizer:
    known: Mapping[str, Sequence[str]]

    def to_words(self, sentence: str) -> Sequence[str]:
        return self.known[sentence]
