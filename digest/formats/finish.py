"""What every format does last to an article: hints fill in what the document left unsaid, and it gets its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from digest.identity import identify
from digest.language import identify_language
from digest.model import Article, Hints, altered

_LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*\s*")


def finished(article: Article, hints: Hints, guid: str | None = None) -> Article:
    """The article with its id, its revision, and what the document does not state.

    A configured publisher wins over the document's; a configured contact, language or label only
    fills a gap; a language nobody states is the one the text is written in. `guid` is the
    publisher's own name for the article.
    """
    publisher = hints.publisher or article.publisher
    contact = article.contact or hints.contact
    if contact and publisher:  # it is this publisher's, whatever its domain is called
        contact = replace(contact, publisher=publisher)
    language = article.language if article.language != "und" else primary_language(hints.language or "")
    return identify(
        altered(
            article,
            source=hints.source,
            publisher=publisher,
            contact=contact,
            labels=article.labels or hints.labels,
            language=language if language != "und" else identify_language(" ".join(_texts(article))),
        ),
        guid,
    )


def primary_language(tag: str) -> str:
    """The language of a tag such as "pt-BR" or "de_CH", in lower case ("pt", "de"); "und" for no such tag."""
    match = _LANGUAGE.fullmatch(tag)
    return match.group(1).lower() if match else "und"


def _texts(article: Article) -> Iterator[str]:
    yield article.headline
    yield article.standfirst
    for block in article.blocks:
        yield block.text
