"""What a source's pages repeat from day to day is left out of its articles, in every format, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from digest.archive import open_archive
from digest.archive.store import Archive
from digest.config import SourceSettings
from digest.model import Article, Document, Drop
from digest.pipeline import Collected, collect

TODAY = datetime(2026, 11, 22, 7, tzinfo=UTC)
DAY = timedelta(days=1)
TOWNS = ("Brunness", "Hallow", "Ostmark", "Quarry", "Selby", "Tarn", "Umber", "Vale")
BOX = "Our friends of the harbour hear from us first, every Friday, with a loaf on the house."


def story(town: str) -> tuple[str, ...]:
    return (
        f"The council of {town} has voted to mend the old pier before the winter storms reach it.",
        f"Work in {town} begins on Monday, when the first barge brings stone from the quarry up the river.",
        f"The mayor of {town} told the meeting that the money had been put aside in the spring, in three parts.",
        f"Fishermen of {town} may use the northern steps while the pier is closed, and pay nothing for them.",
        f"Until the work is done the ferry to {town} will land at the mill, a short walk from the market there.",
        f"A visitor to {town} who asks for the old pier will be shown a picture of it in the harbour office.",
        f"The last time that {town} mended its pier, the work took two years and one bridge, which still stands.",
    )


def html(town: str, *more: str) -> Document:
    body = "".join(f"<p>{text}</p>" for text in (*story(town), *more))
    title = f"{town} mends its pier"
    page = f"<html><title>{title}</title><body><article><h1>{title}</h1>{body}</article></body></html>"
    return Document("harbour", f"https://harbour.example/{town}", page.encode(), "text/html", "utf-8")


def text(town: str, *more: str) -> Document:
    lines = (f"{town} mends its pier at last", *story(town)[:3], *more, *story(town)[3:])
    return Document("harbour", f"{town}.txt", "\n\n".join(lines).encode(), "text/plain", "utf-8")


def markdown(town: str, *more: str) -> Document:
    body = "\n\n".join((*story(town), *more))
    return Document("harbour", f"{town}.md", f"---\ntitle: {town} mends\n---\n{body}".encode(), "text/markdown")


def mail(town: str, *more: str) -> Document:
    head = f"From: Harbour <post@harbour.example>\nTo: you@example.org\nSubject: {town} mends\nMessage-ID: <{town}@h>\n"
    page = html(town, *more).body.decode()
    return Document("harbour", f"cur/{town}:2,S", f"{head}Content-Type: text/html\n\n{page}".encode(), "message/rfc822")


def item(town: str, *more: str) -> str:
    body = "".join(f"<p>{line}</p>" for line in (*story(town), *more))
    said = f"<description><![CDATA[{body}]]></description>"
    return f"<item><title>{town} mends its pier</title><guid>{town}</guid>{said}</item>"


def feed(*items: str) -> Document:
    body = f'<rss version="2.0"><channel><title>Harbour</title>{"".join(items)}</channel></rss>'
    return Document("harbour", "https://harbour.example/feed", body.encode(), "application/rss+xml", "utf-8")


def feed_of(town: str, *more: str) -> Document:
    return feed(item(town, *more))


class Press:
    """A source that gives the documents it is told to."""

    complete = False

    def __init__(self) -> None:
        self.documents: tuple[Document, ...] = ()

    def fetch(self, now: datetime) -> Iterator[Document | Drop]:
        return iter(self.documents)


@pytest.fixture
def archive() -> Iterator[Archive]:
    with open_archive("sqlite://") as opened:
        yield opened


def collected(archive: Archive, day: int, *documents: Document, source: str = "harbour") -> Collected:
    press = Press()
    press.documents = documents
    settings = SourceSettings(name=source, use="folder")
    return collect([(settings, press)], archive, TODAY + day * DAY)


def latest(archive: Archive, town: str) -> Article:
    return next(each for each in archive.articles() if each.headline.startswith(town))


Make = Callable[..., Document]


@pytest.mark.parametrize("make", [html, text, markdown, mail, feed_of])
def test_a_box_that_came_on_other_days_is_left_out_and_told(archive: Archive, make: Make) -> None:
    for day, town in enumerate(TOWNS[:3]):
        collected(archive, day, make(town, BOX))
    done = collected(archive, 4, make("Selby", BOX))
    assert [block.text for block in latest(archive, "Selby").blocks] == list(story("Selby"))
    # In page text every line has a drop of its own.
    reason = "repeated on the source's pages" if make is text else "furniture"
    assert reason in {drop.reason for drop in done.drops}


@pytest.mark.parametrize("make", [html, text, markdown, mail, feed_of])
def test_one_article_in_many_wordings_teaches_nothing(archive: Archive, make: Make) -> None:
    for day in range(6):
        collected(
            archive, day, make("Tarn", f"Update {day}: the barge has come for the {day + 2}th time, in fair weather.")
        )
    assert set(story("Tarn")) < set(latest(archive, "Tarn").paragraphs)


def test_the_first_fetch_of_a_feed_is_enough(archive: Archive) -> None:
    done = collected(archive, 0, feed(*(item(town, BOX) for town in TOWNS)))
    assert all(BOX not in article.paragraphs for article in archive.articles())
    assert Drop("read", "https://harbour.example/feed", "furniture",
                f"{len(TOWNS)} lines that other articles of the source repeat") in done.drops  # fmt: skip


def test_a_teaser_loses_the_sentence_that_closes_them_all(archive: Archive) -> None:
    teasers = [f"<item><title>{town} mends</title><guid>{town}</guid>"
               f"<description>{story(town)[0]} Read on in the harbour office.</description></item>"
               for town in TOWNS]  # fmt: skip
    collected(archive, 0, feed(*teasers))
    assert {each.standfirst for each in archive.articles()} == {story(town)[0] for town in TOWNS}


def test_a_teaser_keeps_the_sentence_whose_number_is_its_news_though_it_ends_in_what_they_all_end_in(
    archive: Archive,
) -> None:
    told = "In part {} we lay a ring of bricks and let it dry for two days."
    films = [f"<item><title>The oven, part {number}</title><guid>{number}</guid>"
             f"<description>{told.format(number)} Follow me: https://oven.example/me #clay</description></item>"
             for number in range(1, 5)]  # fmt: skip
    collected(archive, 0, feed(*films))
    assert {each.standfirst for each in archive.articles()} == {told.format(number) for number in range(1, 5)}


def test_what_one_source_repeats_says_nothing_of_another(archive: Archive) -> None:
    for day, town in enumerate(TOWNS[:4]):
        collected(archive, day, feed_of(town, BOX))
    collected(archive, 5, feed_of("Vale", BOX), source="upland")
    assert BOX in latest(archive, "Vale").paragraphs


def test_reading_the_same_again_changes_nothing(archive: Archive) -> None:
    day_s = [feed_of("Selby", BOX), html("Hallow", BOX), html("Tarn", BOX)]
    collected(archive, 0, *day_s)
    shown, articles = archive.shown("harbour"), archive.articles()
    for day in range(1, 5):
        collected(archive, day, *day_s)
    assert archive.shown("harbour") == shown
    assert archive.articles() == articles
    assert BOX in latest(archive, "Selby").paragraphs


def test_an_article_that_says_what_others_said_keeps_its_text(archive: Archive) -> None:
    notice = (
        "<item><title>Notice {0}</title><guid>{0}</guid><description>The ferry sails as usual.</description></item>"
    )
    collected(archive, 0, feed(*(notice.format(town) for town in TOWNS[:4])))
    full = [f"<item><title>No. {n}</title><guid>{n}</guid><description>&lt;p&gt;{'&lt;p&gt;'.join(story('Vale'))}"
            "</description></item>" for n in range(4)]  # fmt: skip
    collected(archive, 1, feed(*full))
    assert all(each.paragraphs for each in archive.articles() if each.headline.startswith("No."))


def test_what_was_learned_is_stored_with_the_articles_or_not_at_all(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from digest.archive import shown as rows

    def fails(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rows, "store", fails)
    with pytest.raises(KeyboardInterrupt):
        collected(archive, 0, feed_of("Selby", BOX))
    assert archive.articles() == ()
