"""The HTML email: Jinja2 → MJML → our CSS written into the elements."""

from __future__ import annotations

from collections.abc import Collection

from digest.model import Issue, Look, Rendition
from digest.renderers.inline import inline
from digest.renderers.mjml import compile_mjml
from digest.renderers.templates import fill
from digest.renderers.theme import theme_of
from digest.renderers.view import view
from digest.renderers.words import unbroken, words_for


def render(issue: Issue, look: Look) -> Rendition:
    """`issue.html`. Raises `RenderError` for a template, a theme or words that cannot be used."""
    html = _render(issue, look, ())
    return Rendition("issue.html", "text/html; charset=utf-8", html.encode())


def _render(issue: Issue, look: Look, headlines_only: Collection[str]) -> str:
    words, theme = words_for(issue.language, look), theme_of(look)
    shown = view(issue, words, images=look.images == "link", headlines_only=headlines_only)
    values = {"issue": shown, "words": words, "theme": theme}
    source = fill("issue.mjml.j2", look, values, markup=True, filters={"unbroken": unbroken})
    css = fill("base.css", look, {"theme": theme}, markup=False)
    # The compiler writes an empty title when the template has none of MJML's, whose quotes would spoil an attribute.
    html = compile_mjml(source, "issue.mjml.j2").replace("<title></title>", "", 1)
    return inline(html, css, look.inliner)
