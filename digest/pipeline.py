"""collect, compose, render, publish: the only file that knows the order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from digest import plugins
from digest.checks import run_checks
from digest.contacts import parse_contact
from digest.errors import ConfigError, FormatError, NothingToPublishError, SourceError
from digest.formats import BUILT_IN, detect
from digest.formats.decode import decode
from digest.formats.repeated import page_lines, repeated_lines
from digest.language import analyse
from digest.model import (
    Analysis,
    Article,
    Correction,
    Document,
    Drop,
    Finding,
    Hints,
    Imprint,
    Issue,
    Link,
    Look,
    Reading,
    Rendition,
    Story,
    Summary,
)
from digest.ports import Format
from digest.sources.gathering import AnySource, gather
from digest.stages import clean, cluster, compose, duplicates, rank, section, summarise
from digest.workers import map_items

if TYPE_CHECKING:
    from pydantic import BaseModel

    from digest.archive.store import Archive
    from digest.config import Known, Settings, SourceSettings, SummaryOverride

SOURCES, FORMATS, RENDERERS, SUMMARISERS = "digest.source", "digest.format", "digest.renderer", "digest.summariser"


@dataclass(frozen=True, slots=True)
class Collected:
    """What came in: how many documents and articles, and what did not become one, and why."""

    documents: int = 0
    articles: int = 0
    drops: tuple[Drop, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An issue, its renditions, and what the checks say of them."""

    issue: Issue
    renditions: tuple[Rendition, ...]
    findings: tuple[Finding, ...] = ()


# collect: sources → documents → articles → archive


def options_of(use: str) -> type[BaseModel]:
    """The options' schema of a kind of source. Raises `PluginError` for a kind there is not."""
    schema: type[BaseModel] = plugins.load(SOURCES, use).Options
    return schema


def known() -> Known:
    """What a digest.toml may name: kinds of source, summarisers, readability rules."""
    from digest.config import Known
    from digest.stages.section.countries import is_country

    return Known(
        options_of, ("none", *summarise.algorithms(), *plugins.names(SUMMARISERS)), tuple(summarise.RULES), is_country
    )


def sources_of(settings: Settings) -> tuple[tuple[SourceSettings, AnySource], ...]:
    """The configured sources, ready to fetch."""
    made = []
    for source in settings.source:
        plugin = plugins.load(SOURCES, source.use)
        made.append((source, plugin(source.name, plugin.Options(**source.options), settings.folder)))
    return tuple(made)


def collect(
    sources: Sequence[tuple[SourceSettings, AnySource]], archive: Archive, now: datetime, workers: int = 1
) -> Collected:
    """Fetch, read and clean what the sources offer, and put it into the archive.

    One source's fault, and one document's, becomes a `Drop`; the others go on.
    """
    by_name = {settings.name: settings for settings, _ in sources}
    drops: dict[str, tuple[Drop, ...]] = {}
    documents = articles = 0

    def read_all(name: str, fetched: Sequence[Document]) -> tuple[Reading, ...]:
        return read_documents(by_name[name], fetched, now, workers)

    named = [(settings.name, source) for settings, source in sources]
    for given in gather(named, read_all, archive.fetches, now):
        stored = archive.store(given.articles, given.documents, now, given.fetches)
        if given.complete:
            archive.retire(given.source, {article.id for article in given.articles}, now)
        drops[given.source] = given.drops + stored.drops
        documents += len(given.documents)
        articles += len(given.articles)
    # The sources answer in no set order; what is told of them is in the order of the configuration.
    return Collected(documents, articles, tuple(drop for name in by_name for drop in drops.get(name, ())))


def read_documents(
    settings: SourceSettings, documents: Sequence[Document], now: datetime, workers: int = 1
) -> tuple[Reading, ...]:
    """What each document of one source holds; all are at hand, since what several pages repeat is furniture."""
    hints = replace(_hints(settings, now), repeated=_repeated(documents))
    return tuple(map_items(partial(read, hints=hints), documents, workers))


def find_feeds(url: str, now: datetime, allow_hosts: Iterable[str] = ()) -> tuple[Link, ...]:
    """The address itself if it is a feed's, else the feeds of the web page that is there, the likeliest first.

    Raises `SourceError` when the address cannot be read.
    """
    from digest.sources.discovery import discover_feeds
    from digest.sources.http import Request, open_client

    with open_client(now) as client:
        client.ask(url, [Request(url, allow_hosts=frozenset(allow_hosts))])
        ((_, (answer,)),) = client.answered()
    if answer.error:
        raise SourceError(f"{url}: {answer.error}")
    document = Document("", url, answer.body, answer.media_type, answer.charset, answer.url)
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
    return (*(plugins.load(FORMATS, name) for name in plugins.names(FORMATS)), *BUILT_IN)


