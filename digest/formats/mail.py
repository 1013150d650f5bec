"""A mail (.eml): a newsletter, or an article somebody sent."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from digest.errors import FormatError
from digest.formats import page_text
from digest.formats.dates import parse_moment
from digest.formats.decode import decode
from digest.formats.finish import finished
from digest.formats.forwarding import forwarded_in
from digest.formats.opening import opening
from digest.markup import blocks_of, clean_text
from digest.model import Article, Document, Drop, Hints, Reading, altered
from digest.ports import Format
from digest.urls import domain_of

_FORWARDED = re.compile(r"^(?:\s*(?:re|fwd?|wg|aw|tr|rv|i)\s*:\s*)+", re.IGNORECASE)
_HEADER = re.compile(r"([!-9;-~]+):(?:[ \t]|$)")
_OF_A_MAIL = frozenset(
    (
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "delivered-to",
        "list-id",
    )
)
_ENOUGH_HEADERS = 3
_MOST_HEADERS, _LONGEST_HEADER = 500, 5000


def read(document: Document, hints: Hints) -> Reading:
    """The article of a mail, or a newsletter's teasers; raises FormatError where there is no text.

    The subject is the headline, the sender's name the publisher; what has no date is of the mail's. Attachments
    are left out, each with a `Drop`. Of a mail that was passed on, the first sender's name and date count.
    """
    try:
        message = message_from_bytes(document.body)
        parts = [part for part in message.walk() if not part.is_multipart()]
    except RecursionError:
        raise FormatError(f"{document.name} nests parts without end; give the article it carries by itself") from None
    is_passed_on = _FORWARDED.match(_header(message, "subject")) is not None
    if is_passed_on and (inner := _enclosed(message)):
        return read(replace(document, body=inner), hints)
    html = next((part for part in parts if _is_body(part, "text/html")), None)
    plain = next((part for part in parts if _is_body(part, "text/plain")), None)
    drops = tuple(
        Drop("read", document.name, "attachment", clean_text(part.get_filename() or "") or part.get_content_type())
        for part in parts
        if part not in (html, plain)
    )
    page = decode(_content(html, document)) if html is not None else ""
    content = _content(plain, document) if plain is not None else document
    text = decode(content) if is_passed_on and plain is not None and html is None else ""
    shown = text or "\n".join(block.text for block in blocks_of(page)) if is_passed_on else ""
    first = forwarded_in(shown)
    hints = replace(hints, publisher=hints.publisher or (first.sender if first else _sender(message)))
    reading = Reading()
    if html is not None:
        from digest.formats.html.reading import read_page

        is_letter = _is_list(message)
        reading = read_page(
            page, document.name, hints, retrieved=document.retrieved, is_article=not is_letter, is_letter=is_letter
        )
    if not reading.articles and plain is not None:
        if text and first:
            content = replace(content, body=text[first.end :].encode(), charset="utf-8")
            above = "the header of the mail that was passed on, and what stands above it"
            drops = (*drops, Drop("read", document.name, "furniture", above))
        reading = page_text.FORMAT.read(content, hints)
    if html is None and plain is None:
        raise FormatError(f"{document.name} is a mail without a text; give the article it carries by itself")
    stated = first.date if first else _header(message, "date")
    sent = parse_moment(stated, "und", document.retrieved, hints.zone)
    articles = tuple(altered(each, published=each.published or sent) for each in reading.articles)
    if len(articles) == 1 or (articles and articles[0].kind == "full"):
        articles = (_titled(articles[0], message, hints), *articles[1:])
    return replace(reading, articles=articles, drops=(*reading.drops, *drops))


def _is_body(part: Message, media_type: str) -> bool:
    disposition = str(part.get("content-disposition") or "").strip().lower()
    return part.get_content_type() == media_type and not disposition.startswith("attachment")


def _content(part: Message, document: Document) -> Document:
    payload = part.get_payload(decode=True)
    return replace(
        document,
        body=payload if isinstance(payload, bytes) else b"",
        media_type=part.get_content_type(),
        charset=part.get_content_charset(),
    )


def _enclosed(message: Message) -> bytes | None:
    """The mail that a mail encloses, None where it encloses none."""
    part = next((part for part in message.walk() if part.get_content_type() == "message/rfc822"), None)
    payload = part.get_payload() if part is not None else None
    inner = payload[0] if isinstance(payload, list) and payload else None
    return inner.as_bytes() if isinstance(inner, Message) else None


def _titled(article: Article, message: Message, hints: Hints) -> Article:
    """The article under the mail's own subject."""
    subject = _FORWARDED.sub("", clean_text(_header(message, "subject")))
    return finished(replace(article, headline=subject or article.headline), hints)


def _is_list(message: Message) -> bool:
    """Whether a mail went to a list: it may be a newsletter of many teasers."""
    return any(name in message for name in ("list-id", "list-unsubscribe", "list-post"))


def _sender(message: Message) -> str:
    """Who sent the mail, by name, else by domain; "" for a mail somebody sent to themselves."""
    name, address = parseaddr(_header(message, "from"))
    if address.lower() == parseaddr(_header(message, "to"))[1].lower():
        return ""
    return clean_text(name) or domain_of(address)


def _header(message: Message, name: str) -> str:
    """A header's words, in whatever way they were encoded or were not."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    text = _unescaped(raw[:_LONGEST_HEADER])
    try:
        return str(make_header(decode_header(text)))
    except (LookupError, ValueError, HeaderParseError):  # an encoding there is not, or bytes it does not have
        return text


def _unescaped(raw: str) -> str:
    """A header with bytes in it that are not ASCII, which the mail parser keeps as surrogates."""
    octets = raw.encode("utf-8", "surrogateescape")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("windows-1252", "replace")


def recognises(document: Document) -> bool:
    """Whether a document opens with a mail's headers, three of them at least."""
    names = set()
    for number, line in enumerate(opening(document).splitlines()[:_MOST_HEADERS]):
        header = _HEADER.match(line)
        if header:
            names.add(header.group(1).lower())
        elif not line.strip():
            break
        elif not (line[0] in " \t" or (number == 0 and line.startswith("From "))):
            return False
    return len(names & _OF_A_MAIL) >= _ENOUGH_HEADERS


FORMAT = Format("mail", ("message/rfc822",), recognises, read)
