"""An edition in a frame: the asked colour scheme, outward links in a new tab, and not one word changed."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.web.frames import ALWAYS, NEVER, SCHEMES, SHOWS, Scheme, Show, framed
from digest.web.stripped import strippers


@pytest.mark.parametrize(
    ("scheme", "dark", "light"), [("dark", ALWAYS, NEVER), ("light", NEVER, ALWAYS)], ids=["dark", "light"]
)
def test_rules_for_a_scheme_hold_when_it_is_asked_for(scheme: Scheme, dark: str, light: str) -> None:
    html = (
        "<style>@media screen and (prefers-color-scheme: dark) { a { color: #fff } }\n"
        "@media not (Prefers-Color-Scheme:light){ b { color: red } }</style>"
        '<source media="(prefers-color-scheme: dark)" srcset="night.png">'
    )
    assert framed(html, scheme) == (
        f"<style>@media screen and {dark} {{ a {{ color: #fff }} }}\n"
        f"@media not {light}{{ b {{ color: red }} }}</style>"
        f'<source media="{dark}" srcset="night.png">'
    )


@pytest.mark.parametrize(
    ("declared", "dark"),
    [
        ('<meta name="color-scheme" content="light dark">', '<meta name="color-scheme" content="dark">'),
        ('<meta content="light dark" name=color-scheme>', '<meta content="dark" name=color-scheme>'),
        ("<style>:root { color-scheme: light dark; }</style>", "<style>:root { color-scheme: dark; }</style>"),
        ('<html style="color-scheme:light dark">', '<html style="color-scheme:dark">'),
        ("<style>:root { color-scheme: light; }</style>", "<style>:root { color-scheme: light; }</style>"),
        ("<style>:root { --color-scheme: light dark }</style>", "<style>:root { --color-scheme: light dark }</style>"),
    ],
)  # fmt: skip
def test_a_page_that_offers_several_schemes_is_left_the_asked_one(declared: str, dark: str) -> None:
    assert framed(declared, "dark") == dark


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ('<a href="https://news.example.org/">', '<a target="_blank" href="https://news.example.org/">'),
        ("<A class=x HREF='mailto:desk@example.org'>", "<a target=\"_blank\" class=x HREF='mailto:desk@example.org'>"),
        ('<a href="#harbour">', '<a href="#harbour">'),
        ('<abbr title="https://news.example.org/">', '<abbr title="https://news.example.org/">'),
    ],
)
def test_only_links_to_other_places_open_in_a_new_tab(link: str, shown: str) -> None:
    assert framed(link, "light") == shown


@given(st.text(), st.sampled_from(SCHEMES), st.sampled_from(SHOWS))
def test_no_word_of_a_text_is_changed(words: str, scheme: Scheme, show: Show) -> None:
    paragraph = (
        f"<p>{escape(words)} @media (prefers-color-scheme: dark) color-scheme: light dark &lt;a href=https://</p>"
    )
    assert framed(f"<style>p {{ color: red }}</style>{paragraph}", scheme, show).endswith(paragraph)


PICTURED = (
    '<style>p { color: red }</style><link rel="stylesheet" href="https://cdn.example.net/a.css">'
    '<img alt="A ferry" width="40" src="https://photos.example.net/ferry.jpg"'
    ' srcset="https://photos.example.net/2.jpg 2x">'
    '<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p style="color: blue">Ferry</p>'
)


def test_a_box_of_its_own_size_stands_for_a_picture_of_another_host() -> None:
    html = framed(PICTURED, "light")
    assert "https://photos" not in html
    assert '<img alt="A ferry" width="40" src="data:image/svg+xml,' in html
    assert "photos.example.net" in html
    assert "R0lGODlhAQABAAAAACw=" in html


def test_where_pictures_are_blocked_their_alternative_text_is_left() -> None:
    html = framed(PICTURED, "light", "no-pictures")
    assert '<img alt="A ferry" width="40"><img alt="">' in html
    assert "src" not in html


def test_where_style_sheets_are_stripped_only_the_elements_own_styles_hold() -> None:
    html = framed(PICTURED, "light", "no-styles")
    assert "color: red" not in html
    assert "stylesheet" not in html
    assert '<p style="color: blue">Ferry</p>' in html


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ('<p style="color: blue; border-radius: 4px">', '<p style="color:blue">'),
        ("<p style='font-family: &quot;Gill Sans&quot;; word-break: break-word'>",
         '<p style="font-family:&quot;Gill Sans&quot;">'),
        ('<p style="width: 50vw">', "<p>"),
        ('<p style="-webkit-hyphens: auto; mso-line-height-rule: exactly">',
         '<p style="-webkit-hyphens: auto; mso-line-height-rule: exactly">'),
        ('<td align="left" dir="rtl" lang="ar">', '<td align="left">'),
        ('<body bgcolor="#fff" class="a" style="background: #fff">', '<body class="a">'),
        ('<meta name="color-scheme" content="light dark">', ""),
        ('<img alt="what dir=rtl and style=\'word-break: normal\' do">',
         '<img alt="what dir=rtl and style=\'word-break: normal\' do">'),
    ],
)  # fmt: skip
def test_what_programs_that_strip_style_sheets_leave_out_of_elements_goes_too(given: str, left: str) -> None:
    for scheme in SCHEMES:
        assert framed(given, scheme, "no-styles") == left


def test_the_programs_that_strip_style_sheets_are_those_of_the_table() -> None:
    assert strippers() == ("gmx", "web-de", "sfr", "laposte")


def test_a_hostile_address_does_not_get_out_of_its_box() -> None:
    address = "https://x&quot;&gt;&lt;script&gt;&apos;/"
    html = framed(f'<img src="{address}">', "light")
    assert html.count("<") == 1
    assert html.count('"') == 2
    assert "'" not in html
