"""A clock time that a page prints without a zone is in the newsletter's own; a stated one stays."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from digest.formats import html, markdown, page_text
from digest.model import Document, Hints
from digest.ports import Format

BODY = "The ferry sailed again on Friday. It had been in dock for nine days, the harbour office of Tolby said."
SECOND = "A cracked propeller shaft had kept the only vessel of the route from the water for more than a week."
THIRD = (
    "The repair cost 48,000 crowns, which is twice what the council of the island had set aside for it in the spring."
)
MARKDOWN = f"---\ntitle: Ferry sails\ndate: {{date}}\n---\n{BODY}\n\n{SECOND}\n"
PAGE = (
    '<html lang="en"><head><title>Ferry sails</title><meta property="article:published_time" content="{date}"></head>'
    f"<body><article><h1>Ferry sails</h1><p>{BODY}</p><p>{SECOND}</p><p>{THIRD}</p></article></body></html>"
)


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2026-07-01 06:00", "2026-07-01T06:00+02:00"),
        ("2026-12-01 06:00", "2026-12-01T06:00+01:00"),
        ("2026-12-01T06:00:00Z", "2026-12-01T07:00+01:00"),
    ],
)
@pytest.mark.parametrize(
    ("format_", "text"), [(markdown.FORMAT, MARKDOWN), (html.FORMAT, PAGE)], ids=["markdown", "html"]
)
def test_a_time_without_a_zone_is_the_newsletter_s(format_: Format, text: str, date: str, wanted: str) -> None:
    hints = Hints("test", zone=ZoneInfo("Europe/Zurich"))
    (article,) = format_.read(Document("test", "page", text.format(date=date).encode()), hints).articles
    assert article.published == datetime.fromisoformat(wanted)


def test_page_text_too() -> None:
    text = f"Ferry sails\nPublished on 1 July 2026 at 06:00\n{BODY}\n{SECOND}\n{THIRD}\n"
    hints = Hints("test", zone=ZoneInfo("Europe/Zurich"))
    (article,) = page_text.FORMAT.read(Document("test", "page", text.encode()), hints).articles
    assert article.published == datetime.fromisoformat("2026-07-01T06:00+02:00")
