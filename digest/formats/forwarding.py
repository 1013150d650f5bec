"""The header that a mail program writes above a mail that is passed on: who sent it first, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr

from digest.markup import clean_text
from digest.urls import domain_of

_LOOKED_AT = 5_000
"""Characters within which the header stands: above it is at most a word from whoever passed the mail on."""
_FIELDS = {
    "from": "from|von|de|da|expéditeur|mittente|remitente",
    "date": "date|sent|datum|gesendet|envoyé|data|inviato|fecha|enviado el|enviado",
    "subject": "subject|betreff|objet|oggetto|asunto",
    "to": "to|an|à|a|para|cc|reply-to|antwort an",
}
_FIELD = re.compile(
    r"(?:^|(?<=[\s>*]))\*?(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _FIELDS.items()) + r")\s?:\*?\s+",
    re.IGNORECASE | re.MULTILINE,
)
_WANTED = frozenset(("from", "date", "subject"))
_LONGEST_VALUE, _GAP = 300, 2


@dataclass(frozen=True, slots=True)
class Forwarded:
    """Who sent a mail first, by name or domain; when, as it is written there; and where the header ends in its text."""

    sender: str
    date: str
    end: int


def forwarded_in(text: str) -> Forwarded | None:
    """The header in a text, whether each field stands in a line or all in one; None where there is none.

    It has the sender, the date and the subject close together, in English, German, French, Italian or Spanish.
    """
    text = text[:_LOOKED_AT]
    found: dict[str, str] = {}
    end = 0
    fields = list(_FIELD.finditer(text))
    for number, field in enumerate(fields):
        if field.start() > end + _GAP:  # something else stands between: what came before was no header, or is over
            if found.keys() >= _WANTED:
                break
            found = {}
        following = fields[number + 1].start() if number + 1 < len(fields) else len(text)
        line = text.find("\n", field.end())
        end = min(following, line if line >= 0 else following, field.end() + _LONGEST_VALUE)
        found.setdefault(field.lastgroup or "", clean_text(text[field.end() : end]).strip("* "))
    if not found.keys() >= _WANTED:
        return None
    name, address = parseaddr(found["from"].replace("<mailto:", "<"))
    return Forwarded(clean_text(name).strip("'\" ") or domain_of(address) or found["from"], found["date"], end)