def read(document: Document, hints: Hints) -> Reading:
    """The clean articles of one document, and a `Drop` for everything that is not in one."""
    try:
        reading: Reading = detect(document, readable_formats()).read(document, hints)
    except FormatError as error:
        return Reading(drops=(Drop("read", document.name, "not readable", str(error)),))
    except Exception as error:  # noqa: BLE001 - a format may be anybody's: its fault costs that document alone
        fault = f"{type(error).__name__}: {error}"
        return Reading(drops=(Drop("read", document.name, "reader failed", f"{fault}; report it with the document"),))
    drops = list(reading.drops)
    if not reading.articles and not any(drop.subject == document.name for drop in drops):
        drops.append(Drop("read", document.name, "no article", "nothing in it reads like an article or a teaser"))
    kept = []
    for article in reading.articles:
        labels = tuple(dict.fromkeys((*article.labels, *hints.labels)))
        cleaned, dropped = clean.clean(replace(article, labels=labels, contact=article.contact or hints.contact))
        drops += dropped
        if cleaned is not None:
            kept.append(cleaned)
    return replace(reading, articles=tuple(kept), drops=tuple(drops))


def _hints(settings: SourceSettings, now: datetime) -> Hints:
    return Hints(
        source=settings.name,
        publisher=settings.publisher,
        language=settings.language,
        labels=(settings.section,) if settings.section else (),
        contact=parse_contact(settings.contact, settings.publisher) if settings.contact else None,
        zone=now.tzinfo or UTC,
    )


def _repeated(documents: Sequence[Document]) -> frozenset[str]:
    """What the pages among the documents repeat; asked only where there are at least two."""
    pages = [document for document in documents if _is_page(document)]
    return repeated_lines([page_lines(page) for page in pages]) if len(pages) > 1 else frozenset()


def _is_page(document: Document) -> bool:
    try:
        return detect(document, readable_formats()).name in ("html", "page-text")
    except FormatError:
        return False


# compose: archive → stories → ranked, summarised, sectioned → issue


def compose_issue(
    articles: Sequence[Article],
    settings: Settings,
    now: datetime,
    *,
    drops: Iterable[Drop] = (),
    corrections: Sequence[Correction] = (),
) -> Issue:
    """The draft that these articles make at `now`, which is aware and in the newsletter's time zone."""
    newsletter = settings.newsletter
    language = newsletter.language.split("-")[0]
    left_out = list(drops)
    fresh = []
    for article in articles:
        if newsletter.window and article.published and article.published < now - timedelta(hours=newsletter.window):
            detail = f"published {article.published.isoformat()}, over {newsletter.window:g} hours before the issue"
            left_out.append(Drop("window", article.headline, "too old", detail))
        else:
            fresh.append(article)
    analysed = list(map_items(analyse, fresh, settings.workers))
    single = duplicates.find(fresh, {each.article: each for each in analysed})
    # Two sources may hold two wordings under one id; from here on each id means the one that was kept.
    own = {(article.id, article.revision): each for article, each in zip(fresh, analysed, strict=True)}
    analyses = {article.id: own[article.id, article.revision] for article in single.articles}
    left_out += single.drops
    rules = _section_rules(settings, language)
    stories = [
        replace(story, placement=section.place(story, analyses[story.id], rules, language, newsletter.home))
        for story in cluster.cluster(single.articles, single.groups, analyses, _cluster_rule(settings))
    ]
    scores = rank.rank(stories, analyses, _rank_rule(settings), now)
    ranked = rank.order(replace(story, score=score) for story, score in zip(stories, scores, strict=True))
    jobs = [
        (story.articles, {article.id: analyses[article.id] for article in story.articles}, rule)
        for place, story in enumerate(ranked)
        for rule in [_summary_rule(story, settings, leads=place == 0)]
    ]
    summaries = map_items(_summarise, jobs, settings.workers)
    told = [replace(story, summary=summary) for story, summary in zip(ranked, summaries, strict=True)]
    rule = compose.IssueRule(newsletter.name, newsletter.language, newsletter.max_stories, _imprint(settings))
    return compose.compose(told, rules, rule, now, corrections=corrections, drops=left_out)


def _summarise(job: tuple[tuple[Article, ...], dict[str, Analysis], summarise.SummaryRule]) -> Summary:
    own = {name: plugins.load(SUMMARISERS, name) for name in plugins.names(SUMMARISERS)}
    return summarise.summarise_story(*job, own)


def _section_rules(settings: Settings, language: str) -> tuple[section.SectionRule, ...]:
    configured = [
        section.SectionRule(each.title, each.slug or "", each.labels, each.keywords, each.weight, each.max_stories)
        for each in settings.section
    ]
    return section.sections(configured, language)


def _cluster_rule(settings: Settings) -> cluster.ClusterRule:
    return cluster.ClusterRule(sources={each.name: each.weight for each in settings.source})


