"""What the MJML compiler would swallow is refused, with the line it stands on."""

from __future__ import annotations

import pytest

from digest.renderers.mjml import MjmlError, compile_mjml


def document(body: str, head: str = "") -> str:
    return f"<mjml>\n<mj-head>{head}</mj-head>\n<mj-body>\n{body}\n</mj-body>\n</mjml>"


def text(words: str) -> str:
    return f"<mj-section><mj-column><mj-text>{words}</mj-text></mj-column></mj-section>"


def test_a_sound_document_compiles_without_fonts_from_elsewhere() -> None:
    html = compile_mjml(document(text("Good<br>morning&nbsp;<b>all</b>")))
    assert "Good<br />morning&nbsp;<b>all</b>" in html
    assert "fonts.googleapis.com" not in html
    assert "<link" not in html
    assert "@import" not in html


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (text("<mj-txt />"), "<mj-txt> is no MJML component; did you mean mj-text?"),
        ("<mj-text>x</mj-text>", "<mj-text> cannot stand in <mj-body>, only in <mj-column>, <mj-hero>"),
        ("<mj-section><mj-section></mj-section></mj-section>", "<mj-section> cannot stand in <mj-section>"),
        ('<mj-section pading="1px"></mj-section>', "<mj-section> has no attribute pading; did you mean padding?"),
        ('<mj-section padding="0 24px"></mj-section>', "write 0px"),
        ("<mj-preview>x</mj-preview>", "white on white"),
        ("<mj-include path='x' />", "{% include %}"),
        ("</mj-section>", "closes nothing"),
        ("<mj-section>", "closes nothing"),
        (text("a < b"), "not well-formed"),
        (text("<p>a"), "not well-formed"),
        (text("<p class=x>a</p>"), "not well-formed"),
        (text("a \x01 bell"), "not well-formed"),
        (text("<![CDATA["), "not well-formed"),
    ],
)
def test_what_the_compiler_swallows_or_dies_of_is_told_by_line(body: str, told: str) -> None:
    with pytest.raises(MjmlError) as caught:
        compile_mjml(document(body))
    assert told in caught.value.words
    assert 4 <= caught.value.line <= 6


def test_a_title_that_would_spoil_an_attribute_is_refused() -> None:
    with pytest.raises(MjmlError, match="quotation marks"):
        compile_mjml(document(text("x"), head="<mj-title>x</mj-title>"))


@pytest.mark.parametrize("padding", ["0px 24px", "10px", "0.5em 10px", "0px 0% 20px"])
def test_paddings_with_units_are_let_pass(padding: str) -> None:
    assert compile_mjml(document(f'<mj-section padding="{padding}"></mj-section>'))
