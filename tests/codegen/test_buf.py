"""The protos pass buf's lint."""

import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


@pytest.mark.node
@pytest.mark.slow
def test_buf_lint_passes() -> None:
    command = ["npm", "exec", "--yes", "@bufbuild/buf@1.75.0", "--", "lint", "proto"]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
