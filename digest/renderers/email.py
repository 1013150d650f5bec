"""The HTML email: Jinja2 → MJML → our CSS written into the elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from digest.errors import RenderError
from digest.model import Drop, Issue, Look, Rendition
from digest.renderers.inline import inline
from digest.renderers.mjml import MjmlError, compile_mjml
from digest.renderers.templates import SENTENCES, Templates
from digest.renderers.theme import theme_of
from digest.renderers.view import Room, page_url, view
from digest.renderers.words import unbroken, words_for

GMAIL_CLIPS_AT = 100_000
"""Bytes: past about 102,000 Gmail hides the rest of a message, and with it the footer."""
STAGE = "email"
"""The stage that the drops of an email name."""
STAY_WHOLE = 8
"""So many of the best stories, beside the lead, are told in full as long as anything else can make room."""
_TEMPLATE = "issue.mjml.j2"


def render(issue: Issue, look: Look) -> Rendition:
    """`issue.html`, under 100,000 bytes where the lead story and the footer are: what does not fit is folded.

    The lowest-ranked stories fold into their headlines, then into a count of those that are on the web page; the
    rendition's `drops` name each. Raises `RenderError` for a template, a theme or words that cannot be used.
    """
    press = Press(issue, look)
    html, room = press.print(), Room(tail=True)
    if len(html) > GMAIL_CLIPS_AT:
        html, room = _folded(issue, press)
    return Rendition("issue.html", "text/html; charset=utf-8", html, tuple(_drops(issue, room)))


def _folded(issue: Issue, press: Press) -> tuple[bytes, Room]:
    """The email with as few stories folded as make it fit, or all but the lead.

    Every story but the best is cut to its headline before any is left out, the lowest-ranked first; the best stay
    whole until then, so that a crowded morning still tells something.
    """
    place = {story.id: place for place, story in enumerate(issue.stories)}
    ranked = sorted(issue.stories[1:], key=lambda story: (story.score.value, -place[story.id]))
    low, best = ranked[:-STAY_WHOLE], ranked[-STAY_WHOLE:]
    steps = [(story.id, cut) for stories in (low, best) for cut in ("short", "out") for story in stories]

    def room(taken: int) -> Room:
        out = {story for story, cut in steps[:taken] if cut == "out"}
        short = {story for story, cut in steps[:taken] if cut == "short"}
        return Room(frozenset(short - out), frozenset(out), tail=True)

    fewest, most = 1, len(steps)
    while fewest < most:
        half = (fewest + most) // 2
        if len(press.print(room(half))) > GMAIL_CLIPS_AT:
            fewest = half + 1
        else:
            most = half
    return press.print(room(most)), room(most)


def _drops(issue: Issue, room: Room) -> Iterator[Drop]:
    budget = f"the whole is over the {GMAIL_CLIPS_AT:,} bytes that mail programs show, and this ranks low"
    for story in issue.stories:
        if story.id in room.left_out:
            place = "the web page and the plain text have it" if page_url(issue) else "the plain text has it"
            yield Drop(STAGE, story.headline, "not in the email", f"{budget}; {place}")
        elif story.id in room.headlines_only:
            yield Drop(STAGE, story.headline, "headline only in the email", budget)


class Press:
    """Prints one issue in one look, as often as it takes; each method is one step of the way."""

    def __init__(self, issue: Issue, look: Look) -> None:
        self.issue = issue
        self.look = look
        self.words = words_for(issue.language, look)
        self.theme = theme_of(look)
        self.templates = Templates(look, markup=True, filters={"unbroken": unbroken})
        self.css = Templates(look, markup=False).fill("base.css", {"theme": self.theme})

    def print(self, room: Room = Room(tail=True)) -> bytes:  # noqa: B008 - frozen
        """The finished email."""
        values = self.values(room)
        return inline(self.compile(self.mjml(values), values), self.css, self.look.inliner).encode()

    def values(self, room: Room = Room(tail=True)) -> dict[str, object]:  # noqa: B008 - frozen
        """What the template is given."""
        images = self.look.images == "link"
        sentences = SENTENCES.get(self.look.template_set)
        shown = view(self.issue, self.words, images=images, sentences=sentences, room=room)
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
