"""The headline that is made for a text without one, wherever the text came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language import made_headline
from digest.language.headline import LONGEST_HEADLINE
from tests import strategies

REPAIR = "灯台の修理が始まると発表した"


@pytest.mark.parametrize(
    ("language", "headline", "rest"),
    [
        ("en", "The ferry will not sail before spring", "."),
        ("en", "The bridge is closed", ". Nobody knows for how long."),
        ("en", "Where has the ferry gone?", " Nobody knows."),
        ("en", "Mr. Fennel of St. Brannoc has sold the last shop on the island", ". He is 91."),
        (
            "en",
            "The harbour office opens again on Monday",
            ", with four of its nine clerks back at their desks by then, and the others soon.",
        ),
        ("en", "In 1871, there were close to 12,000 lamps along this coast", ", a fifth more than in the year before."),
        (
            "en",
            "The old rail bridge over the Harrow is closed for the winter",
            ", after engineers found cracks in two piers.",
        ),
        (
            "fr",
            "Le dernier bac de l’année quitte le port samedi à midi",
            " ; les îliens devront ensuite ramer jusqu’en mars.",
        ),
        ("ja", "東部の古い鉄道橋が冬の間閉鎖される", "。再開の時期は未定。"),
    ],
)
def test_it_is_the_first_sentence_or_its_whole_clauses(language: str, headline: str, rest: str) -> None:
    assert made_headline(headline + rest, language) == headline


@pytest.mark.parametrize(
    ("language", "headline", "rest"),
    [
        ("en", "Engineers who were sent to look at the old rail bridge over the Harrow in the north", " of the shire"),
        (
            "de",
            "Nach dem Sturm in der Hafenstadt hat der Rat am Donnerstag rasche Hilfe",
            " für die Inselgemeinden gewollt.",
        ),
        ("ja", f"港湾局は木曜日、{(REPAIR * 8)[:81]}", f"{(REPAIR * 8)[81:]}。"),
    ],
)
def test_what_breaks_off_within_a_clause_says_so(language: str, headline: str, rest: str) -> None:
    # It may go on to mean something else.
    assert made_headline(headline + rest, language) == f"{headline}…"


def test_a_text_without_words_gives_none() -> None:
    assert made_headline("") == ""
    assert made_headline("—" * 200) == ""


@given(st.one_of(strategies.lines(300), st.text(min_size=1, max_size=300)), st.sampled_from(["en", "de", "ja", "und"]))
def test_it_is_a_verbatim_piece_of_the_text_and_fits(text: str, language: str) -> None:
    made = made_headline(text, language)
    assert made in text or made.removesuffix("…") in text
    assert len(made) <= LONGEST_HEADLINE
