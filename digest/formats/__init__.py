"""The wire formats: each reads one kind of document into articles."""

from digest.formats import feed, html, json_feed, mail, markdown, page_text
from digest.formats.detect import detect

BUILT_IN = (json_feed.FORMAT, feed.FORMAT, mail.FORMAT, markdown.FORMAT, html.FORMAT, page_text.FORMAT)
"""In the order in which they are asked; page text is last, since any text might be some."""

__all__ = ["BUILT_IN", "detect"]
