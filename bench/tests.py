"""A thousand tests of a hookimpl with the fixture `mm`, against as many that do nothing: whole runs of pytest."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measure import Row

COUNT = 1000
EMPTY = f"""
import pytest

@pytest.mark.parametrize("number", range({COUNT}))
def test_nothing(number):
    pass
"""
SHOUT = f"""
import pytest
from mmhooks import hookimpl, reject

class Shout:
    @hookimpl
    def message_will_be_posted(self, post):
        if "secret" in post.message:
            return reject("no secrets")
        return post.evolve(message=post.message.upper())

@pytest.mark.parametrize("number", range({COUNT}))
def test_shouting(mm, number):
    mm.load(Shout())
    ann = mm.user("ann")
    assert mm.post("hi", by=ann).post.message == "HI"
    outcome = mm.post("a secret", by=ann)
    assert outcome.rejected and outcome.reason == "no secrets"
"""
AIM_SECONDS = 60.0


def run(rounds: int) -> list[Row]:
    """In one process, and with gRPC between host and plugin; each run takes seconds, so at most three rounds."""
    with tempfile.TemporaryDirectory() as folder:
        floor, ours, across = [], [], []
        for _ in range(min(rounds, 3)):
            floor.append(_pytest(folder, EMPTY))
            ours.append(_pytest(folder, SHOUT))
            across.append(_pytest(folder, SHOUT, "--mm-host", "devhost"))
    base = statistics.median(floor)
    aim = AIM_SECONDS / base
    return [
        Row(
            f"{COUNT:,} tests with mm{how}", "tests that do nothing", statistics.median(taken), base, "s", aim
        )
        for how, taken in (("", ours), (", across gRPC", across))
    ]


def _pytest(folder: str, text: str, *options: str) -> float:
    Path(folder, "test_bench.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, folder]
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start
