"""What is known of one language: the lists of its data file."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import islice
from types import MappingProxyType

from digest.packaged import packaged_table

_TOKEN = re.compile(r"[\w-]+['’]?")
_LONGEST_PHRASE = 4
_LONGEST_TOKEN = 40
PERSON_END = 3
"""Letters that every ending of `persons` has."""
_WORD_LISTS = (
    "heads",
    "verbs",
    "articles",
    "prepositions",
    "modifiers",
    "demonstratives",
    "times",
    "reported",
    "sources",
    "complements",
    "pronouns",
    "fronted",
    "clauses",
    "auxiliaries",
    "clitics",
    "uniques",
    "singulars",
    "particles",
    "voices",
    "arrivals",
    "appositions",
    "indicative",
    "verbs_or_nouns",
    "continued",
    "objects",
    "questions",
    "datives",
    "no_verbs",
    "owners",
    "plurals",
    "perhaps_reported",
    "conditions",
    "followers",
)


@dataclass(frozen=True)
class Lexicon:
    """Lists of one language, in lower case; a language without a data file has empty ones.

    Abbreviations are written without their last full stop ("mr", "z.b"); `suffixes` end abbreviated compounds
    ("hauptstr"). German has `capital_nouns`; Italian and Spanish sentences may be `subjectless`. `dangling` holds
    openings as `openings_of` gives them, `dangling_endings` how others end ("two years later"), `heads` what points
    back before one of `verbs` ("Das bleibt", not "Das Haus"). `anaphors` are nouns that stand, behind one of
    `articles` and perhaps `prepositions` and `modifiers`, for what was told of before ("in the two strikes"), as do
    words that end with one of `ages` ("64-Jährige") or `persons` (whose last letters are `person_ends`), unless one
    of `complements`, or of `owners` of a person, tells which; `pronouns` stand for somebody named before,
    `demonstratives` point back unless one of `times` follows, `connectives`, in each of which is one of
    `connective_words`, do in second place ("The council, however"). `fronted` and `clauses` are words that may come
    before a sentence's subject; `verb_endings` and `auxiliaries` tell a verb that has no subject before it, but
    perhaps `clitics`; `arrivals` are verbs whose subject follows ("En 1931 nació Vance"), and `appositions` nouns
    that say of a whole sentence what it is ("A choice that …"). A noun behind one of `singulars`, with a verb
    (`finite` endings) or a comma at once behind it, was told of before, unless it is one of `uniques`. `particles`
    stand before infinitives and pronouns, `enclitics` end an infinitive that has a pronoun. Verbs of `reported`
    speech, as German ones that end with "e" are but for the `indicative`, what is `perhaps_reported` but for
    `conditions`, and the `voices` of a first or second person, need one of `sources`, or a word with one of
    `source_endings`, beside them. `verbs_or_nouns` are `verbs` that may be a noun at a sentence's head; behind a
    verb of speech, `continued` says that the speech goes on ("he said further"). `plurals` need a noun or count
    what was told of, `objects` follow a verb but stand before no noun of its own, `followers` follow a pronoun,
    `questions` open what a correlate points at, `datives` are prepositions behind which "ihr" owns nothing, and
    before "the keeper" stand `no_verbs`. `openings` and `labels` map an opening to the rule it breaks, and
    `anywhere` a rule to the phrases that break it wherever they stand; `scenes` are verbs of captions in the
    present tense, `not_scenes` words captions lack, `pictures` what they end with.
    """

    titles: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    enders: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    calendar: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    ordinals: bool = False
    capital_nouns: bool = False
    subjectless: bool = False
    stop: frozenset[str] = frozenset()
    dangling: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    dangling_endings: tuple[str, ...] = ()
    anaphors: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    ages: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    person_ends: frozenset[str] = frozenset()
    connectives: re.Pattern[str] | None = None
    connective_words: frozenset[str] = frozenset()
    demonstratives: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    verb_endings: tuple[str, ...] = ()
    auxiliaries: frozenset[str] = frozenset()
    clitics: frozenset[str] = frozenset()
    arrivals: frozenset[str] = frozenset()
    appositions: frozenset[str] = frozenset()
    uniques: frozenset[str] = frozenset()
    singulars: frozenset[str] = frozenset()
    finite: tuple[str, ...] = ()
    particles: frozenset[str] = frozenset()
    enclitics: tuple[str, ...] = ()
    voices: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    source_endings: tuple[str, ...] = ()
    indicative: frozenset[str] = frozenset()
    verbs_or_nouns: frozenset[str] = frozenset()
    continued: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    datives: frozenset[str] = frozenset()
    no_verbs: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    plurals: frozenset[str] = frozenset()
    perhaps_reported: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    followers: frozenset[str] = frozenset()
    complements: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    fronted: frozenset[str] = frozenset()
    clauses: frozenset[str] = frozenset()
    scenes: frozenset[str] = frozenset()
    not_scenes: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    openings: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    anywhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def first_words(self) -> frozenset[str]:
        """With which the `openings` and `labels` begin."""
        return frozenset(opening.partition(" ")[0] for opening in (*self.openings, *self.labels))


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language tag such as "de" or "de-CH"; an empty one for a language there is no file for."""
    code = primary_code(language)
    data = packaged_table("digest.language", f"data/{code}.toml") if code.isalpha() and code.isascii() else {}
    if not data:
        return Lexicon()
    sentences = data["sentences"]
    ordinals, capital_nouns, subjectless = (
        bool(sentences.pop(flag, False)) for flag in ("ordinals", "capital_nouns", "subjectless")
    )
    dangling = data.get("dangling", {})
    scenes = data.get("scenes", {})
    return Lexicon(
        ordinals=ordinals,
        capital_nouns=capital_nouns,
        subjectless=subjectless,
        **{name: frozenset(words.split()) for name, words in sentences.items()},
        stop=frozenset(data.get("words", {}).get("stop", "").split()),
        dangling=frozenset(map(_joined, [*dangling.get("words", "").split(), *dangling.get("phrases", ())])),
        dangling_endings=tuple(f" {ending}" for ending in dangling.get("endings", ())),
        anaphors=frozenset(dangling.get("nouns", "").split()),
        ages=tuple(dangling.get("ages", "").split()),
        persons=tuple(dangling.get("persons", "").split()),
        person_ends=frozenset(ending[-PERSON_END:] for ending in dangling.get("persons", "").split()),
        source_endings=tuple(dangling.get("source_endings", "").split()),
        connectives=_anywhere(dangling.get("connectives", ())),
        connective_words=frozenset(max(small_words(phrase), key=len) for phrase in dangling.get("connectives", ())),
        verb_endings=tuple(dangling.get("verb_endings", "").split()),
        finite=tuple(dangling.get("finite", "").split()),
        enclitics=tuple(dangling.get("enclitics", "").split()),
        **{name: frozenset(dangling.get(name, "").split()) for name in _WORD_LISTS},
        scenes=frozenset(scenes.get("verbs", "").split()),
        not_scenes=frozenset(scenes.get("without", "").split()),
        pictures=frozenset(scenes.get("pictures", "").split()),
        openings=_by_opening(data.get("openings", {})),
        labels=_by_opening(data.get("labels", {})),
        anywhere=MappingProxyType({rule: tuple(phrases) for rule, phrases in data.get("anywhere", {}).items()}),
    )


