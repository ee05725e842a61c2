"""``import mmhooks``: what it offers, and that it costs little."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mmhooks


def imported_for_type_checkers() -> dict[str, str]:
    tree = ast.parse(Path(mmhooks.__file__).read_text())
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.If):
            for statement in node.body:
                if isinstance(statement, ast.ImportFrom):
                    names.update({alias.name: str(statement.module) for alias in statement.names})
    return names


def test_the_two_tables_agree():
    names = imported_for_type_checkers()
    assert sorted(names) == sorted(mmhooks.__all__)
    assert names == {**mmhooks._MODULE_OF, "models": "mmhooks.api"}


@pytest.mark.parametrize("name", mmhooks.__all__)
def test_every_name_is_there(name: str):
    assert getattr(mmhooks, name) is not None
    assert name in dir(mmhooks)


def test_unknown_name():
    with pytest.raises(AttributeError, match="'mmhooks' has no attribute 'hookimp'"):
        mmhooks.hookimp  # noqa: B018  # type: ignore[attr-defined]


def test_import_loads_nothing_else():
    heavy = ("mmhooks.", "attr", "pluggy", "grpc")
    script = f"import sys, mmhooks; print([name for name in sys.modules if name.startswith({heavy})])"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
