"""The colours and type of an issue: the defaults, and what `[theme]` sets over them."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, fields, replace

from digest.errors import RenderError
from digest.model import Look

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FONTS = re.compile(r"[\w ,'-]+")


@dataclass(frozen=True, slots=True)
class Theme:
    """What templates know as `theme`. Colours are `#rrggbb`; those that end in `_dark` serve dark screens."""

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


def theme_of(look: Look) -> Theme:
    """The theme of a look. Raises `RenderError` for a name there is not, or a value that is no colour or font list."""
    names = [field.name for field in fields(Theme)]
    for name, value in look.options.items():
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names)}"
            raise RenderError(f"[theme] {name}: there is no such colour or font; {hint}")
        if name in ("serif", "sans"):
            if not _FONTS.fullmatch(value):
                raise RenderError(f'[theme] {name}: {value!r} is no list of fonts; write for example "Georgia, serif"')
        elif not _COLOUR.fullmatch(value):
            raise RenderError(f'[theme] {name}: {value!r} is no colour; write it as "#0b5c6b"')
    return replace(Theme(), **look.options)
