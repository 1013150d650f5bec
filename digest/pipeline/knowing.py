"""What a digest.toml may name, told by the plug-ins, and what one lacks to name a section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from digest import plugins
from digest.pipeline.collecting import options_of
from digest.pipeline.composing import SUMMARISERS
from digest.pipeline.rules import section_rules
from digest.stages import summarise
from digest.stages.section.labels import by_label
from digest.stages.section.rules import SectionRule, names_of, slug_of

if TYPE_CHECKING:
    from digest.config import Known, Settings


def known() -> Known:
    """What a digest.toml may name: kinds of source, summarisers, readability rules."""
    from digest.config import Known
    from digest.stages.section.countries import is_country

    return Known(
        options_of, ("none", *summarise.algorithms(), *plugins.names(SUMMARISERS)), tuple(summarise.RULES), is_country
    )


def missing_sections(settings: Settings, paths: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Of the nested categories of sources, the outermost first, the innermost of each of which no section goes by any;
    each once, and none without a word in it."""
    rules = list(section_rules(settings))
    missing = []
    for path in paths:
        names = names_of(tuple(rules))
        known = [by_label(label, names) for label in path]
        inner = next((label for label in reversed(path) if slug_of(label)), "")
        if inner and not any(match and match[1] for match in known):
            rules.append(SectionRule(inner, slug_of(inner)))
            missing.append(inner)
    return tuple(missing)
