"""A saved news page: its article, or a section front's teasers, and where its publisher takes corrections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from digest.contacts import find_contacts, find_contacts_in_links, plainest
from digest.errors import FormatError
from digest.formats.decode import decode
from digest.formats.finish import finished
from digest.formats.furniture import is_call, is_furniture
from digest.formats.html.above import byline_of, standfirst_of
from digest.formats.html.body import body_of, is_sentence, words_of
from digest.formats.html.hidden import uncover
from digest.formats.html.stated import Stated, byline_from, stated_by
from digest.formats.html.teasers import Teaser, teasers_of
from digest.formats.html.walls import Wall, wall_instead, wall_within
from digest.markup import Passage, clean_text, fold, links_in, parse_html, passages_of
from digest.model import Article, Block, Contact, Document, Drop, Hints, Link, Reading
from digest.urls import canonical_url, domain_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ARTICLE_WORDS, _HEADED_WORDS, _STATED_ARTICLE_WORDS, _CLOSED_WORDS = 90, 45, 25, 150
"""Words an article has at least: on any page, below a headline that the page's title confirms, on a page that calls
itself an article, on one not free to read."""
_CLOSED = ("paywall", "ad blocker notice")
"""The walls that leave the opening of the article: a page behind one is a brief."""
_LONGEST_CALL = 300
_BEHIND = 8
"""Passages behind the article that are looked at for the wall that cut it off."""
_FRONT_TEASERS, _LETTER_TEASERS = 4, 2
_MOSTLY = 0.5
_LINK_WORDS = 4
_LONGEST_BLOCK, _MOST_BLOCKS = 100_000, 20_000
"""Characters of a block, and blocks of a page: what is longer nobody wrote, and it would take minutes."""
_NO_TEXT = "has no text that a reader would see; save the page as it is shown in the browser"
_EMBEDDED = re.compile(r"data:[\w/+.-]+;base64,[\w+/=%]+")
_LARGEST = 5_000_000
"""Characters of HTML, pictures in it not counted, that trafilatura is given."""


def read(document: Document, hints: Hints) -> Reading:
    """The article of a page, or the teasers of a section front; raises FormatError for an empty page."""
    return read_page(decode(document), document.name, hints, document.url, document.retrieved)


def read_page(
    html: str,
    name: str,
    hints: Hints,
    address: str | None = None,
    retrieved: datetime | None = None,
    is_article: bool = False,
    is_letter: bool = False,
) -> Reading:
    """What a page holds that was read from `address`; `name` is what messages call it.

    A page without an article gives a `Drop` that says why, and the links it offers to follow; one that is
    cut off by a paywall gives its opening as a brief too.
    `is_article` tells that it is known to be one, however short, `is_letter` that it was mailed to many.
    """
    root = parse_html(html)
    if root is None:
        raise FormatError(f"{name} {_NO_TEXT}")
    stated = stated_by(root, address, retrieved, hints.zone)
    if stated.is_free and uncover(root):
        html = _markup(root)
    passages, cut = _bounded(root, name)
    if not (passages or stated.text):
        raise FormatError(f"{name} {_NO_TEXT}")
    stated = replace(stated, is_article=stated.is_article or is_article)
    links = links_in(root, address)
    contact, statement = _contact(passages, links, stated.publisher or hints.publisher)

    def out(passage: Passage) -> bool:
        text = passage.block.text
        # A story's lead may be teased on every page of its day; what the page says that it is about is its own.
        is_known = text == statement or (text in hints.repeated and text not in stated.descriptions)
        return is_known or is_furniture(text) or (len(text) <= _LONGEST_CALL and _calls(passage))

    kept = body_of(root, passages, (_found_by_trafilatura(html), stated.text), stated.headline, out)
    shown = tuple(passage.block.text for passage in passages)
    common = Reading(title=stated.publisher, language=stated.language or None, lines=shown)
    teasers = teasers_of(root, passages, is_letter)
    if _is_front(stated, kept, teasers, _LETTER_TEASERS if is_letter else _FRONT_TEASERS):
        briefs = tuple(_brief(teaser, stated, hints, contact, address) for teaser in teasers)
        return replace(common, articles=briefs, drops=(*cut, *_left_out(name, len(passages) - 2 * len(briefs))))
    standfirst, body = standfirst_of(passages, kept, stated.descriptions, stated.headline)
    blocks, wall = _before_a_wall(passages, body)
    if _words(blocks) < _ARTICLE_WORDS <= _words(stated.blocks):  # the page shows it once a script has run
        blocks, wall = stated.blocks, None
    elif _words(blocks) < _ARTICLE_WORDS and stated.is_article:
        blocks += _captions(root)  # of a gallery, they are what is told
    wall = wall or wall_instead(shown, stated.is_article)
    is_headed = fold(stated.headline) in {fold(text) for text in shown}
    reason, detail = _no_article(stated, blocks, wall, _HEADED_WORDS if is_headed else _ARTICLE_WORDS)
    if wall and not reason:
        cut = (*cut, Drop("read", name, wall.kind, f"{wall.detail}; these are kept"))
    is_closed = reason in _CLOSED and stated.is_article and bool(stated.headline and (standfirst or blocks))
    if reason:
        detail = f"{detail}; its opening is kept" if is_closed else detail
        cut = (*cut, Drop("read", name, reason, detail))
    if reason and not is_closed:
        return replace(common, links=_followable(links, address), drops=cut)
    article = Article(
        id="",
        revision="",
        source=hints.source,
        headline=stated.headline,
        publisher=stated.publisher or domain_of(stated.url or ""),
        standfirst=standfirst,
        byline=stated.byline or byline_from((byline_of(passages, kept, stated.headline),)),
        blocks=blocks,
        published=stated.published,
        updated=stated.updated,
        retrieved=retrieved,
        language=stated.language or "und",
        labels=stated.labels,
        url=stated.url,
        image=stated.image,
        contact=contact,
    )
    if is_closed:
        opening = replace(article, kind="brief", standfirst=standfirst or blocks[0].text, blocks=())
        return replace(common, articles=(finished(opening, hints),), links=_followable(links, address), drops=cut)
    left_out = len(passages) - len(kept)
    return replace(common, articles=(finished(article, hints),), drops=(*cut, *_left_out(name, left_out)))


def _markup(root: _Element) -> str:
    from lxml import etree

    return str(etree.tostring(root, encoding="unicode", method="html"))


def _bounded(root: _Element, name: str) -> tuple[tuple[Passage, ...], tuple[Drop, ...]]:
    """The passages of a page that a person may have written, and drops for the others."""
    passages: list[Passage] = []
    drops: list[Drop] = []
    for passage in passages_of(root):
        length = len(passage.block.text)
        if len(passages) == _MOST_BLOCKS:
            detail = f"only its first {_MOST_BLOCKS:,} blocks are read"
            return tuple(passages), (*drops, Drop("read", name, "page too long", detail))
        if length <= _LONGEST_BLOCK:
            passages.append(passage)
        else:
            detail = f"{length:,} characters in one block, over the {_LONGEST_BLOCK:,} that are kept"
            drops.append(Drop("read", name, "block too long", detail))
    return tuple(passages), tuple(drops)


def _captions(root: _Element) -> tuple[Block, ...]:
    """The captions of a page's pictures that are sentences, each once."""
    texts = (clean_text(" ".join(caption.itertext())) for caption in root.iter("figcaption"))
    told = dict.fromkeys(text for text in texts if is_sentence(text) and not is_furniture(text))
    return tuple(Block("paragraph", text) for text in told)


