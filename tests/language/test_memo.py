"""What is remembered of words is right, and bounded whatever a feed sends."""

from __future__ import annotations

from digest.language import memo
from digest.language.memo import Memo


def test_a_word_is_worked_out_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    lengths = Memo(length)
    assert [lengths[word] for word in ("ferry", "strike", "ferry")] == [5, 6, 5]
    assert asked == ["ferry", "strike"]


def test_memory_stays_bounded_and_answers_stay_right() -> None:
    lengths = Memo(len)
    for number in range(memo._MOST_WORDS + 10):
        assert lengths[f"word{number}"] == len(f"word{number}")
    assert len(lengths) <= memo._MOST_WORDS
    assert lengths["x" * 1_000_000] == 1_000_000
    assert max(map(len, lengths)) <= memo._LONGEST_WORD
