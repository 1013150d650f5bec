"""Finds and fills templates; every mistake in one becomes a `RenderError` that names its file and line."""

from __future__ import annotations

import difflib
import shutil
import traceback
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import ConfigError, RenderError
from digest.model import Look

if TYPE_CHECKING:
    from jinja2 import Environment

_SHIPPED = Path(__file__).parents[1] / "_templates"
# A wheel carries the templates inside the package, a checkout beside it.
PACKAGED = _SHIPPED if _SHIPPED.is_dir() else Path(__file__).parents[2] / "templates"


SETS = PACKAGED / "sets"
SENTENCES = {"compact": 1}
"""How many sentences of a summary a set prints, where that is not all."""


def template_sets() -> tuple[str, ...]:
    """The packaged sets of templates by name."""
    return ("default", *sorted(path.name for path in SETS.iterdir() if path.is_dir()))


def folders(look: Look) -> tuple[Path, ...]:
    """Where templates are looked for, in order: the look's own folders, then its set's, then the packaged one."""
    own = () if look.template_set == "default" else (SETS / look.template_set,)
    return (*map(Path, look.templates), *own, PACKAGED)


class Templates:
    """The templates of a look, each read once.

    `markup` escapes every printed value, whatever a file is called; it is off for plain text and CSS alone. Raises
    `RenderError` for a folder that is not there.
    """

    def __init__(self, look: Look, *, markup: bool, filters: Mapping[str, Callable[..., object]] | None = None) -> None:
        if look.template_set != "default" and look.template_set not in template_sets():
            known = ", ".join(template_sets())
            raise RenderError(f"[theme] use: there is no set of templates {look.template_set!r}; there are: {known}")
        for folder in look.templates:
            if not Path(folder).is_dir():
                raise RenderError(f"{folder}: there is no such folder of templates; mend [theme] templates")
        self._look = look
        # What stands in the look's own folders is part of the key: a file that is new there hides a packaged one.
        own = tuple(sorted(str(path) for folder in look.templates for path in Path(folder).rglob("*")))
        self._environment = _environment(look.templates, look.template_set, markup, own)
        self._environment.filters.update(filters or {})

    def fill(self, name: str, values: Mapping[str, object]) -> str:
        """The template `name` filled with `values`. Raises `RenderError` naming the file and the line."""
        import jinja2

        try:
            return self._environment.get_template(name).render(values)
        except jinja2.TemplateSyntaxError as error:
            place = f"{error.filename or error.name}, line {error.lineno}"
            raise RenderError(f"{place}: {error.message}; mend it there") from error
        except jinja2.TemplateNotFound as error:
            searched = ", ".join(map(str, folders(self._look)))
            raise RenderError(
                f"{error.name}: there is no such template in {searched}; "
                "`digest templates copy` gives a folder that has every one"
            ) from error
        except RenderError as error:
            raise RenderError(f"{self._place(error) or name}: {error}") from error
        except Exception as error:  # a template may call anything: whatever it raises is a mistake at one of its lines
            raise RenderError(f"{self._place(error) or name}: {_cause(error)}") from error

    def blame(self, name: str, values: Mapping[str, object], line: int) -> str:
        """`"FILE, line N"`: the template line that printed line `line` of the filled template `name`."""
        from digest.renderers.blame import blame

        return blame(self._environment, name, values, line)

    def _place(self, error: BaseException) -> str | None:
        """The innermost template line on an error's way: Jinja2 puts the templates' lines into the traceback."""
        homes = [folder.resolve() for folder in folders(self._look)]
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if any(home in Path(frame.filename).resolve().parents for home in homes):
                return f"{frame.filename}, line {frame.lineno}"
        return None


def copy_templates(folder: Path, force: bool = False, template_set: str = "default") -> tuple[Path, ...]:
    """Copy the templates of a packaged set into `folder`, which is made when there is none, and give the copies' paths.

    Raises `ConfigError`, having copied nothing, when one of them is there already and `force` is
    off, or when the folder cannot be written.
    """
    homes: dict[Path, Path] = {}
    for home in reversed(folders(Look(template_set=template_set))):
        files = (path for path in home.rglob("*") if path.is_file() and not _of_a_set(path, home))
        homes |= {path.relative_to(home): home for path in files}
    names = sorted(homes)
    there = [str(folder / name) for name in names if (folder / name).exists()]
    if there and not force:
        raise ConfigError(f"{', '.join(there)}: already there; name another folder, or use --force to replace them")
    try:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(homes[name] / name, folder / name)
    except OSError as error:
        raise ConfigError(f"{folder}: {error.strerror}; name a folder that may be written") from error
    return tuple(folder / name for name in names)


def _of_a_set(path: Path, home: Path) -> bool:
    return home == PACKAGED and SETS in path.parents


_GIVEN = ("issue", "words", "theme", "numbered", "css", "index")
"""What templates are given by name; what they set themselves is theirs to know."""


@lru_cache(maxsize=8)  # templates are compiled once; `auto_reload` compiles anew those that have changed
def _environment(templates: tuple[str, ...], template_set: str, markup: bool, own: tuple[str, ...]) -> Environment:
    import jinja2

    class Unknown(jinja2.StrictUndefined):
        """A name that a template asks for in vain, with the nearest there is."""

        @property
        def _undefined_message(self) -> str:
            owner, asked = self._undefined_obj, str(self._undefined_name)
            if owner is jinja2.utils.missing:
                said, names = super()._undefined_message, [*_GIVEN]
            elif is_dataclass(owner):
                names = [name for name in dir(owner) if not name.startswith("_")]
                said = f"{type(owner).__name__.removesuffix('View').lower()} has no {asked!r}"
            else:
                return super()._undefined_message
            near = difflib.get_close_matches(asked, names, 1)
            return said + (f"; did you mean {near[0]!r}?" if near else "")

    return jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [
                jinja2.FileSystemLoader([str(folder) for folder in folders(Look(templates, template_set))]),
                # An editor's `issue.mjml.j2` extends the one it replaces by this name.
                jinja2.PrefixLoader({"packaged": jinja2.FileSystemLoader(str(PACKAGED))}),
            ]
        ),
        autoescape=markup,
        undefined=Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=True,
    )


def _cause(error: BaseException) -> str:
    import jinja2

    if isinstance(error, jinja2.UndefinedError):
        return f"{error.message}; docs/templates.md lists what a template is given"
    return f"{type(error).__name__}: {error}; mend it there"
