"""Whether the mail programs that readers use support what an email is made of, and what they show instead."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from digest.checks.page import EMAIL, source_of
from digest.checks.support.table import CLIENTS, USUAL, Feature, features
from digest.checks.support.used import Place, used_in
from digest.model import Finding, Issue, Rendition
from digest.ports import Check

NAME = "client-support"
_REMEDY = (
    "write it in another way, or see to it that the issue reads well without; caniemail.com tells what to use instead"
)
_FINE = "nothing needs to be done: the design holds without it"


def client_support(clients: Collection[str] = USUAL) -> Check:
    """The check for these mail programs, named as in `CLIENTS`.

    A warning for what elements stand on and a program lacks, unless nothing is lost by it; a notice for that, for what
    is supported in part, and for what a style sheet adds.
    """
    return partial(_check, clients=frozenset(clients))


def _check(issue: Issue, renditions: Sequence[Rendition], *, clients: frozenset[str]) -> Sequence[Finding]:
    return tuple(
        finding
        for rendition in renditions
        if rendition.name == EMAIL
        for name, place in used_in(source_of(rendition)).items()
        for finding in _findings(rendition.name, features()[name], place, clients)
    )


def _findings(rendition: str, feature: Feature, place: Place, clients: frozenset[str]) -> Iterator[Finding]:
    lacking = ", ".join(CLIENTS[name] for name in feature.lacking if name in clients)
    partly = ", ".join(CLIENTS[name] for name in feature.partly if name in clients)
    told = [f"not supported by {lacking}"] if lacking else []
    told += [f"in part by {partly}"] if partly else []
    if told:
        lost = bool(lacking) and place == "element" and not feature.harmless
        words = f"{feature.title}: {', '.join(told)}; instead, {feature.instead}"
        yield Finding(NAME, "warning" if lost else "notice", rendition, words, _REMEDY if lost else _FINE)
