"""Which passages of a page are its article: what trafilatura finds, set right by where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.formats.html.names import furniture_name
from digest.markup import Passage

if TYPE_CHECKING:
    from lxml.etree import _Element

_SEQUENCE = 4
_LOOKED_AT = 20_000
_SHORT_LINE = 100
"""Characters of a line within which its first few words stand."""
_ITEMS = frozenset(("li", "dt", "dd", "tr", "caption", "pre"))
_LISTS = frozenset(("ul", "ol", "dl", "li", "table", "thead", "tbody", "tfoot", "tr"))
_DEEPEST_LIST = 6
_DEEPEST_BOX = 6
"""Elements up from a paragraph that are looked at for a box of the same make beside it."""
_FOUND = 0.6
"""Share of a passage's word sequences that must stand in a witness for the passage to stand there."""
_WHOLE = 0.9
"""The article's home is the innermost element that holds this much of what was found."""
_SMALL = 0.25
"""An element that holds more than this of what was found is the article's own, whatever its name."""
_COMMON = 0.4
"""A name borne by elements that together hold more than this of what was found names no furniture on its page."""
_PROSE_WORDS, _PROSE_CHARACTERS = 12, 70
"""Words, or characters, from which on a passage is prose; a shorter one needs a better reason to be kept."""
_LONG_PROSE = 200
_LARGEST_CARD = 600
"""Characters."""
_LINKED = 0.5
_SHORT_SENTENCE = 4
_LONGEST_PULLED = 250

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\W_{_IDEOGRAPHS}]+")
_ENDS_A_SENTENCE = re.compile(r"[.!?…。！？؟।][\"'”’»)\]）」』]*$")
_CREDIT = re.compile(r"\W*[©(\[–—]")


def body_of(
    root: _Element,
    passages: Sequence[Passage],
    witnesses: Sequence[str],
    headline: str = "",
    is_out: Callable[[Passage], bool] = lambda passage: False,
) -> tuple[Passage, ...]:
    """The passages of the article in a page, in order; () when there is none.

    `witnesses` are texts others took for the article (trafilatura's, the page's own statement of
    it), one block a line: they tell where on the page it stands. `is_out` is asked of each passage
    that would be kept whether it is furniture by what it says. Linear in the page.
    """
    page = _Page(root, passages)
    found = page.found(_sequences(witnesses))
    densest = page.densest()
    if sum(densest) > 2 * sum(found):  # nothing found, or no more than a banner
        found = densest
    found = page.with_its_like(page.without_furniture(found))
    home = page.home(found)
    if home is None:
        return ()
    kept = [passage for passage in page.kept(found, home, headline.casefold()) if not is_out(passage)]
    return _trimmed(_said_once(kept))


def is_prose(passage: Passage) -> bool:
    """Whether a passage is long enough to be a paragraph of an article, whatever stands around it."""
    text = passage.block.text
    return passage.block.kind == "paragraph" and (len(text) >= _PROSE_CHARACTERS or len(words_of(text)) >= _PROSE_WORDS)


def is_sentence(text: str) -> bool:
    """Whether a text ends like a sentence."""
    return _ENDS_A_SENTENCE.search(text) is not None


def linked(passage: Passage) -> float:
    """The share of a passage that is linked, 0 to 1."""
    return passage.linked / len(passage.block.text)


