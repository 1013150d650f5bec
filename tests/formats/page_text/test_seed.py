"""One real page, read where it is kept beside the repository; its lines are named by their numbers alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.formats.page_text import read
from digest.model import Document, Hints, Reading

TEASERS = (
    # headline, standfirst; None where the page gives none
    (17, None), (18, 20), (21, 23), (24, 26), (27, 29), (30, 32), (33, 35), (36, 38), (None, 40), (41, 43), (44, 46),
    (50, 52), (None, 54),
)  # fmt: skip


@pytest.fixture(scope="module")
def lines(shared: Path) -> list[str]:
    page = next(iter(sorted(shared.glob("seeds/000_*.txt"))), None)
    if page is None:
        pytest.skip(f"needs the saved page 000 in {shared / 'seeds'}")
    return page.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def reading(lines: list[str]) -> Reading:
    return read(Document("seed", "seed", "\n".join(lines).encode()), Hints("seed"))


def test_the_article_has_its_eleven_paragraphs_and_its_subhead(lines: list[str], reading: Reading) -> None:
    article = reading.articles[0]
    assert article.kind == "full"
    assert article.headline == lines[0]
    assert not article.headline_made
    assert [block.text for block in article.blocks] == lines[1:13]
    assert [number for number, block in enumerate(article.blocks) if block.kind == "subhead"] == [5]


def test_the_thirteen_teasers_are_briefs(lines: list[str], reading: Reading) -> None:
    briefs = [article for article in reading.articles if article.kind == "brief"]
    found = [("" if brief.headline_made else brief.headline, brief.standfirst) for brief in briefs]
    assert found == [tuple("" if at is None else lines[at] for at in teaser) for teaser in TEASERS]
    for brief in briefs:
        if brief.headline_made:
            assert brief.standfirst.startswith(brief.headline)
            assert 20 < len(brief.headline) < len(brief.standfirst)
    assert briefs[0].labels == (lines[16],)


def test_it_states_one_contact_and_nothing_else_of_itself(lines: list[str], reading: Reading) -> None:
    assert {article.contact.statement for article in reading.articles if article.contact} == {lines[47]}
    address = lines[47].split()[-1].rstrip(".")
    for article in reading.articles:
        assert article.contact
        assert article.contact.address == address
        assert article.publisher == address.partition("@")[2]
        assert (article.published, article.updated, article.url, article.byline) == (None, None, None, "")
        assert article.language == "en"


def test_every_other_line_is_dropped_with_a_reason(lines: list[str], reading: Reading) -> None:
    used = {0, *range(1, 13), 16, *(at for teaser in TEASERS for at in teaser if at is not None)}
    left_out = {line for at, line in enumerate(lines) if at not in used}
    dropped = {drop.subject.removesuffix("…") for drop in reading.drops}
    assert all(any(line.startswith(subject) for subject in dropped) for line in left_out)
    assert len(reading.drops) == len(left_out)
