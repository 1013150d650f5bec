"""send: a published issue, a message a recipient, to those who have not got it; a receipt before and after each."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from digest import plugins
from digest.addresses import key_of
from digest.checks import run_checks
from digest.checks.contacts import correction_contact
from digest.errors import ConfigError, DeliveryError
from digest.message import Mailing
from digest.message.signing import Signer
from digest.model import Finding, Issue, Outcome, Receipt, Recipient, Rendition, Status
from digest.pipeline.checking import checks_of
from digest.pipeline.delivering import shown
from digest.pipeline.rendering import look_of
from digest.ports import Deliverer

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import Settings
    from digest.deliverers.smtp import Server

_DELIVERERS = "digest.deliverer"
_AHEAD = 16
"""So many messages a lane are under way: enough that no lane waits for the archive, few enough to ask about after a
crash."""

Wait = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a send. `receipts` are those of this run; `before` is how many had their message already; `open`
    are those of whom an earlier run left unknown whether they have it, `refused_before` those whom it found refused."""

    issue: Issue
    receipts: tuple[Receipt, ...] = ()
    before: int = 0
    open: tuple[Receipt, ...] = ()
    refused_before: tuple[Receipt, ...] = ()

    def of(self, status: Status) -> tuple[Receipt, ...]:
        return tuple(each for each in self.receipts if each.status == status)

    @property
    def complete(self) -> bool:
        """Whether everybody has it, as far as a server can say."""
        return not self.open and not self.refused_before and len(self.of("submitted")) == len(self.receipts)


def send(
    settings: Settings,
    archive: Archive,
    number: int,
    recipients: Sequence[Recipient],
    deliverer: Deliverer,
    now: datetime,
    *,
    test: bool = False,
    secret: str = "",
    retry: Collection[Status] = (),
    record: bool = True,
    wait: Wait = lambda seconds: None,
    waiting: Callable[[], None] = lambda: None,
) -> Sent:
    """Hand a published issue over to each recipient who has not got it.

    A receipt that says `attempted` is in the archive before a message is handed over, and its outcome after. Whoever
    is left `attempted`, by a crash or a lost connection, may have it: nothing is sent to them again, nor to those who
    were `refused`, unless `retry` names that status. What `failed` is tried `[deliver] attempts` times with `wait`
    called in between, and by the next run.

    A `test` neither heeds nor leaves receipts of the real sending, and its Message-IDs are its own. Without `record`
    the archive is not written. `waiting` is called when another run of the newsletter is at work.

    Raises `DeliveryError` for an issue that has errors or no place to report errors to, and when the deliverer cannot
    go on; what was sent until then is recorded.
    """
    name = settings.newsletter.name
    with archive.running(name, waiting):
        issue, renditions = shown(archive, number, name, look_of(settings))
        check_sendable(settings, issue, renditions)
        if not issue.imprint.sender:
            issue = replace(issue, imprint=replace(issue.imprint, sender=settings.newsletter.from_ or ""))
        purpose = f"test {now.isoformat()}" if test else ""
        mailing = Mailing(issue, renditions, date=now, purpose=purpose, secret=secret)
        if not mailing.sender:
            raise ConfigError(f"issue {number}: it was published without a sender; set from under [newsletter]")
        known: Mapping[str, Receipt] = {} if test else archive.receipts(name, number)
        todo, left = _due(recipients, known, retry)
        sign = signer_of(settings, mailing.sender)
        run = _Run(settings, archive, number, purpose, mailing, sign, deliverer, now, record)
        receipts = run(todo, wait) if todo else ()
        return Sent(
            issue,
            receipts,
            sum(each.status == "submitted" for each in left),
            tuple(each for each in left if each.status == "attempted"),
            tuple(each for each in left if each.status == "refused"),
        )


