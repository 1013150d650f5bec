"""A section by the name that the publisher gave it: in a label, or in the path of the address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from digest.stages.section.inflection import fold

_NOT_WORD = re.compile(r"[\W_]+")
_LEVELS = re.compile(r"[>/|:»›;]| [-–—] ")
_CONJUNCTIONS = re.compile(r"[,&+]| (?:and|und|et|e|ed|y) ")
# What stands at the end of an address is the article's own name, unless a number alone tells it apart.
_NUMBERED = re.compile(r"[-_]\d{4,}(?:\.\w+)?$")
_SECTION_WORDS = 3


def plain(name: str) -> str:
    """A name as it is compared: folded, its words parted by single spaces."""
    return _NOT_WORD.sub(" ", fold(name)).strip()


def by_label(label: str, names: Mapping[str, str]) -> tuple[str, bool] | None:
    """The slug that a publisher's label stands for, and whether the label says just that.

    `names` gives the slug of every known name, as `plain` makes it. "World / Asia" is read from its
    end, "Arts & Society" from its beginning; of other labels, a word is enough.
    """
    whole = plain(label)
    if whole in names:
        return names[whole], True
    for level in reversed(_LEVELS.split(fold(label))):
        for part in (level, *_CONJUNCTIONS.split(level)):
            if plain(part) in names:
                return names[plain(part)], True
    for word in reversed(whole.split()):
        if word in names:
            return names[word], False
    return None


def by_address(url: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """The slug that a part of an address stands for, and that part; the deepest one counts."""
    for part in _parts(url):
        slug = names.get(plain(part))
        if slug:
            return slug, part
    return None


def _parts(url: str) -> Iterator[str]:
    address = urlsplit(url)
    *folders, last = [unquote(part) for part in address.path.split("/") if part] or [""]
    numbered = _NUMBERED.sub("", last)
    if numbered != last and len(plain(numbered).split()) <= _SECTION_WORDS:
        yield numbered
        yield from reversed(plain(numbered).split())
    yield from reversed(folders)
    yield from (address.hostname or "").split(".")[:-2]
