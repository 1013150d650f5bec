"""Every command, option and configuration key is documented, in the words the program itself uses."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import get_args

import click
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from digest.cli import COMMANDS, group
from digest.config import Settings, keys_of
from digest.pipeline import options_of
from digest.plugins import names
from tests.conftest import ROOT

CONFIGURATION = """# Configuration

`digest init` writes a commented `digest.toml` to begin with. Relative paths in it start where the file stands. A key
that is not listed here is an error, reported with its path and the nearest key there is; all mistakes are reported at
once.

A table in double brackets, such as `[[source]]`, may stand any number of times.
"""

COMMANDS_PAGE = """# Commands

Exit codes: 0 done; 1 failed, or a named input could not be read (the issue is made of the others all the same); 2 usage
or configuration; 3 nothing to publish. Reports go to standard output, warnings and errors to standard error.
"""


def _type(annotation: object) -> str:
    names = {"str": "text", "int": "whole number", "float": "number", "Path": "path", "bool": "true or false",
             "time": "time of day"}  # fmt: skip
    arguments = get_args(annotation)
    if float in arguments and "Literal" in str(annotation):
        return " or ".join(_type(argument) for argument in arguments if argument is not type(None))
    if getattr(annotation, "__origin__", None) is not None and "Literal" in str(annotation):
        return " or ".join(f"`{value!r}`".replace("'", '"') for value in arguments)
    if "tuple" in str(annotation):
        return f"list of {_type(arguments[0])}"
    if arguments:
        return _type(arguments[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "table: " + ", ".join(f"`{key}`" for key in keys_of(annotation))
    return names.get(getattr(annotation, "__name__", ""), str(annotation))


def _default(value: object) -> str:
    if value is PydanticUndefined:
        return "must be set"
    if value in (None, "", ()) or isinstance(value, BaseModel) or value == {}:
        return "unset"
    return f"`{value!r}`".replace("'", '"')


def _table(model: type[BaseModel]) -> Iterator[str]:
    yield "| key | type | default | what it does |"
    yield "| --- | --- | --- | --- |"
    for name, field in model.model_fields.items():
        if not field.exclude:
            cells = (f"`{field.alias or name}`", _type(field.annotation), _default(field.default), field.description)
            yield "| " + " | ".join(map(str, cells)) + " |"


def configuration() -> str:
    """docs/configuration.md as the schemas say it."""
    parts, plain = [CONFIGURATION], []
    for name, field in Settings.model_fields.items():
        inner = next((a for a in (field.annotation, *get_args(field.annotation)) if isinstance(a, type)), None)
        if field.exclude:
            continue
        if inner is None or not issubclass(inner, BaseModel):
            plain.append(f"| `{name}` | {_type(field.annotation)} | {_default(field.default)} | {field.description} |")
            continue
        brackets = f"[[{name}]]" if "tuple" in str(field.annotation) else f"[{name}]"
        parts.append(f"## `{brackets}`\n\n{(inner.__doc__ or '').strip()}\n\n" + "\n".join(_table(inner)) + "\n")
        if name == "source":
            for kind in names("digest.source"):
                options = options_of(kind)
                rows = "\n".join(_table(options))
                parts.append(f'### `use = "{kind}"`\n\n{(options.__doc__ or "").strip()}\n\n{rows}\n')
    head = (
        "## At the top\n\n| key | type | default | what it does |\n| --- | --- | --- | --- |\n"
        + "\n".join(plain)
        + "\n"
    )
    return "\n".join([parts[0], head, *parts[1:]])


def _walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = _context(command, path)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _walk(inner, f"{path} {name}")
    else:
        yield path, command


def _context(command: click.Command, path: str) -> click.Context:
    """The context a command runs in, with what it inherits from `digest` itself."""
    return click.Context(command, info_name=path, **group.context_settings)


def commands() -> str:
    """docs/commands.md as the commands say it."""
    parts = [COMMANDS_PAGE]
    for path, command in _walk(group, "digest"):
        context = _context(command, path)
        usage = " ".join([path, *command.collect_usage_pieces(context)])
        rows = [f"## `{path}`", "", f"    {usage}", "", inspect.cleandoc(click.unstyle(command.help or "")), ""]
        records = [
            record for parameter in command.get_params(context) if (record := parameter.get_help_record(context))
        ]
        rows += ["| option | what it does |", "| --- | --- |"]
        rows += [f"| `{option.replace('|', '/')}` | {words} |" for option, words in records]
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts)


def _compare(path: Path, wanted: str, update: bool) -> None:
    if update:
        path.write_text(wanted, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == wanted, (
        f"{path.name} is not what the program says; pytest --update writes it"
    )


def test_every_configuration_key_is_documented(update: bool) -> None:
    _compare(ROOT / "docs" / "configuration.md", configuration(), update)


def test_every_command_and_option_is_documented(update: bool) -> None:
    _compare(ROOT / "docs" / "commands.md", commands(), update)


def test_every_command_of_the_overview_is_the_module_s_own() -> None:
    for name, (module, words) in COMMANDS.items():
        command = import_module(f"digest.cli.{module}").command
        assert command.name == name
        assert (command.help or "").startswith(words.rstrip("."))


def test_the_readme_names_only_commands_there_are() -> None:
    known = {path.split()[1] for path, _ in _walk(group, "digest")}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = {part.split()[0].strip("`.,;:") for part in readme.split("`digest ")[1:]}
    assert {word for word in named if word.isalpha()} <= known
