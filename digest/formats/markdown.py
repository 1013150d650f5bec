"""Markdown with front matter in YAML or TOML → one article."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from digest.contacts import find_contacts, parse_contact
from digest.errors import FormatError
from digest.formats.dates import parse_moment
from digest.formats.decode import decode
from digest.formats.finish import finished, primary_language
from digest.formats.items import labels_from
from digest.formats.opening import opening
from digest.markup import blocks_of, text_of
from digest.model import Article, Block, Contact, Document, Hints, Image, Reading
from digest.ports import Format
from digest.urls import canonical_url, safe_href

# What editors call things in their front matter, in the languages they write it in.
_NAMES = {
    "headline": ("title", "headline", "titel", "titre", "titolo", "titulo", "título"),
    "standfirst": ("standfirst", "description", "subtitle", "dek", "deck", "summary", "vorspann", "chapo", "chapeau",
                   "sommario", "entradilla"),
    "byline": ("author", "authors", "byline", "autor", "autoren", "auteur", "autore"),
    "publisher": ("publisher", "publication"),
    "published": ("date", "published", "publish_date", "pubdate", "datum", "data", "fecha"),
    "updated": ("updated", "modified", "lastmod", "last_modified"),
    "labels": ("section", "sections", "category", "categories", "rubrik", "ressort", "rubrique", "sezione", "sección",
               "tags"),
    "language": ("lang", "language", "locale"),
    "url": ("canonical", "canonical_url", "url", "link", "permalink"),
    "image": ("image", "cover"),
    "contact": ("corrections", "contact"),
}  # fmt: skip
_FENCES = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_OPENS_WITH_KEY = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[\w\"'.-]+[ \t]*[:=]|\s*(?:---|\+\+\+)")
_FRONT = re.compile(r"(?:---|\+\+\+)[ \t]*\r?\n(?:#[^\n]*\n)*[\w\"'.-]+[ \t]*[:=]")
_LINE = re.compile(r"line (\d+)")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before the text: its fence ("---", "+++" or ""), its source, and the text after it."""

    fence: str
    source: str
    body: str


def read(document: Document, hints: Hints) -> Reading:
    """The article; raises FormatError, with the line, for front matter that cannot be read."""
    front = _split(decode(document).replace("\r\n", "\n").replace("\r", "\n"))
    stated = _stated(front, document.name)
    first = {field: next(iter(values), "") for field, values in stated.items()}
    title, blocks = _body(front.body)
    headline, standfirst = text_of(first["headline"]) or title, text_of(first["standfirst"])
    if not (headline or standfirst or blocks):
        raise FormatError(f"{document.name} has neither a title nor a text; write one")
    language = primary_language(first["language"] or hints.language or "")
    publisher = text_of(first["publisher"])
    contacts = find_contacts([block.text for block in blocks], hints.publisher or publisher)
    said = {contact.statement for contact in contacts}
    picture = safe_href(first["image"])
    article = Article(
        id="",
        revision="",
        source=hints.source,
        headline=headline,
        kind="full" if blocks else "brief",
        publisher=publisher,
        standfirst=standfirst,
        byline=", ".join(filter(None, map(text_of, stated["byline"]))),
        blocks=tuple(block for block in blocks if block.text not in said),
        published=parse_moment(first["published"], language, document.retrieved, hints.zone),
        updated=parse_moment(first["updated"], language, document.retrieved, hints.zone),
        retrieved=document.retrieved,
        language=primary_language(first["language"]),
        labels=labels_from(stated["labels"]),
        url=canonical_url(first["url"], document.url) if first["url"] else None,
        image=Image(picture) if picture else None,
        contact=_contact(stated["contact"], publisher) or next(iter(contacts), None),
    )
    return Reading((finished(article, hints),))


def _split(text: str) -> FrontMatter:
    """The front matter and the text. A line of dashes is also how a rule is drawn: front matter opens with a key."""
    text = text.lstrip("\ufeff\n")
    first, _, rest = text.partition("\n")
    fence = first.strip()
    if fence not in _FENCES or not _OPENS_WITH_KEY.match(rest):
        return FrontMatter("", "", text)
    closing = _FENCES[fence].search(rest)
    return (
        FrontMatter(fence, rest[: closing.start()], rest[closing.end() :]) if closing else FrontMatter(fence, rest, "")
    )


def _stated(front: FrontMatter, name: str) -> dict[str, list[str]]:
    """What the front matter states: the name of a field of an article → its values."""
    source = _CONTROLS.sub("", front.source)
    try:
        found = _toml(source) if front.fence == "+++" else _yaml(source)
    except _FaultError as fault:
        remedy = "mend it, or close it with a line that repeats the first"
        raise FormatError(
            f"{name}, line {fault.line + 1}: its front matter cannot be read: {fault.cause}; {remedy}"
        ) from None
    values = {str(key).strip().lower().replace("-", "_"): value for key, value in found.items()}
    return {
        field: [text for name in names if name in values for text in _texts(values[name])]
        for field, names in _NAMES.items()
    }


class _FaultError(Exception):
    """Where and why front matter cannot be read; lines count from 1 within it."""

    def __init__(self, line: int, cause: str) -> None:
        super().__init__(cause)
        self.line = line
        self.cause = cause


def _yaml(source: str) -> Mapping[Any, Any]:
    import yaml

    try:
        # The base loader makes strings of everything: a date stays as it is written, "no" stays a word.
        found = yaml.load(source, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _FaultError(mark.line + 1 if mark else 1, error.problem or "it is not YAML") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _FaultError(1, str(error) or "it nests too deep") from None
    if found is None or found == "":
        return {}
    if not isinstance(found, dict):
        raise _FaultError(1, 'it is not a list of "key: value" lines')
    return found


def _toml(source: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = _LINE.search(str(error))
        raise _FaultError(int(line.group(1)) if line else 1, str(error)) from None


def _texts(value: Any) -> list[str]:
    """A value's texts: itself or its items; of an object, its name."""
    items = value if isinstance(value, list) else [value]
    items = [item.get("name", "") if isinstance(item, dict) else item for item in items[:_MOST_VALUES]]
    texts = [item.isoformat() if isinstance(item, date | time) else item for item in items]
    return [str(text) for text in texts if isinstance(text, str | int | float) and str(text).strip()]


def _body(source: str) -> tuple[str, tuple[Block, ...]]:
    """A text's title, if it opens with one, and its blocks without it."""
    from markdown_it import MarkdownIt

    # HTML in Markdown is let through: of it, as of the rest, only the words are taken.
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(source)
    title = ""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title = " ".join(block.text for block in blocks_of(parser.renderer.render(tokens[:3], parser.options, {})))
        tokens = tokens[3:]
    return title, blocks_of(parser.renderer.render(tokens, parser.options, {}))


def _contact(values: Sequence[str], publisher: str) -> Contact | None:
    """The contact that the front matter names: an address, a URL, or a sentence with either."""
    named = [contact for value in values if (contact := parse_contact(value, publisher))]
    if named:
        return replace(named[0], origin="page")
    return next(iter(find_contacts(values, publisher)), None)


def recognises(document: Document) -> bool:
    """Whether a document opens with front matter."""
    return _FRONT.match(opening(document)) is not None


FORMAT = Format("markdown", ("text/markdown", "text/x-markdown"), recognises, read)
