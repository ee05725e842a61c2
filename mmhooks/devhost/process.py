"""The servant as the embedded host's child process."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from mmhooks.devhost.connection import Connection
from mmhooks.devhost.server import APIServer
from mmhooks.errors import MmhooksError

START_TIMEOUT: Final = 60.0
"""Seconds that a servant has for its handshake: packages may be slow to import."""
STOP_TIMEOUT: Final = 8.0

ENVIRONMENT: Final = frozenset(
    {"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
)
"""What a servant inherits of the host's environment; names that begin with ``MMHOOKS_`` beside."""

logger = logging.getLogger("mmhooks.host")

OnLog = Callable[[dict[str, Any]], None]


class ServantProcess(Connection):
    """Starts a servant, connects to it, and notices its end.

    Args:
        manifest: the plugin's ``plugin.json``.
        api: an object with every method of `API`, served to the plugin.
        on_log: gets each of the servant's log records, a dictionary in hclog's shape.
        on_death: called with the exit code when the servant ends without being told to.
        command: starts the servant; another interpreter, for instance.
        start_timeout: seconds that it has for its handshake.
        environment: variables beside those that every servant gets.

    Raises:
        MmhooksError: the plugin did not start; the message carries what it said.
    """

    def __init__(
        self,
        manifest: Path,
        api: Any,
        *,
        on_log: OnLog | None = None,
        on_death: Callable[[int], None] | None = None,
        command: Sequence[str] = (sys.executable, "-m", "mmhooks.runtime"),
        start_timeout: float = START_TIMEOUT,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        token = secrets.token_urlsafe(32)
        self._on_log = on_log or _to_logging
        self._on_death = on_death
        self._stopping = False
        self._complaints: list[str] = []
        self._server = APIServer(api, token=token)
        try:
            self._process = self._spawn([*command, "--manifest", str(manifest)], token, environment or {})
            target = self._handshake(start_timeout)
        except BaseException:
            self._server.close(0)
            raise
        super().__init__(target, token)
        threading.Thread(target=self._wait, name="mmhooks-servant", daemon=True).start()

    @property
    def pid(self) -> int:
        """The servant's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """Ends the servant: politely, then by force, with all the processes that it has started."""
        self._stopping = True
        if self.alive:
            self._process.terminate()
            try:
                self._process.wait(STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                logger.warning("the plugin did not end within %.0f s and was killed", STOP_TIMEOUT)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._reap()
        super().close()
        self._server.close()

    def _reap(self) -> None:
        self._process.wait()
        self._reader.join(2)
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None and not (pipe is self._process.stderr and self._reader.is_alive()):
                pipe.close()

    def _spawn(self, command: list[str], token: str, more: Mapping[str, str]) -> subprocess.Popen[bytes]:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name in ENVIRONMENT or name.startswith("MMHOOKS_")
        }
        environment |= {
            **more,
            "MATTERMOST_PLUGIN_API_TARGET": self._server.target,
            "MATTERMOST_PLUGIN_API_TOKEN": token,
            "MATTERMOST_PLUGIN_API_FRAMES": self._server.frames,
            "PYTHONUNBUFFERED": "1",
        }
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            raise MmhooksError(f"cannot start {command[0]}: {error.strerror}") from None
        self._reader = threading.Thread(
            target=self._read_logs, args=(process,), name="mmhooks-log", daemon=True
        )
        self._reader.start()
        return process

    def _handshake(self, timeout: float) -> str:
        """The servant's address, from the one line that it writes to its standard output."""
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], timeout)
        line = self._process.stdout.readline().decode(errors="replace").strip() if ready else ""
        parts = line.split("|")
        if len(parts) == 5 and parts[0] == "1" and parts[4] == "grpc":
            return f"unix:{parts[3]}" if parts[2] == "unix" else parts[3]
        if not ready:
            self._process.kill()
            self._reap()
            raise MmhooksError(
                f"the plugin did not start within {timeout:.0f} s; do its packages import slowly?"
            )
        self._reap()
        said = "\n".join(self._complaints[-20:]) or f"it printed {line!r}"
        raise MmhooksError(f"the plugin did not start: {said}")

    def _read_logs(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stderr is not None
        for line in process.stderr:
            text = line.decode(errors="replace").rstrip("\n")
            try:
                record = json.loads(text)
            except ValueError:
                record = None
            if not isinstance(record, dict) or "@message" not in record:
                record = {"@level": "debug", "@message": text, "@module": "stderr"}
            if record["@level"] == "error" or record["@module"] == "stderr":
                self._complaints.append(str(record["@message"]))
                del self._complaints[:-50]
            self._on_log(record)

    def _wait(self) -> None:
        code = self._process.wait()
        if self._stopping:
            return
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        logger.error("the plugin has ended (%s); its hooks are not called until it is started again", how)
        if self._on_death is not None:
            self._on_death(code)


def _to_logging(record: dict[str, Any]) -> None:
    level = {"error": logging.ERROR, "warn": logging.WARNING, "info": logging.INFO}.get(
        record.get("@level", ""), logging.DEBUG
    )
    logging.getLogger(f"mmhooks.plugin.{record.get('@module', '')}").log(
        level, "%s", record.get("@message", "")
    )
