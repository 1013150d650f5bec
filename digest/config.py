"""digest.toml → frozen settings, with every mistake in it reported at once."""

from __future__ import annotations

import datetime as clock
import difflib
import math
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from digest.errors import ConfigError, PluginError

_ADDRESS = r"^[^@\s<>\"',;:]+@[^@\s<>\"',;:]+\.[^@\s<>\"',;:.]+$"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_COLOUR = r"^#[0-9a-fA-F]{6}$"
_PLACE = r"^(https?://[^\s<>\"]+|(mailto:)?[^@\s<>\"',;:]+@[^@\s<>\"',;:]+\.[^@\s<>\"',;:.]+)?$"
_FONTS = r"^[\w ,'-]+$"
_LOCALE = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"
_LANGUAGE = r"^[a-z]{2,3}$"
_URL = r"^(https?://\S+)?$"
_LINK = r"^https?://[^\s<>\"]+$"
_HOST = r"^[^\s:/@]*$"
_LIST = r"^([A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+)?$"
_DOMAIN = r"^([a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+)?$"
_SELECTOR = r"^([a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*)?$"
_WORD = r"\w"
_SOURCE = r"^https?://\S+$"
_FORMS = {
    _ADDRESS: "a bare mail address, such as desk@example.org",
    _COLOUR: "a colour in six hexadecimal digits, such as #0b5c6b",
    _PLACE: "a URL or a bare mail address, such as https://example.org/leave",
    _FONTS: "a list of fonts, such as Charter, Georgia, serif",
    _SLUG: "a short name of small letters, digits and hyphens, such as foreign-affairs",
    _LOCALE: "the code of a language, such as en or de-CH",
    _LANGUAGE: "the code of a language, such as en",
    _URL: "a URL, such as https://example.org",
    _LINK: "a URL, such as https://example.org/logo.png",
    _SOURCE: "a URL, such as https://example.org/feed.xml",
    _HOST: "the bare name of a host, such as mail.example.org",
    _LIST: "a name with dots in it, such as brief.example.org",
    _DOMAIN: "a domain, such as example.org",
    _SELECTOR: "the name of a key in the DNS, such as digest",
    _WORD: "a word",
}
"""What a value of each form is, for who wrote another."""

Address = Annotated[str, Field(pattern=_ADDRESS)]
Colour = Annotated[str, Field(pattern=_COLOUR)]
Place = Annotated[str, Field(pattern=_PLACE)]
Fonts = Annotated[str, Field(pattern=_FONTS)]
Slug = Annotated[str, Field(pattern=_SLUG)]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class SummarySettings(_Settings):
    """How long summaries are and which algorithm chooses their sentences."""

    algorithm: str = Field("forward", description="which algorithm chooses the sentences")
    sentences: int = Field(2, ge=1, le=10, description="at most so many sentences a story")
    lead_sentences: int = Field(3, ge=1, le=10, description="at most so many sentences for the lead story")
    characters: int | None = Field(None, ge=40, description="at most so many characters a story")
    without: tuple[str, ...] = Field((), description="readability rules that are switched off, by name")


class SummaryOverride(_Settings):
    """What a section or a source sets differently; None keeps the newsletter's own."""

    algorithm: str | None = Field(None, description='another algorithm; "none" shows the headline alone')
    sentences: int | None = Field(None, ge=1, le=10, description="another number of sentences")
    characters: int | None = Field(None, ge=40, description="another number of characters")
    without: tuple[str, ...] | None = Field(None, description="other readability rules that are switched off")


