"""Choosing the sentences that stand for a story."""

from digest.stages.summarise.algorithms import QUICK, algorithms
from digest.stages.summarise.choosing import Ranked, Scorer, Scoring
from digest.stages.summarise.embedding import Encoder, embedded
from digest.stages.summarise.explaining import Weighed, explain
from digest.stages.summarise.rules import RULES
from digest.stages.summarise.summary import SummaryRule, faults, summarise, summarise_each, summarise_story

__all__ = [
    "QUICK",
    "RULES",
    "Encoder",
    "Ranked",
    "Scorer",
    "Scoring",
    "SummaryRule",
    "Weighed",
    "algorithms",
    "embedded",
    "explain",
    "faults",
    "summarise",
    "summarise_each",
    "summarise_story",
]
