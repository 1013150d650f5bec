"""An HTML rendition as a frame of the preview shows it: in a named colour scheme, its links opening elsewhere."""

from __future__ import annotations

import re
from typing import Literal, get_args

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

_STYLE_ELEMENT = re.compile(r"(<style\b[^>]*>)(.*?)(?=</style)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_CSS_ATTRIBUTE = re.compile(r"""(\s(?:media|style)\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_SCHEME_META = re.compile(r"""\sname\s*=\s*["']?(?:supported-)?color-schemes?\b""", re.IGNORECASE)
_CONTENT = re.compile(r"""(\scontent\s*=\s*["'])([^"']*)""", re.IGNORECASE)
_PREFERENCE = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_SUPPORT = re.compile(r"(?<![-\w])(color-scheme\s*:\s*)([\w\s-]+)", re.IGNORECASE)
_OUTWARD_LINK = re.compile(r"""<a(?=\s[^<>]*?\bhref\s*=\s*["']?\s*(?:https?:|mailto:))""", re.IGNORECASE)

ALWAYS, NEVER = "(min-width: 0)", "(max-width: 0)"


def framed(html: str, scheme: Scheme) -> str:
    """The page as it looks to a reader who prefers `scheme`, with its links to other places opening in a new tab.

    A page cannot be told from outside which scheme its reader prefers. So each `prefers-color-scheme`
    condition is replaced by one that always or never holds, where it stands: media queries keep their
    logic, rules their order and weight. A page that declares several colour schemes is left the one.
    Only style sheets, `media` and `style` attributes and the `color-scheme` meta are touched, never text.
    """
    html = _STYLE_ELEMENT.sub(lambda found: found[1] + _preferring(found[2], scheme), html)
    html = _TAG.sub(lambda found: _tag_preferring(found[0], scheme), html)
    return _OUTWARD_LINK.sub('<a target="_blank"', html)


def _tag_preferring(tag: str, scheme: Scheme) -> str:
    if tag[:5].lower() == "<meta" and _SCHEME_META.search(tag):
        return _CONTENT.sub(lambda found: found[1] + _chosen(found[2], scheme), tag)
    return _CSS_ATTRIBUTE.sub(lambda found: found[1] + _preferring(found[2], scheme), tag)


def _preferring(css: str, scheme: Scheme) -> str:
    css = _PREFERENCE.sub(lambda found: ALWAYS if found[1].lower() == scheme else NEVER, css)
    return _SUPPORT.sub(lambda found: found[1] + _chosen(found[2], scheme), css)


def _chosen(schemes: str, scheme: Scheme) -> str:
    return scheme if scheme in schemes.lower().split() else schemes
