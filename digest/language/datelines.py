"""The place, date and agency that stand before a report's first sentence and are no part of it."""

from __future__ import annotations

import re

_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.'’]*"
_PLACE = rf"{_WORD}(?:(?:[ /-]|,\s){_WORD}){{0,4}}"
_DATE = r"(?:,?\s\d[^()–—\n]{0,20}|,\s[^()–—\n]{1,20})?"
_DASH = r"\.?\s?(?:--|[–—―-])\s"
_AGENCY = r"(?:afp|ansa|anp|ap|apa|ats|awp|belga|dapd|dpa|efe|epd|keystone|kna|lusa|ntb|ots|sda|sid|tt)(?:[/-][\w]+)*"
_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/ -]{2,40}"
_DATELINES = (
    rf"(?:{_PLACE}{_DATE}\s?)?\([^\W\d_a-z][\w/.,' &-]{{1,30}}\)(?:{_DASH}|:\s)",  # GENEVA, May 3 (Agency) –
    rf"(?:{_PLACE}{_DATE}\s?)?\({_AGENCY}\)(?:{_DASH}|\s)",  # Genf (sda)
    rf"{_CAPITALS}{_DATE}\s{_DASH.lstrip()}",  # GENEVA, Switzerland --
)
_DATELINE = re.compile(rf"\s*(?:(?:{'|'.join(_DATELINES)})\s*){{1,2}}")
_LOOKED_AT = 120


def dateline_end(text: str) -> int:
    """Where an opening dateline ends and the first sentence begins; 0 where there is none."""
    match = _DATELINE.match(text, 0, _LOOKED_AT)
    if match is None:
        return 0
    following = text[match.end() : match.end() + 1]
    return match.end() if following and not following.islower() and not following.isspace() else 0
