"""What is known of words grows with the vocabulary, and is looked up for whole articles."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.language import analyse
from digest.language.numbering import numberer
from digest.stages.columns import by_word, exact, holding, sentences_with, term_of
from digest.stages.sharing import Sharing
from digest.vocabulary import Vocabulary
from tests.stages.newsroom import FERRY, article


def test_a_word_is_asked_once_and_new_ones_when_there_are_some() -> None:
    asked = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    column = by_word(length, np.int32)
    own = Vocabulary.of([("pier", "pier"), ("lamp", "lamp")])
    assert column(own).tolist() == [4, 4]
    own.add("harbour", "harbou")
    assert column(own).tolist() == [4, 4, 7]
    assert asked == ["pier", "lamp", "harbour"]


def test_the_terms_of_words_are_a_column() -> None:
    own = Vocabulary.of([("the", ""), ("harbours", "harbou"), ("harbour", "harbou")])
    assert term_of(own).tolist() == [0, 1, 1]


@given(
    st.lists(st.text("abß-'", min_size=1, max_size=5), unique=True), st.lists(st.text("abß", min_size=1, max_size=2))
)
def test_pieces_are_found_in_the_words_that_hold_them(words: list[str], pieces: list[str]) -> None:
    own = Vocabulary.of((word, word) for word in words)
    expected = [word == "ab" or any(piece in word for piece in pieces) for word in words]
    assert holding(pieces, ["ab"])(own).tolist() == expected


def test_the_sentences_with_a_word_are_told_by_their_places() -> None:
    analysis = analyse(article("Crack in the engine", *FERRY))
    assert sentences_with(holding(["engine", "island"]), analysis) == {1, 2, 3}
    assert sentences_with(holding(["submarine"]), analysis) == frozenset()


@given(st.lists(st.floats(0, 100), max_size=30))
def test_exact_numbers_have_one_sum_in_any_order(values: list[float]) -> None:
    rounded = exact(np.array(values))
    assert np.abs(rounded - np.array(values)).max(initial=0.0) <= 2.0**-30
    shuffled = rounded.copy()
    np.random.default_rng(len(values)).shuffle(shuffled)
    assert shuffled.sum() == rounded.sum()


HELD = st.lists(st.dictionaries(st.integers(0, 6), st.sampled_from([0.25, 0.5, 1.0]), max_size=4), max_size=8)


@given(HELD, st.integers(1, 4), st.booleans())
def test_pairs_share_what_a_look_at_all_of_them_would_find(
    texts: list[dict[int, float]], most: int, forgotten: bool
) -> None:
    rows = [(place, thing, share) for place, held in enumerate(texts) for thing, share in sorted(held.items())]
    text, thing, share = (np.array(column) for column in zip(*rows, strict=True)) if rows else (np.empty(0, int),) * 3
    sharing = Sharing.of(text, thing, share.astype(np.float64))
    holders = {each: [place for place, held in enumerate(texts) if each in held] for each in range(7)}
    expected = {}
    for one, other in combinations(range(len(texts)), 2):
        shared = 0.0
        for each in texts[one].keys() & texts[other].keys():
            before = holders[each].index(other)
            if holders[each].index(one) < most and not (forgotten and before > most):
                shared += texts[one][each] * texts[other][each]
        if shared:
            expected[other, one] = shared
    found: dict[tuple[int, int], float] = {}
    for start in range(0, len(texts), 3):
        pairs = sharing.pairs(start, min(start + 3, len(texts)), most, forgotten)
        found |= {(own, other): total for own, other, total in zip(*(each.tolist() for each in pairs), strict=True)}
    assert found == expected


def test_a_vocabulary_that_nobody_has_any_more_is_forgotten() -> None:
    column = by_word(len, np.int32)
    own = Vocabulary.of([("pier", "pier")])
    column(own)
    del own
    assert not column._known
    assert numberer("en") is numberer("en-GB")
