"""Sections that are learned: the archive's labelled articles → classifiers, made once and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from digest.errors import FormatError
from digest.language import analyse
from digest.model import Article
from digest.pipeline.rules import section_rules
from digest.stages import section
from digest.workers import map_items

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import Settings

_LESSONS = 3000
"""Articles. More teach hardly better and take longer than anybody waits."""


def taught(
    articles: Iterable[Article], settings: Settings, archive: Archive, now: datetime
) -> Mapping[str, section.Classifier]:
    """The classifiers for these articles by language: kept ones, or new ones when enough is new.

    They follow from what the archive holds of before `now` and from the sections, not from when they are
    asked for. Nothing is learned when every article says its section itself.
    """
    rules = section_rules(settings)
    if all(section.says_section(article, rules) for article in articles):
        return {}
    newsletter = settings.newsletter
    learner = _Learner(rules, newsletter.language.split("-")[0], newsletter.home)
    mark = blake2b(f"{learner} {archive.lessons_mark(now, _LESSONS)}".encode(), digest_size=16).hexdigest()
    kept = archive.classifiers(newsletter.name, mark)
    if kept is not None:
        try:
            return section.from_bytes(kept)
        except FormatError:
            pass  # Of another version of this program: learned again.
    # Of one article in several sources any account will do, but always the same.
    lessons = {article.id: article for article in sorted(archive.lessons(now, _LESSONS), key=_account)}
    examples = map_items(learner, lessons.values(), settings.workers)
    trained = section.train(each for each in examples if each)
    archive.keep_classifiers(newsletter.name, mark, section.to_bytes(trained))
    return trained


@dataclass(frozen=True, slots=True)
class _Learner:
    """Makes an example of an article that says its section."""

    rules: tuple[section.SectionRule, ...]
    language: str
    home: tuple[str, ...]

    def __call__(self, article: Article) -> section.Example | None:
        if not section.says_section(article, self.rules):
            return None
        return section.example_of(article, analyse(article), self.rules, self.language, self.home)


def _account(article: Article) -> tuple[str, bool, str, str]:
    return article.id, article.kind == "full", article.source, article.revision
