"""A page's lines → its article, its teasers and its contact, every other line accounted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from digest.contacts import find_contacts
from digest.errors import FormatError
from digest.formats.dates import in_zone
from digest.formats.decode import decode
from digest.formats.finish import finished, primary_language
from digest.formats.page_text.body import find_body
from digest.formats.page_text.dates import dates_said
from digest.formats.page_text.furniture import CORRECTIONS, DATE, READING_TIME, byline_of, is_credit
from digest.formats.page_text.lines import CARD, Line, read_lines
from digest.formats.page_text.page import (
    AGAIN,
    BYLINE,
    HEADLINE,
    KEPT,
    LABEL,
    PARAGRAPH,
    STANDFIRST,
    SUBHEAD,
    TEASER,
    Page,
    page_of,
)
from digest.formats.page_text.parts import tell_parts
from digest.formats.page_text.pasted import FEWEST_PARAGRAPHS, Found, pages_of
from digest.formats.page_text.teasers import (
    Teaser,
    own_card,
    take_alternating,
    take_dated,
    take_headlines,
    take_labelled,
    take_pairs,
)
from digest.language import identify_language, made_headline
from digest.markup import fold
from digest.model import Article, Block, Contact, Document, Drop, Hints, Reading
from digest.phrases import normal, phrases
from digest.urls import domain_of

_STAGE, _OUTSIDE = "page_text", "outside the article"
_LONGEST_SUBJECT = 80
_MOST_BESIDE = 25
"""Words that may stand beside the sentence about corrections in its line; with more, the line is a paragraph too."""
_MOST_CONTACTS = 20
_ENOUGH_SAID = 60
"""Words in whole sentences, after which a page's menus are over."""
_LEAST_ABOVE = 5
"""Words; above an article a label's entries are a menu's unless they are as long as headlines."""
_NEAR_HEAD, _NEAR_TEXT = 6, 8
_LEAST_TEXT = 250
"""Characters of an article that stands in a paste of several pages."""
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?\d{4}(?:\s*[-–]\s*\d{4})?\s*[,.:]?\s*(?:by\s+)?"
    r"(?P<name>[^.|,:;()]{3,40}?)(?:\s*[.|,;].*|\s*[–—].*|\s+-\s.*)?\s*$",
    re.IGNORECASE,
)


def read(document: Document, hints: Hints) -> Reading:
    """The article, the teasers and the contact of a page, or of each of several that were pasted one after another.

    A page without an article gives its teasers, or nothing but drops. Every line that is in none of them has a drop
    that says what it was taken for. Raises FormatError for a document that cannot be decoded or holds no text.
    """
    lines = tuple(read_lines(decode(document)))
    if not lines:
        raise FormatError(f"{document.name}: there is no text in it; save the page's text again")

    page = page_of(lines, hints.repeated)
    contacts = _contacts(page, hints)
    pages = pages_of(page, lambda some: _found(some, document, hints))
    if len(pages) == 1:
        return _read_page(page, contacts, document, hints)
    readings = [_read_lines(some, document, hints) for some in pages]
    return Reading(
        tuple(article for reading in readings for article in reading.articles),
        drops=tuple(drop for reading in readings for drop in reading.drops),
        title=readings[0].title,
    )


def _read_lines(lines: Sequence[Line], document: Document, hints: Hints) -> Reading:
    page = page_of(lines, hints.repeated)
    return _read_page(page, _contacts(page, hints), document, hints)


def _found(lines: Sequence[Line], document: Document, hints: Hints) -> Found:
    page = page_of(lines, hints.repeated)
    article = next(iter(_read_page(page, _contacts(page, hints), document, hints).articles), None)
    if article is None or article.kind != "full" or article.headline_made:
        return Found(article=False)
    told = [block.text for block in article.blocks if block.kind == "paragraph"]
    if article.standfirst:
        told.append(article.standfirst)
    enough = len(told) >= FEWEST_PARAGRAPHS and sum(map(len, told)) >= _LEAST_TEXT
    headline = page.roles.index(HEADLINE)
    signed = bool(article.published or article.byline)
    return Found(enough, headline, article.headline, lines[headline].words, signed, bool(article.contact))


