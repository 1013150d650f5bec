"""Which lines of a page are furniture by what they say, whatever stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.contacts import asks_without_place
from digest.formats.page_text.dates import dates_in
from digest.formats.page_text.lines import Line
from digest.phrases import POINTER, fold, normal, phrases

SHARE, COUNTER, LINK, DATE, BYLINE, CREDIT, CAPTION, TRAIL, TAGS, CORRECTIONS = (
    "share bar", "counter", "link", "date line", "byline", "photo credit", "caption", "navigation", "tags",
    "correction contact",
)  # fmt: skip

# Kinds whose phrases open or fill whole sentences; the phrases of the others are words on a button or a label.
_WORDY = frozenset((
    "cookie notice", "newsletter box", "embedded content", "comments", "discussion", "paywall", "copyright",
    "translation note", "editing credit", "support appeal", "technical message", "player", "about the author", "tags",
))  # fmt: skip
_LONGEST_NOTICE, _LONGEST_WORDY, _LONGEST_BUTTON, _LONGEST_POINTER = 200, 70, 8, 30

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_TOKENS = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_NUMBERS = re.compile(r"[\d\s.,:;/()+%|·•*#&=_~^<>\[\]{}–—-]*[kKmM]?[\s)]*")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[@#][\w.]+(?:\s+[@#][\w.]+)*|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|ch|de|fr|it|es|at|co\.uk|br|pt|nl|info|tv|eu|news|io|ru|jp|cn)(?:/\S*)?"
)
_SITE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,6}(?:/\S*)?", re.IGNORECASE)
_CREDIT_PARTS = re.compile(r"\s*[/|,()+&]\s*|\s+(?:via|and|und|et|e|y)\s+|\s+[–—-]\s+")
_ARROW = re.compile(r"^(?:[▶►→➡➤☞⇒»›]|>{1,3}|👉)\s*\S")
_TRAIL = re.compile(r"\s*(?:[|›»>•→]|::)\s*|\s+[·/]\s+")
_SIGN_OFF = re.compile(r"^[\s(\[/|–—-]*(?:[^\W\d_]{2,4}[\s/,;+&.-]*){1,5}[)\]]?$")
_CREDIT_SIGN = re.compile(r"^[\s(\[]*(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_SET_OFF = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s+(?=\S)|[。！？]\s*(?=\S)|\)\s+(?=\S)|\s\|\s+")
_LABEL = re.compile(r"[^\W\d_]+:\s[^:]*$")
_GLUED_CREDIT = re.compile(r"(?<=[\w.”\"'’])(?:Credit|Photo|Foto|Crédit|Bild)(?=[A-Z©])")
_SOURCES = ("source", "quelle", "fonte", "fuente")
_LONGEST_CREDIT = 120
_FEWEST_CAPTIONED, _LONGEST_SIGNED = 4, 35
_FEW = 4
_LONGEST_BIOGRAPHY = 110
_QUOTED = re.compile('["“«„][^"”»“]*["”»“]')
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HANDLED = re.compile(r"\(@\w+\)|@\w{3,}")


def kind_of(line: Line) -> str:
    """The kind of furniture or label a line is, "" where nothing in it says so."""
    if line.kind:
        return line.kind
    return (
        _by_phrase(line)
        or _by_signs(line)
        or (DATE if is_date_line(line.text) else "")
        or (CREDIT if is_credit(line.text) else "")
        or (CAPTION if is_caption(line) else "")
        or (BYLINE if byline_of(line.text) else "")
        or (CORRECTIONS if asks_without_place(line.text) else "")
    )


def _by_phrase(line: Line) -> str:
    hit = phrases().hit(line.text) if line.words <= _LONGEST_NOTICE else None
    if hit is None or (line.words > _LONGEST_WORDY and hit.kind != "cookie notice"):
        return ""
    if hit.how == "whole" or hit.kind in _WORDY:
        return hit.kind
    if hit.kind == POINTER:
        return hit.kind if line.words <= _LONGEST_POINTER else ""
    if hit.kind in (CREDIT, CAPTION):
        return hit.kind if line.words <= _LONGEST_POINTER + 10 else ""
    return "" if line.is_prose and line.words > _LONGEST_BUTTON else hit.kind


def _by_signs(line: Line) -> str:
    text = line.text
    if not any(character.isalnum() for character in text):
        return "ornament"
    if len(text) <= 40 and _NUMBERS.fullmatch(text):
        return COUNTER
    if _LINK.fullmatch(text):
        return LINK
    words = [fold(word) for word in text.replace(",", " ").replace("|", " ").split()]
    if fold(text) in phrases().buttons or (len(words) > 1 and all(word in phrases().buttons for word in words)):
        return SHARE
    if _ARROW.match(text) and not line.is_prose and line.words <= _LONGEST_POINTER:
        return POINTER
    items = text.split(", ")
    if len(items) >= 5 and all(len(item.split()) <= 3 for item in items) and not line.ends:
        return TAGS
    parts = [part for part in _TRAIL.split(text) if part]
    if len(parts) >= 3 and all(len(part.split()) <= 3 for part in parts) and not line.ends:
        return TRAIL
    return ""


def is_date_line(text: str) -> bool:
    """Whether a line says a date or a time and hardly anything else: who published it at most."""
    if len(text) > 160 or not any(character.isdigit() for character in text):
        return False
    found = dates_in(text)
    rest = text
    for start, end, _ in reversed(found):
        rest = rest[:start] + " " + rest[end:]
    words = phrases().date_words
    left = [word for word in _TOKENS.findall(fold(rest)) if word not in words and word.strip(".") not in words]
    if not left or (len(left) == 1 and _is_wide(left[0], words)):
        return True
    return bool(found) and len(left) <= _FEW and not text.endswith((".", "!", "?"))


def _is_wide(word: str, words: frozenset[str]) -> bool:
    """Whether a word written without spaces is made of nothing but the words of dates."""
    if not re.fullmatch(r"[\u3040-\u30ff\u3400-\u9fff]+", word):
        return False
    for known in sorted((known for known in words if known and known[0] > "\u3000"), key=len, reverse=True):
        word = word.replace(known, "")
    return not word


def dates_said(text: str) -> Iterator[tuple[bool, object]]:
    """For each date of a line, whether it says when the article was changed, and the moment."""
    at = 0
    for start, end, moment in dates_in(text):
        before = fold(text[at:start])
        yield any(word in before for word in phrases().update_words), moment
        at = end


def is_credit(text: str) -> bool:
    """Whether a line is a picture's credit: an agency, or names with an agency set off from them."""
    text = text.strip(" ()[]")
    if not text or len(text) > 120 or text.endswith((".", "!", "?", ":")):
        return False
    if _CREDIT_SIGN.match(text):
        return not _YEAR.search(text) and len(text.split()) <= 10
    parts = [part for part in _CREDIT_PARTS.split(text) if part]
    if len(parts) == 2 and "/" in text and all(map(is_name, parts[:1])) and is_name(parts[1], 1):
        return True
    supplied = [_supplies(part) for part in parts]
    return any(supplied) and all(known or is_name(part, 1) for part, known in zip(parts, supplied, strict=True))


