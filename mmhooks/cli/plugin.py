"""The plugin that a command is about: where it is, and its packages in this process."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from mmhooks.bundle.manifest import Manifest, read_manifest
from mmhooks.runtime.extras import Extras, install
from mmhooks.runtime.manager import PluginManager

__all__ = ["composed", "own_code_found", "plugin_option", "read_plugin"]

F = TypeVar("F", bound=Callable[..., Any])


def plugin_option(function: F) -> F:
    """Add ``--plugin`` to a command."""
    return click.option(
        "--plugin",
        "plugin",
        type=click.Path(path_type=Path),
        default=Path(),
        metavar="PATH",
        help="The plugin.json, or the folder with it. [default: this folder]",
    )(function)


def read_plugin(path: Path) -> Manifest:
    """Read the manifest at a path.

    Raises:
        ManifestError: it is missing or wrong.
    """
    return read_manifest(path)


@contextmanager
def own_code_found(manifest: Manifest) -> Iterator[None]:
    """Let this process, and those it starts, import the plugin's own code from beside its ``plugin.json``."""
    if manifest.python.entry_point is None:
        yield
        return
    folder = str(Path(manifest.source).resolve().parent)
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (folder, before)))
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


def composed(manifest: Manifest) -> tuple[PluginManager, Extras]:
    """Put the plugin together in this process, to look at it; none of its hooks is called.

    Raises:
        CompositionError: the packages do not make a plugin.
    """
    from mmhooks.runtime.compose import compose

    manager = compose(manifest)
    return manager, install(manager)