def _found_by_trafilatura(html: str) -> str:
    """The text trafilatura takes for the article, a block a line; "" where it finds none or gives up."""
    html = _EMBEDDED.sub("", html)
    if len(html) > _LARGEST:
        return ""
    try:
        return _trafilatura()(html, fast=True, include_comments=False) or ""
    except Exception:  # noqa: BLE001 - it fails on hostile trees in many ways; what stands densest then serves
        return ""


@cache
def _trafilatura() -> Any:
    import logging

    from trafilatura import extract

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # its warnings are not the user's
    return extract


def _calls(passage: Passage) -> bool:
    """Whether a link in a paragraph is a call to subscribe, to unsubscribe, to share or to give."""
    return passage.linked > 0 and any(is_call(" ".join(link.itertext())) for link in passage.element.iter("a"))


def _contact(passages: Sequence[Passage], links: Sequence[Link], publisher: str) -> tuple[Contact | None, str]:
    """The contact of the page, and the page's sentence about it."""
    found = find_contacts((passage.block.text for passage in passages), publisher) or find_contacts_in_links(
        ((link.url, link.text) for link in links), publisher
    )
    return plainest(found, {link.url for link in links}), found[0].statement if found else ""


def _is_front(stated: Stated, kept: Sequence[Passage], teasers: Sequence[Teaser], fewest: int) -> bool:
    """Whether the page is nothing but teasers: many, and what looks like its article is made of theirs."""
    if stated.is_article or len(teasers) < fewest:
        return False
    theirs = {teaser.standfirst.element for teaser in teasers if teaser.standfirst}
    length = sum(len(passage.block.text) for passage in kept)
    return sum(len(passage.block.text) for passage in kept if passage.element in theirs) >= _MOSTLY * length


