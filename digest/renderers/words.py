"""The newsletter's own words and dates in the issue's language, from `words/*.toml` among the templates."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import RenderError
from digest.model import Look
from digest.renderers.templates import PACKAGED

if TYPE_CHECKING:
    from babel import Locale

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})


def direction_of(language: str) -> str:
    """`"rtl"` for a language written from right to left, else `"ltr"`; `"auto"` when it is not known."""
    primary = _primary(language)
    if primary in ("und", ""):
        return "auto"
    return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class Words:
    """The newsletter's own words in one language: `words("read_at", publisher="…")`."""

    language: str
    catalogue: Mapping[str, str]

    def __call__(self, name: str, **values: object) -> str:
        """The words of that name with the values put in. Raises `RenderError` for a name or a value there is not."""
        words = self.catalogue.get(name)
        if words is None:
            near = difflib.get_close_matches(name, self.catalogue, 1)
            raise RenderError(f"there are no words called {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        try:
            return words.format(**values)
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            allowed = ", ".join(f"{{{value}}}" for value in values) or "none"
            raise RenderError(
                f"words/{_primary(self.language)}.toml: {name} = {words!r} cannot be filled in; "
                f"it may hold these values: {allowed}"
            ) from error

    def long_date(self, day: date) -> str:
        """`"Sunday, 22 November 2026"`, as the language has it."""
        from babel.dates import format_date

        return format_date(day, "full", locale=_locale_of(self.language))

    def short_date(self, day: date, today: date) -> str:
        """`"21 Nov"`, with the year when it is not this one."""
        return _short_date(day, day.year != today.year, self.language)


@lru_cache(maxsize=512)  # most stories of an issue are of two days
def _short_date(day: date, with_year: bool, language: str) -> str:
    from babel.dates import format_date, format_skeleton

    if with_year:
        return format_date(day, "medium", locale=_locale_of(language))
    noon = datetime(day.year, day.month, day.day, 12)
    return format_skeleton("MMMd", noon, locale=_locale_of(language))


def _locale_of(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    for tag in (language, _primary(language), "en"):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel knows English")


def words_for(language: str, look: Look) -> Words:
    """The words of a language, those that are missing from English; an editor's files come before the packaged ones.

    Raises `RenderError` for a file that is not TOML, or that holds a name or a value that is no word.
    """
    english = _read(PACKAGED / "words" / "en.toml")
    catalogue = dict(english)
    for place in (PACKAGED / "words", *(Path(folder) / "words" for folder in reversed(look.templates))):
        path = place / f"{_primary(language)}.toml"
        if path.is_file():
            own = _read(path)
            _check(path, own, english)
            catalogue |= own
    return Words(language, catalogue)


def _read(path: Path) -> dict[str, str]:
    return _parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)  # every edition asks for them
def _parsed(path: Path, changed: int) -> dict[str, str]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RenderError(f"{path}: not TOML: {error}; mend it there") from error


def _check(path: Path, own: Mapping[str, object], english: Mapping[str, str]) -> None:
    for name, value in own.items():
        if name not in english:
            near = difflib.get_close_matches(name, english, 1)
            raise RenderError(
                f"{path}: nothing is called {name!r}" + (f"; did you mean {near[0]!r}?" if near else "; delete it")
            )
        if not isinstance(value, str):
            raise RenderError(f"{path}: {name} must be words in quotes, not {value!r}")


def _primary(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def unbroken(text: str) -> str:
    """The words with spaces at which no line is broken, for links of a few words."""
    return text.replace(" ", "\u00a0")