def server_of(settings: Settings, password: str) -> Server:
    """The mail server of `[deliver]`. Raises `ConfigError` when there is none, or a user without a password."""
    from digest.deliverers.smtp import PORTS, Server

    own = settings.deliver
    if not own.smtp:
        raise ConfigError("no mail server to send by: set smtp under [deliver] in digest.toml")
    if own.smtp_user and not password:
        raise ConfigError("[deliver] smtp_user: there is no password; set DIGEST_SMTP_PASSWORD in the environment")
    return Server(
        own.smtp,
        own.smtp_port or PORTS[own.smtp_security],
        own.smtp_security,
        own.smtp_user,
        password,
        own.smtp_connections,
        own.smtp_timeout,
    )


def signer_of(settings: Settings, sender: str) -> Signer | None:
    """What signs the sender's messages, None without a key. Raises `ConfigError` for a key, a selector or a domain that
    do not make a signature that counts."""
    own = settings.deliver
    if own.dkim_key is None:
        return None
    home = sender.rpartition("@")[2]
    domain = own.dkim_domain.lower() or home
    if not own.dkim_selector:
        raise ConfigError("[deliver] dkim_key: there is no dkim_selector; set it to what the DNS calls its public key")
    if home != domain and not home.endswith(f".{domain}"):
        raise ConfigError(
            f"[deliver] dkim_domain: {domain} is not the sender's, {home}, nor above it; mailboxes would not count it"
        )
    path = settings.folder / own.dkim_key
    try:
        key = path.read_bytes()
    except OSError as fault:
        raise ConfigError(f"[deliver] dkim_key: {path}: {fault.strerror}; name a PEM file that may be read") from fault
    return Signer(domain, own.dkim_selector, key)


def deliverer_into(form: str, place: Path) -> Deliverer:
    """The deliverer of that name (`maildir`, `mbox`, `eml`), which writes to a place."""
    made: Deliverer = plugins.load(_DELIVERERS, form)(place)
    return made


def check_sendable(
    settings: Settings, issue: Issue, renditions: Sequence[Rendition], done: str = "sent", remedy: str = ""
) -> None:
    """Raise `DeliveryError` for an issue that nobody should get: one with errors, or no place to report errors to.

    `done` is what is therefore not done with it, `remedy` what else there is to do than to mend each.
    """
    found = [*run_checks(issue, renditions, checks_of(settings))]
    # Whatever is switched off: nobody gets an issue in which no reader can report an error.
    found += [each for each in correction_contact(issue, renditions) if each not in found]
    errors = [each for each in found if each.severity == "error"]
    if errors:
        lines = "\n".join([*(f"  {_told(each)}" for each in errors), *filter(None, (remedy,))])
        raise DeliveryError(f"issue {issue.number} is not {done}, since something in it is broken:\n{lines}")


def _told(finding: Finding) -> str:
    remedy = f"; {finding.remedy}" if finding.remedy else ""
    return f"{finding.check}: {finding.place}: {finding.words}{remedy}"


def _due(
    recipients: Sequence[Recipient], known: Mapping[str, Receipt], retry: Collection[Status]
) -> tuple[list[Recipient], list[Receipt]]:
    """To whom to send, and the receipts of those to whom not."""
    todo, left = [], []
    for recipient in {key_of(each.address): each for each in recipients}.values():
        receipt = known.get(key_of(recipient.address))
        if receipt is None or receipt.status == "failed" or receipt.status in retry:
            todo.append(recipient)
        else:
            left.append(receipt)
    return todo, left


