"""What a digest.toml may name, told by the plug-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest import plugins
from digest.pipeline.collecting import options_of
from digest.pipeline.composing import SUMMARISERS
from digest.stages import summarise

if TYPE_CHECKING:
    from digest.config import Known


def known() -> Known:
    """What a digest.toml may name: kinds of source, summarisers, readability rules."""
    from digest.config import Known
    from digest.stages.section.countries import is_country

    return Known(
        options_of, ("none", *summarise.algorithms(), *plugins.names(SUMMARISERS)), tuple(summarise.RULES), is_country
    )
