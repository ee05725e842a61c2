"""Lets a debugger in, if one was asked for."""

from __future__ import annotations

import importlib
import logging
import socket
import threading
from typing import Final

from mmhooks.errors import MmhooksError

__all__ = ["listen"]

_PAUSE: Final = 0.1
_TRIES: Final = 300
_HOST: Final = "127.0.0.1"

logger = logging.getLogger("mmhooks.debugger")


def listen(port: int, *, wait: bool) -> None:
    """Listen for debugpy's clients on loopback.

    A servant that takes over from another one finds the port taken until that one has ended; it then listens as soon
    as it can.

    Args:
        port: where.
        wait: return once a client has come.

    Raises:
        MmhooksError: debugpy is not installed.
    """
    try:
        debugpy = importlib.import_module("debugpy")
    except ModuleNotFoundError:
        raise MmhooksError("--debugpy needs debugpy; install it: pip install debugpy") from None
    if not _is_free(port):
        threading.Thread(target=_later, args=(debugpy, port), name="mmhooks-debugger", daemon=True).start()
        return
    debugpy.listen((_HOST, port))
    logger.info("debugpy listens on port %d", port)
    if wait:
        debugpy.wait_for_client()


def _later(debugpy: object, port: int) -> None:
    pause = threading.Event()
    for _ in range(_TRIES):
        if _is_free(port):
            debugpy.listen((_HOST, port))  # type: ignore[attr-defined]  # imported by name: it is optional
            logger.info("debugpy listens on port %d", port)
            return
        pause.wait(_PAUSE)
    logger.warning("debugpy cannot listen: port %d is taken; name another one", port)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return False
    return True
