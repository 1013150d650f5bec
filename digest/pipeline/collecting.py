"""collect: sources → documents → articles → archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING

from digest import plugins
from digest.contacts import parse_contact
from digest.errors import FormatError, SourceError
from digest.formats import BUILT_IN, detect
from digest.formats.decode import decode
from digest.model import Article, Document, Drop, Hints, Link, Reading
from digest.pipeline.giving import Ledger
from digest.pipeline.learning import shown_by, unfurnished
from digest.ports import Format
from digest.repeated import Shown, remembered, repeated
from digest.sources.gathering import UNREAD, AnySource, Gathered, gather
from digest.stages import clean
from digest.workers import map_items

if TYPE_CHECKING:
    from pydantic import BaseModel

    from digest.archive.store import Archive
    from digest.config import Settings, SourceSettings

_SOURCES, _FORMATS = "digest.source", "digest.format"
_ARTICLES_A_TRANSACTION, _SOURCES_A_TRANSACTION = 200, 50
_FORGET = timedelta(days=90)
"""After which an address that is asked no more is forgotten; one that is met again is asked as if it were new."""

Reader = Callable[..., tuple[Reading, tuple[Shown, ...]]]
"""Reads a `document` with `hints` at `now`, as `read_shown` does."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What came in: how many documents and articles, and what did not become one, and why.

    Of the articles, `new` were never seen at their source, `changed` differ from what was kept. `failed` names the
    sources that gave nothing because they failed, told today or not. `by_source` are the drops again, each under its
    source, in the order of the configuration.
    """

    documents: int = 0
    articles: int = 0
    drops: tuple[Drop, ...] = ()
    new: int = 0
    changed: int = 0
    failed: tuple[str, ...] = ()
    by_source: Mapping[str, tuple[Drop, ...]] = field(default_factory=dict)


def options_of(use: str) -> type[BaseModel]:
    """The options' schema of a kind of source. Raises `PluginError` for a kind there is not."""
    schema: type[BaseModel] = plugins.load(_SOURCES, use).Options
    return schema


def sources_of(settings: Settings) -> tuple[tuple[SourceSettings, AnySource], ...]:
    """The configured sources, ready to fetch."""
    made = []
    for source in settings.source:
        plugin = plugins.load(_SOURCES, source.use)
        made.append((source, plugin(source.name, plugin.Options(**source.options), settings.folder)))
    return tuple(made)


