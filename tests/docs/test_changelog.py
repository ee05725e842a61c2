"""The fragments make a changelog."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


@pytest.mark.slow
def test_every_fragment_is_taken() -> None:
    command = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "0"]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    fragments = [path.read_text().strip() for path in (TOP / "changelog.d").glob("*.md")]
    assert [text for text in fragments if text not in done.stdout] == []
