"""Words as numbers: each word of a language's texts is kept once, and a text is a row of numbers."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from threading import Lock
from typing import overload

WIDTH = 4
"""Bytes of a number, in the processor's order."""


class Vocabulary:
    """The words of one language, each numbered when it was first met, and their terms, numbered by themselves.

    `words[n]` is word number `n`, and `terms[term_of[n]]` its term; a word without one has number 0 there, which is
    "". All three only grow, so that a number never comes to mean anything else. Which number a word has depends on
    what was read before it: nothing that a reader sees may depend on numbers.
    """

    __slots__ = ("__weakref__", "_lock", "_numbers", "_numbers_of_terms", "term_of", "terms", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.terms = [""]
        self.term_of = array("i")
        self._numbers: dict[str, int] = {}
        self._numbers_of_terms = {"": 0}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self.words)

    @classmethod
    def of(cls, words: Iterable[tuple[str, str]]) -> Vocabulary:
        """These words in their order, each with its term."""
        made = cls()
        for word, term in words:
            made.add(word, term)
        return made

    def __reduce__(self) -> tuple[object, ...]:
        return Vocabulary.of, (list(zip(self.words, map(self.terms.__getitem__, self.term_of), strict=True)),)

    def add(self, word: str, term: str) -> int:
        """The number of a word, which is given one, and its term, when it is first met."""
        with self._lock:
            number = self._numbers.setdefault(word, len(self.words))
            if number == len(self.words):
                of_term = self._numbers_of_terms.setdefault(term, len(self.terms))
                if of_term == len(self.terms):
                    self.terms.append(term)
                self.term_of.append(of_term)
                self.words.append(word)
        return number

    def spelled(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """The words of these numbers."""
        return tuple(map(self.words.__getitem__, numbers))

    def spelled_terms(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """The terms of the words of these numbers, for each that has one."""
        return tuple(map(self.terms.__getitem__, filter(None, map(self.term_of.__getitem__, numbers))))


class Rows(Sequence[tuple[str, ...]]):
    """What each of several texts is made of, spelled out when it is asked for.

    `numbers` are those of the words of all the texts, and text `i` has those from `ends[i]` to `ends[i + 1]`.
    """

    __slots__ = ("_ends", "_numbers", "_spelled")

    def __init__(
        self, spelled: Callable[[Iterable[int]], tuple[str, ...]], numbers: memoryview, ends: Sequence[int]
    ) -> None:
        self._spelled = spelled
        self._numbers = numbers
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> tuple[str, ...]: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[str, ...], ...]: ...

    def __getitem__(self, at: int | slice) -> tuple[str, ...] | tuple[tuple[str, ...], ...]:
        if isinstance(at, slice):
            return tuple(map(self.__getitem__, range(*at.indices(len(self)))))
        at = range(len(self))[at]
        return self._spelled(self._numbers[self._ends[at] : self._ends[at + 1]])

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return (self._spelled(self._numbers[start:end]) for start, end in pairwise(self._ends))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
