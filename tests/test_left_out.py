"""Tests whose tool is missing are left out by name; in CI they fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
TESTS = """
import pytest

@pytest.mark.go
def test_go(): ...

@pytest.mark.server
def test_server(): ...

@pytest.mark.idle
def test_idle(): ...

def test_plain(): ...
"""


@pytest.fixture
def run(tmp_path):
    """Run four tests with this suite's conftest.py where there is no tool at all."""
    (tmp_path / "conftest.py").write_text(Path(__file__).with_name("conftest.py").read_text())
    (tmp_path / "test_four.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  go\n  node\n  server\n  idle\n  index\n")

    def run(*arguments, ci="false"):
        environment = {"HOME": os.environ.get("HOME", ""), "PATH": str(tmp_path), "CI": ci}
        command = [sys.executable, "-m", "pytest", "-q", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return run


def test_skipped_with_what_they_need(run):
    done = run()
    assert done.returncode == 0
    assert "1 skipped: needs the Go toolchain (go on the PATH)" in done.stdout
    assert "1 skipped: needs a Mattermost server" in done.stdout


def test_deselected_with_the_command_to_run_them(run):
    done = run("-m", "not go and not server and not idle")
    assert done.returncode == 0
    assert "1 marked go: need the Go toolchain (go on the PATH); run them with: pytest -m go" in done.stdout
    assert "pytest -m server" in done.stdout
    assert "1 marked idle: need minutes of waiting; run them with: pytest -m idle" in done.stdout


def test_a_failure_in_ci(run):
    done = run("-m", "go", ci="true")
    assert done.returncode == 1
    assert "in CI nothing is left out" in done.stdout
