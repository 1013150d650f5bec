"""The preview in a real browser: what an editor sees, and that a hostile page gets nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Finding
from tests.web.desk import Newsroom, Served, served_by, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

HOSTILE = "<script>top.taken = 1</script><img src=/pixel onerror='top.taken = 1'><b onclick='top.taken = 1'>Gulls</b>"
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(22, 24, 28)"


@pytest.fixture
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    """The running preview, open in a window of a desktop's width."""
    with chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark") as context:
        page = context.new_page()
        page.goto(served.url)
        yield page


def frame(page: Page, kind: str) -> FrameLocator:
    """One of the frames."""
    return page.frame_locator(f"iframe.{kind}")


def width_of(page: Page, kind: str) -> int:
    width = frame(page, kind).locator("html").evaluate("html => html.ownerDocument.defaultView.innerWidth")
    assert isinstance(width, int)
    return width


def test_the_email_is_shown_at_both_widths_beside_each_other_and_the_text_below(page: Page) -> None:
    from playwright.sync_api import expect

    for kind, size in (("desktop", "28px"), ("phone", "24px")):
        expect(page.locator(f"iframe.{kind}")).to_be_visible()
        expect(frame(page, kind).locator("h1")).to_have_text("Ferry crews vote to keep the night boat")
        expect(frame(page, kind).locator("h1")).to_have_css("font-size", size)
    assert width_of(page, "phone") == 390
    assert width_of(page, "desktop") > 600
    desktop, phone = (page.locator(f"iframe.{kind}").bounding_box() for kind in ("desktop", "phone"))
    assert desktop
    assert phone
    assert desktop["x"] + desktop["width"] <= phone["x"]
    assert phone["x"] + phone["width"] <= 1280
    expect(page.get_by_role("region", name="Plain text").locator("pre")).to_contain_text("Read at Quayside")


