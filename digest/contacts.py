"""Where a publisher takes corrections: the sentence on its page that says so, a link, or a configured value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from digest.language import sentence_spans
from digest.markup import clean_text
from digest.model import Contact
from digest.phrases import normal, phrases

_LONGEST_LINE = 2000
_LONGEST_CALL = 12
_FEWEST_ALONE = 4
"""A line of fewer words that holds an address belongs to the question in the line above it."""

_AT = r"\s*(?:@|＠|[\[({]\s*(?:at|ät|@|arroba|chez|chiocciola|a)\s*[\])}])\s*"
_DOT = r"(?:\.|\s*[\[({]\s*(?:\.|dot|punkt|point|punto|ponto)\s*[\])}]\s*)"
_HOST = rf"[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[a-zA-Z\u00a1-\uffff]{{2,24}}"
_ADDRESS = re.compile(rf"(?<![\w.+-])(?P<name>[\w.+%-]{{1,64}}){_AT}(?P<host>{_HOST})", re.IGNORECASE)
_URL = re.compile(
    r"https?://[^\s<>\"«»]{3,500}|(?<![\w@.])www\.[^\s<>\"«»]{3,500}|(?<![\w@./])(?:[\w-]{1,63}\.){1,4}[a-z]{2,12}/[\w/#?=&%.~-]{1,300}",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[^<>]*<([^<>]+)>")
_TRAILING = ".,;:!?)]}»”’\"'"


def find_contacts(lines: Iterable[str], publisher: str = "") -> tuple[Contact, ...]:
    """The contacts that the lines of a page state, each once, in the page's order.

    A contact is an address or a URL in a sentence that asks readers to report mistakes, or right after one. An address
    that merely stands in a page is none. `statement` is that sentence as it stands in the line, with the one before it
    where only that one speaks of mistakes.
    """
    found: dict[str, Contact] = {}
    above = ""
    for line in lines:
        line = clean_text(line[:_LONGEST_LINE])
        if not line:
            continue
        for key, contact in _stated(line, above, publisher):
            found.setdefault(key, contact)
        above = line
    return tuple(found.values())


def _stated(line: str, above: str, publisher: str) -> Iterator[tuple[str, Contact]]:
    if "@" not in line and "＠" not in line and not _ADDRESS.search(line) and not _URL.search(line):
        return
    spans = sentence_spans(line, "und")
    for number, (start, end) in enumerate(spans):
        place = _place(line[start:end])
        if place is None:
            continue
        address, url = place
        sentence = line[start:end]
        before = line[spans[number - 1][0] : end] if number else ""
        texts = (sentence, before) if _speaks_of_errors(sentence.replace(address, "")) else (before, sentence)
        statement = next((text for text in texts if text and _asks_for_errors(text, address)), "")
        if (
            not statement
            and number == 0
            and len(normal(line).split()) <= _FEWEST_ALONE + 4
            and _asks_for_errors(f"{above} {line}", address)
        ):
            statement = above
        if statement:
            yield address or url, _contact(publisher, address, url, statement, "page")


def _contact(
    publisher: str, address: str, url: str, statement: str, origin: Literal["page", "configuration"]
) -> Contact:
    return Contact(publisher, address=address or None, url=url or None, statement=statement, origin=origin)


def _place(text: str) -> tuple[str, str] | None:
    """The address or the URL a text holds, the other empty."""
    match = _ADDRESS.search(text)
    if match:
        host = re.sub(_DOT, ".", match["host"])
        return f"{match['name']}@{host}".lower(), ""
    match = _URL.search(text)
    if match:
        url = match.group().rstrip(_TRAILING)
        return "", url if url.lower().startswith("http") else f"https://{url}"
    return None


def _asks_for_errors(text: str, address: str) -> bool:
    """Whether a text speaks of mistakes, asks to report them, and means its own publisher."""
    words = phrases().contact
    text = normal(text)
    desk = _any(words["desks"], text)
    local = normal(address.partition("@")[0].replace(".", " ").replace("-", " "))
    fault = _any(words["faults"], text) or _any(words["faults"], local)
    return (
        fault and _any(words["calls"], text) and (desk or _any(words["near"], text) or _any(words["faults"], local))
    ) or (desk and _any(words["calls"], text))


def _speaks_of_errors(text: str) -> bool:
    return _any(phrases().contact["faults"], normal(_ADDRESS.sub(" ", text)))


def asks_without_place(text: str) -> bool:
    """Whether a short text is a page's call to report mistakes that leads elsewhere ("Spotted an error? Let us know")."""
    words = phrases().contact
    folded = normal(text)
    if folded in words["links"]:
        return True
    called = len(folded.split()) <= _LONGEST_CALL and _any(words["faults"], folded) and _any(words["calls"], folded)
    return called and (not text.endswith((".", "!", "?")) or "?" in text[:-1])


def _any(some: frozenset[str], text: str) -> bool:
    """Whether a text holds one of some phrases, the last word of which may have an ending."""
    return any((phrase.strip() if phrase[1] > "\u2fff" else phrase.rstrip()) in text for phrase in some)


def find_contacts_in_links(pairs: Iterable[tuple[str, str]], publisher: str = "") -> tuple[Contact, ...]:
    """The contacts among a page's links, given as (absolute href, text): "Report an error" and the like, each once."""
    found: dict[str, Contact] = {}
    for href, text in pairs:
        text = clean_text(text)
        contact = parse_contact(href, publisher) if asks_without_place(text) else None
        if contact:
            found.setdefault(
                contact.address or contact.url or "",
                _contact(publisher, contact.address or "", contact.url or "", text, "page"),
            )
    return tuple(found.values())


def parse_contact(text: str, publisher: str = "") -> Contact | None:
    """A configured value, an address or a URL ("mailto:" and "Name <address>" are understood), as a contact; else None."""
    text = clean_text(text)
    named = _NAMED.fullmatch(text)
    text = (named[1] if named else text).strip()
    if text.lower().startswith("mailto:"):
        text = text[7:].partition("?")[0]
    if match := _ADDRESS.fullmatch(text):
        return _contact(publisher, f"{match['name']}@{re.sub(_DOT, '.', match['host'])}", "", "", "configuration")
    if _URL.fullmatch(text):
        return _contact(
            publisher, "", text if text.lower().startswith("http") else f"https://{text}", "", "configuration"
        )
    return None
