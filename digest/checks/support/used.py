"""What an email uses of HTML and CSS, by caniemail's names, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from typing import Literal

from digest.checks.sheets import Declaration, sheet_of, style_of
from digest.checks.support.table import features

Place = Literal["element", "style sheet"]
"""Whether the design stands on a feature, or a style sheet adds to a design that does without it."""

_ELEMENTS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "html-h1-h6"),
    **dict.fromkeys(("ul", "ol", "li", "dl", "dt", "dd"), "html-lists"),
    **dict.fromkeys(("b", "strong"), "html-strong"),
    **dict.fromkeys(("table", "tr", "td", "th", "tbody", "thead"), "html-table"),
    **dict.fromkeys(
        ("article", "aside", "details", "figcaption", "figure", "footer", "header", "main", "mark", "nav", "section",
         "summary", "time"), "html-semantics"),
    "input": "html-input-text",
    "s": "html-strike",
}  # fmt: skip
_SHORTHANDS = ("margin", "padding", "border", "background", "font", "list-style", "outline", "text-decoration")
_SIDES = re.compile(r"^(margin|padding|border)-(top|right|bottom|left)(-.*)?$")
_UNITS = re.compile(
    r"(?<![\w#.-])-?(?:\d+\.?\d*|\.\d+)(px|em|rem|ex|ch|vw|vh|vmin|vmax|cm|mm|in|pt|pc|%)", re.IGNORECASE
)
_FUNCTIONS = re.compile(
    r"\b(calc|clamp|max|min|var|rgba?|light-dark|lch|oklch|lab|oklab|conic-gradient)\(", re.IGNORECASE
)
_CALLED = {
    "calc": "css-unit-calc", "clamp": "css-function-clamp", "max": "css-function-max", "min": "css-function-min",
    "var": "css-variables", "rgb": "css-rgb", "rgba": "css-rgba", "light-dark": "css-function-light-dark",
    "lch": "css-modern-color", "oklch": "css-modern-color", "lab": "css-modern-color", "oklab": "css-modern-color",
    "conic-gradient": "css-conic-gradient",
}  # fmt: skip
_SIGNS = {
    ">": "child", "+": "adjacent-sibling", "~": "general-sibling", "*": "universal", "#": "id", "[]": "attribute",
}  # fmt: skip
_PSEUDO = re.compile(r"(::?)([a-z-]+)")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_FORMATS = re.compile(r"\.(apng|avif|bmp|gif|heif|heic|ico|jpe?g|mp4|png|svg|tiff?|webp)(?:[?#]|$)", re.IGNORECASE)


def used_in(html: str) -> Mapping[str, Place]:
    """Every feature of the table that the page uses; `"element"` where any element stands on it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found: dict[str, Place] = {}
    for style in reader.styles:
        for name in _of_sheet(style):
            found[name] = "style sheet"
    for name in reader.found:
        found[name] = "element"
    known = features()
    return {name: found[name] for name in sorted(found) if name in known}


def _of_sheet(text: str) -> Iterator[str]:
    sheet = sheet_of(text)
    for at_rule in sheet.at_rules:
        keyword = at_rule.split()[0].lstrip("@")
        yield f"css-at-{keyword}"
        yield from (f"css-at-{keyword}-{word}" for word in re.findall(r"\(\s*([a-z-]+)", at_rule))
    for rule in sheet.rules:
        if len(rule.selectors) > 1:
            yield "css-selector-grouping"
        for selector in rule.selectors:
            yield from _of_selector(selector)
        yield from _of_declarations(rule.declarations)


@cache
def _of_selector(selector: str) -> tuple[str, ...]:
    found = []
    bare = re.sub(r"\[[^\]]*\]", "[]", _STRING.sub("", selector))
    for colons, name in _PSEUDO.findall(bare):
        found.append(f"css-pseudo-element-{name}" if colons == "::" else f"css-pseudo-class-{name}")
    plain = re.sub(r"\([^)]*\)", "", _PSEUDO.sub("", bare))
    signs = {
        ">": "child",
        "+": "adjacent-sibling",
        "~": "general-sibling",
        "*": "universal",
        "#": "id",
        "[]": "attribute",
    }
    found += [f"css-selector-{name}" for sign, name in signs.items() if sign in plain]
    if "." in plain:
        found.append("css-selector-class")
    compounds = [part for part in re.split(r"[\s>+~]+", plain) if part]
    if re.search(r"[\w\]-]\s+[\w.#*\[]", plain):
        found.append("css-selector-descendant")
    if any(part.count(".") > 1 for part in compounds):
        found.append("css-selector-chaining")
    if any(re.match(r"[a-z]", part, re.IGNORECASE) for part in compounds):
        found.append("css-selector-type")
    return tuple(found)


def _of_declarations(declarations: Iterable[Declaration]) -> Iterator[str]:
    for declaration in declarations:
        yield from features_of(declaration)
        if declaration.important:
            yield "css-important"


@cache
def features_of(declaration: Declaration) -> tuple[str, ...]:
    """The features that a declaration uses: its property, units, functions. None for what is meant for one program."""
    name, value = declaration.name, _STRING.sub("", declaration.value).lower()
    if name.startswith(("mso-", "-")):
        return ()
    found = [f"css-{name}"]
    if side := _SIDES.match(name):
        found = [f"css-{side[1]}"]
    elif f"css-{name}" not in features():
        found = [f"css-{short}" for short in _SHORTHANDS if name.startswith(short)][-1:]
    if name == "display":
        found += [f"css-display-{word}" for word in value.split()]
    found += [f"css-unit-{'percent' if unit == '%' else unit.lower()}" for unit in _UNITS.findall(value)]
    found += [_CALLED[called.lower()] for called in _FUNCTIONS.findall(value)]
    if "system-ui" in value:
        found.append("css-sytem-ui")
    return tuple(found)


class _Reader(HTMLParser):
    """Collects what elements and attributes use; comments, which are Outlook's alone, are not looked into."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[str] = set()
        self.styles: list[str] = []
        self._in_style = False

    def handle_decl(self, decl: str) -> None:
        self.found.add("html-doctype")

    def handle_comment(self, data: str) -> None:
        self.found.add("html-comments")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        if self._in_style:
            self.styles.append("")
        self.found.add(_ELEMENTS.get(tag, f"html-{tag}"))
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.styles[-1] += data

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "style":
            self.found.update(_of_declarations(style_of(value)))
        elif name == "href":
            if value.startswith("#"):
                self.found.add("html-anchor-links")
            elif value.lower().startswith("mailto:"):
                self.found.add("html-mailto-links")
        elif name == "src" and tag == "img":
            self.found.update(_of_picture(value))
        elif name == "name" and tag == "meta" and value == "color-scheme":
            self.found.add("html-meta-color-scheme")
        elif name == "loading":
            self.found.add("html-loading-attribute")
        else:
            self.found.add(f"html-{name}")


def _of_picture(src: str) -> Iterator[str]:
    if src.startswith("data:"):
        yield "image-base64"
    elif ending := _FORMATS.search(src):
        name = ending[1].lower()
        yield f"image-{ {'jpeg': 'jpg', 'tif': 'tiff', 'heic': 'heif'}.get(name, name) }"
