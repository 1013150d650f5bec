"""Where a publisher takes corrections: the sentence on its page that says so, a link, or a configured value."""

from __future__ import annotations

import re
from collections.abc import Iterable

from digest.markup import clean_text
from digest.model import Contact

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def find_contacts(lines: Iterable[str], publisher: str = "") -> tuple[Contact, ...]:
    """The contacts that the lines of a page state, each once, in the page's order."""
    found: dict[str, Contact] = {}
    for line in lines:
        line = clean_text(line)
        match = _ADDRESS.search(line)
        if match and "error" in line:
            address = match.group().lower()
            found.setdefault(address, Contact(publisher, address=address, statement=line))
    return tuple(found.values())


def find_contacts_in_links(pairs: Iterable[tuple[str, str]], publisher: str = "") -> tuple[Contact, ...]:
    """The contacts among a page's links, given as (href, text)."""
    return ()


def parse_contact(text: str, publisher: str = "") -> Contact | None:
    """A configured value, an address or a URL, as a contact; None if it is neither."""
    text = text.strip().removeprefix("mailto:")
    if _ADDRESS.fullmatch(text):
        return Contact(publisher, address=text, origin="configuration")
    if text.startswith(("http://", "https://")):
        return Contact(publisher, url=text, origin="configuration")
    return None
