"""render: issue → HTML email, plain text, web page, message, and what the checks say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from digest import plugins
from digest.checks import run_checks
from digest.errors import ConfigError
from digest.model import Finding, Issue, Look, Rendition
from digest.pipeline.checking import checks_of
from digest.ports import Check

if TYPE_CHECKING:
    from digest.config import Settings

_RENDERERS = "digest.renderer"
_EMAIL = "email"
"""The stage that a rendition's own drops name."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An issue, its renditions, and what the checks say of them."""

    issue: Issue
    renditions: tuple[Rendition, ...]
    findings: tuple[Finding, ...] = ()


def look_of(settings: Settings) -> Look:
    """What the configuration says of how the issue looks."""
    templates = settings.theme.templates
    return Look(
        templates=(str(settings.folder / templates),) if templates else (),
        inliner=settings.render.inliner,
        images=settings.render.images,
        template_set=settings.theme.use,
        text_links=settings.render.text_links,
        options=settings.theme.options,
    )


def render_text(issue: Issue, look: Look) -> Rendition:
    """The plain-text edition alone, without what the others need to be loaded."""
    rendition: Rendition = plugins.load(_RENDERERS, "text")(issue, look)
    return rendition


def render_web(issue: Issue, look: Look) -> Rendition:
    """The web page alone."""
    rendition: Rendition = plugins.load(_RENDERERS, "web")(issue, look)
    return rendition


def render_email(issue: Issue, look: Look) -> Rendition:
    """The HTML email alone."""
    rendition: Rendition = plugins.load(_RENDERERS, "email")(issue, look)
    return rendition


def render(issue: Issue, look: Look, email: Rendition | None = None) -> tuple[Rendition, ...]:
    """Every rendition of an issue; the same issue and look give the same bytes. `email` is the HTML email, where it is
    made already."""
    from digest.message import message
    from digest.serial import issue_to_json

    editions = tuple(
        email if email and name == "email" else plugins.load(_RENDERERS, name)(issue, look)
        for name in plugins.names(_RENDERERS)
    )
    issue = with_drops(issue, editions)
    return (
        *editions,
        Rendition("issue.json", "application/json", issue_to_json(issue)),
        Rendition("issue.eml", "message/rfc822", message(issue, editions)),
    )


def with_drops(issue: Issue, editions: Sequence[Rendition]) -> Issue:
    """The issue with what its editions had no room for among its drops, in place of what earlier ones had not."""
    folded = tuple(drop for edition in editions for drop in edition.drops)
    return replace(issue, drops=(*(drop for drop in issue.drops if drop.stage != _EMAIL), *folded))


def folded(issue: Issue, look: Look) -> Issue:
    """The issue with what its email has no room for among its drops."""
    return with_drops(issue, (render_email(issue, look),))


def write(
    renditions: Iterable[Rendition], folder: Path, remedy: str = "name a folder that may be written with --out"
) -> tuple[Path, ...]:
    """Each rendition as a file of its name, replaced whole; the folder is made when there is none.

    Raises `ConfigError`, which ends in the remedy, where that is not possible.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for rendition in renditions:
            path = folder / rendition.name
            part = path.with_name(f".{path.name}.part")
            part.write_bytes(rendition.body)
            part.replace(path)
            written.append(path)
    except OSError as error:
        raise ConfigError(f"{folder}: {error.strerror}; {remedy}") from error
    return tuple(written)


def finish(issue: Issue, look: Look, checks: Mapping[str, Check] | None = None) -> Draft:
    """Render an issue and look it over with these checks, or with every one there is."""
    renditions = render(issue, look)
    issue = with_drops(issue, renditions)
    return Draft(issue, renditions, run_checks(issue, renditions, checks_of() if checks is None else checks))
