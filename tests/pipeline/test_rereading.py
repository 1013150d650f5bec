"""Documents are kept for a set time and can be read again; what is then read better is no publisher's change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.archive import open_archive
from digest.archive.store import Archive
from digest.config import SourceSettings
from digest.model import Article, Document, Drop
from digest.pipeline import collect, reread
from digest.sources.web import Feed, FeedOptions
from digest.stages import clean
from tests.cli.runner import run
from tests.sources.collecting import BAKERY, FERRY, HOSTS, item, page
from tests.sources.server import Server, feed, reply

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
DAY = timedelta(days=1)
PRESS = SourceSettings(name="press", use="folder")


class Press:
    """A source that gives the documents it is told to."""

    complete = False

    def __init__(self, *documents: Document) -> None:
        self.documents = documents

    def fetch(self, now: datetime) -> Iterator[Document | Drop]:
        return (replace(document, retrieved=now) for document in self.documents)


def story(name: str, *paragraphs: str) -> Document:
    address = f"https://harbour.example/{name}"
    html = page(f"The {name} is back", paragraphs).replace("</head>", f'<link rel="canonical" href="{address}"></head>')
    return Document("press", address, html.encode(), "text/html", "utf-8", address)


@pytest.fixture
def archive() -> Iterator[Archive]:
    with open_archive("sqlite://") as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def worse(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A reader that loses the last paragraph of every article, until the patch is undone."""
    cleaned = clean.clean

    def loses(article: Article) -> tuple[Article | None, tuple[Drop, ...]]:
        return cleaned(replace(article, blocks=article.blocks[:-1]))

    monkeypatch.setattr(clean, "clean", loses)
    return monkeypatch


def test_a_better_reader_mends_the_wording_in_place(archive: Archive, worse: pytest.MonkeyPatch) -> None:
    ferry = story("ferry", *FERRY)
    collect([(PRESS, Press(ferry))], archive, NOW)
    (before,) = archive.articles()
    assert before.paragraphs == FERRY[:-1]
    worse.undo()
    done = reread([PRESS], archive, NOW + DAY)
    (after,) = archive.articles()
    assert after.paragraphs == FERRY
    assert done.documents == 1
    assert done.changed == (replace(after, retrieved=done.changed[0].retrieved),)
    (only,) = archive.revisions(after.id)
    assert (only.first_seen, only.last_seen, only.article.retrieved) == (NOW, NOW, before.retrieved)
    assert reread([PRESS], archive, NOW + DAY).changed == ()
    collect([(PRESS, Press(ferry))], archive, NOW + 2 * DAY)
    assert len(archive.revisions(after.id)) == 1


def test_each_wording_is_read_again_in_its_own_document(archive: Archive, worse: pytest.MonkeyPatch) -> None:
    collect([(PRESS, Press(story("ferry", *FERRY)))], archive, NOW)
    collect([(PRESS, Press(story("ferry", *FERRY[:4], BAKERY[0], BAKERY[1])))], archive, NOW + DAY)
    worse.undo()
    assert len(reread([PRESS], archive, NOW + 2 * DAY).changed) == 2
    (latest,) = archive.articles()
    assert [each.article.paragraphs for each in archive.revisions(latest.id)] == [
        FERRY,
        (*FERRY[:4], BAKERY[0], BAKERY[1]),
    ]
    assert latest.paragraphs[-1] == BAKERY[1]


def test_two_wordings_that_are_now_read_alike_become_one(archive: Archive, worse: pytest.MonkeyPatch) -> None:
    collect([(PRESS, Press(story("ferry", *FERRY)))], archive, NOW)
    worse.undo()
    collect([(PRESS, Press(story("ferry", *FERRY)))], archive, NOW + DAY)
    (latest,) = archive.articles()
    assert len(archive.revisions(latest.id)) == 2
    collect([(PRESS, Press(story("bakery", *BAKERY)))], archive, NOW)
    reread([PRESS], archive, NOW + 2 * DAY)
    assert {each.paragraphs for each in archive.articles()} == {FERRY, BAKERY}


def test_what_was_learned_since_is_left_out_of_older_articles(archive: Archive) -> None:
    box = "Our friends of the harbour hear from us first, every Friday, with a loaf on the house."
    stories = {"ferry": FERRY, "bakery": BAKERY, "mill": tuple(text[::-1] + "." for text in FERRY)}
    for day, (name, paragraphs) in enumerate(stories.items()):
        collect([(PRESS, Press(story(name, *paragraphs[:5], box, paragraphs[5])))], archive, NOW + day * DAY)
    assert any(box in article.paragraphs for article in archive.articles())
    reread([PRESS], archive, NOW + 3 * DAY)
    assert not any(box in article.paragraphs for article in archive.articles())


def followed(server: Server) -> tuple[SourceSettings, Feed]:
    options = {"url": f"{server.url}/feed", "allow_hosts": HOSTS}
    server.routes["/feed"] = feed(item("The old ferry is back", "The old ferry sails again.", f"{server.url}/ferry"))
    server.routes["/ferry"] = reply(page("The old ferry is back", FERRY))
    return SourceSettings(name="quay", use="feed", **options), Feed("quay", FeedOptions(**options), Path())


def test_a_teaser_keeps_the_text_of_its_page(archive: Archive, server: Server, worse: pytest.MonkeyPatch) -> None:
    settings, source = followed(server)
    collect([(settings, source)], archive, NOW)
    server.routes["/feed"] = feed(item("The bakery votes"), item("The old ferry is back", "The old ferry sails again.",
                                                                 f"{server.url}/ferry"))  # fmt: skip
    collect([(settings, source)], archive, NOW + DAY)
    worse.undo()
    assert [each.headline for each in reread([settings], archive, NOW + DAY).changed] == ["The old ferry is back"]
    ferry = next(each for each in archive.articles() if each.kind == "full")
    assert ferry.paragraphs == FERRY
    assert [each.article.kind for each in archive.revisions(ferry.id)] == ["full", "brief"]


def test_an_article_whose_page_is_kept_no_longer_stays_as_it_is(archive: Archive, server: Server) -> None:
    settings, source = followed(server)
    collect([(settings, source)], archive, NOW, keep=30 * DAY)
    server.routes["/feed"] = feed(item("Else"), item("The old ferry is back", "The old ferry sails again.",
                                                     f"{server.url}/ferry"))  # fmt: skip
    collect([(settings, source)], archive, NOW + 31 * DAY, keep=30 * DAY)
    assert [document.name for document in archive.documents()] == [f"{server.url}/feed"]
    assert reread([settings], archive, NOW + 31 * DAY).changed == ()
    assert {each.kind for each in archive.articles()} == {"full", "brief"}


def test_documents_are_kept_for_the_days_that_are_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "ferry.html").write_text(page("The old ferry is back", FERRY))
    (tmp_path / "digest.toml").write_text(
        '[archive]\nkeep = 3\n[[source]]\nname = "news"\nuse = "folder"\npath = "news"\n'
    )
    assert run("build", "-q", "--now", "2026-11-22T07:00:00+01:00").exit_code == 0
    done = run("sources", "reread", "news", "--json")
    assert json.loads(done.stdout) == {"documents": 1, "changed": []}
    (tmp_path / "news" / "ferry.html").write_text(page("The bakery votes", BAKERY))
    run("build", "-q", "--now", "2026-11-27T07:00:00+01:00")
    assert run("sources", "reread").stdout.startswith("1 documents read again; 0 articles")
    missing = run("sources", "reread", "nowhere")
    assert missing.exit_code == 2
    assert "there are news" in missing.stderr
