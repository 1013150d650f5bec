"""Sending: everybody gets an issue once, whatever servers say and whenever the process dies."""

from __future__ import annotations

import json
import mailbox
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.archive import open_archive
from digest.archive.store import Archive
from digest.config import CheckSettings, DeliverSettings
from digest.deliverers.memory import Memory
from digest.deliverers.smtp import Smtp
from digest.errors import ArchiveError, ConfigError, DeliveryError
from digest.model import Issue, Look, Outcome, Recipient, Rendition
from digest.pipeline import deliverer_into, publish, send
from tests.conftest import ROOT
from tests.deliverers.server import LOST, Handler, serving
from tests.pipeline.sent import KILLED, READERS, SETTINGS, TWICE, issue_to_send
from tests.renderers import issues

NOW = issues.MADE + timedelta(hours=1)


@pytest.fixture
def archive() -> Iterator[Archive]:
    with open_archive("sqlite://") as archive:
        publish(issue_to_send(), Look(), archive, issues.MADE)
        yield archive


def answers(**by_reader: Outcome) -> Callable[[str, str], Outcome]:
    return lambda sender, recipient: by_reader.get(recipient.partition("@")[0], Outcome("submitted", "taken"))


def status(archive: Archive) -> dict[str, str]:
    return {
        address.partition("@")[0]: each.status
        for address, each in archive.receipts(SETTINGS.newsletter.name, 1).items()
    }


def test_everybody_gets_it_once(archive: Archive) -> None:
    first, second = Memory(), Memory()
    sent = send(SETTINGS, archive, 1, READERS, first, NOW)
    assert sent.complete
    assert [recipient for _, recipient, _ in first.sent] == [each.address for each in READERS]
    again = send(
        SETTINGS, archive, 1, [*READERS, Recipient("NEW@home.example"), Recipient("new@home.example")], second, NOW
    )
    assert again.before == len(READERS)
    assert [recipient.lower() for _, recipient, _ in second.sent] == ["new@home.example"]


def test_a_test_neither_heeds_nor_leaves_receipts_and_is_another_message(archive: Archive) -> None:
    tests, real = Memory(), Memory()
    for minute in range(2):
        send(SETTINGS, archive, 1, READERS[:1], tests, NOW + timedelta(minutes=minute), test=True)
    send(SETTINGS, archive, 1, READERS[:1], real, NOW)
    ids = [
        line for _, _, message in (*tests.sent, *real.sent) for line in message.split(b"\r\n") if b"Message-ID" in line
    ]
    assert len(set(ids)) == 3


def test_who_is_refused_put_off_or_unknown_is_told_and_treated_so(archive: Archive) -> None:
    said = answers(
        ada=Outcome("refused", "550 no"), ben=Outcome("failed", "450 later"), cy=Outcome("attempted", "lost")
    )
    waits: list[float] = []
    sent = send(SETTINGS, archive, 1, READERS, Memory(said), NOW, wait=waits.append)
    assert status(archive) == {"ada": "refused", "ben": "failed", "cy": "attempted", "dee": "submitted"}
    assert [each.detail for each in sent.of("refused")] == ["550 no"]
    assert not sent.complete
    assert waits == [30, 60]
    second = Memory()
    again = send(SETTINGS, archive, 1, READERS, second, NOW)
    assert [recipient for _, recipient, _ in second.sent] == ["ben@home.example"]
    assert [each.address for each in again.open] == ["cy@home.example"]
    assert [each.address for each in again.refused_before] == ["ada@home.example"]
    third = Memory()
    assert send(SETTINGS, archive, 1, READERS, third, NOW, retry=("attempted", "refused")).complete
    assert len(third.sent) == 2


def test_what_is_put_off_once_arrives(archive: Archive) -> None:
    tries: Counter[str] = Counter()

    def said(sender: str, recipient: str) -> Outcome:
        tries[recipient] += 1
        return Outcome("failed", "450 greylisted") if tries[recipient] == 1 else Outcome("submitted")

    assert send(SETTINGS, archive, 1, READERS, Memory(said), NOW).complete
    assert set(tries.values()) == {2}


