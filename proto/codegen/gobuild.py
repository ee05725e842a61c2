"""Runs the Go tools: protoc-gen-go over the .proto files, gofmt over what was emitted."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from codegen.contract import ContractError

_TOOLS = ("protoc-gen-go", "protoc-gen-go-grpc")


def available() -> bool:
    """Whether there is a Go toolchain."""
    return shutil.which("go") is not None and shutil.which("gofmt") is not None


def compile_go(protos: dict[str, str], bridge: Path, head: str) -> dict[str, str]:
    """File name -> content of package pb, with our header instead of one that names tool versions."""
    from grpc_tools import protoc  # type: ignore[import-untyped]

    tools = [f"--plugin={name}={_run(['go', 'tool', '-n', name], bridge).strip()}" for name in _TOOLS]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "mmhooks", "v1")
        source.mkdir(parents=True)
        for name, text in protos.items():
            (source / name).write_text(text)
        include = Path(protoc.__file__).parent / "_proto"
        outputs = [f"--go_out={folder}/go", f"--go-grpc_out={folder}/go"]
        options = [f"--{tool}_opt=module=mmhooks.dev/bridge/internal/pb" for tool in ("go", "go-grpc")]
        Path(folder, "go").mkdir()
        arguments = ["protoc", f"-I{folder}", f"-I{include}", *tools, *outputs, *options]
        if protoc.main([*arguments, *(f"mmhooks/v1/{name}" for name in sorted(protos))]) != 0:
            raise ContractError("protoc refused the emitted .proto files; see its messages above")
        made = sorted(Path(folder, "go").iterdir())
        return {path.name: _with_header(path.read_text(), head) for path in made}


def laid_out(files: dict[str, str]) -> dict[str, str]:
    """Go sources as gofmt lays them out."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        _run(["gofmt", "-w", folder], Path(folder))
        return {name: Path(folder, name).read_text() for name in files}


def _with_header(text: str, head: str) -> str:
    _, package, rest = text.partition("\npackage ")
    return f"{head}\n{package}{rest}"


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ContractError(f"{' '.join(command[:3])} failed: {done.stderr or done.stdout}")
    return done.stdout
