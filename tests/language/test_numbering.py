"""Words are numbered, and spelled out again as they were; which number they have does not matter."""

from __future__ import annotations

import pickle
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language import analyse, numbering, terms, words
from digest.language.numbering import Numberer, numberer
from digest.model import Analysis, Article, Block
from digest.vocabulary import Vocabulary

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
LANGUAGES = ("en", "en-GB", "de", "fr", "it", "ja", "th", "und")


def spelled(found: Numberer, text: str) -> tuple[str, ...]:
    return found.vocabulary.spelled(memoryview(found.numbers(text)).cast("i"))


@given(ANY_TEXT, st.sampled_from(LANGUAGES))
def test_the_words_of_any_text_come_back_as_they_are_told_without_numbers(text: str, language: str) -> None:
    assert spelled(numberer(language), text) == words(text, language)


@pytest.mark.parametrize(
    "text", ["“Why,” she said.", "3,500.5 l'été D’Arcy's U.S.", "well-known (see below)", "''", "…"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_are_no_part_of_a_word(text: str, language: str) -> None:
    assert spelled(numberer(language), text) == words(text, language)


@given(st.lists(ANY_TEXT, max_size=5), ANY_TEXT, st.sampled_from(LANGUAGES))
def test_an_analysis_has_the_words_and_terms_of_each_sentence(
    paragraphs: list[str], headline: str, language: str
) -> None:
    blocks = tuple(Block("paragraph", text) for text in paragraphs)
    found = analyse(Article("i", "r", "test", headline, blocks=blocks, language=language))
    assert found.headline_words == words(headline, language)
    assert found.headline_terms == terms(words(headline, language), language)
    assert list(found.words) == [words(sentence.text, language) for sentence in found.sentences]
    assert list(found.terms) == [terms(row, language) for row in found.words]
    assert found.lengths == tuple(map(len, found.words))
    assert found.word_count == sum(found.lengths)


def some_analysis() -> Analysis:
    blocks = (Block("paragraph", "The ferry sailed at 4.10. Nobody was on board."), Block("paragraph", "It rained."))
    return analyse(Article("i", "r", "test", "Empty ferry sails", blocks=blocks, language="en"))


def test_rows_are_a_sequence_of_rows() -> None:
    rows = some_analysis().words
    assert len(rows) == 3
    assert rows[0] == ("the", "ferry", "sailed", "at", "4.10")
    assert rows[-1] == ("it", "rained")
    assert rows[1:] == (("nobody", "was", "on", "board"), ("it", "rained"))
    assert rows == tuple(rows)
    with pytest.raises(IndexError):
        rows[3]


def test_the_beginning_of_an_analysis_is_that_of_the_first_sentences() -> None:
    whole = some_analysis()
    part = whole.beginning(1)
    assert part.sentences == whole.sentences[:1]
    assert part.words == whole.words[:1]
    assert part.headline_words == whole.headline_words


def test_another_vocabulary_gives_other_numbers_and_the_same_words() -> None:
    whole = some_analysis()
    other = Vocabulary.of([("board", "board"), ("zebra", "zebra")])
    moved = whole.in_words_of(other)
    assert moved.vocabulary is other
    assert moved.numbers != whole.numbers
    assert (moved.words, moved.terms) == (whole.words, whole.terms)
    assert whole.in_words_of(whole.vocabulary) is whole


def test_what_is_sent_to_another_process_is_the_article_and_its_own_words() -> None:
    whole = some_analysis()
    numberer("en").numbers(" ".join(f"word{number}" for number in range(1000)))
    sent = pickle.dumps(whole)
    came: Analysis = pickle.loads(sent)
    assert (came.words, came.terms, came.sentences) == (whole.words, whole.terms, whole.sentences)
    assert b"word999" not in sent


def test_a_full_vocabulary_is_left_to_those_who_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = some_analysis()
    monkeypatch.setattr(numbering, "_MOST_WORDS", 0)
    after = some_analysis()
    assert after.vocabulary is not before.vocabulary
    assert (after.words, after.terms) == (before.words, before.terms)


def test_what_is_remembered_of_pieces_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "_MOST_PIECES", 100)
    own = Numberer("en")
    for number in range(500):
        own.numbers(f"word{number}, {'x' * 70}{number}")
    assert len(own) <= 100
    assert spelled(own, "word7, word7") == ("word7", "word7")


def test_threads_that_meet_new_words_at_once_give_each_one_number() -> None:
    own = Vocabulary()
    start = threading.Barrier(4)

    def add() -> None:
        start.wait()
        for number in range(2000):
            own.add(f"word{number}", f"word{number}"[:6])

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(own.words) == sorted(f"word{number}" for number in range(2000))
    assert all(own.terms[own.term_of[n]] == word[:6] for n, word in enumerate(own.words))
