"""Where a published issue goes, as [deliver] says: a folder of its files, and a folder that is a web site."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from digest.archive.records import IssueRow
from digest.model import Issue, Look, Rendition
from digest.pipeline.correcting import corrected
from digest.pipeline.rendering import look_of, render, render_web, write
from digest.stages.withdraw import withdraw

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import Settings

PAGE = "web.html"


def deliver(settings: Settings, archive: Archive, number: int) -> tuple[Path, ...]:
    """Bring the folders of `[deliver]` up to date after an issue; what they hold already is left alone.

    It may be done again at any time: what a process that died did not write is written then. The files written.
    """
    written: list[Path] = []
    places = settings.deliver
    if places.folder:
        issue, renditions = shown(archive, number, settings.newsletter.name, look_of(settings))
        folder = settings.folder / places.folder / issue.date.isoformat()
        missing = [each for each in renditions if not (folder / each.name).exists()]
        written += write(missing, folder, "name a folder that may be written as [deliver] folder")
    if places.web:
        # The pages of earlier issues are stamped with what this one corrects of them.
        corrected_now = {
            each.correction.issue for each in archive.corrections(settings.newsletter.name) if each.carried == number
        }
        written += write_web(settings, archive, settings.folder / places.web, numbers=corrected_now, missing=True)
    return tuple(written)


def write_web(
    settings: Settings,
    archive: Archive,
    folder: Path,
    *,
    numbers: Collection[int] = (),
    missing: bool = False,
) -> tuple[Path, ...]:
    """Write the newsletter's issues as a folder of web pages: `<date>/web.html`, `index.html` and, with a `base_url`,
    `feed.xml`, an Atom feed. Every file is replaced whole.

    All pages are written, or with `missing` those that are not there yet and those of `numbers`; what would be
    the same stays. Of several issues of one day the page is the last one's. A page says at its top what later issues
    corrected of it. The files written.
    """
    from digest.renderers.site import INDEX, Entry, atom_feed, index_page

    name, look = settings.newsletter.name, look_of(settings)
    remedy = "name a folder that may be written"
    rows = shown_rows(archive, name)
    stamped = {each.correction.issue for each in archive.corrections(name) if each.carried is not None}
    changed = archive.amended(name) | stamped
    of_day = {row.date: row for row in rows}
    due = [
        row
        for row in of_day.values()
        if not missing or row.number in numbers or not (folder / row.date.isoformat() / PAGE).exists()
    ]
    if missing and not due and (folder / INDEX).exists():
        return ()
    entries = [
        Entry(row.number, row.date, row.subject, row.preheader, row.stories, row.published)
        for row in sorted(of_day.values(), key=lambda row: row.date, reverse=True)
    ]
    newsletter = settings.newsletter
    pages = [index_page(newsletter.name, newsletter.language, newsletter.base_url, entries, look)]
    if newsletter.base_url and entries:
        pages.append(atom_feed(newsletter.name, newsletter.language, newsletter.base_url, entries))
    # Before the issues' own pages: one that is there tells the next run that the index has it.
    written = [*write(_differing(pages, folder) if missing else pages, folder, remedy)]
    for row in due:
        page, place = [_page(archive, row.number, name, look, row.number in changed)], folder / row.date.isoformat()
        written += write(_differing(page, place) if missing else page, place, remedy)
    return tuple(written)


def _differing(renditions: Iterable[Rendition], folder: Path) -> list[Rendition]:
    """Those whose files are not what they are to be; a file that stays keeps its date, and readers their copies."""
    places = ((each, folder / each.name) for each in renditions)
    return [each for each, place in places if not place.is_file() or place.read_bytes() != each.body]


def _page(archive: Archive, number: int, newsletter: str, look: Look, changed: bool) -> Rendition:
    """The page as it was frozen or, where something in it was taken down or corrected since, as it is to be shown."""
    if not changed:
        return archive.rendition(number, PAGE, newsletter)
    issue, _ = archive.issue(number, newsletter)
    return render_web(withdraw(corrected(issue, archive), archive.takedowns()), look)


def shown(archive: Archive, number: int, newsletter: str | None, look: Look) -> tuple[Issue, tuple[Rendition, ...]]:
    """An issue as it may be shown: its frozen bytes or, where something in it was taken down, rendered without that."""
    issue, renditions = archive.issue(number, newsletter)
    left = withdraw(issue, archive.takedowns())
    return (issue, renditions) if left is issue else (left, render(left, look))


def shown_rows(archive: Archive, newsletter: str | None) -> tuple[IssueRow, ...]:
    """The list of issues; the subject of one that something was taken down from may have named it, and is made anew."""
    rows = archive.issues(newsletter)
    amended = _amended(archive, {row.newsletter for row in rows})
    takedowns = archive.takedowns()
    made = []
    for row in rows:
        if row.number in amended[row.newsletter]:
            issue = withdraw(archive.issue(row.number, row.newsletter)[0], takedowns)
            row = replace(row, subject=issue.subject, preheader=issue.preheader, stories=len(issue.stories))
        made.append(row)
    return tuple(made)


def _amended(archive: Archive, newsletters: Collection[str]) -> Mapping[str, Collection[int]]:
    return {name: archive.amended(name) for name in sorted(newsletters)}
