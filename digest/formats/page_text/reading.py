"""A page's lines → its article, its teasers and its contact, every other line accounted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from digest.contacts import find_contacts
from digest.errors import FormatError
from digest.formats.decode import decode
from digest.formats.page_text.body import Body, find_body, tell_parts
from digest.formats.page_text.furniture import byline_of, dates_said, is_credit
from digest.formats.page_text.lines import CARD, Line, read_lines
from digest.formats.page_text.page import BYLINE, HEADLINE, PARAGRAPH, STANDFIRST, SUBHEAD, TEASER, Page, page_of
from digest.formats.page_text.teasers import (
    Teaser,
    own_card,
    take_alternating,
    take_dated,
    take_headlines,
    take_labelled,
    take_pairs,
)
from digest.identity import identify
from digest.language import identify_language, stop_words
from digest.markup import fold
from digest.model import Article, Block, Contact, Document, Drop, Hints, Reading
from digest.phrases import normal, phrases
from digest.ports import Format
from digest.urls import domain_of

_STAGE = "page_text"
_CONTACT = "correction contact"
_OUTSIDE = "outside the article"
_MOST_BESIDE = 25
"""Words that may stand beside the sentence about corrections in its line; with more, the line is a paragraph too."""
_SUBJECT = 80
_ENOUGH_SAID = 60
_LEAST_ABOVE = 5
"""Above an article a label's entries are a menu's unless they are as long as headlines."""
_LONGEST_MADE, _SHORTEST_MADE = 90, 25
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}\s*(?:[-–]\s*\d{4})?\s*[,.:]?\s*)(?:by\s+)?(?P<name>[^.|,:;()]{2,40}?)\s*(?:[.|,;–-].*)?$",
    re.IGNORECASE,
)


def fold_lines(text: str) -> frozenset[str]:
    """The folded lines of one page, to be counted over the pages of its source."""
    return frozenset(folded for line in read_lines(text) if (folded := fold(line.text)))


def read(document: Document, hints: Hints) -> Reading:
    """The article, the teasers and the contact of one page.

    A page without an article gives its teasers, or nothing but drops. Every line that is in none of
    them has a drop that says what it was taken for. Raises FormatError for an empty document.
    """
    lines = tuple(read_lines(decode(document)))
    if not lines:
        raise FormatError(f"{document.name}: there is no text in it; save the page's text again")
    page = page_of(lines, hints.repeated)
    contacts = _contacts(page, hints)
    own = own_card(page)
    teasers = take_dated(page, own)
    said = _after_prose(page)
    teasers += take_labelled(page, said, len(lines))
    teasers += take_alternating(page)
    body = find_body(page)
    if body is None:
        teasers += take_labelled(page, 0, len(lines))
        teasers += take_pairs(page, 0, len(lines))
        if all(teaser.is_bare for teaser in teasers):
            teasers += take_headlines(page, 0, len(lines), fewest=5)
    else:
        teasers += take_labelled(page, body.start, said)
        body = tell_parts(page, body)
        top = body.start if body.headline is None else min(body.headline, body.start)
        teasers += [teaser for teaser in take_labelled(page, 0, top) if not _is_menu(page, teaser)]
        teasers += take_pairs(page, body.stop, len(lines))
    publisher = _publisher(page, hints, contacts)
    contact = contacts[0] if contacts else hints.contact
    language = hints.language or identify_language(
        " ".join(
            line.text for at, line in enumerate(lines) if page.roles[at] in (PARAGRAPH, STANDFIRST, HEADLINE, TEASER)
        )
    )
    base = Article(
        id="",
        revision="",
        source=hints.source,
        headline="",
        publisher=publisher,
        retrieved=document.retrieved,
        language=language,
        contact=contact,
    )
    articles = [_article(page, body, own, base, hints)] if body else []
    articles += _briefs(page, teasers, articles, base, hints)
    return Reading(
        articles=tuple(map(identify, articles)), drops=_drops(page), title=articles[0].headline if body else ""
    )


def _after_prose(page: Page) -> int:
    """Where a page has said enough in whole sentences that its menus are over."""
    words = 0
    for at in range(len(page.lines)):
        words += page.lines[at].words if page.is_prose(at) else 0
        if words >= _ENOUGH_SAID:
            return at
    return len(page.lines)


def _is_menu(page: Page, teaser: Teaser) -> bool:
    """Whether what a label above the article announces is a menu's entry rather than a headline."""
    if not teaser.is_bare or page.lines[teaser.first].words >= _LEAST_ABOVE:
        return False
    page.roles[teaser.first] = _OUTSIDE
    return True


def _contacts(page: Page, hints: Hints) -> tuple[Contact, ...]:
    """The contacts that the page states, with the publisher their domain tells; their lines are taken."""
    found = find_contacts([line.text for line in page.lines], hints.publisher)
    for at, line in enumerate(page.lines):
        for contact in found:
            place = contact.address or contact.url or ""
            rest = line.text.replace(contact.statement, "") if contact.statement in line.text else None
            if (rest is not None and len(rest.split()) <= _MOST_BESIDE) or line.text.strip(" .:") == place:
                page.kinds[at] = _CONTACT
    return tuple(
        contact if contact.publisher else replace(contact, publisher=domain_of(contact.address or contact.url or ""))
        for contact in found
    )