def test_one_width_can_be_shown_alone(page: Page) -> None:
    from playwright.sync_api import expect

    page.get_by_label("Phone", exact=True).check(force=True)
    expect(page.locator("iframe.desktop")).to_be_hidden()
    expect(page.locator("iframe.phone")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Phone", exact=True)).to_be_checked()
    expect(page.locator("iframe.desktop")).to_be_hidden()


def test_light_and_dark_are_the_editors_choice_whatever_the_system_prefers(page: Page) -> None:
    from playwright.sync_api import expect

    for kind in ("desktop", "phone", "web"):
        expect(frame(page, kind).locator("body")).to_have_css("background-color", LIGHT)
    page.get_by_label("Dark").check(force=True)
    for kind in ("desktop", "phone", "web"):
        expect(frame(page, kind).locator("body")).to_have_css("background-color", DARK)


def test_a_save_shows_the_new_issue_and_keeps_the_editors_place(page: Page, newsroom: Newsroom) -> None:
    from playwright.sync_api import expect

    expect(page.get_by_role("status")).to_have_text("Live")
    frame(page, "phone").locator("html").evaluate("html => { html.scrollTop = 500 }")
    read = frame(page, "phone").locator("p").bounding_box()
    page.evaluate("scrollTo(0, 300)")
    newsroom.replace("Lantern tax is put off until the spring")
    for kind in ("desktop", "phone"):
        expect(frame(page, kind).locator("h1")).to_have_text("Lantern tax is put off until the spring")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern tax is put off until the spring")
    expect(page.locator("pre.edition")).to_contain_text("Lantern tax")
    expect(page.locator("html")).to_have_js_property("scrollTop", 300)
    scrolled = frame(page, "phone").locator("p").bounding_box()
    assert read
    assert scrolled
    # The headline takes one line less: what is being read stays where it is on the screen all the same.
    assert scrolled["y"] == read["y"] - 300


def test_an_error_is_shown_at_once_and_goes_when_it_is_mended(page: Page, newsroom: Newsroom) -> None:
    from playwright.sync_api import expect

    expect(page.get_by_role("status")).to_have_text("Live")
    frame(page, "desktop").locator("html").evaluate("html => { html.scrollTop = 400 }")
    newsroom.write("! issue.mjml.j2, line 7: unexpected '}'")
    expect(page.get_by_role("alert")).to_contain_text("issue.mjml.j2, line 7")
    expect(page.locator("iframe")).to_have_count(0)
    newsroom.write("Kite regatta drawn in fog")
    expect(frame(page, "desktop").locator("h1")).to_have_text("Kite regatta drawn in fog")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(frame(page, "desktop").locator("html")).to_have_js_property("scrollTop", 400)


def test_a_link_of_the_issue_opens_in_a_new_tab(page: Page) -> None:
    page.context.route("https://news.example.org/**", lambda route: route.fulfill(body="the ferry's story"))
    with page.expect_popup() as opened:
        frame(page, "phone").get_by_role("link").click()
    assert opened.value.url == "https://news.example.org/ferry"


def test_a_page_that_breaks_no_rule_of_its_own_says_nothing_in_the_console(
    chromium: Browser, newsroom: Newsroom, served: Served
) -> None:
    from playwright.sync_api import expect

    said: list[str] = []
    with chromium.new_context() as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(served.url)
        expect(page.get_by_role("status")).to_have_text("Live")
        page.get_by_label("Dark").check(force=True)
        expect(frame(page, "web").locator("body")).to_have_css("background-color", DARK)
        newsroom.write("Lantern tax is put off until the spring")
        for kind in ("desktop", "phone", "web"):
            expect(frame(page, kind).locator("h1")).to_have_text("Lantern tax is put off until the spring")
            expect(frame(page, kind).locator("body")).to_have_css("background-color", DARK)
    assert said == []


@pytest.mark.parametrize("path", ["", "issue.html", "frame/dark/issue.html"])
def test_a_hostile_headline_runs_nothing_even_where_nobody_escaped_it(
    chromium: Browser, newsroom: Newsroom, path: str
) -> None:
    from playwright.sync_api import expect

    newsroom.markup = str
    newsroom.write(HOSTILE)
    loaded: list[str] = []
    with serving(newsroom) as served, chromium.new_context() as context:
        page = context.new_page()
        page.on("response", lambda response: loaded.append(response.url))
        page.goto(served.url + path)
        shown = frame(page, "desktop") if path == "" else page
        gulls = shown.get_by_text("Gulls", exact=True)
        expect(gulls).to_be_visible()
        gulls.click()
        assert page.evaluate("window.taken") is None
        assert not [url for url in loaded if url.endswith("/pixel")]


def test_a_hostile_headline_that_comes_in_by_a_save_runs_nothing_either(
    chromium: Browser, newsroom: Newsroom, served: Served
) -> None:
    from playwright.sync_api import expect

    newsroom.markup = str
    loaded: list[str] = []
    with chromium.new_context() as context:
        page = context.new_page()
        page.on("response", lambda response: loaded.append(response.url))
        page.goto(served.url)
        expect(page.get_by_role("status")).to_have_text("Live")
        newsroom.write(HOSTILE)
        gulls = frame(page, "desktop").get_by_text("Gulls", exact=True)
        gulls.click()
        assert page.evaluate("window.taken") is None
        assert not [url for url in loaded if url.endswith("/pixel")]


TREES = st.recursive(
    st.sampled_from(
        ["", "Gulls", "<!-- tide -->", "<br>", '<img alt="a ferry">', '<svg viewBox="0 0 1 1"><use xlink:href=#a>']
    ),
    lambda inner: st.builds(
        "<{0} {1}>{2}</{0}>".format,
        st.sampled_from(["div", "b", "style"]),
        st.sampled_from(["", "id=a", "id=b", "class=c", "style='color: red'", '@x="1"', 'a"b=1']),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=12,
)
BECOMES = """async ([old, next]) => {
  const { become } = await import("/static/become.js");
  const [made, wanted] = [old, next].map((html) => new DOMParser().parseFromString(html, "text/html"));
  become(made, wanted);
  return made.isEqualNode(wanted);
}"""


def test_whatever_a_frame_showed_it_becomes_the_new_edition(page: Page) -> None:
    @settings(max_examples=60, deadline=None)
    @given(TREES, TREES)
    def becomes(old: str, new: str) -> None:
        assert page.evaluate(BECOMES, [old, new])

    becomes()


def test_a_frame_whose_elements_are_in_the_way_is_loaded_anew(chromium: Browser, newsroom: Newsroom) -> None:
    from playwright.sync_api import expect

    newsroom.markup = "{}</h1><form><input name=attributes><input name=childNodes></form><h1>".format
    with serving(newsroom) as served, chromium.new_context() as context:
        page = context.new_page()
        page.goto(served.url)
        expect(page.get_by_role("status")).to_have_text("Live")
        newsroom.markup = "<form class=wide><input name=attributes><input name=childNodes></form>{}".format
        newsroom.write("Council counts gulls")
        for kind in ("desktop", "phone"):
            expect(frame(page, kind).locator("h1")).to_contain_text("Council counts gulls")
            expect(frame(page, kind).locator("h1")).to_have_count(1)
        expect(page.get_by_role("status")).to_have_text("Updated")


def test_a_story_that_comes_in_moves_no_other(page: Page) -> None:
    kept = """async () => {
      const { become } = await import("/static/become.js");
      const made = (html) => new DOMParser().parseFromString(html, "text/html").body;
      const shown = made("<p>Ferry<p>Gulls<p>Kites");
      const stories = [...shown.children];
      become(shown, made("<p>Ferry<p>Lanterns<p>Gulls<p>Kites"));
      return shown.innerText + [0, 2, 3].map((place, at) => shown.children[place] === stories[at]);
    }"""
    assert page.evaluate(kept) == "FerryLanternsGullsKitestrue,true,true"


def test_on_a_phone_nothing_is_wider_than_the_screen(chromium: Browser, served: Served) -> None:
    from playwright.sync_api import expect

    with chromium.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True) as context:
        page = context.new_page()
        page.goto(served.url)
        expect(page.get_by_role("status")).to_have_text("Live")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert width_of(page, "phone") == 390


def test_everything_can_be_reached_and_set_from_the_keyboard(page: Page) -> None:
    from playwright.sync_api import expect

    expect(page.get_by_role("status")).to_have_text("Live")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the issue")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "scheme":
            break
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Dark")).to_be_checked()
    expect(frame(page, "phone").locator("body")).to_have_css("background-color", DARK)


def test_a_story_of_the_list_is_found_and_selected_in_the_email(page: Page) -> None:
    from playwright.sync_api import expect

    expect(page.get_by_role("status")).to_have_text("Live")
    page.get_by_role("link", name="Ferry crews vote to keep the night boat", exact=True).press("Enter")
    selected = "() => document.querySelector('iframe.desktop').contentDocument.getSelection().toString()"
    assert page.evaluate(selected) == "Ferry crews vote to keep the night boat"
    assert page.url.endswith("#email")


def test_a_finding_goes_to_the_words_it_quotes_in_the_text_edition(chromium: Browser, newsroom: Newsroom) -> None:
    from playwright.sync_api import expect

    newsroom.findings = (Finding("links", "warning", "issue.txt", "“Read at Quayside” leads nowhere"),)
    with serving(newsroom) as served, chromium.new_context() as context:
        page = context.new_page()
        page.goto(served.url)
        expect(page.get_by_role("status")).to_have_text("Live")
        page.get_by_role("link", name="leads nowhere").click()
        assert page.evaluate("getSelection().toString()") == "Read at Quayside"
        assert page.url.endswith("#text")


def test_without_style_sheets_the_frames_show_what_is_left(page: Page) -> None:
    from playwright.sync_api import expect

    expect(frame(page, "phone").locator("h1")).to_have_css("font-size", "24px")
    page.get_by_label("No styles").check(force=True)
    expect(frame(page, "phone").locator("h1")).to_have_css("font-size", "32px")
    page.reload()
    expect(page.get_by_label("No styles")).to_be_checked()


HOSTILE_MARKDOWN = """---
url: https://gulls.example/a
---
# <img src=x onerror=alert(1)> Gulls take the market hall

The gulls came at dawn on Thursday, said the harbour master. <script>alert(1)</script> Nobody was hurt in the hall.

The council meets on Friday to talk about nets. A net costs 4,000 crowns, the mayor said on Thursday evening.
"""


def test_the_reasons_of_a_story_show_its_article_and_what_was_chosen(chromium: Browser, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    from digest.cli.desk import set_up
    from digest.cli.preview import Table

    (tmp_path / "gulls.md").write_text(HOSTILE_MARKDOWN)
    table = Table(set_up((str(tmp_path),), None, None, "2026-11-20T07:00:00+01:00"))
    with served_by(table.build, table.watched) as served, chromium.new_context() as context:
        said: list[str] = []
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(served.url)
        page.get_by_role("link", name=re.compile("^Why: ")).click()
        expect(page.get_by_role("heading", name="Why this high")).to_be_visible()
        first = page.get_by_role("listitem").filter(has=page.locator("a[href='#sentence-1']")).get_by_role("link")
        words = first.inner_text()
        expect(page.locator("mark#sentence-1")).to_contain_text(words)
        assert words in (tmp_path / "gulls.md").read_text()
        expect(page.locator(".beaten sup").first).to_be_visible()
        expect(page.get_by_role("status")).to_have_attribute("data-state", "live")

        (tmp_path / "gulls.md").write_text(HOSTILE_MARKDOWN.replace("4,000 crowns", "5,000 crowns"))
        expect(page.locator("article.source")).to_contain_text("5,000 crowns")
        assert said == []


def test_after_a_save_a_frame_holds_what_it_would_if_it_were_loaded_anew(chromium: Browser, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    from digest.cli.desk import set_up
    from digest.cli.preview import Table

    (tmp_path / "gulls.md").write_text(HOSTILE_MARKDOWN)
    table = Table(set_up((str(tmp_path),), None, None, "2026-11-20T07:00:00+01:00"))
    with served_by(table.build, table.watched) as served, chromium.new_context() as context:
        page = context.new_page()
        page.goto(served.url)
        expect(page.get_by_role("status")).to_have_attribute("data-state", "live")
        (tmp_path / "kites.md").write_text("# Kite regatta drawn in fog\n\nNobody saw the winner, said the judges.\n")
        expect(frame(page, "desktop").get_by_role("heading", name="Kite regatta drawn in fog")).to_be_visible()
        same = """async () => {
          const frame = document.querySelector("iframe.desktop");
          const answer = await fetch(frame.dataset.source);
          const anew = new frame.contentWindow.DOMParser().parseFromString(await answer.text(), "text/html");
          return frame.contentDocument.isEqualNode(anew);
        }"""
        assert page.evaluate(same)


def test_the_button_has_the_web_asked_and_the_new_issue_shown(chromium: Browser, newsroom: Newsroom) -> None:
    from playwright.sync_api import expect

    newsroom.collected = datetime(2026, 11, 22, 6, tzinfo=UTC)
    with serving(newsroom) as served, chromium.new_context() as context:
        page = context.new_page()
        page.goto(served.url)
        expect(page.get_by_role("status")).to_have_text("Live")
        page.get_by_role("button", name="Collect now").click()
        expect(page.get_by_role("status")).to_have_text("Updated")
        assert newsroom.asked == 1
