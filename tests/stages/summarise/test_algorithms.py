"""The algorithms do what they are named for, on any article, in time that stays within reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from digest.identity import identify
from digest.language import analyse
from digest.model import Article, Block
from digest.stages.summarise import Ranked, SummaryRule, algorithms, embedded, summarise
from digest.stages.summarise.forward import score_each, score_forward
from tests import strategies

DOCUMENTATION = Path(__file__).parents[3] / "docs" / "summaries.md"
TOPICS = ("ferry engine winter", "harbour council vote", "storm tower crack", "island boat county")
TOPIC_WORDS = ("ferry", "ferry", "ferry", "engine", "engine", "harbour", "council", "storm", "tower", "boat", "winter")
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=150)
WORDS = ("The", "He", "But", "ferry", "engine", "failed", "storm", "“tower”", "said", "(hired)", "3.5", "a.m.")
PROSE = st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(lambda words: " ".join(words) + "."), max_size=6).map(
    " ".join
)


def article(*paragraphs: str, headline: str = "Ferry stops for winter", language: str = "en") -> Article:
    blocks = tuple(Block("paragraph", text) for text in paragraphs)
    return identify(Article("", "", "test", headline, blocks=blocks, language=language))


def long_article(sentences: int) -> Article:
    return article(
        *(
            f"Norwell saw the {TOPICS[i % 4]} number{i % 97} on day{i % 13} of the {TOPICS[i % 3]}."
            for i in range(sentences)
        )
    )


@pytest.mark.parametrize("sentences", [1, 2, 7, 40])
def test_lexrank_scores_as_sumys_does(sentences: int) -> None:
    found = long_article(sentences)
    analysis = analyse(found)
    ours, sumys = algorithms()["lexrank"], algorithms()["sumy:lexrank"]
    assert isinstance(ours, Ranked)
    assert isinstance(sumys, Ranked)
    assert ours.scorer(found, analysis).scores == pytest.approx(sumys.scorer(found, analysis).scores, abs=1e-9)
    rules = [SummaryRule(name, 3) for name in ("lexrank", "sumy:lexrank")]
    picks = [[each.text for each in summarise(found, analysis, rule).sentences] for rule in rules]
    assert picks[0] == picks[1]


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from(TOPIC_WORDS), min_size=1, max_size=7), min_size=1, max_size=12))
def test_lexrank_scores_as_sumys_does_whatever_the_words(sentences: list[list[str]]) -> None:
    found = article(*(f"{' '.join(each)}." for each in sentences))
    analysis = analyse(found)
    ours, sumys = algorithms()["lexrank"], algorithms()["sumy:lexrank"]
    assert isinstance(ours, Ranked)
    assert isinstance(sumys, Ranked)
    expected = sumys.scorer(found, analysis).scores
    assume(any(expected))  # where no two sentences share a weight, sumy divides by zero
    assert ours.scorer(found, analysis).scores == pytest.approx(expected, abs=1e-9)


def test_a_sentence_that_what_follows_goes_on_about_is_preferred_to_one_that_only_looks_back() -> None:
    opening = "Eastland saw a quiet week of little rain."
    taken_up = "Norwell ferry passengers blamed a cracked engine."
    about_it = [
        "The cracked engine left passengers waiting.",
        "Many passengers left the ferry with a cracked suitcase.",
    ]
    shown = []
    for paragraphs in ([opening, taken_up, *about_it], [opening, *about_it, taken_up]):
        found = article(*paragraphs, headline="")
        analysis = analyse(found)
        summariser = algorithms()["forward"]
        assert isinstance(summariser, Ranked)
        scores = summariser.scorer(found, analysis).scores
        shown.append(scores[paragraphs.index(taken_up)] - max(scores[paragraphs.index(each)] for each in about_it))
    assert shown[0] > 0 > shown[1]


@given(st.lists(strategies.articles(), max_size=6))
def test_articles_are_scored_together_as_each_is_alone(several: list[Article]) -> None:
    analyses = [analyse(each) for each in several]
    together = score_each(analyses)
    alone = (score_forward(each, analysis) for each, analysis in zip(several, analyses, strict=True))
    for one, other, analysis in zip(together, alone, analyses, strict=True):
        assert (one.scores, one.gains, one.enough) == (other.scores, other.gains, other.enough)
        assert one.wanted is not None
        assert other.wanted is not None
        count = len(analysis.sentences)
        for taken in range(count):
            assert one.wanted.repeated([taken], count) == other.wanted.repeated([taken], count)


def test_lead_takes_the_first_sentences_that_read_well() -> None:
    found = article("By Ida Vance.", "Norwell lost its only ferry.", "Nobody hired a boat.", "Rain fell on the pier.")
    shown = summarise(found, analyse(found), SummaryRule("lead", 2)).sentences
    assert [sentence.text for sentence in shown] == ["Norwell lost its only ferry.", "Nobody hired a boat."]


def test_random_differs_between_articles_and_not_between_runs() -> None:
    rule = SummaryRule("sumy:random", 1)
    picks = []
    for number in range(12):
        found = article(*(f"Norwell saw the {topic} of {number} again." for topic in TOPICS))
        picks.append(summarise(found, analyse(found), rule).sentences[0].field)
        assert summarise(found, analyse(found), rule).sentences[0].field == picks[-1]
    assert len(set(picks)) > 1


def test_the_headline_speaks_for_the_sentence_that_is_about_it() -> None:
    paragraphs = [f"Norwell saw the {topic} again on a grey day." for topic in TOPICS]
    for place, topic in enumerate(TOPICS):
        found = article(*paragraphs, headline=f"Norwell: {topic}")
        shown = summarise(found, analyse(found), SummaryRule(sentences=2, without=frozenset({"repetition"}))).sentences
        assert place in [sentence.field for sentence in shown]


@pytest.mark.parametrize(
    "name", [name for name in sorted(algorithms()) if name.startswith("sumy:") and "random" not in name]
)
def test_what_is_handed_to_a_slow_algorithm_is_capped_and_the_editor_is_told(name: str) -> None:
    found = long_article(1005)
    summary = summarise(found, analyse(found), SummaryRule(name))
    assert summary.sentences
    assert "of 1005 sentences were weighed" in summary.note


MONSTERS = {
    "one word": ["x" * 1_000_000],
    "no marks": ["word " * 200_000],
    "stop words": ["The and of. " * 20_000],
    "speech": ["“No,” he said. " * 12_000],
    "quotations": ["“No.” " * 20_000],
    "no ends": ["no end mark here "] * 5_000,
    "bidirectional": ["\u200b\u202e\u2066ferry\u2069 " * 20_000],
    "surrogates": ["Ferry \ud800 engine. " * 20_000],
    "marks": ["(" * 100_000, "”" * 100_000, "." * 100_000],
    "japanese": ["港湾局は船を止めた。" * 20_000],
    "sentences": [" ".join(f"Norwell saw the {TOPICS[i % 4]} number{i}." for i in range(10_000))],
}


@pytest.mark.parametrize("monster", MONSTERS)
def test_a_monstrous_article_gives_a_summary_or_a_reason(monster: str) -> None:
    found = article(*MONSTERS[monster])
    summary = summarise(found, analyse(found), SummaryRule())
    assert summary.sentences or summary.reason


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    paragraphs=st.lists(st.one_of(ANY_TEXT, PROSE), max_size=4),
    headline=ANY_TEXT,
    language=st.sampled_from(["en", "de", "ja", "und"]),
    name=st.sampled_from(sorted(algorithms())),
    count=st.integers(0, 3),
    characters=st.one_of(st.none(), st.integers(0, 200)),
)
@example(["The. The. The.", "a a a a."], "", "en", "sumy:lsa", 2, None)
@example(["The and of it all. The and of it all."], "", "en", "sumy:kl", 2, None)
def test_any_article_gives_a_verbatim_summary_within_its_budget(
    paragraphs: list[str], headline: str, language: str, name: str, count: int, characters: int | None
) -> None:
    found = article(*paragraphs, headline=headline, language=language)
    summary = summarise(found, analyse(found), SummaryRule(name, count, characters))
    assert len(summary.sentences) <= count
    assert summary.sentences or summary.reason
    assert characters is None or len(" ".join(each.text for each in summary.sentences)) <= characters
    for sentence in summary.sentences:
        assert found.text(sentence.field)[sentence.start : sentence.end] == sentence.text


def test_the_worked_example_of_the_guide_runs_on_a_tiny_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    words = ["ferry", "engine", "boat", "storm", "tower", "council"]
    np.savez(tmp_path / "vectors.npz", words=np.array(words), vectors=np.eye(6)[[0, 0, 0, 1, 1, 2]])
    monkeypatch.chdir(tmp_path)
    code = DOCUMENTATION.read_text("utf-8").split("```python\n", 1)[1].split("```", 1)[0]
    names: dict[str, object] = {}
    exec(compile(code, str(DOCUMENTATION), "exec"), names)
    found = article("Storm over the tower today.", "The boat lost an engine.", "The ferry waits.", headline="Ferry out")
    own = {"own-vectors": names["summariser"]}
    summary = summarise(found, analyse(found), SummaryRule("own-vectors", 1), own)  # type: ignore[arg-type]
    assert [sentence.text for sentence in summary.sentences] == ["The boat lost an engine."]


def test_an_encoder_that_forgets_a_sentence_is_an_error() -> None:
    found = article("Norwell lost its only ferry.", "Nobody has hired a boat.")
    with pytest.raises(ValueError, match="for 3 texts"):
        embedded(lambda texts: [[1.0]])(found, analyse(found), SummaryRule().budget)
