"""Issue + renditions + recipient → one message, as RFC 5322 and MIME have it.

Written out by hand, because the standard library folds long URLs of List-* headers into encoded words, which breaks
them, and folds differently from one Python to the next: the same issue must give the same bytes.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator, Sequence
from email.utils import format_datetime, parseaddr
from hashlib import blake2b
from urllib.parse import urlsplit

from digest.errors import ConfigError, DeliveryError, DigestError, RenderError
from digest.markup import clean_text
from digest.model import Issue, Recipient, Rendition
from digest.urls import safe_href

_LINE = 76
_LONGEST_LINE = 998
_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}", re.ASCII)
_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*", re.ASCII)
_ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~ -]+", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_LINE_END = re.compile(rb"\r\n|\r|\n")
# What quoted-printable escapes: all but printable ASCII, the equals sign, white space at a line's end; and what relays
# and mailboxes read as their own: a dot alone on a line, "From " at its start.
_UNSAFE = re.compile(rb"[^\t -<>-~]|[\t ]\Z|\A\.\Z|\AF(?=rom )")


def message(issue: Issue, renditions: Sequence[Rendition], recipient: Recipient | None = None) -> bytes:
    """The issue as `multipart/alternative`, text first, both in UTF-8 and quoted-printable; lines end in CRLF.

    Without a sender there is no From, and `X-Unsent` lets a mail program open the message as a draft. The same issue,
    renditions and recipient give the same bytes. Raises `ConfigError` for a sender or a reply address that cannot be
    written to, `DeliveryError` for such a recipient, and `RenderError` without both editions.
    """
    bodies = {rendition.name: rendition.body for rendition in renditions}
    if not {"issue.txt", "issue.html"} <= bodies.keys():
        raise RenderError("a message needs issue.txt and issue.html; render the issue with email and text")
    parts = [("text/plain", _encoded_body(bodies["issue.txt"])), ("text/html", _encoded_body(bodies["issue.html"]))]
    mark = blake2b(digest_size=12)
    for piece in (*(body for _, body in parts), issue.subject.encode("utf-8", "replace"), _address_of(recipient)):
        mark.update(len(piece).to_bytes(8, "big") + piece)
    # No quoted-printable body holds this: an equals sign in one is followed by two hex digits or the line's end.
    boundary = f"=_{mark.hexdigest()}"
    lines = [_header(name, value) for name, value in _headers(issue, recipient, mark.hexdigest())]
    lines += ["MIME-Version: 1.0", f'Content-Type: multipart/alternative; boundary="{boundary}"', ""]
    written = [*(line.encode("ascii") for line in lines)]
    for media_type, body in parts:
        head = [f'Content-Type: {media_type}; charset="utf-8"', "Content-Transfer-Encoding: quoted-printable"]
        written += [*(line.encode("ascii") for line in (f"--{boundary}", *head, "")), body]
    return b"\r\n".join([*written, f"--{boundary}--".encode("ascii"), b""])


def _headers(issue: Issue, recipient: Recipient | None, mark: str) -> Iterator[tuple[str, str]]:
    """The headers that say something of this issue, each value ready to be written."""
    imprint = issue.imprint
    newsletter = clean_text(issue.newsletter)
    base = safe_href(imprint.base_url) if imprint.base_url else None
    home = (urlsplit(base).hostname or "") if base else ""
    yield "Date", format_datetime(issue.made)
    if imprint.sender:
        name, address = parseaddr(clean_text(imprint.sender))
        address = _address(address, ConfigError, "[newsletter] from")
        home = address.rpartition("@")[2]
        yield "From", _mailbox("From", name or newsletter, address)
    else:
        yield "X-Unsent", "1"
    if recipient:
        address = _address(recipient.address, DeliveryError, "recipient")
        yield "To", _mailbox("To", clean_text(recipient.name), address)
    if imprint.reply_to:
        name, address = parseaddr(clean_text(imprint.reply_to))
        yield "Reply-To", _mailbox("Reply-To", name, _address(address, ConfigError, "[newsletter] reply_to"))
    yield "Subject", _words("Subject", clean_text(issue.subject) or newsletter)
    if imprint.sender:
        yield "Message-ID", f"<{issue.date.isoformat()}.{mark}@{home}>"
    if _DOMAIN.fullmatch(home):
        yield "List-ID", _mailbox("List-ID", newsletter, f"{_slug(newsletter)}.{home}")
        yield "List-Post", "NO"
    leave = _unsubscribing(imprint.unsubscribe)
    if leave and len(leave) < _LONGEST_LINE - 2:
        yield "List-Unsubscribe", f"<{leave}>"
    if base and len(base) < _LONGEST_LINE - 2:
        yield "List-Archive", f"<{base}>"
    yield "Auto-Submitted", "auto-generated"
    if _LANGUAGE.fullmatch(issue.language):
        yield "Content-Language", issue.language


def _unsubscribing(place: str) -> str | None:
    """Where readers leave, as RFC 2369 has it: a URI."""
    place = clean_text(place)
    if "@" in place and not place.startswith(("http:", "https:", "mailto:")):
        place = f"mailto:{place}"
    return safe_href(place) if place.isascii() else None


def _header(name: str, value: str) -> str:
    """One header, its value on a line of its own when it would not fit beside the name."""
    first = value.split("\r\n", 1)[0]
    return f"{name}: {value}" if len(name) + 2 + len(first) <= _LINE else f"{name}:\r\n {value}"


def _mailbox(header: str, name: str, address: str) -> str:
    if not name:
        return address
    if name.isascii() and len(name) <= _LINE - 20 and "=?" not in name:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        phrase = name if _ATOMS.fullmatch(name) else f'"{escaped}"'
    else:
        phrase = _encoded_words(header, name)
    last = phrase.rpartition("\r\n")[2]
    beside = len(header) + 2 + len(last) + len(address) + 3 <= _LINE
    return f"{phrase} <{address}>" if beside else f"{phrase}\r\n <{address}>"


def _words(header: str, text: str) -> str:
    """Unstructured text, folded at its spaces when it is ASCII, else in encoded words (RFC 2047)."""
    if not text.isascii() or "=?" in text or any(len(word) > _LINE - 20 for word in text.split()):
        return _encoded_words(header, text)
    lines, used = [""], len(header) + 2
    for word in text.split(" "):
        if lines[-1] and used + 1 + len(word) > _LINE:
            lines.append(word)
            used = 1 + len(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
            used += 1 + len(word)
    return "\r\n ".join(lines)


def _encoded_words(header: str, text: str) -> str:
    """Base64 encoded words, one a line, none of which cuts a character."""
    words, chunk, room = [], b"", _LINE - len(header) - 2
    for character in text:
        encoded = character.encode()
        if 12 + -(-(len(chunk) + len(encoded)) // 3) * 4 > room:
            words.append(chunk)
            chunk, room = b"", _LINE - 1
        chunk += encoded
    return "\r\n ".join(f"=?utf-8?B?{b64encode(word).decode()}?=" for word in (*words, chunk))


def _encoded_body(body: bytes) -> bytes:
    """Quoted-printable (RFC 2045) in lines of at most 76 characters; the library's leaves some longer."""
    lines = []
    for line in _LINE_END.split(body):
        line = _UNSAFE.sub(lambda match: b"=%02X" % ord(match.group()), line)
        while len(line) > _LINE:
            cut = _LINE - 1
            while b"=" in line[cut - 2 : cut]:  # an escape must not be cut
                cut -= 1
            lines.append(line[:cut] + b"=")
            line = line[cut:]
        lines.append(line)
    return b"\r\n".join(lines)


def _address(address: str, error: type[DigestError], what: str) -> str:
    """The address in ASCII, its domain as DNS has it. Raises `error`, which names `what`, when there is none."""
    local, _, domain = address.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    if not _LOCAL.fullmatch(local) or local.startswith(".") or local.endswith(".") or ".." in local:
        raise error(
            f"{what}: {address!r} is no mail address that every server takes; letters before the @ must be ASCII"
        )
    if not _DOMAIN.fullmatch(domain):
        raise error(f"{what}: {address!r} has no domain that mail can be sent to; write name@example.org")
    return f"{local}@{domain}"


def _address_of(recipient: Recipient | None) -> bytes:
    return recipient.address.encode("utf-8", "replace") if recipient else b""


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "newsletter"
