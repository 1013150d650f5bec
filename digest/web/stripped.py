"""An HTML email as the mail programs show it that strip style sheets: what they leave out of the elements goes too."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape, unescape

from digest.checks.sheets import Declaration, style_of
from digest.checks.support.table import CLIENTS, features
from digest.checks.support.used import features_of

_SHEET = re.compile(r"<style\b[^>]*>.*?</style\s*>|<link\b[^<>]*\bstylesheet\b[^<>]*>", re.IGNORECASE | re.DOTALL)
_SCHEME_META = re.compile(r"""<meta\b[^<>]*\sname\s*=\s*["']?(?:supported-)?color-schemes?\b[^<>]*>""", re.IGNORECASE)
_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\s([a-z-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_LOOKS = ("align", "background", "bgcolor", "dir", "hidden", "lang", "valign")
"""Attributes of which the table tells and which change how an element looks."""


@cache
def strippers() -> tuple[str, ...]:
    """The mail programs that strip style sheets, by the names that `CLIENTS` gives them."""
    return tuple(name for name in CLIENTS if name in features()["html-style"].lacking)


@cache
def _lacking() -> frozenset[str]:
    """What any of them lacks."""
    return frozenset(name for name, feature in features().items() if not set(strippers()).isdisjoint(feature.lacking))


def stripped(html: str) -> str:
    """The page without style sheets, and without what else one of `strippers` is known to drop.

    That is declarations in `style` attributes, attributes that change the looks, and what is said of colour schemes;
    where one drops the `body` element, its own styles go. No word of the text is touched.
    """
    html = _SCHEME_META.sub("", _SHEET.sub("", html))
    return _TAG.sub(lambda found: _tag(found[0]), html)


def _tag(tag: str) -> str:
    is_body = tag[:5].lower() == "<body" and "html-body" in _lacking()

    def attribute(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name == "style":
            css = unescape(found[2].strip("\"'"))
            kept = "" if is_body else _style(css)
            return found[0] if kept == css else f' style="{escape(kept)}"' if kept else ""
        lost = is_body and name in ("bgcolor", "background", "text")
        return "" if lost or (name in _LOOKS and f"html-{name}" in _lacking()) else found[0]

    return _ATTRIBUTE.sub(attribute, tag)


@lru_cache(maxsize=1024)  # the elements of every story carry the same styles
def _style(css: str) -> str:
    given = style_of(css)
    kept = [each for each in given if _lacking().isdisjoint(_features(each))]
    if len(kept) == len(given):
        return css
    return ";".join(f"{each.name}:{each.value}{' !important' * each.important}" for each in kept)


def _features(declaration: Declaration) -> tuple[str, ...]:
    return (*features_of(declaration), *(("css-important",) if declaration.important else ()))
