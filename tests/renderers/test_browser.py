"""The email and the web page in a real browser: nothing to scroll sideways, every letter readable by day and night."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import pytest

from digest.model import Look
from digest.renderers import RENDERERS
from tests.renderers import issues

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]
FORMS = pytest.mark.parametrize("form", ["email", "web"])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])

# Every element that shows letters of its own, its colour, and the first opaque colour behind it.
CONTRASTS = """() => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (!colour.endsWith(", 0)") && colour !== "transparent") return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.checkVisibility())
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((one) => {
      const [high, low] = [light(getComputedStyle(one).color), light(behind(one))].sort((a, b) => b - a);
      const size = parseFloat(getComputedStyle(one).fontSize);
      return { words: one.textContent.slice(0, 40), ratio: (high + 0.05) / (low + 0.05), size };
    });
}"""


@contextmanager
def shown(
    chromium: Browser, name: str, form: str, width: int, scheme: Scheme = "light", look: Look | None = None
) -> Iterator[Page]:
    html = RENDERERS[form](issues.BY_NAME[name](), look or Look()).body.decode()
    context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, offline=True)
    try:
        page = context.new_page()
        page.set_content(html)
        yield page
    finally:
        context.close()


@FORMS
@pytest.mark.parametrize("name", ["full", "hostile", "scripts", "right_to_left"])
def test_nothing_has_to_be_scrolled_sideways(chromium: Browser, name: str, form: str) -> None:
    with shown(chromium, name, form, 320) as page:
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate("document.compatMode") == "CSS1Compat"


@FORMS
@SCHEMES
def test_every_letter_can_be_read_and_none_is_tiny(chromium: Browser, form: str, scheme: Scheme) -> None:
    with shown(chromium, "full", form, 390, scheme) as page:
        letters: list[dict[str, Any]] = page.evaluate(CONTRASTS)
    assert len(letters) > 50
    assert [each for each in letters if each["ratio"] < 4.5] == []
    assert [each for each in letters if each["size"] < 13] == []


@FORMS
def test_a_dark_screen_is_dark_to_its_edges(chromium: Browser, form: str) -> None:
    with shown(chromium, "full", form, 1280, "dark") as page:
        grounds = page.evaluate(
            """() => [...document.querySelectorAll("body, .ground, .paper, .colophon")]
                 .map((one) => getComputedStyle(one).backgroundColor)"""
        )
    assert set(grounds) <= {"rgb(22, 24, 28)", "rgba(0, 0, 0, 0)"}
    assert "rgb(22, 24, 28)" in grounds


@pytest.mark.parametrize("name", ["full", "many"])
def test_a_phone_has_the_lead_and_the_contents_on_its_first_screen(chromium: Browser, name: str) -> None:
    with shown(chromium, name, "email", 390) as page:
        assert page.locator("td.section").last.is_visible()
        box = page.locator("h3.lead").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844


def test_the_email_is_a_column_of_six_hundred_pixels_and_a_phone_s_whole_width(chromium: Browser) -> None:
    with shown(chromium, "full", "email", 1280) as page:
        box = page.locator(".paper").bounding_box()
        assert box is not None
        assert (box["width"], box["x"]) == (600, 340)
        page.set_viewport_size({"width": 390, "height": 844})
        box = page.locator(".paper").bounding_box()
        assert box is not None
        assert (box["width"], box["x"]) == (390, 0)
        lead = page.locator("h3.lead")
        assert lead.evaluate("(one) => getComputedStyle(one).fontSize") == "24px"
        left = lead.bounding_box()
        assert left is not None
        assert left["x"] == 16


def test_the_preheader_is_not_seen(chromium: Browser) -> None:
    with shown(chromium, "full", "email", 390) as page:
        assert page.get_by_text("Grain ships pass at night").is_hidden()


def test_a_right_to_left_story_starts_at_the_right(chromium: Browser) -> None:
    for form in ("email", "web"):
        with shown(chromium, "scripts", form, 390) as page:
            starts = page.evaluate(
                """() => [...document.querySelectorAll("h3")].map((one) => {
                     const words = document.createRange();
                     words.selectNodeContents(one);
                     const [outer, inner] = [one.getBoundingClientRect(), words.getBoundingClientRect()];
                     return inner.left - outer.left > outer.right - inner.right + 1 ? "right" : "left";
                   })"""
            )
        assert starts[:4] == ["right", "right", "left", "left"]


def test_a_picture_that_does_not_load_leaves_its_words(chromium: Browser) -> None:
    with shown(chromium, "full", "email", 390, look=Look(images="link")) as page:
        assert page.get_by_alt_text("A grain ship at dawn").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_web_page_prints_without_the_parts_that_need_a_pointer(chromium: Browser) -> None:
    with shown(chromium, "full", "web", 1280, "dark") as page:
        page.emulate_media(media="print")
        assert page.locator("nav").is_hidden()
        assert page.locator(".report").first.is_hidden()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_both_inliners_look_alike(chromium: Browser) -> None:
    measure = """() => [...document.body.querySelectorAll("*")].map((one) => {
      const style = getComputedStyle(one);
      return ["color", "backgroundColor", "fontSize", "fontFamily", "fontWeight", "lineHeight", "margin", "padding",
              "borderTop", "borderBottom", "textAlign", "textDecoration", "letterSpacing", "width", "height"]
        .map((name) => style[name]).join("|");
    })"""
    for scheme in ("light", "dark"):
        seen = []
        for inliner in ("premailer", "css-inline"):
            with shown(chromium, "full", "email", 390, scheme, Look(inliner=inliner)) as page:
                seen.append(page.evaluate(measure))
        assert seen[0] == seen[1]
