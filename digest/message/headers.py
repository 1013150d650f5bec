"""Headers as RFC 5322 and RFC 2047 have them: folded, encoded, and never more than one at a time.

Written out by hand, because the standard library folds long URLs of List-* headers into encoded words, which breaks
them, and folds differently from one Python to the next: the same issue must give the same bytes.
"""

from __future__ import annotations

import re
from base64 import b64encode

LINE = 76
LONGEST_LINE = 998
_ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~ -]+", re.ASCII)


def header(name: str, value: str) -> str:
    """One header, its value on a line of its own when it would not fit beside the name."""
    first = value.split("\r\n", 1)[0]
    return f"{name}: {value}" if len(name) + 2 + len(first) <= LINE else f"{name}:\r\n {value}"


def mailbox(header: str, name: str, address: str) -> str:
    """A name, which may be empty, and an address, for the header of that name."""
    if not name:
        return address
    if name.isascii() and len(name) <= LINE - 20 and "=?" not in name:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        phrase = name if _ATOMS.fullmatch(name) else f'"{escaped}"'
    else:
        phrase = _encoded_words(header, name)
    last = phrase.rpartition("\r\n")[2]
    beside = len(header) + 2 + len(last) + len(address) + 3 <= LINE
    return f"{phrase} <{address}>" if beside else f"{phrase}\r\n <{address}>"


def words(header: str, text: str) -> str:
    """Unstructured text, folded at its spaces when it is ASCII, else in encoded words (RFC 2047)."""
    if not text.isascii() or "=?" in text or any(len(word) > LINE - 20 for word in text.split()):
        return _encoded_words(header, text)
    lines, used = [""], len(header) + 2
    for word in text.split(" "):
        if lines[-1] and used + 1 + len(word) > LINE:
            lines.append(word)
            used = 1 + len(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
            used += 1 + len(word)
    return "\r\n ".join(lines)


def _encoded_words(header: str, text: str) -> str:
    """Base64 encoded words, one a line, none of which cuts a character."""
    words, chunk, room = [], b"", LINE - len(header) - 2
    for character in text:
        encoded = character.encode()
        if 12 + -(-(len(chunk) + len(encoded)) // 3) * 4 > room:
            words.append(chunk)
            chunk, room = b"", LINE - 1
        chunk += encoded
    return "\r\n ".join(f"=?utf-8?B?{b64encode(word).decode()}?=" for word in (*words, chunk))
