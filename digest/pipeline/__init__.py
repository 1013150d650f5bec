"""collect, compose, render, publish: the only folder that knows the order."""

from digest.pipeline.collecting import Collected, collect, find_feeds, options_of, read, read_documents, sources_of
from digest.pipeline.composing import compose_issue
from digest.pipeline.correcting import due_corrections
from digest.pipeline.knowing import known
from digest.pipeline.publishing import draft_issue, publish
from digest.pipeline.rendering import Draft, finish, look_of, render, render_text, write
from digest.pipeline.rereading import Reread, reread

__all__ = [
    "Collected",
    "Draft",
    "Reread",
    "collect",
    "compose_issue",
    "draft_issue",
    "due_corrections",
    "find_feeds",
    "finish",
    "known",
    "look_of",
    "options_of",
    "publish",
    "read",
    "read_documents",
    "render",
    "render_text",
    "reread",
    "sources_of",
    "write",
]
