"""The last look at an article before anything is made of it: clean lines, nothing said twice, a headline."""

from __future__ import annotations

import re
from dataclasses import replace

from digest.identity import revision_of
from digest.language import made_headline
from digest.markup import clean_text
from digest.model import Article, Block, Contact, Drop, altered
from digest.stages.articles import dropped
from digest.urls import canonical_url, safe_href

LONGEST = 100_000
"""Characters. No paragraph anybody wrote is longer; a page's data that lost its line breaks is."""
# Shorter lines may well stand twice in a body: an interview's "Why?", a list's "Germany".
_REPETITION_LENGTH = 40
# Spaces and the punctuation of most scripts; other marks may belong to a letter.
_BETWEEN_LETTERS = re.compile(r"[\s!-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]")
_WITHOUT_THEM = dict.fromkeys(code for code in range(0x10000) if _BETWEEN_LETTERS.match(chr(code)))
_ADDRESS = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+")


def clean(article: Article) -> tuple[Article | None, tuple[Drop, ...]]:
    """The article as clean text, or None and why there is nothing to show. Idempotent.

    Lines lose control characters and needless space. A block that repeats the headline, the
    standfirst or an earlier long block goes, since its words still stand; but of a standfirst and
    a whole paragraph that say the same, the paragraph stays. A block over `LONGEST` goes, with a
    drop. A full article left without a paragraph becomes a brief. A missing headline is cut from
    the article's first words. The id stays; the revision follows the words. Dates are left as they
    are stated, those in the future too: what a date is worth is the ranking's business.
    """
    lines = altered(
        article,
        headline=clean_text(article.headline),
        standfirst=clean_text(article.standfirst),
        byline=clean_text(article.byline),
        publisher=clean_text(article.publisher),
        labels=_labels(article.labels),
        url=canonical_url(article.url) if article.url else None,
        image=article.image if article.image and safe_href(article.image.url) else None,
        contact=_contact(article.contact) if article.contact else None,
    )
    long = tuple(
        dropped(
            "clean",
            article,
            "block too long",
            f"{len(block.text):,} characters in one block, over the {LONGEST:,} that are kept",
        )
        for block in article.blocks
        if len(block.text) > LONGEST
    )
    once = _said_once(lines)
    if once.kind == "full" and not once.paragraphs:
        once = replace(once, kind="brief", blocks=())
    titled = once if once.headline else _with_made_headline(once)
    if not titled.headline:
        return None, (*long, dropped("clean", titled, "empty", "neither headline nor text"))
    revision = revision_of(titled)
    return titled if revision == article.revision else replace(titled, revision=revision), long


def _contact(contact: Contact) -> Contact | None:
    """The contact with what may be linked to, or None when nothing of it may."""
    address = contact.address if contact.address and _ADDRESS.fullmatch(contact.address) else None
    url = contact.url if contact.url and safe_href(contact.url) else None
    if not (address or url):
        return None
    statement = clean_text(contact.statement)
    return replace(contact, publisher=clean_text(contact.publisher), address=address, url=url, statement=statement)


def _labels(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(clean_text, labels))))


def _said_once(article: Article) -> Article:
    # A made headline is the beginning of what follows, so that repeating it is no fault.
    headline = "" if article.headline_made else _plain(article.headline)
    cleaned = (_cleaned(block) for block in article.blocks if len(block.text) <= LONGEST)
    lines = [(block, _plain(block.text)) for block in cleaned]
    paragraphs = {plain for block, plain in lines if block.kind == "paragraph"}
    own = _plain(article.standfirst)
    # A standfirst that is the article's own first paragraph is none, unless it is all the article has.
    is_body = len(own) >= _REPETITION_LENGTH and own in paragraphs and len(paragraphs) > 1
    standfirst = "" if own == headline or is_body else article.standfirst
    above = {headline, _plain(standfirst)}
    seen: set[str] = set()
    blocks = []
    for block, plain in lines:
        if not block.text or (plain and plain in above) or plain in seen:
            continue
        if len(plain) >= _REPETITION_LENGTH:
            seen.add(plain)
        blocks.append(block)
    return altered(article, standfirst=standfirst, blocks=tuple(blocks))


def _cleaned(block: Block) -> Block:
    text = clean_text(block.text)
    return block if text == block.text else Block(block.kind, text)


def _plain(text: str) -> str:
    """The form in which two lines say the same: without spaces and punctuation, in one case."""
    return text.casefold().translate(_WITHOUT_THEM)


def _with_made_headline(article: Article) -> Article:
    for text in (article.standfirst, *article.paragraphs):
        made = made_headline(text, article.language)
        if made:
            return replace(article, headline=made, headline_made=True)
    return article
