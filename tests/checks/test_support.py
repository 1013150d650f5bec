"""Client support: what an email uses is found, and who lacks it is told with what happens instead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.checks.support import client_support
from digest.checks.support.table import CLIENTS, TABLE, USUAL, features
from digest.checks.support.used import used_in
from digest.model import Finding, Rendition
from tests.checks.support_table import CLIENTS as THEIRS
from tests.checks.support_table import extract
from tests.renderers import issues


def findings(body: str, *clients: str) -> list[Finding]:
    page = Rendition("issue.html", "text/html; charset=utf-8", body.encode())
    return list(client_support(clients or USUAL)(issues.one(), [page]))


def test_the_table_is_what_the_public_one_says(shared: Path) -> None:
    table = shared / "data" / "client-support.json"
    assert TABLE.read_text("utf-8") == extract(json.loads(table.read_text("utf-8")))


def test_every_mail_program_there_is_a_name_for_is_in_the_table() -> None:
    assert set(CLIENTS) == set(THEIRS)
    assert set(USUAL) <= set(CLIENTS)
    told = {name for feature in features().values() for name in (*feature.lacking, *feature.partly)}
    assert told == set(CLIENTS)
    assert all(feature.title and feature.instead for feature in features().values())


@pytest.mark.parametrize(
    ("body", "feature"),
    [
        ("<video src=x></video>", "html-video"),
        ("<main>x</main>", "html-semantics"),
        ('<p style="display:flex">x</p>', "css-display-flex"),
        ('<p style="margin-top:1rem">x</p>', "css-unit-rem"),
        ('<p style="margin-left:2px">x</p>', "css-margin"),
        ('<p style="color:var(--x)">x</p>', "css-variables"),
        ('<p style="border-radius:4px">x</p>', "css-border-radius"),
        ("<style>@font-face{font-family:x}</style>", "css-at-font-face"),
        ("<style>@media (prefers-reduced-motion){p{color:red}}</style>", "css-at-media-prefers-reduced-motion"),
        ("<style>p:has(a){color:red}</style>", "css-pseudo-class-has"),
        ("<style>p::before{color:red}</style>", "css-pseudo-element-before"),
        ("<style>a ~ b{color:red}</style>", "css-selector-general-sibling"),
        ("<style>.a.b{color:red}</style>", "css-selector-chaining"),
        ("<style>p{color:red !important}</style>", "css-important"),
        ('<a href="#x">x</a>', "html-anchor-links"),
        ('<img src="https://x.example/a.webp?1" alt="">', "image-webp"),
        ('<p role="note">x</p>', "html-role"),
    ],
)
def test_what_a_page_uses_is_found(body: str, feature: str) -> None:
    assert feature in used_in(body)


@pytest.mark.parametrize(
    "body",
    ["<p>display:flex; @font-face {}</p>", '<p title="border-radius">x</p>', '<a href="https://x.example/#y">x</a>'],
)
def test_words_about_it_are_no_use_of_it(body: str) -> None:
    assert not {"css-display-flex", "css-border-radius", "css-at-font-face", "html-anchor-links"} & used_in(body).keys()


def test_what_the_design_stands_on_and_a_program_lacks_is_a_warning_with_what_happens_instead() -> None:
    (found,) = [each for each in findings('<p style="border-radius:4px">x</p>') if each.severity == "warning"]
    assert "border-radius: not supported by Outlook for Windows" in found.words
    assert "instead, corners are square" in found.words
    assert found.remedy


def test_what_a_style_sheet_adds_is_a_notice() -> None:
    found = findings("<style>p{border-radius:4px}</style>")
    assert {each.severity for each in found} == {"notice"}
    assert any("border-radius" in each.words for each in found)


def test_only_the_programs_asked_about_count() -> None:
    body = '<p style="border-radius:4px">x</p>'
    assert not [each for each in findings(body, "apple-mail") if "border-radius" in each.words]
    assert [each for each in findings(body, "outlook-windows") if "border-radius" in each.words]
