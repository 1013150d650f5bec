"""Which lines of a page are furniture by what they say, whatever stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.formats.page_text.dates import dates_in
from digest.formats.page_text.lines import Line
from digest.phrases import POINTER, fold, normal, phrases

SHARE, COUNTER, LINK, DATE, BYLINE, CREDIT, CAPTION, TRAIL = (
    "share bar", "counter", "link", "date line", "byline", "photo credit", "caption", "navigation",
)  # fmt: skip

# Kinds whose phrases open or fill whole sentences; the phrases of the others are words on a button or a label.
_WORDY = frozenset((
    "cookie notice", "newsletter box", "embedded content", "comments", "discussion", "paywall", "copyright", "certificate",
    "translation note", "editing credit", "support appeal", "technical message", "player", "about the author", "tags",
))  # fmt: skip
_LONGEST_WORDY, _LONGEST_BUTTON, _LONGEST_POINTER = 70, 12, 30

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_TOKENS = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_NUMBERS = re.compile(r"[\d\s.,:;/()+%|·•*#&=_~^<>\[\]{}–—-]*[kKmM]?[\s)]*")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[@#][\w.]+(?:\s+[@#][\w.]+)*|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|ch|de|fr|it|es|at|co\.uk|br|pt|nl|info|tv|eu|news|io|ru|jp|cn)(?:/\S*)?"
)
_ARROW = re.compile(r"^(?:[▶►→➡➤☞⇒»›]|>{1,3}|👉)\s*\S")
_TRAIL = re.compile(r"\s*(?:[|›»>•·/→]|::)\s*")
_SIGN_OFF = re.compile(r"^[\s(\[/|–—-]*(?:[^\W\d_]{2,4}[\s/,;+&.-]*){1,5}[)\]]?$")
_CREDIT_SIGN = re.compile(r"^[\s(\[]*(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_TAIL = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s+(?=\S)|[。！？]\s*(?=\S)|\)\s+(?=\S)")
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
    )


def _by_phrase(line: Line) -> str:
    hit = phrases().hit(line.text) if line.words <= _LONGEST_WORDY else None
    if hit is None:
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
    parts = [part for part in _TRAIL.split(text) if part]
    if len(parts) >= 3 and all(len(part.split()) <= 3 for part in parts) and not line.ends:
        return TRAIL
    return ""


def is_date_line(text: str) -> bool:
    """Whether a line says a date or a time and nothing else."""
    if len(text) > 160 or not any(character.isdigit() for character in text):
        return False
    rest = text
    for start, end, _ in reversed(dates_in(text)):
        rest = rest[:start] + " " + rest[end:]
    words = phrases().date_words
    folded = fold(rest)
    left = [word for word in _TOKENS.findall(folded) if word not in words and word.strip(".") not in words]
    return not left or (len(left) == 1 and _is_wide(left[0], words))


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
    """Whether a line is a picture's credit: agencies and names, and no sentence."""
    text = text.strip(" ()[]")
    if len(text) > 120 or text.endswith((".", "!", "?", ":")) and not text.endswith("..."):
        return False
    if _CREDIT_SIGN.match(text):
        return not _YEAR.search(text) and len(text.split()) <= 10
    words = [word for word in re.split(r"[\s/,|+&–—-]+", text) if word]
    if not 1 <= len(words) <= 8 or not _names_an_agency(text):
        return False
    return all(not word[0].islower() or fold(word) in phrases().joins or fold(word) in phrases().agencies or "." in word or word in ("via", "bzw")
               for word in words)  # fmt: skip


def _names_an_agency(text: str) -> bool:
    """Whether one of a line's parts, or its first or last words, is an agency or a site's own name."""
    agencies = phrases().agencies
    folded = fold(text)
    parts = [part.strip() for part in re.split(r"\s*[/|,()+]\s*|\s+via\s+|\s+[–—-]\s+", folded) if part.strip()]
    if any(part in agencies for part in parts):
        return True
    words = folded.split()
    edges = {" ".join(words[:2]), words[0], " ".join(words[-2:]), words[-1]}
    return bool(edges & agencies) or bool(_LINK.fullmatch(words[-1]) and len(words) <= 3)


def is_caption(line: Line) -> bool:
    """Whether a line is a picture's caption: a sentence or two that end in a credit."""
    if line.ends or line.words > 70:
        return False
    cuts = [match.end() for match in _TAIL.finditer(line.text)]
    if not cuts or len(cuts) > 4:
        return False
    tail = line.text[cuts[-1] :]
    return is_credit(tail) or _is_name(tail)


def _is_name(text: str) -> bool:
    """Whether a text is a person's or a firm's name: two to five words, each with a capital."""
    words = re.split(r"[\s/]+", text.strip(" ()[]"))
    return 2 <= len(words) <= 5 and all(word[:1].isupper() or fold(word) in phrases().joins for word in words)


def byline_of(text: str) -> str:
    """The names a byline gives ("By Ada Roe and Ben Loe" → "Ada Roe and Ben Loe"), "" where it is none."""
    if len(text) > 100 or text.endswith((".", "!", "?")) or "  " in text:
        return ""
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


def is_biography(line: Line) -> bool:
    """Whether a line tells of its author ("I cover…", "… is a reporter at…"), if it stands where authors are told of."""
    if line.words > 110:
        return False
    folded = f" {fold(line.text)} "
    first = re.sub(r"[\"“«„].*?[\"”»“]", " ", folded)
    head = " ".join(first.split()[:25])
    roles = phrases().roles
    opening = [word.strip(",.:;") for word in folded.split()[:2]]
    return (
        any(phrase in f" {head} " for phrase in _spaced_bios())
        or (opening[0] in roles if opening else False)
        or _HANDLED.search(line.text) is not None
    )


def _spaced_bios() -> tuple[str, ...]:
    return tuple(phrase if phrase[0] > "\u3000" else " " + phrase for phrase in phrases().bios)
