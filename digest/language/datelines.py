"""The place, date and agency that stand before a report's first sentence and are no part of it."""

from __future__ import annotations

import re

_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.'’]*"
_SMALL = r"(?:(?:de|del|di|do|da|la|le|of|am|im|an der|sur)\s)?"
_PLACE = rf"{_WORD}(?:(?:[ /-]|,\s){_SMALL}{_WORD}){{0,4}}(?:\sa\.\s?[A-Z]\.)?"
_DATE = r"(?:,?\s\d[^()–—\n]{0,20}|,\s[^()–—\n]{1,20})?"
_DASH = r"\.?\s?(?:--|[–—―-])\s"
_AGENCY = (
    r"(?i:adnkronos|afp|agi|ansa|anp|ap|apa|askanews|ats|awp|belga|cnn|dapd|dpa|efe|epd|europa press|italpress|"
    r"keystone|kna|lapresse|lusa|notimex|ntb|ots|pa|pl|prensa latina|reuters|sda|servimedia|sid|tass|t[ée]lam|tt|upi|"
    r"xinhua)(?:[/-][\w]+)*"
)
_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/ -]{2,40}"
_DATELINES = (
    rf"(?:{_PLACE}{_DATE},?\s?)?\([^\W\d_a-z][\w/.,' &-]{{1,30}}\)(?:{_DASH}|:\s|--)",  # GENEVA, May 3 (Agency) –
    rf"{_PLACE}{_DATE}\s?\([\w/]{{2,20}}\){_DASH}",  # Roma, 24 nov. (agenzia) -
    rf"(?:{_PLACE}{_DATE},?\s?)?\({_AGENCY}\)(?:{_DASH}|\.\s|\s)",  # Genf (sda)
    r"\([A-Z]{2,8}\)(?=[A-Z“\"])",  # (ABC)The
    rf"{_CAPITALS}{_DATE}\s(?:/\w{{2,20}}/\s)?{_DASH.lstrip()}",  # GENEVA, Switzerland --
    rf"{_CAPITALS}{_DATE}:\s",  # GENEVA:
    rf"{_AGENCY}\s{_DASH.lstrip()}",  # Agency -
    rf"{_PLACE}\.\s?[–—-]\s",  # Ciudad de Valgrís.-
    rf"{_PLACE},?\s(?:le\s)?\d[^()–—\n]{{2,25}}{_DASH}",  # Bern, 24.11.2026 -
    rf"{_WORD}\s[–—-]\s(?!.{{0,160}}\s[–—-]\s)",  # Berlin –, where no aside begins
)
_DATELINE = re.compile(rf"\s*(?:(?:{'|'.join(_DATELINES)})\s*){{1,2}}")
_LOOKED_AT = 120
_PARTS = "(:-–—―"
"""Every dateline has one of these, most openings have none."""
_QUOTES = tuple("\"“„«»‘'")


def dateline_end(text: str) -> int:
    """Where an opening dateline ends and the first sentence begins; 0 where there is none."""
    head = text[:_LOOKED_AT]
    match = _DATELINE.match(head) if any(map(head.__contains__, _PARTS)) else None
    if match is None:
        return 0
    following = text[match.end() : match.end() + 1]
    if match[0].rstrip().endswith(":") and following in _QUOTES:
        return 0  # a speaker, not a place
    return match.end() if following and not following.islower() and not following.isspace() else 0
