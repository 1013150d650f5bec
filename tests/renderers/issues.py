"""Issues to render, built by hand: every newsroom, person and event in them is invented."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from digest.identity import identify
from digest.model import (
    Article,
    Block,
    Contact,
    Correction,
    Image,
    Imprint,
    Issue,
    Score,
    Section,
    Sentence,
    Story,
    Summary,
)

ZONE = timezone(timedelta(hours=1))
DAY = date(2026, 11, 22)
MADE = datetime(2026, 11, 22, 8, 30, tzinfo=ZONE)
MORNING = datetime(2026, 11, 22, 6, 40, tzinfo=UTC)

HARBOUR = Contact(
    "The Harbour Post",
    address="corrections@harbour-post.example",
    statement="If a line of ours is wrong, tell corrections@harbour-post.example and we will mend it in public.",
)
WIRE = Contact("Halyard Wire", url="https://halyard.example.com/mend?from=reader", origin="configuration")
GAZETTE = Contact("Valley Gazette", address="desk@valley-gazette.example", statement="We put errors right.")


def article(
    headline: str,
    paragraphs: Sequence[str] = (),
    *,
    publisher: str = "The Harbour Post",
    path: str | None = None,
    host: str = "harbour-post.example",
    published: datetime | None = MORNING,
    standfirst: str = "",
    language: str = "en",
    contact: Contact | None = None,
    made: bool = False,
    image: Image | None = None,
) -> Article:
    """An article; a brief when it has no paragraphs."""
    return identify(
        Article(
            id="",
            revision="",
            source="test",
            headline=headline,
            kind="full" if paragraphs else "brief",
            publisher=publisher,
            headline_made=made,
            standfirst=standfirst,
            blocks=tuple(Block("paragraph", text) for text in paragraphs),
            published=published,
            language=language,
            url=f"https://{host}/{path}" if path else None,
            contact=contact,
            image=image,
        )
    )


def story(*articles: Article, sentences: int = 2, score: float = 0.0) -> Story:
    """A story summarised by its lead's first sentences: a paragraph of these articles is one sentence."""
    lead = articles[0]
    chosen: tuple[Sentence, ...]
    if lead.blocks:
        chosen = tuple(
            Sentence(lead.id, lead.revision, place, 0, block.text)
            for place, block in enumerate(lead.blocks[:sentences])
        )
        return Story(articles, Score(score), summary=Summary(chosen, "extract", "lead"))
    if lead.standfirst:
        chosen = (Sentence(lead.id, lead.revision, "standfirst", 0, lead.standfirst),)
        return Story(articles, Score(score), summary=Summary(chosen, "standfirst"))
    return Story(articles, Score(score))


def issue(sections: Iterable[Section], **changes: object) -> Issue:
    """An issue of the Harbour Brief with these sections and nothing else, but for what `changes` set."""
    made = Issue("The Harbour Brief", DAY, MADE, sections=tuple(sections))
    lead = made.lead
    made = replace(made, subject=lead.lead.headline if lead else "The Harbour Brief")
    return replace(made, **changes)  # type: ignore[arg-type]


