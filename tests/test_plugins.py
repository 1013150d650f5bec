"""Plug-ins by name: the built-in ones and anybody's register alike."""

from __future__ import annotations

import pytest

from digest import plugins
from digest.errors import PluginError
from digest.sources.files import Folder


def test_a_built_in_source_is_found_by_its_name() -> None:
    assert plugins.load("digest.source", "folder") is Folder


def test_a_name_there_is_not_names_the_nearest() -> None:
    with pytest.raises(PluginError, match="'foldr' is not a source this program has; did you mean 'folder'"):
        plugins.load("digest.source", "foldr")


def test_a_plug_in_that_does_not_import_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    broken = EntryPoint("broken", "no.such.module:thing", "digest.source")
    monkeypatch.setattr(plugins, "_registered", lambda group: {"broken": broken})
    with pytest.raises(PluginError, match="does not load: ModuleNotFoundError"):
        plugins.load("digest.source", "broken")
