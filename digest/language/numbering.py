"""The words of a text as numbers in a vocabulary of its language."""

from __future__ import annotations

import sys

from digest.language.lexicon import primary_code
from digest.language.words import term_of_word, words
from digest.vocabulary import WIDTH, Vocabulary

_MOST_WORDS = 1 << 18
"""In a vocabulary of more words no further article is numbered; a long day's has a hundred thousand."""
_MOST_PIECES = 1 << 17
_LONGEST_PIECE = 64
_MARKS = ".,;:!?\"'()[]-"
_numberers: dict[str, Numberer] = {}


def numberer(language: str) -> Numberer:
    """The numberer of a language for one more article, the same for all until its vocabulary is full.

    The articles of a day are made of the same words, which need be looked at once.
    """
    code = primary_code(language)
    found = _numberers.get(code)
    if found is None or len(found.vocabulary) > _MOST_WORDS:
        found = _numberers[code] = Numberer(code)
    return found


class Numberer(dict[str, bytes]):
    """Numbers the words of texts. As a dictionary, it remembers the numbers in each piece between white space.

    What is remembered is bounded, whatever is asked: when there are 131,072 pieces all are forgotten, and one of
    more than 64 characters never is remembered.
    """

    __slots__ = ("_language", "_term", "vocabulary")

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._term = term_of_word(language)
        self.vocabulary = Vocabulary()

    def numbers(self, text: str) -> bytes:
        """The numbers of a text's words, 32 bits each, in order; the words are those that `words` gives."""
        return b"".join(map(self.__getitem__, text.lower().split()))

    def __missing__(self, piece: str) -> bytes:
        if not piece.isascii():
            numbers = b"".join(map(self._number, words(piece, self._language)))
        elif piece.isalnum():
            numbers = self._number(piece)
        elif (word := piece.strip(_MARKS)).isalnum():
            numbers = self[word]
        else:
            numbers = b"".join(map(self._number, words(piece, self._language)))
        if len(piece) <= _LONGEST_PIECE:
            if len(self) >= _MOST_PIECES:
                self.clear()
            self[piece] = numbers
        return numbers

    def _number(self, word: str) -> bytes:
        return self.vocabulary.add(word, self._term(word)).to_bytes(WIDTH, sys.byteorder)
