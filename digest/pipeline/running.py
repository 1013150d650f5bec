"""run: collect, compose, and publish and deliver or leave a draft; once a day, whatever happens to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from digest.archive.records import IssueRow
from digest.errors import ArchiveError, ConfigError, TooLateError
from digest.model import Edit, Issue, Rendition
from digest.pipeline.collecting import Collected
from digest.pipeline.delivering import deliver
from digest.pipeline.publishing import Check, draft_issue, publish, reopen
from digest.pipeline.recalling import Sources
from digest.pipeline.rendering import Draft, finish, look_of
from digest.pipeline.sending import check_sendable

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import Settings

State = Literal["published", "drafted", "published before", "drafted before", "not due"]


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a run. `row` is the day's issue where it had been published before; `written` are the files that
    delivering wrote."""

    state: State
    draft: Draft | None = None
    row: IssueRow | None = None
    collected: Collected = field(default_factory=Collected)
    written: tuple[Path, ...] = ()


def run(
    settings: Settings,
    sources: Sources,
    archive: Archive,
    now: datetime,
    edits: Sequence[Edit] = (),
    *,
    late: bool = False,
    if_due: bool = False,
    tell: Callable[[str], None] = lambda source: None,
    waiting: Callable[[], None] = lambda: None,
) -> Ran:
    """Make the issue of the local day of `now`, unless it is there.

    A day's issue is published once, however often and on however many machines this runs: one run works at a time, the
    others wait, and find it published. What a run that died left undone (files to deliver) is made up for. With
    `[newsletter] approve = "editor"` a draft is kept instead. `waiting` is called when another run is at work, `tell`
    with the name of each source as it is collected.

    A day before that of the last issue gets none: `TooLateError`. An issue that could not be sent to `[deliver]
    recipients`, since something in it is broken, is not published: `DeliveryError`.

    With `[newsletter] time`, a run over `grace` hours after it raises `TooLateError`, unless `late`; with `if_due`, one
    before it does nothing. Raises `NothingToPublishError` when nothing is new, and as `draft_issue` does.
    """
    name, look = settings.newsletter.name, look_of(settings)
    waited = False

    def wait() -> None:
        nonlocal waited
        waited = True
        waiting()

    if if_due and _after_due(settings, now) < timedelta():
        return Ran("not due")
    with archive.running(name, wait):
        row = archive.issue_on(name, now.date())
        if row:
            return Ran("published before", row=row, written=deliver(settings, archive, row.number))
        saved = archive.draft(name)
        if waited and saved and saved.date == now.date():
            return Ran("drafted before")
        _check_sender(settings)
        last = archive.last_issue(name)
        if last and last.date > now.date():
            raise TooLateError(
                f"{name}, {now.date()}: a later issue is out, No. {last.number} of {last.date}, and told what there was"
                " to tell; set the machine's clock, or leave the day out"
            )
        made_up = deliver(settings, archive, last.number) if last else ()
        if not late:
            _check_grace(settings, now)
        by_hand = settings.newsletter.approve == "editor"
        issue, collected = draft_issue(settings, sources, archive, now, edits, tell, keep=by_hand)
        if by_hand:
            return Ran("drafted", finish(issue, look), collected=collected, written=made_up)
        draft = publish(issue, look, archive, now, _sendable(settings))
        assert draft.issue.number is not None
        written = (*made_up, *deliver(settings, archive, draft.issue.number))
        return Ran("published", draft, collected=collected, written=written)


def publish_by_hand(
    settings: Settings,
    sources: Sources,
    archive: Archive,
    now: datetime,
    edits: Sequence[Edit] = (),
    *,
    anew: bool = False,
    anyway: bool = False,
    waiting: Callable[[], None] = lambda: None,
) -> Ran:
    """Publish the draft that was kept for the day of `now`, or what is collected and composed now where there is none.

    With `anew` a draft that was kept is passed over. Raises `ArchiveError` when the day's issue is published already,
    and, without `anyway`, `DeliveryError` for an issue that is to be mailed and never could be: it would be frozen so.
    """
    name = settings.newsletter.name
    with archive.running(name, waiting):
        row = archive.issue_on(name, now.date())
        if row:
            raise ArchiveError(
                f"{name}, {row.date}: published already, as issue {row.number}; "
                f"an issue never changes: print it with digest show {row.number}"
            )
        issue = None if anew else reopen(settings, sources, archive, now, edits)
        collected = Collected()
        if issue is None:
            issue, collected = draft_issue(settings, sources, archive, now, edits)
        is_mailed = bool(settings.newsletter.from_ or settings.deliver.smtp)
        check = _unless_broken(settings, "mend it, or publish it as it is with --anyway, never to be sent")
        draft = publish(issue, look_of(settings), archive, now, check if is_mailed and not anyway else _no_check)
        assert draft.issue.number is not None
        return Ran("published", draft, collected=collected, written=deliver(settings, archive, draft.issue.number))


def _after_due(settings: Settings, now: datetime) -> timedelta:
    """How long the day's issue has been due; less than nothing before it is. Raises `ConfigError` without a time."""
    time = settings.newsletter.time
    if time is None:
        raise ConfigError('--if-due: [newsletter] time is not set; write when an issue is due, such as time = "07:00"')
    # A time that clocks skip is one that they would have shown, had they not been put forward.
    due = datetime.combine(now.date(), time, now.tzinfo)
    return now.astimezone(UTC) - due.astimezone(UTC)


def _check_sender(settings: Settings) -> None:
    """Raise `ConfigError` where an issue would be mailed at once and has no sender: before anything is asked."""
    if _mails(settings) and not settings.newsletter.from_:
        raise ConfigError(
            "[newsletter] from: is not set, and without a sender no issue can be mailed to [deliver] recipients; "
            'set it to your address, such as from = "digest@example.org"'
        )


def _sendable(settings: Settings) -> Check:
    """What an issue must pass to be published where nobody looks at it before it is mailed."""
    return _unless_broken(settings) if _mails(settings) else _no_check


def _unless_broken(settings: Settings, remedy: str = "") -> Check:
    return partial(check_sendable, settings, done="published", remedy=remedy)


def _no_check(issue: Issue, renditions: Sequence[Rendition]) -> None:
    """Let every issue pass."""


def _mails(settings: Settings) -> bool:
    own = settings.deliver
    return settings.newsletter.approve == "auto" and bool(own.smtp and own.recipients)


def _check_grace(settings: Settings, now: datetime) -> None:
    time, grace = settings.newsletter.time, settings.newsletter.grace
    if time is None:
        return
    over = _after_due(settings, now)
    if over > timedelta(hours=grace):
        raise TooLateError(
            f"{settings.newsletter.name}, {now.date()}: the issue was due at {time:%H:%M}, "
            f"{over / timedelta(hours=1):.1f} hours ago, over its grace of {grace:g}; "
            "publish it all the same with: digest run --late"
        )
