"""edits.toml → the editor's decisions, with every mistake in it reported at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, ValidationError

from digest.config import all_at_once, problems_of, read_toml
from digest.markup import clean_text
from digest.model import Edit

NAME = "edits.toml"

_Number = Annotated[StrictInt, Field(ge=1)]


class EditTable(BaseModel):
    """One `[[edit]]`: what it is about, when it holds, and what is to be done."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    article: str = Field("", description="what it is about: the article's URL, its id, or its exact headline")
    on: date | None = Field(None, alias="date", description="the one issue it holds for, by its date")
    since: date | None = Field(None, alias="from", description="the first day it holds")
    until: date | None = Field(None, description="the last day it holds")
    pin: StrictBool = Field(False, description="put the story first; of several, the first in the file leads")
    drop: StrictBool | Literal["article", "story"] = Field(
        False, description='leave the article out; "story" leaves out all that tells the same'
    )
    section: str = Field("", description="move the story to this section, by slug or title")
    headline: str = Field("", description="print this headline, as the newsletter's own")
    sentences: tuple[StrictStr | _Number, ...] = Field(
        (), description="print these sentences of the article: each as its own text, or its number from 1"
    )
    note: str = Field("", description="the editor's words under the story or, without an article, at the top")
    reason: str = Field("", description="why, for those who ask later")


class _EditsFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    edit: tuple[EditTable, ...] = ()


def load_edits(path: Path) -> tuple[Edit, ...]:
    """The edits in a file, in its order; none where there is no file.

    Raises `ConfigError`, whose message lists every problem, each with its key path.
    """
    if not path.exists():
        return ()
    return parse_edits(read_toml(path, "check who may read it"), path)


def parse_edits(table: dict[str, Any], path: Path | str = NAME) -> tuple[Edit, ...]:
    """The edits in a table read from `path`; see `load_edits`."""
    try:
        given = _EditsFile(**table).edit
    except ValidationError as error:
        raise all_at_once(path, list(problems_of(error, _EditsFile, table))) from error
    edits = tuple(_edit(each, f"edit[{number}]") for number, each in enumerate(given))
    problems = [f"{edit.place}: {words}" for edit in edits for words in _contradictions(edit)]
    if problems:
        raise all_at_once(path, problems)
    return edits


def _edit(table: EditTable, place: str) -> Edit:
    return Edit(
        article=table.article.strip(),
        on=table.on,
        since=table.since,
        until=table.until,
        pin=table.pin,
        drop=("article" if table.drop else "") if isinstance(table.drop, bool) else table.drop,
        section=table.section.strip(),
        headline=clean_text(table.headline),
        sentences=tuple(clean_text(each) if isinstance(each, str) else each for each in table.sentences),
        note=clean_text(table.note),
        reason=clean_text(table.reason),
        place=place,
    )


def _contradictions(edit: Edit) -> Iterator[str]:
    asked = [name for name in ("pin", "section", "headline", "sentences", "note") if getattr(edit, name)]
    if not asked and not edit.drop:
        yield "asks for nothing; set pin, drop, section, headline, sentences or note"
    if not edit.article and (edit.drop or asked not in (["note"], [])):
        yield "says of no article what it is about; set article to a URL, an id or an exact headline"
    if edit.drop and asked:
        yield f"drops the article and sets {', '.join(asked)} for it; keep one of the two"
    if edit.on and (edit.since or edit.until):
        yield "holds on one date and over a time; set date, or from and until"
    if edit.since and edit.until and edit.until < edit.since:
        yield f"ends ({edit.until}) before it begins ({edit.since})"
    if "" in edit.sentences:
        yield "sentences: one of them is empty"
