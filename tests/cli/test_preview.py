"""What the preview builds from: local files at every change, the web only when it is asked to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from digest.archive import open_archive
from digest.cli.desk import set_up
from digest.cli.preview import Table
from digest.errors import NothingToPublishError
from digest.pipeline import checks_of, finish
from digest.web import Proof
from tests.sources.server import Server, reply

NOW = "2026-11-20T07:00:00+01:00"
FEED = """<rss version="2.0"><channel><title>Harbour Wire</title>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><link>https://wire.example/{n}</link><description>{title}, the harbour says."
ITEM += "</description><pubDate>Fri, 20 Nov 2026 05:0{n}:00 GMT</pubDate></item>"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def feed(*titles: str) -> bytes:
    return FEED.format(items="".join(ITEM.format(title=title, n=n) for n, title in enumerate(titles))).encode()


def headlines(proof: Proof) -> set[str]:
    return {story.headline for story in proof.draft.issue.stories}


@pytest.fixture
def table(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    """A preview of one folder and one feed."""
    monkeypatch.chdir(tmp_path)
    server.routes["/feed"] = reply(feed("Ferry to Brunness resumes"))
    Path("digest.toml").write_text(
        f"""
        [newsletter]
        name = "The Quayside Letter"
        corrections = "errors@quayside.example"
        [[source]]
        name = "Desk"
        use = "folder"
        path = "desk"
        [[source]]
        name = "Wire"
        use = "feed"
        url = "{server.url}/feed"
        allow_hosts = ["127.0.0.1"]
        follow = 0
        """
    )
    Path("desk").mkdir()
    write("gulls", "Gulls take the market hall")
    with closing(Table(set_up((), None, None, NOW))) as made:
        yield made


def write(name: str, headline: str, url: str = "") -> None:
    head = f"---\nurl: {url}\n---\n" if url else ""
    text = f"{head}# {headline}\n\nThe harbour master of Tolby said so on Thursday evening.\n"
    Path(f"desk/{name}.md").write_text(text)


def test_the_web_is_asked_at_the_start_and_when_asked_to_and_files_are_read_always(
    table: Table, server: Server
) -> None:
    first = table.build(False)
    assert headlines(first) == {"Gulls take the market hall", "Ferry to Brunness resumes"}
    assert first.collected == datetime.fromisoformat(NOW)

    server.routes["/feed"] = reply(feed("Ferry to Brunness resumes", "Lantern tax is put off"))
    write("kites", "Kite regatta drawn in fog")
    asked = len(server.paths())
    second = table.build(False)
    assert headlines(second) == headlines(first) | {"Kite regatta drawn in fog"}
    assert len(server.paths()) == asked

    third = table.build(True)
    assert headlines(third) == headlines(second) | {"Lantern tax is put off"}


def test_what_was_asked_for_is_collected_once_the_configuration_is_right_again(table: Table, server: Server) -> None:
    table.build(False)
    server.routes["/feed"] = reply(feed("Lantern tax is put off"))
    right = Path("digest.toml").read_text()
    Path("digest.toml").write_text(right.replace("[newsletter]", "[newsleter]"))
    with pytest.raises(Exception, match="newsleter"):
        table.build(True)
    Path("digest.toml").write_text(right)
    assert "Lantern tax is put off" in headlines(table.build(False))


def test_what_the_web_could_not_give_is_told_until_it_is_asked_again(table: Table, server: Server) -> None:
    del server.routes["/feed"]
    for _ in range(2):
        assert any(drop.stage == "collect" and "Wire" in drop.subject for drop in table.build(False).draft.issue.drops)


def test_a_preview_of_files_alone_has_nothing_to_collect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("desk").mkdir()
    table = Table(set_up(("desk",), None, None, NOW))
    with pytest.raises(NothingToPublishError):
        table.build(True)
    write("gulls", "Gulls take the market hall")
    assert table.build(False).collected is None


def test_every_story_and_every_article_left_out_can_be_explained(table: Table) -> None:
    write("again", "Gulls take the market hall")
    proof = table.build(False)
    assert proof.explain
    for story in proof.draft.issue.stories:
        said = proof.explain(story.id).explanation
        assert said
        assert said.headline == story.headline
    for drop in proof.draft.issue.drops:
        assert proof.explain(drop.subject).explanation


def finished(proof: Proof) -> Proof:
    """The proof with all that was left for later."""
    while proof.more:
        proof = proof.more()
    return proof


def test_the_email_comes_first_and_the_rest_is_what_a_build_would_write(table: Table) -> None:
    first = table.build(False)
    whole = finished(first)
    assert [each.name for each in first.draft.renditions] == ["issue.html"]
    with closing(set_up((), None, None, NOW).archive()) as archive:
        desk = set_up((), None, None, NOW)
        issue, _ = desk.draft(archive)
        assert whole.draft == finish(issue, desk.look, checks_of(desk.settings))


def test_an_archive_that_is_taken_away_while_it_is_open_is_begun_anew(table: Table) -> None:
    for _ in range(2):
        table.build(False)
    for path in Path().glob("digest.sqlite*"):
        path.unlink()
    assert "Gulls take the market hall" in headlines(table.build(False))
    assert Path("digest.sqlite").exists()


def test_an_archive_that_is_put_in_the_place_of_the_open_one_is_read(table: Table) -> None:
    for _ in range(2):
        table.build(False)
    with closing(open_archive("sqlite:///other.sqlite")) as archive:
        archive.take_down("https://wire.example/0", "a wrong name", datetime.fromisoformat(NOW))
    for path in Path().glob("digest.sqlite-*"):
        path.unlink()
    Path("other.sqlite").replace("digest.sqlite")
    write("ferry", "Ferry to Brunness resumes", "https://wire.example/0")
    assert headlines(table.build(False)) == {"Gulls take the market hall"}


def test_what_another_process_took_down_meanwhile_is_known(table: Table) -> None:
    table.build(False)
    table.build(False)
    with closing(set_up((), None, None, NOW).archive()) as archive:
        archive.take_down(
            next(iter(archive.named("Gulls take the market hall"))).id, "a wrong name", datetime.fromisoformat(NOW)
        )
    assert "Gulls take the market hall" not in headlines(table.build(False))
