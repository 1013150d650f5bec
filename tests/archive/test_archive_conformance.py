"""What every archive does, whichever database keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.archive import Stored, open_archive
from digest.archive.store import Archive
from digest.errors import ArchiveError
from digest.fetch import Fetch
from digest.identity import identify
from digest.model import Article, Block, Document, Issue, Rendition, Section, Story
from tests.strategies import articles, documents, hostile_text, issues, renditions

MORNING = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)

laws = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def archive(fresh: Callable[[], str]) -> Iterator[Archive]:
    with open_archive(fresh()) as opened:
        yield opened


def article(headline: str, *paragraphs: str, source: str = "harbour", guid: str = "", **more: object) -> Article:
    blocks = tuple(Block("paragraph", text) for text in paragraphs)
    plain = Article("", "", source, headline, kind="full" if blocks else "brief", blocks=blocks)
    return identify(replace(plain, **more), guid or headline)  # type: ignore[arg-type]


PIER = article("Ferry pier reopens", "Boats leave every hour.", published=MORNING - HOUR)
PIER_MENDED = article("Ferry pier reopens", "Boats leave every two hours.", published=MORNING - HOUR)
MARKET = article("Market moves indoors", "Stalls fill the old hall.", published=MORNING - 2 * HOUR)
UNDATED = article("Lighthouse painted", "It is red again.")


# Articles


@laws
@given(drawn=st.lists(articles(), max_size=4), randoms=st.randoms(use_true_random=False))
def test_articles_come_back_equal_whatever_the_order(
    fresh: Callable[[], str], drawn: list[Article], randoms: Random
) -> None:
    given = drawn + [replace(each, byline="Ada Quay") for each in drawn]  # the same words, otherwise stated
    shuffled = randoms.sample(given, len(given))
    with open_archive(fresh()) as one, open_archive(fresh()) as other:
        stored = one.store(given, (), MORNING)
        other.store(shuffled, (), MORNING)
        assert stored.new + stored.changed + stored.unchanged == len(given)
        kept = one.articles()
        assert kept == other.articles()
        assert set(kept) <= set(given)
        assert {each.id for each in kept} == {each.id for each in given}
        for each in given:
            assert one.article(each.id, each.revision) in given


@laws
@given(text=hostile_text())
def test_no_text_breaks_the_store(fresh: Callable[[], str], text: str) -> None:
    odd = identify(Article("", "", text, text, standfirst=text, url=text, labels=(text,), language=text))
    document = Document(text, text, b"body", text, text, text)
    with open_archive(fresh()) as archive:
        archive.store([odd, PIER], [document], MORNING)
        assert archive.store([PIER, odd], [document], MORNING + DAY) == Stored(unchanged=2)
        assert archive.article(odd.id) == odd
        assert archive.articles(sources=[text]) == (odd,)
        assert [each.body for each in archive.documents(text)] == [b"body"]
        assert archive.article(PIER.id) == PIER


def test_an_article_of_an_impossible_time_is_dropped_with_the_reason_and_the_others_are_kept(archive: Archive) -> None:
    naive = replace(PIER, published=datetime(2026, 11, 22, 5, 0))
    east = replace(UNDATED, published=datetime.fromisoformat("0001-01-01T00:00:00+01:00"))
    document = Document("harbour", "page.html", b"", retrieved=datetime(2026, 11, 22, 5, 0))
    stored = archive.store([naive, MARKET, east], [document], MORNING)
    assert [(drop.stage, drop.subject, drop.reason) for drop in stored.drops] == [
        ("archive", "Ferry pier reopens", "impossible time"),
        ("archive", "Lighthouse painted", "impossible time"),
        ("archive", "page.html", "impossible time"),
    ]
    assert archive.articles() == (MARKET,)


def test_storing_tells_new_from_changed_from_unchanged(archive: Archive) -> None:
    assert archive.store([PIER, MARKET], (), MORNING) == Stored(new=2)
    assert archive.store([PIER, MARKET], (), MORNING + DAY) == Stored(unchanged=2)
    relabelled = replace(MARKET, labels=("Town",))
    assert archive.store([PIER_MENDED, relabelled, UNDATED], (), MORNING + 2 * DAY) == Stored(new=1, changed=2)


def test_the_newest_words_are_the_articles_and_the_old_ones_stay(archive: Archive) -> None:
    archive.store([PIER], (), MORNING)
    archive.store([PIER_MENDED], (), MORNING + DAY)
    assert archive.articles() == (PIER_MENDED,)
    assert archive.article(PIER.id) == PIER_MENDED
    assert archive.article(PIER.id, PIER.revision) == PIER
    first, second = archive.revisions(PIER.id)
    assert (first.article, first.first_seen, first.last_seen, first.gone) == (PIER, MORNING, MORNING, None)
    assert (second.article, second.first_seen) == (PIER_MENDED, MORNING + DAY)


def test_words_that_return_are_the_newest_again(archive: Archive) -> None:
    for days, words in enumerate([PIER, PIER_MENDED, PIER]):
        archive.store([words], (), MORNING + days * DAY)
    assert archive.articles() == (PIER,)
    assert [revision.article for revision in archive.revisions(PIER.id)] == [PIER, PIER_MENDED]


def test_a_teaser_does_not_replace_the_full_text_it_leads_to(archive: Archive) -> None:
    teaser = article("Ferry pier reopens", guid="Ferry pier reopens", standfirst="Boats again.")
    assert teaser.id == PIER.id
    archive.store([PIER], (), MORNING)
    archive.store([teaser], (), MORNING + DAY)
    assert archive.articles() == (PIER,)
    archive.store([PIER_MENDED], (), MORNING + 2 * DAY)
    assert archive.articles() == (PIER_MENDED,)


def test_what_is_stated_about_an_article_follows_the_newest_but_when_it_was_retrieved_does_not(
    archive: Archive,
) -> None:
    archive.store([replace(PIER, retrieved=MORNING)], (), MORNING)
    archive.store([replace(PIER, retrieved=MORNING + DAY, labels=("Town",))], (), MORNING + DAY)
    assert archive.articles() == (replace(PIER, retrieved=MORNING, labels=("Town",)),)


FERRY_URL, BRIDGE_URL = "https://harbour.example/ferry", "https://harbour.example/bridge"
FERRY = article("Ferry sails again", "The harbour office counted eleven boats.", guid="f-1", url=FERRY_URL)
BRIDGE = article("Bridge closes early", "Painters want the whole upper deck.", guid="f-1", url=BRIDGE_URL)


def test_an_article_whose_identifier_changes_is_the_same_at_its_address(archive: Archive) -> None:
    again = article("Ferry sails again", "The harbour office counted twelve boats.", guid="f-2", url=FERRY_URL)
    archive.store([FERRY], [], MORNING)
    stored = archive.store([again], [], MORNING + HOUR)
    assert (stored.new, stored.changed) == (0, 1)
    assert stored.renamed == {("harbour", again.id): FERRY.id}
    (kept,) = archive.articles()
    assert (kept.id, kept.paragraphs) == (FERRY.id, again.paragraphs)
    assert archive.store([again], [], MORNING + 2 * HOUR).unchanged == 1


def test_an_identifier_given_to_another_article_at_another_address_makes_no_revision(archive: Archive) -> None:
    archive.store([FERRY], [], MORNING)
    stored = archive.store([BRIDGE], [], MORNING + HOUR)
    assert (stored.new, stored.changed) == (1, 0)
    assert {each.headline for each in archive.articles()} == {FERRY.headline, BRIDGE.headline}
    assert archive.store([BRIDGE], [], MORNING + 2 * HOUR).unchanged == 1


def test_an_article_that_moves_keeps_its_identifier_s_name(archive: Archive) -> None:
    archive.store([FERRY], [], MORNING)
    stored = archive.store([replace(FERRY, url=BRIDGE_URL, revision="0")], [], MORNING + HOUR)
    assert (stored.new, stored.changed, stored.renamed) == (0, 1, {})


def test_an_address_that_several_articles_bear_or_that_tells_something_else_names_none(archive: Archive) -> None:
    home = "https://harbour.example/"
    first = [replace(FERRY, url=home), identify(replace(BRIDGE, url=home), "f-9")]
    archive.store(first, [], MORNING)
    archive.store([identify(replace(PIER, url=home), "f-3")], [], MORNING + HOUR)
    assert len(archive.articles()) == 3
    archive.store([identify(replace(MARKET, url=FERRY_URL), "f-4")], [], MORNING + HOUR)
    archive.store([identify(replace(UNDATED, url=FERRY_URL), "f-5")], [], MORNING + 2 * HOUR)
    assert len(archive.articles()) == 5


@given(
    st.lists(
        st.builds(
            lambda headline, text, guid, url: article(headline, text, guid=guid, url=url),
            st.sampled_from(["Ferry sails", "Bridge closes early today", "Market"]),
            st.sampled_from(["Eleven boats were counted there.", "Painters want the whole upper deck."]),
            st.sampled_from(["1", "2", "3"]),
            st.sampled_from([None, FERRY_URL, BRIDGE_URL]),
        ),
        max_size=4,
    )
)
def test_what_is_stored_is_not_new_whatever_its_identifiers(given: list[Article]) -> None:
    with open_archive("sqlite://") as archive:
        archive.store(given, [], MORNING)
        assert archive.store(given, [], MORNING + HOUR).new == 0


def test_windows_that_touch_share_nothing(archive: Archive) -> None:
    archive.store([PIER, MARKET], (), MORNING)
    middle = MORNING - 2 * HOUR
    assert archive.articles(until=middle) == (MARKET,)
    assert archive.articles(since=middle) == (PIER,)
    assert archive.articles(since=middle - HOUR, until=MORNING) == (PIER, MARKET)


def test_an_undated_article_counts_from_when_its_source_first_gave_it(archive: Archive) -> None:
    archive.store([UNDATED], (), MORNING)
    archive.store([UNDATED], (), MORNING + DAY)
    repainted = article("Lighthouse painted", "It is white again.")
    archive.store([repainted], (), MORNING + 2 * DAY)
    assert archive.articles(until=MORNING) == (repainted,)
    assert archive.articles(since=MORNING) == ()


def test_the_newest_come_first_and_a_limit_takes_them(archive: Archive) -> None:
    archive.store([MARKET, PIER], (), MORNING)
    assert archive.articles() == (PIER, MARKET)
    assert archive.articles(limit=1) == (PIER,)
    assert archive.articles(limit=0) == ()


def test_sources_choose(archive: Archive) -> None:
    elsewhere = article("Bridge closes", source="valley", published=MORNING)
    archive.store([PIER, elsewhere], (), MORNING)
    assert archive.articles(sources=["valley"]) == (elsewhere,)
    assert archive.articles(sources=["valley", "harbour", "unknown"]) == (elsewhere, PIER)
    assert archive.articles(sources=[]) == ()


def test_an_article_of_two_sources_is_one_article_and_lives_until_both_lose_it(archive: Archive) -> None:
    url = "https://www.harbour.example/pier"
    front, town = (
        identify(Article("", "", source, "Ferry pier reopens", url=url, published=MORNING))
        for source in ("front", "town")
    )
    assert front.id == town.id
    assert archive.store([front, town], (), MORNING) == Stored(new=2)
    assert len(archive.articles()) == 1
    assert archive.articles(sources=["town"]) == (town,)
    assert archive.retire("front", (), MORNING + DAY) == (front.id,)
    assert archive.articles() == (town,)
    archive.retire("town", (), MORNING + DAY)
    assert archive.articles() == ()
    assert archive.article(front.id) in (front, town)


def test_what_a_complete_source_lost_is_gone_until_it_returns(archive: Archive) -> None:
    archive.store([PIER, MARKET], (), MORNING)
    assert archive.retire("harbour", [PIER.id], MORNING + DAY) == (MARKET.id,)
    assert archive.retire("harbour", [PIER.id], MORNING + 2 * DAY) == ()
    assert archive.retire("elsewhere", [], MORNING + DAY) == ()
    assert archive.articles() == (PIER,)
    assert archive.article(MARKET.id) == MARKET
    assert archive.revisions(MARKET.id)[0].gone == MORNING + DAY
    archive.store([MARKET], (), MORNING + 3 * DAY)
    assert archive.articles() == (PIER, MARKET)
    assert archive.revisions(MARKET.id)[0].gone is None


def test_more_articles_than_a_database_takes_parameters(archive: Archive) -> None:
    many = [article(f"Headline {number}", published=MORNING) for number in range(1200)]
    assert archive.store(many, (), MORNING).new == 1200
    assert archive.store(many, (), MORNING).unchanged == 1200
    assert len(archive.articles()) == 1200


def test_what_was_never_stored_is_none(archive: Archive) -> None:
    assert archive.article("0" * 16) is None
    assert archive.revisions("0" * 16) == ()
    assert archive.articles() == ()


# Documents


@laws
@given(given=st.lists(documents(), max_size=4))
def test_documents_come_back_whole(fresh: Callable[[], str], given: list[Document]) -> None:
    with open_archive(fresh()) as archive:
        archive.store((), given, MORNING)
        kept = list(archive.documents())
        last = {(each.source, each.name, each.body): each for each in given}
        assert {(each.source, each.name, each.body) for each in kept} == set(last)
        for each in kept:
            assert each == last[each.source, each.name, each.body] or each.retrieved is not None


def test_a_document_is_kept_once_and_until_it_is_discarded(archive: Archive) -> None:
    page = Document("harbour", "page.html", b"<p>Boats.", "text/html", "utf-8", "https://harbour.example/", MORNING)
    archive.store((), [page], MORNING)
    archive.store((), [replace(page, retrieved=MORNING + DAY)], MORNING + DAY)
    assert list(archive.documents("harbour")) == [replace(page, retrieved=MORNING + DAY)]
    assert list(archive.documents("valley")) == []
    assert list(archive.documents(by=MORNING)) == list(archive.documents())
    assert list(archive.documents(by=MORNING - DAY)) == []
    assert archive.discard_documents(MORNING + DAY) == 0
    assert archive.discard_documents(MORNING + 2 * DAY) == 1
    assert list(archive.documents()) == []


# Issues


def make_issue(number: int, newsletter: str = "Morning Tide", day: date = TODAY) -> tuple[Issue, tuple[Rendition, ...]]:
    issue = Issue(
        newsletter=newsletter,
        date=day,
        made=MORNING,
        number=number,
        subject=f"Number {number}",
        sections=(Section("town", "Town", (Story((PIER, MARKET)),)),),
    )
    return issue, (
        Rendition("issue.html", "text/html", f"<p>{number}".encode()),
        Rendition("issue.txt", "text/plain", f"{number}".encode()),
    )


def publish(archive: Archive, newsletter: str = "Morning Tide", day: date = TODAY, again: bool = False) -> Issue:
    return archive.publish(newsletter, day, lambda n: make_issue(n, newsletter, day), MORNING, again=again)


def test_issues_are_numbered_from_one_for_each_newsletter(archive: Archive) -> None:
    days = [TODAY, TODAY + DAY, TODAY + 2 * DAY]
    assert [publish(archive, day=day).number for day in days] == [1, 2, 3]
    assert publish(archive, "Evening Tide").number == 1
    assert [(row.newsletter, row.number) for row in archive.issues()] == [
        ("Evening Tide", 1),
        ("Morning Tide", 1),
        ("Morning Tide", 2),
        ("Morning Tide", 3),
    ]


def test_the_list_of_issues_says_what_each_was(archive: Archive) -> None:
    publish(archive)
    (row,) = archive.issues("Morning Tide")
    assert (row.number, row.date, row.subject, row.stories) == (1, TODAY, "Number 1", 1)
    assert (row.made, row.published) == (MORNING, MORNING)
    assert archive.issues("Evening Tide") == ()


def test_an_issue_is_read_back_as_it_was_published(archive: Archive) -> None:
    publish(archive)
    assert archive.issue(1) == make_issue(1)
    assert archive.rendition(1, "issue.txt") == Rendition("issue.txt", "text/plain", b"1")


@laws
@given(composed=issues(), forms=renditions(), at=st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC)))
def test_any_issue_is_read_back_as_it_was_published(
    fresh: Callable[[], str],
    composed: Issue,
    forms: tuple[Rendition, ...],
    at: datetime,
) -> None:
    with open_archive(fresh()) as archive:
        numbered = archive.publish(
            composed.newsletter, composed.date, lambda n: (replace(composed, number=n), forms), at
        )
        assert archive.issue(1) == (numbered, forms)
        assert set(archive.told(composed.newsletter)) == {
            each.id for story in composed.stories for each in story.articles
        }


def test_the_same_day_twice_is_refused_with_the_number_that_is_there(archive: Archive) -> None:
    publish(archive)
    with pytest.raises(ArchiveError, match="Morning Tide, 2026-11-22: published already, as issue 1"):
        publish(archive)
    assert len(archive.issues()) == 1
    assert publish(archive, again=True).number == 2
    with pytest.raises(ArchiveError, match="as issue 2"):
        publish(archive)
    assert archive.issue(1) == make_issue(1)


def test_an_issue_that_cannot_be_made_takes_no_number(archive: Archive) -> None:
    def fail(number: int) -> tuple[Issue, tuple[Rendition, ...]]:
        raise ZeroDivisionError(number)

    with pytest.raises(ZeroDivisionError):
        archive.publish("Morning Tide", TODAY, fail, MORNING)
    assert archive.issues() == ()
    assert publish(archive).number == 1


@pytest.mark.parametrize("wrong", [{"number": 7}, {"newsletter": "Evening Tide"}, {"date": TODAY + DAY}])
def test_what_was_made_for_another_number_or_day_is_refused(archive: Archive, wrong: dict[str, object]) -> None:
    def make(number: int) -> tuple[Issue, tuple[Rendition, ...]]:
        issue, forms = make_issue(number)
        return replace(issue, **wrong), forms  # type: ignore[arg-type]

    with pytest.raises(ArchiveError, match="number 1 was allotted"):
        archive.publish("Morning Tide", TODAY, make, MORNING)
    assert archive.issues() == ()


def test_two_renditions_of_one_name_are_refused_and_nothing_is_published(archive: Archive) -> None:
    def make(number: int) -> tuple[Issue, tuple[Rendition, ...]]:
        issue, (html, _) = make_issue(number)
        return issue, (html, html)

    with pytest.raises(ArchiveError):
        archive.publish("Morning Tide", TODAY, make, MORNING)
    assert archive.issues() == ()


def test_an_issue_that_is_not_there_is_named_with_what_is(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="issue 1: the archive has none of that number; nothing has been published"):
        archive.issue(1)
    publish(archive)
    with pytest.raises(ArchiveError, match="issue 2: the archive has none of that number; the last is 1"):
        archive.issue(2)
    with pytest.raises(
        ArchiveError, match=r"issue 1: it has no issue.pdf; it was published with issue.html, issue.txt"
    ):
        archive.rendition(1, "issue.pdf")
    publish(archive, "Evening Tide")
    with pytest.raises(ArchiveError, match=r"several newsletters have one \(Evening Tide, Morning Tide\)"):
        archive.issue(1)
    assert archive.issue(1, "Evening Tide")[0].newsletter == "Evening Tide"


def test_the_archive_knows_what_was_told_and_in_which_issue(archive: Archive) -> None:
    assert archive.told("Morning Tide") == {}
    publish(archive)
    publish(archive, day=TODAY + DAY)
    assert archive.told("Morning Tide") == {PIER.id: 2, MARKET.id: 2}
    assert archive.told("Evening Tide") == {}


def test_an_archive_opened_again_holds_what_it_held(fresh_file: Callable[[], str]) -> None:
    url = fresh_file()
    with open_archive(url) as first:
        first.store([PIER], (), MORNING)
        publish(first)
    with open_archive(url) as second:
        assert second.articles() == (PIER,)
        assert publish(second, day=TODAY + DAY).number == 2


# What is remembered of the addresses that sources ask


FEED = "https://harbour.example/feed"
FETCH = Fetch("harbour", FEED, etag='"one"', asked=MORNING, succeeded=MORNING, items=20)


def test_what_is_remembered_of_an_address_is_the_last_that_was_said(archive: Archive) -> None:
    failing = replace(FETCH, failing_since=MORNING + DAY, failures=1, error="no answer", not_before=MORNING + 2 * DAY)
    archive.store((), (), MORNING, [FETCH])
    assert archive.fetches([FEED]) == (FETCH,)
    archive.store((), (), MORNING + DAY, [failing, replace(FETCH, source="town")])
    assert archive.fetches([FEED]) == (failing, replace(FETCH, source="town"))
    assert archive.fetches(["https://harbour.example/other"]) == archive.fetches([]) == ()


def test_a_followed_address_is_no_address_of_the_sources_own(archive: Archive) -> None:
    page = Fetch("harbour", "https://harbour.example/pier", followed=True, mark="1", asked=MORNING)
    folder = Fetch("pages")
    archive.store((), (), MORNING, [page, folder, FETCH])
    assert archive.fetches() == (FETCH, folder)
    assert archive.fetches([page.url]) == (page,)


def test_an_address_that_is_not_asked_any_more_is_forgotten(archive: Archive) -> None:
    later = replace(FETCH, url=FEED + "2", asked=MORNING + DAY)
    archive.store((), (), MORNING + DAY, [FETCH, later])
    assert archive.discard_fetches(MORNING + HOUR) == 1
    assert archive.fetches() == (later,)


@laws
@given(text=hostile_text())
def test_any_text_may_be_remembered_of_an_address(fresh: Callable[[], str], text: str) -> None:
    odd = Fetch(text, text, etag=text, error=text)
    with open_archive(fresh()) as archive:
        for _ in range(2):
            archive.store((), (), MORNING, [odd, FETCH])
        assert len(archive.fetches([text, FEED])) == 2


def test_a_thousand_addresses_are_remembered(archive: Archive) -> None:
    many = [replace(FETCH, url=f"{FEED}/{number:04}") for number in range(1200)]
    for _ in range(2):
        archive.store((), (), MORNING, many)
    assert archive.fetches([fetch.url for fetch in many]) == archive.fetches() == tuple(many)


def test_nothing_is_taken_for_read_that_was_not_kept(archive: Archive) -> None:
    broken = replace(FETCH, asked=datetime(2026, 11, 22, 5, 0))
    with pytest.raises(ArchiveError):
        archive.store([PIER], (), MORNING, [broken])
    assert archive.articles() == ()
    assert archive.fetches() == ()


# What is news


def test_news_is_what_is_dated_or_first_seen_since_with_its_first_sighting(archive: Archive) -> None:
    archive.store([PIER, UNDATED], (), MORNING)
    archive.store([PIER_MENDED, MARKET], (), MORNING + DAY)
    assert archive.news(MORNING + HOUR) == ((PIER_MENDED, MORNING), (MARKET, MORNING + DAY))
    assert archive.news(MORNING + 2 * DAY) == ()
    assert {one.id for one, _ in archive.news()} == {PIER.id, UNDATED.id, MARKET.id}
    assert archive.news(MORNING + HOUR, ["elsewhere"]) == ()


def test_an_article_that_another_source_had_first_is_as_old_as_that(archive: Archive) -> None:
    archive.store([PIER], (), MORNING)
    archive.store([replace(PIER, source="valley")], (), MORNING + DAY)
    assert archive.news(MORNING + HOUR) == ((replace(PIER, source="valley"), MORNING),)


def test_the_last_issue_before_a_day_and_what_was_told_until_then(archive: Archive) -> None:
    def make(day: date, told: Article) -> None:
        def issue(number: int) -> tuple[Issue, tuple[Rendition, ...]]:
            sections = (Section("town", "Town", (Story((told,)),)),)
            return Issue("Morning Tide", day, MORNING, number=number, sections=sections), ()

        archive.publish("Morning Tide", day, issue, MORNING)

    tomorrow = TODAY + DAY
    assert archive.last_issue("Morning Tide") is None
    make(TODAY, PIER)
    make(tomorrow, MARKET)
    last, first = archive.last_issue("Morning Tide"), archive.last_issue("Morning Tide", before=tomorrow)
    assert (last and last.number, first and first.number) == (2, 1)
    assert archive.last_issue("Morning Tide", before=TODAY) is None
    assert archive.last_issue("Evening Tide") is None
    assert archive.told("Morning Tide", before=tomorrow) == {PIER.id: 1}
    assert archive.told("Morning Tide", ids=[MARKET.id, "never"]) == {MARKET.id: 2}


# What sections are learned from


def test_lessons_are_the_oldest_articles_of_a_number_that_stays_until_enough_is_new(archive: Archive) -> None:
    dated = [article(f"Number {n}", published=MORNING - n * HOUR, guid=f"{n:03}") for n in range(30)]
    archive.store(dated[9:], (), MORNING)
    assert [each.headline for each in archive.lessons(MORNING, 100)] == [f"Number {n}" for n in range(29, 9, -1)]
    assert [each.headline for each in archive.lessons(MORNING, 2)] == ["Number 11", "Number 10"]
    mark = archive.lessons_mark(MORNING, 100)
    archive.store(dated[7:9], (), MORNING)
    assert archive.lessons_mark(MORNING, 100) == mark
    archive.store(dated, (), MORNING)
    assert archive.lessons_mark(MORNING, 100) != mark
    assert len(archive.lessons(MORNING, 100)) == 28


def test_an_article_dated_later_or_gone_is_no_lesson(archive: Archive) -> None:
    archive.store([PIER, MARKET], (), MORNING)
    assert archive.lessons(MORNING - 2 * HOUR, 9) == (MARKET,)
    archive.retire("harbour", [PIER.id], MORNING)
    assert archive.lessons(MORNING, 9) == (PIER,)


def test_what_was_learned_last_is_found_by_its_mark_alone(archive: Archive) -> None:
    archive.keep_classifiers("Morning", "one", b"first")
    archive.keep_classifiers("Morning", "two", b"second")
    archive.keep_classifiers("Evening", "one", b"other")
    assert archive.classifiers("Morning", "one") is None
    assert archive.classifiers("Morning", "two") == b"second"
    assert archive.classifiers("Evening", "one") == b"other"


def test_the_recent_issues_are_the_last_before_a_day_the_oldest_first(archive: Archive) -> None:
    days = [TODAY + timedelta(days=number) for number in range(4)]
    for day in days:
        archive.publish("Morning", day, partial(_empty, day), MORNING)
    assert [issue.date for issue in archive.recent_issues("Morning", days[3], 2)] == days[1:3]
    assert archive.recent_issues("Morning", days[0], 2) == ()
    assert archive.recent_issues("Evening", days[3], 2) == ()


def _empty(day: date, number: int) -> tuple[Issue, tuple[Rendition, ...]]:
    return Issue("Morning", day, MORNING, number=number), ()
