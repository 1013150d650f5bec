"""What only a language with capital nouns and the verb in second place shows of a sentence that leans back: German."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from digest.language.lexicon import PERSON_END, Lexicon

_TOKEN = re.compile(r"[\w’'-]+")
_BREAK = re.compile(r"[,:](?!\d)|[;–—(]|\s-\s")
_SEEN = 200
_REACH = 16
_BEFORE_VERB = 3
"""Words between "die" and its verb, in a phrase that has no noun ("Die drei anderen kamen")."""
_MODIFIERS = 2
_DEFINITE = frozenset({"der", "die", "das"})
_SHORT, _LONG = 5, 20
"""Words of a short sentence, and characters of a long word."""
_CORRELATES = 3
"""Words between "dazu" and the comma behind which it is told what is meant ("hat dazu geführt, dass")."""
_ADJECTIVE = (
    "te",
    "ende",
    "ige",
    "iche",
    "ische",
    "bare",
    "same",
    "lose",
    "volle",
    "äre",
    "elle",
    "ive",
    "ale",
    "eise",
)
_QUESTION = re.compile(r"\?[\"”“»«’]*\Z")
_LIKEWISE = re.compile(
    r"(?<=[a-zß-ÿ] )(?:das|dies|es) (?:ganz |etwas |auch )?(?:ähnlich|anders|genauso|ebenso|so aus)\b"
)
_WEAK_VERB = re.compile(r"[a-zäöüß]{2,}(?:te|ten|t)\Z")
_SUPERLATIVE = ("ste", "sten", "zte", "zten")
_INFINITIVE = re.compile(r"\bzu [«„»\"“]?[a-zäöüß]+e?n\b|\b[a-zäöüß]+zu[a-zäöüß]+e?n\b")


def leaves_out_the_noun(text: str, lexis: Lexicon) -> bool:
    """Does a phrase without a noun, or a verb without a subject before it, point back?

    "Alle vier werden geprüft", "Der nannte die Treppe steil", "Standen doch drei Türme leer", "Dann gaben die beiden
    auf", "Bei ihr blieb das Licht", "Gebaut wurde das vor Jahren".
    """
    clause = first_clause(text)
    words = words_of(clause)
    if not words:
        return False
    return (
        _has_no_noun(text, words, lexis)
        or _opens_with_verb(text, clause, words, lexis)
        or _both(words, lexis)
        or _with_her(words, lexis)
        or _object(words, lexis)
        or _pronoun_behind_verb(words, lexis)
        or _is_short_and_says_it(text, lexis)
        or _LIKEWISE.search(text, 0, _SEEN) is not None
    )


def correlates(text: str, end: int, lexis: Lexicon) -> bool:
    """Does what the word that ends at `end` points at follow behind a comma ("hat dazu geführt, dass …")?"""
    rest = text[end : end + _SEEN]
    before, comma, behind = rest.partition(", ")
    if not comma or len(before.split()) > _CORRELATES or _BREAK.search(before):
        return False
    if not before.strip():
        return True
    following = _TOKEN.match(behind)
    return following is not None and (following[0] in lexis.questions or bool(_INFINITIVE.search(behind)))


def person_behind_verb(text: str, lexis: Lexicon) -> str:
    """The noun for somebody told of before that is the subject behind the verb ("Am Abend stürzte der Mann"), or "".

    One that is told apart at once ("der Mann der Wärterin", "der Fahrer Tom Berger") is none.
    """
    clause = first_clause(text)
    words = words_of(clause)[: _REACH + _MODIFIERS + 2]
    if _DEFINITE.isdisjoint(words):
        return ""
    for at in range(1, min(len(words) - 1, _REACH)):
        verb, article = words[at - 1], words[at]
        if article not in _DEFINITE or not _may_be_verb(verb, at - 1, lexis):
            continue
        noun = at + 1
        while noun <= at + _MODIFIERS and noun < len(words) and words[noun].islower():
            noun += 1
        if noun == len(words):
            return ""
        word = words[noun].lower()
        if not (is_person(word, lexis) or words[noun].endswith(lexis.ages)):
            return ""
        following = words[noun + 1] if noun + 1 < len(words) else ""
        return "" if following[:1].isupper() or following in lexis.owners else word
    return ""


def speaker(text: str, lexis: Lexicon) -> str:
    """The one word by which a speaker is named beside the verb of speech (“…”, sagte Vance), or ""."""
    if lexis.speech.isdisjoint(text.split()) and ", so " not in text:
        return ""
    words = ["", *_TOKEN.findall(text), "", ""]
    for at, word in enumerate(words[:-2]):
        if word not in lexis.speech and word != "so":
            continue
        for name, beside in ((words[at + 1], words[at + 2]), (words[at - 1], words[at - 2])):
            if name[:1].isupper() and name.lower() not in lexis.calendar and name.lower() not in lexis.stop:
                return "" if beside[:1].isupper() else name
    return ""


def introduces(text: str, name: str, lexis: Lexicon) -> bool:
    """Does another capitalised word stand before the name ("Ida Vance", "Kommandant Vance")?"""
    return any(
        word == name and before[0].isupper() and before.lower() not in lexis.stop
        for before, word in pairwise(_TOKEN.findall(text))
    )


def is_person(word: str, lexis: Lexicon) -> bool:
    """Does the word, in lower case, end as one for a person told of before does?"""
    return word[-PERSON_END:] in lexis.person_ends and word.endswith(lexis.persons)


def reports(text: str, lexis: Lexicon) -> bool:
    """Is the first verb in the form of reported speech ("Der Turm wanke", "Weil er wankte, habe der Rat")?"""
    clause = first_clause(text)
    words = words_of(clause)[:_REACH]
    if not lexis.reported.isdisjoint(words[1:]):
        return True
    if not lexis.perhaps_reported.isdisjoint(words[1:]) and lexis.conditions.isdisjoint(_TOKEN.findall(text.lower())):
        return True
    if text.startswith(", ", len(clause)) and words and words[0].lower() in lexis.clauses:
        verb = _TOKEN.match(text, len(clause) + 2)
        if verb and verb[0] in lexis.reported:
            return True
    return any(
        noun[0].isupper()
        and word.islower()
        and word.endswith("e")
        and not word.endswith(_ADJECTIVE)
        and following.islower()
        and following not in ("und", "oder", "bis")
        and word not in lexis.indicative
        for noun, word, following in zip(words, words[1:], words[2:], strict=False)
    )


# A sentence is asked several times in a row, by each rule that judges it.
@lru_cache(maxsize=16)
def first_clause(text: str) -> str:
    """What comes before a sentence's first comma, colon, bracket or dash."""
    found = _BREAK.search(text, 1, _SEEN)
    return text[: found.start()] if found else text[:_SEEN]


