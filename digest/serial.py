"""issue.json: an issue as versioned JSON and back, with nothing lost and every fault named by its place.

The layout follows the nouns of `digest.model` field by field, so that a new field needs no line here.
Two things differ: the issue carries its `version`, and a story's `summary` is the list of its
sentences, with the rest of the `Summary` beside it as `summary_origin`, `summary_algorithm`,
`summary_reason` and `summary_note`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from digest.errors import FormatError
from digest.model import Article, Correction, Issue, Placement, Score, Sentence, Story, Summary

VERSION = 1

_Reader = Callable[[Any], Any]


def issue_to_json(issue: Issue) -> bytes:
    """The issue as UTF-8 JSON, the same bytes for equal issues. Raises ValueError for a time without
    an offset and for a number that is not finite: the model has neither."""
    text = json.dumps({"version": VERSION, **_plain(issue)}, ensure_ascii=False, allow_nan=False, indent=1)
    # UTF-8 has no lone surrogates; what backslashreplace writes for one is JSON's own escape.
    return text.encode("utf-8", "backslashreplace") + b"\n"


def issue_from_json(data: bytes) -> Issue:
    """The issue that `issue_to_json` wrote. Raises FormatError that names the first fault and its place,
    such as `sections[0].stories[2].articles[0].headline: missing`."""
    try:
        plain = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as fault:
        raise FormatError(f"not the JSON of an issue: {fault}") from fault
    if not isinstance(plain, dict):
        raise FormatError(f"not the JSON of an issue: {_shown(plain)} is not an object")
    if "version" not in plain:
        raise FormatError("version: missing; an issue.json begins with it")
    version = plain.pop("version")
    if version != VERSION:
        raise FormatError(f"version: {_shown(version)} is not read here, only {VERSION}; use the program that wrote it")
    issue: Issue = _read(Issue, plain)
    return issue


def article_to_dict(article: Article) -> dict[str, Any]:
    """The article as issue.json holds it, of what JSON knows only. Raises ValueError as `issue_to_json` does."""
    plain: dict[str, Any] = _plain(article)
    return plain


def article_from_dict(plain: Mapping[str, Any]) -> Article:
    """The article that `article_to_dict` wrote. Raises FormatError that names the first fault and its place."""
    article: Article = _read(Article, plain)
    return article


def correction_to_json(correction: Correction) -> str:
    """The correction as issue.json holds it."""
    return json.dumps(_plain(correction), ensure_ascii=False)


def correction_from_json(text: str) -> Correction:
    """The correction that `correction_to_json` wrote. Raises FormatError that names the first fault and its place."""
    try:
        plain = json.loads(text)
    except ValueError as fault:
        raise FormatError(f"not the JSON of a correction: {fault}") from fault
    correction: Correction = _read(Correction, plain)
    return correction


@dataclass(frozen=True, slots=True)
class _StoryRecord:
    """A story as issue.json lays it out."""

    articles: tuple[Article, ...]
    summary_origin: Literal["extract", "standfirst", "none"]
    summary: tuple[Sentence, ...] = ()
    summary_algorithm: str = ""
    summary_reason: str = ""
    score: Score = field(default_factory=Score)
    placement: Placement | None = None
    merged: tuple[str, ...] = ()
    own_headline: str = ""
    note: str = ""
    summary_note: str = ""

    @classmethod
    def of(cls, story: Story) -> _StoryRecord:
        summary = story.summary
        return cls(
            story.articles, summary.origin, summary.sentences, summary.algorithm, summary.reason,
            story.score, story.placement, story.merged, story.own_headline, story.note, summary.note,
        )  # fmt: skip

    def story(self) -> Story:
        if not self.articles:
            raise _MisfitError("a story needs an article", ".articles")
        summary = Summary(
            self.summary, self.summary_origin, self.summary_algorithm, self.summary_reason, self.summary_note
        )
        return Story(
            self.articles, self.score, self.placement, summary, self.merged, self.own_headline, self.note
        )  # fmt: skip


# Writing


_AS_IT_IS = frozenset((NoneType, str, int, float, bool))


def _plain(value: Any) -> Any:
    """The value as objects, lists and what else JSON knows."""
    if value.__class__ in _AS_IT_IS or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return _stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Story):
        value = _StoryRecord.of(value)
    names, values = _fields(value.__class__)
    plain = dict(zip(names, values(value), strict=True))
    for name, given in plain.items():
        if given.__class__ not in _AS_IT_IS:
            plain[name] = _plain(given)
    return plain


@cache
def _fields(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names of a record's fields, and what takes their values, in that order."""
    names = tuple(each.name for each in fields(kind))
    return names, attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)


