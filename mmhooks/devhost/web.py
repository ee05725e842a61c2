"""An HTTP server round an ASGI application, in a thread of its own."""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from typing import Any, Final, Self

from mmhooks.errors import MmhooksError

__all__ = ["WebServer"]

_START_SECONDS: Final = 10.0


class WebServer:
    """Serves an application from the moment it is made until `close`.

    Args:
        app: the ASGI application.
        host: where to listen; loopback alone unless told otherwise.
        port: 0 for any that is free.

    Raises:
        MmhooksError: the address is taken or not this machine's.
    """

    def __init__(self, app: Any, host: str = "127.0.0.1", port: int = 0) -> None:
        import uvicorn

        self._listener = _listen(host, port)
        self.port: int = self._listener.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self.port}"
        """Its address, without a slash at the end."""
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws_max_size=64 << 20,
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="mmhooks-web", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self._server.run([self._listener])

    def close(self) -> None:
        """Answer what is under way, then listen no more."""
        self._server.should_exit = True
        self._thread.join(_START_SECONDS)
        self._listener.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        raise MmhooksError(
            f"cannot listen on {host}:{port}: {error.strerror or error}; choose another port"
        ) from None
    return listener
