"""The HTML email: Jinja2 → MJML → our CSS written into the elements."""

from __future__ import annotations

from collections.abc import Collection

from digest.errors import RenderError
from digest.model import Issue, Look, Rendition
from digest.renderers.inline import inline
from digest.renderers.mjml import MjmlError, compile_mjml
from digest.renderers.templates import blame_line, fill
from digest.renderers.theme import theme_of
from digest.renderers.view import view
from digest.renderers.words import unbroken, words_for

GMAIL_CLIPS_AT = 100_000
"""Bytes: past about 102,000 Gmail hides the rest of a message, and with it the footer."""
_TEMPLATE = "issue.mjml.j2"
_FILTERS = {"unbroken": unbroken}


def render(issue: Issue, look: Look) -> Rendition:
    """`issue.html`, under 100,000 bytes where headlines fit: the lowest-ranked stories are shown as headlines only.

    Raises `RenderError` for a template, a theme or words that cannot be used.
    """
    html = _render(issue, look, ())
    if len(html) > GMAIL_CLIPS_AT:
        html = _shortened(issue, look)
    return Rendition("issue.html", "text/html; charset=utf-8", html)


def _shortened(issue: Issue, look: Look) -> bytes:
    """The email with as few of the lowest-ranked stories cut to their headlines as make it fit, or all but the lead."""
    place = {story.id: place for place, story in enumerate(issue.stories)}
    expendable = sorted(issue.stories[1:], key=lambda story: (story.score.value, -place[story.id]))
    fewest, most = 1, len(expendable)
    while fewest < most:
        half = (fewest + most) // 2
        if len(_render(issue, look, {story.id for story in expendable[:half]})) > GMAIL_CLIPS_AT:
            fewest = half + 1
        else:
            most = half
    return _render(issue, look, {story.id for story in expendable[:most]})


def _render(issue: Issue, look: Look, headlines_only: Collection[str]) -> bytes:
    words, theme = words_for(issue.language, look), theme_of(look)
    shown = view(issue, words, images=look.images == "link", headlines_only=headlines_only)
    values = {"issue": shown, "words": words, "theme": theme}
    css = fill("base.css", look, {"theme": theme}, markup=False)
    source = fill(_TEMPLATE, look, values, markup=True, filters=_FILTERS)
    try:
        html = compile_mjml(source)
    except MjmlError as error:
        place = blame_line(_TEMPLATE, look, values, error.line, filters=_FILTERS)
        printed = source.splitlines()[error.line - 1 : error.line]
        raise RenderError(f"{place}: {error.words}; it printed: {''.join(printed).strip()[:200]}") from error
    # The compiler writes an empty title beside ours, which stands in <mj-raw> since it spoils quotation marks.
    return inline(html.replace("<title></title>", "", 1), css, look.inliner).encode()
