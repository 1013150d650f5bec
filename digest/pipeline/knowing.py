"""What a digest.toml may name, told by the plug-ins, and what one lacks to name a section."""

from __future__ import annotations

from collections.abc import Iterable
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


def missing_sections(settings: Settings, labels: Iterable[str]) -> tuple[str, ...]:
    """Of labels for a source's articles those that no section goes by, each once; none without a word in it."""
    rules = list(section_rules(settings))
    missing = []
    for label in labels:
        known = by_label(label, names_of(tuple(rules)))
        if slug_of(label) and not (known and known[1]):
            rules.append(SectionRule(label, slug_of(label)))
            missing.append(label)
    return tuple(missing)
