"""What a source's pages repeat is furniture; what copies of one page share, and what came once or twice, is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from digest.repeated import MOST_PAGES, Kind, Lesson, Repeated, Shown, mark_of, marks_of, remembered, repeated

MENU = {"Home", "Sign in", "Most read"}
BOX = "If you have found an error in this article please write to our desk."
TODAY = datetime(2026, 11, 22, 7, tzinfo=UTC)
DAY = timedelta(days=1)


def body(name: str) -> set[str]:
    return {f"The {name} council said in round {letter} that the work would begin soon." for letter in "abcdef"}


def shown(name: str, lines: set[str], day: int = 0, kind: Kind = "page") -> Shown:
    return Shown(name, kind, marks_of(lines), TODAY + day * DAY)


def found(pages: list[Shown], *lines: str) -> set[str]:
    known = repeated(pages)
    return {line for line in lines if line in known}


def test_short_lines_of_two_pages_are_repeated() -> None:
    pages = [shown("north", MENU | body("north")), shown("south", MENU | body("south"))]
    assert found(pages, *MENU, *body("north")) == MENU


def test_an_article_saved_twice_is_one_witness() -> None:
    page = MENU | body("north")
    assert not repeated([shown("one", page), shown("two", page)])
    assert not repeated([shown("one", page), shown("two", page | {"three comments"})])


def test_a_headline_teased_on_two_pages_is_not_furniture() -> None:
    teased = "Ferry to Brunness resumes after nine days"
    assert not repeated([shown(name, {teased} | body(name)) for name in ("north", "south")])


def test_a_sentence_on_most_of_many_pages_is_furniture_in_whatever_case_and_spacing() -> None:
    pages = [shown(name, {BOX} | body(name)) for name in ("north", "south", "east", "west")]
    assert found(pages, BOX, f" {BOX.upper()} ", *body("north")) == {BOX, f" {BOX.upper()} "}


def test_a_box_of_many_sentences_does_not_make_one_article_of_short_pages() -> None:
    box = {f"{BOX} {rule}" for rule in ("We read every letter.", "We answer most.", "We print corrections.")}
    pages = [shown(name, box | set(sorted(body(name))[:5])) for name in ("north", "south", "east")]
    assert found(pages, *box) == box


def test_a_sentence_that_differs_in_its_figures_is_a_new_one_and_a_date_line_is_not() -> None:
    index = "The harbour index closed at {} points, and traders said that the day had been a quiet one."
    pages = [shown(f"day {n}", {index.format(n), f"Updated {n} May 2026", *body(f"town{n}")}) for n in (11, 12, 13)]
    assert found(pages, index.format(12), index.format(14), "Updated 30 May 2026") == {"Updated 30 May 2026"}


def test_a_new_box_is_learned_although_older_pages_lack_it() -> None:
    old = [shown(f"old{n}", body(f"old{n}"), day=n) for n in range(40)]
    new = [shown(f"new{n}", body(f"new{n}") | {BOX}, day=41) for n in range(3)]
    assert found([*old, *new], BOX) == {BOX}


def test_a_paragraph_that_a_few_of_a_day_s_reports_share_is_not_furniture() -> None:
    background = "The bridge was closed in spring after a barge had struck one of its four pillars at night."
    reports = [shown(f"bridge{n}", body(f"bridge{n}") | {background}) for n in range(3)]
    others = [shown(f"other{n}", body(f"other{n}")) for n in range(9)]
    assert not found([*reports, *others], background)


def test_a_subhead_that_comes_again_now_and_then_is_not_furniture() -> None:
    pages = [shown(f"p{n}", body(f"p{n}") | ({"Background"} if n % 7 == 0 else set())) for n in range(40)]
    assert not found(pages, "Background")


def test_an_item_s_tail_is_furniture_where_half_of_the_items_have_it() -> None:
    tail = "Subscribe to our letter."
    items = [shown(f"i{n}", {f"Teaser {n} of a story that nobody else tells.", tail}, kind="item") for n in range(3)]
    assert found(items, tail) == {tail}
    assert not found(items[:2], tail)


def test_a_chinese_sentence_is_no_short_line() -> None:
    sentence = "市议会周一表示，新的渡轮将在冬季之前投入使用。"
    pages = [shown(name, {sentence, f"{name}的报道与其他报道完全不同，内容也不一样。"}) for name in ("甲", "乙")]
    assert not found(pages, sentence)


lines = st.sets(st.sampled_from(sorted(MENU | body("north") | body("south") | {BOX})), max_size=6)
pages = st.lists(st.tuples(st.integers(0, 5), lines, st.integers(0, 3)), max_size=8)


@given(drawn=pages)
def test_the_order_does_not_matter_and_reading_again_changes_nothing(drawn: list[tuple[int, set[str], int]]) -> None:
    once = {name: shown(f"page{name}", each, day) for name, each, day in drawn}
    first, second = list(once.values()), list(reversed(once.values()))
    assert repeated(first) == repeated(second)
    later = [Shown(each.page, each.kind, each.lines, each.seen + DAY) for each in first]
    assert remembered(first, later) == Lesson()
    assert remembered((), first) == remembered((), second)


@given(drawn=pages)
def test_one_page_in_however_many_wordings_repeats_nothing(drawn: list[tuple[int, set[str], int]]) -> None:
    known: tuple[Shown, ...] = ()
    for day, (_, each, _) in enumerate(drawn):
        lesson = remembered(known, [shown("page", each, day)])
        replaced = {page.key for page in (*lesson.old, *lesson.new)}
        known = (*(page for page in known if page.key not in replaced), *lesson.new)
    assert len(known) <= 1
    assert repeated(known) == Repeated()


def test_only_the_newest_pages_are_remembered_and_each_kind_by_itself() -> None:
    known = [shown(f"page{n:03}", {f"line {n} of a page"}, day=n) for n in range(MOST_PAGES)]
    lesson = remembered(known, [shown("new", {BOX}, day=MOST_PAGES), shown("item", {BOX}, kind="item")])
    assert {each.page for each in lesson.new} == {"new", "item"}
    assert [each.page for each in lesson.old] == ["page000"]


@given(line=st.text())
def test_any_line_has_a_mark_that_a_database_takes(line: str) -> None:
    assert 0 <= mark_of(line) < 2**63
    assert line in Repeated(frozenset([mark_of(line)]))
