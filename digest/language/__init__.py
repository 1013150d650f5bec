"""What can be said of a text without understanding it: its language, its sentences, its words."""

from digest.language.analysis import analyse, reading_minutes
from digest.language.headline import made_headline
from digest.language.identify import identify_language
from digest.language.sentences import sentence_spans
from digest.language.words import stop_words, terms, words

__all__ = [
    "analyse",
    "identify_language",
    "made_headline",
    "reading_minutes",
    "sentence_spans",
    "stop_words",
    "terms",
    "words",
]
