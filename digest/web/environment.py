"""What the preview's templates are rendered with."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from digest.urls import safe_href


@cache
def environment() -> Environment:
    """The environment of every page: all that is printed is escaped, and a name that is not there is a fault."""
    made = Environment(
        loader=PackageLoader("digest.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(counted=_counted, kilobytes=_kilobytes, text=_text, safe_link=_safe_link)
    return made


def _counted(things: int, one: str, many: str) -> str:
    return f"{things or 'no'} {one if things == 1 else many}"


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.1f} kB"


def _safe_link(url: str) -> str:
    """The address where it is one that may be opened, else a place that leads nowhere."""
    return safe_href(url) or "#"


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")