def primary_code(language: str) -> str:
    """The language of a tag without its region and script: "en-GB" → "en"; both written Norwegians are "no"."""
    code = language.replace("_", "-").partition("-")[0].lower()
    return "no" if code in ("nb", "nn") else code


def small_words(text: str) -> list[str]:
    """The words of a text in lower case, parted at apostrophes and commas but with their other marks."""
    return text.lower().replace(",", " ").replace("’", "'").replace("'", "' ").split()


def openings_of(text: str) -> tuple[tuple[str, int], ...]:
    """The first one to four words of a text in lower case, each run with the place where it ends.

    An elided article is a word of its own: "L'un d'eux" gives "l'", "l' un", "l' un d'" ….
    """
    return _openings(text[: _LONGEST_PHRASE * _LONGEST_TOKEN])


# A sentence is asked two or three times in a row, by each that judges it.
@lru_cache(maxsize=16)
def _openings(text: str) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    so_far = ""
    at = 0
    for match in islice(_TOKEN.finditer(text), _LONGEST_PHRASE):
        if match.end() > at + _LONGEST_TOKEN:
            break
        at = match.end()
        token = match[0].lower().replace("’", "'")
        so_far = f"{so_far} {token}" if so_far else token
        found.append((so_far, at))
        if token.endswith("'") and " " not in so_far:
            found.append((token[:-1], at))
    return tuple(found)


def opens_with(text: str, words: Container[str]) -> bool:
    """Whether the first of the openings that a text has is one of some words."""
    first = _TOKEN.search(text, 0, _LONGEST_TOKEN)
    if first is None:
        return False
    token = first[0].lower().replace("’", "'")
    return token in words or (token[-1] == "'" and token[:-1] in words)


def _joined(phrase: str) -> str:
    return " ".join(token.lower().replace("’", "'") for token in _TOKEN.findall(phrase))


def _anywhere(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of phrases as whole words, the longest first, or None if there are none."""
    words = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    return re.compile(rf"(?<![\w’'-])(?:{words})(?![\w’'-])", re.IGNORECASE) if words else None


def _by_opening(rules: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    return MappingProxyType({_joined(phrase): rule for rule, phrases in rules.items() for phrase in phrases})
