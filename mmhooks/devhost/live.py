"""A plugin on the embedded host while it is being written: started again whenever a file is saved."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from mmhooks.api._generated.hooks import HOOKS
from mmhooks.bundle.archive import Bundle
from mmhooks.bundle.manifest import Manifest
from mmhooks.devhost.events import Recorder
from mmhooks.devhost.host import Host
from mmhooks.devhost.process import ServantProcess
from mmhooks.devhost.source import Source, from_bundle, from_files
from mmhooks.errors import AppError, MmhooksError

__all__ = ["Live"]

_QUICK_SECONDS: Final = 5.0
_MOST_QUICK_ENDS: Final = 3

Tell = Callable[[str, dict[str, Any]], object]


class Live:
    """Keeps a plugin running on a host.

    Args:
        host: fires its hooks.
        manifest: the plugin's ``plugin.json``.
        tell: called with what has happened, ``started``, ``reloaded``, ``installed``, ``failed``, ``ended``, ``log``,
            and its figures.
        runtime: more arguments for ``python -m mmhooks.runtime``.
    """

    def __init__(self, host: Host, manifest: Path, tell: Tell, *, runtime: Sequence[str] = ()) -> None:
        self.host = host
        self.traces: Recorder[dict[str, Any]] = Recorder(keep=1000)
        """What happened in each hook call; see `mmhooks.runtime.trace`. ``number`` counts on over reloads."""
        self.problem = ""
        """Why the code as it is now does not run; empty if it does."""
        self._tell = tell
        self._path = manifest
        self._runtime = tuple(runtime)
        self._source = self._files()
        self._lock = threading.RLock()
        self._servant: ServantProcess | None = None
        self._is_on = True
        self._is_closed = False
        self._quick_ends = 0
        host.runner = self

    @property
    def is_on(self) -> bool:
        """Whether the plugin is enabled; it may still not run, see `problem`."""
        return self._is_on

    @property
    def source(self) -> Source:
        """What runs, or is to: the files, or a bundle."""
        return self._source

    @property
    def servant(self) -> ServantProcess | None:
        """The plugin's process; None while there is none."""
        return self._servant

    def start(self, began: float | None = None) -> bool:
        """Start what is in the files now; say whether it runs.

        Args:
            began: `time.monotonic` of what it is to be timed from; now without one.
        """
        return self._replace("started", time.monotonic() if began is None else began, self._current)

    def reload(self, began: float) -> bool:
        """Put what is in the files now in the place of what runs; if it cannot run, the last good version stays.

        Args:
            began: `time.monotonic` of the save, to tell how long it took.

        Returns:
            Whether it runs.
        """
        self._quick_ends = 0
        return self._replace("reloaded", began, self._files)

    def _files(self) -> Source:
        return from_files(self._path, self._runtime)

    def _current(self) -> Source:
        """What is to run: a bundle if one was installed since the last save."""
        return self._source if self._source.unpacked is not None else self._files()

    def unpack(self, bundle: Bundle) -> Callable[[], bool]:
        """Prepare a bundle to run in the place of the files, until one of those is saved.

        Its packages are all that it gets, as on a server with a Python that has none of its own.

        Args:
            bundle: its file is not needed afterwards.

        Returns:
            Lets it run, and says whether it does, or will once the plugin is enabled. If not, what ran before stays;
            see `problem`.

        Raises:
            BundleError: it cannot be unpacked, or needs another Python.
        """
        began = time.monotonic()
        source = from_bundle(bundle)
        return lambda: self._install(source, began)

    def _install(self, source: Source, began: float) -> bool:
        self._quick_ends = 0
        with self._lock:
            if not self._is_on:
                self._take(source).discard()
                return True
        if self._replace("installed", began, lambda: source):
            return True
        source.discard()
        return False

    def _take(self, source: Source) -> Source:
        """Let the plugin's code come from there; return where it came from."""
        before, self._source = self._source, source
        self.host.set_manifest(source.manifest.raw)
        self.host.bundle_path = source.path.resolve().parent
        return before

    def _replace(self, event: str, began: float, find: Callable[[], Source]) -> bool:
        with self._lock:
            if self._is_closed or not self._is_on:
                return False
            try:
                source = find()
                self._check(source.manifest)
                servant = self._launched(source)
            except MmhooksError as error:
                self.fail(str(error))
                return False
            old, self._servant = self._servant, None
            if old is not None:
                self._deactivate(old)
            before = self._take(source)
            try:
                self._activate(servant)
            except MmhooksError as error:
                servant.close()
                self.fail(f"on_activate: {error}" if isinstance(error, AppError) else str(error))
                self._take(before)
                self._go_back(old)
                return False
            self._servant = servant
            self.problem = ""
        figures = {
            "version": source.manifest.version,
            "ms": round((time.monotonic() - began) * 1000),
            "hooks": len(servant.hooks.implemented()),
        }
        self._tell(event, figures)
        if old is not None:
            old.close()  # once the calls under way have ended
        if before is not source:
            before.discard()
        return True

    def _check(self, manifest: Manifest) -> None:
        if manifest.id != self.host.plugin_id:
            raise MmhooksError(
                f"{manifest.source}: id: was {self.host.plugin_id!r} when this host was started; "
                "start 'mmhooks dev' again to have the new one"
            )

    def _launched(self, source: Source) -> ServantProcess:
        born = time.monotonic()
        servant = ServantProcess(
            source.path,
            self.host.api,
            on_log=self._log,
            on_death=lambda code: self._died(servant, code, time.monotonic() - born),
            command=source.command,
            environment=source.environment,
        )
        try:
            servant.hooks.implemented()
            servant.trace(self._note)
        except BaseException:
            servant.close()
            raise
        return servant

    def _note(self, trace: dict[str, Any]) -> None:
        self.traces.add({"number": self.traces.number(), **trace})

    def _log(self, record: dict[str, Any]) -> None:
        self._tell("log", record)

    def _activate(self, servant: ServantProcess) -> None:
        """What a server does when a plugin is enabled: hooks reach it only afterwards."""
        implemented = servant.hooks.implemented()
        self.host.declare(servant.settings())
        if "on_configuration_change" in implemented:
            try:
                servant.hooks.call("on_configuration_change")
            except AppError as error:
                self.host.log("error", "on_configuration_change failed", error=str(error))
        self.host.api.forget_commands()
        if "on_activate" in implemented:
            servant.hooks.call("on_activate")
        self.host.attach(servant.hooks)

    def _deactivate(self, servant: ServantProcess) -> None:
        self.host.detach()
        if servant.alive and "on_deactivate" in servant.hooks.implemented():
            try:
                servant.hooks.call("on_deactivate")
            except MmhooksError as error:
                self.host.log("error", "on_deactivate failed", error=str(error))

    def _go_back(self, old: ServantProcess | None) -> None:
        """The last good version is activated again."""
        if old is None or not old.alive:
            return
        try:
            self._activate(old)
            self._servant = old
        except MmhooksError as error:
            old.close()
            self.fail(f"the last good version could not be activated again: {error}")

    def fail(self, problem: str) -> None:
        """Say why the files as they are now do not run; what runs goes on."""
        self.problem = problem
        self._tell("failed", {"error": problem, "stays": self._servant is not None})

    def _died(self, servant: ServantProcess, code: int, life: float) -> None:
        with self._lock:
            if servant is not self._servant or self._is_closed:
                return
            self._servant = None
            self.host.detach()
            servant.close()
            self._quick_ends = self._quick_ends + 1 if life < _QUICK_SECONDS else 0
        self._tell("ended", {"code": code})
        if self._quick_ends < _MOST_QUICK_ENDS:
            self._replace("started", time.monotonic(), self._current)
        else:
            self.fail("the plugin's process ends again and again; it is started when a file is saved")

    def switch(self, is_on: bool) -> None:
        """Activate or deactivate the plugin, as an administrator does; nothing to do if it is so already."""
        with self._lock:
            if is_on and self._servant is not None:
                return
            self._is_on = is_on
            servant, self._servant = self._servant, None
            if servant is not None:
                self._deactivate(servant)
                servant.close()
        if is_on:
            self.start()

    def call_again(self, hook: str, request: bytes) -> Any:
        """Fire a call again, with the code as it is now.

        Args:
            hook: its name.
            request: its message, from its trace.

        Raises:
            AppError: the hook refused.
            MmhooksError: there is no plugin that implements it, or its content was a stream.
        """
        servant = self._servant
        if servant is None or hook not in servant.hooks.implemented():
            raise MmhooksError(f"no package implements {hook} now")
        if HOOKS[hook].stream_in or HOOKS[hook].stream_out:
            raise MmhooksError(f"{hook} cannot be fired again: its content came as a stream and was not kept")
        return servant.hooks.call_again(hook, request)

    def close(self) -> None:
        """Deactivate the plugin and end its process."""
        with self._lock:
            self._is_closed = True
            servant, self._servant = self._servant, None
            if servant is not None:
                self._deactivate(servant)
                servant.close()
            self._source.discard()
