"""MJML → HTML, refusing what the compiler passes through in silence or dies of without saying where."""

from __future__ import annotations

import difflib
import re
from xml.parsers import expat

_CONTENT = "accordion button carousel divider image navbar raw social spacer table text"
_CHILDREN = {
    "mjml": "head body",
    "mj-head": "attributes breakpoint raw style",
    "mj-body": "section wrapper hero raw",
    "mj-wrapper": "section raw",
    "mj-section": "column group raw",
    "mj-group": "column raw",
    "mj-column": _CONTENT,
    "mj-hero": _CONTENT,
    "mj-accordion": "accordion-element raw",
    "mj-accordion-element": "accordion-title accordion-text raw",
    "mj-carousel": "carousel-image",
    "mj-navbar": "navbar-link raw",
    "mj-social": "social-element raw",
}
_ALLOWED = {parent: {f"mj-{child}" for child in children.split()} for parent, children in _CHILDREN.items()}
_TAGS = {"mjml", "mj-all", "mj-class"}.union(*_ALLOWED.values())
_REFUSED = {
    "mj-title": "its quotation marks spoil an attribute; write <mj-raw><title>…</title></mj-raw>",
    "mj-preview": "it is white on white, which spam filters take for deceit; write the hidden <div> in <mj-raw>",
    "mj-font": "an email must not fetch a font; name fonts that are there in font-family",
    "mj-include": "use Jinja2's {% include %}",
    "mj-html-attributes": "the compiler has not got it; write the attributes in the elements",
}
_SIMPLE = """
    align alt background-color background-height background-position background-position-x background-position-y
    background-repeat background-size background-url background-width base-url border border-color border-radius
    border-style border-width cellpadding cellspacing color container-background-color css-class dir direction
    fluid-on-mobile font-family font-size font-style font-weight full-width hamburger height href ico-align ico-close
    ico-color ico-font-family ico-font-size ico-line-height ico-open ico-padding ico-text-decoration ico-text-transform
    icon-align icon-height icon-padding icon-position icon-size icon-unwrapped-alt icon-unwrapped-url icon-width
    icon-wrapped-alt icon-wrapped-url id inline inner-background-color inner-border inner-border-radius inner-padding
    lang left-icon letter-spacing line-height max-width mj-class mode name owa padding rel right-icon role sizes src
    srcset table-layout target tb-border tb-border-radius tb-hover-border-color tb-selected-border-color tb-width
    text-align text-decoration text-padding text-transform thumbnails thumbnails-src title usemap vertical-align width
"""
_SIDED = ("border", "padding", "inner-border", "inner-padding", "ico-padding")
_SIDES = ("top", "right", "bottom", "left")
_ATTRIBUTES = {*_SIMPLE.split(), *(f"{name}-{side}" for name in _SIDED for side in _SIDES)}
_TAG = re.compile(r"""<!--.*?-->|<(/?)(mj[\w-]*)((?:"[^"]*"|'[^']*'|[^<>"'])*?)(/?)>""", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*("[^"]*"|'[^']*')""")
_BARE_ZERO = re.compile(r"(?<![\w.])0(?![\w.%])")
_VOID = re.compile(r"<(area|br|col|hr|img|input|link|meta|wbr)\b((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*?)/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&[A-Za-z]\w*;")


class MjmlError(Exception):
    """An MJML document that does not compile as it is meant; `line` counts its lines from 1."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line = line
        self.words = words


def compile_mjml(source: str) -> str:
    """The HTML of an MJML document. Raises `MjmlError`.

    The compiler lets pass elements that are never closed, unknown tags and attributes, misplaced components, and a
    `0` without unit that its arithmetic overlooks; here they are errors.
    """
    from mjml import mjml2html

    _check_components(source)
    _check_elements(source)
    try:
        return str(mjml2html(source, fonts={}, disable_comments=True))
    except ValueError as error:
        raise MjmlError(1, str(error)) from error


def _check_elements(source: str) -> None:
    """That every element is closed; what HTML leaves open and XML does not know by name is let pass."""
    strict = _VOID.sub(r"<\1\2/>", _ENTITY.sub("", source))
    try:
        expat.ParserCreate().Parse(strict.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        words = (
            f"not well-formed ({expat.ErrorString(error.code)}); close what is open, quote attributes, write &lt; for <"
        )
        raise MjmlError(error.lineno, words) from error


def _check_components(source: str) -> None:
    open_tags: list[str] = []
    for match in _TAG.finditer(source):
        closing, tag, attributes, closed = match.groups()
        if tag is None:
            continue

        def fault(words: str, at: int = match.start()) -> MjmlError:
            return MjmlError(source.count("\n", 0, at) + 1, words)

        if closing:
            if not open_tags or open_tags.pop() != tag:
                raise fault(f"</{tag}> closes nothing that is open here")
            continue
        parent = open_tags[-1] if open_tags else None
        if tag in _REFUSED:
            raise fault(f"<{tag}> is not to be used: {_REFUSED[tag]}")
        if tag not in _TAGS:
            raise fault(f"<{tag}> is no MJML component{_nearest(tag, _TAGS)}")
        if (
            parent != "mj-attributes"
            and (parent is not None or tag != "mjml")
            and tag not in _ALLOWED.get(parent or "", ())
        ):
            homes = ", ".join(f"<{home}>" for home, children in _ALLOWED.items() if tag in children)
            raise fault(
                f"<{tag}> cannot stand in {f'<{parent}>' if parent else 'the open'}, only in {homes or 'no other'}"
            )
        for name, value in _ATTRIBUTE.findall(attributes):
            if name not in _ATTRIBUTES:
                raise fault(f"<{tag}> has no attribute {name}{_nearest(name, _ATTRIBUTES)}")
            if "padding" in name and _BARE_ZERO.search(value):
                raise fault(f"<{tag}> {name}={value}: write 0px, since a 0 without unit spoils the widths within")
        if not closed:
            open_tags.append(tag)
    if open_tags:
        raise MjmlError(source.count("\n") + 1, f"<{open_tags[-1]}> is never closed")


def _nearest(name: str, names: set[str]) -> str:
    near = difflib.get_close_matches(name, sorted(names), 1)
    return f"; did you mean {near[0]}?" if near else ""
