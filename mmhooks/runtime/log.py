"""Logs as the host reads them: one JSON object a line on stderr, in the shape that go-plugin's clients understand."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
import threading
import traceback
from datetime import UTC, datetime
from typing import Any, Final, TextIO

_LEVELS: Final = ((logging.ERROR, "error"), (logging.WARNING, "warn"), (logging.INFO, "info"), (0, "debug"))
_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
MAX_LINE: Final = 60 * 1024
"""Bytes of one log line: go-plugin cuts lines at 64 KiB."""
_PIECE: Final = MAX_LINE // 8
"""Characters of one: however they are escaped, they fit in."""


class HostHandler(logging.Handler):
    """Writes records to a stream: message, level, logger, and what was given as ``extra``."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._stream.write(_line(record) + "\n")
            self._stream.flush()
        except (OSError, ValueError):  # the host is gone; so are we, soon
            pass


def _line(record: logging.LogRecord) -> str:
    level = next(name for threshold, name in _LEVELS if record.levelno >= threshold)
    fields: dict[str, Any] = {
        "@level": level,
        "@message": record.getMessage(),
        "@module": record.name,
        "@timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds"),
    }
    fields |= {key: _plain(value) for key, value in vars(record).items() if key not in _STANDARD}
    if record.exc_info and record.exc_info[1] is not None:
        fields["traceback"] = "".join(traceback.format_exception(record.exc_info[1]))
    line = json.dumps(fields, ensure_ascii=False)
    if len(line.encode()) > MAX_LINE:
        for key in ("@message", "traceback"):
            if key in fields:
                fields[key] = f"{fields[key][: MAX_LINE // 8]} [cut]"
        line = json.dumps(
            {key: value for key, value in fields.items() if key[0] == "@" or key == "traceback"}
        )
    return line


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else repr(value)


class _LinesToLog(io.TextIOBase):
    """What is printed, as log records, a line each; one that is very long comes in pieces, before its end."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger
        self._part = ""
        self._lock = threading.Lock()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        with self._lock:
            *lines, part = (self._part + text).split("\n")
            whole = len(part) - len(part) % _PIECE
            lines += [part[place : place + _PIECE] for place in range(0, whole, _PIECE)]
            self._part = part[whole:]
        for line in lines:
            if line.strip():
                self._logger.info(line)
        return len(text)


def capture(level: int = logging.INFO) -> TextIO:
    """Sends logging and everything printed to the host's log.

    Returns:
        The real standard output: the handshake line goes there and nothing else ever does.
    """
    handshake = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what C code prints ends among the log lines
    root = logging.getLogger()
    root.handlers[:] = [HostHandler(os.fdopen(os.dup(2), "w", encoding="utf-8", errors="backslashreplace"))]
    root.setLevel(level)
    sys.stdout = _LinesToLog(logging.getLogger("stdout"))
    logging.captureWarnings(True)
    return handshake
