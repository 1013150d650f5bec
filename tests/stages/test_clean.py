"""What is left of an article after cleaning: clean lines, nothing twice, a headline, and always the same."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.identity import revision_of
from digest.model import Article, Block, Contact, Image
from digest.stages.clean import clean
from tests.stages.newsroom import FERRY, article

HOSTILE = st.one_of(
    st.text(max_size=50), st.sampled_from(["", " ", "\0", "a\u200bb", "…", "Grey Heron", "grey  heron!", "x" * 200])
)


@st.composite
def raw_articles(draw: st.DrawFn) -> Article:
    blocks = draw(st.lists(st.builds(Block, st.sampled_from(["paragraph", "subhead"]), HOSTILE), max_size=5))
    made = Article("id", "", "harbour", draw(HOSTILE), standfirst=draw(HOSTILE), blocks=tuple(blocks))
    return replace(made, revision=revision_of(made))


def cleaned(one: Article) -> Article:
    kept, drops = clean(one)
    assert kept is not None
    assert drops == ()
    return kept


@given(raw_articles())
def test_cleaning_twice_changes_nothing_more(raw: Article) -> None:
    once, _ = clean(raw)
    if once is not None:
        assert clean(once) == (once, ())


@given(raw_articles())
@settings(max_examples=200)
def test_an_article_is_kept_or_dropped_with_a_reason(raw: Article) -> None:
    kept, drops = clean(raw)
    assert (kept is None) == bool(drops)
    if kept is None:
        assert [(drop.stage, drop.reason) for drop in drops] == [("clean", "empty")]
    else:
        assert kept.id == raw.id
        assert kept.headline
        assert kept.revision == revision_of(kept)
        assert (kept.kind == "full") == bool(kept.paragraphs)


def test_control_characters_and_needless_space_go() -> None:
    kept = cleaned(
        article("Ferry\0 stops\t for  winter", "The ferry\u200b will not\nsail.", byline=" Ada\u2028Fennel ")
    )
    assert (kept.headline, kept.paragraphs, kept.byline) == (
        "Ferry stops for winter",
        ("The ferry will not sail.",),
        "Ada Fennel",
    )


def test_a_paragraph_that_repeats_headline_or_standfirst_goes() -> None:
    kept = cleaned(article("Ferry stops", "FERRY STOPS!", "Until spring.", *FERRY, standfirst="Until spring"))
    assert kept.paragraphs == FERRY


def test_of_a_standfirst_and_a_first_paragraph_that_say_the_same_the_paragraph_stays() -> None:
    kept = cleaned(article("Ferry stops", *FERRY, standfirst=FERRY[0]))
    assert (kept.standfirst, kept.paragraphs) == ("", FERRY)


def test_a_standfirst_that_repeats_the_headline_goes() -> None:
    assert cleaned(article("Ferry stops", *FERRY, standfirst="Ferry stops.")).standfirst == ""


def test_a_long_paragraph_stands_once_and_a_short_one_as_often_as_it_was_written() -> None:
    kept = cleaned(article("An interview", "Why?", FERRY[0], "Why?", FERRY[0]))
    assert kept.paragraphs == ("Why?", FERRY[0], "Why?")


def test_accents_and_vowel_signs_keep_two_lines_apart() -> None:
    lines = ("काकी के घर में आज सुबह सब लोग बहुत खुश थे और गाते रहे", "कोकी के घर में आज सुबह सब लोग बहुत खुश थे और गाते रहे")
    assert cleaned(article("Zwei Zeilen", *lines)).paragraphs == lines


def test_an_article_whose_body_was_only_its_headline_becomes_a_brief() -> None:
    kept = cleaned(article("Ferry stops", "Ferry stops", standfirst="Until spring."))
    assert (kept.kind, kept.blocks, kept.standfirst) == ("brief", (), "Until spring.")


def test_a_missing_headline_is_made_of_the_first_words() -> None:
    told = "The ferry will not sail before spring. Islanders are angry."
    kept = cleaned(article("", standfirst=told))
    assert (kept.headline, kept.headline_made) == ("The ferry will not sail before spring", True)
    assert kept.standfirst == told
    assert cleaned(article("", told, *FERRY)).headline == "The ferry will not sail before spring"


def test_the_publishers_headline_is_left_alone() -> None:
    assert not cleaned(article("Ferry stops", *FERRY)).headline_made


def test_links_that_are_no_web_addresses_go() -> None:
    hostile = article(
        "Ferry stops",
        *FERRY,
        url="javascript:alert(1)",
        image=Image("data:text/html,x"),
        contact=Contact("Harbour Post", address="desk@harbour.example\r\nBcc: all@harbour.example", url="ftp://x"),
    )
    kept = cleaned(hostile)
    assert (kept.url, kept.image, kept.contact) == (None, None, None)


def test_a_contact_keeps_what_of_it_is_an_address() -> None:
    contact = Contact("Harbour Post", address="desk@harbour.example", url="javascript:x")
    assert cleaned(article("Ferry stops", *FERRY, contact=contact)).contact == replace(contact, url=None)


def test_labels_are_named_once() -> None:
    assert cleaned(article("Ferry stops", labels=("Sea", " Sea ", "", "Ships"))).labels == ("Sea", "Ships")


def test_the_revision_follows_the_words_and_the_id_stays() -> None:
    raw = article("Ferry \0stops", *FERRY, guid="7")
    kept = cleaned(raw)
    assert kept.id == raw.id
    assert kept.revision == revision_of(kept) != raw.revision


def test_a_block_no_person_wrote_is_dropped_with_the_reason_and_the_rest_is_kept() -> None:
    kept, drops = clean(article("Ferry stops", *FERRY, "x" * 100_001))
    assert kept is not None
    assert kept.paragraphs == FERRY
    assert [drop.reason for drop in drops] == ["block too long"]
