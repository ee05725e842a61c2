"""The warnings and errors of a run, equal ones once; and the whole log as it comes, for who wants it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from mmhooks.cli.report import LogLine
from mmhooks.devhost.events import LogRecord

__all__ = ["LogBook"]

_LEVELS: Final = {"debug": 10, "info": 20, "audit": 20, "warn": 30, "warning": 30, "error": 40}
_MOST: Final = 200
"""Different lines that are kept."""


class LogBook:
    """Takes lines from any thread.

    Args:
        level: from which level on lines are shown at once; None for none.
        show: shows one.
    """

    def __init__(self, level: str | None = None, show: Callable[[str], object] = print) -> None:
        self._lowest = _LEVELS[level] if level else 100
        self._show = show
        self._lock = threading.Lock()
        self._counts: dict[tuple[str, str, str], int] = {}

    def lines(self) -> list[LogLine]:
        """Warnings and errors, in the order of their first coming."""
        with self._lock:
            return [
                LogLine(level=level, source=source, message=message, count=count)
                for (level, source, message), count in self._counts.items()
            ]

    def add_host(self, record: LogRecord) -> None:
        """Take a line of the server's log, the plugin's own among them."""
        message = record.message
        if (error := record.fields.get("error")) is not None:
            message = f"{message}: {error}"
        self._add(record.level, record.plugin_id or "host", message)

    def add_servant(self, record: Mapping[str, Any]) -> None:
        """Take a line that the plugin's process has logged or printed."""
        text = str(record.get("@message", ""))
        if (trace := record.get("traceback")) and self._lowest <= 10:
            text = f"{text}\n{trace}"
        self._add(str(record.get("@level", "debug")), str(record.get("@module", "")), text)

    def _add(self, level: str, source: str, message: str) -> None:
        number = _LEVELS.get(level, 10)
        if number >= self._lowest:
            self._show(f"{level:5} {source}: {message}")
        if number < 30:
            return
        key = (level, source, message)
        with self._lock:
            if key in self._counts or len(self._counts) < _MOST:
                self._counts[key] = self._counts.get(key, 0) + 1

    @contextmanager
    def taking_over(self) -> Iterator[None]:
        """Keep Python's own logging from printing: what the host logs comes here already."""
        logger = logging.getLogger("mmhooks")
        handler = logging.NullHandler()
        before = logger.propagate
        logger.addHandler(handler)
        logger.propagate = False
        try:
            yield
        finally:
            logger.propagate = before
            logger.removeHandler(handler)