class NewsletterSettings(_Settings):
    """What the newsletter is and says of itself."""

    name: str = Field(
        "Daily Digest", min_length=1, description="the newsletter's name, in the masthead and the subject"
    )
    language: str = Field("en", pattern=_LOCALE, description="the language of the newsletter's own words")
    timezone: str | None = Field(None, description="an IANA time zone, such as Europe/Zurich; unset, the machine's")
    base_url: str = Field(
        "",
        pattern=_URL,
        description="where the web editions are; links to them are left out when unset",
    )
    home: tuple[str, ...] = Field((), description="the readers' own countries, by name; unset, those of the publishers")
    corrections: str = Field("", description="where readers report errors: a mail address or a form's URL")
    from_: Address | None = Field(None, alias="from", description="the sender's mail address")
    reply_to: Address | None = Field(None, description="where answers go, when not to the sender")
    postal_address: str = Field("", description="the publisher's postal address, one line")
    note: str = Field("", description="the newsletter's own words at the top of every issue; a day's in edits.toml")
    watch: float = Field(
        3.0,
        ge=0,
        description="so many days after an issue the pages it printed from are asked again, for corrections",
    )
    why: str = Field("", description="why readers get the newsletter, in a sentence of the footer")
    preferences: Place = Field("", description="where readers change what they get: a URL or a mail address")
    unsubscribe: Place = Field(
        "",
        description="where readers leave: a URL, where `{reader}` stands for a reader's own token, or a mail address",
    )
    unsubscribe_mail: Address | None = Field(
        None, description="a mail address to leave by, for mail programs, beside the URL"
    )
    list_id: str = Field(
        "",
        pattern=_LIST,
        description="the List-ID mail programs sort by, such as brief.example.org; unset, of name and domain",
    )
    approve: Literal["editor", "auto"] = Field(
        "editor", description="who lets an issue go out when it runs by itself: an editor, from a draft, or nobody"
    )
    time: clock.time | None = Field(None, description='the local time of day an issue is due, such as "07:00"')
    grace: float = Field(3.0, gt=0, lt=24, description="a run more than so many hours after that time waits for --late")
    max_stories: int | None = Field(None, ge=1, description="at most so many stories an issue")
    window: float | Literal["since-last-issue"] | None = Field(
        "since-last-issue",
        description="what is new: what came since the last issue, or what was published in so many hours before",
    )

    @field_validator("window", mode="before")
    @classmethod
    def _hours(cls, window: object) -> object:
        is_number = isinstance(window, int | float) and not isinstance(window, bool)
        if window not in (None, "since-last-issue") and not (is_number and 0 < float(str(window)) < math.inf):
            raise ValueError(f'{window!r} is neither "since-last-issue" nor a number of hours above 0')
        return window

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        if zone is not None and zone not in available_timezones():
            near = difflib.get_close_matches(zone, available_timezones(), 1)
            raise ValueError(f"{zone!r} is not a time zone" + (f"; did you mean {near[0]!r}?" if near else ""))
        return zone


class SourceSettings(BaseModel):
    """One source. What is not listed here is an option of the kind that `use` names."""

    model_config = ConfigDict(frozen=True, extra="allow")

    name: str = Field(min_length=1, description="what messages and the archive call the source")
    use: str = Field(description="which kind of source it is")
    publisher: str = Field("", description="whose articles these are, when the documents do not say")
    section: str = Field(
        "",
        description="the slug or label of a section, for articles that have no label of their own; of nested ones, "
        '"World > Asia", the innermost that a section goes by counts',
    )
    language: str | None = Field(
        None, pattern=_LANGUAGE, description="the language of the articles, when it is always the same"
    )
    weight: float = Field(1.0, ge=0, description="how much the source counts in the ranking; 1 is usual")
    contact: str = Field("", description="where this publisher takes corrections: a mail address or a form's URL")
    not_before: clock.time | None = Field(
        None, description='the time of day before which articles of that day are held, such as "08:00"'
    )
    summary: SummaryOverride = Field(SummaryOverride(), description="what to summarise differently in this source")

    @property
    def options(self) -> dict[str, Any]:
        return dict(self.model_extra or {})


class SectionSettings(_Settings):
    """A section: a new one, or changes to a built-in one of the same slug."""

    title: str = Field("", description="what the section is called in the issue")
    slug: Slug | None = Field(None, description="its short name; unset, made from the title")
    labels: tuple[str, ...] = Field((), description="publishers' own section names that belong here")
    keywords: tuple[str, ...] = Field((), description="words that speak for this section")
    weight: float = Field(1.0, ge=0, description="how much its stories count in the ranking; 1 is usual")
    max_stories: int | None = Field(None, ge=1, description="at most so many stories of this section in an issue")
    summary: SummaryOverride = Field(SummaryOverride(), description="what to summarise differently in this section")


class RankSettings(_Settings):
    """What the order of stories depends on; a weight of 0 switches a signal off."""

    half_life: float = Field(12.0, gt=0, description="after so many hours a story's freshness is halved")
    freshness: float = Field(1.0, ge=0, description="weight of how new a story is")
    substance: float = Field(1.0, ge=0, description="weight of how much there is to read")
    publishers: float = Field(1.0, ge=0, description="weight of how many publishers tell it")
    centrality: float = Field(1.0, ge=0, description="weight of how much of the day's news a story shares")
    novelty: float = Field(1.0, ge=0, description="at most so much is lost by a story whose subject was told before")
    issues: int = Field(7, ge=0, le=100, description="how many of the last issues novelty looks back on")
    diversity: float = Field(
        1.0, ge=0, description="at most so much is lost by a story whose subject its section has already"
    )


