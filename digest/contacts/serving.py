"""Which story a publisher's form serves: one whose address names a page serves that page alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, unquote, unquote_plus, urlsplit, urlunsplit

from digest.contacts.finding import speaks_of_errors
from digest.identity import page_of
from digest.model import Article, Contact
from digest.urls import canonical_url

_WORD = re.compile(r"[^\W_]+")
_EXTENSION = re.compile(r"\.[a-z]{3,5}$")
_NUMBER = re.compile(r"\d{5,}")
"""So many digits in a row are an article's number; fewer may be a year."""
_BARE_NUMBER = re.compile(r"\d{3,}|[0-9a-f-]{16,}")
_NAMES_A_PAGE = re.compile(r"art|beitr|doc|id$|item|link|not[ai]|post|ref|slug|stor|tit|uri|url")
"""The names of parameters that tell of which page a form was opened, in the languages of most forms."""
_SHORTEST_NAME = 3
_FEWEST_WORDS = 2
"""Words that name an article by its headline; one alone may be any word of the language."""


@dataclass(frozen=True, slots=True)
class _Parameter:
    """One of a query or a fragment: its name, its value, and `raw`, what stands for it in the address."""

    name: str
    value: str
    raw: str

    @property
    def may_name_a_page(self) -> bool:
        """Whether the value may be an article's number, or the last part of its URL."""
        value = self.value
        may_be_a_name = "/" in value or any(map(str.isdigit, value)) or len(_WORD.findall(value)) >= _FEWEST_WORDS
        return may_be_a_name or _NAMES_A_PAGE.search(self.name.lower()) is not None


@dataclass(frozen=True, slots=True)
class _Form:
    """A form's address: the ids of the articles it names, whether it is made for one page, named or not, and what is
    left of it, None for nothing, without the parameters that name the page, which are `removed`."""

    meant: frozenset[str]
    of_one_page: bool = False
    plain: str | None = None
    removed: tuple[str, ...] = ()


