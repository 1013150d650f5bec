"""What a function says of a word, remembered, since the articles of a day are made of the same words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")

_MOST_WORDS = 1 << 16
_LONGEST_WORD = 64


class Memo(dict[str, V]):
    """`memo[word]` is `function(word)`, worked out once while it is remembered.

    What is remembered is bounded, whatever is asked: when there are 65,536 words all are forgotten, and
    one of more than 64 characters never is remembered. `function` must depend on the word alone.
    """

    __slots__ = ("_function",)

    def __init__(self, function: Callable[[str], V]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> V:
        value = self._function(word)
        if len(word) <= _LONGEST_WORD:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = value
        return value
