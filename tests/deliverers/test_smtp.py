"""Messages handed to a real mail server, which does everything that real ones do."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from digest.deliverers.smtp import Server, Smtp
from digest.errors import ConfigError, DeliveryError
from digest.message import Mailing
from digest.model import Imprint, Look, Outcome, Recipient
from digest.renderers import RENDERERS
from tests.deliverers.server import LOST, SILENT, Handler, certificate, password_is, serving
from tests.renderers import issues

SENDER, READER = "desk@harbour.example", "ada@home.example"
MESSAGE = b"Subject: Good morning\r\n\r\n.\r\n..\r\n.hidden\r\nText\r\n"


def deliver(handler: Handler, *readers: str, **changes: object) -> list[Outcome]:
    with serving(handler) as server, Smtp(replace(server, **changes)) as smtp:  # type: ignore[arg-type]
        return [smtp(MESSAGE, SENDER, reader) for reader in readers or (READER,)]


@pytest.mark.parametrize("pipelining", [True, False])
def test_the_server_gets_the_very_bytes_and_its_answer_is_kept(pipelining: bool) -> None:
    handler = Handler(pipelining=pipelining)
    (outcome,) = deliver(handler)
    assert outcome == Outcome("submitted", "2.0.0 taken as 4711")
    assert handler.taken == [(SENDER, READER, MESSAGE)]


def test_one_connection_serves_many_messages() -> None:
    handler = Handler()
    assert {each.status for each in deliver(handler, *[f"{n}@home.example" for n in range(20)])} == {"submitted"}
    assert len(handler.taken) == 20
    assert len(handler.sessions) == 1


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize(
    ("stage", "answer", "status"),
    [
        ("RCPT", "550 5.1.1 no such user", "refused"),
        ("RCPT", "450 4.2.1 mailbox busy", "failed"),
        ("DATA", "550 5.7.1 looks like spam", "refused"),
        ("DATA", "450 4.3.0 try later", "failed"),
        ("DATA", "421 4.3.2 shutting down", "failed"),
        ("MAIL", "450 4.7.1 greylisted", "failed"),
    ],
)
def test_each_refusal_is_told_and_the_next_message_goes_out(
    stage: str, answer: str, status: str, pipelining: bool
) -> None:
    handler = Handler({(stage, "*"): [answer]}, pipelining=pipelining)
    first, second = deliver(handler, READER, "ben@home.example")
    assert first == Outcome(status, answer)  # type: ignore[arg-type]
    assert second.status == "submitted"
    assert handler.to == ["ben@home.example"]


@pytest.mark.parametrize("pipelining", [True, False])
def test_a_connection_that_the_server_ends_between_messages_is_replaced_at_once(pipelining: bool) -> None:
    handler = Handler({("MAIL", "*"): ["250 OK", "421 4.7.0 too many messages", "250 OK", LOST]}, pipelining=pipelining)
    outcomes = deliver(handler, "a@home.example", "b@home.example", "c@home.example")
    assert {each.status for each in outcomes} == {"submitted"}
    assert handler.to == ["a@home.example", "b@home.example", "c@home.example"]


def test_a_connection_cut_before_the_answer_leaves_it_unknown() -> None:
    handler = Handler({("DATA", "*"): [LOST]})
    first, second = deliver(handler, READER, "ben@home.example")
    assert first.status == "attempted"
    assert "before the server answered" in first.detail
    assert second.status == "submitted"


def test_a_connection_cut_before_the_message_is_no_delivery() -> None:
    (outcome,) = deliver(Handler({("RCPT", "*"): [LOST]}))
    assert outcome.status == "failed"
    assert "before the message was sent" in outcome.detail


def test_a_server_that_does_not_answer_in_time_leaves_it_unknown() -> None:
    (outcome,) = deliver(Handler({("DATA", "*"): [SILENT]}), timeout=0.3)
    assert outcome.status == "attempted"
    assert "timed out" in outcome.detail


def test_a_sender_the_server_does_not_take_stops_the_sending() -> None:
    with pytest.raises(DeliveryError, match=r"does not take mail from desk@harbour\.example \(550 5\.7\.1 not yours"):
        deliver(Handler({("MAIL", "*"): ["550 5.7.1 not yours"]}))


def test_a_message_too_long_for_the_server_stops_the_sending() -> None:
    with (
        serving(Handler(), data_size_limit=20) as server,
        Smtp(server) as smtp,
        pytest.raises(DeliveryError, match="20"),
    ):
        smtp(MESSAGE, SENDER, READER)


def test_nobody_listening_and_no_such_host_are_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = Server("127.0.0.1", taken.getsockname()[1], "none", timeout=5)
        with pytest.raises(DeliveryError, match="cannot be reached"), Smtp(nobody):
            pass
    with pytest.raises(DeliveryError, match="no such host"), Smtp(Server("mail.invalid", 25, "none", timeout=5)):
        pass


def test_a_server_that_turns_everybody_away_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            connection.sendall(b"554 5.7.1 not from there\r\n")
            connection.close()

        threading.Thread(target=answer, daemon=True).start()
        port = listening.getsockname()[1]
        with pytest.raises(DeliveryError, match=r"554 5\.7\.1 not from there"), Smtp(Server("127.0.0.1", port, "none")):
            pass


def test_starttls_is_used_and_the_password_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    handler = Handler()
    options = {"tls_context": context, "require_starttls": True, "auth_required": True}
    with serving(handler, authenticator=password_is("sesame"), **options) as plain:
        server = replace(plain, security="starttls", user="desk", password="sesame")
        with Smtp(server) as smtp:
            assert smtp(MESSAGE, SENDER, READER).status == "submitted"
        with pytest.raises(DeliveryError, match="does not let 'desk' in"), Smtp(replace(server, password="wrong")):
            pass
    assert handler.to == [READER]


def test_tls_from_the_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, context = certificate(tmp_path)
    handler = Handler()
    with serving(handler, ssl_context=context) as plain:
        server = replace(plain, security="tls")
        with pytest.raises(DeliveryError, match="not to be trusted"), Smtp(server):
            pass
        monkeypatch.setenv("SSL_CERT_FILE", str(made))
        with Smtp(server) as smtp:
            assert smtp(MESSAGE, SENDER, READER).status == "submitted"


def test_a_server_without_starttls_gets_nothing() -> None:
    handler = Handler()
    with (
        serving(handler) as server,
        pytest.raises(DeliveryError, match="STARTTLS"),
        Smtp(replace(server, security="starttls")),
    ):
        pass
    assert not handler.seen


def test_a_plain_server_taken_for_a_tls_one_is_told() -> None:
    with (
        serving(Handler()) as server,
        pytest.raises(DeliveryError, match="smtp_security"),
        Smtp(replace(server, security="tls")),
    ):
        pass


def test_no_password_goes_out_for_everyone_to_read() -> None:
    with pytest.raises(ConfigError, match="smtp_user"):
        Smtp(Server("mail.example.org", 25, "none", "desk", "sesame"))


def test_a_server_that_hates_eight_bits_takes_an_issue_in_every_script() -> None:
    issue = replace(issues.scripts(), imprint=Imprint(sender=SENDER))
    renditions = tuple(render(issue, Look()) for render in RENDERERS.values())
    message = Mailing(issue, renditions).message(Recipient(READER, "Ада Чита́тель"))
    handler = Handler(seven_bit=True)
    with serving(handler) as server, Smtp(server) as smtp:
        assert smtp(message, SENDER, READER).status == "submitted"
        assert smtp(b"Subject: \xc3\xa4\r\n\r\nText\r\n", SENDER, READER) == Outcome(
            "refused", "554 5.6.1 8-bit text is not taken here"
        )


@pytest.mark.parametrize(
    ("answer", "words"), [("454 4.7.0 TLS is not available", "454 4.7.0"), ("502 not here", "502 not here")]
)
def test_a_server_that_offers_starttls_and_then_refuses_it_gets_nothing(answer: str, words: str) -> None:
    said = iter([b"220 here\r\n", b"250-here\r\n250 STARTTLS\r\n", f"{answer}\r\n".encode()])
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            connection, _ = listening.accept()
            with connection:
                for line in said:
                    connection.sendall(line)
                    heard.append(connection.recv(1000))

        speaker = threading.Thread(target=talk, daemon=True)
        speaker.start()
        port = listening.getsockname()[1]
        with pytest.raises(DeliveryError, match=words), Smtp(Server("127.0.0.1", port, "starttls", timeout=5)):
            pass
        speaker.join()
    assert not any(b"MAIL" in line.upper() for line in heard)
