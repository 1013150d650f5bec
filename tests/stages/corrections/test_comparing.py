"""What became of printed sentences when their article changed: corrected, gone, or no correction at all."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings

from digest.language import analyse
from digest.model import Article
from digest.stages.corrections import Change, Comparison, compare
from tests import strategies
from tests.stages.newsroom import FERRY, LIGHTHOUSE, article

TEXT = (*FERRY, *LIGHTHOUSE)


def told(*paragraphs: str) -> Article:
    return article("The ferry and the lamp", *paragraphs, guid="one")


def compared(new: Sequence[str], printed: Sequence[str] = FERRY, old: Sequence[str] = TEXT) -> Comparison:
    return compare(printed, told(*old), told(*new))


def changed(at: int, was: str, now: str) -> list[str]:
    text = list(TEXT)
    assert was in text[at]
    text[at] = text[at].replace(was, now)
    return text


def test_a_sentence_that_stands_is_no_correction_wherever_it_stands() -> None:
    assert compared(TEXT) == Comparison("same")
    assert compared([*LIGHTHOUSE, *reversed(FERRY)]) == Comparison("same")
    assert compared(["A new paragraph on top.", *TEXT, "Another one below."]) == Comparison("same")


def test_a_changed_figure_tells_what_was_printed_and_what_it_says_now() -> None:
    new = changed(2, "1,300", "1,400")
    assert compared(new).changes == (Change(FERRY[2], new[2], "figure"),)
    assert compared(new, printed=FERRY[:2]) == Comparison("same")


def test_a_sentence_that_went_is_told_as_gone() -> None:
    assert compared([TEXT[0], *TEXT[2:]]).changes == (Change(FERRY[1], "", "gone"),)


def test_style_is_no_correction() -> None:
    assert compared(changed(1, "routine", "rutine")) == Comparison("same")
    assert compared(changed(3, "“We shall row if we must,”", '"We shall row if we must,"')) == Comparison("same")


def test_two_sentences_made_one_and_one_cut_in_two_say_the_same() -> None:
    joined = [f"{TEXT[0].rstrip('.')}, and a{TEXT[1][1:]}", *TEXT[2:]]
    assert compared(joined).changes == ()
    parted = [
        "The ferry to Saltmarsh will not sail again before spring.",
        "Its owner said so in Harbourtown on Thursday.",
    ]
    assert compared([*parted, *TEXT[1:]]).changes == ()


def test_a_story_told_anew_is_a_development() -> None:
    later = [
        "Divers raised the Grey Heron on Sunday and found the engine beyond repair.",
        "The county bought a ship of Harwick for the winter.",
        *LIGHTHOUSE[:1],
    ]
    assert compared(later) == Comparison("rewritten")
    few = ("Twelve people were hurt.", "The bridge at Tolby is closed.")
    live = ("The bridge at Tolby is open again.", "Thirty people were treated in three hospitals overnight.")
    assert compare(few, told(*few), told(*live)) == Comparison("rewritten")


def test_a_short_item_with_one_sentence_mended_is_corrected() -> None:
    assert compare(
        ["Twelve people were hurt."],
        told("Twelve people were hurt.", "The bridge is closed."),
        told("Fourteen people were hurt.", "The bridge is closed."),
    ).changes == (Change("Twelve people were hurt.", "Fourteen people were hurt.", "figure"),)


def test_what_a_wall_or_a_teaser_leaves_of_an_article_is_no_correction() -> None:
    assert compared(TEXT[:2]) == Comparison("cut")
    assert compared([*TEXT[:4], "Subscribe to read on.", "It costs two crowns a week."], LIGHTHOUSE) == Comparison(
        "cut"
    )
    teaser = article("The ferry and the lamp", guid="one", standfirst=FERRY[0])
    assert compare(FERRY, told(*TEXT), teaser) == Comparison("other kind")


def test_of_a_teaser_a_changed_figure_is_corrected_and_a_sentence_that_went_is_not() -> None:
    old, new, other = (
        article("Dam", guid="dam", standfirst=text)
        for text in ("It holds 40 million litres.", "It holds 40 billion litres.", "The board meets again in May.")
    )
    (change,) = compare([old.standfirst], old, new).changes
    assert change == Change(old.standfirst, new.standfirst, "figure")
    assert compare([old.standfirst], old, other).changes == ()


def test_a_new_note_of_the_publisher_is_carried_and_one_that_was_there_is_not() -> None:
    note = "Correction: An earlier version of this article said 1,400."
    assert compared([*TEXT, note]) == Comparison("changed", notes=(note,))
    assert compared([*TEXT, note], old=[*TEXT, note]) == Comparison("same")
    new = [*changed(2, "1,300", "1,400"), note]
    assert compared(new) == Comparison("changed", (Change(FERRY[2], new[2], "figure"),), (note,))


def test_nothing_is_said_of_a_sentence_that_the_old_reading_does_not_hold() -> None:
    stranger = "The harbour master keeps seven cats in the customs house."
    assert compared(changed(2, "1,300", "1,400"), printed=[stranger]) == Comparison("same")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles(), strategies.articles())
def test_every_change_is_a_printed_sentence_and_what_holds_is_the_article_s_own(old: Article, new: Article) -> None:
    printed = [sentence.text for sentence in analyse(old).sentences]
    assert compare(printed, old, old) == Comparison("same")
    body = " ".join((new.standfirst, *new.paragraphs))
    for change in compare(printed, old, new).changes:
        assert change.was in printed
        assert all(sentence in body for sentence in [change.now] if sentence.count(".") < 2)
