"""The editor's hand: each edit finds what it names and changes that; whatever it does not name stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from digest.model import Analysis, Article, Drop, Edit, Placement, Reason, Score, Sentence, Story, Summary
from digest.stages.articles import dropped
from digest.stages.section import SectionRule
from digest.stages.section.labels import plain
from digest.typography import plain_marks
from digest.urls import canonical_url

STAGE = "edit"
_ABOVE_ALL = 1000.0
"""What a pin adds to a score: no sum of signals comes near it."""
_NEAR = 0.5


@dataclass(frozen=True, slots=True)
class Edits:
    """The edits of one issue. `known` are the names among them (as `Edit.article` has them) of articles that
    the archive has though the day does not; `path` is what messages call the file."""

    given: tuple[Edit, ...] = ()
    known: frozenset[str] = frozenset()
    path: str = "edits.toml"


@dataclass(frozen=True, slots=True)
class Named:
    """The edits that hold, in the order of the file, each with the ids of the articles it names."""

    edits: tuple[tuple[Edit, frozenset[str]], ...] = ()

    def of(self, articles: Iterable[Article]) -> tuple[Edit, ...]:
        """The edits that name one of these articles."""
        ids = {article.id for article in articles}
        return tuple(edit for edit, named in self.edits if named & ids)

    def pinned(self, on: date | None = None) -> frozenset[str]:
        """The ids of the articles that are pinned, or pinned for that one date."""
        return frozenset(id_ for edit, ids in self.edits if edit.pin and on in (None, edit.on) for id_ in ids)


@dataclass(frozen=True, slots=True)
class Edited:
    """The stories as the edits leave them, in the order they came: None for one that was dropped whole."""

    stories: tuple[Story | None, ...]
    drops: tuple[Drop, ...] = ()


def named(edits: Iterable[Edit], articles: Iterable[Article]) -> Named:
    """Which articles each edit names: by URL, by id, or by exact headline."""
    by_name: dict[str, set[str]] = {}
    for article in articles:
        for name in names_of(article):
            by_name.setdefault(name, set()).add(article.id)
    return Named(tuple((edit, frozenset(by_name.get(name_of(edit), ()))) for edit in edits))


def names_of(article: Article) -> tuple[str, ...]:
    """The names an edit may call an article by, as `name_of` spells them."""
    url = canonical_url(article.url) if article.url else None
    return tuple(filter(None, (article.id, url, plain_marks(article.headline))))


def name_of(edit: Edit) -> str:
    """What the edit calls its article, in one spelling."""
    return canonical_url(edit.article) or plain_marks(edit.article)


def carry_out(
    stories: Sequence[Story],
    found: Named,
    analyses: Mapping[str, Analysis],
    sections: Sequence[SectionRule],
    *,
    offered: Sequence[Article] = (),
    known: Collection[str] = (),
    headlines_only: Collection[str] = (),
) -> tuple[Edited, tuple[str, ...]]:
    """The stories without what is dropped, moved, renamed, noted and with the sentences that were chosen; and
    every edit that cannot be carried out, in words.

    `offered` are all the day's articles, in a story or not, and `known` the names of others that the archive
    has; `headlines_only` names the sources of which no sentence may be printed.
    """
    told = {article.id: article for story in stories for article in story.articles}
    problems: list[str] = []
    for edit, ids in found.edits:
        if edit.article and not ids & told.keys():
            problems += _names_nothing(edit, ids, offered, known)
        problems += _names_several(edit, ids, told, stories)
        if edit.section and _slug(edit.section, sections) is None:
            problems.append(_no_section(edit, sections))
    edited: list[Story | None] = []
    drops: list[Drop] = []
    for story in stories:
        edits = found.of(story.articles)
        rest, gone = _without_dropped(story, found, edits)
        drops += gone
        if rest is not None:
            for edit in edits:
                rest = _changed(rest, edit, sections)
            rest, wrong = _with_sentences(rest, found, edits, analyses, headlines_only)
            problems += wrong
        edited.append(rest)
    return Edited(tuple(edited), tuple(drops)), tuple(dict.fromkeys(problems))


def edited_score(story: Story, found: Named) -> Score:
    """The story's score, with the editor's reasons among its own. Of several pins the first of the file weighs most; a
    headline and a note weigh nothing, and are named so that it can be asked why they are there."""
    mine = found.of(story.articles)
    pins = [edit for edit, _ in found.edits if edit.pin]
    pin = next((edit for edit in pins if edit in mine), None)
    reasons = list(story.score.reasons)
    if pin is not None:
        words = _because("pinned by the editor", pin)
        reasons.append(Reason("editor", 1.0, _ABOVE_ALL + len(pins) - pins.index(pin), words))
    for edit in mine:
        if edit.headline == story.own_headline != "":
            reasons.append(Reason("editor", 0.0, 0.0, _because("headline by the editor", edit)))
        if edit.note == story.note != "":
            reasons.append(Reason("editor", 0.0, 0.0, _because("note by the editor", edit)))
    if len(reasons) == len(story.score.reasons):
        return story.score
    return Score(sum((each.weight * each.value for each in reasons), 0.0), tuple(reasons))


def notes(edits: Iterable[Edit]) -> tuple[str, ...]:
    """The words for the top of the issue, in the order of the file."""
    return tuple(edit.note for edit in edits if edit.note and not edit.article)


def _because(what: str, edit: Edit) -> str:
    return f"{what}: {edit.reason}" if edit.reason else what


def _without_dropped(story: Story, found: Named, edits: Sequence[Edit]) -> tuple[Story | None, list[Drop]]:
    whole = next((edit for edit in edits if edit.drop == "story"), None)
    why: dict[str, Edit] = dict.fromkeys((article.id for article in story.articles), whole) if whole else {}
    for edit, ids in found.edits:
        if edit.drop == "article":
            why |= dict.fromkeys(ids, edit)
    drops = [
        dropped(STAGE, article, "dropped by the editor", why[article.id].reason)
        for article in story.articles
        if article.id in why
    ]
    kept = [number for number, article in enumerate(story.articles) if article.id not in why]
    if not drops or not kept:
        return (story if kept else None), drops
    merged = story.merged and tuple(story.merged[number - 1] for number in kept[1:])
    return replace(story, articles=tuple(story.articles[number] for number in kept), merged=merged), drops


def _changed(story: Story, edit: Edit, sections: Sequence[SectionRule]) -> Story:
    slug = _slug(edit.section, sections) if edit.section else None
    return replace(
        story,
        placement=Placement(slug, _because("moved by the editor", edit)) if slug else story.placement,
        own_headline=edit.headline or story.own_headline,
        note=edit.note or story.note,
    )


def _with_sentences(
    story: Story,
    found: Named,
    edits: Sequence[Edit],
    analyses: Mapping[str, Analysis],
    headlines_only: Collection[str],
) -> tuple[Story, list[str]]:
    chosen: list[Sentence] = []
    problems: list[str] = []
    by: list[Edit] = []
    articles = {article.id: article for article in story.articles}
    for edit, ids in found.edits:
        if not edit.sentences or edit not in edits:
            continue
        article = next((articles[id_] for id_ in articles if id_ in ids), None)
        if article is None:
            continue
        if article.source in headlines_only:
            problems.append(
                f'{edit.place}.sentences: the source {article.source} is set to summary algorithm "none", so that none '
                "of its sentences may be printed; change that in digest.toml first"
            )
            continue
        by.append(edit)
        for wanted in edit.sentences:
            sentence = _sentence(wanted, analyses[article.id])
            if sentence is None:
                problems.append(f"{edit.place}.sentences: {_no_sentence(wanted, article, analyses[article.id])}")
            elif sentence not in chosen:
                chosen.append(sentence)
    if not chosen:
        return story, problems
    summary = Summary(tuple(chosen), "extract", "editor", _because("chosen by the editor", by[-1]))
    return replace(story, summary=summary), problems


def _sentence(wanted: str | int, analysis: Analysis) -> Sentence | None:
    if isinstance(wanted, int):
        return analysis.sentences[wanted - 1] if wanted <= len(analysis.sentences) else None
    return next((each for each in analysis.sentences if plain_marks(each.text) == plain_marks(wanted)), None)


def _no_sentence(wanted: str | int, article: Article, analysis: Analysis) -> str:
    count = len(analysis.sentences)
    if isinstance(wanted, int):
        return f"“{article.headline}” has {count} sentences, and no number {wanted}"
    near = get_close_matches(wanted, [each.text for each in analysis.sentences], 1, _NEAR)
    number = next((at for at, each in enumerate(analysis.sentences, 1) if near and each.text == near[0]), 0)
    hint = f"the nearest is its number {number}, “{near[0]}”" if near else f"choose one of its {count} by number"
    return f"“{wanted}” is no sentence of “{article.headline}”; {hint}"


def _names_nothing(
    edit: Edit, ids: Collection[str], offered: Sequence[Article], known: Collection[str]
) -> Iterator[str]:
    if ids or edit.article in known:
        # An edit that holds for longer may outlive the day of its article; one for this very day was meant for it.
        if edit.on and not edit.drop:
            yield (
                f"{edit.place}.article: {edit.article!r} is known, but not among the day's stories: it may be too old, "
                "gone from its source, told before, or a copy of one that is; take the edit out to see the issue"
            )
        return
    yield f"{edit.place}.article: {edit.article!r} names no article; {_nearest_article(edit.article, offered)}"


def _names_several(
    edit: Edit, ids: frozenset[str], told: Mapping[str, Article], stories: Sequence[Story]
) -> Iterator[str]:
    """A headline may stand over several articles, as "Weather" does; then only a URL or an id tells which is meant."""
    by_headline = [id_ for id_ in ids & told.keys() if plain_marks(told[id_].headline) == name_of(edit)]
    if sum(any(article.id in by_headline for article in story.articles) for story in stories) > 1:
        places = ", ".join(sorted(told[id_].url or id_ for id_ in by_headline))
        yield f"{edit.place}.article: {edit.article!r} is the headline of several articles; name one of them: {places}"


def _nearest_article(name: str, offered: Sequence[Article]) -> str:
    by_name = {each: article for article in offered for each in (article.headline, article.url or "", article.id)}
    near = get_close_matches(name, list(filter(None, by_name)), 1, _NEAR)
    if not near:
        return "write its URL as the issue links to it, its id, or its exact headline"
    article = by_name[near[0]]
    return f"did you mean {near[0]!r}?" + (f" (“{article.headline}”)" if near[0] != article.headline else "")


def _slug(name: str, sections: Sequence[SectionRule]) -> str | None:
    return next((rule.slug for rule in sections if plain(name) in (plain(rule.slug), plain(rule.title))), None)


def _no_section(edit: Edit, sections: Sequence[SectionRule]) -> str:
    names = [name for rule in sections for name in (rule.slug, rule.title)]
    near = get_close_matches(edit.section, names, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(rule.slug for rule in sections)}"
    return f"{edit.place}.section: there is no section {edit.section!r}; {hint}"