def full() -> Issue:
    """An ordinary morning with everything in it that an issue can have."""
    world = Section(
        "world",
        "World",
        (
            story(
                article(
                    "Strait of Ambel reopens after pilots accept a night-time truce",
                    [
                        "The first grain ships in nineteen days passed the Strait of Ambel before dawn on Sunday, after"
                        " the pilots’ guild agreed to guide convoys between midnight and six.",
                        "“We are not friends, we are tired,” said Marit Solheim-Aduba, who speaks for the guild’s"
                        " four hundred pilots.",
                        "Insurers in Port Callan lowered the war premium by a third within the hour.",
                        "Both navies keep their patrols in the outer lane, and neither has said for how long the truce"
                        " is meant to hold.",
                    ]
                    + ["The convoys are to be counted by observers from three small states that border no sea." * 4]
                    * 12,
                    path="2026/11/22/strait-of-ambel-reopens",
                    image=Image("https://harbour-post.example/img/strait.jpg", "A grain ship at dawn", "Ines Falk"),
                ),
                article(
                    "Ambel convoys resume at night",
                    ["Convoys have resumed."],
                    publisher="Halyard Wire",
                    path="w/88121",
                    host="halyard.example.com",
                ),
                article(
                    "Straße von Ambel wieder offen",
                    ["Der Konvoi fährt."],
                    publisher="Talbote",
                    path="welt/ambel",
                    host="talbote.example",
                    language="de",
                ),
                sentences=3,
                score=0.93,
            ),
            story(
                article(
                    "Lowland assembly votes to keep its two capitals",
                    [
                        "After eleven hours of debate the assembly voted 61 to 58 to go on moving between Ost and"
                        " Verrin twice a year.",
                        "The removal vans, a member noted, have become the country’s most reliable railway.",
                    ]
                    + ["Every move costs the treasury about nine million crowns, most of it for the archive."] * 20,
                    publisher="Halyard Wire",
                    path="w/88117",
                    host="halyard.example.com",
                    published=MORNING - timedelta(hours=3),
                ),
                score=0.71,
            ),
            story(
                article(
                    "Envoy to the Isles recalled over a borrowed yacht",
                    standfirst="The foreign ministry confirmed on Saturday that its envoy had been sailing on a"
                    " tycoon’s boat since August.",
                    path="2026/11/21/envoy-yacht",
                    published=MORNING - timedelta(days=1),
                ),
                score=0.4,
            ),
        ),
    )
    business = Section(
        "business",
        "Business",
        (
            story(
                article(
                    "Glassmaker Orrery shuts its last coal furnace a year early",
                    [
                        "Orrery, which makes every second windscreen on the continent, put out its last coal-fired"
                        " furnace on Friday, thirteen months before the date it had promised.",
                        "The new furnaces run on current from the Dray dams and on a contract that nobody outside the"
                        " company has been allowed to read.",
                    ]
                    + ["Shareholders were told at noon and the town of Lauter at one." * 3] * 9,
                    publisher="Valley Gazette",
                    path="business/orrery-furnace.html?edition=morning&p=2",
                    host="www.valley-gazette.example",
                ),
                score=0.66,
            ),
            story(
                article(
                    "Hafenzoll: Kaufleute klagen über doppelte Rechnung",
                    [
                        "Wer in dieser Woche Kaffee über Port Callan einführte, bekam zwei Rechnungen vom selben Amt.",
                        "Das Zollamt spricht von einem Versehen und zahlt erst im Januar zurück.",
                    ],
                    publisher="Talbote",
                    path="wirtschaft/hafenzoll",
                    host="talbote.example",
                    language="de",
                ),
                score=0.5,
            ),
        ),
    )
    life = Section(
        "life",
        "Life",
        (
            story(
                article(
                    "The lighthouse keeper who answers every letter",
                    ["Each Thursday Oda Brandvold rows out with a sack of post.", "She has answered 4,112 letters."],
                    publisher="Valley Gazette",
                    published=None,
                ),
                score=0.3,
            ),
            story(
                article(
                    "A choir of ferry engineers goes on tour…",
                    standfirst="A choir of ferry engineers goes on tour with songs written for the engine room.",
                    made=True,
                    published=None,
                ),
                score=0.2,
            ),
        ),
    )
    return issue(
        (world, business, life),
        number=12,
        preheader="Grain ships pass at night; two capitals stay; the last coal furnace is cold.",
        contacts=(HARBOUR, WIRE, GAZETTE),
        corrections=(
            Correction(
                was="The dam at Dray holds 40 million litres.",
                now="The dam at Dray holds 40 billion litres.",
                noted=datetime(2026, 11, 20, 15, 0, tzinfo=ZONE),
                issue=10,
                url="https://valley-gazette.example/dray",
                publisher="Valley Gazette",
            ),
        ),
        imprint=Imprint(
            sender="brief@harbour-brief.example",
            reply_to="editor@harbour-brief.example",
            base_url="https://harbour-brief.example/issues/",
            postal_address="The Harbour Brief, 3 Customs Steps, 0410 Port Callan",
            corrections=Contact("The Harbour Brief", address="errors@harbour-brief.example", origin="configuration"),
        ),
    )


HOSTILE_HEADLINES = (
    "</mj-text><script>alert(1)</script>",
    "{{ 7*7 }} and {% raw %} in a headline",
    "Quotes \"double\" and 'single' & an ampersand <b>bold",
    "A bell\x07, a null\x00 and \ufffe in a line",
    'data-premailer="ignore" <style data-premailer="ignore"',
    "<!-- a comment --> ]]> <![CDATA[ and &amp; &lt; &nbsp;",
    "Line one\nLine two\r\nBcc: everybody@example.org",
    "Reversed \u202eevil\u202c and back",
    "Pneumonoultramicroscopicsilicovolcanoconiosis" * 4,
    "\ud800 a lone surrogate",
)


