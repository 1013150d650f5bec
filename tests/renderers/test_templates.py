"""An editor's templates: found first, copied, and every mistake in one told by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ConfigError, RenderError
from digest.model import Look
from digest.renderers import RENDERERS
from digest.renderers.templates import PACKAGED, SETS, Templates, copy_templates
from tests.renderers import issues


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    copy_templates(tmp_path / "mine")
    return tmp_path / "mine"


def spoil(path: Path, old: str, new: str) -> int:
    """Replace the first `old` and give the line it stood on."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


MISTAKES = [
    # renderer, file, what is spoilt, how, what is told
    ("email", "issue.mjml.j2", "{% for section", "{% fro section", "unknown tag 'fro'"),
    ("email", "issue.mjml.j2", "{{ section.title }}", "{{ section.titel }}", "did you mean 'title'?"),
    ("email", "partials/email.j2", "{{ story.read }}", "{{ story.reed }}", "did you mean 'read'?"),
    (
        "email",
        "issue.mjml.j2",
        "{{ issue.language }}",
        "{{ isue.language }}",
        "'isue' is undefined; did you mean 'issue'?",
    ),
    ("email", "issue.mjml.j2", 'words("corrections")', 'words("korrections")', "did you mean 'corrections'?"),
    ("email", "issue.mjml.j2", "{{ issue.language }}", "{{ 1 // 0 }}", "ZeroDivisionError"),
    (
        "email",
        "issue.mjml.j2",
        '<mj-text css-class="contents',
        '<mj-txt css-class="contents',
        "did you mean mj-text?",
    ),
    (
        "email",
        "issue.mjml.j2",
        '<mj-section css-class="colophon"',
        '<mj-section css-clas="c"',
        "did you mean css-class?",
    ),
    ("email", "issue.mjml.j2", "40px 0px 0px", "40px 0 0px", "write 0px"),
    ("email", "issue.mjml.j2", "</tbody></table>", "</tbody></tabel>", "mismatched tag"),
    ("email", "partials/email.j2", "</h3>", "</h4>", "mismatched tag"),
    ("email", "base.css", "theme.quiet", "theme.quite", "did you mean 'quiet'?"),
    ("web", "web.html.j2", "{{ issue.subject }}", "{{ issue.subjekt }}", "did you mean 'subject'?"),
    ("text", "partials/text.j2", "| wrap", "| warp", "No filter named 'warp'"),
]


@pytest.mark.parametrize(("renderer", "name", "old", "new", "told"), MISTAKES, ids=[mistake[3] for mistake in MISTAKES])
def test_a_mistake_is_told_with_its_file_and_line(
    mine: Path, renderer: str, name: str, old: str, new: str, told: str
) -> None:
    line = spoil(mine / name, old, new)
    with pytest.raises(RenderError) as caught:
        RENDERERS[renderer](issues.full(), Look(templates=(str(mine),)))
    assert str(caught.value).startswith(f"{mine / name}, line {line}: ")
    assert told in str(caught.value)


def test_a_missing_template_is_told_with_the_folders_it_was_looked_for_in(mine: Path) -> None:
    spoil(mine / "issue.mjml.j2", "partials/email.j2", "partials/mail.j2")
    with pytest.raises(RenderError) as caught:
        RENDERERS["email"](issues.one(), Look(templates=(str(mine),)))
    assert "partials/mail.j2" in str(caught.value)
    assert str(mine) in str(caught.value)
    assert "digest templates copy" in str(caught.value)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="there is no such folder"):
        RENDERERS["text"](issues.one(), Look(templates=(str(tmp_path / "gone"),)))


def test_an_editor_s_template_may_extend_the_one_it_replaces(tmp_path: Path) -> None:
    (tmp_path / "issue.txt.j2").write_text(
        '{% extends "packaged/issue.txt.j2" %}{% block masthead %}HELLO\n{{ super() }}{% endblock %}'
    )
    text = RENDERERS["text"](issues.one(), Look(templates=(str(tmp_path),))).body.decode()
    assert text.startswith("HELLO\nTHE HARBOUR BRIEF\n")
    assert "Only this happened" in text


def test_an_earlier_folder_comes_before_a_later_one(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "issue.txt.j2").write_text(name)
    look = Look(templates=(str(tmp_path / "one"), str(tmp_path / "two")))
    assert RENDERERS["text"](issues.one(), look).body == b"one\n"


@pytest.mark.parametrize("name", ["page.html", "page.mjml.j2", "page.j2", "page", "page.txt"])
def test_markup_is_escaped_whatever_a_template_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{{ value }}")
    look = Look(templates=(str(tmp_path),))
    assert Templates(look, markup=True).fill(name, {"value": "<b>"}) == "&lt;b&gt;"
    assert Templates(look, markup=False).fill(name, {"value": "<b>"}) == "<b>"


def test_every_packaged_template_is_copied(tmp_path: Path) -> None:
    copied = copy_templates(tmp_path / "new" / "folder")
    names = {path.relative_to(tmp_path / "new" / "folder") for path in copied}
    packaged = (path for path in PACKAGED.rglob("*") if path.is_file() and SETS not in path.parents)
    assert names == {path.relative_to(PACKAGED) for path in packaged}
    assert Path("issue.mjml.j2") in names
    assert all(path.is_file() for path in copied)


def test_the_copy_of_a_set_prints_what_the_set_prints(tmp_path: Path) -> None:
    copy_templates(tmp_path / "mine", template_set="compact")
    copied = Look(templates=(str(tmp_path / "mine"),), template_set="compact")
    for renderer in ("email", "text"):
        ours = RENDERERS[renderer](issues.full(), copied).body
        assert ours == RENDERERS[renderer](issues.full(), Look(template_set="compact")).body


def test_a_set_there_is_not_is_told_with_those_there_are() -> None:
    with pytest.raises(RenderError, match=r"\[theme\] use: .*'dense'; there are: default, compact"):
        RENDERERS["email"](issues.one(), Look(template_set="dense"))


def test_copying_writes_over_nothing_unless_it_is_forced_to(mine: Path) -> None:
    (mine / "base.css").write_text("mine")
    (mine / "web.css").unlink()
    with pytest.raises(ConfigError, match=r"base\.css.*--force"):
        copy_templates(mine)
    assert not (mine / "web.css").exists()
    copy_templates(mine, force=True)
    assert (mine / "base.css").read_text() != "mine"


def test_copying_into_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="file"):
        copy_templates(tmp_path / "file")
