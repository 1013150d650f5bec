"""Several pages in one paste, one after another: each is read as if it stood alone."""

from __future__ import annotations

import pytest

from digest.formats.page_text import read
from digest.model import Article, Document, Hints, Reading

MARKET = """\
Harbour council votes to close the old fish market
Home
News
The council of Port Callan voted late on Tuesday to close the old fish market after 112 years.
{head}
Share
“We were given eleven minutes to speak,” said Tomas Wren, who has sold crab there since 1988.
The vote was 14 to 9, with two councillors absent. The harbour authority plans a hotel of 120 rooms on the site.
Stallholders said they would go to court. A hearing could take place in January.
Related
Ferry to Holm delayed again
{foot}
"""
BRIDGE = """\
The Upland Courier
Menu
Subscribe
Minister resigns over leaked bridge report
The transport minister, Olwen Hart, resigned on Wednesday after a report showed that she had known of cracks.
{head}
Her letter of one page reached the premier at six o’clock. She wrote that she had trusted figures that deserved none.
The report, by the engineers Calder & Finch, counted 41 cracks in the northern pier of the Dray bridge.
Opposition parties called for an inquiry. The premier, Joss Aldane, is to speak in parliament at noon.
Most read
A town without clocks
{foot}
"""
MORE_OF_MARKET = """
The market hall was built in 1914 by the fishermen themselves, who carried the bricks up from the lower quay by hand.
In its best year it sold four thousand tonnes of herring, most of it before six in the morning, and most of it abroad.
Last year eleven stalls were left of eighty, and the roof leaked over nine of them. The council put the repair at two
million crowns, which is a third of what it spends on the promenade, and said that nobody would lend it so much.
"""
DESK = "Found a mistake in this article? Write to us at {}."
MARKET_DESK, BRIDGE_DESK = (DESK.format(desk) for desk in ("desk@callan.example", "desk@upland.example"))
RIGHTS = "© 2026 The Upland Courier. All rights reserved."


def paste(text: str) -> Reading:
    return read(Document("paste", "paste.txt", text.encode()), Hints("paste"))


def full(reading: Reading) -> list[Article]:
    return [article for article in reading.articles if article.kind == "full"]


@pytest.mark.parametrize(
    ("head", "first", "between", "second"),
    [
        ("24 November 2026, 18:40", MARKET_DESK, "", BRIDGE_DESK),
        ("By Mara Ellison", "© 2026 Callan Herald. All rights reserved.", "", RIGHTS),
        ("24 November 2026, 18:40", "", "\n\n\n", ""),
        ("24 November 2026, 18:40", "", "\n--------\n", ""),
        ("Share", MARKET_DESK, "", BRIDGE_DESK),
        ("Share", f"{MARKET_DESK}\nRead more\nA bell is missing\n{MARKET_DESK}", "\n", BRIDGE_DESK),
    ],
)
def test_each_page_is_read_as_if_it_stood_alone(head: str, first: str, between: str, second: str) -> None:
    pages = MARKET.format(head=head, foot=first), BRIDGE.format(head=head, foot=second)
    alone = [article for page in pages for article in full(paste(page))]
    assert [article.headline for article in alone] == [pages[0].split("\n")[0], pages[1].split("\n")[3]]
    assert full(paste(between.join(pages))) == alone


MENU = "Skip to content\nThe Upland Courier\nHome\nPolitics\nLog in\nSubscribe\n"
MENU_WITHOUT_SKIP = "The Upland Courier\nHome\nSport\nContact us\nLog in\nUpland\n"


@pytest.mark.parametrize(
    ("upper_head", "menu", "head"),
    [
        ("Share", MENU, "Share"),
        ("24 November 2026", MENU_WITHOUT_SKIP, "Share"),
        ("23 November 2026", "", "By Mara Ellison\n24 November 2026, 18:40"),
        ("By Mara Ellison", "", "25 November 2026\n4 min read"),
    ],
)
def test_pages_part_without_a_foot_where_the_second_begins_as_pages_do(upper_head: str, menu: str, head: str) -> None:
    upper = "\n".join(MARKET.format(head=upper_head, foot="").strip().split("\n")[:-2]) + MORE_OF_MARKET
    headline, *text = BRIDGE.format(head="", foot="").strip().split("\n")[3:-2]
    lower = "\n".join([headline, *head.split("\n"), *filter(None, text)])
    alone = full(paste(upper)) + full(paste(menu + lower))
    assert [article.headline for article in alone] == [upper.split("\n")[0], headline]
    assert full(paste(upper + menu + lower)) == alone


