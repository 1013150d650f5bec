"""What in a message is one reader's own: the place of it in the common bytes, and its value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from html import escape

from digest.addresses import key_of
from digest.errors import ConfigError
from digest.urls import safe_href

PLACE = "{reader}"
"""What stands in a configured URL for the reader's token."""
_SIZE = 16


def reader_token(secret: str, newsletter: str, address: str) -> str:
    """What stands for a reader in links: 32 hexadecimal digits that nobody without the secret can work out.

    Keyed BLAKE2b (RFC 7693) of the newsletter's name and the address: the same for every issue, so that a server which
    has the secret and the list knows who leaves.
    """
    mark = blake2b(digest_size=_SIZE, key=blake2b(secret.encode(), digest_size=64).digest())
    for piece in (newsletter.encode("utf-8", "replace"), key_of(address).encode("utf-8", "replace")):
        mark.update(len(piece).to_bytes(8, "big") + piece)
    return mark.hexdigest()


def is_personal(place: str) -> bool:
    """Whether a configured URL is each reader's own."""
    return PLACE in place


def check_secret(places: Iterable[str], secret: str) -> None:
    """Raise `ConfigError` when links are to be each reader's own and there is nothing to make them of."""
    if not secret and any(map(is_personal, places)):
        raise ConfigError(
            f"[newsletter] a URL holds {PLACE}, which needs a secret: set DIGEST_SECRET in the environment to a long "
            "random text, the same for every issue"
        )


def with_stand_in(body: bytes, places: Iterable[str], stand_in: str) -> tuple[bytes, int]:
    """The edition with the stand-in where the newsletter's own links have the reader's place, and how many there are.

    Only these links, whole: what an article says must never be given a reader's token.
    """
    found = 0
    for place in filter(is_personal, places):
        link = safe_href(place)
        if link is None:
            continue
        own = link.replace("%7Breader%7D", stand_in)
        for before, text, after, new in (
            ('(?<=href=")', escape(link), '(?=")', escape(own)),
            (r"(?<!\S)", link, r"(?!\S)", own),
        ):
            body, count = re.subn(f"{before}{re.escape(text)}{after}".encode(), new.encode(), body)
            found += count
    return body, found
