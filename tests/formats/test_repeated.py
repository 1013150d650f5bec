"""What a source's pages repeat is furniture; what copies of one page share is not."""

from __future__ import annotations

from digest.formats.repeated import repeated_lines

MENU = {"home", "sign in", "most read"}


def body(name: str) -> set[str]:
    return {f"the {name} council said on day {n} that the work would begin soon." for n in range(6)}


def test_short_lines_of_two_pages_are_repeated() -> None:
    pages = [frozenset(MENU | body("north")), frozenset(MENU | body("south"))]
    assert repeated_lines(pages) == MENU


def test_an_article_saved_twice_is_one_witness() -> None:
    page = frozenset(MENU | body("north"))
    assert repeated_lines([page, page]) == frozenset()
    assert repeated_lines([page, page | {"three comments"}]) == frozenset()


def test_a_headline_teased_on_two_pages_is_not_furniture() -> None:
    teased = {"ferry to brunness resumes after nine days"}
    pages = [frozenset(teased | body("north")), frozenset(teased | body("south"))]
    assert repeated_lines(pages) == frozenset()


def test_a_sentence_on_most_of_many_pages_is_furniture() -> None:
    box = {"if you have found an error in this article please write to our desk."}
    pages = [frozenset(box | body(name)) for name in ("north", "south", "east", "west")]
    assert repeated_lines(pages) == box
