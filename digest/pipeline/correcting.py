"""correct: what publishers have changed of what issues printed, and what the next issue has to say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from digest.config import SourceSettings
from digest.identity import correction_id
from digest.language import analyse
from digest.model import Article, Correction, Document, Finding, Issue, Story
from digest.pipeline.collecting import hints_of, read
from digest.pipeline.rereading import Kept, pages_read
from digest.repeated import repeated
from digest.sources.http import without_password
from digest.stages.corrections import Headline, compare, difference, words_of
from digest.typography import plain_marks

if TYPE_CHECKING:
    from digest.archive import Noted
    from digest.archive.store import Archive
    from digest.config import Settings

_PROBE = 7
"""Letters of a headline's word that a document which holds the headline must hold too."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What publishers changed of what was printed: what the next issue has to say of it, and the headlines of which
    a person must judge whether they were wrong."""

    due: tuple[Correction, ...] = ()
    doubtful: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class _Printed:
    """What one issue said of an article: the sentences that are to hold, and where they stood; and the publisher's
    headline, "" where it was not printed."""

    issue: int
    story: Story
    article: Article
    sentences: tuple[str, ...]
    headline: str = ""


def due_corrections(archive: Archive, settings: Settings, now: datetime) -> tuple[Correction, ...]:
    """The corrections that the next issue carries: those made by hand and those found, less what an earlier issue
    carried and what was dismissed. By issue, then as its stories stood; nothing is written."""
    return changed_since(archive, settings, now).due


def changed_since(archive: Archive, settings: Settings, now: datetime) -> Changed:
    """The corrections that the next issue carries, as `due_corrections` has them, and what may be some."""
    noted = archive.corrections(settings.newsletter.name)
    open_ones = [each.correction for each in noted if each.carried is None and not each.dismissed]
    found = find_corrections(archive, settings, now, noted)
    every = {correction_id(each): each for each in (*open_ones, *found.due)}
    due = tuple(sorted(every.values(), key=lambda each: each.issue))
    return Changed(due, tuple(each for each in found.doubtful if correction_id(each) not in every))


def to_judge(doubtful: Iterable[Correction]) -> tuple[Finding, ...]:
    """What the editor is told of each printed headline that its publisher put in other words since."""
    return tuple(
        Finding(
            "changed-headline",
            "notice",
            f"issue {each.issue}, {each.publisher or 'no publisher'}",
            f"“{each.was}” was printed; the article’s headline is now “{each.now}”",
            "if the printed one was wrong, let the next issue say so: digest corrections "
            f"--restore {correction_id(each)}; if it was not: --dismiss {correction_id(each)}",
        )
        for each in doubtful
    )


def corrected(issue: Issue, archive: Archive) -> Issue:
    """A published issue as it is to be shown again: with what later issues corrected of it, in their order,
    then as its stories and their sentences stand.

    Its renditions then say so at the top; those that were frozen stay as they are.
    """
    later = [
        (each.carried, each.correction)
        for each in archive.corrections(issue.newsletter)
        if each.carried is not None and each.correction.issue == issue.number
    ]
    later.sort(key=lambda each: (each[0], *_place(issue, each[1])))
    return replace(issue, corrected=tuple(correction for _, correction in later))


def _place(issue: Issue, correction: Correction) -> tuple[int, int]:
    """Where an issue has what is corrected: the story, and in it the sentence; its headline comes last."""
    stories = [story.id for story in issue.stories]
    if correction.story not in stories:
        return len(stories), 0
    number = stories.index(correction.story)
    said = issue.stories[number].summary.sentences
    return number, next((at for at, each in enumerate(said) if correction.was in each.text), len(said))


def find_corrections(archive: Archive, settings: Settings, now: datetime, noted: Sequence[Noted] = ()) -> Changed:
    """What the publishers changed, or say they corrected, of what issues dated before the day of `now` printed.

    Old and new are documents that the archive keeps, both read by today's reader: without both of them nothing is
    said. Only what was first seen after the last of those issues was made can be new: that issue carried the rest.
    What `noted` holds is not found again; a sentence that was corrected is watched as it was corrected.
    """
    since = now - timedelta(days=settings.archive.keep)
    last = archive.last_issue(settings.newsletter.name, now.date())
    if last is None:
        return Changed()
    changed = archive.outdated(settings.newsletter.name, since, now.date(), last.made)
    # What was corrected may be put back as it was printed: then no wording is new, and the correction was wrong.
    again = (each.correction for each in noted if each.carried is not None and each.correction.noted > since)
    rows = sorted({(row.number, row.article) for row in changed} | {(each.issue, each.article) for each in again})
    numbers = sorted({number for number, _ in rows})
    issues = {number: archive.issue(number, settings.newsletter.name)[0] for number in numbers}
    standing = [each for each in noted if not each.dismissed]
    printed = [each for number, article in rows for each in _printed(issues[number], article, standing)]
    versions = versions_of(archive, settings, [each.article for each in printed], now)
    seen = {id_: _seen(archive, id_, now) for id_ in sorted({each.article.id for each in printed} & versions.keys())}
    found = [
        _changed(each, versions[each.article.id], seen[each.article.id], noted)
        for each in _last_said(printed)
        if each.article.id in seen
    ]
    return Changed(
        tuple(correction for each in found for correction in each.due),
        tuple(correction for each in found for correction in each.doubtful),
    )


def _seen(archive: Archive, article_id: str, now: datetime) -> datetime:
    """Since when the article is worded as it is, as far as is known: for a wording that came back, now."""
    revisions, latest = archive.revisions(article_id), archive.article(article_id)
    if latest is None or revisions[-1].article.revision != latest.revision:
        return now
    return min(revisions[-1].first_seen, now)


def _printed(issue: Issue, article_id: str, noted: Iterable[Noted]) -> Iterator[_Printed]:
    """What an issue printed of an article, but for what was corrected; and what later issues said instead."""
    assert issue.number is not None
    for story in issue.stories:
        article = next((each for each in story.articles if each.id == article_id), None)
        said = tuple(each.text for each in story.summary.sentences if each.article == article_id)
        # Whoever edits a headline answers for it; "Update:" before it is ours, and what follows the publisher's.
        named = article is story.lead and not article.headline_made and story.headline.endswith(article.headline)
        if article is None or not (said or named):
            continue
        corrected = {
            plain_marks(each.correction.was)
            for each in noted
            if each.correction.was
            and each.correction.issue == issue.number
            and article_id in (each.correction.article, each.correction.story)
        }
        left = tuple(text for text in said if not any(was in plain_marks(text) for was in corrected))
        headline = article.headline if named else ""
        if any(was in plain_marks(headline) for was in corrected):
            headline = ""
        yield _Printed(issue.number, story, article, left, headline)
        for each in noted:
            if each.carried and each.correction.article == article_id and each.correction.story == story.id:
                now, origin = each.correction.now, each.correction.origin
                sentences = (now,) if now and origin == "change" else ()
                yield _Printed(each.carried, story, article, sentences, now if origin == "headline" else "")


def _last_said(printed: Sequence[_Printed]) -> tuple[_Printed, ...]:
    """Each sentence, and each headline, with the last issue that printed it alone: one correction tells it to all."""
    last = {(each.article.id, text): each.issue for each in printed for text in (*each.sentences, each.headline)}
    newest = {each.article.id: each.issue for each in printed}
    kept = (
        replace(
            each,
            sentences=tuple(text for text in each.sentences if last[each.article.id, text] == each.issue),
            headline=each.headline if last[each.article.id, each.headline] == each.issue else "",
        )
        for each in printed
    )
    return tuple(each for each in kept if each.sentences or each.headline or newest[each.article.id] == each.issue)


def versions_of(
    archive: Archive, settings: Settings, articles: Sequence[Article], now: datetime, by: datetime | None = None
) -> Mapping[str, Sequence[Article]]:
    """The readings of these articles in the documents that are kept, or were `by` then, by id, the oldest document
    first."""
    configured = {each.name: each for each in settings.source}
    by_source: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_source[article.source].append(article)
    versions: defaultdict[str, list[tuple[datetime, Article]]] = defaultdict(list)
    for name, wanted in sorted(by_source.items()):
        source = configured.get(name) or SourceSettings(name=name, use="folder")
        hints = replace(hints_of(source, now), repeated=repeated(archive.shown(name)))
        kept = Kept()
        for document in archive.documents(name, by):
            if _may_hold(document, wanted):
                kept.take(document, read(document, hints))
        for article, at in kept.articles(pages_read(archive, name, kept)):
            versions[article.id].append((at, article))
    return {id_: [article for _, article in sorted(found, key=lambda each: each[0])] for id_, found in versions.items()}


def _may_hold(document: Document, articles: Iterable[Article]) -> bool:
    """Whether it is worth reading a document for one of these articles: it stands at its address, or names it."""
    if document.media_type == "message/rfc822":
        return True  # a mail's words may be encoded in any way
    return any(
        (article.url and document.name == without_password(article.url))
        or any(probe in document.body for probe in _probes(article))
        for article in articles
    )


def _probes(article: Article) -> Iterator[bytes]:
    if article.url:
        yield article.url.partition("://")[2].encode()
    yield from (word.encode() for word in article.headline.split() if len(word) >= _PROBE and word.isascii())
    yield article.headline.encode("utf-8", "replace")


def _changed(printed: _Printed, versions: Sequence[Article], at: datetime, noted: Sequence[Noted]) -> Changed:
    mine = [each for each in versions if each.kind == printed.article.kind]
    if len(mine) < 2:
        return Changed()
    settled = [each.correction for each in noted if each.correction.article == printed.article.id]
    told: list[Correction] = []
    notes: dict[str, None] = {}
    for old, sentences in _by_version(printed, mine):
        compared = compare(sentences, old, mine[-1])
        notes |= dict.fromkeys(compared.notes)
        changes = (_correction(printed, at, was=each.was, now=each.now) for each in compared.changes)
        told += (each for each in changes if not _is_settled(each, settled, printed.article.language))
    doubtful: tuple[Correction, ...] = ()
    headline = _headline(printed, mine)
    if headline:
        one = _correction(printed, at, was=headline.was, now=headline.now, origin="headline")
        if not _is_settled(one, settled, printed.article.language):
            # What an issue said was wrong, and is put back all the same, makes that correction wrong.
            is_put_back = any(plain_marks(each.was) == plain_marks(one.now) for each in settled)
            told += [one] if headline.mended or is_put_back else []
            # Who shows a teaser writes its headline anew at will.
            doubtful = (one,) if one not in told and printed.article.kind == "full" else ()
    note = " ".join(note for note in notes if not any(plain_marks(note) in plain_marks(each.note) for each in settled))
    if note and not told:
        told.append(_correction(printed, at, note=note, origin="note"))
    due = tuple(replace(each, note=note) if number == 0 else each for number, each in enumerate(told))
    return Changed(due, doubtful)


def _headline(printed: _Printed, versions: Sequence[Article]) -> Headline | None:
    """What became of the printed headline since the last version that bore it."""
    wanted = plain_marks(printed.headline)
    old = next((each for each in reversed(versions) if wanted and plain_marks(each.headline) == wanted), None)
    return compare((), old, versions[-1]).headline if old else None


def _is_settled(found: Correction, settled: Iterable[Correction], language: str) -> bool:
    """Whether the same was carried or dismissed; it is so as long as only the style of the new wording changes."""
    return any(
        (each.issue, each.was) == (found.issue, found.was)
        and bool(each.now) == bool(found.now)
        and difference(words_of(each.now, language), words_of(found.now, language), language) is None
        for each in settled
    )


def _by_version(printed: _Printed, versions: Sequence[Article]) -> Iterator[tuple[Article, tuple[str, ...]]]:
    """The version from which each sentence was printed, with its sentences: the last that has it, else the one that
    has most of the printed article."""
    texts = {id(each): {plain_marks(line.text) for line in analyse(each).sentences} for each in versions}
    blocks = {block.text for block in printed.article.blocks} | {printed.article.standfirst}
    likest = max(versions, key=lambda each: len(blocks & {block.text for block in each.blocks}))
    of: dict[int, tuple[Article, list[str]]] = {id(likest): (likest, [])}
    for text in printed.sentences:
        holder = next((each for each in reversed(versions) if plain_marks(text) in texts[id(each)]), likest)
        of.setdefault(id(holder), (holder, []))[1].append(text)
    for version, sentences in of.values():
        yield version, tuple(sentences)


def _correction(
    printed: _Printed,
    noted: datetime,
    was: str = "",
    now: str = "",
    note: str = "",
    origin: Literal["change", "headline", "note"] = "change",
) -> Correction:
    article = printed.article
    return Correction(
        was=was,
        now=now,
        noted=noted,
        issue=printed.issue,
        url=article.url,
        publisher=article.publisher,
        headline=printed.story.headline,
        article=article.id,
        story=printed.story.id,
        origin=origin,
        note=note,
    )
