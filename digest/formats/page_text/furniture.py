"""Which lines of a page are furniture by what they say, whatever stands around them."""

from __future__ import annotations

import re

from digest.contacts import asks_without_place
from digest.formats.page_text.dates import date_spans
from digest.formats.page_text.lines import Line
from digest.phrases import MANY, ONE, POINTER, SOME, fold, phrases

SHARE, COUNTER, LINK, DATE, BYLINE, CREDIT, CAPTION, MENU, SKIP, TAGS, ORNAMENT, CORRECTIONS = (
    "share bar", "counter", "link", "date line", "byline", "photo credit", "caption", "navigation", "skip link", "tags",
    "ornament", "correction contact",
)  # fmt: skip
COMMENTS, DISCUSSION, NEWSLETTER, COPYRIGHT, PAYWALL, READING_TIME, PLAYER, FOLLOW, TRANSLATION, LANGUAGES = (
    "comments", "discussion", "newsletter box", "copyright", "paywall", "reading time", "player", "follow button",
    "translation note", "language switch",
)  # fmt: skip
AUTHOR, EDITING = "about the author", "editing credit"

# Kinds whose phrases open or fill whole sentences; the phrases of the others are words on a button or a label.
_WORDY = frozenset((
    "cookie notice", NEWSLETTER, "embedded content", COMMENTS, DISCUSSION, PAYWALL, COPYRIGHT, TRANSLATION,
    EDITING, "support appeal", "technical message", PLAYER, AUTHOR, TAGS,
))  # fmt: skip
_VAGUE = frozenset((DISCUSSION, EDITING, TRANSLATION, PLAYER, TAGS, "embedded content", CREDIT, CAPTION))
_LONGEST_NOTICE, _LONGEST_WORDY, _LONGEST_BUTTON, _LONGEST_POINTER, _LONGEST_CREDITED = 200, 70, 8, 30, 40
_LONGEST_LABEL = 6
_FEWEST_TELLING, _LONGEST_VAGUE = 3, 12
"""Words; fewer known words at a sentence's start make it furniture only where it is short."""
_LONGEST_COUNTER, _LONGEST_DATE, _LONGEST_CREDIT, _LONGEST_BYLINE, _LONGEST_BIOGRAPHY = 40, 160, 120, 100, 110
_LONGEST_CLOSING_BIOGRAPHY, _NAMED_WITHIN, _TOLD_WITHIN = 60, 15, 10
_FEWEST_CAPTIONED, _LONGEST_CAPTION, _MOST_CAPTION_SENTENCES, _LONGEST_SIGNED, _LONGEST_NAMED = 4, 70, 3, 35, 40
_INITIAL = re.compile(r"[a-zà-ÿ]{2,4}")
_LONGEST_SIGNATURE = 6
_BESIDE_DATE = 4
"""Words that may stand beside a date: who published it, and where."""

_NUMBERS = re.compile(r"[\d\s.,:;/()+%|·•*#&=_~^<>\[\]{}–—-]*[kKmM]?[\s)]*")
_SITE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,6}(?:/\S*)?", re.IGNORECASE)
_TOP = "com|org|net|info|tv|news|eu|ch|de|at|fr|be|it|es|pt|br|mx|ar|nl|co\\.uk|ru|jp|cn|io|example"
_LINK = re.compile(
    rf"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[@#][\w.]+(?:\s+[@#][\w.]+)*|[\w-]+(?:\.[\w-]+)*\.(?:{_TOP})(?:/\S*)?"
)
_ARROW = re.compile(r"^(?:[▶►→➡➤☞⇒»›]|>{1,3}|👉)\s*\S")
_BETWEEN_ENTRIES = re.compile(r"\s*(?:[|›»>•→]|::)\s*|\s+[·/]\s+")
_NAME_OR_YEAR = r"©|\(c\)|:|by\b|\d|(?-i:[A-Z])\S*(?:\s+(?-i:[A-Z])\S*)?$|(?-i:[A-Z]).*\b(?:19|20)\d\d\b"
_CREDIT_SIGN = re.compile(rf"^[\s(\[]*(?:©|\(c\)|copyright\s*(?:{_NAME_OR_YEAR}))", re.IGNORECASE)
_CREDIT_PARTS = re.compile(r"\s*[/|,()+&]\s*|\s+(?:via|and|und|et|e|y)\s+|\s+[–—-]\s+")
_SET_OFF = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s+(?=\S)|[。！？]\s*(?=\S)|\)\s+(?=\S)|\s\|\s+")
_LABEL = re.compile(r"[^\W\d_]+:\s[^:]*$")
_GLUED_CREDIT = re.compile(r"(?<=[\w.”\"'’])(?:Credit|Photo|Foto|Crédit|Bild)(?=[A-Z©])")
_SOURCES = ("source", "quelle", "fonte", "fuente")
_IN_LANGUAGE = re.compile(r"([^\W\d_]+) \([a-z]{2}\)(?:\s|$)")
_INITIALS = re.compile(r"\(?[a-zà-ÿ]{2,4}(?:\s?[/,;]\s?[a-zà-ÿ]{2,4}){1,5}\)?")
_IN_BRACKETS = re.compile(r"(?:[(\[][^\W\d_]{3,12}[)\]]\s*){1,3}")
_SIGNED_BY_SITE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,7}(?:/\w+)*(?:\s|$)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATE_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_WIDE_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_QUOTED = re.compile('["“«„][^"”»“]*["”»“]')
_HANDLE = re.compile(r"\(@\w+\)|@\w{3,}")


