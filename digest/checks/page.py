"""What a check looks at in a rendition: the words a reader sees, the places that links lead to, the style sheets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

from digest.model import Issue, Rendition

EMAIL, TEXT = "issue.html", "issue.txt"
_LINKING = frozenset({"href", "src", "action", "background", "cite", "data", "poster"})
_UNSEEN = frozenset({"script", "style", "template"})
# What Outlook alone sees stands in comments such as <!--[if mso]>.
_CONDITION = re.compile(r"\[if[^\]]*\]>(.*?)<!\[endif\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML rendition: its visible text, its (tag, URL) pairs, the names of its tags, its style sheets."""

    text: str
    links: tuple[tuple[str, str], ...]
    tags: frozenset[str]
    styles: tuple[str, ...]


def is_html(rendition: Rendition) -> bool:
    return rendition.media_type.startswith("text/html")


def is_text(rendition: Rendition) -> bool:
    return rendition.media_type.startswith("text/plain")


def source_of(rendition: Rendition) -> str:
    return rendition.body.decode("utf-8", "replace")


def page_of(rendition: Rendition) -> Page:
    """An HTML rendition taken apart; any markup at all can be."""
    reader = _Reader()
    reader.feed(source_of(rendition))
    reader.close()
    return Page("".join(reader.text), tuple(reader.links), frozenset(reader.tags), tuple(reader.styles))


def seen_in(rendition: Rendition) -> str:
    """What a reader of the rendition sees."""
    return page_of(rendition).text if is_html(rendition) else source_of(rendition)


def squeeze(text: str) -> str:
    """The text without what layout puts between its letters: white space, invisible characters, case."""
    return "".join(char for char in text.casefold() if not char.isspace() and unicodedata.category(char) != "Cf")


def own_words(issue: Issue) -> str:
    """Everything in the issue that a rendition may print: whatever stands here is no fault of a template."""
    return "\n".join(_own_words(issue))


def _own_words(issue: Issue) -> Iterable[str]:
    yield from (issue.newsletter, issue.subject, issue.preheader)
    imprint = issue.imprint
    yield from (imprint.sender, imprint.reply_to, imprint.base_url, imprint.postal_address)
    for contact in (*issue.contacts, *filter(None, (imprint.corrections,))):
        yield from (contact.publisher, contact.address or "", contact.url or "", contact.statement)
    for correction in issue.corrections:
        yield from (correction.was, correction.now, correction.url or "", correction.publisher)
    yield from (removal.reason for removal in issue.removals)
    for section in issue.sections:
        yield section.title
        for story in section.stories:
            yield from story.merged
            for article in story.articles:
                yield from (article.headline, article.standfirst, article.byline, article.publisher, article.url or "")
                yield from (block.text for block in article.blocks)
                if article.image:
                    yield from (article.image.url, article.image.alt, article.image.credit)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self.styles: list[str] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [(tag, value) for name, value in attrs if name in _LINKING and value is not None]
        if tag in _UNSEEN:
            self._unseen = tag
            self.styles += [""] if tag == "style" else []

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""

    def handle_data(self, data: str) -> None:
        if self._unseen == "style":
            self.styles[-1] += data
        elif not self._unseen:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        for conditional in _CONDITION.findall(data):
            reader = _Reader()
            reader.feed(conditional)
            reader.close()
            self.links += reader.links
            self.tags |= reader.tags
