"""A bridge that runs here, beside a server that did not start it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from mmhooks.bundle.manifest import Manifest

__all__ = ["Bridge"]

_END_SECONDS: Final = 20.0
"""The server itself waits 10 s for ``on_deactivate``."""

Event = Mapping[str, Any]


class Bridge:
    """One process of the bridge with its Python side. When this process ends, so does that one, however it ends.

    Args:
        program: the bridge.
        manifest: the plugin.
        socket: of the server's local mode; the bridge has itself detached there.
        command: starts what shakes hands as a servant does.
        has_deadlines: whether hooks have to answer in time.
        is_patient: whether it may take any time to start.
        tell: called from another thread with every event; the last one is ``gone``.
    """

    def __init__(
        self,
        program: Path,
        manifest: Manifest,
        socket: str,
        command: Sequence[str],
        *,
        has_deadlines: bool,
        is_patient: bool = False,
        tell: Callable[[Bridge, Event], object],
    ) -> None:
        self.manifest = manifest
        self.is_asked = False
        """Whether it was asked to end, or to make room for another one."""
        # Not in our process group: Ctrl-C is for us, and we end it in order.
        self._process = subprocess.Popen(
            [program, "attach"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0
        )
        self._tell = tell
        self._reader = threading.Thread(target=self._read, name="mmhooks-bridge", daemon=True)
        self._reader.start()
        assignment = {
            "id": manifest.id,
            "socket": str(Path(socket).resolve()),
            "command": list(command),
            "environment": _environment(manifest),
            "is_patient": is_patient,
            "deadlines": dict(manifest.python.deadlines) if has_deadlines else None,
        }
        self._order(json.dumps(assignment))

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._tell(self, json.loads(line))
        self._tell(self, {"event": "gone", "code": self._process.wait()})

    def _order(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{line}\n".encode())
            self._process.stdin.flush()
        except (BrokenPipeError, ValueError):  # it has ended: that is an event of its own
            pass

    def replace(self) -> None:
        """Ask for a new Python process with what is in the files now."""
        self._order("replace")

    def close(self) -> None:
        """Have the plugin detached if it is attached, and wait for the end of both processes."""
        self.is_asked = True
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _environment(manifest: Manifest) -> dict[str, str]:
    """What the Python side gets beside our own environment."""
    # What was compiled is trusted for a second and a size: too coarse for who saves often.
    environment = {"PYTHONDONTWRITEBYTECODE": "1"}
    if manifest.python.entry_point is not None:
        folder = str(Path(manifest.source).resolve().parent)
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH"))))
    return environment
