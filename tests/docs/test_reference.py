"""docs/reference fits the hookspecs and the embedded host."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from mmhooks.api._generated.client import METHODS
from mmhooks.specs import HOOKSPEC_MODULES
from mmhooks.specs.semantics import semantics_of

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.slow
def test_the_pages_are_up_to_date() -> None:
    command = [sys.executable, str(REFERENCE / "build.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_page_names_every_hook() -> None:
    text = (REFERENCE / "hooks.md").read_text()
    for module in map(import_module, HOOKSPEC_MODULES):
        for name, value in vars(module).items():
            if semantics_of(value) is not None and value.__module__ == module.__name__:
                assert f"\n### {name}\n" in text


def test_the_page_names_every_method() -> None:
    text = (REFERENCE / "host.md").read_text()
    assert [name for name in METHODS if f"\n| `{name}` |" not in text] == []
