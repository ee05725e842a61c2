"""What ``mmhooks dev --server`` does: a plugin on a server, from its files, saved again and again."""

from __future__ import annotations

import queue
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

from mmhooks.bundle.bridge import bridge_binary
from mmhooks.bundle.builder import with_settings
from mmhooks.bundle.manifest import Manifest, read_manifest
from mmhooks.bundle.packages import describe
from mmhooks.cli.sources import Watcher, saved_at, source_folders
from mmhooks.errors import MmhooksError
from mmhooks.server.attached import Bridge, Event
from mmhooks.server.connection import Server

__all__ = ["Options", "Session"]

Show = Callable[[str, dict[str, Any]], object]


@attrs.frozen(kw_only=True)
class Options:
    """How the Python side runs."""

    runtime: list[str] = attrs.field(factory=list)
    """For ``python -m mmhooks.runtime``."""
    has_deadlines: bool = False
    """Whether hooks have to answer in time."""


@attrs.define
class _Saved:
    paths: set[Path]


@attrs.define
class _Posted:
    bridge: Bridge
    error: str


class Session:
    """Keeps a plugin attached.

    Args:
        plugin: the ``plugin.json``, or the folder with it.
        server: by its local mode.
        options: how the Python side runs.
        show: called with the name of what has happened, and its figures.
    """

    def __init__(self, plugin: Path, server: Server, options: Options, show: Show) -> None:
        self._plugin, self._server, self._options, self._show = plugin, server, options, show
        self._queue: queue.SimpleQueue[_Saved | _Posted | tuple[Bridge, Event]] = queue.SimpleQueue()
        self._program = bridge_binary()
        self._manifest = read_manifest(plugin)
        self._watcher: Watcher | None = None
        self._current: Bridge | None = None
        self._candidate: Bridge | None = None
        self._began = time.time()
        self._is_replacing = False
        self._later: set[Path] = set()
        """Saved while a replacement was under way."""

    def run(self) -> None:
        """Attach, and follow the files until this thread is interrupted; then detach.

        Raises:
            MmhooksError: the plugin cannot be developed here, or the server has let go of it.
        """
        self._refuse_installed()
        try:
            self._watch()
            self._begin()
            while True:
                match self._queue.get():
                    case _Saved(paths):
                        self._on_saved(paths)
                    case _Posted(bridge, error):
                        self._on_posted(bridge, error)
                    case (bridge, event):
                        self._on_event(bridge, event)
        finally:
            self._end()

    def _refuse_installed(self) -> None:
        """An installed plugin of this id would be lost to the server: it takes one for the other."""
        id, found = self._manifest.id, self._server.send("GET", "/plugins").json()
        if any(one.get("id") == id for state in ("active", "inactive") for one in found.get(state) or ()):
            raise MmhooksError(
                f"{self._server.name}: {id} is installed there; remove it in the System Console first, "
                "or give this one another id in plugin.json"
            )

    def _watch(self) -> None:
        folders = source_folders(self._manifest)
        if self._watcher is None or self._watcher.folders != folders:
            if self._watcher is not None:
                self._watcher.close()
            self._watcher = Watcher(folders, lambda paths: self._queue.put(_Saved(paths)))

    def _end(self) -> None:
        if self._watcher is not None:
            self._watcher.close()
        was_attached = self._current is not None
        for bridge in (self._candidate, self._current):
            if bridge is not None:
                bridge.close()
        if was_attached:
            self._show("detached", {"server": self._server.name})

    # -- files ---------------------------------------------------------------------------------------

    def _on_saved(self, paths: set[Path]) -> None:
        if self._is_replacing:
            self._later |= paths
            return
        manifest_file = Path(self._manifest.source).resolve()
        if manifest_file in paths and not self._read_manifest():
            return
        self._began = saved_at(paths)
        self._show("saved", {"files": sorted(path.name for path in paths)})
        if self._current is None or self._candidate is not None or manifest_file in paths:
            self._begin()
        else:
            self._is_replacing = True
            self._current.replace()

    def _read_manifest(self) -> bool:
        before = self._manifest
        try:
            self._manifest = read_manifest(self._plugin)
        except MmhooksError as error:
            self._failed(str(error))
            return False
        if self._manifest.id != before.id:
            self._refuse_installed()
            if self._current is not None:
                self._current.close()
                self._current = None
        self._watch()
        return True

    # -- a bridge that is to be attached --------------------------------------------------------------

    def _begin(self) -> None:
        """Start what is in the files now, beside what is attached."""
        if self._candidate is not None:
            self._candidate.close()
        source = str(Path(self._manifest.source).resolve())
        self._candidate = Bridge(
            self._program,
            self._manifest,
            self._server.name,
            (sys.executable, "-m", "mmhooks.runtime", "--manifest", source, *self._options.runtime),
            has_deadlines=self._options.has_deadlines,
            is_patient="--wait-for-client" in self._options.runtime,
            tell=lambda bridge, event: self._queue.put((bridge, event)),
        )

    def _post(self, bridge: Bridge, reattach: Any) -> None:
        """Give it to the server, which first lets go of what it has; takes as long as ``on_activate``."""
        error = ""
        try:
            body = {"Manifest": _document(bridge.manifest), "PluginReattachConfig": reattach}
            if self._current is not None:
                self._current.is_asked = True  # the server ends it now
            self._server.send("POST", "/plugins/reattach", json=body, timeout=None)
        except MmhooksError as failure:
            error = str(failure)
        self._queue.put(_Posted(bridge, error))

    def _on_posted(self, bridge: Bridge, error: str) -> None:
        if bridge is self._candidate and error:
            self._drop_candidate(error)

    def _on_event(self, bridge: Bridge, event: Event) -> None:
        name, error = event["event"], str(event.get("error", ""))
        if name == "log":
            self._show("log", {key: event[key] for key in ("level", "message", "fields")})
        elif bridge is self._candidate:
            self._on_candidate(bridge, name, error, event)
        elif bridge is self._current:
            self._on_current(bridge, name, error)

    def _on_candidate(self, bridge: Bridge, name: str, error: str, event: Event) -> None:
        if name == "ready":
            threading.Thread(target=self._post, args=(bridge, event["reattach"]), daemon=True).start()
        elif name == "activated" and not error:
            if self._current is not None:
                self._current.close()
            self._current, self._candidate = bridge, None
            manifest = bridge.manifest
            about = {"id": manifest.id, "version": manifest.version, "server": self._server.name}
            self._show("attached", {**about, "ms": self._ms()})
        elif name in ("activated", "failed", "given_up"):
            self._drop_candidate(error)
        elif name == "gone":
            self._drop_candidate(f"the bridge has ended with {event['code']}")

    def _drop_candidate(self, error: str) -> None:
        candidate, self._candidate = self._candidate, None
        assert candidate is not None
        candidate.close()
        if self._current is not None and self._current.is_asked:  # the server has let go of it for this one
            self._current.close()
            self._current = None
        self._failed(error)

    # -- the bridge that is attached -------------------------------------------------------------------

    def _on_current(self, bridge: Bridge, name: str, error: str) -> None:
        if name == "hooks_changed":
            self._is_replacing = False
            self._later.clear()  # what begins now takes these files as they are
            self._show("hooks_changed", {})
            self._begin()
        elif name == "replaced":
            self._is_replacing = False
            self._failed(error) if error else self._show("reloaded", {"ms": self._ms()})
            if self._later:
                later, self._later = self._later, set()
                self._on_saved(later)
        elif name == "given_up":
            bridge.close()
            self._current = None
            self._is_replacing = False
            self._later.clear()
            self._failed(error)
        elif name in ("ended", "gone") and not bridge.is_asked:
            self._current = None
            raise MmhooksError(
                f"{self._server.name}: has let go of {bridge.manifest.id}: it was stopped, or somebody else has "
                "attached or detached this plugin; start 'mmhooks dev' again"
            )

    def _ms(self) -> int:
        return round((time.time() - self._began) * 1000)

    def _failed(self, error: str) -> None:
        self._show("failed", {"error": error, "stays": self._current is not None})


def _document(manifest: Manifest) -> dict[str, Any]:
    """The manifest, with the settings that packages declare."""
    with tempfile.TemporaryDirectory(prefix="mmhooks-dev-") as work:
        source = Path(manifest.source).resolve()
        found = describe(source.parent, source, manifest.source, Path(work), is_isolated=False)
    return with_settings(manifest.raw, found["settings"])
