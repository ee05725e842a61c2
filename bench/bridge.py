"""A plugin in Python through the bridge against its twin in Go, both in the server's own loader."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from bench.measure import Row

BRIDGE = Path(__file__).parents[1] / "bridge"
METRIC = re.compile(r"([0-9.e+]+) (go|python)-(\S+)")
ROWS = {
    "BenchmarkHook": ("MessageWillBePosted", 4.5),
    "BenchmarkHooksAtOnce": ("64 MessageWillBePosted in flight", 0.0),
    "BenchmarkHookThatCallsTheAPI": ("MessageWillBePosted with an API call", 0.0),
    "BenchmarkSmallGet": ("ServeHTTP, small GET", 0.0),
    "BenchmarkDownload": ("ServeHTTP, 64 MiB", 0.0),
}
"""Benchmark in bridge/cmd/mmhooks-bridge/bench_test.go -> title, and aim of its p50."""


def run(rounds: int) -> list[Row]:
    """Both take turns in the same rounds; p50, p99 and rates over all of them."""
    if shutil.which("go") is None:
        print("bench: the bridge is left out: there is no go on the PATH", file=sys.stderr)
        return []
    command = ["go", "test", "-json", "-run", "^$", "-bench", ".", "-benchtime", f"{rounds}x"]
    done = subprocess.run([*command, "./cmd/mmhooks-bridge"], cwd=BRIDGE, capture_output=True, text=True)
    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode:
        said = "".join(event.get("Output", "") for event in events)
        raise SystemExit(f"bench: the bridge's benchmarks failed:\n{said}{done.stderr}")
    return [
        row
        for name in ROWS
        for row in _rows(name, "".join(e.get("Output", "") for e in events if e.get("Test") == name))
    ]


def _rows(benchmark: str, output: str) -> list[Row]:
    title, aim = ROWS[benchmark]
    values: dict[str, dict[str, float]] = {}
    for value, who, metric in METRIC.findall(output):
        values.setdefault(metric, {})[who] = float(value)
    return [_row(title, metric, found, aim) for metric, found in values.items()]


def _row(title: str, metric: str, found: dict[str, float], aim: float) -> Row:
    kind, _, unit = metric.rpartition("-")
    unit = {"calls/s": "/s"}.get(unit, unit)
    name = f"bridge: {title}{f', {kind}' if kind else ''}"
    return Row(name, "the same in Go", found["python"], found["go"], unit, aim if kind == "p50" else 0.0)
