"""Tests that need more than Python are left out where that is missing, and the end of a run says which."""

import os
import shutil
import signal
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

NEEDS = {
    "go": "the Go toolchain (go on the PATH)",
    "node": "Node.js with npm (npm on the PATH)",
    "server": "a Mattermost server: go to build it, PostgreSQL to run it (Debian: apt install postgresql)",
    "browser": "chromium (Debian: apt install chromium) and playwright (pip install playwright)",
    "idle": "minutes of waiting",
    "index": "a package index (pip installs what does not fit beside our own packages)",
}
LEFT_OUT = pytest.StashKey[Counter[str]]()


def is_there(marker):
    """Whether what a marker stands for can be used."""
    if marker in ("idle", "index"):
        return True
    if marker == "server":
        # Debian keeps it off the PATH, one folder per version.
        has_postgres = shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        return bool(has_postgres and shutil.which("go"))
    if marker == "browser":
        return shutil.which("chromium") is not None and find_spec("playwright") is not None
    return shutil.which({"go": "go", "node": "npm"}[marker]) is not None


def pytest_addoption(parser):
    parser.addoption(
        "--host",
        choices=["devhost", "server"],
        default=None,
        help="what tests/e2e and tests/conformance run on",
    )


def pytest_configure(config):
    if (
        signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    ):  # a shell's job in the background: processes inherit it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.stash[LEFT_OUT] = Counter()
    if config.option.host == "server" and not is_there("server"):
        raise pytest.UsageError(f"--host server needs {NEEDS['server']}")


def pytest_runtest_setup(item):
    for marker, need in NEEDS.items():
        if item.get_closest_marker(marker) and not is_there(marker):
            if os.environ.get("CI") == "true":
                pytest.fail(f"needs {need}; in CI nothing is left out", pytrace=False)
            pytest.skip(f"needs {need}")


def pytest_deselected(items):
    for item in items:
        item.config.stash[LEFT_OUT].update(marker for marker in NEEDS if item.get_closest_marker(marker))


def pytest_terminal_summary(terminalreporter, config):
    deselected = config.stash[LEFT_OUT] if config.option.markexpr else {}
    lines = [
        f"{count} marked {marker}: need {NEEDS[marker]}; run them with: pytest -m {marker}"
        for marker, count in deselected.items()
    ]
    skipped = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    lines += [f"{count} skipped: {reason.removeprefix('Skipped: ')}" for reason, count in skipped.items()]
    if lines:
        terminalreporter.section("tests left out")
        for line in lines:
            terminalreporter.line(line)
