"""Forward centrality over sentence vectors that the user's own model makes; nothing here loads or fetches one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from digest.model import Analysis, Article
from digest.ports import Summariser
from digest.stages.summarise.choosing import Ranked, Scoring

Encoder = Callable[[Sequence[str]], Any]
"""Texts → a vector for each: anything NumPy reads as an array of shape (texts, dimensions)."""


def embedded(encode: Encoder) -> Summariser:
    """A summariser that compares sentences by the vectors that `encode` gives them.

    It reads as well, and is as long, as the default one. `encode` is called once an article, with the
    headline and then every sentence. Raises ValueError when it does not give a vector for each.
    """
    return Ranked(_EmbeddingScorer(encode))


@dataclass(frozen=True, slots=True)
class _EmbeddingScorer:
    encode: Encoder

    def __call__(self, article: Article, analysis: Analysis) -> Scoring:
        import numpy as np

        from digest.stages.summarise.forward import scoring_of

        texts = [article.headline, *(sentence.text for sentence in analysis.sentences)]
        vectors = np.asarray(self.encode(texts), dtype=np.float64)
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise ValueError(f"the encoder gave an array of shape {vectors.shape} for {len(texts)} texts")
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
        headline, sentences = vectors[0], vectors[1:]
        following = np.cumsum(sentences[::-1], axis=0)[::-1] - sentences
        forward = (sentences * following).sum(axis=1)
        return scoring_of(analysis, forward.tolist(), (sentences @ headline).tolist())
