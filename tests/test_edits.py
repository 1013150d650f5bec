"""edits.toml: what it may say, and every mistake in it told at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from digest.config import keys_of
from digest.edits import EditTable, load_edits
from digest.errors import ConfigError
from digest.model import Edit
from tests.conftest import ROOT


def written(folder: Path, text: str) -> Path:
    path = folder / "edits.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_is_no_edits(tmp_path: Path) -> None:
    assert load_edits(tmp_path / "edits.toml") == ()


def test_a_value_of_no_kind_that_a_key_takes_is_one_problem_of_that_key(tmp_path: Path) -> None:
    path = written(tmp_path, '[[edit]]\narticle = "Ferry"\ndrop = "storys"\n[[edit]]\nsentences = ["It sailed.", true]')
    with pytest.raises(ConfigError) as caught:
        load_edits(path)
    assert str(caught.value).split("\n")[1:] == [
        "  edit[0].drop: input should be a valid boolean or 'article' or 'story', not 'storys'",
        "  edit[1].sentences[1]: input should be a valid string or a valid integer, not True",
    ]


def test_every_decision_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        [[edit]]
        article = "https://quay.example/ferry"
        date = 2026-11-20
        pin = true
        section = "sport"
        headline = "The ferry  is back"
        sentences = ["It sailed.", 3]
        reason = "our readers wait for it"

        [[edit]]
        article = "0123456789abcdef"
        from = "2026-11-20"
        until = 2026-11-22
        drop = "story"

        [[edit]]
        note = "Good morning."
        """,
    )
    assert load_edits(path) == (
        Edit(
            "https://quay.example/ferry",
            on=date(2026, 11, 20),
            pin=True,
            section="sport",
            headline="The ferry is back",
            sentences=("It sailed.", 3),
            reason="our readers wait for it",
            place="edit[0]",
        ),
        Edit(
            "0123456789abcdef",
            since=date(2026, 11, 20),
            until=date(2026, 11, 22),
            drop="story",
            place="edit[1]",
        ),
        Edit(note="Good morning.", place="edit[2]"),
    )


def test_every_mistake_is_told_at_once_with_its_place_and_the_nearest_key(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        [[edit]]
        article = "x"
        headlines = "y"

        [[edit]]
        article = "x"
        sentences = [0]
        date = "yesterday"
        """,
    )
    with pytest.raises(ConfigError) as caught:
        load_edits(path)
    message = str(caught.value)
    assert "3 problems" in message or "4 problems" in message
    assert "edit[0].headlines: unknown key; did you mean 'headline'?" in message
    assert "edit[1].date" in message
    assert "edit[1].sentences[0]" in message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('article = "x"', "asks for nothing"),
        ("pin = true", "says of no article"),
        ("drop = true", "says of no article"),
        ('article = "x"\ndrop = true\nheadline = "y"', "drops the article and sets headline"),
        ('article = "x"\npin = true\ndate = 2026-11-20\nfrom = 2026-11-20', "one date and over a time"),
        ('article = "x"\npin = true\nfrom = 2026-11-20\nuntil = 2026-11-19', "before it begins"),
        ('article = "x"\nsentences = [" "]', "one of them is empty"),
    ],
)
def test_an_edit_that_contradicts_itself_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=f"edit\\[0\\]: .*{told}"):
        load_edits(written(tmp_path, f"[[edit]]\n{text}\n"))


def test_what_is_not_toml_is_named_by_its_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"edits\.toml: is not TOML"):
        load_edits(written(tmp_path, "[[edit]\n"))


def test_an_edit_holds_on_its_date_over_its_time_or_always() -> None:
    days = [date(2026, 11, day) for day in (19, 20, 21, 22, 23)]
    held = {
        "on": Edit("x", on=days[1]),
        "from": Edit("x", since=days[1]),
        "time": Edit("x", since=days[1], until=days[3]),
        "until": Edit("x", until=days[1]),
        "always": Edit("x"),
    }
    assert {name: [edit.holds(day) for day in days] for name, edit in held.items()} == {
        "on": [False, True, False, False, False],
        "from": [False, True, True, True, True],
        "time": [False, True, True, True, False],
        "until": [True, True, False, False, False],
        "always": [True] * 5,
    }


def test_every_key_is_documented() -> None:
    page = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
    for key in keys_of(EditTable):
        assert f"| `{key}` |" in page, key
