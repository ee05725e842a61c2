"""A plugin made of what a test names."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata
from itertools import chain, count
from types import FunctionType, ModuleType
from typing import Final

from mmhooks.bundle.manifest import Manifest, Packages, PythonSection
from mmhooks.errors import CompositionError
from mmhooks.runtime.compose import GROUP, compose
from mmhooks.runtime.manager import PluginManager
from mmhooks.runtime.nearest import did_you_mean

__all__ = ["PLUGIN_ID", "composed"]

PLUGIN_ID: Final = "com.example.test"


def composed(packages: Iterable[object]) -> PluginManager:
    """A plugin manager with just these packages, the first one called first.

    Raises:
        CompositionError: one message with every mistake.
    """
    found: dict[str, object] = {}
    for package in packages:
        name, plugin = _resolved(package)
        numbered = chain([name], (f"{name}-{number}" for number in count(2)))
        found[next(free for free in numbered if free not in found)] = plugin
    order = Packages(include=tuple(found), order=tuple(found))
    manifest = Manifest(
        PLUGIN_ID, "Test", "0", python=PythonSection(packages=order), source="the packages of this test"
    )
    return compose(manifest, entry_points=(), packages=found)


def _resolved(package: object) -> tuple[str, object]:
    """What `Workspace.load` was given, as (name, plugin)."""
    if isinstance(package, str):
        points = {point.name: point for point in metadata.entry_points(group=GROUP)}
        if package not in points:
            raise CompositionError(f"{package}: no such package is installed{did_you_mean(package, points)}")
        return package, points[package].load()
    if isinstance(package, FunctionType):  # a package of one hookimpl
        plugin = ModuleType(package.__name__)
        setattr(plugin, package.__name__, package)
        return package.__name__, plugin
    if isinstance(package, type | ModuleType):
        return package.__name__, package
    return type(package).__name__, package
