"""When the issue is built again, and who is told."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Collection
from pathlib import Path

import anyio
import pytest

from digest.web import watching
from digest.web.watching import Watch
from tests.web.desk import Newsroom, Served, serving


def test_listeners_hear_the_version_at_hand_and_then_one_event_a_change(newsroom: Newsroom, served: Served) -> None:
    with served.events() as first, served.events() as second:
        at_hand = first()
        assert at_hand[0] == "current"
        assert second() == at_hand
        assert f'data-version="{at_hand[1]}"' in served.ask("/").text
        newsroom.write("Lantern tax is put off until the spring")
        changed = first()
        assert changed[0] == "change"
        assert changed[1] != at_hand[1]
        assert second() == changed
        assert f'data-version="{changed[1]}"' in served.ask("/").text
    assert newsroom.builds == 2


def test_a_file_renamed_over_the_old_one_is_a_change_again_and_again(newsroom: Newsroom, served: Served) -> None:
    with served.events() as following:
        following()
        for words in ("Council counts gulls", "Council counts gulls again", "Council tires of gulls"):
            newsroom.replace(words)
            following()
            assert words in served.ask("/issue.txt").text
    assert newsroom.builds == 4


def test_what_comes_later_into_a_folder_is_seen_however_deep(newsroom: Newsroom) -> None:
    inputs = newsroom.folder / "in"
    newsroom.also_watched.append(inputs)
    with serving(newsroom) as served, served.events() as following:
        following()
        inputs.mkdir()
        following()
        (inputs / "harbour").mkdir()
        following()
        (inputs / "harbour" / "ferry.md").write_text("# Ferry crews vote", encoding="utf-8")
        assert following()[0] == "change"
        shutil.rmtree(inputs)
        following()


def test_a_folder_made_again_is_watched_again(newsroom: Newsroom) -> None:
    inputs = newsroom.folder / "in"
    inputs.mkdir()
    newsroom.also_watched.append(inputs)
    with serving(newsroom) as served, served.events() as following:
        following()
        inputs.rename(newsroom.folder / "old")
        following()
        inputs.mkdir()
        following()
        (inputs / "ferry.md").touch()
        assert following()[0] == "change"


def test_the_watch_follows_what_a_build_finds(newsroom: Newsroom) -> None:
    elsewhere = newsroom.folder / "templates"
    elsewhere.mkdir()
    with serving(newsroom) as served, served.events() as following:
        following()
        newsroom.also_watched.append(elsewhere)
        newsroom.write("Two lighthouses agree on a colour")
        following()
        (elsewhere / "issue.mjml.j2").touch()
        assert following()[0] == "change"


def test_saves_during_a_build_cost_one_more_build(newsroom: Newsroom, served: Served) -> None:
    with served.events() as following:
        following()
        newsroom.begun.acquire()
        newsroom.gate.clear()
        newsroom.write("draft 0")
        newsroom.begun.acquire()
        for number in range(1, 9):
            newsroom.replace(f"draft {number}")
        newsroom.gate.set()
        while "draft 8" not in served.ask("/issue.txt").text:
            following()
    assert newsroom.builds <= 4


def test_the_page_waits_for_the_first_build(newsroom: Newsroom) -> None:
    newsroom.gate.clear()
    with serving(newsroom) as served:
        newsroom.begun.acquire()
        newsroom.gate.set()
        assert "Ferry crews" in served.ask("/").text


def test_it_stops_while_browsers_listen_and_tells_them(newsroom: Newsroom) -> None:
    with serving(newsroom) as served, served.events() as following:
        following()
        served.stop()
        assert following() == ("", "")


class Forgetful(Newsroom):
    """Cannot tell any more, after the first build, what its issues are made from."""

    def watched(self) -> Collection[Path]:
        if self.builds > 0:
            raise OSError("the disk is gone")
        return super().watched()


def test_a_fault_in_what_to_watch_leaves_the_watch_as_it_was(tmp_path: Path) -> None:
    newsroom = Forgetful(tmp_path)
    with serving(newsroom) as served, served.events() as following:
        following()
        for words in ("Baker of the lower quay retires", "Baker changes his mind"):
            newsroom.write(words)
            following()
            assert words in served.ask("/issue.txt").text


def test_where_the_system_cannot_tell_of_changes_they_are_looked_for(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changes(watch: Watch, end: anyio.Event, polling: bool | None = None) -> AsyncIterator[None]:
        if not polling:
            raise OSError("too many watches")
        return watching.changes(watch, end, polling)

    monkeypatch.setattr("digest.web.live.changes", changes)
    with serving(newsroom) as served, served.events() as following:
        following()
        newsroom.write("The tide tables were a page short")
        # Looking tells times apart by the second, and this save came in the same one as the first.
        os.utime(newsroom.page, (2_000_000_000, 2_000_000_000))
        following()
        assert "The tide tables" in served.ask("/issue.txt").text
        assert "Changes are not seen" not in served.ask("/").text


def test_where_changes_cannot_be_seen_at_all_the_page_says_so(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changes(watch: Watch, end: anyio.Event, polling: bool | None = None) -> AsyncIterator[None]:
        raise OSError("too many watches")

    monkeypatch.setattr("digest.web.live.changes", changes)
    with serving(newsroom) as served:
        page = served.ask("/").text
        assert "Changes are not seen (too many watches): start the preview again after each." in page
        assert "Ferry crews" in page
