"""The files that make a plugin, and when they are saved."""

from __future__ import annotations

import sysconfig
import threading
import time
from collections.abc import Callable, Iterable
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from mmhooks.bundle.manifest import Manifest
from mmhooks.errors import MmhooksError
from mmhooks.runtime.compose import GROUP

__all__ = ["Watcher", "saved_at", "source_folders"]

_DEBOUNCE_MS: Final = 100
_STEP_MS: Final = 20
_OLD_SECONDS: Final = 10.0
"""A file whose time is older than this was not saved now, but moved here."""
_NOT_WATCHED: Final = frozenset({"dist", "build", "site-packages"})


def source_folders(manifest: Manifest) -> list[Path]:
    """The plugin's folder, and those of its packages that are not simply installed, without those within others."""
    folders = {Path(manifest.source).resolve().parent}
    wanted = manifest.python.packages
    for point in metadata.entry_points(group=GROUP):
        if point.name not in wanted.exclude and (wanted.include is None or point.name in wanted.include):
            folders.update(_folder(point.module))
    return sorted(one for one in folders if not any(one.is_relative_to(other) for other in folders - {one}))


def _folder(module: str) -> Iterable[Path]:
    try:
        spec = find_spec(module.partition(".")[0])
    except (ImportError, ValueError):  # composing the plugin says what is wrong
        return
    installed = {Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib", "stdlib")}
    origins = list(spec.submodule_search_locations or ()) if spec else []
    if spec and not origins and spec.origin:
        origins = [str(Path(spec.origin).parent)]
    for origin in origins:
        folder = Path(origin).resolve()
        if folder.is_dir() and not any(folder.is_relative_to(one) for one in installed):
            yield folder


def saved_at(paths: Iterable[Path]) -> float:
    """When the last of the files was saved, in seconds since the epoch."""
    now = time.time()
    times = [path.stat().st_mtime for path in paths if path.exists()]
    return max((one for one in times if now - _OLD_SECONDS < one <= now), default=now)


class Watcher:
    """Tells of saved files, from a thread of its own.

    Args:
        folders: watched with all that is in them.
        saved: called with the paths of modules and manifests that were saved, made or removed.

    Raises:
        MmhooksError: watchfiles is not installed.
    """

    def __init__(self, folders: Iterable[Path], saved: Callable[[set[Path]], object]) -> None:
        try:
            import watchfiles
        except ModuleNotFoundError:
            raise MmhooksError(
                "'mmhooks dev' needs watchfiles; install it: pip install 'mmhooks[dev-server]'"
            ) from None
        self.folders = list(folders)
        self._saved = saved
        self._stop = threading.Event()
        self._watch = watchfiles.watch(
            *self.folders,
            watch_filter=_Sources(),
            debounce=_DEBOUNCE_MS,
            step=_STEP_MS,
            stop_event=self._stop,
            raise_interrupt=False,
        )
        threading.Thread(target=self._run, name="mmhooks-watcher", daemon=True).start()

    def _run(self) -> None:
        for changes in self._watch:
            self._saved({Path(path) for _, path in changes})

    def close(self) -> None:
        """Tell nothing any more."""
        self._stop.set()


class _Sources:
    """Which changes count: modules and the manifest, outside of what tools have made."""

    def __init__(self) -> None:
        from watchfiles import DefaultFilter

        self._usual = DefaultFilter(ignore_dirs=[*DefaultFilter.ignore_dirs, *_NOT_WATCHED])

    def __call__(self, change: object, path: str) -> bool:
        name = path.rpartition("/")[2]
        return (name.endswith(".py") or name == "plugin.json") and self._usual(change, path)  # type: ignore[arg-type]