def _stamp(moment: datetime) -> str:
    """RFC 3339; a time in a named zone says which, as RFC 9557 does: `2026-11-22T06:30:00+01:00[Europe/Zurich]`.

    The name matters: an issue shows its articles' times in the zone it was made in, and an offset
    alone does not tell what that was across a clock change.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} is a time without an offset")
    zone = moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None
    return moment.isoformat() + (f"[{zone}]" if zone else "")


# Reading


class _MisfitError(Exception):
    """JSON that does not fit the model; the place is completed on the way out."""

    def __init__(self, words: str, place: str = "") -> None:
        self.words = words
        self.place = place


def _read(kind: Any, plain: object) -> Any:
    try:
        return _reader(kind)(plain)
    except _MisfitError as wrong:
        place = wrong.place.removeprefix(".")
        raise FormatError(f"{place}: {wrong.words}" if place else wrong.words) from None


@cache
def _reader(kind: Any) -> _Reader:
    """The function that makes a value of this kind from JSON's, or raises `_MisfitError`."""
    if kind in _SCALARS:
        return _SCALARS[kind]
    if kind is Story:
        read_record = _reader(_StoryRecord)
        return lambda plain: read_record(plain).story()
    if is_dataclass(kind):
        return _record_reader(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _list_reader(_reader(arguments[0]))
    if origin is Literal:
        return _choice_reader(arguments)
    if origin in (Union, UnionType):
        return _union_reader(arguments)
    raise TypeError(f"issue.json has no form for {kind}")


def _record_reader(kind: Any) -> _Reader:
    hints = get_type_hints(kind)
    readers = {each.name: _reader(hints[each.name]) for each in fields(kind)}
    required = [each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING]

    def read(plain: Any) -> Any:
        if not isinstance(plain, Mapping):
            raise _MisfitError(f"{_shown(plain)} is not an object")
        values = {}
        for name, value in plain.items():
            reader = readers.get(name)
            if reader is None:
                near = get_close_matches(name, readers, 1)
                raise _MisfitError("no field of this name" + (f"; did you mean {near[0]}?" if near else ""), f".{name}")
            try:
                values[name] = reader(value)
            except _MisfitError as wrong:
                wrong.place = f".{name}{wrong.place}"
                raise
        for name in required:
            if name not in values:
                raise _MisfitError("missing", f".{name}")
        return kind(**values)

    return read


def _list_reader(read_item: _Reader) -> _Reader:
    def read(plain: Any) -> tuple[Any, ...]:
        if not isinstance(plain, list):
            raise _MisfitError(f"{_shown(plain)} is not a list")
        items = []
        for index, item in enumerate(plain):
            try:
                items.append(read_item(item))
            except _MisfitError as wrong:
                wrong.place = f"[{index}]{wrong.place}"
                raise
        return tuple(items)

    return read


def _choice_reader(choices: tuple[str, ...]) -> _Reader:
    def read(plain: Any) -> Any:
        if plain not in choices:
            raise _MisfitError(f"{_shown(plain)} is not one of {', '.join(choices)}")
        return plain

    return read


def _union_reader(members: tuple[Any, ...]) -> _Reader:
    optional = NoneType in members
    *earlier, last = [_reader(member) for member in members if member is not NoneType]

    def read(plain: Any) -> Any:
        if plain is None and optional:
            return None
        words = []
        for reader in earlier:
            try:
                return reader(plain)
            except _MisfitError as wrong:
                words.append(wrong.words)
        try:
            return last(plain)
        except _MisfitError as wrong:
            wrong.words = "; ".join([*words, wrong.words])
            raise

    return read


def _exact_reader(kind: type, name: str) -> _Reader:
    def read(plain: Any) -> Any:
        if type(plain) is not kind:
            raise _MisfitError(f"{_shown(plain)} is not {name}")
        return plain

    return read


def _number(plain: Any) -> float:
    if type(plain) not in (int, float) or not abs(plain) <= sys.float_info.max:
        raise _MisfitError(f"{_shown(plain)} is not a number")
    number: float = plain
    return number


def _date(plain: Any) -> date:
    try:
        return date.fromisoformat(plain)
    except (TypeError, ValueError):
        raise _MisfitError(f"{_shown(plain)} is not a date such as 2026-11-22") from None


_STAMP = re.compile(r"(?P<moment>[^\[]*)(?:\[(?P<zone>[^\]]+)\])?")


def _moment(plain: Any) -> datetime:
    try:
        stamp = _STAMP.fullmatch(plain)
        if stamp is None:
            raise ValueError
        moment = datetime.fromisoformat(stamp["moment"])
        if moment.utcoffset() is None:
            raise ValueError
        return moment.astimezone(ZoneInfo(stamp["zone"])) if stamp["zone"] else moment
    except (TypeError, ValueError, LookupError, OSError, OverflowError):
        # LookupError and OSError are ZoneInfo's, for names that are no zone or a folder of zones.
        raise _MisfitError(f"{_shown(plain)} is not a time with an offset, as 2026-11-22T06:30:00Z is") from None


_SCALARS: dict[Any, _Reader] = {
    str: _exact_reader(str, "a text"),
    bool: _exact_reader(bool, "true or false"),
    int: _exact_reader(int, "a whole number"),
    float: _number,
    date: _date,
    datetime: _moment,
}


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number that JSON has")


def _shown(plain: object) -> str:
    """A JSON value as a message shows it."""
    if isinstance(plain, Mapping):
        return "an object"
    if isinstance(plain, list):
        return "a list"
    text = json.dumps(plain, ensure_ascii=True)
    return text if len(text) <= 40 else text[:39] + "…"