def _before_a_wall(passages: Sequence[Passage], body: Sequence[Passage]) -> tuple[tuple[Block, ...], Wall | None]:
    """The blocks of the body up to a wall among them or right behind them in the same box, and that wall."""
    blocks = tuple(passage.block for passage in body)
    if not body:
        return blocks, None
    first, last = (next(at for at, each in enumerate(passages) if each is end) for end in (body[0], body[-1]))
    box = body[-1].element.getparent()
    inside = set(box.iter()) if box is not None else set()
    after = takewhile(lambda passage: passage.element in inside, passages[last + 1 :])
    lines = [*passages[first : last + 1], *islice(after, _BEHIND)]
    wall = wall_within([passage.block.text for passage in lines])
    if wall is None:
        return blocks, None
    before = {id(passage.block) for passage in lines[: wall.start]}
    kept = tuple(block for block in blocks if id(block) in before)
    return kept, wall if len(kept) < len(blocks) or _words(kept) < _CLOSED_WORDS else None


def _no_article(stated: Stated, blocks: Sequence[Block], wall: Wall | None, least: int) -> tuple[str, str]:
    """Why the blocks are no article, as a reason and its particulars; ("", "") where they are one.

    `least` are the words that it has, unless the page calls itself an article.
    """
    words = _words(blocks)
    if wall and (wall.start == 0 or words < _CLOSED_WORDS):
        return wall.kind, wall.detail
    if blocks and sum("cookie" in block.text.casefold() for block in blocks) >= _MOSTLY * len(blocks):
        return "cookie notice", "the page shows its cookie notice and no article"
    if not stated.is_free and words < _CLOSED_WORDS:
        return "paywall", f"the page says it is not free to read, and holds {words} words"
    if words < (_STATED_ARTICLE_WORDS if stated.is_article else least):
        return "no article", f"{words} words in it stand together like an article's"
    return "", ""


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(words_of(block.text)) for block in blocks)


def _brief(teaser: Teaser, stated: Stated, hints: Hints, contact: Contact | None, address: str | None) -> Article:
    url = canonical_url(teaser.href, address)
    article = Article(
        id="",
        revision="",
        source=hints.source,
        headline=teaser.headline,
        kind="brief",
        publisher=stated.publisher or domain_of(url or address or ""),
        standfirst=teaser.standfirst.block.text if teaser.standfirst else "",
        language=stated.language or "und",
        url=url,
        contact=contact,
    )
    return finished(article, hints)


def _left_out(name: str, blocks: int) -> tuple[Drop, ...]:
    detail = f"{blocks} blocks around the article" if blocks != 1 else "one block beside the article"
    return (Drop("read", name, "furniture", detail),) if blocks > 0 else ()


def _followable(links: Sequence[Link], address: str | None) -> tuple[Link, ...]:
    """The links of a page that lead to pages of the same site and say in words where to."""
    site = domain_of(address or "")
    found = {
        url: Link(url, link.text)
        for link in links
        if len(link.text.split()) >= _LINK_WORDS and (url := canonical_url(link.url)) and domain_of(url) == site
    }
    return tuple(found.values()) if site else ()
