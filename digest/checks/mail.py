"""Whether the finished message is one that servers take and mail programs read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.markup import clean_text
from digest.model import Finding, Issue, Rendition

_SINGLE = ("Date", "From", "To", "Reply-To", "Subject", "Message-ID", "MIME-Version", "List-ID", "List-Unsubscribe")
_LONGEST_LINE = 998


def mail(issue: Issue, renditions: Sequence[Rendition]) -> Sequence[Finding]:
    """Errors for a message that RFC 5322 or MIME would not have, and notices for what receivers want beside it."""
    return tuple(
        finding
        for rendition in renditions
        if rendition.media_type == "message/rfc822"
        for finding in _message(issue, rendition)
    )


def _message(issue: Issue, rendition: Rendition) -> Iterator[Finding]:
    from email import policy
    from email.message import EmailMessage
    from email.parser import BytesParser

    def fault(words: str, remedy: str = "report it as a mistake of this program", severity: str = "error") -> Finding:
        return Finding("message", severity, rendition.name, words, remedy)  # type: ignore[arg-type]

    parsed = BytesParser(EmailMessage, policy=policy.default).parsebytes(rendition.body)
    for name in _SINGLE:
        if len(parsed.get_all(name, [])) > 1:
            yield fault(f"there are two {name} headers")
    for name in ("Date", "MIME-Version", "Subject"):
        if name not in parsed:
            yield fault(f"there is no {name} header")
    if "Subject" in parsed and clean_text(str(parsed["Subject"])) != (
        clean_text(issue.subject) or clean_text(issue.newsletter)
    ):
        yield fault("its Subject is not the issue's")
    kinds = [part.get_content_type() for part in parsed.iter_parts()] if parsed.is_multipart() else []
    if parsed.get_content_type() != "multipart/alternative" or kinds != ["text/plain", "text/html"]:
        yield fault(f"it is {parsed.get_content_type()} of {', '.join(kinds) or 'nothing'}, not text and then HTML")
    if any(len(line) > _LONGEST_LINE for line in rendition.body.split(b"\r\n")) or b"\n" in rendition.body.replace(
        b"\r\n", b""
    ):
        yield fault("a line is longer than 998 characters or ends without CR LF, which servers break or refuse")
    if "From" not in parsed:
        yield fault("there is no sender", "set from under [newsletter] before you send it", "notice")
    elif "Message-ID" not in parsed:
        yield fault("there is no Message-ID header")
    elif "List-Unsubscribe" not in parsed:
        words = "there is no List-Unsubscribe header, without which large mailbox providers take it for junk"
        yield fault(words, "set unsubscribe under [newsletter]", "notice")
