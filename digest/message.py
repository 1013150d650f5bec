"""Issue + renditions + recipient → one RFC 5322 message."""

from __future__ import annotations

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import blake2b

from digest.markup import clean_text
from digest.model import Issue, Recipient, Rendition


def message(issue: Issue, renditions: Sequence[Rendition], recipient: Recipient | None = None) -> bytes:
    """`multipart/alternative`, the text first, lines ended by CRLF."""
    bodies = {rendition.name: rendition.body for rendition in renditions}
    text, html = bodies["issue.txt"], bodies["issue.html"]
    mark = blake2b(text + html, digest_size=12).hexdigest()
    made = EmailMessage(policy=SMTP)
    made["Date"] = format_datetime(issue.made)
    sender = issue.imprint.sender
    if sender:
        made["From"] = Address(clean_text(issue.newsletter), addr_spec=sender)
    else:
        made["X-Unsent"] = "1"
    if recipient:
        made["To"] = Address(clean_text(recipient.name), addr_spec=recipient.address)
    made["Subject"] = clean_text(issue.subject)
    made.set_content(text.decode(), charset="utf-8", cte="quoted-printable")
    made.add_alternative(html.decode(), subtype="html", charset="utf-8", cte="quoted-printable")
    made.set_boundary(f"=_{mark}")
    return made.as_bytes()