class Forms:
    """The forms that the pages of some articles show, and the articles that each of them serves.

    A form is made for one page when its query, its fragment or its path holds an article's URL, the last part of that,
    its number or its headline, or, unless the pages of two articles show the very same, a value that may be such: a
    number, several words, what the parameter's name says. Mail addresses, and what is configured, serve every page.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self._named: dict[str, set[str]] = {}
        shown: defaultdict[str, list[Article]] = defaultdict(list)
        for article in articles:
            for name in _names_of(article):
                self._named.setdefault(name, set()).add(article.id)
            if url := _form_of(article.contact):
                shown[url].append(article)
        self._forms = {url: self._form(url, pages) for url, pages in shown.items()}

    def own(self, article: Article) -> Contact | None:
        """The contact that the article's page shows, if it may stand with the article.

        None for a form that names another article, and for one made for some page that a brief was read from.
        """
        form = self._forms.get(_form_of(article.contact) or "")
        if form is None or article.id in form.meant:
            return article.contact
        if form.meant or (form.of_one_page and article.kind == "brief"):
            return None
        return article.contact

    def for_any_page(self, articles: Iterable[Article], known: Iterable[Contact] = ()) -> tuple[Contact, ...]:
        """The contacts that serve any page of the publisher whose articles these are, as often as pages show them.

        They are `known`, or among the articles' own. Only where there is none, the forms that were made for one page
        stand in, without what names the page.
        """
        shown = [article.contact for article in articles if article.contact]
        forms = [(contact, self._forms.get(_form_of(contact) or "")) for contact in shown]
        general = [*known, *(contact for contact, form in forms if not (form and form.of_one_page))]
        return tuple(general or (_without_page(contact, form) for contact, form in forms if form and form.plain))

    def _form(self, url: str, pages: Sequence[Article]) -> _Form:
        parts = _split(url)
        if parts is None:
            return _Form(frozenset())
        is_shared = len({page_of(page.url or page.id) for page in pages if page.kind == "full"}) > 1
        path = _in_path(parts)
        # An article that is the form's own page is not named by it.
        itself = {page.id for page in pages if page.url and page_of(page.url) == page_of(url)}
        in_path = self._called(_telling(path)) - itself
        meant, named, opaque = in_path, [], []
        for each in _parameters(parts):
            called = self._called((each.value,))
            if not is_shared:
                called |= {page.id for page in pages if _is_in_headline(each.value, page)}
            meant |= called
            if called:
                named.append(each.raw)
            elif not is_shared and each.may_name_a_page:
                opaque.append(each.raw)
        bare = not is_shared and any(map(_BARE_NUMBER.fullmatch, path))
        removed = (*named, *opaque)
        plain = None if in_path or bare else _without(parts, removed)
        return _Form(meant, bool(meant or bare or removed), plain, removed)

    def _called(self, values: Iterable[str]) -> frozenset[str]:
        """The ids of the articles that values are the names of."""
        return frozenset(
            article for value in values for name in _spellings(value) for article in self._named.get(name, ())
        )


def plainest(found: Sequence[Contact], links: Container[str]) -> Contact | None:
    """The first contact of a page; where it is a form with parameters that the page also links without them, that."""
    first = next(iter(found), None)
    parts = _split(first.url) if first and first.url else None
    if not first or not parts:
        return first
    removed = tuple(each.raw for each in _parameters(parts) if each.may_name_a_page)
    plain = _Form(frozenset(), bool(removed), _without(parts, removed), removed)
    return _without_page(first, plain) if plain.of_one_page and plain.plain in links else first


def _without_page(contact: Contact, form: _Form) -> Contact:
    # A sentence that spells the address out would name the page still.
    statement = "" if any(raw in contact.statement for raw in form.removed) else contact.statement
    return replace(contact, url=form.plain, statement=statement)


def _without(parts: SplitResult, removed: Container[str]) -> str:
    query, fragment = (
        "&".join(raw for raw in text.split("&") if raw not in removed) for text in (parts.query, parts.fragment)
    )
    return urlunsplit(parts._replace(query=query, fragment=fragment))


def _form_of(contact: Contact | None) -> str | None:
    """The URL of a form that a page shows; None for an address and for what is configured."""
    return contact.url if contact and contact.url and not contact.address and contact.origin == "page" else None


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _parameters(parts: SplitResult) -> Iterator[_Parameter]:
    for raw in (*parts.query.split("&"), *parts.fragment.split("&")):
        name, is_named, value = raw.partition("=")
        if value or (name and not is_named):
            yield _Parameter(name if is_named else "", unquote_plus(value or name), raw)


def _in_path(parts: SplitResult) -> list[str]:
    return [_EXTENSION.sub("", unquote(segment).lower()) for segment in parts.path.split("/") if segment]


def _telling(path: Sequence[str]) -> Iterator[str]:
    """The parts of a form's path that can be an article's; a word alone may be a form's own ("corrections")."""
    for number, segment in enumerate(path):
        is_more = len(_WORD.findall(segment)) >= _FEWEST_WORDS or _NUMBER.search(segment) is not None
        if is_more or (number > 0 and not speaks_of_errors(segment)):
            yield segment


def _names_of(article: Article) -> Iterator[str]:
    """What an address may call an article by."""
    parts = _split(article.url or "")
    if not parts or not article.url:
        return
    yield page_of(article.url).lower()
    path = _in_path(parts)
    if len(path) > 1:
        yield "/".join(path)
    for value in (*path[-1:], *(each.value.lower() for each in _parameters(parts))):
        if len(value) >= _SHORTEST_NAME:
            yield value
        yield from _NUMBER.findall(value)


def _spellings(value: str) -> Iterator[str]:
    """What a value may name: itself, the page it is the address of, the path it is."""
    value = value.strip().lower()
    yield value
    if "/" in value:
        url = canonical_url(value if "//" in value else f"https://{value}")
        if url:
            yield page_of(url).lower()
        yield _EXTENSION.sub("", value.strip("/"))


def _is_in_headline(value: str, article: Article) -> bool:
    words, headline = _WORD.findall(value.casefold()), _WORD.findall(article.headline.casefold())
    length = len(words)
    if length < _FEWEST_WORDS:
        return False
    return any(headline[at : at + length] == words for at in range(len(headline) - length + 1))
