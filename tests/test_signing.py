"""Signed messages: they verify as they are, and not when anything that counts was changed."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import dkim
import pytest

from digest.config import DeliverSettings
from digest.errors import ConfigError
from digest.message import Mailing
from digest.message.signing import Signer
from digest.model import Recipient
from digest.pipeline.sending import signer_of
from tests.pipeline.sent import SETTINGS
from tests.renderers import issues
from tests.test_message import PERSONAL, editions


def new_key(folder: Path) -> tuple[bytes, str]:
    """A private key, and its public half as the DNS has it."""
    path = folder / "dkim.pem"
    subprocess.run(["openssl", "genrsa", "-out", path, "2048"], check=True, capture_output=True)
    public = subprocess.run(
        ["openssl", "rsa", "-in", path, "-pubout", "-outform", "DER"], check=True, capture_output=True
    ).stdout
    return path.read_bytes(), f"v=DKIM1; k=rsa; p={b64encode(public).decode()}"


def signed(key: bytes) -> bytes:
    """A message of an issue to one reader, with a domain's signature."""
    mailing = Mailing(replace(issues.one(), imprint=PERSONAL), editions(), secret="s")
    return Signer("harbour-brief.example", "digest", key)(mailing.message(Recipient("ada@home.example", "Ada")))


def test_a_signature_holds_for_the_message_and_for_no_other(tmp_path: Path) -> None:
    key, public = new_key(tmp_path)
    message = signed(key)

    def verifies(message: bytes) -> bool:
        def look_up(name: bytes, timeout: int = 5) -> bytes:
            assert name == b"digest._domainkey.harbour-brief.example."
            return public.encode()

        return bool(dkim.verify(message, dnsfunc=look_up))

    assert verifies(message)
    assert not verifies(message.replace(b"Good morning", b"Good evening"))
    assert not verifies(b"From: Somebody <else@evil.example>\r\n" + message)
    for name in (b"Subject", b"To", b"List-Unsubscribe", b"List-Unsubscribe-Post", b"Date"):
        assert not verifies(message.replace(b"\r\n" + name + b":", b"\r\n" + name + b": changed", 1))


def test_what_makes_no_signature_that_counts_is_told(tmp_path: Path) -> None:
    key, _ = new_key(tmp_path)
    (tmp_path / "words.pem").write_text("no key")

    def signer(**own: object) -> Signer | None:
        deliver = DeliverSettings(**own)
        return signer_of(SETTINGS.model_copy(update={"deliver": deliver, "folder": tmp_path}), "a@mail.example.org")

    assert signer() is None
    assert signer(dkim_key="dkim.pem", dkim_selector="s") == Signer("mail.example.org", "s", key)
    assert signer(dkim_key="dkim.pem", dkim_selector="s", dkim_domain="example.org") == Signer("example.org", "s", key)
    for own, words in (
        ({"dkim_key": "dkim.pem"}, "dkim_selector"),
        ({"dkim_key": "none.pem", "dkim_selector": "s"}, "No such file"),
        ({"dkim_key": "words.pem", "dkim_selector": "s"}, "openssl genrsa"),
        ({"dkim_key": "dkim.pem", "dkim_selector": "s", "dkim_domain": "example.com"}, "not the sender's"),
    ):
        with pytest.raises(ConfigError, match=words):
            signer(**own)
