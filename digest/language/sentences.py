"""Where the sentences of a text begin and end.

A rule of our own: an end mark, the quotes and brackets that close behind it, and what the next word looks
like. Languages differ in their data files (abbreviations, words that open sentences), not in code.
"""

from __future__ import annotations

import re

from digest.language.lexicon import Lexicon, lexicon

# Every quantifier is possessive or bounded, and a candidate is always consumed: time is linear in any text. The
# pattern opens with one set of characters, so that the search runs from mark to mark.
_INDIC = "\u0964\u0965\u1362\u1367\u17d4\u17d5\u104b"
_WIDE = "。！？｡"
_CANDIDATE = re.compile(
    rf"""(?P<mark>[\n.!?…‽؟۔{_WIDE}{_INDIC}][.!?…‽؟۔{_WIDE}]*+(?:[ \u00a0]\.(?!\w))*+)
        (?P<close>(?:\[\d{{1,3}}\]|[\u00a0\u202f ]?[»›](?!\w)|["'”’“«‹)\]」』）】》〉])*+)
        (?P<detached>[ ]"(?!\S))?+""",
    re.VERBOSE,
)
_BLANK_LINE = re.compile(r"\n[ \t\r]*+\n")
_GREEK_QUESTION = re.compile(r"[;\u037e]")
_NEXT = re.compile(r"(?P<symbols>[^\w]{0,12}+)(?P<word>\w[\w’'.-]{0,30}+)")
_SPEAKERS = ("he", "she", "they", "i", "we")
_WINDOW = 40
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}\Z")
_ROMAN = re.compile(r"[IVXLC]+\Z")
_NUMBER = re.compile(r"\d{1,3}\Z")
_APOSTROPHES = str.maketrans("’", "'")
_MARKS = (".", "!", "?", "…")
_OPENING = "\"'“”„«»‹›‘([–—"


