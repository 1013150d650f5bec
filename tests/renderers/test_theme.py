"""Colours and fonts: what an editor may set, and what is told of the rest."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from digest.errors import RenderError
from digest.model import Look
from digest.renderers.theme import Theme, theme_of


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("letters", ["accent", "text", "quiet"])
@pytest.mark.parametrize("behind", ["paper", "ground"])
@pytest.mark.parametrize("screen", ["", "_dark"])
def test_every_letter_can_be_read_on_its_ground_by_day_and_night(letters: str, behind: str, screen: str) -> None:
    theme = asdict(Theme())
    assert contrast(theme[letters + screen], theme[behind + screen]) >= 4.5


def test_what_is_not_set_keeps_its_default() -> None:
    assert theme_of(Look(options={"accent": "#aa0000"})) == Theme(accent="#aa0000")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"acent": "#aa0000"}, "did you mean 'accent'?"),
        ({"accent": "red"}, "is no colour"),
        ({"accent": "#aa0000;} body{display:none"}, "is no colour"),
        ({"width": "wide"}, "is no number of pixels"),
        ({"logo": "javascript:alert(1)"}, "is no address of a picture"),
        ({"serif": "Georgia;}</style>"}, "is no list of fonts"),
    ],
)
def test_what_is_no_colour_or_font_is_refused_by_its_key(options: dict[str, str], told: str) -> None:
    with pytest.raises(RenderError, match=r"\[theme\]") as caught:
        theme_of(Look(options=options))
    assert told in str(caught.value)
