"""Our CSS in the elements: what an inliner must not touch, and that both do the same."""

from __future__ import annotations

import re

import pytest
from lxml import html as lxml_html

from digest.errors import RenderError
from digest.model import Look
from digest.renderers.email import render
from digest.renderers.inline import inline
from tests.renderers import issues

PAGE = (
    '<!doctype html><html><head><style type="text/css">'
    "@media (prefers-color-scheme:dark){p{color:#fff !important}}[data-ogsc] p{color:#fff !important}"
    "@font-face{font-family:X;src:url(x)}@supports (display:grid){p{margin:0}}</style></head><body>"
    '<table width="552" align="center" bgcolor="#ffffff"><tr><td valign="top"><p>Words</p></td></tr></table>'
    "</body></html>"
)
CSS = "p { margin: 6px 0 0; color: #1c1e21; } td { padding: 8px; }"
BOTH = pytest.mark.parametrize("inliner", ["premailer", "css-inline"])


def styles(element: lxml_html.HtmlElement) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in element.get("style", "").split(";") if pair.strip())
    return {name.strip(): re.sub(r"\s*,\s*", ",", value.strip()).replace('"', "'") for name, _, value in pairs}


@BOTH
def test_rules_are_written_into_the_elements(inliner: str) -> None:
    (paragraph,) = lxml_html.fromstring(inline(PAGE, CSS, inliner)).xpath("//p")
    assert styles(paragraph) == {"margin": "6px 0 0", "color": "#1c1e21"}


@BOTH
def test_each_page_gets_the_rules_of_its_own_style_sheet(inliner: str) -> None:
    other = "p { color: #f20a3c; }"
    asked = (("A", CSS), ("B", other), ("C", CSS))
    pages = [inline(PAGE.replace("Words", words), css, inliner) for words, css in asked]
    told = [lxml_html.fromstring(page).xpath("//p")[0] for page in pages]
    assert [paragraph.text for paragraph in told] == ["A", "B", "C"]
    assert [styles(paragraph)["color"] for paragraph in told] == ["#1c1e21", "#f20a3c", "#1c1e21"]


@BOTH
def test_the_page_stays_out_of_quirks_mode(inliner: str) -> None:
    assert inline(PAGE, CSS, inliner).lower().startswith("<!doctype html>")


@BOTH
def test_dark_rules_keep_their_important_and_their_selectors(inliner: str) -> None:
    done = inline(PAGE, CSS, inliner)
    for kept in (
        "@media (prefers-color-scheme:dark){p{color:#fff !important}}",
        "[data-ogsc] p",
        "@font-face",
        "@supports",
    ):
        assert kept in done
    assert "premailer" not in done
    assert "css-inline" not in done


@BOTH
def test_attributes_are_left_as_the_compiler_wrote_them(inliner: str) -> None:
    table = lxml_html.fromstring(inline(PAGE, CSS, inliner)).find(".//table")
    assert table is not None
    assert dict(table.attrib) == {"width": "552", "align": "center", "bgcolor": "#ffffff"}
    assert table.find(".//td").attrib["valign"] == "top"


@BOTH
def test_a_headline_that_looks_like_the_inliner_s_own_mark_is_left_alone(inliner: str) -> None:
    words = f'data-{inliner}="ignore" &lt;style data-{inliner}="ignore"'
    assert words in inline(PAGE.replace("Words", words), CSS, inliner)


@BOTH
def test_nothing_is_fetched(inliner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    linked = PAGE.replace("</head>", '<link rel="stylesheet" href="http://style.example/x.css"></head>')
    assert "Words" in inline(linked, CSS, inliner)


@pytest.mark.parametrize("name", issues.names())
def test_both_inliners_style_every_element_alike(name: str) -> None:
    issue = issues.BY_NAME[name]()
    first, second = (
        list(lxml_html.fromstring(render(issue, Look(inliner=inliner)).body.decode()).iter(lxml_html.etree.Element))
        for inliner in ("premailer", "css-inline")
    )
    assert [one.tag for one in first] == [two.tag for two in second]
    for one, two in zip(first, second, strict=True):
        assert styles(one) == styles(two)
        assert {k: v for k, v in one.attrib.items() if k != "style"} == {
            k: v for k, v in two.attrib.items() if k != "style"
        }
        assert (one.text or "").strip() == (two.text or "").strip()


def test_an_inliner_there_is_not_is_told() -> None:
    with pytest.raises(RenderError, match=r"\[render\] inliner"):
        inline(PAGE, CSS, "juice")