class _Run:
    """One pass over recipients. This thread alone uses the archive; each lane has a thread that hands messages over."""

    def __init__(
        self,
        settings: Settings,
        archive: Archive,
        number: int,
        purpose: str,
        mailing: Mailing,
        sign: Signer | None,
        deliverer: Deliverer,
        now: datetime,
        record: bool,
    ) -> None:
        self._attempts, self._backoff = settings.deliver.attempts, settings.deliver.backoff
        self._archive, self._name, self._number, self._purpose = archive, settings.newsletter.name, number, purpose
        self._mailing, self._sign, self._deliverer, self._now, self._record = mailing, sign, deliverer, now, record
        self._jobs: SimpleQueue[Recipient | None] = SimpleQueue()
        self._done: SimpleQueue[tuple[Recipient, Outcome]] = SimpleQueue()
        self._ids: dict[str, str] = {}
        self._fault: BaseException | None = None
        self._stopped = False

    def __call__(self, recipients: Sequence[Recipient], wait: Wait) -> tuple[Receipt, ...]:
        receipts: dict[str, Receipt] = {}
        todo, tries = deque(recipients), Counter[str]()
        with self._deliverer:
            lanes = [threading.Thread(target=self._lane, daemon=True) for _ in range(self._deliverer.lanes)]
            for lane in lanes:
                lane.start()
            try:
                while todo:
                    again = self._pass(todo, receipts, tries)
                    if self._fault:
                        raise self._fault
                    if again:
                        wait(self._backoff * 2 ** (max(tries.values()) - 1))
                    todo = again
            finally:
                for _ in lanes:
                    self._jobs.put(None)
                for lane in lanes:
                    lane.join()
        return tuple(receipts.values())

    def _pass(self, todo: deque[Recipient], receipts: dict[str, Receipt], tries: Counter[str]) -> deque[Recipient]:
        """Send to each once; those to try again."""
        under_way, most = 0, self._deliverer.lanes * _AHEAD
        again: deque[Recipient] = deque()
        try:
            while under_way or (todo and not self._fault):
                ended = self._ended(under_way)
                under_way -= len(ended)
                begun = [] if self._fault else [todo.popleft() for _ in range(min(len(todo), most - under_way))]
                new = [self._receipt(recipient, outcome) for recipient, outcome in ended]
                self._keep([*new, *(self._receipt(each, Outcome("attempted")) for each in begun)])
                receipts.update((each.address, each) for each in new)
                for recipient, outcome in ended:
                    tries[recipient.address] += 1
                    if outcome.status == "failed" and tries[recipient.address] < self._attempts:
                        again.append(recipient)
                under_way += len(begun)
                for recipient in begun:
                    self._jobs.put(recipient)
        except BaseException:
            # Stopped by hand, or the archive failed: what is in the lanes ends, the rest is not begun.
            self._stopped = True
            rest = [self._done.get() for _ in range(under_way)]
            self._keep([self._receipt(recipient, outcome) for recipient, outcome in rest])
            raise
        return again

    def _ended(self, under_way: int) -> list[tuple[Recipient, Outcome]]:
        """What the lanes have done by now, once that is a quarter of what is under way: a commit for each would cost
        more than the messages."""
        ended = [self._done.get() for _ in range(-(-under_way // 4))]
        while len(ended) < under_way:
            try:
                ended.append(self._done.get_nowait())
            except Empty:
                break
        return ended

    def _lane(self) -> None:
        while (recipient := self._jobs.get()) is not None:
            self._done.put((recipient, self._hand_over(recipient)))

    def _hand_over(self, recipient: Recipient) -> Outcome:
        if self._fault or self._stopped:
            return Outcome("failed", "not tried: the sending stopped before")
        try:
            message = self._mailing.message(recipient)
            if self._sign:
                message = self._sign(message)
            return self._deliverer(message, self._mailing.sender, recipient.address)
        except DeliveryError as fault:
            self._fault = self._fault or fault
            return Outcome("failed", str(fault))
        except Exception as fault:  # noqa: BLE001 - of what a deliverer did before it broke nothing is known
            self._fault = self._fault or fault
            return Outcome("attempted", f"{type(fault).__name__}: {fault}")

    def _receipt(self, recipient: Recipient, outcome: Outcome) -> Receipt:
        id_ = self._ids.pop(recipient.address, None)
        if id_ is None:
            id_ = self._ids[recipient.address] = self._mailing.message_id(recipient)
        return Receipt(key_of(recipient.address), outcome.status, id_, outcome.detail)

    def _keep(self, receipts: Sequence[Receipt]) -> None:
        if self._record:
            self._archive.record(self._name, self._number, self._purpose, receipts, self._now)
