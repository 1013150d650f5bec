"""What can be said of a URL or an address without asking the network."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit, urlunsplit

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "at_medium", "at_campaign", "xtor")


def canonical_url(url: str, base: str | None = None) -> str | None:
    """The URL absolute, without tracking parameters and fragment; None unless it is http or https.

    Idempotent: `canonical_url(canonical_url(u)) == canonical_url(u)`.
    """
    raise NotImplementedError


def domain_of(place: str) -> str:
    """The registrable domain of a URL, host or mail address ("news.example.co.uk" → "example.co.uk")."""
    raise NotImplementedError


def text_fragment(url: str, sentence: str) -> str:
    """The URL with a `#:~:text=` directive that scrolls to the sentence in its page."""
    raise NotImplementedError
