"""Hypothesis strategies for the nouns: real-looking articles and issues, and any value the model's types allow."""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from digest.identity import identify
from digest.markup import clean_text
from digest.model import (
    Article,
    Block,
    Contact,
    Correction,
    Document,
    Drop,
    Imprint,
    Issue,
    Placement,
    Reason,
    Rendition,
    Score,
    Section,
    Sentence,
    Story,
    Summary,
)

ZONES = ("UTC", "Europe/Zurich", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe")
SCRIPTS = (
    "abcdefghijklmnopqrstuvwxyz ABC 0123456789 .,;:!?-–'\"()",
    "àâçéèêëîïôöœùûüÿß ÀÉÖÜ «»„“ ",
    "абвгдежзийклмн οπρστυφχψω ",
    "שלוםעולם مرحبا بالعالم ",
    "港湾局新聞記者。、「」한국어 ",
    "👩‍🚀🚢🇨🇭 é️",
)


def offsets() -> st.SearchStrategy[timezone]:
    """Fixed offsets, in whole minutes."""
    return st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """Aware times that exist, by a fixed offset or in a named zone, around clock changes too."""
    instants = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))
    change = datetime(2026, 10, 25, 0, tzinfo=UTC)
    near_a_change = st.integers(0, 240).map(lambda minutes: change + timedelta(minutes=minutes))
    zone = draw(st.one_of(offsets(), st.sampled_from(ZONES).map(ZoneInfo)))
    return draw(st.one_of(instants, near_a_change)).astimezone(zone)


def lines(max_size: int = 60) -> st.SearchStrategy[str]:
    """Clean text of one line, in many scripts; may be empty."""
    return st.sampled_from(SCRIPTS).flatmap(lambda letters: st.text(letters, max_size=max_size)).map(clean_text)


def words() -> st.SearchStrategy[str]:
    """Clean text of one line that is not empty."""
    return lines().filter(bool)


def hostile_text() -> st.SearchStrategy[str]:
    """Any string at all: NULs, lone surrogates, controls and markup."""
    anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
    return st.one_of(anything, st.sampled_from(["\0", "\ud800", "a\udce9.txt", "</script>", "{{ 7*7 }}", "\u2028"]))


def urls() -> st.SearchStrategy[str]:
    return st.from_regex(r"https://(www|news)\.(harbour|valley)\.example/[a-z0-9/-]{0,20}", fullmatch=True)


def contacts() -> st.SearchStrategy[Contact]:
    address = st.sampled_from(["errors@harbour.example", "desk@valley.example"])
    return st.builds(Contact, publisher=words(), address=address, url=st.none() | urls(), statement=lines())


@st.composite
def articles(draw: st.DrawFn, sources: tuple[str, ...] = ("harbour", "valley")) -> Article:
    """Articles that keep the model's promises: clean text, identified, a brief with no blocks."""
    blocks = draw(st.lists(st.builds(Block, st.sampled_from(["paragraph", "subhead"]), words()), max_size=4))
    article = Article(
        id="",
        revision="",
        source=draw(st.sampled_from(sources)),
        headline=draw(words()),
        kind="full" if blocks else "brief",
        publisher=draw(lines()),
        headline_made=draw(st.booleans()),
        standfirst=draw(lines()),
        byline=draw(lines()),
        blocks=tuple(blocks),
        published=draw(st.none() | moments()),
        updated=draw(st.none() | moments()),
        retrieved=draw(st.none() | moments()),
        language=draw(st.sampled_from(["und", "en", "de", "fr", "it"])),
        labels=tuple(draw(st.lists(words(), max_size=2))),
        url=draw(st.none() | urls()),
        contact=draw(st.none() | contacts()),
    )
    return identify(article)


