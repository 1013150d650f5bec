"""The HTML email: what a reader finds in it, and what no article can do to it."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from digest.markup import clean_text
from digest.model import Contact, Imprint, Issue, Look, Score, Section
from digest.renderers import RENDERERS
from digest.renderers.email import GMAIL_CLIPS_AT, STAY_WHOLE, render
from tests.renderers import issues

EVERY = pytest.mark.parametrize("name", issues.names())


def html_of(issue: Issue, look: Look | None = None) -> str:
    return render(issue, look or Look()).body.decode()


def page_of(issue: Issue, look: Look | None = None) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(html_of(issue, look))


def words_in(element: lxml_html.HtmlElement) -> str:
    for block in element.iter("h1", "h2", "h3", "p", "td", "div", "br"):
        block.tail = f" {block.tail or ''}"
    return " ".join(element.text_content().split())


@EVERY
def test_it_is_valid_html_in_standards_mode(name: str) -> None:
    html = html_of(issues.BY_NAME[name]())
    assert html.startswith("<!DOCTYPE html>")
    html5lib.HTMLParser(strict=True).parse(html)


@EVERY
def test_nothing_of_the_making_is_left_over(name: str) -> None:
    html = html_of(issues.BY_NAME[name]())
    page = lxml_html.fromstring(html)
    assert not page.xpath("//*[starts-with(local-name(), 'mj')]")
    assert not page.xpath("//script | //link | //iframe | //form | //img")
    assert "@import" not in html
    assert "fonts.googleapis" not in html
    assert "None" not in words_in(page)
    assert not page.xpath("//a[not(@href) or @href='']")


@EVERY
def test_every_link_is_http_or_mail(name: str) -> None:
    for link in page_of(issues.BY_NAME[name]()).xpath("//a/@href"):
        assert link.startswith(("https://", "http://", "mailto:"))


def test_a_reader_finds_the_parts_of_an_issue_in_their_order() -> None:
    text = words_in(page_of(issues.full()).find(".//body"))
    parts = [
        "Grain ships pass at night",
        "The Harbour Brief Sunday, November 22, 2026 · No. 12 · 2 min read · View on the web",
        "In this issue World Strait of Ambel reopens",
        "World Strait of Ambel reopens after pilots accept a night-time truce The Harbour Post · 07:40 · 4 min",
        "The first grain ships",
        "Read at The Harbour Post · Also in Halyard Wire, Talbote · Report an error",
        "Business Glassmaker Orrery",
        "Life The lighthouse keeper",
        "Valley Gazette · 1 min Each Thursday",
        "Corrections Issue 10, noted on Nov 20, Valley Gazette. We wrote:",
        "Report an error The publisher of an article corrects it.",
        "The Harbour Post If a line of ours is wrong, tell corrections@harbour-post.example",
        "Halyard Wire halyard.example.com/mend",
        "Errors in this newsletter errors@harbour-brief.example",
        "The Harbour Brief, 3 Customs Steps, 0410 Port Callan",
        "Write to us: editor@harbour-brief.example",
    ]
    place = 0
    for part in parts:
        assert part in text[place:]
        place = text.index(part, place) + 1


def test_what_is_not_set_leaves_no_trace() -> None:
    page = page_of(issues.briefs())
    text = words_in(page.find(".//body"))
    for absent in ("View on the web", "Report an error", "Corrections", "Write to us", "In this issue", "No.", "·  ·"):
        assert absent not in text
    assert not page.xpath("//a")
    assert not page.xpath("//div[contains(@style, 'display:none')]")


def test_the_lead_headline_is_the_largest_and_a_brief_s_the_smallest() -> None:
    styles = [heading.get("style", "") for heading in page_of(issues.full()).xpath("//h3")]
    sizes = [int(re.findall(r"bold (\d+)px|font-size:(\d+)px", style)[-1][-1] or 20) for style in styles]
    assert sizes == [28, 20, 18, 20, 20, 20, 18]


def test_a_story_has_one_link_to_the_sentence_in_its_source() -> None:
    issue = issues.full()
    fragments = [link for link in page_of(issue).xpath("//a/@href") if ":~:text=" in link]
    assert len(fragments) == sum(1 for story in issue.stories if story.lead.url)
    assert "The first grain ships" in unquote(fragments[0])


def test_every_story_can_be_reported() -> None:
    reports = page_of(issues.full()).xpath("//p[@class='foot']/a[contains(., 'Report')]/@href")
    assert len(reports) == len(issues.full().stories)


def test_the_contents_list_leads_to_the_web_page_never_within_the_message() -> None:
    assert not page_of(issues.full()).xpath("//a[starts-with(@href, '#')]")
    links = page_of(issues.full()).xpath("//td[@class='section']/following-sibling::td/a/@href")
    assert links[0].startswith("https://harbour-brief.example/issues/2026-11-22/web.html#")
    unlinked = replace(issues.full(), imprint=Imprint())
    assert not page_of(unlinked).xpath("//td[@class='section']/following-sibling::td/a")


def test_the_preheader_is_hidden_and_not_by_its_colour() -> None:
    hidden = page_of(issues.full()).xpath("//div[contains(@style, 'display:none')]")
    assert [clean_text(each.text_content()).startswith("Grain ships pass at night") for each in hidden] == [True]
    assert "color" not in hidden[0].get("style")
    assert page_of(issues.full()).find(".//body").text_content().lstrip().startswith("Grain ships")


def test_dark_rules_win_over_the_inlined_ones_each_kind_in_its_own_style_element() -> None:
    styles = [style.text or "" for style in page_of(issues.full()).xpath("//style")]
    (dark,) = [style for style in styles if "prefers-color-scheme" in style]
    (outlook,) = [style for style in styles if "[data-ogsc]" in style]
    assert dark != outlook
    rules = re.findall(r"\{([^{}]+)\}", dark.partition("{")[2])
    assert rules
    assert all(rule.endswith("!important") for rule in rules)
    assert sum(map(len, styles)) < 16_000
    assert not any(":not(" in style for style in styles)


def test_an_editor_s_colours_reach_the_elements_and_the_dark_rules() -> None:
    html = html_of(issues.full(), Look(options={"accent": "#ab1213", "accent_dark": "#fc9baa"}))
    assert re.search(r"<h2 style=[^>]*#ab1213", html)
    assert "color:#fc9baa !important" in html


def test_a_picture_is_linked_only_when_asked_for() -> None:
    (image,) = page_of(issues.full(), Look(images="link")).xpath("//img")
    assert (image.get("alt"), image.get("width")) == ("A grain ship at dawn", "552")
    assert "Photo: Ines Falk" in html_of(issues.full(), Look(images="link"))


# what an article cannot do


@pytest.mark.parametrize("place", range(len(issues.HOSTILE_HEADLINES)))
def test_a_hostile_headline_is_printed_as_words(place: int) -> None:
    page = page_of(issues.hostile())
    assert page.xpath("//h3")[place].text_content() == clean_text(issues.HOSTILE_HEADLINES[place])


def test_a_hostile_issue_keeps_its_structure() -> None:
    page = page_of(issues.hostile())
    assert len(page.xpath("//h3")) == len(issues.hostile().stories)
    assert [heading.text_content() for heading in page.xpath("//h2")][1:3] == ['"A" & <b>B</b>', "{{ b }}"]
    assert page.findtext(".//title") == clean_text(issues.hostile().subject)
    assert page.xpath("//h1")[0].text_content() == issues.hostile().newsletter
    assert not page.xpath("//*[@aria-label]")
    assert "49" not in words_in(page)


def test_a_link_that_is_no_web_address_is_no_link() -> None:
    for heading in page_of(issues.hostile()).xpath("//h3[starts-with(., 'Follow me')]"):
        assert heading.find("a") is None


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1), st.text(), st.text())
def test_any_words_come_out_as_they_went_in(headline: str, publisher: str, title: str) -> None:
    article = issues.article(
        headline, [headline], publisher=publisher, path="x", contact=Contact(publisher, "a@b.example")
    )
    issue = issues.issue([Section("s", title, (issues.story(article),))], newsletter=title, preheader=publisher)
    page = page_of(issue)
    assert page.xpath("//h3")[0].text_content() == clean_text(headline)
    assert page.xpath("//h2")[0].text_content() == clean_text(title)
    assert page.xpath("//p[@class='lead']")[0].text_content() == clean_text(headline)


# size


def test_a_story_costs_at_most_1400_bytes() -> None:
    few, many = (len(render(issues.many(count), Look()).body) for count in (6, 60))
    assert (many - few) / 54 <= 1_400


def test_fifty_stories_fit_below_what_gmail_clips() -> None:
    html = html_of(issues.many(50))
    assert len(html.encode()) < GMAIL_CLIPS_AT
    assert len(lxml_html.fromstring(html).xpath("//p[@class='foot']")) == 50


def test_where_stories_do_not_fit_the_last_ranked_are_headlines_and_the_footer_stays() -> None:
    issue = issues.many(120)
    html = html_of(issue)
    page = lxml_html.fromstring(html)
    assert len(html.encode()) <= GMAIL_CLIPS_AT
    told = {heading.text_content() for heading in page.xpath("//h3")}
    short = {line.text for line in page.xpath("//p[@class='more']/a")}
    headlines = {story.lead.headline: story.score.value for story in issue.stories}
    assert told | short == set(headlines)
    assert told
    assert min(headlines[one] for one in told) > max(headlines[one] for one in short)
    assert "More in World" in words_in(page)
    assert "korrektur@talbote.example" in words_in(page)


def test_what_was_folded_is_told_with_its_reason() -> None:
    issue = issues.many(120)
    rendition = render(issue, Look())
    short = {line.text for line in lxml_html.fromstring(rendition.body.decode()).xpath("//p[@class='more']/a")}
    assert {drop.subject for drop in rendition.drops} == short
    assert {(drop.stage, drop.reason) for drop in rendition.drops} == {("email", "headline only in the email")}
    assert render(issues.full(), Look()).drops == ()


def test_where_not_even_headlines_fit_the_rest_is_counted_and_the_best_stay_whole() -> None:
    issue = issues.many(600)
    rendition = render(issue, Look())
    page = lxml_html.fromstring(rendition.body.decode())
    assert len(rendition.body) <= GMAIL_CLIPS_AT
    assert len(page.xpath("//h3")) == STAY_WHOLE + 1
    counted = [int(line.split()[1]) for line in page.xpath("//p[contains(@class, 'further')]/a/text()")]
    out = [drop for drop in rendition.drops if drop.reason == "not in the email"]
    assert sum(counted) == len(out) > 0
    assert len(page.xpath("//h3")) + len(page.xpath("//p[@class='more']")) + len(out) == 600
    assert "korrektur@talbote.example" in words_in(page)


def test_the_colophon_says_why_and_how_to_leave_when_it_is_set() -> None:
    imprint = Imprint(why="You signed up.", preferences="https://example.org/p", unsubscribe="leave@example.org")
    text = words_in(page_of(replace(issues.one(), imprint=imprint)))
    assert text.endswith("You signed up. Preferences · Unsubscribe")
    assert "Unsubscribe" not in words_in(page_of(issues.one()))


def test_a_logo_stands_for_the_name_and_says_it() -> None:
    look = Look(options={"logo": "https://example.org/logo.png", "logo_width": "180", "width": "640"})
    for page in (
        page_of(issues.full(), look),
        lxml_html.fromstring(RENDERERS["web"](issues.full(), look).body.decode()),
    ):
        (logo,) = page.xpath("//h1/img")
        assert (logo.get("alt"), logo.get("width")) == ("The Harbour Brief", "180")
    assert "max-width:640px" in html_of(issues.full(), look).replace(": ", ":")


def test_the_compact_set_has_headlines_and_one_sentence() -> None:
    look = Look(template_set="compact")
    page = page_of(issues.full(), look)
    assert len(page.xpath("//h3")) == len(issues.full().stories)
    text = words_in(page)
    assert "The first grain ships" in text
    assert "We are not friends" not in text
    assert "corrections@harbour-post.example" in text
    few, many = (len(render(issues.many(count), look).body) for count in (6, 60))
    assert (many - few) / 54 <= 1_000


def test_the_lead_is_told_however_low_it_ranks() -> None:
    issue = issues.many(120)
    sections = list(issue.sections)
    first = replace(sections[0].stories[0], score=Score(-5.0))
    sections[0] = replace(sections[0], stories=(first, *sections[0].stories[1:]))
    page = page_of(replace(issue, sections=tuple(sections)))
    assert page.xpath("//h3[@class='lead']")[0].text_content() == first.lead.headline


# reproducible


@EVERY
def test_the_same_issue_gives_the_same_bytes(name: str) -> None:
    make = issues.BY_NAME[name]
    assert render(make(), Look()).body == render(make(), Look()).body


# directions


def test_a_right_to_left_issue_runs_from_the_right() -> None:
    page = page_of(issues.right_to_left())
    assert (page.get("lang"), page.get("dir")) == ("he", "rtl")
    assert all("direction:rtl" in column.get("style") for column in page.xpath("//div[contains(@class, 'mj-column')]"))
    japanese = page.xpath("//h3[@lang='ja']")[0]
    assert (japanese.get("dir"), "text-align:left" in japanese.get("style").replace(": ", ":")) == ("ltr", True)
