"""The web page: one semantic HTML file, without scripts, that needs nothing else."""

from __future__ import annotations

from dataclasses import replace

from digest.model import Imprint, Issue, Look, Rendition
from digest.renderers.templates import Templates
from digest.renderers.theme import theme_of
from digest.renderers.view import view
from digest.renderers.words import unbroken, words_for


def render(issue: Issue, look: Look) -> Rendition:
    """`web.html`. Raises `RenderError` for a template, a theme or words that cannot be used."""
    from markupsafe import Markup

    issue = replace(issue, imprint=_without_readers_own(issue.imprint))
    words, theme = words_for(issue.language, look), theme_of(look)
    # The theme holds checked colours and fonts only: nothing in the style sheet can end its element.
    css = Markup(Templates(look, markup=False).fill("web.css", {"theme": theme}))
    values = {"issue": view(issue, words, images=look.images == "link"), "words": words, "theme": theme, "css": css}
    html = Templates(look, markup=True, filters={"unbroken": unbroken}).fill("web.html.j2", values)
    return Rendition("web.html", "text/html; charset=utf-8", html.lstrip().encode())


def _without_readers_own(imprint: Imprint) -> Imprint:
    """Nobody is a reader in particular on a page that all may read: links of a reader's own are left out."""
    return replace(
        imprint,
        preferences="" if "{reader}" in imprint.preferences else imprint.preferences,
        unsubscribe="" if "{reader}" in imprint.unsubscribe else imprint.unsubscribe,
    )
