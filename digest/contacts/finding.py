"""Where a publisher takes corrections: the sentence on its page that says so, a link, or a configured value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from digest.language import sentence_spans
from digest.markup import clean_text
from digest.model import Contact
from digest.phrases import normal, phrases

_LONGEST_LINE = 2000
_LONGEST_CALL = 12
_LONGEST_ADDRESS_LINE = 8
"""Words; so short a line with an address in it may answer the question that the line above asks."""
_LONGEST_LABEL = 4

_AT = r"\s*(?:@|＠|[\[({]\s*(?:at|ät|@|arroba|chez|chiocciola|a)\s*[\])}])\s*"
_DOT = r"(?:\.|\s*[\[({]\s*(?:\.|dot|punkt|point|punto|ponto)\s*[\])}]\s*)"
_HOST = rf"[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[a-zA-Z\u00a1-\uffff]{{2,24}}"
_ADDRESS = re.compile(rf"(?<![\w.+-])(?P<name>[\w.+%-]{{1,64}}){_AT}(?P<host>{_HOST})", re.IGNORECASE)
_URL = re.compile(
    r"https?://[^\s<>\"«»]{3,500}"
    r"|(?<![\w@.])www\.[^\s<>\"«»]{3,500}"
    r"|(?<![\w@./])(?:[\w-]{1,63}\.){1,4}[a-z]{2,12}/[\w/#?=&%.~-]{1,300}",
    re.IGNORECASE,
)
_MARKS = "@＠/([{"
_NAMED = re.compile(r"[^<>]*<([^<>]+)>")
_SEPARATOR = re.compile(r"\s[·•|]\s")
_BEHIND_URL = ".,;:!?)]}»”’\"'"


def find_contacts(lines: Iterable[str], publisher: str = "") -> tuple[Contact, ...]:
    """The contacts that the lines of a page state, each once, in the page's order.

    A contact is an address or a URL in a sentence that asks readers to report mistakes, or right after one. An address
    that merely stands in a page is none. `statement` is that sentence as it stands in the line, with the one before it
    where only that one speaks of mistakes.
    """
    found: dict[str, Contact] = {}
    lines = tuple(lines)
    if not _may_hold_a_place("\n".join(lines)):
        return ()
    above = ""
    for line in lines:
        line = clean_text(line[:_LONGEST_LINE])
        if not line:
            continue
        for key, contact in _stated(line, above, publisher):
            found.setdefault(key, contact)
        above = line
    return tuple(found.values())


def _may_hold_a_place(text: str) -> bool:
    """Whether a text has what every address and every URL has, which is told faster than whether it holds one."""
    return any(mark in text for mark in _MARKS) or "www." in text.lower()


def _stated(line: str, above: str, publisher: str) -> Iterator[tuple[str, Contact]]:
    if not _may_hold_a_place(line):
        return
    if not _ADDRESS.search(line) and not _URL.search(line):
        return
    spans = sentence_spans(line, "und")
    for number, (start, end) in enumerate(spans):
        sentence = line[start:end]
        address, url = _place(sentence)
        if not address and not url:
            continue
        texts = [sentence]
        if number:
            texts.append(line[spans[number - 1][0] : end])
        if not speaks_of_errors(_ADDRESS.sub(" ", sentence)):
            texts.reverse()  # the address alone may speak of errors; better to tell the question before it too
        statement = next((text for text in texts if _asks_for_errors(text, address)), "")
        if not statement and len(normal(line).split()) <= _LONGEST_ADDRESS_LINE and _leads_on(above):
            statement = above if _asks_for_errors(f"{above} {line}", address) else ""
        if statement:
            yield address or url, Contact(publisher, address or None, url or None, _without_neighbours(statement))


def _leads_on(above: str) -> bool:
    """Whether a line asks what an address below it answers, rather than being a paragraph of something else."""
    return above.endswith(("?", ":", "？", "：", "؟")) or speaks_of_errors(above)


def _without_neighbours(statement: str) -> str:
    """The statement without what a footer has before it in the same line ("Unsubscribe · Spotted a mistake? …")."""
    begin = 0
    for found in _SEPARATOR.finditer(statement):
        before = normal(statement[begin : found.start()])
        if any(_any(phrases().contact[key], before) for key in ("faults", "calls")):
            break
        begin = found.end()
    return statement[begin:]


def _place(text: str) -> tuple[str, str]:
    """The address or else the URL a text holds, "" for what it does not."""
    if match := _ADDRESS.search(text):
        return f"{match['name']}@{re.sub(_DOT, '.', match['host'])}".lower(), ""
    match = _URL.search(text)
    return "", _with_scheme(match.group().rstrip(_BEHIND_URL)) if match else ""


def _with_scheme(url: str) -> str:
    return url if url.lower().startswith(("http://", "https://")) else f"https://{url}"


def _asks_for_errors(text: str, address: str) -> bool:
    """Whether a text asks its readers to report mistakes, and means its own publisher's."""
    said = phrases().contact
    folded = normal(text)
    if _is_labelled(text):
        return True
    if not _any(said["calls"], folded):
        return False
    if _any(said["desks"], folded) or speaks_of_errors(address.partition("@")[0].replace(".", " ")):
        return True
    return speaks_of_errors(text) and _any(said["near"], folded)


