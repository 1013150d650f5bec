"""The colours and type of an issue: the defaults, and what `[theme]` sets over them."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, fields, replace

from digest.errors import RenderError
from digest.markup import clean_text
from digest.model import Look
from digest.urls import safe_href

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PIXELS = re.compile(r"[1-9]\d{1,3}")
_FONTS = re.compile(r"[\w ,'-]+")


@dataclass(frozen=True, slots=True)
class Theme:
    """What templates know as `theme`. Colours are `#rrggbb`; those that end in `_dark` serve dark screens.

    `logo` is the address of a picture, `logo_alt` its words, `logo_width` its width and `width` that of the column, in
    pixels.
    """

    accent: str = "#0b5c6b"
    accent_dark: str = "#6fc3d1"
    ground: str = "#f5f4f1"
    ground_dark: str = "#16181c"
    paper: str = "#ffffff"
    paper_dark: str = "#16181c"
    text: str = "#1c1e21"
    text_dark: str = "#e8e8e6"
    quiet: str = "#5b6067"
    quiet_dark: str = "#a9adb3"
    hairline: str = "#dcdad5"
    hairline_dark: str = "#33373d"
    serif: str = "Georgia,'Times New Roman',serif"
    sans: str = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
    logo: str = ""
    logo_alt: str = ""
    logo_width: int = 200
    width: int = 600


def theme_of(look: Look) -> Theme:
    """The theme of a look. Raises `RenderError` for a name there is not, or a value that is not of its kind."""
    names = [field.name for field in fields(Theme)]
    values: dict[str, str | int] = dict(look.options)
    for name, value in look.options.items():
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names)}"
            raise RenderError(f"[theme] {name}: there is nothing of this name; {hint}")
        if name in ("serif", "sans"):
            if not _FONTS.fullmatch(value):
                raise RenderError(f'[theme] {name}: {value!r} is no list of fonts; write for example "Georgia, serif"')
        elif name in ("width", "logo_width"):
            if not _PIXELS.fullmatch(value):
                raise RenderError(f"[theme] {name}: {value!r} is no number of pixels; write for example 600")
            values[name] = int(value)
        elif name == "logo":
            if value and not (safe_href(value) or "").startswith(("http:", "https:")):
                raise RenderError(f'[theme] logo: {value!r} is no address of a picture; write "https://…/logo.png"')
            values[name] = safe_href(value) or ""
        elif name == "logo_alt":
            values[name] = clean_text(value)
        elif not _COLOUR.fullmatch(value):
            raise RenderError(f'[theme] {name}: {value!r} is no colour; write it as "#0b5c6b"')
    return replace(Theme(), **values)  # type: ignore[arg-type]
