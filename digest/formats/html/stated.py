"""What a page states of itself: JSON-LD, OpenGraph and other metadata, and the marks in its visible part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from digest.formats.dates import parse_moment
from digest.formats.finish import primary_language
from digest.formats.html.body import words_of
from digest.formats.html.json_ld import article_node, names_of, texts_of
from digest.markup import clean_text, fold, text_of
from digest.model import Block, Image
from digest.phrases import phrases
from digest.urls import canonical_url, domain_of, safe_href

if TYPE_CHECKING:
    from lxml.etree import _Element

# Names of meta elements (property, name or itemprop), in lower case, the most trustworthy first.
_TITLES = ("og:title", "twitter:title", "dc.title", "title")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_PUBLISHERS = ("og:site_name", "dc.publisher", "publisher")
_AUTHORS = ("author", "article:author", "dc.creator", "byl", "parsely-author", "dcsext.author")
_PUBLISHED = (
    "article:published_time", "article:published", "datepublished", "dc.date.issued", "dcterms.created", "date",
    "dc.date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "published_at",
    "article:publicationdate", "article.published", "ptime", "pdate",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
_OF_ARTICLES = re.compile("article:(?:published|modified)")
_SECTIONS = ("article:section", "articlesection", "section")
_LANGUAGES = ("inlanguage", "content-language", "og:locale", "dc.language", "language")
_IMAGES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image")

_BY = re.compile(r"(?:by|von|par|di|por|de|door|av|af)\b[: ]\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
_SITE_AT_END = re.compile(r"\s*[|–—_·»]\s*[^|–—_·»]{1,40}$|\s+-\s+[^|–—_·»]{1,40}$")
_AFTER_NAME = re.compile(r"\s[-–—|•·]\s|\s*\d|\s*[|•·@]")
_NO_LABEL = re.compile(r"/|https?:|[0-9A-Fa-f-]{16,}$")
_LONGEST_LABEL, _LONGEST_BYLINE = 60, 120
_SAME_TITLE, _LIKE_TITLE = 0.6, 0.4
"""Share of a heading's words that a title of the page must hold for the heading to be the headline, and for the only
one of the first order to be."""
_LEAST_TITLE = 0.3
"""Length of a headline, as a share of the shortest title's: a site's name stands in its titles too."""
_MOST_HEADINGS = 500


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page says of the article it holds; what it does not say is "", () or None.

    `text` is the article's own text where the metadata carry it. `is_article` tells that the
    metadata call the page an article, `is_free` that they do not call it closed.
    """

    headline: str
    descriptions: tuple[str, ...]
    byline: str
    publisher: str
    published: datetime | None
    updated: datetime | None
    labels: tuple[str, ...]
    url: str | None
    image: Image | None
    language: str
    text: str
    is_article: bool
    is_free: bool

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The article's own text as paragraphs."""
        lines = filter(None, map(clean_text, unescape(self.text).splitlines()))
        return tuple(Block("paragraph", line) for line in lines)


def stated_by(root: _Element, address: str | None, retrieved: datetime | None, zone: tzinfo) -> Stated:
    """What the page states; `address` is where it was read from, for its relative URLs, `zone` that of its clock."""
    metas = _metas(root)
    marks = _marks(root)
    titles = [*_all(metas, _TITLES), _title(root)]
    node = article_node(root, titles)
    titles = [*texts_of(node.get("headline")), *titles]
    authors = [names_of(node.get("author")), names_of(node.get("creator")), *(metas.get(name, []) for name in _AUTHORS),
               marks.get("author", [])[:1]]  # fmt: skip
    sections = texts_of(node.get("articleSection")) or _all(metas, _SECTIONS) or marks.get("articleSection", [])
    language = _language([*_declared(root), *texts_of(node.get("inLanguage")), *_all(metas, _LANGUAGES)])
    base = _base(root, address)

    def moment(*sources: Iterable[str]) -> datetime | None:
        values = (parse_moment(value, language or "und", retrieved, zone) for source in sources for value in source)
        return next(filter(None, values), None)

    return Stated(
        headline=_headline(root, _texts(titles)),
        descriptions=_texts([*_all(metas, _DESCRIPTIONS[:1]), *texts_of(node.get("description")),
                             *_all(metas, _DESCRIPTIONS[1:])]),
        byline=next(filter(None, map(byline_from, authors)), ""),
        publisher=_publisher([*names_of(node.get("publisher")), *_all(metas, _PUBLISHERS)]),
        published=moment(texts_of(node.get("datePublished")), _all(metas, _PUBLISHED), marks.get("datePublished", ())),
        updated=moment(texts_of(node.get("dateModified")), _all(metas, _UPDATED), marks.get("dateModified", ())),
        labels=_labels(sections),
        url=_url([*_canonical(root), *_all(metas, ("og:url",)), *texts_of(node.get("mainEntityOfPage")),
                  *texts_of(node.get("url"))], base, address),
        image=_image([*_all(metas, _IMAGES), *texts_of(node.get("image"))], _all(metas, ("og:image:alt",)), base),
        language=language,
        text="\n".join(texts_of(node.get("articleBody"))),
        is_article=bool(node)
        or "article" in _all(metas, ("og:type",))
        or any(map(_OF_ARTICLES.match, metas))
        or _is_marked_up(root),
        is_free=str(node.get("isAccessibleForFree", True)).lower() != "false",
    )  # fmt: skip


# Where statements stand