def _read_page(page: Page, contacts: list[Contact], document: Document, hints: Hints) -> Reading:
    lines = page.lines
    own = own_card(page)
    teasers = take_dated(page, own)
    said = _where_menus_end(page)
    teasers += take_labelled(page, said, len(lines))
    teasers += take_alternating(page)
    body = find_body(page)
    language = primary_language(hints.language or "")
    if language == "und":
        language = identify_language(" ".join(line.text for at, line in enumerate(lines) if _tells(page, at, body)))
    base = Article(
        id="",
        revision="",
        source=hints.source,
        headline="",
        publisher=_publisher(page, contacts),
        language=language,
        retrieved=document.retrieved,
        contact=contacts[0] if contacts else None,
    )
    articles = []
    if body is None:
        teasers += take_labelled(page, 0, len(lines))
        teasers += take_pairs(page, 0, len(lines))
        if all(teaser.is_bare for teaser in teasers):
            teasers += take_headlines(page)
    else:
        teasers += take_labelled(page, body.start, said)
        headline = tell_parts(page, body)
        articles.append(_article(page, body, headline, own, base))
        top = body.start if headline is None else min(headline, body.start)
        teasers += [teaser for teaser in take_labelled(page, 0, top) if not _is_menu(page, teaser)]
        teasers += take_pairs(page, body.stop, len(lines))
    articles += _briefs(page, teasers, articles, base)
    title = articles[0].headline if body else ""
    told = (_in_zone(article, hints.zone) for article in articles)
    shown = tuple(line.text for line in lines)
    return Reading(tuple(finished(article, hints) for article in told), drops=_drops(page), title=title, lines=shown)


def _in_zone(article: Article, zone: tzinfo) -> Article:
    """The article with its dates, which lines print without a zone, in the zone of who reads them."""
    published = in_zone(article.published, zone) if article.published else None
    updated = in_zone(article.updated, zone) if article.updated else None
    return replace(article, published=published, updated=updated)


def _contacts(page: Page, hints: Hints) -> list[Contact]:
    """The contacts that the page states, of the publisher that their domain tells; their lines are furniture."""
    contacts = []
    for contact in find_contacts((line.text for line in page.lines), hints.publisher)[:_MOST_CONTACTS]:
        place = contact.address or contact.url or ""
        for at, line in enumerate(page.lines):
            beside = line.text.replace(contact.statement, "") if contact.statement in line.text else None
            if (beside is not None and len(beside.split()) <= _MOST_BESIDE) or line.text.strip(" .:") == place:
                page.kinds[at] = CORRECTIONS
        contacts.append(contact if contact.publisher else replace(contact, publisher=domain_of(place)))
    return contacts


def _where_menus_end(page: Page) -> int:
    words = 0
    for at, line in enumerate(page.lines):
        words += line.words if page.is_prose(at) else 0
        if words >= _ENOUGH_SAID:
            return at
    return len(page.lines)


def _tells(page: Page, at: int, body: range | None) -> bool:
    """Whether a line is in the language that the page is read for."""
    return page.roles[at] == TEASER if body is None else at in body and page.is_prose(at)


def _is_menu(page: Page, teaser: Teaser) -> bool:
    """Whether what a label above the article announces is a menu's entry rather than a headline."""
    if not teaser.is_bare or page.lines[teaser.first].words >= _LEAST_ABOVE:
        return False
    for at in (teaser.headline, teaser.standfirst, teaser.label):
        if at is not None:
            page.roles[at] = _OUTSIDE
    return True


def _publisher(page: Page, contacts: list[Contact]) -> str:
    """The name that one copyright line states, else the contact's domain."""
    found = (match["name"].strip() for line in page.lines if (match := _RIGHTS.search(line.text)))
    names = {name for name in found if not is_credit(name) and len(name.split()) <= 5}
    if len(names) == 1:
        return names.pop()
    return contacts[0].publisher if contacts else ""


