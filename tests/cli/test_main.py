"""`mmhooks` itself: help, versions, wrong names, what is imported."""

import subprocess
import sys

import pytest

from mmhooks.cli.main import COMMANDS


def test_help_lists_the_commands(mmhooks):
    done = mmhooks("--help")
    assert done.exit_code == 0
    for name, line in COMMANDS.items():
        assert name in done.stdout
        assert line in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(mmhooks, name):
    done = mmhooks(name, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Usage: mmhooks {name}")
    assert "--debug" in done.stdout


def test_version(mmhooks):
    done = mmhooks("--version")
    assert done.exit_code == 0
    assert done.stdout.startswith("mmhooks, version ")


def test_an_unknown_command_names_the_nearest(mmhooks):
    done = mmhooks("rplay")
    assert done.exit_code == 2
    assert "there is no command 'rplay'; did you mean 'replay'?" in done.stderr


@pytest.mark.slow
def test_help_imports_no_command():
    code = """
import sys
from mmhooks.cli.main import main
try:
    main(["--help"])
except SystemExit:
    pass
wrong = [name for name in sys.modules if name in ("rich", "grpc", "mmhooks.devhost") or "cli.replay" in name]
assert not wrong, wrong
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
