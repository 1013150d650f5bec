"""What a piece of HTML says: clean text, blocks in order, titles in any state of escaping, links."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.markup import blocks_of, clean_text, fold, links_of, text_of
from digest.model import Block, Link


def paragraphs(html: str) -> list[str]:
    return [block.text for block in blocks_of(html) if block.kind == "paragraph"]


@given(st.text(max_size=200))
@example("a \x00 b")
@example("\u0344" * 20)
@example("a\u2066b\u202ec\x85d\ue000\U0001fffe")
def test_clean_text_is_clean(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  two\n\twords\xa0here ", "two words here"),
        ("cafe\u0301", "café"),
        ("ferry\x00 \x1bsinks\ufffe", "ferry sinks"),
        ("the mayor\x92s \x93plan\x94", "the mayor’s “plan”"),
        ("har\xadbour", "harbour"),
        ("\u202eevil\u202c \u2067text\u2069", "evil text"),
        ("\ud83d lone", "lone"),
        ("שלום\u200f, abc", "שלום\u200f, abc"),
        ("👩\u200d🚒 and می\u200cخواهم", "👩\u200d🚒 and می\u200cخواهم"),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_marks_heaped_on_one_letter_are_cut_to_what_scripts_need() -> None:
    assert len(clean_text("a" + "\u0316\u0301" * 500)) < 12
    assert clean_text("🎉" * 40) == "🎉" * 40


def test_lines_that_differ_in_case_spaces_and_numbers_fold_together() -> None:
    assert fold("Read in 12 minutes") == fold(" READ  in 3 minutes\n")


def test_paragraphs_and_subheads_come_in_order() -> None:
    html = "<h2>Low water</h2><p>The <b>Aare</b>, <i>un</i>usually, fell.<div>Boats wait.</div>Still.<h3> </h3>"
    assert blocks_of(html) == (
        Block("subhead", "Low water"),
        Block("paragraph", "The Aare, unusually, fell."),
        Block("paragraph", "Boats wait."),
        Block("paragraph", "Still."),
    )


def test_a_short_line_all_in_bold_is_a_subhead() -> None:
    html = "<p><strong>What comes next</strong></p><p><b>Was it planned?</b> No.</p><p><b>Nobody knows.</b></p>"
    assert [block.kind for block in blocks_of(html)] == ["subhead", "paragraph", "paragraph"]


def test_one_break_joins_and_two_separate() -> None:
    assert paragraphs("Quay Street<br>Port Ellis<br/> <br>Closed.") == ["Quay Street Port Ellis", "Closed."]


def test_list_items_are_paragraphs() -> None:
    assert paragraphs("<ul><li>one<ol><li>two</ol><li>three</ul>after") == ["one", "two", "three", "after"]


def test_a_table_gives_a_paragraph_a_row_and_a_layout_table_its_paragraphs() -> None:
    assert paragraphs("<table><tr><th>Team<th>Points<tr><td>Wharf<td>3</table>") == ["Team · Points", "Wharf · 3"]
    assert paragraphs("<table><tr><td><p>Left.</p><td><p>Right.</p></table>") == ["Left.", "Right."]


def test_what_a_browser_does_not_show_is_left_out() -> None:
    html = (
        "<head><title>t</title></head><script>a<b</script><style>p{}</style><p>Shown<span hidden>x</span>"
        '<span style="DISPLAY : none">y</span> <noscript>z</noscript>here.<!-- c --></p><figcaption>Photo</figcaption>'
        "<del>old</del><template>t</template><button>Share</button>"
    )
    assert paragraphs(html) == ["Shown here."]


def test_a_body_hidden_until_a_script_runs_is_shown() -> None:
    assert paragraphs('<body style="visibility:hidden"><p>Shown.</p></body>') == ["Shown."]


def test_entities_are_decoded_once() -> None:
    assert paragraphs("<p>Tom &amp; Jerry&#146;s &amp;lt; &#x1F600; &#1114112; &unknown;</p>") == [
        "Tom & Jerry’s &lt; 😀 \ufffd &unknown;"
    ]


def test_quotation_elements_keep_their_marks_and_ruby_its_words() -> None:
    assert paragraphs("<p>He said <q>no</q>. <ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby></p>") == [
        "He said “no”. 港"
    ]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Rock & roll at AT&T", "Rock & roll at AT&T"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("The mayor&amp;#8217;s plan", "The mayor’s plan"),
        ("<b>Storm</b> nears<br/>coast", "Storm nears coast"),
        ("&lt;em&gt;Storm&lt;/em&gt; nears", "Storm nears"),
        ("Is 5 < 6 > 3?", "Is 5 < 6 > 3?"),
        ("How <script> tags work", "How <script> tags work"),
        ("<script>alert(1)</script> nears", "<script>alert(1)</script> nears"),
        ("R&amp;D at Salt &amp;amp; Sons, who <could not> mind", "R&D at Salt & Sons, who <could not> mind"),
        ("</mj-text>{{ 7*7 }}", "</mj-text>{{ 7*7 }}"),
        ("", ""),
    ],
)
def test_titles(title: str, words: str) -> None:
    assert text_of(title) == words


def test_links_are_absolute_with_their_words() -> None:
    html = (
        '<base href="/desk/"><a href="form">Report <b>an error</b></a><a href="mailto:a@b.example" title="Mail us"></a>'
        '<a href="javascript:x()">no</a><a href="http://[bad">no</a><a>no</a>'
    )
    assert links_of(html, "https://news.example.org/a") == (
        Link("https://news.example.org/desk/form", "Report an error"),
        Link("mailto:a@b.example", "Mail us"),
    )


@given(st.text() | st.text(alphabet="<>/pbdiv&;#x19!-=\"' a\x00\ud800"))
def test_any_markup_is_read(html: str) -> None:
    for block in blocks_of(html):
        assert block.text == clean_text(block.text) != ""
    links_of(html)
    assert text_of(html) == clean_text(text_of(html))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + "deep" + "</div>" * 10_000,
        "<b>" * 50_000 + "deep",
        "<p " * 50_000 + ">deep",
        "<" * 200_000 + "p>deep",
        "<!--" * 50_000 + "--><p>deep",
        "&" * 200_000 + "deep",
    ],
    ids=["divs", "bolds", "attributes", "brackets", "comments", "ampersands"],
)
def test_hostile_markup_neither_fails_nor_hangs(html: str) -> None:
    blocks_of(html)
    text_of(html)


def test_words_below_ten_thousand_levels_are_not_lost() -> None:
    assert paragraphs("<p>First.</p>" + "<div>" * 10_000 + "Deep." + "</div>" * 10_000 + "<p>Last.</p>") == [
        "First.",
        "Deep.",
        "Last.",
    ]
