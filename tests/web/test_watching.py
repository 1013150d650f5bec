"""Which changes on the disk count, whatever way an editor saves."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.web.watching import plan


def test_a_file_is_watched_through_its_folder_and_alone_counts(tmp_path: Path) -> None:
    page = tmp_path / "front.txt"
    page.touch()
    watch = plan([page])
    assert {folder for folder, _ in watch.folders} == {str(tmp_path)}
    assert watch.concerns(str(page))
    assert not watch.concerns(str(tmp_path / "notes.txt"))


def test_a_folder_counts_with_all_that_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "in/harbour").mkdir(parents=True)
    watch = plan([tmp_path / "in"])
    assert {folder for folder, _ in watch.folders} == {
        str(tmp_path),
        str(tmp_path / "in"),
        str(tmp_path / "in/harbour"),
    }
    assert watch.concerns(str(tmp_path / "in/harbour/ferry.md"))
    assert watch.concerns(str(tmp_path / "in"))
    assert not watch.concerns(str(tmp_path / "inlet.md"))


@pytest.mark.parametrize(
    "name", [".ferry.md.swp", "ferry.md~", ".git/index", "digest.sqlite", "digest.sqlite-wal", "#ferry.md#"]
)
def test_what_nobody_wrote_for_the_issue_does_not_count(tmp_path: Path, name: str) -> None:
    assert not plan([tmp_path]).concerns(str(tmp_path / name))


def test_a_file_named_by_hand_counts_whatever_its_name(tmp_path: Path) -> None:
    assert plan([tmp_path / ".front.txt"]).concerns(str(tmp_path / ".front.txt"))


def test_a_hidden_folder_above_the_inputs_hides_nothing(tmp_path: Path) -> None:
    inputs = tmp_path / ".desk" / "in"
    inputs.mkdir(parents=True)
    assert plan([inputs]).concerns(str(inputs / "ferry.md"))


def test_what_is_not_there_yet_is_awaited(tmp_path: Path) -> None:
    watch = plan([tmp_path / "templates" / "partials" / "story.mjml.j2"])
    assert {folder for folder, _ in watch.folders} == {str(tmp_path)}
    assert watch.concerns(str(tmp_path / "templates"))


def test_a_link_is_watched_where_it_stands_and_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "desk").mkdir()
    target, link = tmp_path / "store" / "front.txt", tmp_path / "desk" / "front.txt"
    target.touch()
    link.symlink_to(target)
    watch = plan([link])
    assert watch.concerns(str(link))
    assert watch.concerns(str(target))


def test_a_folder_made_again_is_another_one(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    before = plan([inputs])
    inputs.rename(tmp_path / "old")
    inputs.mkdir()
    assert plan([inputs]) != before