def collect(
    sources: Sequence[tuple[SourceSettings, AnySource]],
    archive: Archive,
    now: datetime,
    workers: int = 1,
    keep: timedelta | None = None,
    tell: Callable[[str], None] = lambda source: None,
    watch: timedelta = timedelta(),
    reader: Reader | None = None,
    ledger: Ledger | None = None,
) -> Collected:
    """Fetch, read and clean what the sources offer, and put it into the archive.

    One source's fault, and one document's, becomes a `Drop`; the others go on. Documents that no source has given
    for the time `keep` are removed; None keeps them all. `tell` is called with the name of each source as it is done.
    For the time `watch` after an issue the pages that it printed from are asked again, for corrections. `reader` stands
    in for `read_shown`, so that a caller who collects again and again may remember what it read, and with a `ledger` of
    this archive it is given only what changed; `new` and `changed` count no more than that.
    """
    by_name = {settings.name: settings for settings, _ in sources}
    drops: dict[str, tuple[Drop, ...]] = {}
    known: dict[str, tuple[Shown, ...]] = {}
    shown: dict[str, tuple[Shown, ...]] = {}
    documents = articles = new = changed = 0
    failed: set[str] = set()

    def read_all(name: str, fetched: Sequence[Document]) -> tuple[Reading, ...]:
        if not fetched:
            return ()
        if name not in known:
            known[name] = archive.shown(name)
        found = learn(by_name[name], fetched, now, workers, (*known[name], *shown.get(name, ())), reader)
        shown[name] = (*shown.get(name, ()), *(each for _, lines in found for each in lines))
        return tuple(reading for reading, _ in found)

    ledger = ledger or Ledger()
    ledger.open(now, archive.mark_of_others())
    named = [(settings.name, source) for settings, source in sources]
    watched: defaultdict[str, list[Article]] = defaultdict(list)
    for article in archive.watched(now - watch) if watch else ():
        watched[article.source].append(article)
    for batch in _batches(gather(named, read_all, archive.fetches, now, watched=watched)):
        fresh = [ledger.changed(given) for given in batch]
        stored = archive.store(
            [article for articles_, _ in fresh for article in articles_],
            [document for _, documents_ in fresh for document in documents_],
            now,
            [fetch for given in batch for fetch in given.fetches],
            {
                name: remembered(known.pop(name), shown.pop(name))
                for name in (each.source for each in batch)
                if name in shown
            },
        )
        for given in batch:
            renamed = ledger.note(given, stored.renamed)
            if stored.drops:
                ledger.forget(given.source)  # what cannot be kept is to be told every time
            if given.complete:
                kept = {renamed.get((given.source, article.id), article.id) for article in given.articles}
                archive.retire(given.source, kept, now)
            drops[given.source] = given.drops
            documents += len(given.documents)
            articles += len(given.articles)
            if any(fetch.failing_since and not fetch.followed for fetch in given.fetches):
                failed.add(given.source)
            tell(given.source)
        drops[batch[-1].source] += stored.drops
        new += stored.new
        changed += stored.changed
    if keep is not None:
        archive.discard_documents(now - keep)
        archive.discard_fetches(now - max(keep, _FORGET))
    # The sources answer in no set order; what is told of them is in the order of the configuration.
    by_source = {name: drops.get(name, ()) for name in by_name}
    told = tuple(drop for each in by_source.values() for drop in each)
    without = tuple(name for name in by_name if name in failed)
    return Collected(documents, articles, told, new, changed, without, by_source)


def _batches(gathered: Iterable[Gathered]) -> Iterator[list[Gathered]]:
    """What the sources gave, some at a time: most of what storing costs is what a transaction costs.

    A process that dies between two of them loses nothing: what was not stored is not remembered as fetched.
    """
    batch: list[Gathered] = []
    for given in gathered:
        batch.append(given)
        if sum(len(each.articles) for each in batch) >= _ARTICLES_A_TRANSACTION or len(batch) >= _SOURCES_A_TRANSACTION:
            yield batch
            batch = []
    if batch:
        yield batch


def read_documents(
    settings: SourceSettings, documents: Sequence[Document], now: datetime, workers: int = 1
) -> tuple[Reading, ...]:
    """What each document of one source holds, without what several of them repeat."""
    return tuple(reading for reading, _ in learn(settings, documents, now, workers))


def learn(
    settings: SourceSettings,
    documents: Sequence[Document],
    now: datetime,
    workers: int = 1,
    known: Iterable[Shown] = (),
    reader: Reader | None = None,
) -> list[tuple[Reading, tuple[Shown, ...]]]:
    """What each document of one source holds, without what its pages and articles repeat, and the lines it shows.

    `known` are the lines that the source's other documents showed. A document is read again where it shows a
    line that turns out only now to be repeated.
    """
    before = {each.key: each for each in known}
    earlier = repeated(before.values())
    hints = replace(hints_of(settings, now), repeated=earlier)
    reader = reader or read_shown
    read_once = partial(reader, hints=hints, now=now)
    found = list(map_items(read_once, documents, workers))
    fresh = {each.key: each for _, shown in found for each in shown}
    new = remembered(before.values(), fresh.values()).new
    if new:
        learned = repeated((before | {each.key: each for each in new}).values())
        marks = learned.marks - earlier.marks
        again = [at for at, (_, shown) in enumerate(found) if any(not marks.isdisjoint(each.lines) for each in shown)]
        read_again = partial(reader, hints=replace(hints, repeated=learned), now=now)
        for at, better in zip(again, map_items(read_again, [documents[at] for at in again], workers), strict=True):
            found[at] = better
    return found


