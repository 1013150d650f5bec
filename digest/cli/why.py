"""`digest why`: how a story came to stand where it stands, or why it does not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.desk import archive_url, as_json, making_an_issue, read_settings, set_up
from digest.errors import ConfigError, DigestError

if TYPE_CHECKING:
    from digest.config import Settings
    from digest.model import Article, Issue
    from digest.pipeline.explaining import Answer, Explanation, Weighed
    from digest.stages.asking import Subject

_PATH = re.compile(r"[/\\.*?\[]")
_SHOWN_SENTENCES, _SHOWN_MISSES = 12, 5


@click.command("why")
@click.argument("question", metavar="WORDS|URL|N")
@making_an_issue
@click.option(
    "--issue", "published", metavar="NUMBER|ISSUE.JSON", help="Ask a published issue, or an issue.json, not the draft."
)
@click.option("-v", "--verbose", is_flag=True, help="Every sentence and everything it almost stood with.")
@as_json
def command(
    question: str,
    inputs: tuple[str, ...],
    config: Path | None,
    day: datetime | None,
    now: str | None,
    published: str | None,
    verbose: bool,
    json_: bool,
) -> None:
    """Explain a story of the draft, or what was left out of it.

    The question is a story's place in the issue (3 is the third that a reader meets), an article's
    address, or words: of its headline, or any that all stand in it, quoted or not. Says why it stands
    in its section, what its score is made of, which articles it was made of and which almost belonged to
    it, which sentences were chosen over which; of what was left out, why. INPUT is as for build. With
    --issue it tells what that issue holds: everything but what was left out by then.

    A question that nothing answers to gets what is nearest to it, and the command leaves with 1.
    """
    from digest.cli.explained import plain
    from digest.pipeline.explaining import day_of, explain

    question, inputs = _apart(question, inputs)
    before: tuple[Article, ...] = ()
    told: Mapping[str, int] = {}
    if published is not None:
        if inputs or day or now:
            raise ConfigError("--issue says which issue is asked; leave the inputs, --date and --now away")
        issue, settings = _published(published, config)
        asked = day_of(issue, settings)
    else:
        from dataclasses import replace

        from digest.pipeline import draft_day, folded

        desk = set_up(inputs, config, day, now)
        settings = desk.settings
        with desk.archive(keep=False) as archive:
            asked = draft_day(settings, desk.sources, archive, desk.now, desk.edits(), kept=not desk.inputs)
            asked = replace(asked, issue=folded(asked.issue, desk.look))
            gone = {takedown.what for takedown in archive.takedowns()}
            before = tuple(each for each in archive.named(question.strip()) if not {each.id, each.url} & gone)
            told = archive.told(settings.newsletter.name, ids={article.id for article in before})
    answer = explain(question, asked, settings)
    if json_:
        click.echo(json.dumps(plain(question, answer), ensure_ascii=False, indent=2))
    elif answer.explanation:
        click.echo("\n".join(_lines(answer, verbose)))
    if answer.explanation is None:
        raise DigestError(_earlier(before[0], told) if before else _nothing(question, answer.others, asked.issue))


def _apart(question: str, inputs: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The question with the words that came behind it unquoted, and the inputs: what is a path, or looks like one."""
    words = list(takewhile(lambda each: not (_PATH.search(each) or each == "-" or Path(each).exists()), inputs))
    return " ".join((question, *words)), inputs[len(words) :]


def _published(which: str, config: Path | None) -> tuple[Issue, Settings]:
    from digest.archive import open_archive
    from digest.serial import issue_from_json
    from digest.stages.withdraw import withdraw

    settings, config = read_settings(config)
    if which.isdecimal():
        with open_archive(archive_url(settings, config)) as archive:
            issue, _ = archive.issue(int(which), settings.newsletter.name if config else None)
            return withdraw(issue, archive.takedowns()), settings
    try:
        return issue_from_json(Path(which).read_bytes()), settings
    except OSError as error:
        raise ConfigError(f"{which}: {error.strerror}; name an issue's number or an issue.json") from error


def _earlier(article: Article, told: Mapping[str, int]) -> str:
    """What to say of an article that the archive has and the issue could not tell."""
    number = told.get(article.id)
    then = f"issue {number} told it; ask digest why --issue {number}" if number else "it came before the window"
    return f"“{article.headline}”, {_credit(article)}, is in the archive, but none of this issue's articles: {then}"


