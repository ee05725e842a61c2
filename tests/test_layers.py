"""Who may import whom, read from the source: left never imports right."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
PACKAGE = TOP / "mmhooks"

ORDER = ("errors", "_pb", "api", "specs", "runtime", "kit", "devhost", "testing", "pytest_plugin")
"""Each layer may import those before it."""

MAY_IMPORT: dict[str, set[str]] = {layer: set(ORDER[:place]) for place, layer in enumerate(ORDER)}
MAY_IMPORT["_pb"] = set()  # beside errors, not behind it
MAY_IMPORT["bundle"] = {"errors"}
for later in ORDER[ORDER.index("runtime") :]:
    MAY_IMPORT[later].add("bundle")
MAY_IMPORT["server"] = {"errors", "bundle"}
MAY_IMPORT["testing"].add("server")
MAY_IMPORT["cli"] = {*ORDER, "bundle", "server"} - {"pytest_plugin"}
MAY_IMPORT["mmhooks"] = {"errors", "api", "specs", "kit"}  # what a plugin author imports

KNOWS_GRPC = ("mmhooks.api.transport", "mmhooks.runtime.", "mmhooks.devhost.")
"""Beside these nobody imports gRPC; the generated messages need protobuf alone."""

OFFERED = ("mmhooks", "mmhooks.testing")
"""What plugin authors import."""


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
# pytest loads this one in every project, so it is a layer of its own.
LAYERS = {"mmhooks": "mmhooks", "mmhooks.testing.pytest_plugin": "pytest_plugin"}


def layer_of(module: str) -> str:
    return LAYERS.get(module) or module.split(".")[1]


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    kinds = (ast.Import, ast.ImportFrom, ast.Constant)
    return tuple(node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kinds))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and module of every import, those for type checkers and those inside of functions too."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            assert node.module
            # What is taken from a package may be a module, and then that is what is imported.
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield node.lineno, whole if whole in MODULES else node.module


def named(path: Path) -> Iterator[tuple[int, str]]:
    """Line and module of every text that is a module's name: what `import_module` is given."""
    for node in nodes(path):
        if isinstance(node, ast.Constant) and node.value in MODULES and node.value != "mmhooks":
            yield node.lineno, str(node.value)


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_left_never_imports_right(layer: str) -> None:
    wrong = [
        f"{path.relative_to(TOP)}:{line}: {layer} imports {imported}"
        for module, path in MODULES.items()
        if layer_of(module) == layer
        for line, imported in (*imports(path), *named(path))
        if imported.split(".")[0] == "mmhooks" and layer_of(imported) not in {layer, *MAY_IMPORT[layer]}
    ]
    assert wrong == []


def test_every_module_has_a_layer() -> None:
    assert {layer_of(module) for module in MODULES} == set(MAY_IMPORT)


def test_grpc_stays_at_the_edges() -> None:
    wrong = [
        f"{path.relative_to(TOP)}:{line}: {imported}"
        for module, path in MODULES.items()
        if not module.startswith(KNOWS_GRPC)
        for line, imported in imports(path)
        if imported.split(".")[0] in ("grpc", "grpc_health", "grpc_reflection")
    ]
    assert wrong == []


def test_the_generator_knows_nothing_of_mmhooks() -> None:
    wrong = [
        f"{path.relative_to(TOP)}:{line}"
        for path in (TOP / "proto" / "codegen").rglob("*.py")
        for line, imported in imports(path)
        if imported.split(".")[0] == "mmhooks"
    ]
    assert wrong == []


def test_examples_import_what_is_offered() -> None:
    wrong = [
        f"{path.relative_to(TOP)}:{line}: {imported}"
        for path in (TOP / "examples").rglob("*.py")
        for line, imported in imports(path)
        if imported.split(".")[0] == "mmhooks" and imported not in OFFERED
    ]
    assert wrong == []


IMPORT_EACH = """
import sys
from importlib import import_module

for name in sys.argv[1:]:
    for loaded in [loaded for loaded in sys.modules if loaded.split(".")[0] == "mmhooks"]:
        del sys.modules[loaded]
    try:
        import_module(name)
    except Exception as error:
        print(f"{name}: {type(error).__name__}: {error}")
"""


@pytest.mark.slow
def test_each_module_imports_alone() -> None:
    # Generated modules import each other in one way only, which one of each kind shows.
    hand_written = [name for name in MODULES if "._pb." not in name and "._generated." not in name]
    generated = ["mmhooks._pb.core_pb2", "mmhooks._pb.hooks_message_pb2"]
    generated += [name for name in MODULES if "._generated." in name]
    command = [sys.executable, "-c", IMPORT_EACH, *hand_written, *generated]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    "module", ["mmhooks.api.client", "mmhooks.specs.messages", "mmhooks.kit.kv", "mmhooks.runtime.manager"]
)
def test_grpc_is_not_loaded_for_nothing(module: str) -> None:
    script = f"import sys, {module}; print('grpc' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
