"""One article's sentences and words, made once for every stage that asks."""

from __future__ import annotations

from digest.language.datelines import dateline_end
from digest.language.sentences import sentence_spans
from digest.language.words import words, words_and_terms
from digest.model import Analysis, Article, Field, Sentence

_WORDS_A_MINUTE = 230
"""Brysbaert, "How many words do we read per minute?" (2019): 238 for English non-fiction."""
_OPENING_FIELDS = 3
"""A dateline may come behind a standfirst or a caption, but not much later."""
_CHARACTERS_A_WORD = 2
"""In scripts without spaces, words are counted as pairs of characters that overlap."""


def analyse(article: Article) -> Analysis:
    """The sentences of the standfirst and of the paragraphs, in order, with their words and terms.

    `article.text(s.field)[s.start : s.end] == s.text` holds for each sentence `s`. A dateline that
    opens one of the first texts is left out, since it is no part of its sentence.
    """
    language = article.language
    body: list[Field] = [number for number, block in enumerate(article.blocks) if block.kind == "paragraph"]
    fields = ["standfirst", *body] if article.standfirst else body
    opening = fields[:_OPENING_FIELDS]
    sentences = []
    found = []
    for field in fields:
        text = article.text(field)
        skipped = dateline_end(text) if field in opening else 0
        for start, end in sentence_spans(text[skipped:] if skipped else text, language):
            start, end = start + skipped, end + skipped
            sentence = text[start:end]
            sentences.append(Sentence(article.id, article.revision, field, start, sentence))
            found.append(words_and_terms(sentence, language))
    headline_words, headline_terms = words_and_terms(article.headline, language)
    return Analysis(
        article=article.id,
        language=language,
        sentences=tuple(sentences),
        words=tuple([words for words, _ in found]),
        terms=tuple([terms for _, terms in found]),
        headline_words=headline_words,
        headline_terms=headline_terms,
    )


def reading_minutes(article: Article | int, language: str = "und") -> int:
    """Minutes an adult takes to read an article, or a number of words in a language; at least one."""
    if isinstance(article, Article):
        language = article.language
        count = sum(len(words(text, language)) for text in article.paragraphs)
    else:
        count = article
    pace = _WORDS_A_MINUTE * _CHARACTERS_A_WORD if language[:2] in ("zh", "ja", "th") else _WORDS_A_MINUTE
    return max(1, round(count / pace))
