"""What stands around the issues' pages on the web: the index of all of them, and their Atom feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

from digest.markup import clean_text
from digest.model import Look, Rendition
from digest.renderers.templates import Templates
from digest.renderers.theme import theme_of
from digest.renderers.views import IndexView, LineView
from digest.renderers.words import direction_of, words_for
from digest.urls import safe_href

FEED, INDEX = "feed.xml", "index.html"
NEWEST = 30
"""Entries of the feed: about a month of mornings."""
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the list of issues says of one. `published` is aware."""

    number: int
    date: date
    subject: str
    preheader: str
    stories: int
    published: datetime


def index_page(newsletter: str, language: str, base_url: str, entries: Sequence[Entry], look: Look) -> Rendition:
    """`index.html`, with a link to every issue in the order given. Raises `RenderError` as the other renderers do."""
    from markupsafe import Markup

    words, theme = words_for(language, look), theme_of(look)
    direction = "rtl" if direction_of(language) == "rtl" else "ltr"
    lines = tuple(
        LineView(
            href=f"{entry.date.isoformat()}/web.html",
            subject=_title(entry, clean_text(newsletter)),
            date=words.long_date(entry.date),
            iso_date=entry.date.isoformat(),
            number=words("number", number=entry.number),
        )
        for entry in entries
    )
    feed = FEED if safe_href(base_url) and entries else None
    index = IndexView(clean_text(newsletter), language, direction, lines, feed)
    css = Markup(Templates(look, markup=False).fill("web.css", {"theme": theme}))
    values = {"index": index, "words": words, "theme": theme, "css": css}
    html = Templates(look, markup=True).fill("index.html.j2", values)
    return Rendition(INDEX, "text/html; charset=utf-8", html.lstrip().encode())


def atom_feed(newsletter: str, language: str, base_url: str, entries: Sequence[Entry]) -> Rendition:
    """`feed.xml` (RFC 4287) of the newest issues, at least one. An entry's id is made of the newsletter's name and the
    issue's number, so that it stays when the site moves."""
    from lxml.builder import ElementMaker
    from lxml.etree import tostring

    atom = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})
    base, name = base_url.rstrip("/"), clean_text(newsletter)
    newest = entries[:NEWEST]

    def made(entry: Entry) -> object:
        page = f"{base}/{entry.date.isoformat()}/web.html"
        moment = _stamp(entry.published)
        parts = [
            atom.id(_id(newsletter, entry.number)),
            atom.title(_title(entry, name)),
            atom.link(rel="alternate", type="text/html", href=page),
            atom.published(moment),
            atom.updated(moment),
        ]
        preheader = clean_text(entry.preheader)
        return atom.entry(*parts, *([atom.summary(preheader)] if preheader else []))

    feed = atom.feed(
        {"{http://www.w3.org/XML/1998/namespace}lang": language},
        atom.id(_id(newsletter)),
        atom.title(name),
        atom.updated(_stamp(max(entry.published for entry in newest))),
        atom.author(atom.name(name)),
        atom.link(rel="self", type="application/atom+xml", href=f"{base}/{FEED}"),
        atom.link(rel="alternate", type="text/html", href=f"{base}/"),
        *map(made, newest),
    )
    body = tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return Rendition(FEED, "application/atom+xml", body)


def _title(entry: Entry, name: str) -> str:
    """The subject without the newsletter's name at its end, which stands above the whole list."""
    return clean_text(entry.subject).removesuffix(f" · {name}") or name


def _id(newsletter: str, number: int | None = None) -> str:
    name = f"digest:{newsletter.encode('utf-8', 'backslashreplace').decode()}"
    return uuid5(NAMESPACE_URL, name if number is None else f"{name}:{number}").urn


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