class _Page:
    """A page's passages and what its elements hold of them."""

    def __init__(self, root: _Element, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.elements = list(root.iter())  # held, so that each element stays one object
        self.furniture: set[_Element] = set()
        self._places = {id(passage): place for place, passage in enumerate(passages)}

    def place(self, passage: Passage) -> int:
        """The number of a passage."""
        return self._places[id(passage)]

    def held(self, weights: Sequence[int]) -> Counter[_Element]:
        """How much of the weights stands in each element."""
        held: Counter[_Element] = Counter()
        for passage, weight in zip(self.passages, weights, strict=True):
            held[passage.element] += weight
        for element in reversed(self.elements):
            parent = element.getparent()
            if parent is not None and held[element]:
                held[parent] += held[element]
        return held

    def found(self, known: frozenset[tuple[str, ...]]) -> list[int]:
        """The length of each paragraph that stands in a witness, 0 for the others."""
        return [
            len(passage.block.text)
            if passage.block.kind == "paragraph" and linked(passage) < _LINKED and _known(passage, known)
            else 0
            for passage in self.passages
        ]

    def densest(self) -> list[int]:
        """The length of each paragraph of prose that stands with the most others, 0 for those elsewhere."""
        prose: Counter[_Element] = Counter()
        for passage in self.passages:
            parent = passage.element.getparent()
            if parent is not None and is_prose(passage) and linked(passage) < _LINKED:
                prose[parent] += len(passage.block.text)
        place = max(prose, key=lambda element: prose[element], default=None)
        return [
            len(passage.block.text)
            if passage.element.getparent() is place and is_prose(passage) and linked(passage) < _LINKED
            else 0
            for passage in self.passages
        ]

    def without_furniture(self, found: Sequence[int]) -> list[int]:
        """What was found, less what stands in furniture, which is noted in `furniture`."""
        held = self.held(found)
        small = _SMALL * sum(found)
        named = {
            element: name
            for element in self.elements
            if held[element] <= small and (name := furniture_name(element)) is not None
        }
        holdings: Counter[str] = Counter()
        for element, name in named.items():
            holdings[name] += held[element]
        furniture = {element for element, name in named.items() if holdings[name] <= _COMMON * sum(found)}
        cards = self._cards(held, small)
        if sum(held[card] for card in cards) <= _COMMON * sum(found):
            furniture |= cards
        for element in self.elements:
            if element.getparent() in furniture:
                furniture.add(element)
        self.furniture = furniture
        return [
            0 if passage.element in furniture else length for passage, length in zip(self.passages, found, strict=True)
        ]

    def _cards(self, held: Mapping[_Element, int], small: float) -> set[_Element]:
        """The teasers of other articles: a linked heading and what stands with it and no other heading."""
        headings = self.held([passage.block.kind == "subhead" for passage in self.passages])
        cards = set()
        for passage in self.passages:
            if passage.block.kind == "subhead" and linked(passage) >= _LINKED and _leads_away(passage.element):
                card = passage.element
                parent = card.getparent()
                while parent is not None and headings[parent] == 1 and held[parent] <= min(small, _LARGEST_CARD):
                    card, parent = parent, parent.getparent()
                if card is not passage.element:
                    cards.add(card)
        return cards

    def with_its_like(self, found: Sequence[int]) -> list[int]:
        """What was found, and the prose in boxes of the same make beside its own.

        Others take the first of several boxes for the whole: of an article that adverts part, of a live blog's posts,
        of a discussion's contributions. A box that has a heading of the first order, or one that links to another
        page, holds another article or leads to it.
        """
        known = {
            (place, tuple(makes))
            for passage, length in zip(self.passages, found, strict=True)
            if length
            for place, _, makes in _boxes(passage.element)
        }
        holding = {place for place, _ in known}
        elsewhere = self.held([self._leads_elsewhere(passage) for passage in self.passages])

        def is_like(passage: Passage) -> bool:
            if not is_prose(passage) or linked(passage) >= _LINKED or passage.element in self.furniture:
                return False
            place, box, makes = next((each for each in _boxes(passage.element) if each[0] in holding), (None, None, []))
            return box is not None and not elsewhere[box] and (place, tuple(makes)) in known

        return [
            length or (len(passage.block.text) if is_like(passage) else 0)
            for passage, length in zip(self.passages, found, strict=True)
        ]

    def _leads_elsewhere(self, passage: Passage) -> bool:
        """Whether a passage is the heading of another article."""
        if passage.block.kind != "subhead":
            return False
        return passage.element.tag == "h1" or (linked(passage) >= _LINKED and _leads_away(passage.element))

    def home(self, found: Sequence[int]) -> _Element | None:
        """The innermost element that holds nearly all that was found."""
        held = self.held(found)
        whole = _WHOLE * sum(found)
        if not whole:
            return None
        home = self.elements[0]
        while True:
            inner = next((child for child in home if held[child] >= whole), None)
            if inner is None:
                return home
            home = inner

    def kept(self, found: Sequence[int], home: _Element, headline: str) -> list[Passage]:
        """The article's passages: those found in its home, or between the headline and it, and their like."""
        inside = set(home.iter())
        kinds = {_kind(passage) for passage, length in zip(self.passages, found, strict=True) if length}
        parents = {kind[0] for kind in kinds}
        kept: list[Passage] = []
        above: list[Passage] = []
        below_headline = at_home = False
        before, small = 0, _SMALL * sum(found)
        for passage, length in zip(self.passages, found, strict=True):
            if passage.block.text.casefold() == headline:
                if before <= small:
                    kept.clear()
                    above.clear()
                    below_headline = True
                continue
            before += length
            at_home = at_home or passage.element in inside
            if passage.element in self.furniture:
                continue
            if passage.element not in inside and (at_home or not (below_headline and length)):
                if below_headline and not at_home and _may_open(passage):
                    above.append(passage)
                continue
            is_kin = (
                _kind(passage) in kinds
                or (is_prose(passage) and passage.element.getparent() in parents)
                or (at_home and linked(passage) < _LINKED and _is_listed(passage.element, parents))
            )
            is_link = linked(passage) >= _LINKED and not (is_kin and len(passage.block.text) >= _LONG_PROSE)
            if passage.block.kind == "subhead" or ((length or is_kin) and not is_link):
                kept.append(passage)
        openings = _openings(above)
        return sorted((*openings, *kept), key=self.place) if openings else kept


def _may_open(passage: Passage) -> bool:
    """Whether a passage reads like a paragraph of an article."""
    return (
        passage.element.tag == "p"
        and is_prose(passage)
        and is_sentence(passage.block.text)
        and linked(passage) < _LINKED
    )


def _openings(above: Sequence[Passage]) -> list[Passage]:
    """The paragraphs that open an article in a box of their own, above that of the rest; but for the first, which may
    be the standfirst."""
    parents = Counter(passage.element.getparent() for passage in above)
    return [
        passage
        for before, passage in pairwise(above)
        if parents[passage.element.getparent()] > 1 and before.element.getparent() is passage.element.getparent()
    ]


def _leads_away(heading: _Element) -> bool:
    """Whether a heading links to another page, and not to its own place on this one."""
    links = (*heading.iter("a"), *heading.iterancestors("a"))
    return not all((link.get("href") or "#").startswith("#") for link in links)


def _boxes(element: _Element) -> Iterator[tuple[_Element, _Element, list[str]]]:
    """The boxes that an element stands in, the innermost first: where each stands, the box, and how it is made down to
    the element. A box has a class, or is an article or a section."""
    makes = [_make(element)]
    box = element.getparent()
    for _ in range(_DEEPEST_BOX):
        place = box.getparent() if box is not None else None
        if box is None or place is None:
            return
        makes.append(_make(box))
        if box.get("class") or box.tag in ("article", "section"):
            yield place, box, makes
        box = place


def _make(element: _Element) -> str:
    return f"{element.tag} {element.get('class') or ''}"


def _said_once(passages: Sequence[Passage]) -> list[Passage]:
    """Without paragraphs printed again, and quotations pulled out of one into an element of their own."""
    once: dict[object, Passage] = {}
    for number, passage in enumerate(passages):
        once.setdefault(passage.block.text.casefold() if is_prose(passage) else number, passage)
    texts = {passage.block.text for passage in once.values()}
    counts = Counter(sequence for text in texts for sequence in set(sequences_of(text)))
    kinds = Counter(map(_kind, once.values()))

    def is_pulled(passage: Passage) -> bool:
        if passage.block.kind == "subhead" or len(passage.block.text) > _LONGEST_PULLED or kinds[_kind(passage)] > 1:
            return False
        sequences = sequences_of(passage.block.text)
        return len(sequences[0]) == _SEQUENCE and all(counts[sequence] > 1 for sequence in sequences)

    return [passage for passage in once.values() if not is_pulled(passage)]


def _trimmed(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """From the first prose to the last, with the short sentences on both sides and a subhead before."""
    prose = [number for number, passage in enumerate(passages) if is_prose(passage)]
    if not prose:
        return ()
    first, last = prose[0], prose[-1]
    kind = _kind(passages[first])
    while first and _is_short_sentence(passages[first - 1]) and _kind(passages[first - 1]) == kind:
        first -= 1
    if first and passages[first - 1].block.kind == "subhead" and passages[first - 1].element.tag != "h1":
        first -= 1
    while last + 1 < len(passages) and _is_short_sentence(passages[last + 1]):
        last += 1
    last = _end_of_list(passages, last)
    body = passages[first : last + 1]
    # A linked heading with nothing under it leads elsewhere.
    return tuple(
        passage
        for passage, following in zip(body, (*body[1:], body[-1]), strict=True)
        if not (passage.block.kind == following.block.kind == "subhead" and linked(passage) >= _LINKED)
    )


def _is_listed(element: _Element, parents: Collection[object]) -> bool:
    """Whether a list's item, a table's row or a line of code stands among the paragraphs of the article."""
    if element.tag not in _ITEMS:
        return False
    for _ in range(_DEEPEST_LIST):
        parent = element.getparent()
        if parent is None or parent in parents:
            return parent is not None
        if parent.tag not in _LISTS:
            return False
        element = parent
    return False


def _end_of_list(passages: Sequence[Passage], last: int) -> int:
    """The last item of the list that the last lines announce by a colon; `last` where they announce none."""
    for opens in range(last, min(last + 2, len(passages))):
        end = opens
        while end + 1 < len(passages) and passages[end + 1].element.tag in _ITEMS:
            end += 1
        if passages[opens].block.text.endswith((":", "：")) and end > opens:
            return end
    return last


def _is_short_sentence(passage: Passage) -> bool:
    text = passage.block.text
    return (
        passage.block.kind == "paragraph"
        and is_sentence(text)
        and _CREDIT.match(text) is None
        and len(words_of(text)) >= _SHORT_SENTENCE
    )


def _kind(passage: Passage) -> tuple[object, ...]:
    element = passage.element
    return element.getparent(), element.tag, element.get("class")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, each ideograph one."""
    return _WORD.findall(text.casefold())


def sequences_of(text: str) -> list[tuple[str, ...]]:
    """Every four words of a text that stand together, or all of a shorter one; of a very long one, its beginning's."""
    words = words_of(text[:_LOOKED_AT])
    return [tuple(words[start : start + _SEQUENCE]) for start in range(max(1, len(words) - _SEQUENCE + 1))]


def _sequences(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Every four words of the texts that stand together, across their lines too, since others part blocks otherwise;
    and all of a shorter line."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        words = words_of(text)
        found.update(zip(*(words[start:] for start in range(_SEQUENCE)), strict=False))
        found.update(sequence for line in text.splitlines() for sequence in sequences_of(line[:_SHORT_LINE]))
    return frozenset(found)


def _known(passage: Passage, known: frozenset[tuple[str, ...]]) -> bool:
    sequences = sequences_of(passage.block.text)
    return sum(sequence in known for sequence in sequences) >= _FOUND * len(sequences)
