"""Issue → HTML email, plain text, web page. Every renderer is a pure function of the issue and the look."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from digest.model import Issue, Look, Rendition
from digest.ports import Renderer

# Each is imported when it is asked for, so that the names cost nothing and `text` alone needs no MJML. The leading
# underscores keep these functions apart from the modules of the same names.


def _email(issue: Issue, look: Look) -> Rendition:
    """The responsive HTML email, `issue.html`. Raises `RenderError`."""
    from digest.renderers.email import render

    return render(issue, look)


def _text(issue: Issue, look: Look) -> Rendition:
    """The plain-text edition in 72 columns, `issue.txt`. Raises `RenderError`."""
    from digest.renderers.text import render

    return render(issue, look)


def _web(issue: Issue, look: Look) -> Rendition:
    """The web page, `web.html`. Raises `RenderError`."""
    from digest.renderers.web import render

    return render(issue, look)


RENDERERS: Mapping[str, Renderer] = MappingProxyType({"email": _email, "text": _text, "web": _web})
