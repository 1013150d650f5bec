"""Receipts, in every kind of database."""

from __future__ import annotations

from datetime import timedelta

from digest.archive import open_archive
from digest.model import Look, Receipt
from digest.pipeline import publish
from tests.archive.conftest import Fresh
from tests.pipeline.sent import issue_to_send
from tests.renderers import issues


def test_the_last_receipt_of_a_recipient_holds_and_a_test_has_its_own(fresh: Fresh) -> None:
    issue = issue_to_send()
    with open_archive(fresh()) as archive:
        publish(issue, Look(), archive, issues.MADE)
        begun = [Receipt(f"{name}@home.example", "attempted", f"<{name}@harbour.example>") for name in ("ben", "ada")]
        archive.record(issue.newsletter, 1, "", begun, issues.MADE)
        done = [Receipt("ada@home.example", "submitted", "<ada@harbour.example>", "250 “taken”"), begun[0]]
        archive.record(issue.newsletter, 1, "", done, issues.MADE + timedelta(seconds=1))
        archive.record(issue.newsletter, 1, "test", [Receipt("cy@home.example", "refused")], issues.MADE)
        archive.record(issue.newsletter, 1, "", [], issues.MADE)
        assert list(archive.receipts(issue.newsletter, 1).values()) == done
        assert list(archive.receipts(issue.newsletter, 1, "test")) == ["cy@home.example"]
        assert archive.receipts("Another", 1) == {}
