"""From spawning a servant to its handshake line, against importing what it stands on."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measure import Row

PACKAGE = """
from mmhooks import hookimpl

@hookimpl
def message_will_be_posted(post):
    return None
"""


def run(rounds: int) -> list[Row]:
    """A plugin of one small package."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "small_plugin.py").write_text(PACKAGE)
        python = {"entry_point": "small_plugin", "packages": ["small_plugin"]}
        manifest = {"id": "bench.plugin", "name": "Bench", "version": "1.0.0", "server": {"python": python}}
        path = Path(folder, "plugin.json")
        path.write_text(json.dumps(manifest))
        floor, ours = [], []
        for _ in range(rounds + 1):
            floor.append(_spawn([sys.executable, "-c", "import grpc, google.protobuf"], folder, line=False))
            ours.append(
                _spawn([sys.executable, "-m", "mmhooks.runtime", "--manifest", str(path)], folder, line=True)
            )
    return [
        Row(
            "servant, spawn to handshake",
            "import grpc, google.protobuf",
            statistics.median(ours[1:]) * 1e3,
            statistics.median(floor[1:]) * 1e3,
            "ms",
            2.0,
        )
    ]


def _spawn(command: list[str], folder: str, *, line: bool) -> float:
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"PYTHONPATH": folder, "PATH": ""}
    )
    assert process.stdout is not None
    with process.stdout:
        if line:
            process.stdout.readline()
            taken = time.perf_counter() - start
            process.terminate()
            process.wait()
            return taken
        process.wait()
    return time.perf_counter() - start
