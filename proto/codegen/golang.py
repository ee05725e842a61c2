"""Go expressions that convert between the server's types and the messages of package pb."""

from __future__ import annotations

from codegen.contract import Contract, ContractError, GoType
from codegen.shapes import Shape, Shapes

_PB_SCALARS = {"double": "float64", "float": "float32"}
_METHODS = frozenset(
    {
        "Reset", "String", "ProtoMessage", "Marshal", "Unmarshal",
        "ExtensionRangeArray", "ExtensionMap", "Descriptor",
    }
)  # fmt: skip
"""Names that protoc-gen-go keeps for methods: a field so named gets an underscore."""
_BY_HAND = {"AutocompleteArg.data": "AutocompleteArgData(v.Type, {value}, f)"}
"""Fields whose Go type JSON alone does not tell: the server asserts on pointers to its own structs."""


def pb_field(name: str) -> str:
    """protoc-gen-go's name of a field: `create_at` -> `CreateAt`, `from_` -> `From_`."""
    out, i = "", 0
    while i < len(name):
        letter = name[i]
        follows = name[i + 1 : i + 2]
        if letter == "_" and follows.islower():
            pass
        elif letter.isdigit() or letter == "_":
            out += letter
        else:
            out += letter.upper()
            while i + 1 < len(name) and name[i + 1].islower():
                i += 1
                out += name[i]
        i += 1
    return f"{out}_" if out in _METHODS else out


def message_field(go: GoType) -> str:
    """`error` for both of Go's ways to say that something failed, else nothing."""
    both = (GoType("basic", "error"), GoType("pointer", elem=GoType("ref", "model.AppError")))
    return "error" if go in both else ""


class Conversions:
    """Expressions for the types of one contract; `f` is the `*Failure` in scope, `package` where conversions live."""

    def __init__(self, contract: Contract, shapes: Shapes, package: str = "") -> None:
        self._contract = contract
        self._shapes = shapes
        self._prefix = f"{package}." if package else ""

    def to_pb(self, go: GoType, value: str, where: str) -> str:
        """Go value -> field of a message."""
        shape = self._shapes.of(go, where)
        if shape.kind == "json":
            raw = go == GoType("ref", "json.RawMessage")
            return value if raw else f'{self._prefix}ToJSON({value}, f, "{where}")'
        if shape.kind == "error":
            plain = go == GoType("basic", "error")
            return f"{self._prefix}{'ErrorToPB' if plain else 'AppErrorToPB'}({value})"
        if shape.kind == "scalar":
            return self._scalar(go, shape, value, where, out=True)
        if shape.kind == "bytes":
            return f"{self._prefix}BytesOf({value})" if go.kind == "pointer" else value
        if shape.kind == "message":
            return f"{self._prefix}{shape.message}ToPB({value if go.kind == 'pointer' else f'&{value}'}, f)"
        return self._many(go, shape, value, where, out=True)

    def from_pb(self, go: GoType, value: str, where: str) -> str:
        """Field of a message -> Go value."""
        shape = self._shapes.of(go, where)
        if where in _BY_HAND:
            return _BY_HAND[where].format(value=value)
        if shape.kind == "json":
            raw = go == GoType("ref", "json.RawMessage")
            return value if raw else f'{self._prefix}FromJSON[{type_text(go)}]({value}, f, "{where}")'
        if shape.kind == "error":
            plain = go == GoType("basic", "error")
            return f"{self._prefix}{'ErrorFromPB' if plain else 'AppErrorFromPB'}({value})"
        if shape.kind == "scalar":
            return self._scalar(go, shape, value, where, out=False)
        if shape.kind == "bytes":
            return f"{self._prefix}PointerTo({value})" if go.kind == "pointer" else value
        if shape.kind == "message":
            made = f"{self._prefix}{shape.message}FromPB({value}, f)"
            return made if go.kind == "pointer" else f"{self._prefix}Value({made})"
        return self._many(go, shape, value, where, out=False)

    def _scalar(self, go: GoType, shape: Shape, value: str, where: str, *, out: bool) -> str:
        proto = _PB_SCALARS.get(shape.proto, shape.proto)
        if go == GoType("ref", "time.Time"):
            return f"{self._prefix}{'Millis' if out else 'FromMillis'}({value})"
        inner = go.elem if go.kind == "pointer" and go.elem else go
        if type_text(inner) == proto:
            return value
        source, target = (type_text(inner), proto) if out else (proto, type_text(inner))
        if go.kind == "pointer":
            return f"{self._prefix}MapPointer({value}, func(x {source}) {target} {{ return {target}(x) }})"
        return f"{target}({value})"

    def _many(self, go: GoType, shape: Shape, value: str, where: str, *, out: bool) -> str:
        whole = self._underlying(go)
        assert whole.elem is not None
        if shape.kind not in ("list", "map"):
            raise ContractError(f"{where}: {shape.kind} has no Go conversion; teach golang.py")
        elem = self._message_of(shape, whole.elem)
        convert = self.to_pb if out else self.from_pb
        inner = convert(whole.elem, "x", where)
        if inner == "x" and elem == type_text(whole.elem):
            return value  # the same types on both sides
        if elem == "*pb.StringList":
            inner = "&pb.StringList{Values: x}" if out else "x.GetValues()"
        source, target = (type_text(whole.elem), elem) if out else (elem, type_text(whole.elem))
        function = "MapSlice" if shape.kind == "list" else "MapMap"
        return f"{self._prefix}{function}({value}, func(x {source}) {target} {{ return {inner} }})"

    def _message_of(self, shape: Shape, elem: GoType) -> str:
        if shape.message:
            return f"*pb.{shape.message}"
        if "StringList" in shape.proto:
            return "*pb.StringList"
        proto = shape.proto.removeprefix("map<").removesuffix(">").split(", ")[-1]
        return _PB_SCALARS.get(proto, proto)

    def _underlying(self, go: GoType) -> GoType:
        if go.kind == "ref" and go.name in self._contract.named:
            return self._underlying(self._contract.named[go.name].underlying)
        return go


def type_text(go: GoType) -> str:
    """The type in Go's syntax."""
    if go.kind in ("basic", "ref"):
        return go.name
    assert go.elem is not None
    if go.kind == "pointer":
        return f"*{type_text(go.elem)}"
    if go.kind == "slice":
        return f"[]{type_text(go.elem)}"
    assert go.key is not None
    return f"map[{type_text(go.key)}]{type_text(go.elem)}"
