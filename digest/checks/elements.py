"""The elements of an HTML rendition, and what they look like by day and on a dark screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from digest.checks.page import source_of
from digest.checks.sheets import Declaration, Rule, sheet_of, style_of
from digest.model import Rendition

DARK = "prefers-color-scheme"


def tree_of(rendition: Rendition) -> Any | None:
    """The root element of an HTML rendition, or None where there is nothing to parse."""
    return _tree(source_of(rendition).replace("\0", ""))


@lru_cache(maxsize=4)
def _tree(source: str) -> Any | None:
    from lxml import etree, html

    try:
        return html.document_fromstring(source.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return None


def own_text(element: Any) -> str:
    """The words that stand in an element itself, not in one within it."""
    parts = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join(" ".join(parts).split())


def dark_rules(tree: Any) -> Iterator[Rule]:
    """The rules for dark screens, in order."""
    for style in tree.iter("style"):
        for rule in sheet_of(style.text or "").rules:
            if any(DARK in each and "dark" in each for each in rule.within):
                yield rule


@dataclass(frozen=True, slots=True)
class Matched:
    """A declaration of a dark rule that meets an element."""

    selector: str
    declaration: Declaration


def dark_styles(tree: Any) -> dict[Any, list[Matched]]:
    """Element → the declarations of dark rules that meet it, the weaker first."""
    from cssselect import HTMLTranslator, SelectorError
    from cssselect.parser import parse

    found: defaultdict[Any, list[tuple[tuple[int, int, int], int, Matched]]] = defaultdict(list)
    translator = HTMLTranslator()
    for order, rule in enumerate(dark_rules(tree)):
        for selector in rule.selectors:
            try:
                (parsed,) = parse(selector)
                path = translator.selector_to_xpath(parsed)
            except (SelectorError, ValueError):
                continue
            for element in tree.xpath(path):
                for declaration in rule.declarations:
                    found[element].append((parsed.specificity(), order, Matched(selector, declaration)))
    return {
        element: [matched for _, _, matched in sorted(each, key=lambda one: one[:2])] for element, each in found.items()
    }


@dataclass(frozen=True, slots=True)
class Letters:
    """An element's own words, the colour they have and the colour behind them, as (red, green, blue) of 0 to 1."""

    words: str
    colour: tuple[float, float, float]
    behind: tuple[float, float, float]
    size: float
    element: str


def letters(tree: Any, *, dark: bool = False) -> Iterator[Letters]:
    """Every element that shows words of its own, from the styles in the elements and the rules for dark screens."""
    rules = dark_styles(tree) if dark else {}

    def walk(element: Any, colour: Any, behind: Any, size: float) -> Iterator[Letters]:
        if not isinstance(element.tag, str) or element.tag in ("head", "script", "style", "title"):
            return
        declared = {each.name: each.value for each in style_of(element.get("style", ""))}
        if element.tag == "a":
            colour = (0.0, 0.0, 238 / 255)
        colour = _colour(declared.get("color", "")) or colour
        ground = _colour(declared.get("background-color", "")) or _colour(declared.get("background", ""))
        behind = ground or _colour(element.get("bgcolor", "")) or behind
        for matched in rules.get(element, ()):
            if matched.declaration.important or not _names(declared, matched.declaration.name):
                if matched.declaration.name == "color":
                    colour = _colour(matched.declaration.value) or colour
                elif matched.declaration.name in ("background", "background-color"):
                    behind = _colour(matched.declaration.value) or behind
        size = _size(declared) or size
        if declared.get("display") == "none":
            return
        if (words := own_text(element)) and colour and behind:
            yield Letters(words, colour, behind, size, element.tag)
        for child in element:
            yield from walk(child, colour, behind, size)

    yield from walk(tree, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), 16.0)


def _names(declared: dict[str, str], name: str) -> bool:
    return name in declared or (
        name.startswith("background") and bool({"background", "background-color"} & {*declared})
    )


def _size(declared: dict[str, str]) -> float | None:
    for value in (declared.get("font-size", ""), declared.get("font", "")):
        for part in value.replace("/", " ").split():
            if part.endswith("px") and part[:-2].replace(".", "", 1).isdigit() and float(part[:-2]) > 0:
                return float(part[:-2])
    return None


@lru_cache(maxsize=512)
def _colour(value: str) -> tuple[float, float, float] | None:
    import tinycss2
    from tinycss2.color3 import parse_color

    for token in tinycss2.parse_component_value_list(value):
        colour = parse_color(token)
        if isinstance(colour, tuple) and colour[3] > 0:
            return (colour[0], colour[1], colour[2])
    return None
