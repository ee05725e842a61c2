"""`python -m codegen`: write everything that is generated, or `--check` it against the tree."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from codegen import emit_client, emit_go, emit_models, emit_proto, gobuild
from codegen.contract import ContractError, load
from codegen.numbers import FieldNumbers
from codegen.protoc import compile_protos
from codegen.shapes import Shapes
from codegen.surface import build
from codegen.templates import header

PROTO = Path(__file__).parent.parent
ROOTS = ("proto/mmhooks", "mmhooks/_pb", "mmhooks/api/_generated")
"""Every file below these folders is generated."""
GO_ROOTS = ("bridge/internal/pb",)
"""The same for Go; beside them every `*_gen.go` and `*_gen_test.go` in the bridge."""


def generate(proto: Path) -> dict[str, str]:
    """Path from the top of the tree -> content, for every generated file but the contract itself."""
    surface = build(*load(proto))
    numbers = FieldNumbers(proto / "field_numbers.json")
    protos = emit_proto.emit(surface, numbers)
    compiled = compile_protos(protos)
    compiled["__init__.py"] = header(surface.version, "#") + "\n"
    python = _formatted({**emit_models.emit(surface), **emit_client.emit(surface)})
    return {
        **{f"proto/mmhooks/v1/{name}": text for name, text in protos.items()},
        **{f"mmhooks/_pb/{name}": text for name, text in compiled.items()},
        **{f"mmhooks/api/_generated/{name}": text for name, text in python.items()},
        "proto/field_numbers.json": numbers.text(),
    }


def generate_go(proto: Path) -> dict[str, str]:
    """The same for the bridge; needs the Go toolchain."""
    contract, special = load(proto)
    surface = build(contract, special)
    protos = emit_proto.emit(surface, FieldNumbers(proto / "field_numbers.json"))
    pb = gobuild.compile_go(protos, proto.parent / "bridge", header(surface.version, "//"))
    glue = gobuild.laid_out(emit_go.emit(surface, contract, Shapes(contract, special)))
    return {
        **{f"{GO_ROOTS[0]}/{name}": text for name, text in pb.items()},
        **{f"{emit_go.FOLDER}/{name}": text for name, text in glue.items()},
    }


def _formatted(files: dict[str, str]) -> dict[str, str]:
    """Python sources as ruff lays them out, unused imports taken away."""
    first_party = '--config=lint.isort.known-first-party=["mmhooks"]'
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text)
        _ruff(folder, "check", "--fix", "--select=F401,I001", first_party)
        _ruff(folder, "format")
        return {name: Path(folder, name).read_text() for name in files}


def _ruff(folder: str, command: str, *options: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            command,
            "--quiet",
            "--isolated",
            "--line-length=110",
            *options,
            folder,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise ContractError(f"ruff {command} refused an emitted file: {done.stderr or done.stdout}")


def write(top: Path, files: dict[str, str], existing: set[str]) -> None:
    """Writes what changed and deletes what is no longer generated."""
    for path in existing - set(files):
        (top / path).unlink()
    for path, text in files.items():
        target = top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_text() != text:
            target.write_text(text)


def differences(top: Path, files: dict[str, str], existing: set[str]) -> list[str]:
    """One line for every changed, extra or missing file."""
    lines = [f"extra: {path}" for path in existing - set(files)]
    lines += [f"missing: {path}" for path in set(files) if not (top / path).exists()]
    lines += [
        f"changed: {path}"
        for path, text in files.items()
        if (top / path).exists() and (top / path).read_text() != text
    ]
    return sorted(lines)


def _existing(top: Path, roots: tuple[str, ...]) -> set[str]:
    return {
        str(path.relative_to(top))
        for root in roots
        for path in (top / root).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def _existing_go(top: Path) -> set[str]:
    glue = (path for name in ("*_gen.go", "*_gen_test.go") for path in (top / "bridge").rglob(name))
    return _existing(top, GO_ROOTS) | {str(path.relative_to(top)) for path in glue}


def main(arguments: list[str], proto: Path = PROTO) -> int:
    top = proto.parent
    with_go = (top / "bridge" / "go.mod").exists()
    if with_go and not gobuild.available():
        print("codegen: there is no Go toolchain; the bridge's generated files are left as they are")
        with_go = False
    try:
        files, existing = generate(proto), _existing(top, ROOTS)
        if with_go:
            files |= generate_go(proto)
            existing |= _existing_go(top)
    except ContractError as error:
        print(f"codegen: {error}", file=sys.stderr)
        return 2
    if "--check" not in arguments:
        write(top, files, existing)
        return 0
    found = differences(top, files, existing)
    for line in found:
        print(line)
    if found:
        print(
            "Generated files do not fit the contract. Run 'make gen' and commit what it writes.",
            file=sys.stderr,
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
