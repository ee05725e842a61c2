"""What a Go type is on the wire and in Python. Every emitter works from these shapes."""

from __future__ import annotations

from attrs import frozen

from codegen.contract import Contract, ContractError, GoType, Special

_SCALARS = {
    "string": ("string", "str", '""'),
    "bool": ("bool", "bool", "False"),
    "int": ("int64", "int", "0"),
    "int64": ("int64", "int", "0"),
    "int32": ("int32", "int", "0"),
    "uint32": ("uint32", "int", "0"),
    "float64": ("double", "float", "0.0"),
    "float32": ("float", "float", "0.0"),
}


@frozen
class Shape:
    """One type, as proto and as Python.

    `kind`: scalar, bytes, message, error, list, map, json. `label` is proto's `optional `, `repeated ` or nothing.
    `python` is the annotation, `default` the attrs default (an expression), empty for none.
    """

    kind: str
    proto: str
    python: str
    default: str
    label: str = ""
    message: str = ""
    """The message's name, also inside a list or a map."""


class Shapes:
    """Resolves Go types of one contract."""

    def __init__(self, contract: Contract, special: Special) -> None:
        self._contract = contract
        self._special = special

    def type_name(self, go_name: str) -> str:
        """The proto message and the Python class of a Go struct."""
        renamed = self._special.use("type_name", go_name)
        return str(renamed["name"]) if renamed else go_name.split(".", 1)[1]

    def of(self, go: GoType, where: str) -> Shape:
        """The shape of a type; `where` names its place in an error."""
        if go.kind == "basic":
            return self._basic(go, where)
        if go.kind == "ref":
            return self._ref(go, where)
        assert go.elem is not None
        if go.kind == "pointer":
            return _optional(self.of(go.elem, where), where)
        if go.kind == "slice":
            return self._slice(go.elem, where)
        assert go.key is not None
        return self._map(go.key, go.elem, where)

    def _basic(self, go: GoType, where: str) -> Shape:
        if go.name == "any":
            return Shape("json", "bytes", "Any", "None")
        if go.name == "error":
            return Shape("error", "AppError", "AppError | None", "None", message="AppError")
        if go.name not in _SCALARS:
            raise ContractError(f"{where}: Go type {go.name} is not understood; teach shapes.py")
        proto, python, default = _SCALARS[go.name]
        return Shape("scalar", proto, python, default)

    def _ref(self, go: GoType, where: str) -> Shape:
        if opaque := self._special.use("opaque", go.name):
            if opaque["wire"] == "millis":
                return Shape("scalar", "int64", "int", "0")
            default = "None" if opaque["python"] == "Any" else "Factory(dict)"
            return Shape("json", "bytes", opaque["python"], default)
        if go.name == "model.AppError":
            return Shape("error", "AppError", "AppError | None", "None", message="AppError")
        if go.name in self._contract.structs:
            name = self.type_name(go.name)
            return Shape("message", name, name, f"Factory(lambda: {name}())", message=name)
        if go.name in self._contract.named:
            return self.of(self._contract.named[go.name].underlying, where)
        raise ContractError(
            f"{where}: Go type {go.name} is not understood; name it under [opaque] in special.toml"
        )

    def _slice(self, elem: GoType, where: str) -> Shape:
        if elem == GoType("basic", "byte"):
            return Shape("bytes", "bytes", "bytes | None", "None", "optional ")
        inner = self._element(elem, where)
        if inner.kind == "json":
            return Shape("json", "bytes", f"list[{inner.python}]", "Factory(list)")
        if inner.kind not in ("scalar", "message"):
            raise ContractError(f"{where}: a list of {inner.python} is not understood; teach shapes.py")
        return Shape(
            "list", inner.proto, f"list[{inner.python}]", "Factory(list)", "repeated ", inner.message
        )

    def _map(self, key: GoType, elem: GoType, where: str) -> Shape:
        key_shape, inner = self.of(key, where), self._element(elem, where)
        python = f"dict[{key_shape.python}, {inner.python}]"
        if inner.kind == "json":
            return Shape("json", "bytes", python, "Factory(dict)")
        if inner.kind == "list" and inner.proto == "string":
            return Shape("map", f"map<{key_shape.proto}, StringList>", python, "Factory(dict)")
        if inner.kind not in ("scalar", "message") or key_shape.kind != "scalar":
            raise ContractError(f"{where}: a map of {inner.python} is not understood; teach shapes.py")
        return Shape(
            "map", f"map<{key_shape.proto}, {inner.proto}>", python, "Factory(dict)", message=inner.message
        )

    def _element(self, elem: GoType, where: str) -> Shape:
        """Inside a list or a map Go's pointers to structs stand for the struct itself."""
        inner = elem.elem if elem.kind == "pointer" and elem.elem and elem.elem.kind == "ref" else elem
        assert inner is not None
        return self.of(inner, where)


def _optional(shape: Shape, where: str) -> Shape:
    if shape.kind == "scalar":
        return Shape(shape.kind, shape.proto, f"{shape.python} | None", "None", "optional ")
    if shape.kind == "message":
        return Shape(shape.kind, shape.proto, f"{shape.python} | None", "None", message=shape.message)
    if shape.kind in ("json", "bytes", "error"):
        return shape
    raise ContractError(f"{where}: a pointer to {shape.python} is not understood; teach shapes.py")