def _publisher(page: Page, hints: Hints, contacts: tuple[Contact, ...]) -> str:
    """The configured name, else the one a copyright line states, else the contact's domain."""
    if hints.publisher:
        return hints.publisher
    names = {
        match["name"].strip()
        for line in page.lines
        if (match := _RIGHTS.search(line.text)) and not is_credit(match["name"])
    }
    if len(names) == 1 and len(name := names.pop()) > 2 and len(name.split()) <= 5:
        return name
    return contacts[0].publisher if contacts else ""


def _article(page: Page, body: Body, own: int | None, base: Article, hints: Hints) -> Article:
    lines = page.lines
    texts = {role: lines[at].text for at, role in enumerate(page.roles) if role in (HEADLINE, STANDFIRST)}
    blocks = tuple(
        Block("subhead" if page.roles[at] == SUBHEAD else "paragraph", lines[at].text)
        for at in range(max(0, body.start - 1), body.stop)
        if page.roles[at] in (PARAGRAPH, SUBHEAD)
    )
    headline = texts.get(HEADLINE, "")
    standfirst = texts.get(STANDFIRST, "")
    byline = next((byline_of(lines[at].text) for at, role in enumerate(page.roles) if role == BYLINE), "")
    published, updated = _dates(page, body, own)
    made = not headline
    if made:
        first = standfirst or next((block.text for block in blocks if block.kind == "paragraph"), "")
        headline = made_headline(first, base.language)
    above = body.headline - 1 if body.headline else -1
    labels = (lines[above].text,) if above >= 0 and normal(lines[above].text) in phrases().sections else ()
    if labels:
        page.roles[above] = "label"
    return replace(
        base,
        headline=headline,
        headline_made=made,
        standfirst=standfirst,
        byline=byline,
        blocks=blocks,
        published=published,
        updated=updated,
        labels=labels or hints.labels,
    )


def _dates(page: Page, body: Body, own: int | None) -> tuple[datetime | None, datetime | None]:
    """When the article was published and changed, as its own card or the date lines at its head say."""
    published = page.lines[own].date if own is not None else None
    updated = None
    first = body.start if body.headline is None else min(body.headline, body.start)
    for at in range(max(0, first - 6), min(body.stop, body.start + 8)):
        if page.kinds[at] == "date line":
            for changed, moment in dates_said(page.lines[at].text):
                if changed:
                    updated = updated or moment
                else:
                    published = published or moment
    return published, updated


def _briefs(
    page: Page, teasers: Iterable[Teaser], articles: Iterable[Article], base: Article, hints: Hints
) -> list[Article]:
    """A brief for each teaser in the page's order, each once, and none for the page's own article."""
    seen = {fold(article.headline).strip(" .") for article in articles}
    briefs = []
    for teaser in sorted(teasers, key=lambda teaser: teaser.first):
        headline = page.lines[teaser.headline].text if teaser.headline is not None else ""
        standfirst = page.lines[teaser.standfirst].text if teaser.standfirst is not None else ""
        key = fold(headline or standfirst).strip(" .")
        parts = [at for at in (teaser.headline, teaser.standfirst) if at is not None]
        if key in seen:
            for at in parts:
                page.roles[at] = "repeated line"
            continue
        seen.add(key)
        labels = (page.lines[teaser.label].text,) if teaser.label is not None else ()
        date = page.lines[teaser.card].date if teaser.card is not None else None
        briefs.append(
            replace(
                base,
                kind="brief",
                headline=headline or made_headline(standfirst, base.language),
                headline_made=not headline,
                standfirst=standfirst,
                published=date,
                labels=labels or hints.labels,
            )
        )
    return briefs


def made_headline(text: str, language: str) -> str:
    """A headline cut from the beginning of a text: its first sentence if that is short, else whole clauses or words of it."""
    first = re.split(r"(?<=[.!?。！？])\s+|(?<=[。！？])", text, maxsplit=1)[0].strip()
    first = first.rstrip(".。 ")
    if len(first) <= _LONGEST_MADE:
        return first
    cut = first[: _LONGEST_MADE + 1]
    clauses = [match.start() for match in re.finditer(r"[,;:，；：、]|\s[–—-]\s", cut)]
    if clauses and clauses[-1] >= _SHORTEST_MADE:
        return cut[: clauses[-1]].rstrip()
    words = cut.split(" ")[:-1] or [cut[:_LONGEST_MADE]]
    stop = stop_words(language)
    while len(words) > 3 and fold(words[-1]).strip("\"'“”«»") in stop:
        words.pop()
    return " ".join(words).rstrip(" ,;:")


def _drops(page: Page) -> tuple[Drop, ...]:
    """A drop for each line that is in no article, the same lines together."""
    told = {PARAGRAPH, SUBHEAD, HEADLINE, STANDFIRST, TEASER, BYLINE, "label"}
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Line] = {}
    for line, role, kind in zip(page.lines, page.roles, page.kinds, strict=True):
        if role in told and not (role == TEASER and kind == CARD):
            continue
        reason = (role if role not in told else "") or kind or _OUTSIDE
        reason = "date line" if reason == CARD else reason
        key = (reason, line.text)
        counts[key] += 1
        first.setdefault(key, line)
    return tuple(
        Drop(
            _STAGE,
            _shortened(text),
            reason,
            f"line {first[reason, text].number + 1}" + (f", {count} times" if count > 1 else ""),
        )
        for (reason, text), count in counts.items()
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _SUBJECT else text[: _SUBJECT - 1].rstrip() + "…"


FORMAT = Format("page-text", ("text/plain",), lambda document: document.media_type == "text/plain", read)
