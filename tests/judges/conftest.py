"""What the judges look at, and the tools they look with. A tool that is not installed is named in the last lines."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from digest.model import Image, Issue, Look, Recipient, Rendition, Score, Section
from digest.pipeline import finish
from tests.renderers import issues
from tests.test_issues import draft_of

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
READER = Recipient("reader@example.net", "A Reader")
LOGO = {"logo": "https://early-tram.example/logo.png", "logo_alt": "The Early Tram"}
LOOKS = {
    "default": Look(images="link"),
    "compact": Look(template_set="compact", images="link", options=LOGO, text_links="numbered"),
}


def worst() -> Issue:
    """All that is hard at once: hostile words, every script, endless words and links, pictures, many corrections, and
    more stories than fit."""
    endless = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
    long = "https://harbour-post.example/" + "very-long-path/" * 30 + '?a=1&b=<2>&c="3"'
    pictured = replace(
        issues.article(
            endless, [endless, "Short."], image=Image("https://harbour-post.example/a b.jpg", endless, "<i>")
        ),
        url=long,
    )
    hard, wide = issues.hostile(), issues.full()
    samples = draft_of("samples").issue
    sections = [Section("first", endless, (replace(issues.story(pictured), score=Score(9.0)),))]
    sections += [*hard.sections, *wide.sections, *issues.scripts().sections, *samples.sections]
    seen: set[str] = set()
    single = []
    for place, section in enumerate(sections):
        stories = tuple(each for each in section.stories if each.id not in seen)
        seen |= {each.id for each in stories}
        single.append(Section(f"{section.slug}-{place}", f"{section.title} {place}", stories))
    return replace(
        wide,
        sections=tuple(single),
        newsletter=hard.newsletter,
        subject=hard.subject,
        preheader=hard.preheader,
        contacts=(*hard.contacts, *wide.contacts, *samples.contacts, replace(issues.WIRE, publisher="Long", url=long)),
        imprint=replace(
            wide.imprint,
            why=f"You get this because you asked for it at example.org. {endless}",
            preferences=long,
            unsubscribe="mailto:leave@harbour-brief.example?subject=leave",
        ),
        corrections=tuple(
            replace(wide.corrections[0], was=each, now=endless, url=long)
            for each in (*issues.HOSTILE_HEADLINES, endless)
        ),
    )


ISSUES = {"samples": lambda: draft_of("samples").issue, "full": issues.full, "worst": worst}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One issue in one template set, as every judge gets it."""

    name: str
    issue: Issue
    look: Look
    renditions: dict[str, Rendition]

    def html(self, name: str) -> str:
        return self.renditions[name].body.decode()


@cache
def sheet_of(name: str) -> Sheet:
    """The sheet of a name such as `default/samples`."""
    look, issue = name.split("/")
    draft = finish(ISSUES[issue](), LOOKS[look])
    return Sheet(name, draft.issue, LOOKS[look], {each.name: each for each in draft.renditions})


@pytest.fixture(params=[f"{look}/{issue}" for look in LOOKS for issue in ISSUES])
def sheet(request: pytest.FixtureRequest) -> Sheet:
    """Each issue in each template set."""
    return sheet_of(request.param)


def _there(judge: str, path: str | Path | None) -> Path:
    """The tool's path; without it the judge is not heard, which the last lines say."""
    if path is None or not Path(path).exists():
        pytest.skip(f"not heard: {judge} is not installed; see make judges")
    return Path(path)


@pytest.fixture
def npm_mjml() -> Path:
    """Node, where the reference MJML compiler is installed for it."""
    _there("npm mjml", MODULES / "mjml")
    return _there("npm mjml", shutil.which("node"))


@pytest.fixture
def axe() -> Path:
    """The accessibility checker's script."""
    return _there("axe-core", MODULES / "axe-core" / "axe.min.js")


@pytest.fixture
def mailauth() -> Path:
    """Node, where the authentication of receiving servers is installed for it."""
    _there("mailauth", MODULES / "mailauth")
    return _there("mailauth", shutil.which("node"))


@pytest.fixture
def spamassassin() -> Path:
    return _there("SpamAssassin", shutil.which("spamassassin"))


@pytest.fixture
def smtp_sink() -> Path:
    """Postfix's test server."""
    return _there("Postfix's smtp-sink", shutil.which("smtp-sink", path="/usr/sbin:/usr/local/sbin:/usr/bin"))


@pytest.fixture
def reformime() -> Path:
    return _there("reformime", shutil.which("reformime"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which judges were not heard, last of all."""
    reasons = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []) if report.longrepr}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"judges: {reason.removeprefix('Skipped: ')}", yellow=True)
