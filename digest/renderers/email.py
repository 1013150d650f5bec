"""The HTML email: Jinja2 → MJML → our CSS written into the elements."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from digest.errors import RenderError
from digest.model import Issue, Look, Rendition
from digest.renderers.inline import inline
from digest.renderers.mjml import MjmlError, compile_mjml
from digest.renderers.templates import Templates
from digest.renderers.theme import theme_of
from digest.renderers.view import view
from digest.renderers.words import unbroken, words_for

GMAIL_CLIPS_AT = 100_000
"""Bytes: past about 102,000 Gmail hides the rest of a message, and with it the footer."""
_TEMPLATE = "issue.mjml.j2"


def render(issue: Issue, look: Look) -> Rendition:
    """`issue.html`, under 100,000 bytes where headlines fit: the lowest-ranked stories are shown as headlines only.

    Raises `RenderError` for a template, a theme or words that cannot be used.
    """
    press = Press(issue, look)
    html = press.print(())
    if len(html) > GMAIL_CLIPS_AT:
        html = _shortened(issue, press)
    return Rendition("issue.html", "text/html; charset=utf-8", html)


def _shortened(issue: Issue, press: Press) -> bytes:
    """The email with as few of the lowest-ranked stories cut to their headlines as make it fit, or all but the lead."""
    place = {story.id: place for place, story in enumerate(issue.stories)}
    expendable = sorted(issue.stories[1:], key=lambda story: (story.score.value, -place[story.id]))
    fewest, most = 0, len(expendable)
    while fewest < most:
        half = (fewest + most) // 2
        if len(press.print({story.id for story in expendable[:half]})) > GMAIL_CLIPS_AT:
            fewest = half + 1
        else:
            most = half
    return press.print({story.id for story in expendable[:most]})


class Press:
    """Prints one issue in one look, as often as it takes; each method is one step of the way."""

    def __init__(self, issue: Issue, look: Look) -> None:
        self.issue = issue
        self.look = look
        self.words = words_for(issue.language, look)
        self.theme = theme_of(look)
        self.templates = Templates(look, markup=True, filters={"unbroken": unbroken})
        self.css = Templates(look, markup=False).fill("base.css", {"theme": self.theme})

    def print(self, headlines_only: Collection[str] = ()) -> bytes:
        """The finished email."""
        values = self.values(headlines_only)
        return inline(self.compile(self.mjml(values), values), self.css, self.look.inliner).encode()

    def values(self, headlines_only: Collection[str] = ()) -> dict[str, object]:
        """What the template is given."""
        images = self.look.images == "link"
        shown = view(self.issue, self.words, images=images, headlines_only=headlines_only)
        return {"issue": shown, "words": self.words, "theme": self.theme}

    def mjml(self, values: Mapping[str, object]) -> str:
        """The filled template, which is MJML."""
        return self.templates.fill(_TEMPLATE, values)

    def compile(self, source: str, values: Mapping[str, object]) -> str:
        """The HTML of the filled template, before our own CSS is written into it."""
        try:
            html = compile_mjml(source)
        except MjmlError as error:
            place = self.templates.blame(_TEMPLATE, values, error.line)
            printed = source.split("\n")[error.line - 1].strip()
            raise RenderError(f"{place}: {error.words}; it printed: {printed[:200]}") from error
        # The compiler writes an empty title beside ours, which stands in <mj-raw> since its own spoils quotation marks.
        # It calls the whole an article, which is no landmark that a screen reader jumps to.
        return html.replace("<title></title>", "", 1).replace('role="article"', 'role="main"', 1)
