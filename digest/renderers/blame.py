"""Which line of which template made a line of what came out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")


def blame(environment: Environment, name: str, values: Mapping[str, object], line: int) -> str:
    """`"FILE, line N"` for the line of the templates that printed line `line` of `name`, both counted from 1.

    Fills the template again and watches its progress. What a macro printed is looked up among the
    templates' own words; failing that, the call of the macro is named.
    """
    template = environment.get_template(name)
    author, base, printed = template, 1, ""
    at = 1
    for writer, place, chunk in _chunks(template, values):
        ends = at + chunk.count("\n")
        if at <= line <= ends:
            if not printed:
                author, base = writer, place
            printed += chunk.split("\n")[line - at]
        at = ends
        if at > line:
            break
    printed = printed.strip()
    others = [one for one in environment.cache.values() if one is not author] if environment.cache else []
    found = [(author, base, 0), *_alike(author, base, printed)]
    found += [line for one in others for line in _alike(one, 1, printed)]
    author, base, _ = max(found, key=lambda candidate: candidate[2])
    return f"{author.filename}, line {base}"


def _chunks(template: Template, values: Mapping[str, object]) -> Iterator[tuple[Template, int, str]]:
    """Each piece of output, with the template and about the line that it comes from."""
    writing: Any = template.root_render_func(template.new_context(dict(values)))
    for chunk in writing:
        innermost = writing
        while hasattr(innermost.gi_yieldfrom, "gi_frame"):
            innermost = innermost.gi_yieldfrom
        frame = innermost.gi_frame
        writer: Template = frame.f_globals["__jinja_template__"]
        yield writer, writer.get_corresponding_lineno(frame.f_lineno), str(chunk)


def _alike(template: Template, start: int, printed: str) -> Iterator[tuple[Template, int, int]]:
    """The lines from `start` on that may have printed this, each with how surely.

    A line's own words are in what it printed, and stand at its ends when they stand at the line's; words between
    conditions may be missing.
    """
    lines = Path(template.filename or "").read_text("utf-8").splitlines()
    for number, line in enumerate(map(str.strip, lines[start - 1 :]), start):
        parts = _JINJA.split(line)
        own = [words for words in parts if words.strip()]
        there = [words for words in own if words in printed]
        if not printed.startswith(parts[0]) or not printed.endswith(parts[-1]):
            continue
        if there and (there == own or "{% if" in line):
            anchors = bool(parts[0]) + bool(parts[-1])
            yield template, number, 1000 * anchors + sum(map(len, there))