def _rank_rule(settings: Settings) -> rank.RankRule:
    weights = settings.rank.model_dump()
    return rank.RankRule(
        **weights,
        sections={each.slug: each.weight for each in _section_rules(settings, "en")},
        sources={each.name: each.weight for each in settings.source},
    )


def _summary_rule(story: Story, settings: Settings, *, leads: bool) -> summarise.SummaryRule:
    """The newsletter's own rule, what its section sets over it, and what its source sets over both."""
    own = settings.summary
    length = own.lead_sentences if leads else own.sentences
    rule = summarise.SummaryRule(own.algorithm, length, own.characters, frozenset(own.without))
    slug = story.placement.slug if story.placement else ""
    overrides: list[SummaryOverride] = []
    overrides += [each.summary for each in settings.section if section.slug_of(each.title, each.slug or "") == slug]
    overrides += [each.summary for each in settings.source if each.name == story.lead.source]
    for override in overrides:
        set_here = override.model_dump(exclude_none=True)
        if override.without is not None:
            set_here["without"] = frozenset(override.without)
        rule = replace(rule, **set_here)
    return rule


def _imprint(settings: Settings) -> Imprint:
    newsletter = settings.newsletter
    return Imprint(
        sender=newsletter.from_ or "",
        reply_to=newsletter.reply_to or "",
        base_url=newsletter.base_url,
        postal_address=newsletter.postal_address,
        corrections=parse_contact(newsletter.corrections, newsletter.name) if newsletter.corrections else None,
    )


# render: issue → HTML email, plain text, web page, message


def look_of(settings: Settings) -> Look:
    """What the configuration says of how the issue looks."""
    templates = settings.theme.templates
    return Look(
        templates=(str(settings.folder / templates),) if templates else (),
        inliner=settings.render.inliner,
        images=settings.render.images,
        options=settings.theme.options,
    )


def render_text(issue: Issue, look: Look) -> Rendition:
    """The plain-text edition alone, without what the others need to be loaded."""
    rendition: Rendition = plugins.load(RENDERERS, "text")(issue, look)
    return rendition


def render(issue: Issue, look: Look) -> tuple[Rendition, ...]:
    """Every rendition of an issue; the same issue and look give the same bytes."""
    from digest.message import message
    from digest.serial import issue_to_json

    editions = tuple(plugins.load(RENDERERS, name)(issue, look) for name in plugins.names(RENDERERS))
    return (
        *editions,
        Rendition("issue.json", "application/json", issue_to_json(issue)),
        Rendition("issue.eml", "message/rfc822", message(issue, editions)),
    )


def write(renditions: Iterable[Rendition], folder: Path) -> tuple[Path, ...]:
    """Each rendition as a file of its name, replaced whole; the folder is made when there is none."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for rendition in renditions:
            path = folder / rendition.name
            part = path.with_name(f".{path.name}.part")
            part.write_bytes(rendition.body)
            part.replace(path)
            written.append(path)
    except OSError as error:
        raise ConfigError(f"{folder}: {error.strerror}; name a folder that may be written with --out") from error
    return tuple(written)


# the commands' ways through


def draft_issue(
    settings: Settings, sources: Sequence[tuple[SourceSettings, AnySource]], archive: Archive, now: datetime
) -> tuple[Issue, Collected]:
    """Collect from the sources and compose what they and the archive offer.

    Raises `NothingToPublishError` when no story came of it; the message lists what was left out.
    """
    collected = collect(sources, archive, now, settings.workers)
    names = [source.name for source, _ in sources]
    issue = compose_issue(archive.articles(sources=names), settings, now, drops=collected.drops)
    if not issue.stories:
        raise NothingToPublishError(_nothing(issue.drops))
    return issue, collected


def finish(issue: Issue, look: Look) -> Draft:
    """Render an issue and look it over."""
    renditions = render(issue, look)
    return Draft(issue, renditions, run_checks(issue, renditions))


def publish(issue: Issue, look: Look, archive: Archive, now: datetime) -> Draft:
    """Freeze a draft: it gets the newsletter's next number and can never change again."""
    made: list[Draft] = []

    def number(free: int) -> tuple[Issue, tuple[Rendition, ...]]:
        made.append(finish(replace(issue, number=free), look))
        return made[-1].issue, made[-1].renditions

    archive.publish(issue.newsletter, issue.date, number, published_at=now)
    return made[-1]


def _nothing(drops: Sequence[Drop]) -> str:
    seen = [f"  {drop.subject}: {drop.reason}" + (f": {drop.detail}" if drop.detail else "") for drop in drops]
    more = f"\n  and {len(seen) - 20} more" if len(seen) > 20 else ""
    lines = "\n".join(seen[:20]) + more
    return "no story to make an issue of; " + (f"what came in was left out:\n{lines}" if seen else "no input had one")
