"""A bridge beside a real server, whose servant is in the test's process."""

from __future__ import annotations

import asyncio
import json
import queue
import shutil
import sys
import tempfile
import time
from collections.abc import Coroutine, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from mmhooks.api.client import API, AsyncAPI
from mmhooks.bundle.bridge import bridge_binary
from mmhooks.bundle.manifest import parse_manifest
from mmhooks.errors import AppError, MmhooksError
from mmhooks.runtime.dispatch import Dispatcher
from mmhooks.runtime.plugin import close_channels, open_transports
from mmhooks.runtime.servant import Servant
from mmhooks.runtime.statistics import Statistics
from mmhooks.runtime.threads import BackgroundLoop
from mmhooks.server.attached import Bridge
from mmhooks.server.connection import Server
from mmhooks.testing.fault import Faults
from mmhooks.testing.relay import ENVIRONMENT, SERVANT, write
from mmhooks.testing.wire import clients

__all__ = ["AttachedWire"]

T = TypeVar("T")
_SECONDS: Final = 30.0


class AttachedWire:
    """A bridge beside the server, whose servant is in this process."""

    def __init__(self, server: Server, faults: Faults) -> None:
        self._server = server
        self._faults = faults
        self._loop = BackgroundLoop("mmhooks-testing-loop")
        self._folder = Path()
        self._channels: tuple[object, ...] = ()
        self._bridge: Bridge | None = None
        self._servant: Servant | None = None
        self._clients: tuple[API, AsyncAPI] | None = None

    @property
    def api(self) -> API:
        return self._both()[0]

    @property
    def async_api(self) -> AsyncAPI:
        return self._both()[1]

    def _both(self) -> tuple[API, AsyncAPI]:
        if self._clients is None:
            raise MmhooksError("on a real server there is an API only for a plugin: call mm.load first")
        return self._clients

    def attach(self, dispatcher: Dispatcher, document: Mapping[str, Any]) -> None:
        """Make the plugin the server's, and wait until it is active.

        Raises:
            AppError: it could not be activated.
        """
        self._folder = Path(tempfile.mkdtemp(prefix="mmhooks-t-"))
        events: queue.Queue[Mapping[str, Any]] = queue.Queue()
        command = (sys.executable, "-m", "mmhooks.testing.relay", str(self._folder))
        self._bridge = Bridge(
            bridge_binary(),
            parse_manifest(document),
            self._server.name,
            command,
            has_deadlines=False,
            tell=lambda bridge, event: events.put(event),
        )
        given = json.loads(_appearing(self._folder / ENVIRONMENT))
        self._run(self._serve(dispatcher, given))
        reattach = _wanted(events, "ready")["reattach"]
        body = {"Manifest": document, "PluginReattachConfig": reattach}
        self._server.send("POST", "/plugins/reattach", json=body)
        if error := _wanted(events, "activated").get("error"):
            raise AppError(str(error), id="mmhooks.on_activate.failed", status_code=500)

    async def _serve(self, dispatcher: Dispatcher, given: Mapping[str, str]) -> None:
        target, token = given["MATTERMOST_PLUGIN_API_TARGET"], given["MATTERMOST_PLUGIN_API_TOKEN"]
        transport, async_transport, self._channels = open_transports(
            target, token, given.get("MATTERMOST_PLUGIN_API_FRAMES", "")
        )
        self._clients = clients(transport, async_transport, self._faults)
        dispatcher.pm.set_api(*self._clients)
        dispatcher.pm.lanes.loop = asyncio.get_running_loop()
        self._servant = Servant(dispatcher, Statistics())
        path = self._folder / "s.sock"
        await self._servant.start(f"unix:{path}")
        write(self._folder / SERVANT, str(path))

    def release(self) -> None:
        if self._bridge is not None:
            self._bridge.close()
        if self._servant is not None:
            self._run(self._servant.stop(1))
            self._run(close_channels(self._channels))
            shutil.rmtree(self._folder, ignore_errors=True)
        self._bridge, self._servant, self._clients, self._channels = None, None, None, ()

    def close(self) -> None:
        self.release()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop.get()).result(_SECONDS)


def _appearing(file: Path) -> str:
    end = time.monotonic() + _SECONDS
    while not file.exists():
        if time.monotonic() > end:
            raise MmhooksError("the bridge does not start what stands for the servant; see its output above")
        time.sleep(0.005)
    return file.read_text()


def _wanted(events: queue.Queue[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    while (event := events.get(timeout=_SECONDS))["event"] != name:
        if event["event"] in ("failed", "gone", "given_up"):
            raise MmhooksError(f"the bridge could not attach the plugin: {event.get('error', event)}")
    return event
