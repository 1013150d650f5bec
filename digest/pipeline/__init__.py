"""collect, compose, render, publish, deliver: the only folder that knows the order."""

from digest.pipeline.checking import ask_links, checks_of
from digest.pipeline.collecting import (
    Collected,
    collect,
    find_feeds,
    options_of,
    read,
    read_documents,
    read_shown,
    sources_of,
)
from digest.pipeline.composing import Background, Day, compose_day, compose_issue
from digest.pipeline.correcting import Changed, changed_since, corrected, due_corrections, to_judge
from digest.pipeline.delivering import deliver, shown, shown_rows, write_web
from digest.pipeline.giving import Ledger
from digest.pipeline.knowing import known, missing_sections
from digest.pipeline.publishing import day_of_archive, draft_day, draft_issue, publish, reopen, reopen_day
from digest.pipeline.rendering import (
    Draft,
    finish,
    folded,
    look_of,
    render,
    render_email,
    render_text,
    with_drops,
    write,
)
from digest.pipeline.rereading import Reread, reread
from digest.pipeline.running import Ran, publish_by_hand, run
from digest.pipeline.sending import Sent, deliverer_into, send, server_of
from digest.pipeline.takedown import TakenDown, put_back, take_down

__all__ = [
    "Background",
    "ask_links",
    "checks_of",
    "Changed",
    "Collected",
    "Day",
    "Draft",
    "Ledger",
    "Ran",
    "Reread",
    "Sent",
    "TakenDown",
    "collect",
    "compose_day",
    "compose_issue",
    "corrected",
    "day_of_archive",
    "deliver",
    "deliverer_into",
    "draft_day",
    "draft_issue",
    "changed_since",
    "due_corrections",
    "find_feeds",
    "finish",
    "folded",
    "known",
    "look_of",
    "missing_sections",
    "options_of",
    "publish",
    "publish_by_hand",
    "put_back",
    "read",
    "read_documents",
    "read_shown",
    "render",
    "render_email",
    "render_text",
    "reread",
    "reopen",
    "reopen_day",
    "send",
    "server_of",
    "run",
    "shown",
    "shown_rows",
    "sources_of",
    "take_down",
    "to_judge",
    "with_drops",
    "write",
    "write_web",
]
