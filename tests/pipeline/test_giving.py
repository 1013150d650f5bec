"""An archive that is given only what changed holds the same as one that is given all, every time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.archive import open_archive
from digest.archive.store import Archive
from digest.config import SourceSettings
from digest.model import Document, Drop
from digest.pipeline import Collected, Ledger, collect

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
TOWNS = ("Brunness", "Hallow", "Tarn")
NAMES = ("a.md", "b.md", "c.md", "d.md")
Page = tuple[str, int | None, int]
"""A town, the number of an address or None, and how many sentences."""


class Desk:
    """A source of files, which are all it has."""

    name, complete = "desk", True

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self.pages = pages

    def fetch(self, now: datetime) -> Iterator[Document | Drop]:
        for name, (town, address, length) in sorted(self.pages.items()):
            url = f"url: https://desk.example/{address}\n" if address is not None else ""
            body = " ".join(f"The council of {town} met for the {n}th time on Friday evening." for n in range(length))
            text = f"---\n{url}published: 2026-11-22T05:00:00Z\n---\n# {town} mends its pier\n\n{body}\n"
            yield Document("desk", name, text.encode(), "text/markdown", retrieved=now)


def gave(archive: Archive, pages: Mapping[str, Page], now: datetime, ledger: Ledger | None) -> Collected:
    return collect([(SourceSettings(name="desk", use="folder"), Desk(pages))], archive, now, ledger=ledger)


def held(archive: Archive) -> tuple[object, ...]:
    """All that an issue or a reader of the archive can tell."""
    articles = archive.articles()
    wordings = [archive.revisions(article.id) for article in articles]
    return articles, archive.news(), wordings, tuple(archive.documents())


PAGES = st.dictionaries(
    st.sampled_from(NAMES),
    st.tuples(st.sampled_from(TOWNS), st.sampled_from((None, 1, 2)), st.sampled_from((1, 4, 6))),
    max_size=4,
)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(PAGES, st.sampled_from((0, 0, 0, 1))), min_size=2, max_size=6))
def test_what_is_left_out_would_have_changed_nothing(days: Sequence[tuple[Mapping[str, Page], int]]) -> None:
    ledger, now = Ledger(), NOW
    with open_archive("sqlite://") as sparing, open_archive("sqlite://") as lavish:
        for pages, hours in days:
            now += timedelta(hours=hours)
            told = gave(sparing, pages, now, ledger)
            assert told.by_source == gave(lavish, pages, now, None).by_source
            assert held(sparing) == held(lavish)


def test_only_what_changed_is_given() -> None:
    pages: dict[str, Page] = {"a.md": ("Brunness", 1, 4), "b.md": ("Hallow", 2, 4)}
    ledger = Ledger()
    with open_archive("sqlite://") as archive:
        assert gave(archive, pages, NOW, ledger).new == 2
        again = gave(archive, {**pages, "b.md": ("Hallow", 2, 5)}, NOW, ledger)
        assert (again.articles, again.changed) == (2, 1)


def test_what_another_process_did_to_the_archive_is_mended(tmp_path: Path) -> None:
    pages: dict[str, Page] = {"a.md": ("Brunness", 1, 4), "b.md": ("Hallow", 2, 4)}
    ledger, url = Ledger(), f"sqlite:///{tmp_path}/digest.sqlite"
    with open_archive(url) as archive:
        gave(archive, pages, NOW, ledger)
        with open_archive(url) as other:
            other.retire("desk", (), NOW)
        gave(archive, pages, NOW, ledger)
        assert len(archive.articles()) == 2


class Saved(Desk):
    """A feed that was saved into a folder."""

    def __init__(self, *items: tuple[str, str]) -> None:
        super().__init__({})
        self.items = items

    def fetch(self, now: datetime) -> Iterator[Document | Drop]:
        items = "".join(
            f"<item><guid>{guid}</guid><title>{town} mends its pier</title><link>https://desk.example/{town}</link>"
            f"<description>The council of {town} said so on Friday.</description></item>"
            for guid, town in self.items
        )
        feed = f'<rss version="2.0"><channel><title>Desk</title>{items}</channel></rss>'
        yield Document("desk", "feed.rss", feed.encode(), "application/rss+xml", retrieved=now)


def test_an_article_that_is_kept_under_an_earlier_id_stays_when_another_changes() -> None:
    ledger = Ledger()
    with open_archive("sqlite://") as archive:
        for items in (
            [("1", "Brunness")],
            [("one", "Brunness")],
            [("one", "Brunness"), ("2", "Hallow")],
        ):
            source = SourceSettings(name="desk", use="folder"), Saved(*items)
            collect([source], archive, NOW, ledger=ledger)
        assert len(archive.articles()) == 2