def _nothing(question: str, nearest: tuple[Subject, ...], issue: Issue) -> str:
    if question.strip().isdecimal():
        count = len(issue.stories)
        return f"there is no story {question.strip()}: the issue has {count}; ask for 1 to {count}, or by words"
    near = "\n".join(f"  {_called(each)}" for each in nearest)
    return f"nothing answers to “{question}”; " + (
        f"the nearest are\n{near}" if near else "there is nothing to ask after"
    )


def _called(subject: Subject) -> str:
    return f"{subject.place or '–'}  {subject.headline}" + ("" if subject.place else " (left out)")


def _lines(answer: Answer, verbose: bool) -> Iterator[str]:
    """The explanation as a person reads it."""
    said = answer.explanation
    assert said is not None
    yield click.style(f"{said.place}. {said.headline}" if said.place else said.headline, bold=True)
    if said.tellers:
        yield f"   {_credit(said.tellers[0].article)}"
    if said.drops or not said.place:
        yield from _titled("Why not in full" if said.place else "Why not")
        yield from (
            f"   {drop.stage}: {drop.reason}" + (f": {drop.detail}" if drop.detail else "") for drop in said.drops
        )
        if not said.drops:
            yield "   nothing says; it is not in the issue"
    if said.placement:
        yield from _titled("Why here")
        yield f"   {said.section}: {said.placement.reason} (confidence {said.placement.confidence:.2f})"
    yield from _score(said)
    yield from _company(said, verbose)
    yield from _summary(said, verbose)
    if answer.others:
        yield from _titled("The question fits these too")
        yield from (f"   {_called(each)}" for each in answer.others)


def _titled(title: str) -> Iterator[str]:
    yield ""
    yield click.style(title, bold=True)


def _credit(article: Article) -> str:
    when = f"{article.published:%Y-%m-%d %H:%M}" if article.published else "undated"
    return " · ".join(filter(None, (article.publisher or article.source, when, article.url)))


def _score(said: Explanation) -> Iterator[str]:
    if said.score is None:
        return
    yield from _titled("Why this high")
    yield f"   {said.score.value:.4f}, {said.rank} of {said.ranked} stories by score, the sum of"
    for reason in said.score.reasons:
        part = reason.weight * reason.value
        yield f"   {part:+9.4f}  {reason.signal} {reason.value:g} × {reason.weight:g}: {reason.words}"
    for which, other in (("above", said.above), ("below", said.below)):
        if other:
            yield f"   {which} it {other.value:.4f}, “{other.headline}”"


def _company(said: Explanation, verbose: bool) -> Iterator[str]:
    if len(said.tellers) > 1 or said.copies:
        yield from _titled("What it was merged with")
        for each in said.tellers[1:]:
            yield f"   “{each.article.headline}”, {_credit(each.article)}"
            yield f"      {each.why}" if each.why else "      the reason was not kept"
        for copy in said.copies:
            yield f"   “{copy.subject}”, left out: {copy.reason}: {copy.detail}"
    if said.nearly:
        yield from _titled("What it was almost merged with")
        shown = said.nearly if verbose else said.nearly[:_SHOWN_MISSES]
        for near in shown:
            yield f"   “{near.article.headline}”, {_credit(near.article)}" + (
                f" (story {near.place})" if near.place else ""
            )
            short = f"short by {-near.excess:.2f}" if near.excess < 0 else "enough, but more like another"
            yield f"      {short}: {near.evidence}"
        if len(shown) < len(said.nearly):
            yield f"   and {len(said.nearly) - len(shown)} more (-v)"


def _summary(said: Explanation, verbose: bool) -> Iterator[str]:
    if not said.summary:
        return
    yield from _titled("Which sentences")
    yield f"   {said.summary}"
    others = [each for each in said.sentences if not each.chosen]
    # What came nearest says most of why it was passed over.
    nearest = sorted(others, key=lambda each: (bool(each.broken), -(each.score or 0.0)))[:_SHOWN_SENTENCES]
    for each in said.sentences:
        if each.chosen or verbose or each in nearest:
            yield f"   {'*' if each.chosen else '-'} {_worth(each)}{each.sentence.text}"
            if each.chosen and each.beat:
                yield f"        rather than “{each.beat}”"
            if not each.chosen and each.broken:
                yield f"        {'; '.join(each.broken)}"
    left = 0 if verbose else len(others) - len(nearest)
    if left > 0:
        yield f"   and {left} more (-v)"


def _worth(each: Weighed) -> str:
    return f"{each.score:.2f} " if each.score is not None else ""
