"""One item of a feed, whatever the feed's format → an article, full or brief."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from digest.contacts import find_contacts
from digest.formats.finish import finished, primary_language
from digest.formats.furniture import is_furniture
from digest.markup import blocks_of, clean_text, fold, parse_html, passages_of, text_of
from digest.model import Article, Block, Contact, Hints, Image
from digest.phrases import MANY, ONE, POINTER, phrases

_FULL_PARAGRAPHS, _FULL_WORDS, _CUT_WORDS = 3, 100, 250
"""An item is a full article with so many paragraphs or words; one that breaks off needs more."""
_LONGEST_LABEL = 60
_ESCAPED_TWICE = re.compile(r"&lt;(?:/(?:p|div|span|a|b|i|em|strong|h[1-6]|li|ul)|br\s*/?)&gt;", re.IGNORECASE)
_CUT = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|…|(?<!\.)\.\.\.)$")
_LAST_WORDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s+([^.!?…。！？]{1,40})$")
_ENDS_A_SENTENCE = re.compile(r"[.!?。！？؟।][\"'”’»)\]]*$")
_WHOLE_SENTENCES = re.compile(r".*[.!?。！？؟।][\"'”’»)\]]*(?=\s)")
_SYNDICATED = re.compile(
    r"(?:the post .* (?:appeared first|first appeared) on|der beitrag .* erschien (?:zuerst|auf)"
    r"|(?:cet |l[’'])article .* est apparu|l[’']articolo .* proviene da"
    r"|la entrada .* (?:se publicó|aparece) primero) .{1,80}$",
    re.IGNORECASE,
)
_UNPARTED = re.compile("[\u3040-\u9fff]")
"""Characters of scripts that put no spaces between words, of which two make a word."""
_LINKED = 0.5
_LEADS_ON = frozenset((ONE, MANY, POINTER, "navigation", "paywall"))
_REPEATED = 0.8
_MAIL = re.compile(r"\S*@\S*")


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed says of one item: titles and texts as they stand there, times parsed, URLs canonical."""

    title: str = ""
    content: str = ""
    summary: str = ""
    guid: str = ""
    url: str | None = None
    authors: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    publisher: str = ""
    image: Image | None = None
    contact: Contact | None = None


def article_of(item: Item, hints: Hints, retrieved: datetime | None = None) -> Article | None:
    """The article an item tells; None where it has neither a headline nor a text.

    It is full when it holds the text of an article, and a brief when it holds only a teaser, which
    is then the standfirst.
    """
    headline = text_of(item.title)
    body, cut = _body(item.content or item.summary, headline)
    summary, summary_cut = _body(item.summary, headline) if item.content else (body, cut)
    if item.content and _words(summary) > _words(body):
        body, cut, summary, summary_cut = summary, summary_cut, body, cut
    paragraphs = [block.text for block in body if block.kind == "paragraph"]
    words = _words(body)
    is_full = words >= _CUT_WORDS if cut else len(paragraphs) >= _FULL_PARAGRAPHS or words >= _FULL_WORDS
    if is_full:
        standfirst = "" if summary is body or summary_cut or _repeats(summary, body) else _joined(summary)
    else:
        standfirst = _whole(_joined(body), cut) or _whole(_joined(summary), summary_cut)
    if not (headline or standfirst or is_full):
        return None
    contacts = find_contacts([block.text for block in body], hints.publisher or item.publisher)
    stated = {contact.statement for contact in contacts}
    article = Article(
        id="",
        revision="",
        source=hints.source,
        headline=headline,
        kind="full" if is_full else "brief",
        publisher=item.publisher,
        standfirst=standfirst if standfirst and fold(standfirst) != fold(headline) else "",
        byline=", ".join(dict.fromkeys(filter(None, map(_name, item.authors)))),
        blocks=tuple(block for block in body if block.text not in stated) if is_full else (),
        published=item.published,
        updated=item.updated,
        retrieved=retrieved,
        language=primary_language(item.language),
        labels=labels_from(item.labels),
        url=item.url,
        image=item.image,
        contact=next(iter(contacts), item.contact),
    )
    return finished(article, hints, item.guid or None)


def labels_from(names: Iterable[str]) -> tuple[str, ...]:
    """The publisher's section names, each once, without what is an address or no name at all."""
    labels = (text_of(name) for name in names)
    return tuple(dict.fromkeys(label for label in labels if 0 < len(label) <= _LONGEST_LABEL and "://" not in label))


def _name(author: str) -> str:
    return clean_text(_MAIL.sub("", text_of(author))).strip("() ")


def _body(html: str, headline: str) -> tuple[list[Block], bool]:
    """The blocks of an item's text without its headline and its tail, and whether it breaks off."""
    blocks, cut = _blocks(html)
    if blocks and fold(blocks[0].text) == fold(headline):
        del blocks[0]
    while blocks:
        text, breaks_off = _without_tail(blocks[-1].text)
        cut = cut or breaks_off
        if text:
            blocks[-1] = Block(blocks[-1].kind, text)
            break
        del blocks[-1]
    return blocks, cut


def _blocks(html: str) -> tuple[list[Block], bool]:
    """The blocks of an item's text, and whether a link after them leads on to the rest."""
    if "<" not in html:
        html = unescape(html) if _ESCAPED_TWICE.search(html) else html
    if "<" not in html:
        return list(blocks_of(html)), False
    root = parse_html(html)
    passages = [] if root is None else list(passages_of(root))
    # A paragraph that is all link leads to another article, or to the rest of this one.
    unlinked = [passage for passage in passages if passage.linked < _LINKED * len(passage.block.text)]
    cut = bool(unlinked) and passages[-1] is not unlinked[-1] and _leads_on(passages[-1].block.text)
    return [passage.block for passage in unlinked or passages], cut


def _without_tail(text: str) -> tuple[str, bool]:
    """A last block without what leads on to the rest, and whether there was something that does."""
    if _SYNDICATED.match(text):
        return "", False
    if is_furniture(text):
        return "", _leads_on(text)
    cut = False
    while True:
        shorter = _CUT.sub("", text)
        last = _LAST_WORDS.search(shorter)
        if last and _leads_on(last.group(1)):
            shorter = shorter[: last.start(1)].rstrip()
        if shorter == text:
            return text, cut
        text, cut = shorter, True


def _leads_on(words: str) -> bool:
    hit = phrases().hit(words)
    return hit is not None and hit.how == "whole" and hit.kind in _LEADS_ON


def _whole(text: str, cut: bool) -> str:
    """A teaser's whole sentences; one that breaks off within its first keeps the mark that it does."""
    if not cut or not text or _ENDS_A_SENTENCE.search(text):
        return text
    sentences = _WHOLE_SENTENCES.match(text)
    return sentences.group() if sentences else f"{text}…"


def _joined(blocks: Sequence[Block]) -> str:
    return " ".join(block.text for block in blocks)


def _words(blocks: Sequence[Block]) -> int:
    text = _joined(blocks)
    return max(len(text.split()), 0 if text.isascii() else len(_UNPARTED.findall(text)) // 2)


def _repeats(summary: Sequence[Block], body: Sequence[Block]) -> bool:
    """Whether a summary is what the body opens with."""
    said, opening = fold(_joined(summary)), fold(_joined(body))
    return opening.startswith(said[: int(len(said) * _REPEATED)])
