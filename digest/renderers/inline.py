"""Writes our own CSS into the elements, since mail programs drop style sheets."""

from __future__ import annotations

import logging

from digest.errors import RenderError


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
    from premailer import Premailer

    # A doctype in lower case is dropped, which throws browsers into quirks mode; a style element that is not to be
    # ignored loses its !important, its @supports and its attribute selectors.
    html = html.replace("<!doctype", "<!DOCTYPE", 1).replace("<style", '<style data-premailer="ignore"')
    done: str = Premailer(
        html,
        css_text=[css],
        strip_important=False,
        allow_network=False,
        disable_validation=True,
        align_floating_images=False,
        disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
        cssutils_logging_level=logging.CRITICAL,
    ).transform(pretty_print=False)
    return done.replace('<style data-premailer="ignore"', "<style")


def _css_inline(html: str, css: str) -> str:
    try:
        from css_inline import CSSInliner
    except ImportError as error:
        raise RenderError('[render] inliner: css-inline is not installed; pip install "digest[css-inline]"') from error

    html = html.replace("<!doctype", "<!DOCTYPE", 1).replace("<style", '<style data-css-inline="ignore"')
    done = CSSInliner(
        extra_css=css, keep_style_tags=True, keep_at_rules=True, keep_link_tags=True, load_remote_stylesheets=False
    ).inline(html)
    return done.replace('<style data-css-inline="ignore"', "<style")
