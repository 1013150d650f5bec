"""Furniture that is learned: what the documents of a source show, and articles without what the others show too."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b

from digest.identity import revision_of
from digest.language.sentences import sentence_spans
from digest.model import Article, Block, Document, Drop, Reading
from digest.repeated import Shown, marks_of


def shown_by(document: Document, reading: Reading, now: datetime) -> tuple[Shown, ...]:
    """What one document shows: the lines of a page, or those of each of its items; furniture in both.

    A page goes by its address; a mail, which never changes but moves and is renamed, by its bytes.
    """
    if not reading.lines:
        return tuple(Shown(item.id, "item", marks_of(_lines(item)), now) for item in reading.articles)
    is_mail = document.media_type == "message/rfc822"
    page = blake2b(document.body, digest_size=8).hexdigest() if is_mail else document.name
    return (Shown(page, "page", marks_of(reading.lines), now),)


def unfurnished(document: str, reading: Reading, repeated: Container[str]) -> Reading:
    """What was read without the lines that the source's articles repeat, and a drop that counts them.

    Pages are left as they are: their formats know where on a page a line stands. An article that would lose all its
    text is left as it is too, since that is then what the publisher had to say.
    """
    if not repeated or reading.lines:
        return reading
    articles = [_without(article, repeated) for article in reading.articles]
    blocks = sum(
        len(before.blocks) - len(after.blocks) + (before.standfirst != after.standfirst)
        for before, after in zip(reading.articles, articles, strict=True)
    )
    if not blocks:
        return reading
    detail = f"{blocks} {'lines' if blocks > 1 else 'line'} that other articles of the source repeat"
    return replace(
        reading, articles=tuple(articles), drops=(*reading.drops, Drop("read", document, "furniture", detail))
    )


def _lines(item: Article) -> Iterable[str]:
    for block in item.blocks:
        yield block.text
    if item.standfirst:
        yield item.standfirst
        for start, end in sentence_spans(item.standfirst, item.language):
            yield item.standfirst[start:end]


def _without(article: Article, repeated: Container[str]) -> Article:
    blocks = _own_blocks(article.blocks, repeated)
    standfirst = _own_standfirst(article, repeated)
    if (len(blocks), standfirst) == (len(article.blocks), article.standfirst):
        return article
    kind = article.kind if blocks else "brief"
    changed = replace(article, kind=kind, blocks=blocks, standfirst=standfirst)
    return replace(changed, revision=revision_of(changed))


def _own_blocks(blocks: Sequence[Block], repeated: Container[str]) -> tuple[Block, ...]:
    kept = [block for block in blocks if block.text not in repeated]
    while kept and kept[-1].kind == "subhead":  # it stood over what is gone
        kept.pop()
    return tuple(kept) if any(block.kind == "paragraph" for block in kept) else tuple(blocks)


def _own_standfirst(article: Article, repeated: Container[str]) -> str:
    """The standfirst without the sentences at its ends that come again; "" where it is the same as ever."""
    text = article.standfirst
    spans = list(sentence_spans(text, article.language))
    # Of a text that ends without a mark, numbers do not count; those of its whole sentences do.
    if text in repeated and all(len(spans) < 2 or text[slice(*span)] in repeated for span in spans):
        return "" if article.headline and not article.headline_made else text
    while spans and text[slice(*spans[-1])] in repeated:
        spans.pop()
    while spans and text[slice(*spans[0])] in repeated:
        spans.pop(0)
    return text[spans[0][0] : spans[-1][1]] if spans else text
