"""Whether every letter of the email can be read, by day and on a dark screen, and whether dark rules take effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.checks.elements import Letters, dark_styles, letters, tree_of
from digest.checks.page import EMAIL
from digest.checks.sheets import style_of
from digest.model import Finding, Issue, Rendition

AA, AA_LARGE, LARGE = 4.5, 3.0, 24.0
"""WCAG 2.2, success criterion 1.4.3: the ratio for letters, for large ones, and how many pixels tall those are."""
_REMEDY = "change the colours under [theme] in digest.toml, or the template's own"


def contrast(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A warning for each pair of colours that is too close to read, by day or on a dark screen (WCAG AA)."""
    return tuple(finding for rendition in renditions if rendition.name == EMAIL for finding in _close(rendition))


def _close(rendition: Rendition) -> Iterator[Finding]:
    tree = tree_of(rendition)
    for dark in (False, True):
        told: set[tuple[object, object]] = set()
        for each in () if tree is None else letters(tree, dark=dark):
            ratio = ratio_of(each.colour, each.behind)
            if ratio < _wanted(each) and (each.colour, each.behind) not in told:
                told.add((each.colour, each.behind))
                screen = "on a dark screen" if dark else "by day"
                words = (
                    f"{_hex(each.colour)} on {_hex(each.behind)} {screen} has a contrast of {ratio:.1f}, less than"
                    f" {_wanted(each):g}: “{each.words[:40]}”"
                )
                yield Finding("contrast", "warning", rendition.name, words, _REMEDY)


def _wanted(each: Letters) -> float:
    return AA_LARGE if each.size >= LARGE else AA


def ratio_of(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The contrast ratio of two colours (WCAG 2.2, relative luminance), from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def dark_rules_that_lose(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A warning for each rule for dark screens that loses to the style in an element it is meant for."""
    return tuple(finding for rendition in renditions if rendition.name == EMAIL for finding in _losing(rendition))


def _losing(rendition: Rendition) -> Iterator[Finding]:
    tree = tree_of(rendition)
    told: set[tuple[str, str]] = set()
    for element, matches in ({} if tree is None else dark_styles(tree)).items():
        own = {each.name for each in style_of(element.get("style", ""))}
        for matched in matches:
            name = matched.declaration.name
            if not matched.declaration.important and name in own and (matched.selector, name) not in told:
                told.add((matched.selector, name))
                words = f"on dark screens, “{matched.selector} {{{name}}}” loses to what stands in the <{element.tag}>"
                yield Finding("dark-rules", "warning", rendition.name, words, "write !important behind the value")
