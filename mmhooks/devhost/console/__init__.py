"""The web console of the embedded host: the conversation, hook calls, stored values, the plugin, the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from mmhooks.devhost.console import page
from mmhooks.devhost.console.endpoint import Endpoints
from mmhooks.devhost.console.feed import Feed
from mmhooks.devhost.console.guard import Guard
from mmhooks.devhost.console.plugin import PluginView
from mmhooks.devhost.live import Live
from mmhooks.devhost.rest import rest_app

__all__ = ["Console"]


class Console:
    """A host's whole web application: REST v4, WebSocket, the plugin's pages, and the console, behind a guard.

    Args:
        live: the plugin on its host.
        token: lets into the console.
        listen: the address at which the host listens.
    """

    def __init__(self, live: Live, token: str, listen: str = "127.0.0.1") -> None:
        self.feed = Feed()
        plugin = PluginView(live)
        self._state = plugin.state
        self._unsubscribe = (
            live.traces.subscribe(lambda trace: self.feed.tell("trace", trace)),
            live.host.logs.subscribe(lambda record: self.feed.tell("log", attrs.asdict(record))),
        )
        routes = [
            *page.routes(live.host),
            *Endpoints(live, plugin, self.feed).routes(),
            Mount("/console/static", StaticFiles(packages=[("mmhooks.devhost.console", "static")])),
        ]
        self.app = Guard(rest_app(live.host, *routes), token, listen)
        """The ASGI application."""

    def tell(self, event: str, figures: Mapping[str, Any]) -> None:
        """Let browsers know what has become of the plugin."""
        self.feed.tell("plugin", {"event": event, **figures, "state": self._state()})

    def close(self) -> None:
        """End the connections of browsers."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self.feed.close()
