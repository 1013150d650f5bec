"""MJML → HTML, refusing what the compiler would pass through in silence."""

from __future__ import annotations

from digest.errors import RenderError


def compile_mjml(source: str, name: str) -> str:
    """The HTML of an MJML document. Raises `RenderError` for one that does not compile."""
    from mjml import mjml2html

    try:
        return str(mjml2html(source, fonts={}, disable_comments=True))
    except ValueError as error:
        raise RenderError(f"{name}: {error}") from error
