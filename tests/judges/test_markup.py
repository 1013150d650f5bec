"""The reference MJML compiler, an HTML5 parser, and what Outlook for Windows reads of the page."""

from __future__ import annotations

import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest
from html5lib.constants import E as MESSAGES

from digest.renderers.email import Press
from tests.judges.conftest import HERE, Sheet

# What Outlook alone reads: the contents of <!--[if mso]>…<![endif]--> and <!--[if mso | IE]>…<![endif]-->; and what it
# alone does not: <!--[if !mso]><!-->…<!--<![endif]-->.
_FOR_OUTLOOK = re.compile(r"<!--\[if (?:gte |lte )?mso[^\]]*\]>(.*?)<!\[endif\]-->", re.DOTALL)
_NOT_FOR_OUTLOOK = re.compile(r"<!--\[if !mso[^\]]*\]><!-->.*?<!--<!\[endif\]-->", re.DOTALL)

ALLOWED = {
    # Outlook's own elements are none of HTML's: inside <noscript> they end the head.
    "o:OfficeDocumentSettings": "the pixel density that Outlook draws in",
    "o:AllowPNG": "that Outlook may show PNG",
    "o:PixelsPerInch": "the pixel density that Outlook draws in",
    "xml": "the element that holds Outlook's settings",
}
"""Every element beside HTML's own that the page may hold, and why."""
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


def outlook_view(html: str) -> str:
    """The page as Outlook for Windows reads it."""
    return _FOR_OUTLOOK.sub(lambda match: match.group(1), _NOT_FOR_OUTLOOK.sub("", html))


class _Balance(HTMLParser):
    """Follows what is open; `faults` are the ends that fit nothing, and what is still open at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> at {self.getpos()} where {self.open[-1:]} is open")
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def balance(html: str) -> _Balance:
    reader = _Balance()
    reader.feed(html)
    reader.close()
    reader.faults += [f"<{tag}> is never closed" for tag in reader.open]
    return reader


def test_the_reference_compiler_finds_nothing_to_complain_of(npm_mjml: Path, sheet: Sheet) -> None:
    press = Press(sheet.issue, sheet.look)
    source = press.mjml(press.values())
    told = subprocess.run(
        [npm_mjml, HERE / "compile.mjs"], input=json.dumps([source]), capture_output=True, text=True, check=True
    )
    assert json.loads(told.stdout) == [[]]


def test_the_reference_compiler_does_complain(npm_mjml: Path) -> None:
    wrong = "<mjml><mj-body><mj-text pading='1px'>x</mj-text></mj-body></mjml>"
    told = subprocess.run(
        [npm_mjml, HERE / "compile.mjs"], input=json.dumps([wrong]), capture_output=True, text=True, check=True
    )
    assert json.loads(told.stdout)[0]


@pytest.mark.parametrize("name", ["issue.html", "web.html"])
def test_an_html5_parser_finds_no_error(sheet: Sheet, name: str) -> None:
    assert errors(sheet.html(name)) == []


def test_an_html5_parser_finds_no_error_in_what_outlook_reads_but_its_own_elements(sheet: Sheet) -> None:
    view = outlook_view(sheet.html("issue.html"))
    settings = re.compile(r"<noscript>\s*<xml>.*?</xml>\s*</noscript>", re.DOTALL)
    held = balance("".join(settings.findall(view))).names
    assert held <= {"noscript", *map(str.lower, ALLOWED)}
    assert errors(settings.sub("", view)) == []


def test_every_table_is_balanced_in_what_outlook_reads_and_in_what_the_others_read(sheet: Sheet) -> None:
    html = sheet.html("issue.html")
    for view in (outlook_view(html), re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)):
        reader = balance(view)
        assert reader.faults == []
        assert {"table", "td"} <= reader.names


def test_a_table_that_is_not_balanced_is_told() -> None:
    assert balance(outlook_view("<div><!--[if mso | IE]><table><tr><td><![endif]--></div>")).faults


def errors(html: str) -> list[str]:
    """What the parsing rules of HTML call an error, each with its place."""
    parser = html5lib.HTMLParser()
    parser.parse(html)
    return [f"{place}: {MESSAGES[code] % values}" for place, code, values in parser.errors]