class InterestSettings(_Settings):
    """What the newsletter is for, or against: a story that speaks of it moves up, or down."""

    terms: tuple[Annotated[str, Field(min_length=1, pattern=_WORD)], ...] = Field(
        min_length=1,
        description="words, phrases and names in any of their forms; `ferr*` is every word that begins so",
    )
    weight: float = Field(
        1.0, ge=-100, le=100, description="at most so much is gained by a story, or lost where it is below 0"
    )


class ThemeSettings(_Settings):
    """The templates, their colours, fonts and logo; a key that ends in `_dark` serves dark screens."""

    use: Literal["default", "compact"] = Field(
        "default", description="which set of templates: compact has headlines and one sentence each"
    )
    templates: Path | None = Field(None, description="a folder whose files replace the templates of the same names")
    accent: Colour | None = Field(None, description="section labels, rules and links, as #rrggbb")
    accent_dark: Colour | None = Field(None, description="the same on a dark screen")
    ground: Colour | None = Field(None, description="behind the column")
    ground_dark: Colour | None = Field(None, description="the same on a dark screen")
    paper: Colour | None = Field(None, description="the column itself")
    paper_dark: Colour | None = Field(None, description="the same on a dark screen")
    text: Colour | None = Field(None, description="headlines and summaries")
    text_dark: Colour | None = Field(None, description="the same on a dark screen")
    quiet: Colour | None = Field(None, description="times, publishers and the footer")
    quiet_dark: Colour | None = Field(None, description="the same on a dark screen")
    hairline: Colour | None = Field(None, description="the lines between sections")
    hairline_dark: Colour | None = Field(None, description="the same on a dark screen")
    serif: Fonts | None = Field(None, description="the fonts of headlines, first wish first")
    sans: Fonts | None = Field(None, description="the fonts of everything else")

    logo: Annotated[str, Field(pattern=_LINK)] | None = Field(
        None, description="the address of a picture that stands in the masthead for the name"
    )
    logo_alt: str | None = Field(None, description="the words for the logo; unset, the newsletter's name")
    logo_width: int | None = Field(None, ge=16, le=600, description="how wide the logo is, in pixels; 200 when unset")
    width: int | None = Field(None, ge=480, le=800, description="how wide the column is, in pixels; 600 when unset")

    @property
    def options(self) -> dict[str, str]:
        """The colours, fonts, logo and width that are set."""
        values = self.model_dump(exclude={"templates", "use"}, exclude_none=True)
        return {name: str(value) for name, value in values.items()}


class RenderSettings(_Settings):
    """How the HTML email is finished."""

    inliner: Literal["premailer", "css-inline"] = Field(
        "premailer", description="which library writes the CSS into the elements"
    )
    images: Literal["none", "link"] = Field(
        "none", description="whether the lead story shows its picture, by a link to it"
    )
    text_links: Literal["inline", "numbered"] = Field(
        "inline", description="where the plain-text edition prints addresses: below each story, or numbered at its end"
    )


class DeliverSettings(_Settings):
    """Where issues go when they are published."""

    web: Path | None = Field(
        None, description="a folder that is kept as a web site: every issue's page, an index, an Atom feed"
    )
    folder: Path | None = Field(None, description="a folder that gets the files of each issue, below its date")
    recipients: Path | None = Field(
        None, description='a file with a recipient a line; with approve = "auto", digest run sends to them by itself'
    )
    smtp: str = Field("", pattern=_HOST, description="the host of the mail server that takes the messages")
    smtp_port: int | None = Field(
        None, ge=1, le=65535, description="its port; unset, 587 with starttls, 465 with tls, 25 with none"
    )
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="how the connection is made secret: at once (tls), when both agree, or not at all"
    )
    smtp_user: str = Field(
        "", description="the name to log in by; the password is DIGEST_SMTP_PASSWORD in the environment"
    )
    smtp_connections: int = Field(4, ge=1, le=100, description="at most so many connections to the server at a time")
    smtp_timeout: float = Field(60.0, gt=0, description="after so many seconds without an answer a connection is lost")
    dkim_key: Path | None = Field(None, description="the private RSA key that messages are signed by, a PEM file")
    dkim_selector: str = Field("", pattern=_SELECTOR, description="the name its public key has in the DNS")
    dkim_domain: str = Field(
        "",
        pattern=_DOMAIN,
        description="the domain that signs; unset, the sender's; it must be that or one above it",
    )
    attempts: int = Field(3, ge=1, le=10, description="how often a message is tried that the server puts off")
    backoff: float = Field(30.0, ge=0, description="seconds until the second try; twice as many before each one after")


