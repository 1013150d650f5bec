"""Accessibility, and that the look survives inlining and the loss of every style sheet, in Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from digest.renderers.email import Press
from digest.renderers.inline import inline
from tests.judges.conftest import Sheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]
FOUR: list[tuple[int, Scheme]] = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
VIEWS = pytest.mark.parametrize(("width", "scheme"), FOUR)
INLINERS = ("premailer", "css-inline")

# Every computed property of every element, hashed (FNV-1a), since all of them spelt out are tens of megabytes.
STYLES = """() => [...document.querySelectorAll("body, body *")].map((one) => {
  const style = getComputedStyle(one);
  let hash = 2166136261;
  for (const name of style) {
    const value = style.getPropertyValue(name);
    for (let place = 0; place < value.length; place++) hash = Math.imul(hash ^ value.charCodeAt(place), 16777619);
    hash = Math.imul(hash ^ 59, 16777619);
  }
  return one.tagName + ":" + hash;
})"""
# The same of one element, spelt out.
STYLE = """(place) => {
  const one = document.querySelectorAll("body, body *")[place], style = getComputedStyle(one);
  return [...style].map((name) => name + "=" + style.getPropertyValue(name));
}"""
# The box of every element, rounded to a tenth of a pixel.
BOXES = """() => [...document.querySelectorAll("body *")].map((one) => {
  const box = one.getBoundingClientRect();
  return one.tagName + ":" + [box.x, box.y, box.width, box.height].map((side) => side.toFixed(1)).join(",");
})"""
AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map((one) =>
  one.id + " (" + one.impact + "): " + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | "))"""


@contextmanager
def shown(chromium: Browser, html: str, width: int, scheme: Scheme) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    context.route("**/*", lambda route: route.abort())
    try:
        page = context.new_page()
        page.set_content(html)
        yield page
    finally:
        context.close()


@VIEWS
@pytest.mark.parametrize("name", ["issue.html", "web.html"])
def test_the_accessibility_checker_finds_no_violation(
    chromium: Browser, axe: Path, sheet: Sheet, name: str, width: int, scheme: Scheme
) -> None:
    with shown(chromium, sheet.html(name), width, scheme) as page:
        page.evaluate(axe.read_text("utf-8"))
        assert page.evaluate(AXE) == []


@pytest.mark.parametrize("name", ["issue.html", "web.html"])
def test_nothing_has_to_be_scrolled_sideways(chromium: Browser, sheet: Sheet, name: str) -> None:
    with shown(chromium, sheet.html(name), 320, "light") as page:
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def differences(one: list[str], other: list[str]) -> list[str]:
    """What differs between two lists of lines, at most five of them."""
    assert len(one) == len(other)
    found = []
    for first, second in zip(one, other, strict=True):
        if first != second:
            own, its = set(first.split(";")), set(second.split(";"))
            found.append(f"{first.split(':')[0]}: {sorted(own - its)} / {sorted(its - own)}")
    return found[:5]


def test_no_style_is_another_once_it_stands_in_the_elements(chromium: Browser, sheet: Sheet) -> None:
    press = Press(sheet.issue, sheet.look)
    values = press.values()
    compiled = press.compile(press.mjml(values), values)
    # Beside the compiler's own rules and after them, as the elements' own styles are.
    sheeted = compiled.replace("</head>", f"<style>{press.css}</style></head>", 1)
    with shown(chromium, sheeted, 1280, "light") as before:
        for inliner in INLINERS:
            with shown(chromium, inline(compiled, press.css, inliner), 1280, "light") as after:
                for width, scheme in FOUR:
                    for page in (before, after):
                        page.set_viewport_size({"width": width, "height": 900})
                        page.emulate_media(color_scheme=scheme)
                    wanted, found = before.evaluate(STYLES), after.evaluate(STYLES)
                    assert len(wanted) == len(found)
                    place = next(
                        (n for n, pair in enumerate(zip(wanted, found, strict=True)) if pair[0] != pair[1]), None
                    )
                    if place is not None:
                        one, other = set(before.evaluate(STYLE, place)), set(after.evaluate(STYLE, place))
                        pytest.fail(f"{inliner}, {width}, {scheme}: {wanted[place]}: {one - other} / {other - one}")


@pytest.mark.parametrize("inliner", INLINERS)
def test_the_layout_is_the_same_where_a_mail_program_drops_every_style_sheet(
    chromium: Browser, sheet: Sheet, inliner: str
) -> None:
    html = Press(sheet.issue, replace(sheet.look, inliner=inliner)).print().decode()
    bare = re.sub(r"<style\b.*?</style>", "", html, flags=re.DOTALL)
    assert "<style" not in bare
    seen = []
    for page_html in (html, bare):
        with shown(chromium, page_html, 1280, "light") as page:
            seen.append(page.evaluate(BOXES))
    assert differences(*seen) == []
