"""What a sentence needs to be read alone by somebody who sees nothing else: the rules, each with a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from math import inf

import numpy as np

from digest.language.lexicon import Lexicon, lexicon, openings_of, opens_with
from digest.model import Analysis, Article, Field
from digest.stages.columns import Column, holding, sentences_with
from digest.stages.corrections import TELLING_WORDS, begins_note, may_note
from digest.stages.summarise.captions import LONGEST_STUB, is_caption, is_name
from digest.stages.summarise.leaning import DASHES, anaphor, leans_back, names, nobody_reports, nobody_speaks, spoken_on
from digest.stages.summarise.quotations import Quotations
from digest.stages.summarise.verb_second import introduces, speaker
from digest.vocabulary import Rows

_ADDRESS = re.compile(
    r"https?://|\bwww\.|\b[\w.+-]+@[\w-]+\.\w|\bpic\.twitter\.com|\b[a-z0-9][a-z0-9-]*\.(?:[a-z]{2,3}|info)/[a-z0-9]"
)
_IN_ADDRESSES = ("@", "/", "www.", "pic.twitter")
_HANDLE = re.compile(r"(?:(?<=\s)|(?<=[.(\"“])|\A)@\w{2,}")
_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d{2}\s?(?:[ap]\.?m\.?)?,? ?\(?(?:GMT|UTC|BST|CES?T|[ECMP][DS]?T|Uhr|heures|ore|horas|h)\b"
)
_END = re.compile(r"[.!?…。！？｡؟۔।॥;\u037e][\"'”’»›“)\]」』\s]*\Z")
_CUT = re.compile(r"(?:\[…\]|\[\.\.\.\]|\(\.\.\.\)|\(…\))[\"'”’»]*\Z")
_LABELLED = re.compile(r"\s*(?:[:|•–]|\d|\Z|[.!]\s*\Z)")
_LABEL = re.compile(r"(?:[^\W\d_][\w’'.-]*\s){0,2}[\w’'.-]+\s?:\s+(?=[^\W\d_a-zß-öø-ÿ])")
_CLOCK_LABEL = re.compile(r"\d{1,2}[h:.]\d{0,2}(?:\s?(?:Uhr|[ap]\.?m\.?))?\s?[:–—-]\s")
_BULLET = re.compile(r"[•‣◦►▶▸♦■□●▪◆★✔→➤⇒]")
_GLUED = re.compile(r"(?<![\w'’])[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]{3,}(?!In\b)([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)(?=[\s'’])")
_HEADING_WITHIN = re.compile(
    r"(?:[\w-]+ ){1,5}?[a-zäöüß]{3,}(?:t|ts|en) (?:Der|Das|Ein|Eine|Am|Im|Es|Bei|Beim|Nach|Seit) [\w-]+ "
)
"""Before a sentence, a heading without an end mark, in a language whose articles have no capitals."""
_CAPITAL_WITHIN = re.compile(r"[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")
_LONGEST_QUESTION = 12
_LEAST_WORDS = 4
_MOST_CHARACTERS = 800
_SHORTEST_NOUN = 4
_CLOCK_FIGURES = 3
_LONGEST_TEASER = 9
_ENOUGH, _OPENING, _SAID_BELOW = 3, 2, 0.1
"""An article with so many sentences speaks for itself, if so many of them hold this part of its standfirst's terms."""
_SAME = 0.7
"""Two sentences say the same when they share this part of all their terms."""
_LEAST_PIECE = 3
"""Letters of a piece of a word, at least, that few words have."""
_OF_NOTES = holding(TELLING_WORDS)


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads an article's sentences with an editor's eyes; asks nothing of a sentence before it is proposed.

    The rules named in `without` may be broken.
    """

    article: Article
    analysis: Analysis
    without: Collection[str]
    lexis: Lexicon

    @cached_property
    def words(self) -> Rows:
        """Those of each sentence, in lower case."""
        return self.analysis.words

    @cached_property
    def terms(self) -> Rows:
        """Those of each sentence."""
        return self.analysis.terms

    @cached_property
    def lengths(self) -> Sequence[int]:
        """How many words each sentence has."""
        return self.analysis.lengths

    @cached_property
    def headline_terms(self) -> frozenset[str]:
        """Those of the headline."""
        return frozenset(self.analysis.headline_terms)

    @cached_property
    def quotations(self) -> Quotations:
        return Quotations(self.analysis.sentences)

    @cached_property
    def needs_end(self) -> bool:
        """Whether most of the article's sentences have an end mark."""
        sentences = self.analysis.sentences
        return 2 * sum(bool(_END.search(each.text[-12:])) for each in sentences) >= len(sentences)

    @cached_property
    def spoken(self) -> frozenset[int]:
        """The sentences of speech behind a dash that do not name their speaker, as a later one does."""
        # Few articles have a paragraph of the kind.
        if not any(block.text[:1] in DASHES for block in self.article.blocks):
            return frozenset()
        return spoken_on(self.analysis.sentences, self.lexis)

    @cached_property
    def _telling_of_notes(self) -> frozenset[Field]:
        """The paragraphs that have a word such as publishers' notes of correction have; most articles have none."""
        return frozenset(self.analysis.sentences[i].field for i in sentences_with(_OF_NOTES, self.analysis))

    @cached_property
    def _noted_from(self) -> dict[Field, float]:
        """Where a note begins in a paragraph, of those that were asked about."""
        return {}

    @cached_property
    def _phrased(self) -> frozenset[int]:
        """The sentences that may hold one of the phrases that break a rule wherever they stand."""
        return sentences_with(_phrasing(self.analysis.language), self.analysis)

    @cached_property
    def _faults(self) -> dict[int, tuple[str, ...]]:
        """What was found of each sentence asked about: one that cannot be taken yet is proposed again."""
        return {}

    @cached_property
    def _leans(self) -> dict[int, str]:
        return {}

    def faults(self, i: int) -> tuple[str, ...]:
        """The rules that sentence `i` breaks whatever else is taken."""
        if i not in self._faults:
            self._faults[i] = tuple(rule for rule in dict.fromkeys(self._broken(i)) if rule not in self.without)
        return self._faults[i]

    def leans(self, i: int) -> str:
        """The rule by which sentence `i` cannot be shown on its own, or ""."""
        if i not in self._leans:
            self._leans[i] = self._leans_by(i)
        return self._leans[i]

    def _leans_by(self, i: int) -> str:
        if i and "dangling" not in self.without:
            text = self.analysis.sentences[i].text
            if leans_back(text, self.lexis) or self._means(i):
                return "dangling"
        if "speaker" not in self.without and self._nobody_speaks(i):
            return "speaker"
        return ""

    def stands(self, i: int, shown: Collection[int]) -> bool:
        """Can sentence `i` be shown behind those in `shown`: its predecessor, or one that says what it means?"""
        if i - 1 not in shown and self.leans(i) and not self._is_meant(i, shown):
            return False
        return not shown or "repetition" in self.without or not self._says_again(i, shown)

    def _is_meant(self, i: int, shown: Collection[int]) -> bool:
        """Does a sentence in `shown`, before this one, say what the noun means by which it leans?"""
        text = self.analysis.sentences[i].text
        noun = self._means(i)
        if not noun or leans_back(text, self.lexis) or self._nobody_speaks(i):
            return False
        return any(j < i and names(noun, self.terms[j]) for j in shown)

    def _says_again(self, i: int, shown: Collection[int]) -> bool:
        lengths = self.lengths
        # Most sentences are too short, or too long, to say what another says.
        near = [j for j in shown if j != i and lengths[i] <= 2 * lengths[j] and lengths[j] <= 2 * lengths[i]]
        if not near:
            return False
        terms = self._numbers_of_terms(i)
        return any(_alike(terms, self._numbers_of_terms(j)) for j in near)

    def _means(self, i: int) -> str:
        """The noun that stands for what was told before, unless the headline tells it, or ""."""
        noun = anaphor(self.analysis.sentences[i].text, self.lexis) or self._surname(i)
        return "" if noun and names(noun, self.headline_terms) else noun

    def _surname(self, i: int) -> str:
        """German: the name alone of a speaker whom an earlier sentence introduces (“…”, sagte Vance), or ""."""
        if not self.lexis.capital_nouns:
            return ""
        text = self.analysis.sentences[i].text
        name = speaker(text, self.lexis)
        if not name or introduces(text, name, self.lexis):
            return ""
        before = (each.text for each in self.analysis.sentences[:i] if name in each.text)
        return name.lower() if any(introduces(each, name, self.lexis) for each in before) else ""

    def _nobody_speaks(self, i: int) -> bool:
        text = self.analysis.sentences[i].text
        return (
            self.quotations.held(i) == "whole"
            or nobody_speaks(text, self.lexis)
            or (i > 0 and nobody_reports(text, self.lexis))
        )

    def _broken(self, i: int) -> list[str]:
        text = self.analysis.sentences[i].text
        length = self.lengths[i]
        broken = []
        if self._is_noted(i):
            broken.append("notice")
        if self.quotations.held(i) == "part" or i in self.spoken:
            broken.append("quotation")
        if text.count("(") != text.count(")") or text.count("[") != text.count("]"):
            broken.append("brackets")
        if text[-1] not in ".!?" and (_CUT.search(text[-12:]) or (self.needs_end and not _END.search(text[-12:]))):
            broken.append("unfinished")
        if length < _LEAST_WORDS or self._only_asks(text):
            broken.append("fragment")
        if len(text) > _MOST_CHARACTERS:
            return [*broken, "overlong"]
        short = length <= LONGEST_STUB
        if (short and (_CLOCK.search(text) or self._is_a_date(i))) or _CLOCK_LABEL.match(text):
            broken.append("dateline")
        if i and (self._is_labelled(text) or self._asks_alone(i)):
            broken.append("label")
        if _BULLET.match(text):
            broken.append("item")
        if (_CAPITAL_WITHIN.search(text) and self._ran_together(text)) or self._opens_with_a_heading(text):
            broken.append("run-on")
        if is_caption(self, i):
            broken.append("caption")
        # Few sentences hold what every address does, which is found at once.
        if any(map(text.__contains__, _IN_ADDRESSES)) and _ADDRESS.search(text):
            broken.append("address")
        if "@" in text and _HANDLE.search(text):
            broken.append("handle")
        if "©" in text:
            broken.append("credit")
        broken += self.listed(i)
        if self._is_standfirst(i) and self._stands_without_standfirst():
            broken.append("standfirst")
        if self._repeats(i):
            broken.append("repetition")
        return broken

    def _is_noted(self, i: int) -> bool:
        """Is this in a publisher's note of correction, which goes on to the end of its paragraph?"""
        asked = self.analysis.sentences[i]
        if asked.field not in self._telling_of_notes:
            return False
        if asked.field not in self._noted_from:
            text = self.article.text(asked.field)
            own = self.analysis.sentences if may_note(self.article, asked.field) else ()
            begins = (each for each in own if each.field == asked.field and begins_note(text, each.start, each.end))
            self._noted_from[asked.field] = min((each.start for each in begins), default=inf)
        return asked.start >= self._noted_from[asked.field]

    def _ran_together(self, text: str) -> bool:
        return any(match[1].lower() in self.lexis.openers for match in _GLUED.finditer(text))

    def _only_asks(self, text: str) -> bool:
        """Is this but a dependent question, as a teaser may be ("Was Fachleute dazu sagen.")?"""
        if not self.lexis.questions or text[-1] != "." or "," in text or ":" in text:
            return False
        opening = text.split(" ", 1)[0].lower()
        if opening not in self.lexis.questions and opening not in self.lexis.prepositions:
            return False
        _, *others = re.findall(r"\w+", text)
        asks = bool(others) and (opening in self.lexis.questions or others[0] in self.lexis.questions)
        return asks and len(others) < _LONGEST_TEASER and others[-1].endswith(("t", "n", "te"))

    def _opens_with_a_heading(self, text: str) -> bool:
        heading = _HEADING_WITHIN.match(text) if self.lexis.capital_nouns else None
        return heading is not None and self.lexis.speech.isdisjoint(heading[0].split())

    def _is_labelled(self, text: str) -> bool:
        label = _LABEL.match(text) if ":" in text else None
        if label is None:
            return False
        words = re.findall(r"[^\W\d_]+", label[0])
        if self.lexis.capital_nouns and not all(word[0].isupper() for word in words):
            return False  # "Klar ist: Der Rat zahlt."
        return self.lexis.speech.isdisjoint(map(str.lower, words))

    def _asks_alone(self, i: int) -> bool:
        """Is this a short question in a paragraph of its own, which stands over the answer?"""
        sentence = self.analysis.sentences[i]
        if sentence.text[-1] != "?" or ":" in sentence.text or not self.lexis.voices:
            return False
        if self.lengths[i] > _LONGEST_QUESTION:
            return False
        return len(self.article.text(sentence.field).strip()) == len(sentence.text)

    def _is_a_date(self, i: int) -> bool:
        """Is this a day, an hour, and hardly more ("16 de mayo de 2025.", "Mer 31 dic 2025 09:05 ultimo agg.")?"""
        words = self.words[i]
        figures = sum(map(str.isdigit, words))
        others = sum(
            not word.isdigit() and word not in self.lexis.calendar and len(word) >= _SHORTEST_NOUN for word in words
        )
        return figures > 0 and others <= (figures >= _CLOCK_FIGURES)

    def listed(self, i: int) -> list[str]:
        """The rules that the language's own lists of openings and phrases say a sentence breaks."""
        text, length = self.analysis.sentences[i].text, self.lengths[i]
        found = []
        for opening, end in openings_of(text) if opens_with(text, self.lexis.first_words) else ():
            rule = self.lexis.openings.get(opening)
            if rule and (rule != "byline" or (length <= LONGEST_STUB and is_name(text[end:]))):
                found.append(rule)
            rule = self.lexis.labels.get(opening)
            if rule and _LABELLED.match(text, end):
                found.append(rule)
        if i not in self._phrased:
            return found
        lower = text.lower()
        for rule, phrases in self.lexis.anywhere.items():
            if any(map(lower.__contains__, phrases)) and any(_stands_alone(phrase, lower) for phrase in phrases):
                found.append(rule)
        return found

    def _repeats(self, i: int) -> bool:
        terms = self._numbers_of_terms(i)
        # As a picture's caption is on many a page.
        if (
            i + 1 < len(self.analysis.sentences)
            and self.analysis.sentences[i + 1].text == self.analysis.sentences[i].text
        ):
            return True
        # A made headline is cut from a sentence, and must not cost the article that sentence.
        if not self.article.headline_made and _alike(terms, self._numbers_of_headline):
            return True
        if self._is_standfirst(i) or not self.article.standfirst or self._stands_without_standfirst():
            return False
        return any(
            _alike(terms, self._numbers_of_terms(j))
            for j in range(len(self.analysis.sentences))
            if self._is_standfirst(j)
        )

    def _numbers_of_terms(self, i: int) -> Set[int]:
        """The terms of sentence `i` as their numbers."""
        start, end = self.analysis.ends[i : i + 2]
        return self._numbers(start, end)

    @cached_property
    def _numbers_of_headline(self) -> Set[int]:
        return self._numbers(0, self.analysis.ends[0])

    def _numbers(self, start: int, end: int) -> Set[int]:
        found = set(map(self.analysis.vocabulary.term_of.__getitem__, self._all_numbers[start:end]))
        found.discard(0)
        return found

    @cached_property
    def _all_numbers(self) -> memoryview:
        return memoryview(self.analysis.numbers).cast("i")

    def _is_standfirst(self, i: int) -> bool:
        return self.analysis.sentences[i].field == "standfirst"

    def _stands_without_standfirst(self) -> bool:
        """May the summary go without the standfirst, if the article has one?"""
        return "standfirst" not in self.without and self.article.kind != "brief" and self._says_its_standfirst

    @cached_property
    def _says_its_standfirst(self) -> bool:
        """Has the article sentences enough of its own, and do its first ones say what its standfirst says?"""
        count = len(self.analysis.sentences)
        above = {term for i in range(count) if self._is_standfirst(i) for term in self.terms[i]}
        own = [i for i in range(count) if not self._is_standfirst(i)]
        opening = {term for i in own[:_OPENING] for term in self.terms[i]}
        return len(own) >= _ENOUGH and len(above & opening) >= _SAID_BELOW * len(above)


def reader(article: Article, analysis: Analysis, without: Collection[str] = ()) -> Reader:
    """A reader of one article who lets the rules named in `without` be broken."""
    return Reader(article, analysis, without, lexicon(analysis.language))


@cache
def _phrasing(language: str) -> Column[np.bool_]:
    """Of each word whether it may stand in one of the phrases that break a rule wherever they stand."""
    phrases = chain.from_iterable(lexicon(language).anywhere.values())
    telling = {max(re.findall(r"\w+", phrase), key=len, default="") for phrase in phrases}
    whole = {word for word in telling if 0 < len(word) < _LEAST_PIECE}  # "(l)", as captions say for "left"
    return holding(telling - whole, whole)


def _alike(terms: Set[int], others: Set[int]) -> bool:
    return bool(terms) and len(terms & others) >= _SAME * len(terms | others)


def _stands_alone(phrase: str, text: str) -> bool:
    """Does the phrase begin where a word begins? "our newsletter" does not in "four newsletters"."""
    return re.search(rf"(?<!\w){re.escape(phrase)}", text) is not None
