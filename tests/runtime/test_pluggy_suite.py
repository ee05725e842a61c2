"""pluggy's own tests pass with our manager in the place of pluggy's."""

import os
import re
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest

CACHE = Path(__file__).parents[2] / ".cache" / "pluggy"
PLUGGY = version("pluggy")

CANNOT_APPLY: dict[str, str] = {}
"""Node id -> reason."""

MODULES = [
    "test_details.py",
    "test_helpers.py",
    "test_hookcaller.py",
    "test_invocations.py",
    "test_multicall.py",
    "test_pluginmanager.py",
    "test_result.py",
    "test_tracer.py",
    "test_warnings.py",
]


def unavailable(reason):
    """Leave the test out; in CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def fetch_sdist():
    """The source distribution of the pluggy that is installed: its wheel carries no tests."""
    found = sorted(CACHE.glob(f"pluggy-{PLUGGY}.tar.gz"))
    if not found:
        CACHE.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        command += ["--dest", str(CACHE), f"pluggy=={PLUGGY}"]
        fetched = subprocess.run(command, capture_output=True, text=True, timeout=180)
        found = sorted(CACHE.glob(f"pluggy-{PLUGGY}.tar.gz"))
        if not found:
            unavailable(f"pluggy's source distribution cannot be fetched: {fetched.stderr.strip()[-300:]}")
    return found[0]


@pytest.fixture
def suite(tmp_path):
    with tarfile.open(fetch_sdist()) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / f"pluggy-{PLUGGY}" / "testing"


@pytest.mark.slow
def test_pluggys_own_suite_passes_with_our_manager(suite):
    assert sorted(path.name for path in suite.glob("test_*.py")) == MODULES

    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "substitute_manager",
        "-p",
        "no:cacheprovider",
        "-q",
        "-rs",
    ]
    command += ["-o", "addopts=", "--rootdir", str(suite), "-c", os.devnull, str(suite)]
    command += [f"--deselect={node}" for node in CANNOT_APPLY]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), "PYTEST_ADDOPTS": ""}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=suite, timeout=300)

    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    passed = re.search(r"(\d+) passed", run.stdout)
    assert passed, run.stdout
    assert int(passed[1]) > 100, run.stdout
    assert "failed" not in run.stdout
