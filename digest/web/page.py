"""The preview's page: what there is to say of an issue, put in order for its template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined

from digest.model import Drop, Finding, Severity
from digest.web.frames import SCHEMES, Scheme
from digest.web.live import State

Devices = Literal["both", "desktop", "phone"]
DEVICES: tuple[Devices, ...] = get_args(Devices)

_SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_GMAIL_CLIPS_NEAR = 102_000


@dataclass(frozen=True, slots=True)
class View:
    """How the editor wants to look at the editions."""

    scheme: Scheme = "light"
    devices: Devices = "both"


def page(state: State, view: View, notice: str = "", *, last: bool = False) -> str:
    """The page for the state of things: the issue, or why there is none.

    With `last`, a failure does not hide the last issue that could be built. `notice` is shown on top of either.
    """
    draft = state.draft if last or state.failure is None else None
    return (
        _templates()
        .get_template("preview.html.j2")
        .render(
            state=state,
            draft=draft,
            renditions={rendition.name: rendition for rendition in draft.renditions} if draft else {},
            findings=_worst_first(draft.findings) if draft else (),
            left_out=_by_reason(draft.issue.drops) if draft else {},
            notice=notice,
            view=view,
            choices={"devices": DEVICES, "scheme": SCHEMES},
            clips_near=_GMAIL_CLIPS_NEAR,
        )
    )


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("digest.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(counted=_counted, kilobytes=_kilobytes, text=_text)
    return environment


def _worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: _SEVERITIES.index(finding.severity)))


def _by_reason(drops: Iterable[Drop]) -> dict[str, list[Drop]]:
    """The drops under their reasons, both in the order in which they came about."""
    reasons: dict[str, list[Drop]] = {}
    for drop in drops:
        reasons.setdefault(drop.reason, []).append(drop)
    return reasons


def _counted(things: int, one: str, many: str) -> str:
    return f"{things or 'no'} {one if things == 1 else many}"


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.1f} kB"


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")