def _metas(root: _Element) -> dict[str, list[str]]:
    """The contents of the page's meta elements by name."""
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = clean_text(element.get("content") or "")
        names = {element.get(attribute) or "" for attribute in ("property", "name", "itemprop", "http-equiv")}
        for name in filter(None, names) if content else ():
            name = name.strip().lower()
            metas.setdefault(name.removeprefix("og:") if name.startswith("og:article:") else name, []).append(content)
    return metas


def _all(metas: Mapping[str, Sequence[str]], names: Iterable[str]) -> list[str]:
    return [content for name in names for content in metas.get(name, ())]


def _marks(root: _Element) -> dict[str, list[str]]:
    """What microdata (`itemprop`) and `rel=author` mark in the visible page."""
    marks: dict[str, list[str]] = {}
    for element in root.iter():
        names = (element.get("itemprop") or "").split()
        if element.get("rel") == "author":
            names.append("author")
        if element.tag == "time" and element.get("pubdate") is not None:
            names.append("datePublished")
        for name in names:
            value = element.get("datetime") or element.get("content") or " ".join(islice(element.itertext(), 20))
            marks.setdefault(name, []).append(clean_text(value))
    return marks


def _title(root: _Element) -> str:
    return next(("".join(title.itertext()) for title in root.iter("title") if not _is_drawn(title)), "")


def _is_drawn(element: _Element) -> bool:
    return any(ancestor.tag == "svg" for ancestor in element.iterancestors())


def _declared(root: _Element) -> list[str]:
    page = [root, *root.iterchildren("body")]
    return [element.get(name) or "" for element in page for name in ("lang", "xml:lang")]


def _canonical(root: _Element) -> list[str]:
    return [element.get("href") or "" for element in root.iter("link") if element.get("rel") == "canonical"]


def _base(root: _Element, address: str | None) -> str:
    stated = next((element.get("href") or "" for element in root.iter("base")), "")
    return _joined(address or "", stated) or address or ""


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:  # an address no browser could follow
        return ""


# What they come to


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(text_of, values))))


def _is_marked_up(root: _Element) -> bool:
    """Whether the markup itself calls the page an article: one `article` element, with the first heading in it."""
    marked = list(islice(root.iter("article"), 2))
    return len(marked) == 1 and next(marked[0].iter("h1"), None) is not None


def _headline(root: _Element, titles: Sequence[str]) -> str:
    """The heading readers see, where a title confirms it; else the first title without its site, or a lone h1."""
    headings = [heading for heading in root.iter("h1", "h2") if not _is_drawn(heading)]
    texts = [(heading.tag, clean_text(" ".join(heading.itertext()))) for heading in headings[:_MOST_HEADINGS]]
    known = [(fold(title), set(words_of(title))) for title in titles]
    best, best_rank = "", (0.0, False, 0)
    for tag, text in texts:
        share = max((_shared(text, title_words) for _, title_words in known), default=0.0)
        if any(fold(text) in title for title, _ in known):
            share = 1.0
        rank = (share, tag == "h1", len(text))
        if share >= _SAME_TITLE and len(text) >= _LEAST_TITLE * min(map(len, titles)) and rank > best_rank:
            best, best_rank = text, rank
    if best:
        return best
    alone = [text for tag, text in texts if tag == "h1" and text]
    if len(alone) == 1 and max((_shared(alone[0], words) for _, words in known), default=0.0) >= _LIKE_TITLE:
        return alone[0]
    if titles:
        return _without_site(titles)
    return alone[0] if len(alone) == 1 else ""


def _shared(text: str, words: Set[str]) -> float:
    """The share of a text's words that are among these."""
    own = set(words_of(text))
    return len(own & words) / len(own) if own else 0.0


def _without_site(titles: Sequence[str]) -> str:
    shorter = _SITE_AT_END.sub("", titles[0])
    return shorter if shorter in titles or len(shorter.split()) > 2 else titles[0]


def byline_from(names: Iterable[str]) -> str:
    """The names of authors, each once, without the "by" before and the date after them."""
    cleaned = (_name_in(name) for name in names if len(name) <= _LONGEST_BYLINE and not _ADDRESS.match(name))
    return ", ".join({name.casefold(): name for name in cleaned if name}.values())


def _name_in(byline: str) -> str:
    words = _AFTER_NAME.split(_BY.sub("", text_of(byline), count=1), maxsplit=1)[0].split()
    while words and words[-1].strip(".,").casefold() in phrases().date_words:
        words.pop()
    return " ".join(words).rstrip(",;")


def _publisher(names: Iterable[str]) -> str:
    name = next(iter(_texts(names)), "")
    return domain_of(name) if _ADDRESS.match(name) else name


def _labels(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(label for label in _texts(labels) if len(label) <= _LONGEST_LABEL and not _NO_LABEL.match(label))


def _url(stated: Iterable[str], base: str, address: str | None) -> str | None:
    """The first stated URL that leads to a page and not to the site's front, else the address."""
    found = (url for text in stated if (url := canonical_url(text, base)))
    deep = next((url for url in found if url.rstrip("/").count("/") > 2), None)
    return deep or (canonical_url(address) if address else None)


def _image(urls: Iterable[str], descriptions: Sequence[str], base: str) -> Image | None:
    url = next(filter(None, (safe_href(_joined(base, url)) for url in urls)), None)
    return Image(url, next(iter(_texts(descriptions)), "")) if url else None


def _language(stated: Iterable[str]) -> str:
    return next((language for tag in stated if (language := primary_language(tag)) != "und"), "")