def _is_labelled(text: str) -> bool:
    """Whether a few words that end in a mistake or its correction label the place behind them ("Corrections: …")."""
    label, colon, place = text.partition(":")
    words = normal(label).split()
    return bool(
        colon and 1 <= len(words) <= _LONGEST_LABEL and _names_fault(words[-1]) and _place(place) == _place(text)
    )


def _names_fault(word: str) -> bool:
    return _any(phrases().contact["faults"], f" {word} ")


def speaks_of_errors(text: str) -> bool:
    """Whether a text has a word for a mistake or its correction, in any language that is known."""
    return _any(phrases().contact["faults"], normal(text))


def asks_without_place(text: str) -> bool:
    """Whether a short text asks readers to report mistakes and leads elsewhere ("Spotted an error? Let us know")."""
    folded = normal(text)
    if folded in phrases().contact_links:
        return True
    said = phrases().contact
    short = len(folded.split()) <= _LONGEST_CALL and "?" in text[:-1]
    return short and _any(said["faults"], folded) and _any(said["calls"], folded)


def _names_a_form(text: str) -> bool:
    """Whether a link's words are a call and a fault with nothing but small words between ("Comunicar un error")."""
    words = normal(text).split()
    said = phrases().contact
    return (
        2 <= len(words) <= 4
        and _any(said["calls"], f" {words[0]}")
        and _any(said["faults"], f" {words[-1]}")
        and all(len(word) <= 3 for word in words[1:-1])
    )


def _any(some: Iterable[str], text: str) -> bool:
    return any(phrase in text for phrase in some)


def find_contacts_in_links(pairs: Iterable[tuple[str, str]], publisher: str = "") -> tuple[Contact, ...]:
    """The contacts among a page's links, given as (absolute href, text): "Report an error" and the like, each once."""
    found: dict[str, Contact] = {}
    for href, text in pairs:
        text = clean_text(text)
        contact = parse_contact(href, publisher) if asks_without_place(text) or _names_a_form(text) else None
        if contact:
            place = contact.address or contact.url or ""
            found.setdefault(place, replace(contact, statement=text, origin="page"))
    return tuple(found.values())


def parse_contact(text: str, publisher: str = "") -> Contact | None:
    """A configured address or URL as a contact, "mailto:" and "Name <address>" understood; None for anything else."""
    text = clean_text(text)
    if named := _NAMED.fullmatch(text):
        text = named[1].strip()
    if text.lower().startswith("mailto:"):
        text = text[len("mailto:") :].partition("?")[0]
    if match := _ADDRESS.fullmatch(text):
        address = f"{match['name']}@{re.sub(_DOT, '.', match['host'])}"
        return Contact(publisher, address=address, origin="configuration")
    if _URL.fullmatch(text):
        return Contact(publisher, url=_with_scheme(text), origin="configuration")
    return None