def find_feeds(url: str, now: datetime, allow_hosts: Iterable[str] = ()) -> tuple[Link, ...]:
    """The address itself if it is a feed's, else the feeds of the web page that is there, the likeliest first.

    Raises `SourceError` when the address cannot be read, or is that of a feed of comments.
    """
    from digest.sources.discovery import OF_COMMENTS, discover_feeds, holds_comments
    from digest.sources.http import Request, open_client

    with open_client(now) as client:
        client.ask(url, [Request(url, allow_hosts=frozenset(allow_hosts))])
        ((_, (answer,)),) = client.answered()
    if answer.error:
        raise SourceError(f"{url}: {answer.fault}")
    document = Document("", url, answer.body, answer.media_type, answer.charset, answer.url)
    if holds_comments(document.body):
        raise SourceError(f"{url}: {OF_COMMENTS}")
    try:
        form = detect(document, readable_formats())
        if form.name in ("feed", "json-feed"):
            return (Link(answer.url, form.read(document, Hints("")).title),)
        return discover_feeds(decode(document), answer.url)
    except FormatError as error:
        raise SourceError(str(error)) from error


@cache
def readable_formats() -> tuple[Format, ...]:
    """The formats in the order in which they are asked: other packages' first, then the built-in ones."""
    return (*(plugins.load(_FORMATS, name) for name in plugins.names(_FORMATS)), *BUILT_IN)


def read(document: Document, hints: Hints) -> Reading:
    """The clean articles of one document, and a `Drop` for everything that is not in one."""
    return _cleaned(document, _formed(document, hints), hints)


def read_shown(document: Document, hints: Hints, now: datetime) -> tuple[Reading, tuple[Shown, ...]]:
    """As `read`, and the lines that the document shows."""
    formed = _formed(document, hints)
    return _cleaned(document, formed, hints), shown_by(document, formed, now)


def _formed(document: Document, hints: Hints) -> Reading:
    """What the document's format finds in it."""
    try:
        reading: Reading = detect(document, readable_formats()).read(document, hints)
    except FormatError as error:
        return Reading(drops=(Drop("read", document.name, UNREAD[0], str(error)),))
    except Exception as error:  # noqa: BLE001 - a format may be anybody's: its fault costs that document alone
        fault = f"{type(error).__name__}: {error}"
        return Reading(drops=(Drop("read", document.name, UNREAD[1], f"{fault}; report it with the document"),))
    return reading


def _cleaned(document: Document, formed: Reading, hints: Hints) -> Reading:
    reading = unfurnished(document.name, formed, hints.repeated)
    drops = list(reading.drops)
    if not reading.articles and not any(drop.subject == document.name for drop in drops):
        drops.append(Drop("read", document.name, "no article", "nothing in it reads like an article or a teaser"))
    kept = []
    for article in reading.articles:
        if hints.labels or hints.contact:
            labels = tuple(dict.fromkeys((*article.labels, *hints.labels)))
            article = replace(article, labels=labels, contact=article.contact or hints.contact)
        cleaned, dropped = clean.clean(article)
        drops += dropped
        if cleaned is not None:
            kept.append(cleaned)
    return replace(reading, articles=tuple(kept), drops=tuple(drops))


def hints_of(settings: SourceSettings, now: datetime) -> Hints:
    """What the configuration says of a source's documents."""
    return Hints(
        source=settings.name,
        publisher=settings.publisher,
        language=settings.language,
        labels=(settings.section,) if settings.section else (),
        contact=parse_contact(settings.contact, settings.publisher) if settings.contact else None,
        zone=now.tzinfo or UTC,
    )
