"""Whether a sentence can be understood by somebody who has not read the one before it.

What to look for stands in the languages' lists; a language without lists leans on nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest.language.lexicon import Lexicon, openings_of

_TOKEN = re.compile(r"[\w’'-]+")
_ELISION = re.compile("['’]")
_SEEN = 200
"""Characters in which the subject of a sentence has come."""
_REACH, _REACH_BEHIND_COMMA = 8, 16
"""Words before a pronoun without a name, and before one that follows the comma after an opening phrase."""
_QUOTE = re.compile(r"“[^“”]*[”“]|„[^“”„]*[“”]|«[^«»]*»|»[^«»]*«|\"[^\"]*\"|‘[^‘]*?’(?!\w)")
_OPENS_WITH_QUOTE = re.compile(r"\W{0,3}[“„«»\"‘]")
_OPENS_WITH_DASH = re.compile(r"[–—-]\s?[^\W\d_]")
_SHORT_CLAUSE = 3
_ROOT, _INFLECTED = 5, 2


def points_back(text: str, lexis: Lexicon) -> bool:
    """Does the sentence open with a word or phrase that points at the one before ("But", "Two years later")?"""
    return any(
        opening in lexis.dangling or opening.endswith(lexis.dangling_endings) for opening, _ in openings_of(text)
    )


def anaphor(text: str, lexis: Lexicon) -> str:
    """The noun by which the sentence opens on what was told of before ("The strike began …"), or "".

    A noun that is told apart at once ("The strike of 1931", "The strike leader Ida Vance") is none.
    """
    for opening, end in openings_of(text):
        noun = lexis.anaphors.get(opening)
        if noun:
            following = _TOKEN.search(text, end, end + 40)
            told_apart = following is not None and (
                _ELISION.split(following[0].lower())[0] in lexis.complements
                or (following[0][0].isupper() and not lexis.capital_nouns)
            )
            return "" if told_apart else noun
    return ""


def names(noun: str, terms: Iterable[str]) -> bool:
    """Is this noun among the terms, whatever its ending?"""
    return any(
        abs(len(term) - len(noun[:6])) <= _INFLECTED and (term.startswith(noun[:_ROOT]) or noun.startswith(term))
        for term in terms
    )


def nobody_named(text: str, lexis: Lexicon) -> bool:
    """Is the subject, behind an opening phrase, a pronoun ("On Monday she said …")?"""
    first = _TOKEN.search(text, 0, _SEEN)
    if first is None or not lexis.pronouns:
        return False
    opening = first[0].lower()
    if opening not in lexis.fronted and opening not in lexis.clauses:
        return False
    named = False
    for count, (token, before) in enumerate(_tokens(text, first.end()), 2):
        if token.lower() in lexis.pronouns:
            behind_comma = before.endswith(", ")
            return (behind_comma and opening in lexis.fronted) or (not named and count <= _REACH)
        # "After the storm the keeper said he …"; in German the verb comes first.
        if count >= _REACH_BEHIND_COMMA or (token.lower() in lexis.speech and not lexis.capital_nouns):
            return False
        named = named or (token[0].isupper() and not lexis.capital_nouns and token.lower() not in lexis.calendar)
    return False


def nobody_speaks(text: str, lexis: Lexicon) -> bool:
    """Is this a quotation of which no more is said than "she said"?"""
    if not lexis.pronouns:
        return False
    if _OPENS_WITH_DASH.match(text):
        return _said_by_nobody(text, lexis)
    if not _OPENS_WITH_QUOTE.match(text):
        return False
    said = _QUOTE.sub(" ", text)
    if len(said) == len(text):
        return False
    outside = _TOKEN.findall(said)
    if not outside or len(" ".join(outside)) > len(text) / 2:
        return False
    if any(word[0].isupper() and word.lower() not in lexis.calendar for word in outside):
        return False
    if lexis.subjectless and len(outside) <= _SHORT_CLAUSE:
        return True
    return any(part in lexis.pronouns for word in outside for part in word.lower().split("-"))


def _said_by_nobody(text: str, lexis: Lexicon) -> bool:
    """Of speech behind a dash, as Norwegian and French papers print it: does no verb with a speaker follow?"""
    words = _TOKEN.findall(text)
    said = next((place for place, word in enumerate(words) if word.lower() in lexis.speech), None)
    return said is None or any(word.lower() in lexis.pronouns for word in words[said + 1 : said + 2])


def _tokens(text: str, start: int) -> Iterator[tuple[str, str]]:
    """Each word with the two characters before it."""
    for match in _TOKEN.finditer(text, start, _SEEN):
        yield match[0], text[max(0, match.start() - 2) : match.start()]
