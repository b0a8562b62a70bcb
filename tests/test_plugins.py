"""Finding extensions: modules of a package, installed entry points, and those that do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from mtreview import plugins
from mtreview.errors import PluginError


@dataclass(frozen=True)
class Extension:
    id: str


MINE = Extension("mine")
TAKEN = Extension("brackets")
NAMELESS = object()
GROUP = "mtreview.checks"


@pytest.fixture
def installed(monkeypatch):
    """Return a function that declares entry points, by name and the attribute of this module."""
    import sys

    monkeypatch.setitem(sys.modules, "my_plugin", sys.modules[__name__])

    def install(**values: str) -> None:
        points = EntryPoints(EntryPoint(name, value, GROUP) for name, value in values.items())
        monkeypatch.setattr(plugins, "entry_points", lambda group: points.select(group=group))

    plugins.discover.cache_clear()
    yield install
    plugins.discover.cache_clear()


def test_modules_are_found_by_id_and_shared_parts_are_not(installed):
    installed()
    found = plugins.discover(GROUP, "CHECK")
    assert found["brackets"].id == "brackets"
    assert not [name for name in found if name.startswith("_")]


def test_a_tuple_gives_every_extension_in_it(installed):
    installed()
    assert {"confidence", "forced_worst"} <= set(plugins.discover("mtreview.metrics", "METRICS"))


def test_an_entry_point_is_one_more(installed):
    installed()
    before = set(plugins.discover(GROUP, "CHECK"))
    plugins.discover.cache_clear()
    installed(mine="my_plugin:MINE")
    assert set(plugins.discover(GROUP, "CHECK")) == before | {"mine"}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("my_plugin:TAKEN", "the id 'brackets' is already taken"),
        ("my_plugin:NAMELESS", "cannot be loaded.*no attribute 'id'"),
        ("my_plugin:MISSING", "cannot be loaded.*MISSING"),
        ("no_such_package:CHECK", "cannot be loaded.*no_such_package"),
    ],
)
def test_a_plugin_that_does_not_fit_is_named(installed, value, message):
    installed(wrong=value)
    with pytest.raises(PluginError, match=message) as caught:
        plugins.discover(GROUP, "CHECK")
    assert caught.value.where == "entry point mtreview.checks:wrong"
    assert caught.value.hint


def test_two_plugins_with_one_id(installed):
    installed(first="my_plugin:MINE", second="my_plugin:MINE")
    with pytest.raises(PluginError, match="the id 'mine' is already taken") as caught:
        plugins.discover(GROUP, "CHECK")
    assert caught.value.where.endswith(":second")
