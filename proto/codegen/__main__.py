"""`python -m codegen`: write everything that is generated, or `--check` it against the tree."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from codegen import emit_client, emit_models, emit_proto
from codegen.contract import ContractError, load
from codegen.numbers import FieldNumbers
from codegen.protoc import compile_protos
from codegen.surface import build
from codegen.templates import header

PROTO = Path(__file__).parent.parent
ROOTS = ("proto/mmhooks", "mmhooks/_pb", "mmhooks/api/_generated")
"""Every file below these folders is generated."""


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


def write(top: Path, files: dict[str, str]) -> None:
    """Writes what changed and deletes what is no longer generated."""
    for path in _existing(top) - set(files):
        (top / path).unlink()
    for path, text in files.items():
        target = top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_text() != text:
            target.write_text(text)


def differences(top: Path, files: dict[str, str]) -> list[str]:
    """One line for every changed, extra or missing file."""
    existing = _existing(top)
    lines = [f"extra: {path}" for path in existing - set(files)]
    lines += [f"missing: {path}" for path in set(files) if not (top / path).exists()]
    lines += [
        f"changed: {path}"
        for path, text in files.items()
        if (top / path).exists() and (top / path).read_text() != text
    ]
    return sorted(lines)


def _existing(top: Path) -> set[str]:
    return {
        str(path.relative_to(top))
        for root in ROOTS
        for path in (top / root).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def main(arguments: list[str], proto: Path = PROTO) -> int:
    top = proto.parent
    try:
        files = generate(proto)
    except ContractError as error:
        print(f"codegen: {error}", file=sys.stderr)
        return 2
    if "--check" not in arguments:
        write(top, files)
        return 0
    found = differences(top, files)
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
