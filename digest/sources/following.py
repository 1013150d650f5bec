"""Full text for teasers: whether a page that was followed has it, and what becomes of the two together. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from digest.identity import revision_of, tells_the_same
from digest.model import Article, Drop, Reading

NO_FULL_TEXT = "no full text"
OF_A_LINK = "link"
"""The mark of a page that only a link led to."""
_ENDS = re.compile(r"[.!?。！？؟।][\"'”’»)\]]*$")


def mark_of(article: Article | None) -> str:
    """Which wording of an item a page was followed for: it is followed again when the publisher changes the item."""
    if article is None:
        return OF_A_LINK
    return article.revision + (f" {article.updated.isoformat()}" if article.updated else "")


def fill(article: Article, reading: Reading, name: str) -> Article | Drop:
    """The article with the text of the page it links to, or why it keeps its own.

    `name` is what messages call the page. The result is the same article: its id, source, publisher and headline
    are those its source gave, unless the headline was made.
    """
    page = next((each for each in reading.articles if each.kind == "full"), None)
    if page is None:
        reasons = [f"{drop.reason}: {drop.detail}" for drop in reading.drops if drop.reason != "furniture"]
        return _kept(name, reasons[0] if reasons else "the page is no article")
    if _length(page) <= _length(article):
        return _kept(name, "the page holds no more than the source itself gives")
    if not tells_the_same(article, page):
        return _kept(name, f"the page tells something else, {page.headline!r}")
    publisher = article.publisher or page.publisher
    contact = page.contact and replace(page.contact, publisher=publisher)  # the page may know itself by its domain only
    filled = replace(
        page,
        id=article.id,
        source=article.source,
        publisher=publisher,
        headline=article.headline if article.headline and not article.headline_made else page.headline,
        headline_made=article.headline_made and page.headline_made,
        standfirst=page.standfirst or _standfirst(article, page),
        byline=page.byline or article.byline,
        published=article.published or page.published,
        updated=max(filter(None, (article.updated, page.updated)), default=None),
        language=page.language if page.language != "und" else article.language,
        labels=article.labels or page.labels,
        url=article.url,
        image=article.image or page.image,
        contact=contact or article.contact,
    )
    return replace(filled, revision=revision_of(filled))


def teaser_of(article: Article) -> Article:
    """What an article's own source said of it, as far as it is kept, so that its page can be read for it anew."""
    return replace(article, kind="brief", blocks=())


def _kept(name: str, why: str) -> Drop:
    return Drop("collect", name, NO_FULL_TEXT, f"{why}; the source's own text is kept")


def _standfirst(article: Article, page: Article) -> str:
    """The teaser as a standfirst, where it is a whole one and not the beginning of the text."""
    text = article.standfirst
    opening = " ".join(page.paragraphs)[: 2 * len(text)]
    return text if _ENDS.search(text) and text[: len(text) // 2] not in opening else ""


def _length(article: Article) -> int:
    return len(article.standfirst) + sum(len(block.text) for block in article.blocks)