def _article(page: Page, body: range, headline: int | None, own: int | None, base: Article) -> Article:
    lines, roles = page.lines, page.roles
    blocks = tuple(
        Block("subhead" if roles[at] == SUBHEAD else "paragraph", lines[at].text)
        for at in range(max(0, body.start - 1), body.stop)
        if roles[at] in (PARAGRAPH, SUBHEAD)
    )
    standfirst = next((lines[at].text for at, role in enumerate(roles) if role == STANDFIRST), "")
    byline = next((byline_of(lines[at].text) for at, role in enumerate(roles) if role == BYLINE), "")
    label = headline - 1 if headline else -1
    if label < 0 or normal(lines[label].text) not in phrases().sections:
        label = -1
    else:
        roles[label] = LABEL
    published, updated = _dates(page, body, headline, own)
    opening = standfirst or next((block.text for block in blocks if block.kind == "paragraph"), "")
    return replace(
        base,
        headline=made_headline(opening, base.language) if headline is None else lines[headline].text,
        headline_made=headline is None,
        standfirst=standfirst,
        byline=byline,
        blocks=blocks,
        published=published,
        updated=updated,
        labels=(lines[label].text,) if label >= 0 else (),
    )


def _dates(page: Page, body: range, headline: int | None, own: int | None) -> tuple[datetime | None, datetime | None]:
    """When the article was published and changed, as its own card or the date lines of its head say."""
    published = _date_of(page.lines[own]) if own is not None else None
    updated = None
    first = body.start if headline is None else min(headline, body.start)
    for at in range(max(0, first - _NEAR_HEAD), min(body.stop, body.start + _NEAR_TEXT)):
        for changed, moment in dates_said(page.lines[at].text) if page.kinds[at] == DATE or at == own else ():
            if changed:
                updated = updated or moment
            else:
                published = published or moment
    return published, updated


def _briefs(page: Page, teasers: list[Teaser], articles: list[Article], base: Article) -> Iterator[Article]:
    """A brief for each teaser in the page's order, each once, and none for the page's own article."""
    seen = {_key(article.headline) for article in articles}
    teasers = sorted(teasers, key=lambda teaser: teaser.first)
    for teaser in _without_labels(page, teasers) if _labels_follow(page, teasers) else teasers:
        headline, standfirst, label = (
            "" if at is None else page.lines[at].text for at in (teaser.headline, teaser.standfirst, teaser.label)
        )
        key = _key(headline or standfirst)
        if key in seen:
            for at in (teaser.headline, teaser.standfirst, teaser.label):
                if at is not None:
                    page.roles[at] = AGAIN
            continue
        seen.add(key)
        yield replace(
            base,
            kind="brief",
            headline=headline or made_headline(standfirst, base.language),
            headline_made=not headline,
            standfirst=standfirst,
            published=None if teaser.card is None else _date_of(page.lines[teaser.card]),
            labels=(label,) if label else (),
        )


def _labels_follow(page: Page, teasers: list[Teaser]) -> bool:
    """Whether the sections' names stand below the teasers' hours, so that each belongs to the teaser above it."""
    labels = [teaser.label for teaser in teasers if teaser.label is not None]
    below = [label for label in labels if page.kind(label - 1) in (DATE, READING_TIME)]
    return bool(teasers) and teasers[0].label is None and len(below) > 1 and len(below) == len(labels)


def _without_labels(page: Page, teasers: list[Teaser]) -> Iterator[Teaser]:
    for teaser in teasers:
        if teaser.label is not None:
            page.roles[teaser.label] = _OUTSIDE
        yield replace(teaser, label=None)


def _date_of(card: Line) -> datetime | None:
    """When a card's line says that something was published."""
    return card.date or next((moment for changed, moment in dates_said(card.text) if not changed), None)


def _key(text: str) -> str:
    return fold(text).strip(" .!?…")


def _drops(page: Page) -> tuple[Drop, ...]:
    """A drop for each line that is in no article, the same lines together."""
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Line] = {}
    for line, role, kind in zip(page.lines, page.roles, page.kinds, strict=True):
        if role in KEPT and kind != CARD:
            continue
        reason = DATE if kind == CARD else role or kind or _OUTSIDE
        counts[reason, line.text] += 1
        first.setdefault((reason, line.text), line)
    return tuple(
        Drop(_STAGE, _shortened(text), reason, _where(first[reason, text], count))
        for (reason, text), count in counts.items()
    )


def _where(line: Line, count: int) -> str:
    return f"line {line.number + 1}" + (f", {count} times" if count > 1 else "")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SUBJECT else text[: _LONGEST_SUBJECT - 1].rstrip() + "…"
