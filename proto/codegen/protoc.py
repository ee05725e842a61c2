"""Runs protoc over the emitted .proto files and fits its output into one package."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from codegen.contract import ContractError

_IMPORT = re.compile(r"from mmhooks\.v1 import")
_BARE_MAPPING = re.compile(r"(?<!as )_Mapping\b(?!\[)")
"""protoc's stubs leave the mapping's types out, which mypy's strict mode refuses."""


def compile_protos(protos: dict[str, str], package: str = "mmhooks._pb") -> dict[str, str]:
    """File name -> content of the `_pb2.py` and `_pb2.pyi` files."""
    from grpc_tools import protoc  # type: ignore[import-untyped]

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "mmhooks", "v1")
        source.mkdir(parents=True)
        for name, text in protos.items():
            (source / name).write_text(text)
        include = Path(protoc.__file__).parent / "_proto"
        arguments = ["protoc", f"-I{folder}", f"-I{include}", f"--python_out={folder}", f"--pyi_out={folder}"]
        if protoc.main([*arguments, *(f"mmhooks/v1/{name}" for name in sorted(protos))]) != 0:
            raise ContractError("protoc refused the emitted .proto files; see its messages above")
        outputs = sorted(path for path in source.iterdir() if path.suffix in (".py", ".pyi"))
        return {path.name: _fitted(path.read_text(), package) for path in outputs}


def _fitted(text: str, package: str) -> str:
    return _BARE_MAPPING.sub("_Mapping[str, object]", _IMPORT.sub(f"from {package} import", text))
