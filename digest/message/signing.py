"""DKIM (RFC 6376): the sender's domain vouches for a message, so that mailboxes trust where it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field

from digest.errors import ConfigError

# All that a reader sees or a mail program acts on; the two of RFC 8058 must be signed, or one click is not offered.
_SIGNED = frozenset(
    b"from to reply-to subject date message-id mime-version content-type content-language list-id list-post "
    b"list-unsubscribe list-unsubscribe-post list-archive auto-submitted feedback-id".split()
)


@dataclass(frozen=True, slots=True)
class Signer:
    """Puts a DKIM-Signature (RSA-SHA256, relaxed) of the domain before a message.

    From is signed once more than it is there, so that nobody can add a second. The signature holds the time it was
    made. Raises `ConfigError` for a key that cannot be used, and without dkimpy.
    """

    domain: str
    selector: str
    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        try:
            from dkim.crypto import UnparsableKeyError, parse_pem_private_key
        except ImportError as fault:
            raise ConfigError(
                "[deliver] dkim_key: signing needs the package dkimpy; run: pip install 'digest[dkim]'"
            ) from fault
        try:
            parse_pem_private_key(self.key)
        except (UnparsableKeyError, ValueError) as fault:
            raise ConfigError(
                "[deliver] dkim_key: it is no RSA key that can be read; make one, without a passphrase, with: "
                "openssl genrsa -out dkim.pem 2048"
            ) from fault

    def __call__(self, message: bytes) -> bytes:
        import dkim

        head = message.partition(b"\r\n\r\n")[0].split(b"\r\n")
        names = [line.partition(b":")[0].lower() for line in head if line[:1] not in b" \t"]
        signed = [name for name in names if name in _SIGNED]
        signature: bytes = dkim.sign(
            message,
            self.selector.encode("ascii"),
            self.domain.encode("ascii"),
            self.key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[*signed, b"from"],
        )
        return signature + message
