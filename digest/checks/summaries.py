"""What a summariser could not do, told to the editor."""

from __future__ import annotations

from collections.abc import Sequence

from digest.model import Finding, Issue, Rendition

_REMEDY = 'set another `algorithm` in [summary], such as "forward", or one for this section or source alone'


def summaries(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """A notice for every story whose algorithm was given a part of the article only, or failed."""
    return tuple(
        Finding("summaries", "notice", f"the summary of “{story.lead.headline}”", story.summary.note, _REMEDY)
        for story in issue.stories
        if story.summary.note
    )