def test_the_entries_of_a_live_blog_are_no_pages() -> None:
    entries = [
        f"Gust number {number} of the night\n{number + 10}:05\n24 November 2026\nBy Mara Ellison\nShare\n"
        f"The lamp on mole {number} went out at {number} minutes past, and the harbour master closed it.\n"
        f"Two boats of the Grey fleet broke loose from pier {number}, but nobody was on board of either.\n"
        for number in range(2, 12)
    ]
    assert (
        len(full(paste("Storm over Port Callan: the night hour by hour\n24 November 2026\n" + "".join(entries)))) == 1
    )


@pytest.mark.parametrize(
    "box",
    [
        "A bridge that nobody wanted to inspect\n3 May 2025",
        "The pier that moved in the night\nThe second report on the bridge is out.\nMara Ellison\n3 May 2025",
        "⭐️⭐️⭐️\nWhat a view from the northern pier pic.photos.example/4711\n— Calder & Finch (@calder) 3 May 2025",
        "10:40\nWhat the engineers said next",
        "What the engineers found beneath the water\nShare",
        "Read more\nHome\nThe report in full, page by page",
    ],
)
def test_a_box_within_an_article_parts_nothing(box: str) -> None:
    upper, lower = MARKET.format(head="By Mara Ellison", foot="").split("Related")[0], BRIDGE.split("\n")[6:9]
    assert len(full(paste(upper + box + "\n" + "\n".join(lower)))) == 1


def test_a_front_above_the_article_that_it_announces_is_no_page_of_its_own() -> None:
    headline, *text = BRIDGE.format(head="24 November 2026\nBy Mara Ellison", foot="").strip().split("\n")[3:-2]
    stream = MARKET.format(head="Share", foot="").strip()
    modal = f"{MENU_WITHOUT_SKIP}{headline}\n" + "\n".join(text)
    assert [each.headline for each in full(paste(f"{stream}\n{modal}"))] == [stream.split("\n")[0], headline]
    assert len(full(paste(f"{headline}\n{stream}\n{modal}"))) == 1


def test_teasers_under_the_names_of_sections_are_no_menu() -> None:
    upper, lower = MARKET.format(head="Share", foot="").split("Related")[0], "\n".join(BRIDGE.split("\n")[6:9])
    teasers = "World\nPolitics\nLifestyle\nCulture\nWhat people are saying tonight\n"
    assert len(full(paste(upper + teasers + lower))) == 1


def test_a_page_that_shows_its_headline_again_is_one() -> None:
    page = MARKET.format(head="24 November 2026, 18:40", foot="").split("Related")[0]
    text = "\n".join(BRIDGE.split("\n")[6:9])
    again = f"{page.splitlines()[0]}\n24 November 2026\nShare\n{text}\n"
    assert len(full(paste(page + again))) == 1


def test_as_many_as_a_morning_has() -> None:
    pages = MARKET.format(head="24 November 2026", foot=MARKET_DESK), BRIDGE.format(head="Share", foot=BRIDGE_DESK)
    alone = [article for page in pages for article in full(paste(page))]
    assert full(paste("".join(pages * 12))) == alone * 12


def test_lines_are_counted_through_the_whole_paste() -> None:
    pages = MARKET.format(head="Share", foot=MARKET_DESK), BRIDGE.format(head="Share", foot=BRIDGE_DESK)
    reading = paste("".join(pages))
    lines = "".join(pages).split("\n")
    where = {drop.subject: drop.detail for drop in reading.drops}
    assert where["Menu"] == f"line {lines.index('Menu') + 1}"


def test_a_page_that_goes_on_below_a_box_is_one() -> None:
    upper, lower = MARKET.format(head="By Mara Ellison", foot=""), "\n".join(BRIDGE.split("\n")[6:9])
    boxes = (MARKET_DESK, "© 2026 Callan Herald. All rights reserved.", "* * *", "\n\n\n")
    for box in boxes:
        assert len(full(paste(f"{upper}\n{box}\nWhat the report says\n{lower}"))) == 1
