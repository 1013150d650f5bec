"""An HTML rendition as a frame of the preview shows it: in a colour scheme, as a mail program has it, links opening
elsewhere."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Literal, get_args
from urllib.parse import quote, urlsplit

from digest.web.stripped import stripped

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
Show = Literal["designed", "no-pictures", "no-styles"]
"""As designed; where pictures are blocked; where style sheets are stripped, and only the elements' own styles hold."""
SHOWS: tuple[Show, ...] = get_args(Show)

_STYLE_ELEMENT = re.compile(r"(<style\b[^>]*>)(.*?)(?=</style)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_CSS_ATTRIBUTE = re.compile(r"""(\s(?:media|style)\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_SCHEME_META = re.compile(r"""\sname\s*=\s*["']?(?:supported-)?color-schemes?\b""", re.IGNORECASE)
_CONTENT = re.compile(r"""(\scontent\s*=\s*["'])([^"']*)""", re.IGNORECASE)
_PREFERENCE = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_SUPPORT = re.compile(r"(?<![-\w])(color-scheme\s*:\s*)([\w\s-]+)", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_SRC = re.compile(r"""\s(src|srcset)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_OUTWARD_LINK = re.compile(r"""<a(?=\s[^<>]*?\bhref\s*=\s*["']?\s*(?:https?:|mailto:))""", re.IGNORECASE)

ALWAYS, NEVER = "(min-width: 0)", "(max-width: 0)"


def framed(html: str, scheme: Scheme, show: Show = "designed") -> str:
    """The page as it looks to a reader who prefers `scheme`, with its links to other places opening in a new tab.

    Nothing is loaded from elsewhere: a grey box of its size stands for each picture of another host, or with
    `"no-pictures"` its alternative text. With `"no-styles"` it is `stripped`.

    A page cannot be told from outside which scheme its reader prefers. So each `prefers-color-scheme`
    condition is replaced by one that always or never holds, where it stands: media queries keep their
    logic, rules their order and weight. A page that declares several colour schemes is left the one.
    Only style sheets, `media` and `style` attributes and the `color-scheme` meta are touched, never text.
    """
    if show == "no-styles":
        html = stripped(html)
    html = _PICTURE.sub(lambda found: _pictured(found[0], show), html)
    html = _STYLE_ELEMENT.sub(lambda found: found[1] + _preferring(found[2], scheme), html)
    html = _TAG.sub(lambda found: _tag_preferring(found[0], scheme), html)
    return _OUTWARD_LINK.sub('<a target="_blank"', html)


def _pictured(tag: str, show: Show) -> str:
    if show == "no-pictures":
        return _SRC.sub("", tag)

    def boxed(found: re.Match[str]) -> str:
        address = unescape(found[2].strip("\"'"))
        if found[1].lower() == "srcset":
            return ""
        return found[0] if address.startswith("data:") else f' src="{_box(address)}"'

    return _SRC.sub(boxed, tag)


def _box(address: str) -> str:
    """A grey picture that says where the real one would come from."""
    name = escape(_host_of(address) or address[:40])
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 320 180' preserveAspectRatio='xMidYMid slice'>"
        "<rect width='320' height='180' fill='#c9ccd0'/><text x='160' y='96' fill='#1d2023' font-size='14' "
        f"font-family='sans-serif' text-anchor='middle'>{name}</text></svg>"
    )
    return f"data:image/svg+xml,{quote(svg)}"


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _tag_preferring(tag: str, scheme: Scheme) -> str:
    if "color-scheme" not in tag.lower():
        return tag
    if tag[:5].lower() == "<meta" and _SCHEME_META.search(tag):
        return _CONTENT.sub(lambda found: found[1] + _chosen(found[2], scheme), tag)
    return _CSS_ATTRIBUTE.sub(lambda found: found[1] + _preferring(found[2], scheme), tag)


def _preferring(css: str, scheme: Scheme) -> str:
    css = _PREFERENCE.sub(lambda found: ALWAYS if found[1].lower() == scheme else NEVER, css)
    return _SUPPORT.sub(lambda found: found[1] + _chosen(found[2], scheme), css)


def _chosen(schemes: str, scheme: Scheme) -> str:
    return scheme if scheme in schemes.lower().split() else schemes
