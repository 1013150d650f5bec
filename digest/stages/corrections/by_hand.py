"""A correction that the editor makes: checked against what the issue printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches

from digest.errors import ConfigError
from digest.markup import clean_text
from digest.model import Correction, Issue, Story
from digest.typography import plain_marks
from digest.urls import canonical_url

_NEAR = 0.4


def correct_by_hand(issue: Issue, story: str, was: str, now: str, noted: datetime) -> Correction:
    """The correction to a story that `issue` printed: `was`, some words of it, and what holds, "" for nothing.

    `story` is the URL, the id or the headline of any of its articles. Raises `ConfigError` when the issue has no such
    story, when `was` is not in what it printed of it, each with the nearest, and when both say the same.
    """
    told = _story(issue, story)
    was, now = clean_text(was), clean_text(now)
    if not was:
        raise ConfigError("--was is empty; give the words that the issue printed")
    if was == now:
        raise ConfigError(f"--was and --now are the same, {was!r}; give in --now what holds")
    sentence = next((each for each in told.summary.sentences if plain_marks(was) in plain_marks(each.text)), None)
    if sentence is None and not any(plain_marks(was) in plain_marks(text) for text in (told.headline, told.note)):
        raise ConfigError(f"issue {issue.number} did not print {was!r} of “{told.headline}”; {_nearest(was, told)}")
    article = next((each for each in told.articles if sentence and each.id == sentence.article), told.lead)
    return Correction(
        was=was,
        now=now,
        noted=noted,
        issue=issue.number or 0,
        url=article.url,
        publisher=article.publisher,
        headline=told.headline,
        article=article.id,
        story=told.id,
        origin="editor",
    )


def _story(issue: Issue, name: str) -> Story:
    wanted = canonical_url(name) or plain_marks(name)
    named = {each: story for story in reversed(issue.stories) for each in _names(story)}
    for shown, story in named.items():
        if wanted in (canonical_url(shown), plain_marks(shown)):
            return story
    near = get_close_matches(name, named, 1, _NEAR)
    hint = f"did you mean {near[0]!r} (“{named[near[0]].headline}”)?" if near else "digest show prints it"
    raise ConfigError(f"issue {issue.number} has no story {name!r}; {hint}")


def _names(story: Story) -> Iterable[str]:
    for article in reversed(story.articles):
        yield from filter(None, (article.headline, article.id, article.url))
    yield story.headline


def _nearest(was: str, story: Story) -> str:
    texts = [each.text for each in story.summary.sentences] + [story.headline]
    near = get_close_matches(was, texts, 1, _NEAR)
    return f"the nearest it printed is “{near[0] if near else texts[0]}”"
