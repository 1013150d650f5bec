"""One article's sentences and words, made once for every stage that asks."""

from __future__ import annotations

from digest.language.sentences import sentence_spans
from digest.language.words import terms, words
from digest.model import Analysis, Article, Field, Sentence

_WORDS_A_MINUTE = 230


def analyse(article: Article) -> Analysis:
    """The sentences of the standfirst and of the paragraphs, in order, with their words and terms."""
    fields: list[Field] = ["standfirst"]
    fields += [number for number, block in enumerate(article.blocks) if block.kind == "paragraph"]
    language = article.language
    sentences = []
    for field in fields:
        text = article.text(field)
        for start, end in sentence_spans(text, language):
            sentences.append(Sentence(article.id, article.revision, field, start, text[start:end]))
    found = tuple(words(sentence.text, language) for sentence in sentences)
    return Analysis(
        article=article.id,
        language=language,
        sentences=tuple(sentences),
        words=found,
        terms=tuple(terms(each, language) for each in found),
        headline_terms=terms(words(article.headline, language), language),
    )


def reading_minutes(article: Article | int, language: str = "und") -> int:
    """Minutes an adult takes to read an article, or a number of words; at least one."""
    count = article if isinstance(article, int) else analyse(article).word_count
    return max(1, round(count / _WORDS_A_MINUTE))
