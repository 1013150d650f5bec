"""check: which checks there are, and the questions that only the network answers."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from digest import plugins
from digest.checks import CHECKS
from digest.checks.links import dead_links, web_links
from digest.checks.support import client_support
from digest.checks.support.table import CLIENTS
from digest.errors import ConfigError
from digest.model import Finding, Rendition
from digest.ports import Check

if TYPE_CHECKING:
    from digest.config import Settings

_CHECKS = "digest.check"


def checks_of(settings: Settings | None = None) -> Mapping[str, Check]:
    """The checks that run, by name: the program's own and those of other packages, as `[check]` has it.

    Raises `ConfigError` for a check or a mail program there is not, `PluginError` for a check that does not load.
    """
    checks: dict[str, Check] = {**CHECKS, **{name: plugins.load(_CHECKS, name) for name in plugins.names(_CHECKS)}}
    if settings is None:
        return checks
    for name in settings.check.without:
        if name not in checks:
            raise ConfigError(f"check.without: there is no check {name!r}; {_near(name, checks)}")
    for name in settings.check.clients:
        if name not in CLIENTS:
            raise ConfigError(f"check.clients: there is no mail program {name!r}; {_near(name, CLIENTS)}")
    if settings.check.clients:
        checks["client-support"] = client_support(settings.check.clients)
    return {name: check for name, check in checks.items() if name not in settings.check.without}


def ask_links(renditions: Sequence[Rendition], now: datetime, allow_hosts: Iterable[str] = ()) -> Sequence[Finding]:
    """A finding for every web address of the issue that does not answer; each is asked once."""
    from digest.sources.http import Request, open_client

    faults = {}
    with open_client(now) as client:
        for url in web_links(renditions):
            client.ask(url, [Request(url, allow_hosts=frozenset(allow_hosts))])
        for url, answers in client.answered():
            if error := next((answer.error for answer in answers if answer.error), ""):
                faults[url] = error
    return dead_links(renditions, faults)


def _near(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(known))}"
