"""The web page: one semantic HTML file, without scripts, that needs nothing else."""

from __future__ import annotations

from digest.model import Issue, Look, Rendition
from digest.renderers.templates import Templates
from digest.renderers.theme import theme_of
from digest.renderers.view import view
from digest.renderers.words import unbroken, words_for


def render(issue: Issue, look: Look) -> Rendition:
    """`web.html`. Raises `RenderError` for a template, a theme or words that cannot be used."""
    from markupsafe import Markup

    words, theme = words_for(issue.language, look), theme_of(look)
    # The theme holds checked colours and fonts only: nothing in the style sheet can end its element.
    css = Markup(Templates(look, markup=False).fill("web.css", {"theme": theme}))
    values = {"issue": view(issue, words, images=look.images == "link"), "words": words, "theme": theme, "css": css}
    html = Templates(look, markup=True, filters={"unbroken": unbroken}).fill("web.html.j2", values)
    return Rendition("web.html", "text/html; charset=utf-8", html.lstrip().encode())