def test_a_server_that_stops_the_sending_leaves_everybody_else_for_the_next(archive: Archive) -> None:
    def said(sender: str, recipient: str) -> Outcome:
        if recipient.startswith("ben"):
            raise DeliveryError("the sender is not taken")
        return Outcome("submitted")

    with pytest.raises(DeliveryError, match="the sender is not taken"):
        send(SETTINGS, archive, 1, READERS, Memory(said), NOW)
    assert status(archive)["ada"] == "submitted"
    assert status(archive)["ben"] == "failed"
    rest = Memory()
    assert send(SETTINGS, archive, 1, READERS, rest, NOW).complete
    assert len(rest.sent) == 3


def test_a_deliverer_that_breaks_leaves_it_unknown(archive: Archive) -> None:
    def said(sender: str, recipient: str) -> Outcome:
        raise ZeroDivisionError("a mistake")

    with pytest.raises(ZeroDivisionError):
        send(SETTINGS, archive, 1, READERS, Memory(said), NOW)
    assert status(archive)["ada"] == "attempted"


def test_stopped_by_hand_what_was_handed_over_is_recorded(archive: Archive) -> None:
    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    said = answers(ada=Outcome("failed", "450 later"))
    with pytest.raises(KeyboardInterrupt):
        send(SETTINGS, archive, 1, READERS, Memory(said), NOW, wait=stop)
    assert status(archive) == {"ada": "failed", "ben": "submitted", "cy": "submitted", "dee": "submitted"}


@settings(max_examples=15)
@given(st.lists(st.sampled_from(["submitted", "refused", "failed", "attempted"]), min_size=12, max_size=12))
def test_nobody_is_sent_to_after_it_was_or_may_have_been_taken(outcomes: list[str]) -> None:
    """Whatever the server says in three runs, no message follows one that was taken or may have been."""
    left, history = iter(outcomes), []

    def said(sender: str, recipient: str) -> Outcome:
        history.append((recipient, outcome := next(left, "submitted")))
        return Outcome(outcome)  # type: ignore[arg-type]

    twice = SETTINGS.model_copy(update={"deliver": DeliverSettings(attempts=2)})
    with open_archive("sqlite://") as archive:
        archive.publish(PUBLISHED[0].newsletter, PUBLISHED[0].date, lambda number: PUBLISHED, issues.MADE)
        for _ in range(3):
            send(twice, archive, 1, READERS, Memory(said), NOW)
    for reader in READERS:
        told = [outcome for recipient, outcome in history if recipient == reader.address]
        assert all(outcome == "failed" for outcome in told[:-1])


def _published() -> tuple[Issue, tuple[Rendition, ...]]:
    with open_archive("sqlite://") as archive:
        draft = publish(issue_to_send(), Look(), archive, issues.MADE)
    return draft.issue, draft.renditions


PUBLISHED = _published()


def test_an_issue_that_is_broken_or_has_no_correction_contact_is_not_sent() -> None:
    unreachable = replace(issue_to_send(), contacts=(), imprint=replace(issue_to_send().imprint, corrections=None))
    unchecked = SETTINGS.model_copy(update={"check": CheckSettings(without=("correction-contact",))})
    memory = Memory()
    for issue, own in ((unreachable, SETTINGS), (unreachable, unchecked)):
        with open_archive("sqlite://") as archive:
            publish(issue, Look(), archive, issues.MADE)
            with pytest.raises(DeliveryError, match=r"not sent[\s\S]*correction-contact"):
                send(own, archive, 1, READERS, memory, NOW)
    published, renditions = PUBLISHED
    broken = tuple(replace(each, body=each.body.replace(b"</h1>", b"</h1>{{ lost }}", 1)) for each in renditions)
    with open_archive("sqlite://") as archive:
        archive.publish(published.newsletter, published.date, lambda number: (published, broken), issues.MADE)
        with pytest.raises(DeliveryError, match=r"not sent[\s\S]*leftovers"):
            send(SETTINGS, archive, 1, READERS, memory, NOW)
    assert not memory.sent


def test_without_a_sender_nothing_is_sent() -> None:
    with open_archive("sqlite://") as archive:
        issue = issue_to_send()
        publish(replace(issue, imprint=replace(issue.imprint, sender="")), Look(), archive, issues.MADE)
        with pytest.raises(ConfigError, match="without a sender"):
            send(SETTINGS, archive, 1, READERS, Memory(), NOW)


