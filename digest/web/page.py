"""The preview's page: what there is to say of an issue, put in order for its template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email import policy
from email.parser import BytesHeaderParser
from functools import partial
from typing import Literal, get_args

from digest.checks.support.table import CLIENTS
from digest.model import Drop, Finding, Issue, Rendition, Severity
from digest.web.environment import environment
from digest.web.frames import SCHEMES, SHOWS, Scheme, Show
from digest.web.live import Proof, State
from digest.web.places import Place, place_of
from digest.web.stripped import strippers

Devices = Literal["both", "desktop", "phone"]
DEVICES: tuple[Devices, ...] = get_args(Devices)

EMAIL = "issue.html"
"""The edition in the frames that come first."""

_SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_GMAIL_CLIPS_NEAR = 102_000


@dataclass(frozen=True, slots=True)
class View:
    """How the editor wants to look at the editions."""

    scheme: Scheme = "light"
    devices: Devices = "both"
    show: Show = "designed"


def frame_address(state: State, view: View, name: str) -> str:
    """Where a frame finds an edition as the editor wants to see it; another build's has another address."""
    return f"/frame/{view.scheme}/{name}?show={view.show}&v={state.edition}"


def page(state: State, view: View, key: str = "", notice: str = "", *, last: bool = False) -> str:
    """The page for the state of things: the issue, or why there is none.

    With `last`, a failure does not hide the last issue that could be built. `notice` is shown on top of either.
    `key` is what asks for a new collect.
    """
    proof = state.proof if last or state.failure is None else None
    draft = proof.draft if proof else None
    renditions = {rendition.name: rendition for rendition in draft.renditions} if draft else {}
    return (
        environment()
        .get_template("preview.html.j2")
        .render(
            state=state,
            version=state.version,
            draft=draft,
            proof=proof,
            is_whole=proof is None or proof.more is None,
            key=key,
            renditions=renditions,
            headers=_headers(renditions.get("issue.eml")),
            findings=draft.findings if draft else (),
            by_check=_by_check(draft.findings, draft.issue) if draft else {},
            left_out=_left_out(proof) if proof else {},
            notice=notice,
            view=view,
            choices={"devices": DEVICES, "scheme": SCHEMES, "show": SHOWS},
            clips_near=_GMAIL_CLIPS_NEAR,
            address=partial(frame_address, state, view),
            strippers=[CLIENTS[name] for name in strippers()],
        )
    )


def _headers(message: Rendition | None) -> list[tuple[str, str]]:
    """The message's headers in their order, decoded as a mail program shows them."""
    if message is None:
        return []
    parsed = BytesHeaderParser(policy=policy.default).parsebytes(message.body)
    return [(name, str(value)) for name, value in parsed.items()]


def _by_check(findings: Iterable[Finding], issue: Issue) -> dict[str, list[tuple[Finding, Place | None]]]:
    """What each check found and where that stands, the worst first."""
    checks: dict[str, list[tuple[Finding, Place | None]]] = {}
    for finding in sorted(findings, key=lambda finding: _SEVERITIES.index(finding.severity)):
        checks.setdefault(finding.check, []).append((finding, place_of(finding, issue)))
    return checks


def _left_out(proof: Proof) -> dict[str, dict[str, list[Drop]]]:
    """What was left out by what it is, then by its reason: whole articles first, then lines of pages."""
    whole: list[Drop] = []
    rest: list[Drop] = []
    for drop in proof.draft.issue.drops:
        (whole if drop.subject in proof.articles else rest).append(drop)
    return {"Articles": _by_reason(whole), "Lines and pages": _by_reason(rest)}


def _by_reason(drops: Iterable[Drop]) -> dict[str, list[Drop]]:
    """The drops under their reasons, both in the order in which they came about."""
    reasons: dict[str, list[Drop]] = {}
    for drop in drops:
        reasons.setdefault(drop.reason, []).append(drop)
    return reasons
