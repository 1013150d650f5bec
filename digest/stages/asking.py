"""Which story, or which article that was left out, a question means: by number, address, id or words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from digest.model import Article, Drop, Story
from digest.stages.section.inflection import fold
from digest.urls import canonical_url

_ADDRESS = re.compile(r"[a-z][a-z+]*://|www\.|[\w-]+(?:\.[\w-]+)+/", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_STEM = 5
"""Words that begin with the same so many letters are taken for forms of one."""
_PLURAL_FROM = 3
_ENOUGH = 0.5
_BODY = 0.25
"""What a word that stands only in the text says, beside one of the headline."""
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be asked after: a story of the issue by its `place` (from 1), or what was left out of it (0)."""

    headline: str
    place: int = 0
    story: Story | None = None
    articles: tuple[Article, ...] = ()
    drops: tuple[Drop, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The answer and others that fit the question as well; without an answer, what is nearest to it."""

    answer: Subject | None
    others: tuple[Subject, ...] = ()


def subjects(
    told: Sequence[Story], ranked: Iterable[Story], offered: Iterable[Article], drops: Sequence[Drop]
) -> tuple[Subject, ...]:
    """Everything that can be asked after: the stories in the reader's order, then what was left out.

    `told` are the issue's stories, `ranked` all that there were, `offered` all the day's articles. A drop is
    of the article that its subject names by headline or id; one that names none can be asked after too.
    """
    # Of a story that is told, a drop says what one edition had no room for.
    cut = {drop.subject: drop for drop in drops if drop.stage == "email"}
    found = [
        Subject(
            story.lead.headline, place, story, story.articles, (cut[story.headline],) if story.headline in cut else ()
        )
        for place, story in enumerate(told, 1)
    ]
    placed = {article.id for story in told for article in story.articles}
    of_story = {article.id: story for story in ranked for article in story.articles}
    left = [article for article in offered if article.id not in placed]
    named: set[str] = set(cut)
    for article in left:
        own = tuple(drop for drop in drops if drop.subject in (article.headline, article.id))
        named.update(drop.subject for drop in own)
        story = of_story.get(article.id)
        found.append(Subject(article.headline, 0, story, (article,), own))
    for drop in drops:
        if drop.subject not in named:
            named.add(drop.subject)
            found.append(Subject(drop.subject, drops=tuple(each for each in drops if each.subject == drop.subject)))
    return tuple(found)


def find(question: str, among: Sequence[Subject]) -> Found:
    """What the question means: a whole number the story of that place, an address or id that article, else words."""
    question = question.strip()
    if question.isdecimal():
        answer = next((each for each in among if each.place == int(question) > 0), None)
        return Found(answer, () if answer else tuple(each for each in among if each.place)[-_NEAREST:])
    named = _by_name(question, among)
    if named:
        return Found(named[0], tuple(named[1:]))
    if _ADDRESS.match(question):
        return Found(None, _nearest(question, among, by_address=True))
    return _by_words(question, among)


def _by_name(question: str, among: Sequence[Subject]) -> list[Subject]:
    names = {question}
    if _ADDRESS.match(question):
        names |= {url for address in (question, f"https://{question}") if (url := canonical_url(address))}
    return [
        each
        for each in among
        if each.headline == question or any({article.id, article.url} & names for article in each.articles)
    ]


def _by_words(question: str, among: Sequence[Subject]) -> Found:
    asked = _stems(question)
    scored = [(_fit(asked, each), -number, each) for number, each in enumerate(among)]
    best = max((score for score, _, _ in scored), default=0.0)
    if not asked or best < _ENOUGH:
        return Found(None, _nearest(question, among))
    fitting = [each for score, _, each in sorted(scored, key=lambda each: (-each[0], -each[1])) if score == best]
    return Found(fitting[0], tuple(fitting[1:]))


def _fit(asked: frozenset[str], subject: Subject) -> float:
    """The part of the words asked for that the headlines hold, and a little for those in the text."""
    headlines = _stems(" ".join((subject.headline, *(article.headline for article in subject.articles))))
    in_headlines = len(asked & headlines) / (len(asked) or 1)
    if in_headlines == 1 or not subject.articles:
        return in_headlines
    text = _stems(" ".join(line for article in subject.articles for line in _lines(article)))
    in_text = len(asked & (headlines | text)) / (len(asked) or 1)
    # All the words of a question, wherever they stand, are enough.
    return max(in_headlines + _BODY * (in_text - in_headlines), _ENOUGH if in_text == 1 else 0.0)


def _lines(article: Article) -> Iterable[str]:
    return article.publisher, article.standfirst, *article.paragraphs


def _stems(text: str) -> frozenset[str]:
    words = _WORD.findall(fold(text))
    return frozenset((word.removesuffix("s") if len(word) > _PLURAL_FROM else word)[:_STEM] for word in words)


def _nearest(question: str, among: Sequence[Subject], *, by_address: bool = False) -> tuple[Subject, ...]:
    asked = fold(question)

    def likeness(subject: Subject) -> float:
        texts = [article.url or "" for article in subject.articles] if by_address else [fold(subject.headline)]
        matches = (SequenceMatcher(None, asked, text, autojunk=False) for text in texts)
        shared = 0 if by_address else len(_stems(question) & _stems(subject.headline))
        return max((match.ratio() for match in matches if match.real_quick_ratio() > 0), default=0.0) + shared

    ordered = sorted(among, key=lambda each: (-likeness(each), not each.place, each.place, each.headline))
    return tuple(ordered[:_NEAREST])
