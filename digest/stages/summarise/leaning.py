"""Whether a sentence can be understood by somebody who has not read the one before it.

What to look for stands in the languages' lists; a language without lists leans on nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from digest.language.lexicon import Lexicon, openings_of, small_words
from digest.model import Sentence
from digest.stages.summarise.untold import is_bare, may_speak_as_i, opens_on_the_untold, speaks_as_i
from digest.stages.summarise.verb_second import (
    correlates,
    first_clause,
    is_person,
    leaves_out_the_noun,
    person_behind_verb,
    reports,
    words_of,
)

_TOKEN = re.compile(r"[\w’'-]+")
_PART = re.compile(r"[\w-]+['’]?")
_OPENING_PHRASE = 5
"""Spaces in the longest opening phrase that is no clause of its own, with something in it to point at."""
_MODIFIERS = 2
"""Words that may stand between an article and its noun."""
_LEAST_VERB = 5
_COMING = 3
"""Words in which the subject follows that a verb lacks before it ("ha vinto Vance")."""
_SEEN = 200
"""Characters in which the subject of a sentence has come."""
_REACH, _REACH_BEHIND_COMMA = 8, 16
_FARTHEST = 30
"""Words before a pronoun without a name, and before one that follows the comma after an opening phrase."""
_ASIDE = re.compile(r"\s?\([^()]{1,60}\)")
_QUOTE = re.compile(r"“[^“”]*[”“]|„[^“”„]*[“”]|«[^«»]*»|»[^«»]*«|\"[^\"]*\"|‘[^‘]*?’(?!\w)")
_OPENS_WITH_QUOTE = re.compile(r"\W{0,3}[“„«»\"‘]")
DASHES = "–—-"
_OPENS_WITH_DASH = re.compile(rf"[{DASHES}]\s?[“„«\"]?[¿¡]?[^\W\d_]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AFTER_WHAT = re.compile(r" (?:del?|que)\b")
"""“Dos años después de la huelga” says after what."""
_ANYBODY = frozenset({"se", "si"})
_THAT = re.compile(r" (?:que|che)\b")
_COORDINATES = ("e", "ed", "o", "y", "in")
_SHORT_CLAUSE = 3
_LAST_WORDS, _LONG = 5, 20
_END_MARKS = '.!?…"”“»«’ '
_ROOT, _INFLECTED = 5, 2


def leans_back(text: str, lexis: Lexicon) -> bool:
    """Does the sentence point at the one before, or speak of somebody it does not name?"""
    if lexis.capital_nouns and "(" in text:
        text = _ASIDE.sub("", text)
    if points_back(text, lexis) or nobody_named(text, lexis) or _goes_on_speaking(text, lexis):
        return True
    if lexis.capital_nouns and leaves_out_the_noun(text, lexis):
        return True
    return _may_turn_back(text, lexis) and turns_back(text, lexis)


def _may_turn_back(text: str, lexis: Lexicon) -> bool:
    if not lexis.connective_words:
        return False
    # Few sentences have one of these words, and this costs less than to look for the phrases.
    words = small_words(text[:_SEEN])
    return not (lexis.connective_words.isdisjoint(words) and lexis.demonstratives.isdisjoint(words))


def points_back(text: str, lexis: Lexicon) -> bool:
    """Does the sentence open with a word or phrase that points at the one before ("But", "Two years later")?"""
    openings = openings_of(text)
    if any(opening in lexis.dangling for opening, _ in openings):
        return True
    if any(opening.endswith(lexis.dangling_endings) and not _AFTER_WHAT.match(text, end) for opening, end in openings):
        return True
    if lexis.heads and _stands_for_a_noun(text, lexis):
        return True
    if lexis.particles and opens_on_the_untold(text, lexis):
        return True
    return bool(lexis.verb_endings) and _leaves_out_the_subject(text, lexis)


def turns_back(text: str, lexis: Lexicon) -> bool:
    """Does a connective in second place, or "this" before a noun, point back ("The council, however, …")?

    Looked for before the sentence's first comma, colon or dash that does not end an opening phrase: behind it,
    there is something in the sentence itself to point at.
    """
    clause = first_clause(text)
    opening = next((opening for opening, _ in openings_of(text)), "")
    reach = _REACH
    if opening in lexis.fronted or opening in lexis.prepositions:
        reach = _REACH_BEHIND_COMMA
        if clause.count(" ") <= _OPENING_PHRASE:
            clause += first_clause(text[len(clause) :])
    return _is_connected(text, clause, reach, lexis) or _shows(clause, reach, lexis)


def anaphor(text: str, lexis: Lexicon) -> str:
    """The noun by which the sentence opens on what was told of before ("The strike began …"), or "".

    A noun that is told apart at once ("The strike of 1931", "The strike leader Ida Vance") is none. In a language
    with a list of what everybody knows, one behind an opening phrase counts too, unless that phrase has it. In German
    it may also be the person behind the verb ("Am Abend stürzte der Mann").
    """
    noun = _anaphor_at(text, 0, lexis)
    if not noun and lexis.persons:
        return person_behind_verb(text, lexis)
    if noun or not lexis.uniques:
        return noun
    opening = _first_word(text, 0)
    if opening not in lexis.fronted and opening not in lexis.clauses and opening not in lexis.prepositions:
        return ""
    clause = first_clause(text)
    if not text.startswith(", ", len(clause)) or clause.count(" ") > _REACH:
        return ""
    noun = _anaphor_at(text, len(clause) + 2, lexis)
    return "" if noun and names(noun, map(str.lower, _PART.findall(clause))) else noun


def _anaphor_at(text: str, start: int, lexis: Lexicon) -> str:
    opening = _first_word(text, start)
    if opening not in lexis.articles and opening not in lexis.prepositions:
        return ""
    tokens = list(islice(_PART.finditer(text, start, start + _SEEN), _MODIFIERS + 4))
    if opening in lexis.prepositions:
        del tokens[0]  # "After the strike the pier …"
        if not tokens or _plain(tokens[0][0]) not in lexis.articles:
            return ""
    at = 1
    while at <= _MODIFIERS and at < len(tokens) and _modifies(tokens[at][0], lexis):
        at += 1
    noun = _plain(tokens[at][0]) if at < len(tokens) else ""
    if not _stands_for_something(tokens[at][0] if noun else "", lexis):
        return noun if lexis.uniques and is_bare(text, start, tokens, at, lexis) else ""
    if at + 1 == len(tokens):
        return noun
    following, between = tokens[at + 1][0], text[tokens[at].end() : tokens[at + 1].start()]
    telling = lexis.owners if is_person(noun, lexis) else lexis.complements
    complement = "," not in between and _plain(following).rstrip("'") in telling
    return "" if complement or following[0].isupper() else noun


def _stands_for_something(noun: str, lexis: Lexicon) -> bool:
    plain = _plain(noun)
    if plain in lexis.anaphors or is_person(plain, lexis):
        return True
    return plain[:1].isdigit() and noun.endswith(lexis.ages)


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
    if lexis.capital_nouns:
        return _verb_before_pronoun(text, first[0].lower() in lexis.fronted, lexis)
    opening = first[0].lower()
    if opening not in lexis.fronted and opening not in lexis.clauses:
        return False
    named = False
    for count, (token, before) in enumerate(_tokens(text, first.end()), 2):
        if token.lower() in lexis.pronouns:
            behind_comma = before.endswith(", ")
            return (behind_comma and opening in lexis.fronted) or (not named and count <= _REACH)
        # "After the storm the keeper said he …"
        if count >= _REACH_BEHIND_COMMA or token.lower() in lexis.speech:
            return False
        named = named or (token[0].isupper() and token.lower() not in lexis.calendar)
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
    small = [part for word in outside for part in word.lower().split("-")]
    if any(
        word[0].isupper() and word.lower() not in lexis.calendar and not _stands_for_something(word, lexis)
        for word in outside
    ):
        return False
    if lexis.subjectless and len(outside) <= _SHORT_CLAUSE:
        return True
    # “…”, the same driver said: known only to those who read of a driver before.
    if any(_stands_for_something(word, lexis) for word in outside):
        return True
    return any(part in lexis.pronouns or part in lexis.demonstratives or part in lexis.anaphors for part in small)


def nobody_reports(text: str, lexis: Lexicon) -> bool:
    """Is this reported speech, as German tells by the verb's form, of which nobody is said to have spoken?

    Or does somebody say "I" or "we" outside quotation marks, of whom it is not said who it is?
    """
    if lexis.voices:
        return may_speak_as_i(text, lexis) and speaks_as_i(_QUOTE.sub(" ", text), lexis)
    if not lexis.reported or not reports(text, lexis) or ", so " in text:
        return False
    words = _TOKEN.findall(text.lower())
    return lexis.sources.isdisjoint(words) and not any(word.endswith(lexis.source_endings) for word in words)


def _first_word(text: str, start: int) -> str:
    found = _PART.search(text, start, start + _SEEN)
    return _plain(found[0]) if found else ""


def _goes_on_speaking(text: str, lexis: Lexicon) -> bool:
    """Is this speech that began before ("…", he said further)?"""
    if text[-_LONG:].rstrip(_END_MARKS).rpartition(" ")[2] not in lexis.continued:
        return False
    words = _TOKEN.findall(text[-_SEEN:])[-_LAST_WORDS:]
    return any(word in lexis.speech or word == "so" for word in words)


def _is_connected(text: str, clause: str, reach: int, lexis: Lexicon) -> bool:
    if lexis.connectives is None:
        return False
    has = not lexis.connective_words.isdisjoint(small_words(clause))
    found = lexis.connectives.search(clause, 1) if has else None
    if found:
        before = clause[: found.start()].split()
        if lexis.capital_nouns and found[0].lower().startswith(("da", "hier", "dort")):
            # "Damit, dass" tells behind the comma what is meant; "fiel und wurde dabei" points at the verb before it.
            return "und" not in before and len(before) <= reach and not correlates(text, found.end(), lexis)
        if lexis.capital_nouns:
            return len(before) <= _FARTHEST
        # "A Estria e poi a Valgrigia" connects what stands in the sentence.
        return len(before) <= reach and before[-1] not in _COORDINATES
    aside = lexis.connectives.match(text, len(clause) + 2) if text.startswith(", ", len(clause)) else None
    return aside is not None and text.startswith(",", aside.end())


def _shows(clause: str, reach: int, lexis: Lexicon) -> bool:
    """Does "this" or its like stand before what is no time ("this year", "this very morning")?"""
    if not lexis.demonstratives:
        return False
    words = [_plain(match[0]) for match in islice(_PART.finditer(clause), reach + 2)]
    return (
        not lexis.demonstratives.isdisjoint(words)
        and any(
            word in lexis.demonstratives
            and lexis.times.isdisjoint(words[at + 1 : at + 3])
            and lexis.complements.isdisjoint(words[at + 1 : at + 2])  # "those who", "al este de"
            for at, word in enumerate(words[:reach])
            if at
        )
    )


def _stands_for_a_noun(text: str, lexis: Lexicon) -> bool:
    """Is the first word one that a noun could follow, and a verb does ("Das bleibt so")?"""
    first, second = (*(match[0] for match in islice(_TOKEN.finditer(text, 0, _SEEN), 2)), "", "")[:2]
    return second in lexis.verbs and first.lower() in lexis.heads


def _leaves_out_the_subject(text: str, lexis: Lexicon) -> bool:
    """Is the first word a verb, or the first behind an opening phrase, as where Italian and Spanish have no subject?"""
    words = list(islice(_TOKEN.finditer(text, 0, _SEEN), 2))
    if not words:
        return False
    if _is_bare_verb(text, words[0], lexis):
        return True
    opening = words[0][0].lower()
    if opening in lexis.fronted and len(words) > 1 and (words[1][0].islower() or _YEAR.fullmatch(words[1][0])):
        verb = _TOKEN.match(text, words[1].end() + 1)  # "En 1931 pintó …", "Per fuggire ha …"
        while verb and verb[0] in lexis.clitics:
            verb = _TOKEN.match(text, verb.end() + 1)
        coming = _TOKEN.findall(text, verb.start(), _SEEN)[:_COMING] if verb else []
        named = coming[-1:] != [] and coming[0] in lexis.auxiliaries and coming[-1][0].isupper()
        if verb and lexis.arrivals.isdisjoint(coming) and not named and _has_no_subject(text, verb, lexis):
            return True
    if opening not in lexis.fronted and opening not in lexis.clauses and opening not in lexis.prepositions:
        return False
    clause = first_clause(text)
    if not text.startswith(", ", len(clause)) or clause.count(" ") > _REACH:
        return False
    if lexis.voices and _says_not_who_said_it(_TOKEN.findall(clause), lexis):
        return True
    verb = _TOKEN.match(text, len(clause) + 2)
    while verb and verb[0] in lexis.clitics:
        verb = _TOKEN.match(text, verb.end() + 1)
    return verb is not None and _has_no_subject(text, verb, lexis)


def _says_not_who_said_it(words: Sequence[str], lexis: Lexicon) -> bool:
    """Is this opening phrase somebody's saying without the one who said it ("Según indicó, …", "Come ha detto, …")?

    "Según se informó" and "Secondo quanto riferito" are anybody's.
    """
    if words[-1] not in lexis.sources or not "".join(words[1:]).islower():
        return False
    return _ANYBODY.isdisjoint(words) and words[-2:-1] != ["quanto"]


def _has_no_subject(text: str, verb: re.Match[str], lexis: Lexicon) -> bool:
    if lexis.voices and verb[0] in lexis.sources and _THAT.match(text, verb.end()):
        return True
    return verb[0] in lexis.auxiliaries or _is_bare_verb(text, verb, lexis)


def _is_bare_verb(text: str, word: re.Match[str], lexis: Lexicon) -> bool:
    """Does this end as a verb does, with no name behind it, which might be its subject?"""
    if len(word[0]) < _LEAST_VERB or not word[0].lower().endswith(lexis.verb_endings):
        return False
    following = _TOKEN.match(text, word.end() + 1)
    return following is not None and not following[0][0].isupper()


def _verb_before_pronoun(text: str, fronted: bool, lexis: Lexicon) -> bool:
    """German: has the first clause a pronoun, or an opening phrase between commas one behind the verb?"""
    words = words_of(first_clause(text))
    if not lexis.pronouns.isdisjoint(words[1:_REACH]):
        return True
    if not fronted or lexis.pronouns.isdisjoint(each.split(" ", 1)[0] for each in text[:_SEEN].split(", ")):
        return False
    befores = [("", ""), *_tokens(text, 0)][: _REACH_BEHIND_COMMA + 1]
    return any(
        token in lexis.pronouns and verb.islower() and before == ", "
        for (verb, before), (token, _) in pairwise(befores)
    )


def _modifies(token: str, lexis: Lexicon) -> bool:
    """May this stand between an article and its noun? In German whatever is no noun may."""
    if lexis.capital_nouns:
        return not any(map(str.isupper, token)) and token.lower() not in lexis.anaphors
    return token.lower() in lexis.modifiers


def _plain(token: str) -> str:
    return token.lower().replace("’", "'")


def spoken_on(sentences: Sequence[Sentence], lexis: Lexicon) -> frozenset[int]:
    """The sentences, by their numbers, of speech that a dash opens and whose speaker a later sentence names.

    Those that name the speaker themselves are not among them.
    """
    if not lexis.pronouns:
        return frozenset()
    parts: set[int] = set()
    for paragraph in _paragraphs(sentences):
        opening = sentences[paragraph[0]].text
        if opening[0] in DASHES and _OPENS_WITH_DASH.match(opening):
            unnamed = {i for i in paragraph if _said_by_nobody(sentences[i].text, lexis)}
            if len(unnamed) < len(paragraph):
                parts |= unnamed
    return frozenset(parts)


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[range]:
    """The numbers of the sentences of each paragraph."""
    start = 0
    for i in range(1, len(sentences) + 1):
        if i == len(sentences) or sentences[i].field != sentences[start].field:
            yield range(start, i)
            start = i


def _said_by_nobody(text: str, lexis: Lexicon) -> bool:
    """Of speech behind a dash, as Norwegian and French papers print it: does no verb with a speaker follow?"""
    words = _TOKEN.findall(text)
    said = next((place for place, word in enumerate(words) if word.lower() in lexis.speech), None)
    return said is None or any(word.lower() in lexis.pronouns for word in words[said + 1 : said + 2])


def _tokens(text: str, start: int) -> Iterator[tuple[str, str]]:
    """Each word with the two characters before it."""
    for match in _TOKEN.finditer(text, start, _SEEN):
        yield match[0], text[max(0, match.start() - 2) : match.start()]