class CheckSettings(_Settings):
    """What is looked for in an issue as it is rendered; docs/checks.md names the checks."""

    without: tuple[str, ...] = Field((), description="checks that are switched off, by name")
    clients: tuple[str, ...] = Field(
        (), description="the mail programs whose support is asked about; unset, what most readers use"
    )


class ArchiveSettings(_Settings):
    """Where the archive is, and how long it keeps what sources gave."""

    url: str = Field("", description="a database URL; unset, the file digest.sqlite beside digest.toml")
    keep: float = Field(
        30.0, ge=0, description="after so many days what sources gave is removed; articles and issues stay"
    )


class Settings(_Settings):
    """A whole digest.toml. `folder` is where it stands: relative paths in it start there."""

    folder: Path = Field(Path(), exclude=True)
    workers: int = Field(
        1,
        ge=1,
        le=64,
        description="how many processes share the reading, and summarising by an algorithm that takes its time",
    )
    newsletter: NewsletterSettings = NewsletterSettings()
    source: tuple[SourceSettings, ...] = ()
    section: tuple[SectionSettings, ...] = ()
    rank: RankSettings = RankSettings()
    interest: tuple[InterestSettings, ...] = ()
    summary: SummarySettings = SummarySettings()
    theme: ThemeSettings = ThemeSettings()
    render: RenderSettings = RenderSettings()
    check: CheckSettings = CheckSettings()
    archive: ArchiveSettings = ArchiveSettings()
    deliver: DeliverSettings = DeliverSettings()


@dataclass(frozen=True, slots=True)
class Known:
    """What the plug-ins add to what a configuration may say.

    `options_of` gives the options' schema of a kind of source by its name, or raises `PluginError`;
    `algorithms` and `rules` are the names of the summarisers and of the readability rules;
    `is_country` tells a country's name.
    """

    options_of: Callable[[str], type[BaseModel]]
    algorithms: Collection[str]
    rules: Collection[str]
    is_country: Callable[[str], bool]


_MEANT = {"send": "deliver", "mail": "deliver", "email": "deliver", "smtp": "deliver", "feed": "source"}
"""What other programs call it, and what it is called here."""


def load(path: Path, known: Known) -> Settings:
    """The settings in a file.

    Raises `ConfigError`, whose message lists every problem, each with its key path.
    """
    return parse(read_toml(path, "name an existing file with -c, or write one with 'digest init'"), path, known)


