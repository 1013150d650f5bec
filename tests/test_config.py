"""digest.toml: what it may say, and that every mistake is told at once, with its path and the nearest key."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.config import Settings, load
from digest.errors import ConfigError
from digest.pipeline import known


def settings(folder: Path, text: str) -> Settings:
    path = folder / "digest.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, known())


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        settings(folder, text)
    return str(caught.value).split("\n")[1:]


def test_what_is_written_is_what_is_set(tmp_path: Path) -> None:
    made = settings(
        tmp_path,
        """
        [newsletter]
        name = "The Quay"
        from = "quay@example.org"
        timezone = "Europe/Zurich"
        [[source]]
        name = "wire"
        use = "folder"
        path = "in"
        [[section]]
        title = "Harbour"
        keywords = ["quay", "ship"]
        """,
    )
    assert made.newsletter.from_ == "quay@example.org"
    assert made.source[0].options == {"path": "in"}
    assert made.section[0].keywords == ("quay", "ship")
    assert made.folder == tmp_path


def test_a_mistake_in_one_table_hides_none_in_another_and_each_says_how_it_is_written(tmp_path: Path) -> None:
    told = mistakes(
        tmp_path,
        """
        [newsletter]
        time = "7"
        [[interest]]
        terms = "ferry"
        [send]
        smtp = "mail.example.org"
        [[source]]
        name = "wire"
        use = "feed"
        url = "paper.example.org"
        [[source]]
        name = "wire"
        use = "fead"
        """,
    )
    assert told[:3] == [
        """  newsletter.time: '7' is no time of day; write it like "07:00\"""",
        "  interest[0].terms: 'ferry' is no list; write it in brackets, each item in quotes",
        "  send: unknown key; did you mean 'deliver'?",
    ]
    assert told[3].startswith("  source[0].url: 'paper.example.org' is not")
    assert told[4].startswith("  source[1].use: ")
    assert told[5:] == ["  source: two sources are called 'wire'"]


def test_every_mistake_is_told_at_once_each_with_its_path(tmp_path: Path) -> None:
    told = mistakes(
        tmp_path,
        """
        [newsletter]
        nmae = "The Quay"
        timezone = "Europe/Zurch"
        from = "not an address"
        [summary]
        sentences = 0
        [[source]]
        name = "wire"
        use = "folder"
        paht = "in"
        [[source]]
        name = "other"
        use = "foldr"
        """,
    )
    whole = "\n".join(told)
    assert "newsletter.nmae: unknown key; did you mean 'name'?" in whole
    assert "did you mean 'Europe/Zurich'?" in whole
    assert "newsletter.from: " in whole
    assert "summary.sentences: " in whole


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[theme]\naccent = "teal"', "theme.accent: 'teal' is not a colour in six hexadecimal digits, such as #0b5c6b"),
        ('[newsletter]\nfrom = "the desk"', "newsletter.from: 'the desk' is not a bare mail address, such as desk@e"),
        ('[[source]]\nname = "A"\nuse = "feed"\nurl = "paper.example"', "source[0].url: 'paper.example' is not a URL"),
    ],
)
def test_a_value_of_another_form_is_told_what_it_should_be_and_no_pattern(
    tmp_path: Path, text: str, problem: str
) -> None:
    (line,) = mistakes(tmp_path, text)
    assert problem in line
    assert "^" not in line


def test_a_misspelt_option_of_a_source_names_the_nearest(tmp_path: Path) -> None:
    told = mistakes(tmp_path, '[[source]]\nname = "a"\nuse = "folder"\npaht = "in"\n')
    assert "  source[0].path: must be set" in told
    assert "  source[0].paht: unknown key; did you mean 'path'?" in told


def test_a_misspelt_kind_of_source_names_the_nearest(tmp_path: Path) -> None:
    told = mistakes(tmp_path, '[[source]]\nname = "a"\nuse = "foldr"\npath = "in"\n')
    assert told == ["  source[0].use: 'foldr' is not a source this program has; did you mean 'folder'?"]


def test_two_sources_of_one_name_are_refused(tmp_path: Path) -> None:
    one = '[[source]]\nname = "a"\nuse = "folder"\npath = "in"\n'
    assert mistakes(tmp_path, one + one) == ["  source: two sources are called 'a'"]


@pytest.mark.parametrize("value", ["errors", "http:/example.org", "a b@example.org"])
def test_a_corrections_contact_that_is_neither_address_nor_url_is_refused(tmp_path: Path, value: str) -> None:
    told = mistakes(tmp_path, f'[newsletter]\ncorrections = "{value}"\n')
    assert told == [f"  newsletter.corrections: {value!r} is neither a mail address nor a URL"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[newsletter\n", "is not TOML"),
        ('[[newsletter]]\nname = "a"\n', "newsletter: "),
        ("folder = 1\n", "folder: unknown key"),
    ],
)
def test_what_is_not_a_configuration_is_refused_with_a_remedy(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=r"digest\.toml: ") as caught:
        settings(tmp_path, text)
    assert words in str(caught.value)


def test_a_configuration_that_is_not_utf8_says_where(tmp_path: Path) -> None:
    path = tmp_path / "digest.toml"
    path.write_bytes(b'[newsletter]\nname = "Caf\xe9"\n')
    with pytest.raises(ConfigError, match="is not UTF-8 text \\(byte 24\\)"):
        load(path, known())


def test_a_configuration_that_is_not_there_says_how_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="digest init"):
        load(tmp_path / "nowhere.toml", known())


def test_a_misspelt_algorithm_or_rule_names_the_nearest(tmp_path: Path) -> None:
    told = mistakes(
        tmp_path,
        '[summary]\nalgorithm = "forwrd"\nwithout = ["nonsense"]\n'
        '[[section]]\ntitle = "A"\nsummary = { algorithm = "sumy:lexrnk" }\n',
    )
    assert told[0] == "  summary.algorithm: there is no 'forwrd'; did you mean 'forward'?"
    assert told[1].startswith("  summary.without: there is no 'nonsense'; known here: ")
    assert told[2] == "  section[0].summary.algorithm: there is no 'sumy:lexrnk'; did you mean 'sumy:lexrank'?"


def test_a_country_there_is_not_is_refused(tmp_path: Path) -> None:
    assert settings(tmp_path, '[newsletter]\nhome = ["Switzerland", "Österreich"]\n').newsletter.home
    told = mistakes(tmp_path, '[newsletter]\nhome = ["Atlantis"]\n')
    assert told == [
        "  newsletter.home: 'Atlantis' is no country this program knows; write it as it is called in English"
    ]
