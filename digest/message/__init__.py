"""Issue + renditions + recipient → one message, as RFC 5322 and MIME have it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import format_datetime, parseaddr
from hashlib import blake2b
from urllib.parse import urlsplit

from digest.addresses import ascii_address, is_domain
from digest.errors import ConfigError, DeliveryError, DigestError, RenderError
from digest.markup import clean_text
from digest.message.headers import LINE, LONGEST_LINE, header, mailbox, words
from digest.message.readers import check_secret, is_personal, reader_token, with_stand_in
from digest.model import Issue, Recipient, Rendition
from digest.urls import safe_href

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_LINE_END = re.compile(rb"\r\n|\r|\n")
# What quoted-printable escapes: all but printable ASCII, the equals sign, white space at a line's end; and what relays
# and mailboxes read as their own: a dot alone on a line, "From " at its start.
_UNSAFE = re.compile(rb"[^\t -<>-~]|[\t ]\Z|\A\.\Z|\AF(?=rom )")


class Mailing:
    """One issue's messages: everything that all of them share is written once.

    `date` is the Date header, the issue's own `made` when it is not given. `purpose` tells sends of one issue apart:
    the Message-ID is made of issue, content, recipient and purpose, so that a test does not make mailboxes take the
    real one for a copy. `secret` is what `{reader}` in the newsletter's URLs is made of, for each recipient.

    Raises `ConfigError` for a sender or a reply address that cannot be written to, and for `{reader}` without a
    secret; `RenderError` without both editions.
    """

    def __init__(
        self,
        issue: Issue,
        renditions: Sequence[Rendition],
        *,
        date: datetime | None = None,
        purpose: str = "",
        secret: str = "",
        personal: bool = True,
    ) -> None:
        bodies = {rendition.name: rendition.body for rendition in renditions}
        if not {"issue.txt", "issue.html"} <= bodies.keys():
            raise RenderError("a message needs issue.txt and issue.html; render the issue with email and text")
        imprint = issue.imprint
        places = tuple({imprint.unsubscribe, imprint.preferences}) if personal else ()
        check_secret(places, secret)
        self.newsletter, self.secret = issue.newsletter, secret
        self._issue, self._personal = issue, any(map(is_personal, places))
        self.sender = _sender(issue)[1]
        self._home = self.sender.rpartition("@")[2] or _host(imprint.base_url)
        self._mark = blake2b(digest_size=12)
        numbered = () if issue.number is None else (f"{issue.number} {issue.newsletter}".encode("utf-8", "replace"),)
        named = (bodies["issue.txt"], bodies["issue.html"], issue.subject.encode("utf-8", "replace"), *numbered)
        plain = [_quoted(body) for body in named[:2]]
        for piece in (*plain, *named[2:]):
            _feed(self._mark, piece)
        if purpose:
            _feed(self._mark, purpose.encode())
        stand_in = blake2b(self._mark.digest(), digest_size=16, person=b"reader").hexdigest()
        parts, wanted = [], 0
        for written, body, media_type in zip(plain, named, ("text/plain", "text/html"), strict=False):
            own, count = with_stand_in(body, places, stand_in) if self._personal else (body, 0)
            wanted += count
            parts.append((media_type, _quoted(own, stand_in.encode()) if count else written))
        leave = list(_leaving(issue, stand_in if self._personal else None))
        wanted += sum(value.count(stand_in) for _, value in leave)
        # No quoted-printable body holds this: an equals sign in one is followed by two hex digits or the line's end.
        boundary = f"=_{_after(self._mark, b'').hexdigest()}"
        self._first = _lines(_beginning(issue, date or issue.made))
        self._second = _lines(_subject(issue))
        tail = _lines([*_listed(issue, self._home), *leave, *_last(issue, self._home)])
        self._tail = (tail + _multipart(parts, boundary)).split(stand_in.encode())
        if len(self._tail) - 1 != wanted:
            left = len(self._tail) - 1
            raise RenderError(f"the message: {left} places of a reader's own, not {wanted}; report this as a mistake")

    def message(self, recipient: Recipient | None = None) -> bytes:
        """The message to one recipient. Raises `DeliveryError` for an address that cannot be written to."""
        to, mark, own = [], _after(self._mark, b""), ""
        if recipient:
            address = _address(recipient.address, DeliveryError, "recipient")
            to = [("To", mailbox("To", clean_text(recipient.name), address))]
            mark = _after(self._mark, address.encode())
            own = reader_token(self.secret, self.newsletter, address) if self._personal else ""
        id_ = [("Message-ID", self._id(mark.hexdigest()))] if self.sender else []
        return b"".join((self._first, _lines(to), self._second, _lines(id_), own.encode().join(self._tail)))

    def message_id(self, recipient: Recipient) -> str:
        """The Message-ID of what `message` writes to a recipient of a sender's."""
        return self._id(_after(self._mark, ascii_address(recipient.address).encode()).hexdigest())

    def _id(self, mark: str) -> str:
        return f"<{self._issue.date.isoformat()}.{mark}@{self._home}>"


def message(issue: Issue, renditions: Sequence[Rendition], recipient: Recipient | None = None) -> bytes:
    """The issue as `multipart/alternative`, text first, both in UTF-8 and quoted-printable; lines end in CRLF.

    Without a sender there is no From, and `X-Unsent` lets a mail program open the message as a draft. The same issue,
    renditions and recipient give the same bytes; a reader's own links stay as they are configured. Raises as `Mailing`
    and its `message` do.
    """
    return Mailing(issue, renditions, personal=False).message(recipient)


