"""What ``mmhooks dev`` does without a server: a plugin on the embedded host, from its files, saved again and again."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from mmhooks.bundle.manifest import read_manifest
from mmhooks.cli.address import FOLDER, address_file, is_loopback
from mmhooks.cli.logbook import LogBook
from mmhooks.cli.plugin import own_code_found
from mmhooks.cli.sources import Watcher, saved_at, source_folders
from mmhooks.devhost.console import Console
from mmhooks.devhost.events import LogRecord
from mmhooks.devhost.host import Host
from mmhooks.devhost.live import Live
from mmhooks.devhost.store import MEMORY, Store
from mmhooks.devhost.web import WebServer
from mmhooks.devhost.world import PASSWORD, USERNAMES, first_world
from mmhooks.errors import MmhooksError

__all__ = ["LocalOptions", "LocalSession"]

_LEVELS: Final = {"trace": "debug", "debug": "debug", "info": "info", "warn": "warn", "error": "error"}
_NOT_FIELDS: Final = frozenset({"@level", "@message", "@timestamp", "@module"})

Show = Callable[[str, dict[str, Any]], object]


@attrs.frozen(kw_only=True)
class LocalOptions:
    """How the host runs."""

    runtime: Sequence[str] = ()
    """For ``python -m mmhooks.runtime``."""
    workspace: Path | None = None
    """The SQLite file; the one beside ``plugin.json`` without one."""
    is_in_memory: bool = False
    listen: str = "127.0.0.1"
    port: int = 0
    """0 for any that is free."""


class LocalSession:
    """Runs a plugin on a host of its own.

    Args:
        plugin: the ``plugin.json``, or the folder with it.
        options: how.
        show: called with the name of what has happened, and its figures.
    """

    def __init__(self, plugin: Path, options: LocalOptions, show: Show) -> None:
        self._plugin, self._options, self._show = plugin, options, show
        self._manifest = read_manifest(plugin)
        self._queue: queue.SimpleQueue[set[Path]] = queue.SimpleQueue()
        self._watcher: Watcher | None = None
        self._console: Console | None = None

    def run(self) -> None:
        """Run until this thread is interrupted.

        Raises:
            MmhooksError: the workspace or the address cannot be used.
        """
        began = time.monotonic()
        folder = Path(self._manifest.source).resolve().parent
        with contextlib.ExitStack() as stack:
            stack.enter_context(LogBook().taking_over())
            stack.enter_context(own_code_found(self._manifest))
            store = Store(self._workspace(folder), durable=False)
            host = stack.enter_context(Host(store, manifest=self._manifest.raw, bundle_path=folder))
            self._host = host
            host.logs.subscribe(self._log)
            live = Live(host, Path(self._manifest.source), self._tell, runtime=self._options.runtime)
            stack.callback(live.close)
            stack.enter_context(self._served(live))
            self._live = live
            self._watch()
            stack.callback(self._stop_watching)
            live.start(began)
            while True:
                self._saved(self._queue.get())

    def _workspace(self, folder: Path) -> Path | str:
        if self._options.is_in_memory:
            return MEMORY
        return self._options.workspace or _own_folder(folder) / "workspace.db"

    @contextlib.contextmanager
    def _served(self, live: Live) -> Iterator[None]:
        token = secrets.token_urlsafe(24)
        console = Console(live, token, self._options.listen)
        with WebServer(console.app, self._options.listen, self._options.port) as server:
            try:
                self._console = console
                url = _reachable(server.url)
                live.host.api.prepare(self._config(url))
                live.host.api.let_in(token)
                is_new = first_world(live.host)
                file = address_file(self._manifest)
                _write_privately(file, {"url": url, "token": token, "pid": os.getpid()})
                self._show("listening", self._figures(live, url, token, is_new))
                yield
            finally:
                console.close()
                _remove_own(file)
                self._show("stopped", {})

    def _config(self, url: str) -> dict[str, dict[str, Any]]:
        service: dict[str, Any] = {"SiteURL": url}
        if not is_loopback(self._options.listen):
            # Whoever can log in is not to reach what listens on this machine alone.
            service["AllowedUntrustedInternalConnections"] = ""
        return {"PluginSettings": {"EnableUploads": True}, "ServiceSettings": service}

    def _figures(self, live: Live, url: str, token: str, is_new: bool) -> dict[str, Any]:
        figures = {
            "id": self._manifest.id,
            "version": self._manifest.version,
            "url": url,
            "console": f"{url}/console/?token={token}",
            "workspace": live.host.store.path,
        }
        return {**figures, "users": list(USERNAMES), "password": PASSWORD} if is_new else figures

    # -- what happens ---------------------------------------------------------------------------

    def _tell(self, event: str, figures: dict[str, Any]) -> None:
        if event == "log":
            level = _LEVELS.get(str(figures.get("@level")), "debug")
            fields = {key: value for key, value in figures.items() if key not in _NOT_FIELDS}
            fields["logger"] = str(figures.get("@module", ""))
            self._host.record(level, str(figures.get("@message", "")), self._manifest.id, fields)
            return
        self._show(event, figures)
        if self._console is not None:
            self._console.tell(event, figures)

    def _log(self, record: LogRecord) -> None:
        level = "info" if record.level == "audit" else record.level
        self._show("log", {"level": level, "message": record.message, "fields": dict(record.fields)})

    def _saved(self, paths: set[Path]) -> None:
        began = time.monotonic() - (time.time() - saved_at(paths))
        self._show("saved", {"files": sorted(path.name for path in paths)})
        if Path(self._manifest.source).resolve() in paths:
            with contextlib.suppress(MmhooksError):  # reloading says what is wrong
                self._manifest = read_manifest(self._plugin)
                self._watch()
        self._live.reload(began)

    def _watch(self) -> None:
        folders = source_folders(self._manifest)
        if self._watcher is None or self._watcher.folders != folders:
            self._stop_watching()
            self._watcher = Watcher(folders, self._queue.put)

    def _stop_watching(self) -> None:
        if self._watcher is not None:
            self._watcher.close()


def _reachable(url: str) -> str:
    """An address to open, where the host listens on all of them."""
    return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")


def _own_folder(folder: Path) -> Path:
    own = folder / FOLDER
    own.mkdir(mode=0o700, exist_ok=True)
    ignored = own / ".gitignore"
    if not ignored.exists():
        ignored.write_text("*\n")
    return own


def _write_privately(file: Path, document: dict[str, Any]) -> None:
    _own_folder(file.parent.parent)
    aside = file.with_suffix(".new")
    aside.unlink(missing_ok=True)
    with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        json.dump(document, opened)
    aside.replace(file)


def _remove_own(file: Path) -> None:
    with contextlib.suppress(OSError, ValueError):
        if json.loads(file.read_text(encoding="utf-8"))["pid"] == os.getpid():
            file.unlink()
