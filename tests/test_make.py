"""`make` says in one sentence what is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]


@pytest.fixture
def make(tmp_path):
    """Run `make demo` with a `.venv` of its own and an interpreter."""
    if shutil.which("make") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("needs make; in CI nothing is left out")
        pytest.skip("needs make")

    def run(python):
        command = ["make", "demo", f"VENV={tmp_path / 'venv'}", f"PYTHON={python}"]
        return subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)

    return run


def interpreter(path, condition):
    """A Python that fails where the condition holds for what it is asked."""
    path.write_text(f'#!/bin/sh\ncase "$*" in --version) echo Python 3.9.2;; {condition}) exit 1;; esac\n')
    path.chmod(0o755)
    return path


def test_no_python(make):
    done = make("no-such-python")
    assert done.returncode != 0
    assert "there is no no-such-python; install Python 3.11 or newer" in done.stderr


def test_python_too_old(make, tmp_path):
    done = make(interpreter(tmp_path / "python", "*version_info*"))
    assert done.returncode != 0
    assert "Python 3.9.2 is too old; Python 3.11 or newer is needed" in done.stderr


def test_no_venv_module(make, tmp_path):
    done = make(interpreter(tmp_path / "python", "*ensurepip*"))
    assert done.returncode != 0
    assert (
        "this Python has no venv module; install it (Debian, Ubuntu: apt install python3-venv)" in done.stderr
    )


def test_help_lists_the_targets(make):
    done = subprocess.run(["make"], cwd=TOP, capture_output=True, text=True, check=True)
    targets = (
        "demo",
        "test",
        "gen",
        "gen-check",
        "fmt",
        "lint",
        "types",
        "go",
        "e2e",
        "bench",
        "bundle",
        "docs",
    )
    for target in (*targets, "clean"):
        assert f"  make {target} " in done.stdout
