"""Mails of the last days are read where they lie, and nothing else."""

from __future__ import annotations

import mailbox
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.errors import SourceError
from digest.model import Document, Drop
from digest.sources import maildir
from digest.sources.maildir import Maildir, MaildirOptions

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


def fetch(folder: Path, **options: float) -> list[Document | Drop]:
    return list(Maildir("mail", MaildirOptions(path="Mail", **options), folder).fetch(NOW))


def put(folder: Path, name: str, arrived: datetime | None, words: bytes = b"Subject: Tide\n\nHigh at noon.") -> Path:
    mail = folder / "Mail" / name
    mail.parent.mkdir(parents=True, exist_ok=True)
    mail.write_bytes(words)
    moment = (arrived or NOW).timestamp()
    os.utime(mail, (moment, moment))
    return mail


def test_new_and_read_mails_of_the_last_days_are_given(tmp_path: Path) -> None:
    stamp = int((NOW - HOUR).timestamp())
    old = int((NOW - 8 * 24 * HOUR).timestamp())
    put(tmp_path, "new/later", NOW - HOUR)
    put(tmp_path, "new/long-ago", NOW - 8 * 24 * HOUR)
    put(tmp_path, f"cur/{stamp}.1.quay:2,S", None)
    put(tmp_path, f"cur/{old}.2.quay:2,S", None)
    put(tmp_path, f"cur/{stamp}.3.quay:2,ST", None)
    put(tmp_path, "cur/.hidden", None)
    put(tmp_path, "tmp/half", None)
    documents = [item for item in fetch(tmp_path) if isinstance(item, Document)]
    assert [document.name for document in documents] == [f"Mail/cur/{stamp}.1.quay:2,S", "Mail/new/later"]
    assert {document.media_type for document in documents} == {"message/rfc822"}
    assert len(fetch(tmp_path, days=9)) == 4


def test_nothing_is_moved_or_marked(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "Mail")
    box.add(b"Subject: Tide\n\nHigh at noon.")
    before = sorted(path for path in tmp_path.rglob("*"))
    source = Maildir("mail", MaildirOptions(path="Mail", days=36500), tmp_path)
    assert len(list(source.fetch(NOW))) == 1
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_a_folder_that_is_no_maildir_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is no Maildir"):
        fetch(tmp_path)


def test_a_mail_that_is_too_large_or_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maildir, "LARGEST", 10)
    put(tmp_path, "new/a", NOW)
    put(tmp_path, "new/b", NOW, b"Subject: x")
    (tmp_path / "Mail" / "new" / "c").symlink_to("c")
    found = fetch(tmp_path)
    reasons = [item.reason if isinstance(item, Drop) else item.name for item in found]
    assert reasons == ["too large", "Mail/new/b", "unreadable"]
