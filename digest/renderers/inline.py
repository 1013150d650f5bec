"""Writes our own CSS into the elements, since mail programs drop style sheets."""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from digest.errors import RenderError

if TYPE_CHECKING:
    from css_inline import CSSInliner


def inline(html: str, css: str, inliner: str) -> str:
    """The HTML with the rules of `css` in `style` attributes; its own style elements stay as they are.

    `inliner` is `"premailer"` or `"css-inline"`. Not idempotent: run it once. Raises `RenderError`
    when the library is not installed or cannot read the page.
    """
    if inliner == "premailer":
        return _premailer(html, css)
    if inliner == "css-inline":
        return _css_inline(html, css)
    raise RenderError(f'[render] inliner: {inliner!r} is not known; there are "premailer" and "css-inline"')


def _premailer(html: str, css: str) -> str:
    # A doctype in lower case is dropped, which throws browsers into quirks mode; a style element that is not to be
    # ignored loses its !important, its @supports and its attribute selectors.
    html = html.replace("<!doctype", "<!DOCTYPE", 1).replace("<style", '<style data-premailer="ignore"')
    done: str = _premailer_of(css).transform(html, pretty_print=False)
    return done.replace('<style data-premailer="ignore"', "<style")


@lru_cache(maxsize=8)
def _premailer_of(css: str) -> Any:
    """A Premailer that reads a style sheet once, not anew for every page: a short page takes less time than that."""
    from premailer import Premailer

    class OnceReading(Premailer):  # type: ignore[misc]
        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self._read = cache(super()._parse_style_rules)

        def _parse_style_rules(self, css_body: str, ruleset_index: int) -> Any:
            return self._read(css_body, ruleset_index)

        def _style_to_basic_html_attributes(self, element: Any, style_content: str, force: bool = False) -> None:
            """Nothing: each of these attributes is disabled below, and to look for them takes a fifth of the time."""

    return OnceReading(
        css_text=[css],
        strip_important=False,
        allow_network=False,
        disable_validation=True,
        align_floating_images=False,
        disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
        cssutils_logging_level=logging.CRITICAL,
    )


def _css_inline(html: str, css: str) -> str:
    html = html.replace("<!doctype", "<!DOCTYPE", 1).replace("<style", '<style data-css-inline="ignore"')
    done: str = _css_inline_of(css).inline(html)
    return done.replace('<style data-css-inline="ignore"', "<style")


@lru_cache(maxsize=8)
def _css_inline_of(css: str) -> CSSInliner:
    try:
        from css_inline import CSSInliner
    except ImportError as error:
        raise RenderError('[render] inliner: css-inline is not installed; pip install "digest[css-inline]"') from error

    return CSSInliner(
        extra_css=css, keep_style_tags=True, keep_at_rules=True, keep_link_tags=True, load_remote_stylesheets=False
    )
