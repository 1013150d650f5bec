"""The place, date and agency that stand before a report's first sentence and are no part of it."""

from __future__ import annotations

import re

from digest.language.lexicon import lexicon, openings_of

_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.'’]*"
_SMALL = r"(?:(?:de|del|di|do|da|la|le|of|am|im|an der|sur)\s)?"
_PLACE = rf"{_WORD}(?:(?:[ /-]|,\s){_SMALL}{_WORD}){{0,4}}(?:\sa\.\s?[A-Z]\.)?"
_DATE = r"(?:,?\s\d[^()–—\n]{0,20}|,\s[^()–—\n]{1,20})?"
_DASH = r"\.?\s?(?:--|[–—―·-])\s"
_AGENCY = (
    r"(?i:adnkronos|afp|agi|ansa|anp|ap|apa|askanews|ats|awp|belga|cnn|dapd|dpa|efe|epd|europa press|italpress|"
    r"keystone|kna|lapresse|lusa|notimex|ntb|ots|pa|pk|pl|prensa latina|reuters|sda|servimedia|sid|tass|t[ée]lam|tt|"
    r"upi|xinhua)(?:[/-][\w]+)*"
)
_ARTICLE = "El|La|Los|Las|Un|Una|En|Il|Lo|I|Le|Der|Die|Das|The"
_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/ -]{2,40}"
_TEAM = rf"{_WORD}(?:\s{_WORD})?"
_FIGURES = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?:,?\s[–—-]?\s?(?:ore|alle|h|a las|um)\s\d{1,2}[.,:]\d{2})?\s?[:–—-]\s"
"""3.11.2026 –"""
_DATELINES = (
    rf"(?:{_PLACE}{_DATE},?\s?)?\([^\W\d_a-z][\w/.,' &-]{{1,30}}\)(?:{_DASH}|:\s|--)",  # GENEVA, May 3 (Agency) –
    rf"{_PLACE}{_DATE}\s?\([\w/]{{2,20}}\){_DASH}",  # Roma, 24 nov. (agenzia) -
    rf"(?:{_PLACE}{_DATE},?\s?)?\({_AGENCY}\)(?:{_DASH}|\.\s|\s)",  # Genf (sda)
    r"\([A-Z]{2,8}\)(?=[A-Z“\"])",  # (ABC)The
    r"\([A-ZÀ-ÖØ-Þ][\w/]{1,20}\)\s?[–—-](?=[^\W\d_a-z])",  # (Agency) -The
    r"\([a-z]{2,4}(?:/[a-z]{2,4}){0,3}\)\s",  # (pd/abc)
    rf"{_WORD}(?:[ /]{_WORD}){{0,2}}\.\s\([a-z]{{2,5}}\)\s",  # Norwell/Estria. (abc)
    rf"{_WORD}(?:,\s{_WORD}){{1,4}}\s[–—-]\s(?=(?:D(?:er|ie|as)|Eine?)\s)",  # Norwell, Estria, Valgris – Die
    rf"{_CAPITALS}{_DATE}\s(?:/\w{{2,20}}/\s)?{_DASH.lstrip()}",  # GENEVA, Switzerland --
    rf"{_CAPITALS}{_DATE}:\s",  # GENEVA:
    rf"{_AGENCY}\s{_DASH.lstrip()}",  # Agency -
    rf"{_PLACE}\.\s?[–—-]\s",  # Ciudad de Valgrís.-
    rf"{_PLACE},?\s(?:le\s)?\d[^()–—\n]{{2,25}}{_DASH}",  # Bern, 24.11.2026 -
    rf"{_WORD}(?:(?:\s{_SMALL}|/){_WORD}){{0,2}}\s[–—-]\s(?!.{{0,160}}\s[–—-]\s|{_TEAM}:)",  # Berlin –, no aside
    rf"{_WORD}(?:\s{_SMALL}{_WORD}){{0,2}}/(?=(?:{_ARTICLE})\s)",  # México/El
    _FIGURES,
    rf"\((?:[^\W\d_]{{1,12}}\s){{0,2}}\d{{1,2}}\s[^\W\d_]{{3,12}}\s\d{{4}}\)(?:{_DASH}|\s)",  # (venerdì 3 ottobre 2026)
    rf"{_WORD}(?:/{_WORD})*\s[–—-]\s(?=(?:D(?:er|ie|as)|Eine?|Nach|I[nm]|Am|Bei|Mit|Seit|Wegen|Trotz|Vor|Auf)\s)",
    rf"{_WORD}(?:[ /]{_SMALL}{_WORD}){{0,3}}\s·\s(?=\w)",  # Berlin ·
)
_DATELINE = re.compile(rf"\s*(?:(?:{'|'.join(_DATELINES)})\s*){{1,2}}")
_DATED = re.compile(rf"\s*{_FIGURES}(?=[^\W\d_])")
_LOOKED_AT = 120
_PARTS = "(:-–—―/·"
"""Every dateline has one of these, most openings have none."""
_QUOTES = tuple("\"“„«»‘'")


def dateline_end(text: str, language: str = "und") -> int:
    """Where an opening dateline ends and the first sentence begins; 0 where there is none.

    A teaser's label ("READ ALSO: …") is none.
    """
    head = text[:_LOOKED_AT]
    match = _DATELINE.match(head) if any(map(head.__contains__, _PARTS)) else None
    if match is None:
        return 0
    following = text[match.end() : match.end() + 1]
    if match[0].rstrip().endswith(":") and following in _QUOTES:
        return 0  # a speaker, not a place
    if not following or following.islower() or following.isspace():
        return 0
    lexis = lexicon(language)
    teases = any("call" in (lexis.openings.get(opening), lexis.labels.get(opening)) for opening, _ in openings_of(text))
    return 0 if teases else match.end()


def date_end(text: str) -> int:
    """Where a date in figures ends that opens a paragraph further down, as of many reports in one; 0 without one."""
    match = _DATED.match(text) if text[:1].isdigit() else None
    return match.end() if match else 0
