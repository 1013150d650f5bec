"""A real mail server for the tests, with the faults that real ones have."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from digest.deliverers.smtp import Server

LOST = "drop"
"""An answer that is none: the connection is cut."""
SILENT = "silence"
"""An answer that does not come."""


@dataclass
class Handler:
    """Takes mail. `answers` gives, by stage (MAIL, RCPT, DATA) and recipient or "*", the answers that come first."""

    answers: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    pipelining: bool = True
    seven_bit: bool = False
    taken: list[tuple[str, str, bytes]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    sessions: set[object] = field(default_factory=set)
    at_once: int = 0
    lock: Any = field(default_factory=threading.Lock)
    said: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def _answer(self, server: SMTP, stage: str, who: str, usual: str) -> str:
        self.seen[stage] += 1
        for key in ((stage, who), (stage, "*")):
            if self.answers.get(key):
                answer = self.answers[key].pop(0)
                if answer == LOST:
                    server.transport.abort()  # type: ignore[union-attr]
                    raise asyncio.CancelledError
                if answer == SILENT:
                    await asyncio.Event().wait()
                return answer
        return usual

    async def handle_EHLO(self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:  # noqa: N802
        session.host_name = hostname
        self.sessions.add(session)
        return responses[:-1] + (["250-PIPELINING"] if self.pipelining else []) + responses[-1:]

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        answer = await self._answer(server, "MAIL", address, "250 OK")
        if answer.startswith("2"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        answer = await self._answer(server, "RCPT", address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.seven_bit and not envelope.original_content.isascii():
            return "554 5.6.1 8-bit text is not taken here"
        answer = await self._answer(server, "DATA", envelope.rcpt_tos[0], "250 2.0.0 taken as 4711")
        if answer.startswith("2"):
            with self.lock:
                self.taken.append((envelope.mail_from, envelope.rcpt_tos[0], envelope.original_content))
        return answer

    @property
    def to(self) -> list[str]:
        return sorted(recipient for _, recipient, _ in self.taken)


class _OnAnyPort(Controller):
    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def serving(handler: Handler, **options: Any) -> Iterator[Server]:
    """The server, listening on a free port of this machine; how a deliverer reaches it without a secret connection."""
    controller = _OnAnyPort(handler, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        yield Server("127.0.0.1", controller.port, "none", timeout=5, connections=2)
    finally:
        controller.stop(no_assert=True)


def password_is(password: str) -> Any:
    def check(server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password == password.encode()
        return AuthResult(success=good, handled=False)

    return check


def certificate(folder: Path, host: str = "127.0.0.1") -> tuple[Path, ssl.SSLContext]:
    """A certificate of our own for this machine, and the context of a server that shows it."""
    key, made = folder / "key.pem", folder / "certificate.pem"
    kind = "IP" if host[0].isdigit() else "DNS"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
         key, "-out", made, "-days", "2", "-subj", f"/CN={host}", "-addext", f"subjectAltName={kind}:{host}"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(made, key)
    return made, context
