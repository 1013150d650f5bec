"""Mail addresses as every server takes them, and lists of recipients as people keep them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.model import Drop, Recipient

_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}", re.ASCII)
_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*", re.ASCII)
_NAMED = re.compile(r'"?(?P<name>[^<>]*?)"?\s*<(?P<address>[^<>]*)>')
_COMMENT = re.compile(r"(^|\s)#.*")
_STAGE = "recipients"


def is_domain(domain: str) -> bool:
    """Whether it is a domain in ASCII and small letters, as DNS has it."""
    return bool(_DOMAIN.fullmatch(domain)) and len(domain) <= 253


def ascii_address(address: str) -> str:
    """The address in ASCII, its domain as DNS has it. Raises `ValueError` that says what is wrong with it."""
    local, at, domain = address.strip().rpartition("@")
    if not at:
        raise ValueError(f"{address!r} is no mail address, since it has no @; write name@example.org")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    if not _LOCAL.fullmatch(local) or local.startswith(".") or local.endswith(".") or ".." in local:
        raise ValueError(f"{address!r} is no mail address that every server takes; letters before the @ must be ASCII")
    if not is_domain(domain):
        raise ValueError(f"{address!r} has no domain that mail can be sent to; write name@example.org")
    return f"{local}@{domain}"


def recipients_of(text: str) -> tuple[tuple[Recipient, ...], tuple[Drop, ...]]:
    """The recipients in a list, and what in it is none.

    A line holds one address, `a@example.org` or `Ada Reader <a@example.org>`; what follows a `#`
    is a comment, empty lines are passed over. An address that is there twice, whatever its capitals, counts once;
    it, and a line without a usable address, become drops whose subject is the line's number.
    """
    found: dict[str, Recipient] = {}
    drops = []
    for number, line in _lines(text):
        named = _NAMED.fullmatch(line)
        try:
            address = ascii_address(named["address"] if named else line)
        except ValueError as fault:
            drops.append(Drop(_STAGE, f"line {number}", "no address", str(fault)))
            continue
        if key_of(address) in found:
            drops.append(Drop(_STAGE, f"line {number}", "duplicate", f"{address} is there already"))
        else:
            found[key_of(address)] = Recipient(address, named["name"].strip() if named else "")
    return tuple(found.values()), tuple(drops)


def key_of(address: str) -> str:
    """What two spellings of an address have in common."""
    return address.casefold()


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if line := _COMMENT.sub("", line).strip():
            yield number, line
