"""One article's sentences and words, made once for every stage that asks."""

from __future__ import annotations

from itertools import accumulate

from digest.language.datelines import date_end, dateline_end
from digest.language.numbering import numberer
from digest.language.sentences import sentence_spans
from digest.language.words import words
from digest.model import Analysis, Article, Field, Sentence
from digest.vocabulary import WIDTH

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
    number = numberer(language)
    sentences = []
    numbers = [number.numbers(article.headline)]
    for field in fields:
        text = article.text(field)
        skipped = dateline_end(text, language) if field in opening else date_end(text)
        for start, end in sentence_spans(text[skipped:] if skipped else text, language):
            start, end = start + skipped, end + skipped
            sentence = text[start:end]
            sentences.append(Sentence(article.id, article.revision, field, start, sentence))
            numbers.append(number.numbers(sentence))
    ends = tuple(accumulate([len(each) // WIDTH for each in numbers]))
    return Analysis(article.id, language, number.vocabulary, tuple(sentences), b"".join(numbers), ends)


def reading_minutes(article: Article | int, language: str = "und") -> int:
    """Minutes an adult takes to read an article, or a number of words in a language; at least one."""
    if isinstance(article, Article):
        language = article.language
        count = sum(len(words(text, language)) for text in article.paragraphs)
    else:
        count = article
    pace = _WORDS_A_MINUTE * _CHARACTERS_A_WORD if language[:2] in ("zh", "ja", "th") else _WORDS_A_MINUTE
    return max(1, round(count / pace))