def test_an_issue_that_was_published_without_a_sender_has_that_of_today() -> None:
    with open_archive("sqlite://") as archive:
        issue = issue_to_send()
        publish(replace(issue, imprint=replace(issue.imprint, sender="")), Look(), archive, issues.MADE)
        memory = Memory()
        own = SETTINGS.newsletter.model_copy(update={"from_": "desk@tidewrack.example"})
        send(SETTINGS.model_copy(update={"newsletter": own}), archive, 1, READERS, memory, NOW)
        assert len(memory.sent) == len(READERS)
        assert all(b"desk@tidewrack.example" in body.split(b"\r\n\r\n")[0] for _, _, body in memory.sent)


def test_an_issue_there_is_not_is_told(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="issue 7"):
        send(SETTINGS, archive, 7, READERS, Memory(), NOW)


@pytest.mark.parametrize("form", ["eml", "maildir", "mbox"])
def test_messages_are_written_as_mail_programs_open_them(archive: Archive, form: str, tmp_path: Path) -> None:
    place = tmp_path / "there" / "mail"
    assert send(SETTINGS, archive, 1, READERS, deliverer_into(form, place), NOW, record=False).complete
    if form == "eml":
        found = [message_from_bytes(path.read_bytes()) for path in sorted(place.glob("*.eml"))]
    else:
        found = list(mailbox.Maildir(place) if form == "maildir" else mailbox.mbox(place))
    assert sorted(each["To"] for each in found)[:2] == ["Reader <dee@home.example>", "ada@home.example"]
    assert len(found) == len(READERS)
    assert {each.get_content_type() for each in found} == {"multipart/alternative"}
    assert status(archive) == {}


def test_many_connections_and_faults_at_once_and_everybody_has_it_once(archive: Archive) -> None:
    readers = [Recipient(f"{n}@home.example") for n in range(60)]
    handler = Handler(
        {
            ("RCPT", "7@home.example"): ["450 busy"],
            ("DATA", "8@home.example"): ["421 closing"],
            ("RCPT", "9@home.example"): ["550 nobody"],
            ("DATA", "10@home.example"): [LOST],
            ("RCPT", "11@home.example"): [LOST],
        }
    )
    with serving(handler) as server:
        sent = send(SETTINGS, archive, 1, readers, Smtp(replace(server, connections=4)), NOW)
    assert [each.address for each in sent.of("refused")] == ["9@home.example"]
    assert [each.address for each in sent.of("attempted")] == ["10@home.example"]
    assert handler.to == sorted(each.address for each in readers if each.address[:-13] not in ("9", "10"))
    assert 1 < len(handler.sessions) <= 8


@pytest.mark.parametrize("kind", ["file", "postgresql"])
def test_killed_at_any_moment_nobody_gets_it_twice_unless_a_person_says_so(
    kind: str, request: pytest.FixtureRequest
) -> None:
    """A real process is killed at every write to the archive in turn, with every message that the server has and has
    not answered, and with every answer that it has not recorded; then others, in their turn, end the work."""
    url: str = request.getfixturevalue(f"fresh_{kind}")()
    # What a transaction is, the database knows: every moment is tried on one, and some on the other.
    step = 1 if kind == "file" else 3
    command = [sys.executable, "-m", "tests.pipeline.sent", url, str(step)]
    told = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True).stdout
    lives = [json.loads(line) for line in told.splitlines()]
    everybody = sorted(each.address for each in TWICE)
    for how in KILLED:
        *killed, last = [life["ended"] for life in lives if life["how"] == how]
        assert (set(killed), last) == ({-9}, 0)
        assert len(killed) >= len(TWICE) // step
    for life in lives:
        first, second, third = life["taken"]
        unknown = sorted(address for address, status in life["receipts"].items() if status == "attempted")
        known = sorted(address for address, status in life["receipts"].items() if status == "submitted")
        # What is recorded as taken was; what the server has and nobody recorded is unknown, and is named.
        assert set(known) <= set(first) <= {*known, *unknown}
        assert sorted(life["reported"]) == unknown
        assert sorted([*known, *unknown, *second]) == everybody
        assert not set(first) & set(second)
        # Only a person's word sends to those once more.
        assert third == unknown
        assert life["complete"]
        if life["ended"] == -9 and life["how"] != "written":
            assert set(first) & set(unknown)
