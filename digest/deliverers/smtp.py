"""Messages handed to a mail server by SMTP (RFC 5321), over few connections that are used again and again.

smtplib makes the connection and logs in. The transaction is spoken here, since smtplib waits for an answer after every
command, which costs a slow line two thirds of its rate, and does not tell a message that was lost from one whose answer
was lost. Commands go together where the server allows it (RFC 2920).
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

from digest.errors import ConfigError, DeliveryError
from digest.model import Outcome

PORTS = {"starttls": 587, "tls": 465, "none": 25}
_LOST = (smtplib.SMTPServerDisconnected, OSError)


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server, and how it is spoken to; `timeout` in seconds."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    connections: int = 4
    timeout: float = 60.0

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"


class _PutOffError(Exception):
    """A connection could not be had now."""


class Smtp:
    """Hands messages to one server. A connection that the server ends is replaced; when it wants no more of them,
    those there are do the work."""

    def __init__(self, server: Server) -> None:
        if server.user and server.security == "none" and server.host not in ("localhost", "127.0.0.1", "::1"):
            raise ConfigError(
                "[deliver] smtp_user: the password would be sent for everyone to read; "
                'set smtp_security to "starttls" or "tls"'
            )
        self._server = server
        self._limit = server.connections
        self._open = 0
        self._idle: list[tuple[smtplib.SMTP, bool]] = []
        self._changed = threading.Condition()

    @property
    def lanes(self) -> int:
        return self._server.connections

    def __enter__(self) -> Self:
        try:
            self._give_back(self._take()[0], fresh=True)
        except _PutOffError as fault:
            raise DeliveryError(str(fault)) from fault
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            idle, self._idle = self._idle, []
        # All take leave before one is waited for.
        for connection, _ in idle:
            with suppress(*_LOST):
                connection.putcmd("quit")
        for connection, _ in idle:
            with suppress(*_LOST):
                connection.getreply()
            connection.close()

    def __call__(self, message: bytes, sender: str, recipient: str) -> Outcome:
        """Hand one message over. Raises `DeliveryError` when the server takes none from this sender or of this size,
        or, asked for a new connection, will not have us any more."""
        while True:
            try:
                connection, fresh = self._take()
            except _PutOffError as fault:
                return Outcome("failed", str(fault))
            talk = _Talk(connection, self._server)
            try:
                outcome = talk.hand_over(message, sender, recipient)
            finally:
                self._give_back(connection, ended=talk.ended)
            # A connection that was used is ended for its age or its work as well; that says nothing of this message.
            if fresh or not talk.ended or outcome.status != "failed":
                return outcome

    def _take(self) -> tuple[smtplib.SMTP, bool]:
        """A connection nobody else uses: one that is there, a new one, or, when there may be no more, the next free.
        And whether nothing went over it yet."""
        while True:
            with self._changed:
                while not self._idle and self._open >= self._limit:
                    self._changed.wait()
                if self._idle:
                    return self._idle.pop()
                self._open += 1
            try:
                return _connect(self._server), True
            except BaseException as fault:
                with self._changed:
                    self._open -= 1
                    others = self._open
                    if others and isinstance(fault, _PutOffError):
                        self._limit = others
                    self._changed.notify()
                if not (others and isinstance(fault, _PutOffError)):
                    raise

    def _give_back(self, connection: smtplib.SMTP, *, ended: bool = False, fresh: bool = False) -> None:
        if ended:
            connection.close()
        with self._changed:
            if ended:
                self._open -= 1
                # With none left, what the server could not bear may be over.
                self._limit = self._limit if self._open else self._server.connections
            else:
                self._idle.append((connection, fresh))
            self._changed.notify()


class _Talk:
    """One transaction over a connection. `ended` tells that the connection is of no more use."""

    def __init__(self, connection: smtplib.SMTP, server: Server) -> None:
        self._connection, self._server = connection, server
        self.ended = True

    def hand_over(self, message: bytes, sender: str, recipient: str) -> Outcome:
        try:
            outcome = self._envelope(len(message), sender, recipient)
        except _LOST as fault:
            return Outcome("failed", f"the connection was lost before the message was sent ({_said(fault)})")
        if outcome:
            return outcome
        if b"\r\n." in message:
            message = message.replace(b"\r\n.", b"\r\n..")
        end = b".\r\n" if message.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            self._connection.send(message + end)
        except _LOST as fault:
            # What did not go out whole has no end, and no server takes it.
            return Outcome("failed", f"the connection was lost while the message was sent ({_said(fault)})")
        try:
            code, words = self._answer()
        except _LOST as fault:
            return Outcome("attempted", f"the connection was lost before the server answered ({_said(fault)})")
        self.ended = code == 421
        return Outcome("submitted", words) if code // 100 == 2 else _turned_down(code, words)

    def _envelope(self, size: int, sender: str, recipient: str) -> Outcome | None:
        """Name sender and recipient and begin the message; the outcome where the server would not have it."""
        connection = self._connection
        limit = connection.esmtp_features.get("size", "")
        if limit.isdecimal() and 0 < int(limit) < size:
            self.ended = False
            raise DeliveryError(
                f"{self._server.name}: takes messages of at most {int(limit):,} bytes, and this one has {size:,}; "
                "print fewer stories, or ask who runs the server"
            )
        sized = f" SIZE={size}" if connection.has_extn("size") else ""
        commands = [f"MAIL FROM:<{sender}>{sized}", f"RCPT TO:<{recipient}>", "DATA"]
        together = connection.has_extn("pipelining")
        if together:
            connection.send("".join(f"{command}\r\n" for command in commands))
        refused: tuple[int, int, str] | None = None
        for place, command in enumerate(commands):
            if not together:
                connection.send(f"{command}\r\n")
            code, words = self._answer()
            if refused is None and code // 100 != (3 if command == "DATA" else 2):
                refused = (place, code, words)
            if code == 421 or (refused and not together):
                break
        if refused is None:
            return None
        self._end_transaction(begun=code == 354, closing=code == 421)
        place, code, words = refused
        if place == 0 and code // 100 == 5:
            raise DeliveryError(
                f"{self._server.name}: does not take mail from {sender} ({code} {words}); "
                "look at from under [newsletter], and at what the server lets you send"
            )
        return _turned_down(code, words)

    def _end_transaction(self, *, begun: bool, closing: bool) -> None:
        """Make the connection ready for the next message; `begun`: it lets us begin one that has no recipient."""
        if closing:
            return
        try:
            if begun:
                self._connection.send(b".\r\n")
                self._answer()
            self._connection.send("RSET\r\n")
            self.ended = self._answer()[0] // 100 != 2
        except _LOST:
            pass  # what was said of the message stands

    def _answer(self) -> tuple[int, str]:
        code, words = self._connection.getreply()
        return code, " ".join(words.decode("utf-8", "replace").split())


def _turned_down(code: int, words: str) -> Outcome:
    return Outcome("refused" if code // 100 == 5 else "failed", f"{code} {words}")


def _connect(server: Server) -> smtplib.SMTP:
    """A connection that is logged in. Raises `_PutOffError` for what may pass, else `DeliveryError`."""
    name, timeout = server.name, server.timeout
    context = ssl.create_default_context() if server.security != "none" else None
    try:
        if server.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=timeout)
        try:
            _greet(connection, server, context)
        except BaseException:
            connection.close()
            raise
    except ssl.SSLCertVerificationError as fault:
        raise DeliveryError(
            f"{name}: its certificate is not to be trusted ({fault.verify_message}); is it the right host? "
            "A certificate of your own is trusted by SSL_CERT_FILE in the environment"
        ) from fault
    except ssl.SSLError as fault:
        raise DeliveryError(
            f"{name}: no secret connection came about ({fault.reason or fault}); look at smtp_port and smtp_security "
            "under [deliver]"
        ) from fault
    except smtplib.SMTPAuthenticationError as fault:
        raise DeliveryError(
            f"{name}: does not let {server.user!r} in ({_said(fault)}); look at smtp_user under [deliver] and at "
            "DIGEST_SMTP_PASSWORD in the environment"
        ) from fault
    except smtplib.SMTPNotSupportedError as fault:
        raise DeliveryError(
            f"{name}: {fault}; look at smtp_port, smtp_security and smtp_user under [deliver]"
        ) from fault
    except socket.gaierror as fault:
        raise DeliveryError(
            f"{name}: there is no such host ({fault.strerror}); look at smtp under [deliver]"
        ) from fault
    except smtplib.SMTPResponseException as fault:
        words = f"{name}: turns us away ({_said(fault)})"
        if fault.smtp_code // 100 == 4:
            raise _PutOffError(f"{words}; try again later, or set fewer smtp_connections under [deliver]") from fault
        raise DeliveryError(f"{words}; ask who runs it whether it takes your mail") from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise _PutOffError(
            f"{name}: cannot be reached ({_said(fault)}); look at smtp and smtp_port under [deliver], "
            "and whether the server runs"
        ) from fault
    return connection


def _greet(connection: smtplib.SMTP, server: Server, context: ssl.SSLContext | None) -> None:
    if connection.sock:
        # The end of a message must not wait for the acknowledgement of its beginning.
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.ehlo_or_helo_if_needed()
    if server.security == "starttls":
        connection.starttls(context=context)
        connection.ehlo()
    if server.user:
        connection.login(server.user, server.password)


def _said(fault: BaseException) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        words = fault.smtp_error
        told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        return " ".join(f"{fault.smtp_code} {told}".split())
    if isinstance(fault, TimeoutError):
        return "no answer in time"
    return str(getattr(fault, "strerror", None) or fault) or type(fault).__name__
