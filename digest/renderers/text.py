"""The plain-text edition: made from the issue by its own template, 72 columns wide."""

from __future__ import annotations

from digest.model import Issue, Look, Rendition
from digest.renderers.layout import underline, wrap
from digest.renderers.templates import SENTENCES, Templates
from digest.renderers.view import view
from digest.renderers.words import words_for


def render(issue: Issue, look: Look) -> Rendition:
    """`issue.txt`. Raises `RenderError` for a template or words that cannot be used."""
    words = words_for(issue.language, look)
    numbered = look.text_links == "numbered"
    shown = view(issue, words, numbered=numbered, sentences=SENTENCES.get(look.template_set))
    values = {"issue": shown, "words": words, "numbered": numbered}
    templates = Templates(look, markup=False, filters={"wrap": wrap, "underline": underline})
    text = templates.fill("issue.txt.j2", values)
    return Rendition("issue.txt", "text/plain; charset=utf-8", (text.strip("\n") + "\n").encode())