def sentence_spans(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Start and end (in characters) of every sentence, in order, without white space at either end.

    Together the spans hold every character of the text that is not white space. Any string is taken,
    in time linear in its length; a language without a data file is split by its marks alone.
    """
    lexis = lexicon(language)
    spans: list[tuple[int, int]] = []
    start = _skip_space(text, 0)
    counted = quotes = 0
    for match in _CANDIDATE.finditer(_readable(text, language)):
        end = match.end()
        if match["mark"][0] == "\n":
            end = match.start()
        elif match["detached"] is not None:
            quotes += text.count('"', counted, end)
            counted = end
            if quotes % 2:
                end = match.start("detached")
        elif match["mark"][-1] in _WIDE:
            end = match.start("close") + len(match["close"].rstrip("“«‹"))  # they open: nothing parts sentences
        if end <= start or not _ends(text, start, match, end, lexis):
            continue
        _append(spans, text, start, end)
        start = _skip_space(text, end)
    _append(spans, text, start, len(text))
    return tuple(spans)


def _readable(text: str, language: str) -> str:
    """The text with marks that only one language uses turned into common ones of the same width."""
    return _GREEK_QUESTION.sub("?", text) if language[:2] == "el" else text


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends(text: str, start: int, match: re.Match[str], end: int, lexis: Lexicon) -> bool:
    """Does the sentence that began at `start` end with this candidate?"""
    if match["mark"][0] == "\n":
        return _BLANK_LINE.match(text, end) is not None
    if match["mark"][-1] in _WIDE:
        # 「…。」と言った: behind a closing bracket a particle carries the sentence on.
        return not (match["close"] and end < len(text) and "\u3041" <= text[end] <= "\u3096")
    if text.startswith(_MARKS, end):
        return False  # “Today …”. The sentence ends behind the next mark.
    following = _NEXT.match(text, end)
    if following is None:
        return end < len(text)
    word, symbols = following["word"], following["symbols"]
    spaced = symbols[:1].isspace()
    if not spaced and not _is_glued(text, match, symbols, word, lexis):
        return False
    if word[0].islower() and not any(letter.isupper() for letter in word[1:3]):
        return "'" in symbols[1:] or "’" in symbols[1:]  # Dutch: 's Avonds, 't Is
    mark = match["mark"]
    if mark == ".":
        return _full_stop_ends(text, start, match.start(), symbols, word, lexis)
    if match["close"] or mark[0] == "…" or mark.startswith(".."):
        return not _is_attribution(text, following.start("word"), symbols, lexis)
    return True


def _is_glued(text: str, match: re.Match[str], symbols: str, word: str, lexis: Lexicon) -> bool:
    """Is this an end whose white space was lost ("over.The next", "over.”The next"), not "example.Org"?"""
    before = text[match.start() - 1 : match.start()]
    if match["mark"] in _INDIC + "۔؟":
        return True
    if not (word[0].isupper() and word[1:2].islower() and before.islower()):
        return False
    return bool(match["close"]) or (not symbols and word.lower() in lexis.openers and "." not in word)


def _is_attribution(text: str, at: int, symbols: str, lexis: Lexicon) -> bool:
    """Does the speaker of the quotation that just closed follow (“Why?” Mr Example asked)?"""
    if any(symbol in _OPENING for symbol in symbols):
        return False
    clause = []
    for token in text[at : at + 60].split()[:5]:
        clause.append(token.strip(",.;:!?").lower())
        if token[-1] in ",;:!?" or (token[-1] == "." and clause[-1] not in lexis.titles):
            break
    if not clause or (clause[0] in lexis.openers and clause[0] not in _SPEAKERS):
        return False
    return not lexis.speech.isdisjoint(clause)


def _full_stop_ends(text: str, start: int, at: int, symbols: str, word: str, lexis: Lexicon) -> bool:
    """Does the full stop at `at` end a sentence, rather than an abbreviation, an initial or an ordinal?"""
    token = _last_token(text[max(start, at - _WINDOW) : at])
    bare = token.rpartition("-")[2]
    key = bare.lower().translate(_APOSTROPHES).rpartition("'")[2]
    opener = _opens(word, symbols, lexis)
    digit = word[0].isdigit()
    if at - len(token) <= start and (_NUMBER.match(bare) or _ROMAN.match(bare) or (len(bare) == 1 and bare.islower())):
        return False  # a list's own number: "1. Wash", "b. Rinse"
    if len(bare) == 1 and bare.islower() and word[1:] != "." and key not in lexis.numbered:
        before = text[max(start, at - _WINDOW) : at - len(token)].rstrip()
        if before[-1:].isdigit():
            return opener or not lexis.ordinals  # a unit or "год": 1,85 m. Elle; German nouns are all capitals
    if key in lexis.titles:
        return False
    if len(bare) == 1 and (bare.isupper() or word[1:] == "."):
        return opener  # an initial, or spaced letters: i. d. R.
    if key in lexis.enders:
        return not digit and word.lower() not in lexis.calendar and not (word.isupper() and len(word) > 1)
    if key in lexis.numbered:
        if digit or (len(word) > 1 and _ROMAN.match(word)):
            return False
        return opener or key not in lexis.abbreviations
    if key in lexis.abbreviations or _DOTTED.match(bare) or any(map(key.endswith, lexis.suffixes)):
        return opener
    if lexis.ordinals and (_NUMBER.match(bare) or (_ROMAN.match(bare) and len(bare) < 6)):
        return _number_ends(text, start, at - len(bare), bare, opener, word, lexis)
    return True


def _last_token(window: str) -> str:
    """What stands before a mark without a space, less the quotes and brackets that open it."""
    if not window or window[-1].isspace():
        return ""
    return window.split()[-1].lstrip(_OPENING)


def _opens(word: str, symbols: str, lexis: Lexicon) -> bool:
    """Is the next word one that opens sentences more often than it goes on a name?"""
    if any(symbol in "“„«¿¡—" for symbol in symbols):
        return True
    if word[1:] == ".":
        return False  # an initial
    lower = word.lower().translate(_APOSTROPHES).rstrip(".-")
    head, apostrophe, _ = lower.partition("'")
    return lower in lexis.openers or head + apostrophe in lexis.openers


def _number_ends(text: str, start: int, at: int, number: str, opener: bool, word: str, lexis: Lexicon) -> bool:
    """Does a number with a full stop end a sentence, where such a number may also be an ordinal (3. Oktober)?"""
    if word.lower() in lexis.calendar:
        return False
    if opener:
        return True
    before = text[max(start, at - _WINDOW) : at].split()
    if before and before[-1].isdigit():
        return True  # the end of a telephone number
    if len(number) < 3:
        return False
    return not (before and before[-1].lower() in lexis.openers)