def read_toml(path: Path, remedy: str) -> dict[str, Any]:
    """The table in a file. Raises `ConfigError`, with that remedy where the file cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; {remedy}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not TOML: {error}; mend that line") from error


def parse(table: Mapping[str, Any], path: Path, known: Known) -> Settings:
    """The settings in a table read from `path`; see `load`."""
    problems: list[str] = []
    settings = Settings()
    if "folder" in table:
        problems.append(f"folder: unknown key{_nearest('folder', Settings)}")
    try:
        settings = Settings(**{**table, "folder": path.parent})
    except ValidationError as error:
        problems += problems_of(error, Settings, table)
        settings = _sound(error, table)
    for number, source in enumerate(settings.source):
        try:
            known.options_of(source.use)(**source.options)
        except PluginError as error:
            problems.append(f"source[{number}].use: {error}")
        except ValidationError as error:
            problems += problems_of(
                error, known.options_of(source.use), source.options, f"source[{number}].", SourceSettings
            )
    problems += _contacts(settings)
    problems += _summaries(settings, known)
    problems += [
        f"newsletter.home: {name!r} is no country this program knows; write it as it is called in English"
        for name in settings.newsletter.home
        if not known.is_country(name)
    ]
    names = [source.name for source in settings.source]
    problems += [
        f"source: two sources are called {name!r}" for name in sorted({n for n in names if names.count(n) > 1})
    ]
    if problems:
        raise all_at_once(path, problems)
    return settings


def _sound(error: ValidationError, table: Mapping[str, Any]) -> Settings:
    """What the other tables set, so that their mistakes are told in the same breath."""
    wrong = {detail["loc"][0] if detail["loc"] else "" for detail in error.errors(include_url=False)}
    try:
        return Settings(**{key: value for key, value in table.items() if key not in wrong and "" not in wrong})
    except ValidationError:
        return Settings()


def all_at_once(path: Path | str, problems: Sequence[str]) -> ConfigError:
    """The error that lists every problem of a file."""
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return ConfigError(f"{path}: {count}\n" + "\n".join(f"  {line}" for line in problems))


def _contacts(settings: Settings) -> Iterator[str]:
    places = [("newsletter.corrections", settings.newsletter.corrections)]
    places += [(f"source[{number}].contact", source.contact) for number, source in enumerate(settings.source)]
    for place, value in places:
        if value and not re.fullmatch(r"https?://\S+|(mailto:)?[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", value):
            yield f"{place}: {value!r} is neither a mail address nor a URL"


def _summaries(settings: Settings, known: Known) -> Iterator[str]:
    places: list[tuple[str, SummarySettings | SummaryOverride]] = [("summary", settings.summary)]
    places += [(f"section[{number}].summary", each.summary) for number, each in enumerate(settings.section)]
    places += [(f"source[{number}].summary", each.summary) for number, each in enumerate(settings.source)]
    for place, summary in places:
        if summary.algorithm is not None and summary.algorithm not in known.algorithms:
            yield f"{place}.algorithm: {_unknown(summary.algorithm, known.algorithms)}"
        for rule in summary.without or ():
            if rule not in known.rules:
                yield f"{place}.without: {_unknown(rule, known.rules)}"


def problems_of(
    error: ValidationError, model: type[BaseModel], table: Any, prefix: str = "", beside: type[BaseModel] | None = None
) -> Iterator[str]:
    """Each problem in words, behind its key path; a misspelt key with the nearest one of `model` or `beside`."""
    found: dict[str, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        found.setdefault(_key_path(model, detail), []).append(detail)
    for path, details in found.items():
        words = _words(details[0], model, beside) if len(details) == 1 else _either(details)
        yield f"{prefix}{path}: {words}"


def _key_path(model: type[BaseModel], detail: ErrorDetails) -> str:
    """The path of the key that is wrong, as it stands in the file: without the kinds of value it might have had."""
    path, owner = "", model
    for part in detail["loc"]:
        if isinstance(part, int):
            path += f"[{part}]"
        elif detail["type"] == "extra_forbidden" or part in keys_of(owner):
            path += f".{part}"
            owner = _model_at(owner, (part,)) or BaseModel
    return path.lstrip(".")


def _either(details: Sequence[ErrorDetails]) -> str:
    """What a value must be that may be of several kinds and is of none."""
    kinds = [detail["msg"].removeprefix("Input should be ").partition(", unable")[0] for detail in details]
    return f"input should be {' or '.join(kinds)}, not {details[0]['input']!r}"


def _words(detail: ErrorDetails, model: type[BaseModel], beside: type[BaseModel] | None) -> str:
    kind, location = detail["type"], detail["loc"]
    if kind == "extra_forbidden":
        owner = _model_at(model, location[:-1])
        return "unknown key" + (_nearest(str(location[-1]), owner, beside) if owner else "")
    if kind == "missing":
        return "must be set"
    given = detail["input"]
    if kind == "string_pattern_mismatch":
        pattern = detail["ctx"]["pattern"]
        return f"{given!r} is not {_FORMS.get(pattern) or f'of the form {pattern}'}"
    if kind == "tuple_type":
        return f"{given!r} is no list; write it in brackets, each item in quotes"
    if kind.startswith("time_"):
        return f'{given!r} is no time of day; write it like "07:00"'
    message = detail["msg"].removeprefix("Value error, ")
    return message if kind == "value_error" else f"{message[:1].lower()}{message[1:]}, not {given!r}"


def _model_at(model: type[BaseModel], location: tuple[str | int, ...]) -> type[BaseModel] | None:
    for part in location:
        if isinstance(part, int):
            continue
        field = next((f for n, f in model.model_fields.items() if part in (n, f.alias)), None)
        inner = None if field is None else next(_models_in(field.annotation), None)
        if inner is None:
            return None
        model = inner
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys a table may have, as they are written in digest.toml."""
    return tuple(field.alias or name for name, field in model.model_fields.items() if not field.exclude)


def _nearest(key: str, *models: type[BaseModel] | None) -> str:
    return "; " + _hint(key, [name for model in models if model is not None for name in keys_of(model)])


def _unknown(name: str, known: Collection[str]) -> str:
    return f"there is no {name!r}; {_hint(name, known)}"


def _hint(name: str, known: Collection[str]) -> str:
    meant = _MEANT.get(name, "")
    near = [meant] if meant in known else difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(sorted(known))}"