def _supplies(text: str) -> bool:
    """Whether a text is an agency's name or a site's own."""
    return fold(text) in phrases().agencies or _SITE.fullmatch(text) is not None


def is_caption(line: Line) -> bool:
    """Whether a line is a picture's caption: words that end in a credit, set off by a full stop, a bar or its own label."""
    text = line.text
    if line.ends or line.words > 70:
        return False
    end = text[-_LONGEST_CREDIT:]
    if _GLUED_CREDIT.search(end):
        return True
    for match in _SET_OFF.finditer(end):
        tail = end[match.end() :]
        if tail.startswith("(") and (tail.islower() or line.words > _LONGEST_SIGNED or line.sentences > 1):
            continue  # a paragraph that the agency signs
        tail = tail.strip(" |([])")
        if line.words - len(tail.split()) >= _FEWEST_CAPTIONED and (
            is_credit(tail) or is_name(tail) or _is_labelled_credit(tail)
        ):
            return True
    label = _LABEL.search(text)
    if label and line.words >= _FEWEST_CAPTIONED and _is_labelled_credit(text[label.start() :].strip(" |([")):
        return True
    name, slash, agency = text.rpartition("/")
    return (
        bool(slash)
        and _supplies(agency.strip())
        and is_name(" ".join(name.split()[-2:]))
        and line.words >= _FEWEST_CAPTIONED
    )


def _is_labelled_credit(text: str) -> bool:
    """Whether a text is a credit that says so ("Photo: Ada Roe", "Source: supplied")."""
    hit = phrases().hit(text)
    return hit is not None and len(text.split()) <= 12 and (hit.kind == CREDIT or fold(text).startswith(_SOURCES))


def is_name(text: str, fewest: int = 2) -> bool:
    """Whether a text is a person's or a firm's name: at most five words, each with a capital."""
    words = re.split(r"[\s/]+", text.strip(" ()[]"))
    named = [word for word in words if not word[:1].islower() or fold(word) in phrases().particles]
    return fewest <= len(words) <= 5 and len(named) == len(words) and words[0][:1].isalpha()


def byline_of(text: str) -> str:
    """The names a byline gives ("By Ada Roe and Ben Loe" → "Ada Roe and Ben Loe"), "" where it is none."""
    if len(text) > 100 or text.endswith((".", "!", "?")) or "  " in text:
        return ""
    text = text.lstrip("|•·–—- ")
    folded = fold(text)
    for word in phrases().bylines:
        if folded.startswith(word) and (word[-1] in ":：/" or not text[len(word) : len(word) + 1].isalnum()):
            names = text[len(word) :].strip(" :：")
            return names if _are_names(names, marked=word[-1] in ":：") else ""
    return ""


def _are_names(text: str, marked: bool) -> bool:
    words = [word for word in re.split(r"[\s,;/&+|]+", text) if word]
    if not words or len(words) > 12 or any(character.isdigit() for character in text):
        return False
    capitals = [word for word in words if word[0].isupper() or not word[0].isalpha() or word[0] > "\u0590"]
    small = [
        word
        for word in words
        if word not in capitals and fold(word) not in phrases().joins and fold(word) not in phrases().roles
    ]
    if marked:
        return len(small) <= 1
    return not small and 2 <= len(capitals) <= 8 and len(words[0]) > 1


def is_biography(line: Line, within: int = 25) -> bool:
    """Whether the first words of a line tell of its author ("I cover…", "… is a reporter at…").

    Only where authors are told of: a report may be about a reporter.
    """
    if line.words > _LONGEST_BIOGRAPHY:
        return False
    words = fold(_QUOTED.sub(" ", line.text)).split()
    opening = words[0].strip(",.:;") if words else ""
    head = f" {' '.join(words[:within])} "
    return (
        opening in phrases().roles
        or any(phrase in head for phrase in _spaced_bios())
        or _HANDLED.search(line.text) is not None
    )


def _spaced_bios() -> tuple[str, ...]:
    return tuple(phrase if phrase[0] > "\u3000" else " " + phrase for phrase in phrases().bios)