def documents(sources: tuple[str, ...] = ("harbour", "valley")) -> st.SearchStrategy[Document]:
    return st.builds(
        Document,
        source=st.sampled_from(sources),
        name=words(),
        body=st.binary(max_size=200),
        media_type=st.sampled_from([None, "text/html", "text/plain"]),
        charset=st.sampled_from([None, "utf-8", "windows-1252"]),
        url=st.none() | urls(),
        retrieved=st.none() | moments(),
    )


@st.composite
def sentences(draw: st.DrawFn, article: Article) -> Sentence:
    """A slice of one of the article's fields, verbatim."""
    where: Literal["headline", "standfirst"] | int
    where = draw(st.one_of(st.sampled_from(["headline", "standfirst"]), *map(st.just, range(len(article.blocks)))))
    text = article.text(where)
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return Sentence(article.id, article.revision, where, start, text[start:end])


@st.composite
def stories(draw: st.DrawFn, told: tuple[Article, ...]) -> Story:
    """A story of these articles, the first leading."""
    finite = st.floats(-10, 10)
    reasons = draw(st.lists(st.builds(Reason, words(), finite, finite, lines()), max_size=3))
    taken = tuple(draw(st.lists(sentences(told[0]), max_size=3)))
    return Story(
        articles=told,
        score=Score(sum(reason.weight * reason.value for reason in reasons), tuple(reasons)),
        placement=draw(st.none() | st.builds(Placement, words(), words(), st.floats(0, 1))),
        summary=Summary(taken, "extract" if taken else "none", draw(lines()), draw(lines())),
        merged=tuple(draw(words()) for _ in told[1:]),
    )


@st.composite
def issues(draw: st.DrawFn, number: int | None = None) -> Issue:
    """Issues that keep the model's promises: sections with stories, nothing twice, summaries verbatim."""
    pool = draw(st.lists(articles(), max_size=6, unique_by=lambda article: article.id))
    sections: list[Section] = []
    while pool:
        size = draw(st.integers(1, 3))
        story = draw(stories(tuple(pool[:size])))
        sections.append(Section(f"section-{len(sections)}", draw(words()), (story,)))
        pool = pool[size:]
    made = draw(moments())
    return Issue(
        newsletter=draw(words()),
        date=made.date(),
        made=made,
        language=draw(st.sampled_from(["en", "de", "fr"])),
        number=number,
        subject=draw(lines()),
        preheader=draw(lines()),
        sections=tuple(sections),
        contacts=tuple(draw(st.lists(contacts(), max_size=2))),
        corrections=tuple(draw(st.lists(any_value(Correction), max_size=1))),
        drops=tuple(draw(st.lists(st.builds(Drop, words(), words(), words(), lines()), max_size=2))),
        imprint=draw(any_value(Imprint)),
    )


def renditions() -> st.SearchStrategy[tuple[Rendition, ...]]:
    one = st.builds(
        Rendition,
        st.sampled_from(["issue.html", "issue.txt", "issue.eml"]),
        st.sampled_from(["text/html", "text/plain"]),
        st.binary(max_size=200),
    )
    return st.lists(one, max_size=3, unique_by=lambda rendition: rendition.name).map(tuple)


def any_value(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of one of the model's types, field by field, so that a field added later is covered too."""
    if kind in _SCALARS:
        return _SCALARS[kind]
    if isinstance(kind, type) and is_dataclass(kind):
        values = {name: any_value(hint) for name, hint in get_type_hints(kind).items()}
        if kind is Story:
            values["articles"] = st.lists(any_value(Article), min_size=1, max_size=2).map(tuple)
        return st.builds(kind, **values)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return st.lists(any_value(arguments[0]), max_size=2).map(tuple)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, UnionType):
        return st.one_of(*map(any_value, arguments))
    raise TypeError(f"no strategy for {kind}")


_SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    NoneType: st.none(),
    bool: st.booleans(),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    str: st.text(max_size=20),
    bytes: st.binary(max_size=50),
    date: st.dates(),
    datetime: moments(),
}