def hostile() -> Issue:
    """Values that try to break out of where they are printed."""
    stories = [
        replace(
            story(
                article(
                    headline,
                    [f"{headline} says the first sentence.", f"And {headline} the second."],
                    publisher='<i>Mallory & "Sons"</i>',
                    path=f"a?x=%22&y=<script>{number}",
                    contact=Contact('<i>Mallory & "Sons"</i>', address="x@mallory.example?bcc=y@example.org&body=z"),
                )
            ),
            score=Score(1.0 - number / 10),
        )
        for number, headline in enumerate(HOSTILE_HEADLINES)
    ]
    scripted = [
        replace(each, articles=(replace(each.lead, url=url),))
        for each, url in zip(
            [story(article(f"Follow me {n}", ["Follow me."], published=None)) for n in range(3)],
            ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "mailto:x@mallory.example"),
            strict=True,
        )
    ]
    return issue(
        [Section("a", '"A" & <b>B</b>', tuple(stories)), Section("b", "{{ b }}", tuple(scripted))],
        newsletter='The "Hostile" \\ <Brief>',
        subject='He said "no" \\ <b> & left\r\nBcc: x@example.org',
        preheader='"pre" <header> & {{ 1 }}',
        contacts=(
            Contact('<i>Mallory & "Sons"</i>', address="x@mallory.example?bcc=y@example.org&body=z"),
            Contact("Form", url="javascript:alert(2)"),
        ),
        imprint=Imprint(postal_address="1 <Road>\nTown & Country"),
    )


def briefs() -> Issue:
    """Nothing but teasers, none dated, none linked."""
    return issue(
        [
            Section(
                "more",
                "More news",
                tuple(
                    story(
                        article(
                            f"Teaser {number} from the front page",
                            standfirst=f"What teaser {number} has to say is short." if number % 3 else "",
                            published=None,
                        )
                    )
                    for number in range(1, 8)
                ),
            )
        ]
    )


def one() -> Issue:
    """A single story."""
    return issue(
        [Section("news", "News", (story(article("Only this happened", ["It happened.", "Nothing else did."])),))]
    )


def many(count: int = 60) -> Issue:
    """So many ordinary stories in six sections, each with a link, a summary of two sentences and a contact."""
    rooms = ("The Harbour Post", "Halyard Wire", "Valley Gazette", "Talbote")
    contacts = (HARBOUR, WIRE, GAZETTE, Contact("Talbote", address="korrektur@talbote.example"))
    sections = []
    for place, title in enumerate(("World", "Environment & Weather", "Science", "Sport", "Culture", "More news")):
        stories = tuple(
            story(
                article(
                    f"Council number {number} approves a bridge that two towns had refused for years",
                    [
                        f"The council of district {number} approved the bridge over the Dray on Thursday, after a vote"
                        " that was held twice because the first count had lost a ballot.",
                        "Work is to begin in spring, when the river is low and the swans have left the island.",
                        "Nobody knows who will pay for the lamps." * 40,
                    ],
                    publisher=rooms[number % 4],
                    path=f"2026/11/22/district-{number}-approves-bridge",
                    host=f"{rooms[number % 4].lower().replace(' ', '-')}.example",
                ),
                score=1 - number / 1000,
            )
            for number in range(place, count, 6)
        )
        sections.append(Section(title.lower().replace(" ", "-"), title, stories))
    return issue(
        sections,
        number=7,
        contacts=contacts,
        imprint=Imprint(sender="brief@harbour-brief.example", base_url="https://harbour-brief.example"),
    )


def scripts() -> Issue:
    """Stories in Hebrew, Arabic, Japanese, Chinese and Russian in one English issue."""
    japanese = (
        "日曜日の夜明け前、最初の穀物船が海峡を通過した。水先人組合は真夜中から午前六時まで船団を導くことに同意した。"
    )
    chinese = "第一批运粮船在星期日黎明前通过了海峡，领航员公会同意在午夜至六点之间引导船队。"
    told = (
        ("הנמל נפתח מחדש אחרי תשעה־עשר ימים", "האוניות עברו לפני עלות השחר. Harbour Post דיווח.", "he"),
        ("الميناء يفتح أبوابه من جديد", "مرت السفن الأولى قبل الفجر يوم الأحد.", "ar"),
        ("港が十九日ぶりに再開、夜間だけの航行で合意", japanese, "ja"),
        ("海峡重新开放", chinese, "zh"),
        ("Пролив снова открыт", "Первые суда с зерном прошли пролив до рассвета в воскресенье.", "ru"),
    )
    return issue(
        [
            Section(
                "world",
                "World",
                tuple(
                    story(article(headline, [text], publisher=publisher, path=f"s/{language}", language=language))
                    for (headline, text, language), publisher in zip(
                        told, ("הנמל", "الميناء", "港日報", "海峡晚报", "Пролив"), strict=True
                    )
                ),
            )
        ]
    )


def right_to_left() -> Issue:
    """The same stories in a Hebrew issue."""
    return replace(scripts(), language="he", newsletter="תקציר הנמל")


BY_NAME: dict[str, Callable[[], Issue]] = {
    make.__name__: make for make in (full, hostile, briefs, one, many, scripts, right_to_left)
}


def names() -> tuple[str, ...]:
    """The issues of this module by name, for tests that want every one."""
    return tuple(BY_NAME)
