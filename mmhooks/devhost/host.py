"""The embedded host: plays the server's part for one plugin."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol, Self

from mmhooks.api.models import Post, Session, User, WebsocketBroadcast
from mmhooks.bundle.archive import Bundle
from mmhooks.bundle.builder import with_settings
from mmhooks.devhost.api import HostAPI
from mmhooks.devhost.clock import Clock, SystemClock
from mmhooks.devhost.config import overlay
from mmhooks.devhost.events import Event, LogRecord, Recorder
from mmhooks.devhost.hooks import Firing, HookPort
from mmhooks.devhost.outgoing import Outgoing
from mmhooks.devhost.pending import PendingPosts
from mmhooks.devhost.store import Store
from mmhooks.devhost.workers import Workers

__all__ = ["Host", "PluginRunner"]

_LEVELS: Final = {"debug": 10, "info": 20, "warn": 30, "error": 40, "audit": 20}
_logger = logging.getLogger("mmhooks.host")


class PluginRunner(Protocol):
    """Runs the plugin for a host."""

    @property
    def problem(self) -> str:
        """Why the plugin does not run as it is to; empty if it does."""
        ...

    def switch(self, is_on: bool) -> None:
        """Activate or deactivate the plugin."""
        ...

    def unpack(self, bundle: Bundle) -> Callable[[], bool]:
        """Unpack a bundle; what is returned lets it run from now on, and says whether it does.

        Raises:
            BundleError: it cannot be unpacked, or is not for this Python.
        """
        ...


class Host:
    """A workspace with its plugin API, whose actions fire the hooks of the plugin attached to it.

    Args:
        store: where the workspace is kept; the host closes it. In memory without one.
        hooks: the plugin; see `attach`.
        clock: what time it is.
        plugin_id: the plugin's id, whose KV store and commands these are; from the manifest without one.
        manifest: the plugin's ``plugin.json``.
        config: sections and keys of the server's configuration, put over what the workspace has stored.
        bundle_path: where the plugin's files are.
    """

    def __init__(
        self,
        store: Store | None = None,
        hooks: HookPort | None = None,
        clock: Clock | None = None,
        *,
        plugin_id: str = "",
        manifest: Mapping[str, Any] | None = None,
        config: Mapping[str, Any] | None = None,
        bundle_path: str | Path = ".",
    ) -> None:
        self.store = store or Store()
        self.clock = clock or SystemClock()
        self.plugin_id = plugin_id or str((manifest or {}).get("id", "")) or "mmhooks.plugin"
        self._declared: list[dict[str, Any]] = []
        self.set_manifest(manifest or {})
        self.bundle_path = Path(bundle_path)
        self.port: HookPort | None = hooks
        self.runner: PluginRunner | None = None
        """What an administrator may do with the plugin; set by the program that runs it."""
        self.events: Recorder[Event] = Recorder()
        self.logs: Recorder[LogRecord] = Recorder()
        self.ephemeral: Recorder[tuple[str, Post]] = Recorder()
        self.pending = PendingPosts()
        self.workers = Workers(
            lambda error: self.log("error", "a task of the host failed", error=repr(error))
        )
        self.firing = Firing(self)
        self.api = HostAPI(self)
        self.outgoing = Outgoing(self.api.setting)
        self.api.prepare(overlay({}, config or {}))

    def set_manifest(self, manifest: Mapping[str, Any]) -> None:
        """Take another ``plugin.json``."""
        self._own_manifest = {"id": self.plugin_id, **manifest}
        self._merge_manifest()

    def declare(self, settings: Sequence[Mapping[str, Any]]) -> None:
        """Add to the manifest what packages declare with `register_settings`, as a bundle's manifest has it."""
        self._declared = [dict(one) for one in settings]
        self._merge_manifest()

    def _merge_manifest(self) -> None:
        self.manifest: dict[str, Any] = with_settings(self._own_manifest, self._declared)

    def attach(self, port: HookPort) -> None:
        """Fire hooks through this port from now on."""
        self.port = port

    def detach(self) -> None:
        """Fire no more hooks."""
        self.port = None
        self.api.forget_commands()

    def drain(self, timeout: float | None = None) -> bool:
        """Wait until every ``*_has_been_*`` hook under way has ended, and what those have set off.

        Returns:
            Whether that was so within `timeout` seconds.
        """
        return self.workers.settle(timeout=timeout)

    def close(self, timeout: float | None = 10) -> None:
        """Wait for hooks under way, then close the store. Closing twice does no harm."""
        self.workers.close(timeout)
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def log(self, level: str, message: str, **fields: Any) -> None:
        """Add a line of the host's own to the server's log."""
        self.record(level, message, "", fields)

    def record(self, level: str, message: str, plugin_id: str, fields: Mapping[str, Any]) -> None:
        """Add a line to the server's log: to `logs` and to the logger ``mmhooks.host``."""
        at = self.clock.now()
        line = LogRecord(at=at, level=level, message=message, plugin_id=plugin_id, fields=dict(fields))
        self.logs.add(line)
        if _logger.isEnabledFor(_LEVELS[level]):
            tail = "".join(f" {name}={value!r}" for name, value in fields.items())
            _logger.log(_LEVELS[level], "%s%s%s", f"{plugin_id}: " if plugin_id else "", message, tail)

    def publish(self, name: str, data: Mapping[str, Any], broadcast: WebsocketBroadcast) -> None:
        """Send a WebSocket event: to `events` and whoever has subscribed to them."""
        seq = self.events.number()
        self.events.add(Event(seq=seq, at=self.clock.now(), name=name, data=dict(data), broadcast=broadcast))

    def log_in(self, user: User | str, *, device_id: str = "") -> Session:
        """Log a user in as the server does once the password is found right.

        Args:
            user: the user, or the username or id.
            device_id: set for a mobile client.

        Raises:
            AppError: there is no such user, or a plugin refuses the login (400).
        """
        return self.api.log_in(user if isinstance(user, User) else self.api.find_user(user), device_id)
