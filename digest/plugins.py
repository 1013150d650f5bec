"""Name → plug-in; the built-in ones register through the same entry points as anyone else's."""

from __future__ import annotations

import difflib
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from digest.errors import PluginError


@cache
def _registered(group: str) -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=group)}


def names(group: str) -> tuple[str, ...]:
    """The names registered in a group such as `digest.source`, sorted."""
    return tuple(sorted(_registered(group)))


def load(group: str, name: str) -> Any:
    """The plug-in of that name. Raises `PluginError` when there is none or it does not import."""
    found = _registered(group)
    if name not in found:
        near = difflib.get_close_matches(name, found, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(found))}"
        raise PluginError(f"{name!r} is not a {group.removeprefix('digest.')} this program has; {hint}")
    try:
        return found[name].load()
    except Exception as error:  # a plug-in is somebody else's code: whatever it raises becomes one clear error
        cause = f"{type(error).__name__}: {error}"
        raise PluginError(
            f"{name!r} ({found[name].value}) does not load: {cause}; mend or uninstall the package that brings it"
        ) from error
