"""Where a click on a finding leads."""

from __future__ import annotations

import pytest

from digest.model import Finding
from digest.web.places import Place, place_of
from tests.web.desk import draft_of

HEADLINE = "Ferry crews vote to keep the night boat"


@pytest.mark.parametrize(
    ("place", "words", "leads_to"),
    [
        ("issue.html", "“Read more” does not say where it leads", Place("email", "Read more")),
        ("issue.txt", f"the headline “{HEADLINE}” is not in it", Place("text", HEADLINE)),
        ("issue.eml", "there is no Date header", Place("message")),
        ("the subject", "it is empty", Place("envelope")),
        (HEADLINE, "2 stories lead to one page", Place("email", HEADLINE)),
        (f"the summary of “{HEADLINE}”", "only a part was read", Place("email", HEADLINE)),
        ("Quayside", "there is no contact for errors in these articles", Place("email", HEADLINE)),
        ("the check", "the check itself failed", None),
    ],
)
def test_a_finding_leads_to_what_it_is_about(place: str, words: str, leads_to: Place | None) -> None:
    assert place_of(Finding("any", "warning", place, words), draft_of(HEADLINE).issue) == leads_to