def kind_of(line: Line) -> str:
    """The kind of furniture or label a line is, "" where nothing in it says so."""
    return (
        line.kind
        or _by_phrase(line)
        or _by_signs(line)
        or (DATE if is_date_line(line.text) else "")
        or (CREDIT if is_credit(line.text) else "")
        or (CAPTION if is_caption(line) else "")
        or (BYLINE if byline_of(line.text) else "")
        or (CORRECTIONS if asks_without_place(line.text) else "")
    )


def _by_phrase(line: Line) -> str:
    hit = phrases().hit(line.text) if line.words <= _LONGEST_NOTICE else None
    if hit is None:
        return ""
    if hit.how == "whole":
        return hit.kind
    if line.is_prose and hit.words < (_FEWEST_TELLING if hit.kind in _VAGUE else 2):
        return hit.kind if line.words <= _LONGEST_VAGUE and (hit.kind in _WORDY or hit.kind == POINTER) else ""
    if hit.kind == "cookie notice":
        longest = _LONGEST_NOTICE
    elif hit.kind in _WORDY:
        longest = _LONGEST_WORDY
    elif hit.kind == POINTER:
        longest = _LONGEST_POINTER
    elif hit.kind in (CREDIT, CAPTION):
        longest = _LONGEST_CREDITED
    else:
        longest = _LONGEST_LABEL if hit.kind in (ONE, SOME, MANY) else _LONGEST_BUTTON + hit.words
        longest = 0 if line.ends else longest
    return hit.kind if line.words <= longest else ""


def _by_signs(line: Line) -> str:
    text = line.text
    if not any(character.isalnum() for character in text):
        return ORNAMENT
    if len(text) <= _LONGEST_COUNTER and _NUMBERS.fullmatch(text) and not date_spans(text):
        return COUNTER
    if _LINK.fullmatch(text):
        return LINK
    if _CREDIT_SIGN.match(text) and (line.ends or _YEAR.search(text)):
        return COPYRIGHT
    language = _IN_LANGUAGE.match(text)
    if language and fold(language[1]) in phrases().languages:
        return LANGUAGES
    if _INITIALS.fullmatch(text):
        return EDITING
    if _IN_BRACKETS.fullmatch(text):
        return CAPTION
    words = fold(text).replace(",", " ").replace("|", " ").split()
    if fold(text) in phrases().buttons or (len(words) > 1 and all(word in phrases().buttons for word in words)):
        return SHARE
    if line.is_prose or line.ends:
        return ""
    if _ARROW.match(text) and line.words <= _LONGEST_POINTER:
        return POINTER
    items = text.split(", ")
    if len(items) >= 5 and all(len(item.split()) <= 3 for item in items):
        return TAGS
    entries = [entry for entry in _BETWEEN_ENTRIES.split(text) if entry]
    return MENU if len(entries) >= 3 and all(len(entry.split()) <= 3 for entry in entries) else ""


def is_date_line(text: str) -> bool:
    """Whether a line says a date or a time and hardly anything else."""
    if len(text) > _LONGEST_DATE or not any(character.isdigit() for character in text):
        return False
    rest = text
    spans = date_spans(text)
    for start, end in reversed(spans):
        rest = rest[:start] + " " + rest[end:]
    known = phrases().date_words
    left = [word for word in _DATE_WORD.findall(fold(rest)) if word not in known and word.strip(".") not in known]
    if not left or (len(left) == 1 and _is_made_of(left[0], known)):
        return True
    return bool(spans) and len(left) <= _BESIDE_DATE and not text.endswith((".", "!", "?"))


def _is_made_of(word: str, known: frozenset[str]) -> bool:
    """Whether a word written without spaces is made of nothing but the words of dates."""
    if not _WIDE_WORD.fullmatch(word):
        return False
    for part in sorted((part for part in known if part > "\u3000"), key=len, reverse=True):
        word = word.replace(part, "")
    return not word


def is_credit(text: str) -> bool:
    """Whether a line is a picture's credit: an agency, or names with an agency set off from them."""
    text = text.strip(" ()[]")
    if not text or len(text) > _LONGEST_CREDIT or text.endswith((".", "!", "?", ":")):
        return False
    if _CREDIT_SIGN.match(text):
        return not _YEAR.search(text) and len(text.split()) <= 10
    if _SIGNED_BY_SITE.match(text) and len(text.split()) <= _LONGEST_SIGNATURE:
        return True
    parts = [part for part in _CREDIT_PARTS.split(text) if part]
    if len(parts) == 2 and "/" in text and is_name(parts[0]) and is_name(parts[1], 1):
        return True
    supplied = [_supplies(part) for part in parts]
    return any(supplied) and all(
        known or is_name(part, 1) or _INITIAL.fullmatch(part) for part, known in zip(parts, supplied, strict=True)
    )