@lru_cache(maxsize=16)
def words_of(clause: str) -> tuple[str, ...]:
    """The words of a clause, as they stand there."""
    return tuple(_TOKEN.findall(clause))


def _has_no_noun(text: str, words: Sequence[str], lexis: Lexicon) -> bool:
    if words[0].lower() not in lexis.heads:
        return False
    if words[0].lower() in lexis.plurals and words[1:2] and words[1].islower() and words[1].endswith("en"):
        return words[1] not in lexis.prepositions
    for word in words[1 : 2 + _BEFORE_VERB]:
        if word in lexis.verbs:
            return True
        if not word.islower() or word in lexis.prepositions:
            break
    if len(words) < 3:
        return False
    verb, following = words[1], words[2]
    behind = following in lexis.objects or (following in lexis.prepositions and verb.endswith(("te", "ten")))
    return (
        words[0].lower() in lexis.articles
        and behind
        and bool(_WEAK_VERB.match(verb))
        and not verb.endswith(_SUPERLATIVE)
        and verb not in lexis.fronted
        and verb not in lexis.prepositions
        and verb != "nicht"
    )


def _opens_with_verb(text: str, clause: str, words: Sequence[str], lexis: Lexicon) -> bool:
    """A verb opens questions and conditions too ("Steigt das Wasser, bleibt der Turm zu")."""
    first = words[0].lower()
    if first not in lexis.verbs or first in lexis.verbs_or_nouns or _QUESTION.search(text):
        return False
    if text.startswith(", ", len(clause)):
        following = _TOKEN.match(text, len(clause) + 2)
        return following is None or (following[0] not in lexis.verbs and following[0] not in ("so", "dann"))
    return True


def _both(words: Sequence[str], lexis: Lexicon) -> bool:
    if "beiden" not in words:
        return False
    for at, word in enumerate(words):
        if word == "beiden" and at > 1 and words[at - 1] in ("die", "den", "der", "denen"):
            following, next_one = [*words[at + 1 : at + 3], "", ""][:2]
            modifies = following.islower() and following not in lexis.objects and following not in lexis.prepositions
            named = following[:1].isupper() or (modifies and next_one[:1].isupper())
            if not named and "und" not in words[:at]:
                return True
    return False


def _with_her(words: Sequence[str], lexis: Lexicon) -> bool:
    """ "Bei ihr blieb das Licht", not "bei ihr Zuhause"."""
    if "ihr" not in words:
        return False
    for at, (before, word) in enumerate(pairwise(words), 2):
        if word == "ihr" and before.lower() in lexis.datives:
            following = [*words[at : at + 2], "", ""]
            if not following[0][:1].isupper() and not following[1][:1].isupper():
                return True
        if word == "ihr" and before.islower() and words[at : at + 1] and words[at] in {"zu", *lexis.followers}:
            return True
    return False


def _object(words: Sequence[str], lexis: Lexicon) -> bool:
    if any(
        word in ("das", "dies") and following in lexis.followers and words[at + 1 : at + 2] != ["mehr"]
        for at, (word, following) in enumerate(pairwise(words), 1)
        if at > 1
    ):
        return True
    if len(words) < 3 or words[2] not in ("das", "dies") or words[1] not in lexis.verbs:
        return False
    following = words[3] if len(words) > 3 else ""
    known = (lexis.prepositions, lexis.fronted, lexis.articles, ("ein", "eine", "nicht", ""))
    return any(following in each for each in known)


def _pronoun_behind_verb(words: Sequence[str], lexis: Lexicon) -> bool:
    if words[0].lower() not in lexis.fronted and words[0].lower() not in lexis.prepositions:
        return False
    return any(
        word in ("er", "sie") and _may_be_verb(verb, at, lexis) and "und" not in words[:at]
        for at, (verb, word) in enumerate(pairwise(words[:_REACH]))
    )


def _is_short_and_says_it(text: str, lexis: Lexicon) -> bool:
    """ "Frauen können es nicht." """
    if len(text) > _SHORT * _LONG:
        return False
    words = words_of(text)
    return len(words) <= _SHORT and words[-1] != "es" and "es" in words[2:] and words[0].lower() not in lexis.fronted


def _may_be_verb(word: str, at: int, lexis: Lexicon) -> bool:
    if not word.islower() or word in lexis.prepositions or word in lexis.clauses or word in lexis.articles:
        return False
    return at > 0 and word not in lexis.no_verbs
