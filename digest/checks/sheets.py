"""Style sheets and style attributes, taken apart as a browser does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_NESTING = frozenset({"media", "supports"})


@dataclass(frozen=True, slots=True)
class Declaration:
    name: str
    value: str
    important: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a style sheet; `within` are the at-rules around it, such as `"@media (prefers-color-scheme:dark)"`."""

    within: tuple[str, ...]
    selectors: tuple[str, ...]
    declarations: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    rules: tuple[Rule, ...]
    at_rules: tuple[str, ...]
    """Every at-rule with its condition, in order."""


@lru_cache(maxsize=64)
def sheet_of(text: str) -> Sheet:
    """A style sheet taken apart; what is malformed is left out, as a browser leaves it out."""
    import tinycss2

    rules: list[Rule] = []
    at_rules: list[str] = []

    def read(nodes: Any, within: tuple[str, ...]) -> None:
        for node in nodes:
            if node.type == "at-rule":
                named = f"@{node.lower_at_keyword} {tinycss2.serialize(node.prelude).strip()}".strip()
                at_rules.append(named)
                if node.content is not None and node.lower_at_keyword in _NESTING:
                    inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                    read(inner, (*within, named))
            elif node.type == "qualified-rule":
                rules.append(Rule(within, tuple(_selectors(node.prelude)), declarations_of(node.content)))

    read(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), ())
    return Sheet(tuple(rules), tuple(at_rules))


@lru_cache(maxsize=4096)
def style_of(attribute: str) -> tuple[Declaration, ...]:
    """What a style attribute sets."""
    return declarations_of(attribute)


def declarations_of(content: Any) -> tuple[Declaration, ...]:
    """The declarations of a block, given as text or as tokens."""
    import tinycss2

    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return tuple(
        Declaration(node.lower_name, tinycss2.serialize(node.value).strip(), node.important)
        for node in parsed
        if node.type == "declaration"
    )


def _selectors(prelude: Any) -> Iterator[str]:
    import tinycss2

    part: list[Any] = []
    for token in (*prelude, None):
        if token is None or (token.type == "literal" and token.value == ","):
            if selector := tinycss2.serialize(part).strip():
                yield selector
            part = []
        else:
            part.append(token)