def _supplies(text: str) -> bool:
    """Whether a text is an agency's name or a site's own."""
    if fold(text) in phrases().agencies or _SITE.fullmatch(text):
        return True
    words = fold(text).split()
    return is_name(text) and not phrases().agency_nouns.isdisjoint((words[0], words[-1]))


def is_caption(line: Line) -> bool:
    """Whether a line is a picture's caption: words that end in a credit, which is set off or says that it is one."""
    text = line.text
    if line.ends or not _FEWEST_CAPTIONED <= line.words <= _LONGEST_CAPTION or line.sentences > _MOST_CAPTION_SENTENCES:
        return False
    end = text[-_LONGEST_CREDIT:]
    if _GLUED_CREDIT.search(end):
        return True
    for match in _SET_OFF.finditer(end):
        tail = end[match.end() :]
        if tail.startswith("(") and (tail.islower() or line.words > _LONGEST_SIGNED or line.sentences > 1):
            continue  # a paragraph that its agency signs
        tail = tail.strip(" |([])")
        named = is_name(tail) and line.words <= _LONGEST_NAMED and line.sentences <= 2
        if line.words - len(tail.split()) >= _FEWEST_CAPTIONED and (
            named or is_credit(tail) or _is_labelled_credit(tail)
        ):
            return True
    label = _LABEL.search(end)
    if label and _is_labelled_credit(end[label.start() :].strip(" |([])")):
        return True
    name, slash, agency = text.rpartition("/")
    return bool(slash) and _supplies(agency.strip()) and is_name(" ".join(name.split()[-2:]))


def _is_labelled_credit(text: str) -> bool:
    """Whether a text is a credit that says so ("Photo: Ada Roe", "Source: supplied")."""
    hit = phrases().hit(text)
    return hit is not None and len(text.split()) <= 12 and (hit.kind == CREDIT or fold(text).startswith(_SOURCES))


def is_name(text: str, fewest: int = 2) -> bool:
    """Whether a text may be a person's or a firm's name: `fewest` to five words, each with a capital."""
    words = re.split(r"[\s/]+", text.strip(" ()[]"))
    return (
        fewest <= len(words) <= 5
        and words[0][:1].isalpha()
        and all(not word[:1].islower() or fold(word) in phrases().particles for word in words)
    )


def byline_of(text: str) -> str:
    """The names a byline gives ("By Ada Roe and Ben Loe" → "Ada Roe and Ben Loe"), "" where it is none."""
    text = text.lstrip("|•·–—- ")
    if len(text) > _LONGEST_BYLINE or text.endswith((".", "!", "?")):
        return ""
    folded = fold(text)
    for word in phrases().bylines:
        marked = word[-1] in ":/"
        if folded.startswith(word) and (marked or not text[len(word) : len(word) + 1].isalnum()):
            names = text[len(word) :].strip(" :：")
            return names if _are_names(names, marked) else ""
    return ""


def _are_names(text: str, marked: bool) -> bool:
    """Whether a text is names and what joins them; behind a mark ("Author:") a word more may stand."""
    words = [word for word in re.split(r"[\s,;/&+|]+", text) if word]
    if not words or len(words) > 12 or any(character.isdigit() for character in text):
        return False
    small = [word for word in words if word[0].islower()]
    other = [word for word in small if fold(word) not in phrases().joins and fold(word) not in phrases().roles]
    if marked:
        return len(other) <= 1
    return not other and 2 <= len(words) - len(small) <= 8 and len(words[0]) > 1


def is_biography(line: Line) -> bool:
    """Whether a line tells of its author ("I cover…", "Ada Roe is a reporter…", "Reporter in Bern…").

    Only to be asked below a headline's byline and date, where authors are told of.
    """
    words = _QUOTED.sub(" ", line.text).split()
    if not words or line.words > _LONGEST_BIOGRAPHY:
        return False
    is_role = fold(words[0]).strip(",.:;") in phrases().roles and not any(word[:1].isupper() for word in words[1:2])
    return is_role or _says(phrases().bios, words[:_TOLD_WITHIN]) or _HANDLE.search(line.text) is not None


def is_closing_biography(line: Line) -> bool:
    """Whether a line at an article's end tells of its author: by name ("Ada Roe is a reporter…") or by a handle."""
    words = line.text.split()
    if line.words > _LONGEST_CLOSING_BIOGRAPHY or not is_name(" ".join(words[:2])):
        return False
    named = any(fold(word).strip(",.:;") in phrases().roles for word in words[:_NAMED_WITHIN])
    return (named and _says(phrases().bios, words[:_NAMED_WITHIN])) or _HANDLE.search(line.text) is not None


def tells_of_career(line: Line) -> bool:
    """Whether a line may be all that a page tells of an author, above the list of what he or she wrote."""
    return _says((*phrases().bios, *phrases().careers), line.text.split()) and line.words <= _LONGEST_BIOGRAPHY


def _says(some: tuple[str, ...], words: list[str]) -> bool:
    text = f" {fold(' '.join(words))} "
    return any(phrase in text for phrase in some)