def _lines(headers: Sequence[tuple[str, str]] | Iterator[tuple[str, str]]) -> bytes:
    return "".join(f"{header(name, value)}\r\n" for name, value in headers).encode("ascii")


def _multipart(parts: Sequence[tuple[str, bytes]], boundary: str) -> bytes:
    written = [b"MIME-Version: 1.0", f'Content-Type: multipart/alternative; boundary="{boundary}"'.encode(), b""]
    for media_type, body in parts:
        head = [f'Content-Type: {media_type}; charset="utf-8"', "Content-Transfer-Encoding: quoted-printable"]
        written += [*(line.encode("ascii") for line in (f"--{boundary}", *head, "")), body]
    return b"\r\n".join([*written, f"--{boundary}--".encode("ascii"), b""])


def _beginning(issue: Issue, date: datetime) -> Iterator[tuple[str, str]]:
    yield "Date", format_datetime(date)
    name, address = _sender(issue)
    if address:
        yield "From", mailbox("From", name or clean_text(issue.newsletter), address)
    else:
        yield "X-Unsent", "1"


def _subject(issue: Issue) -> Iterator[tuple[str, str]]:
    if issue.imprint.reply_to:
        name, address = parseaddr(clean_text(issue.imprint.reply_to))
        yield "Reply-To", mailbox("Reply-To", name, _address(address, ConfigError, "[newsletter] reply_to"))
    yield "Subject", words("Subject", clean_text(issue.subject) or clean_text(issue.newsletter))


def _listed(issue: Issue, home: str) -> Iterator[tuple[str, str]]:
    """That it is a list's (RFC 2919), and one that takes no posts (RFC 2369)."""
    newsletter = clean_text(issue.newsletter)
    id_ = clean_text(issue.imprint.list_id).lower()
    if id_ and not is_domain(id_):
        raise ConfigError(f"[newsletter] list_id: {id_!r} is no name as List-ID has it; write brief.example.org")
    if id_ or is_domain(home):
        yield "List-ID", mailbox("List-ID", newsletter, id_ or f"{_slug(newsletter)}.{home}")
        yield "List-Post", "NO"


def _leaving(issue: Issue, stand_in: str | None) -> Iterator[tuple[str, str]]:
    """Where readers leave (RFC 2369); by one click (RFC 8058) where that is an https URL."""
    places = [_place(issue.imprint.unsubscribe), _place(issue.imprint.unsubscribe_mail)]
    if stand_in:
        places = [place.replace("%7Breader%7D", stand_in) if place else None for place in places]
    found = [place for place in dict.fromkeys(places) if place and len(place) < LONGEST_LINE - 3]
    if found:
        yield "List-Unsubscribe", ",\r\n ".join(f"<{place}>" for place in found)
    if any(place.startswith("https:") for place in found):
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _last(issue: Issue, home: str) -> Iterator[tuple[str, str]]:
    base = safe_href(issue.imprint.base_url) if issue.imprint.base_url else None
    if base and len(base) < LONGEST_LINE - 2:
        yield "List-Archive", f"<{base}>"
    yield "Auto-Submitted", "auto-generated"
    if _sender(issue)[1]:
        # Which issue, which newsletter, what kind of mail, and the sender's own mark, as Gmail counts complaints.
        sender = blake2b(home.encode(), digest_size=5).hexdigest()
        yield "Feedback-ID", f"{issue.date:%Y%m%d}:{_slug(clean_text(issue.newsletter))[:30].strip('-')}:issue:{sender}"
    if _LANGUAGE.fullmatch(issue.language):
        yield "Content-Language", issue.language


def _sender(issue: Issue) -> tuple[str, str]:
    """Name and address of the sender, both empty when there is none."""
    if not issue.imprint.sender:
        return "", ""
    name, address = parseaddr(clean_text(issue.imprint.sender))
    return name, _address(address, ConfigError, "[newsletter] from")


def _host(url: str) -> str:
    base = safe_href(url) if url else None
    return (urlsplit(base).hostname or "") if base else ""


def _place(place: str) -> str | None:
    """Where readers leave, as RFC 2369 has it: a URI."""
    place = clean_text(place)
    if "@" in place and not place.startswith(("http:", "https:", "mailto:")):
        place = f"mailto:{place}"
    return safe_href(place) if place.isascii() else None


def _quoted(body: bytes, whole: bytes = b"") -> bytes:
    """Quoted-printable (RFC 2045) in lines of at most 76 characters; the library's leaves some longer.

    `whole`, which holds nothing that is escaped, is never cut by the end of a line.
    """
    lines = []
    for line in _LINE_END.split(body):
        line = _UNSAFE.sub(lambda match: b"=%02X" % ord(match.group()), line)
        while len(line) > LINE:
            cut = LINE - 1
            while b"=" in line[cut - 2 : cut]:  # an escape must not be cut
                cut -= 1
            if whole and 0 < (start := line.find(whole, cut - len(whole) + 1)) < cut:
                cut = start
            lines.append(line[:cut] + b"=")
            line = line[cut:]
        lines.append(line)
    return b"\r\n".join(lines)


def _feed(mark: blake2b, piece: bytes) -> None:
    mark.update(len(piece).to_bytes(8, "big") + piece)


def _after(mark: blake2b, piece: bytes) -> blake2b:
    """What the mark is after one piece more; the mark stays as it was."""
    mark = mark.copy()
    _feed(mark, piece)
    return mark


def _address(address: str, error: type[DigestError], what: str) -> str:
    try:
        return ascii_address(address)
    except ValueError as fault:
        raise error(f"{what}: {fault}") from fault


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "newsletter"
