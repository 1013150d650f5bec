"""What the tags, roles, classes and ids of a page's elements call them: which of them name furniture."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_FURNITURE_TAGS = frozenset(("aside", "footer", "figure", "form", "menu"))
_FURNITURE_ROLES = frozenset(("banner", "complementary", "contentinfo", "dialog", "menu", "navigation", "search"))
# Words of class names and ids, as pages in English, German, French, Italian and Spanish use them.
_NAMES = """
    abo ad ads advert advertisement advertising adverts affiliate alsoread antetitulo anzeige auteur author authorbox
    autor autore bildunterschrift bio boletin breadcrumb breadcrumbs brotkrumen byline bylines caption captions
    carousel codefragment comentarios comment commentaires comments commenti compartir condividi consent cookie cookies
    copyright correlate correlati credit credito credits dachzeile didascalia disclaimer disqus donate embed embedded
    embeds facebook factbox fb firma follow footer galeria galerie galleria gallery hinweis infobox inserzione instagram
    kasten kicker kommentar kommentare legal legende lightbox masthead meistgelesen menu meta metadata modal nav navbar
    navigation newsletter newsletters occhiello outbrain overlay pager pagination partage partager paywall photocredit
    pinterest player plista poll popular popup promo promoted promotion promos pubblicita publicidad publicite pullquote
    rail readmore recirc recirculation recommend recommendation recommendations recommended regwall reklama related
    relacionadas relacionados relateds share sharebar sharebutton shares sharing sidebar signup skip slider slideshow
    social socials sponsor sponsored subscribe subscription suscripcion surtitre survey taboola taglist tags teaser
    teasers teilen ticker tiktok timestamp toolbar tooltip topics trending tweet twitter werbung widget widgets youtube
"""
_PAIRS = """
    also-read author-info editors-picks error-report more-from more-in more-news more-on more-stories most-popular
    most-read most-viewed read-also read-more read-next read-on report-error screen-reader see-also sign-up sr-only
    visually-hidden you-may
"""
_FURNITURE_NAMES = frozenset((_NAMES + _PAIRS).split())
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def furniture_name(element: _Element) -> str | None:
    """What in an element's tag, role, class or id says that it is furniture, or None."""
    if element.tag in _FURNITURE_TAGS:
        return str(element.tag)
    role = element.get("role") or ""
    if role in _FURNITURE_ROLES:
        return str(role)
    return next((name for name in names_of(element) if name in _FURNITURE_NAMES), None)


def names_of(element: _Element) -> tuple[str, ...]:
    """The words in an element's class and id, and each two that stand together: ("read", "more", "read-more")."""
    called = element.get("class") or "", element.get("id") or ""
    return _words_and_pairs(" ".join(called)) if any(called) else ()


@lru_cache(maxsize=1024)
def _words_and_pairs(called: str) -> tuple[str, ...]:
    # A page calls many of its elements alike.
    names: list[str] = []
    for name in called.split():
        words = re.findall("[a-z]+", _HUMP.sub("-", name).lower())
        names += (*words, *map("-".join, pairwise(words)))
    return tuple(names)
