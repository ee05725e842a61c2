"""The contract made ready for emitting: messages with fields, methods with requests and responses, by topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from attrs import field, frozen

from codegen.contract import Contract, ContractError, GoType, Method, Param, Special
from codegen.naming import identifier, snake
from codegen.shapes import Shape, Shapes

CORE = "core"
_HTTP_BODY = "body"


@frozen
class MessageField:
    """A field of a message; `python` name and proto name are the same word."""

    name: str
    shape: Shape
    json: str = ""
    omit_empty: bool = False
    variadic: bool = False
    streamed: bool = False
    """Its bytes are cut into chunks over the messages of a stream."""
    aside: bool = False
    """Neither argument nor result: only the two ends of the wire know of it."""
    nil: bool = False
    """A parameter that may reach Go as nil; others arrive as an empty value."""
    go: GoType | None = None
    """The Go type that it stands for; None for what only the message has."""
    go_name: str = ""
    """The Go field or parameter; empty for results."""
    via: str = ""
    """The embedded Go struct that brings the field; see `contract.Field`."""


@frozen
class Message:
    name: str
    topic: str
    fields: tuple[MessageField, ...]
    go_type: str = ""
    """The Go struct of a model, such as `model.Post`."""


@frozen
class Rpc:
    """A hook or API method: `request` and `response` are whole messages."""

    method: Method
    topic: str
    python: str
    request: Message
    response: Message

    @property
    def streams_request(self) -> bool:
        return any(f.streamed for f in self.request.fields)

    @property
    def streams_response(self) -> bool:
        return any(f.streamed for f in self.response.fields)


@frozen
class Surface:
    version: str
    models: tuple[Message, ...]
    hooks: tuple[Rpc, ...]
    api: tuple[Rpc, ...]
    constants: dict[str, dict[str, str]] = field(factory=dict)
    emojis: tuple[str, ...] = ()

    def topics(self) -> list[str]:
        names = {message.topic for message in self.models} | {rpc.topic for rpc in (*self.hooks, *self.api)}
        return sorted(names | {CORE})


def build(contract: Contract, special: Special) -> Surface:
    """Resolves everything; raises ContractError at the first thing that is not understood."""
    return _Builder(contract, special).surface()


class _Builder:
    def __init__(self, contract: Contract, special: Special) -> None:
        self._contract = contract
        self._special = special
        self._shapes = Shapes(contract, special)
        self._topics = _struct_topics(contract)

    def surface(self) -> Surface:
        surface = Surface(
            version=self._contract.version,
            models=tuple(
                self._model(name) for name in sorted(self._contract.structs) if name != "model.AppError"
            ),
            hooks=tuple(self._rpc(hook, f"hooks_{hook.group}") for hook in self._contract.hooks),
            api=tuple(self._rpc(method, f"api_{snake(method.group)}") for method in self._contract.api),
            constants={
                name.split(".", 1)[1]: dict(named.constants)
                for name, named in sorted(self._contract.named.items())
                if named.constants
            },
            emojis=self._contract.emojis,
        )
        tables = ("opaque", "stream", "nullable", "param", "type_name", "api_group")
        if stale := self._special.unused(tables):
            raise ContractError(f"special.toml names what the contract does not have: {', '.join(stale)}")
        return surface

    def _model(self, go_name: str) -> Message:
        fields = tuple(
            MessageField(
                identifier(f.name),
                self._shapes.of(f.type, f"{go_name}.{f.name}"),
                f.json,
                f.omit_empty,
                go=f.type,
                go_name=f.name,
                via=f.via,
            )
            for f in self._contract.structs[go_name]
        )
        _check_unique(go_name, [f.name for f in fields])
        return Message(self._shapes.type_name(go_name), self._topics[go_name], fields, go_name)

    def _rpc(self, method: Method, topic: str) -> Rpc:
        streams = self._special.use("stream", method.name) is not None
        request: list[MessageField] = []
        response: list[MessageField] = []
        for param in method.params:
            self._add_param(method, param, streams, request, response)
        self._add_results(method, streams, request, response)
        if method.name == "ServeHTTP":  # a request may become a WebSocket; Go has no type for what follows
            request.append(_WEBSOCKET)
            response.append(_WEBSOCKET)
        if method.name == "LoadPluginConfiguration":  # its only parameter is where Go puts the answer
            response.insert(0, MessageField("configuration", Shape("json", "bytes", "dict[str, Any]", "")))
            request.clear()
        return Rpc(
            method=method,
            topic=topic,
            python=snake(method.name),
            request=Message(f"{method.name}Request", topic, tuple(request)),
            response=Message(f"{method.name}Response", topic, tuple(response)),
        )

    def _add_param(
        self,
        method: Method,
        param: Param,
        streams: bool,
        request: list[MessageField],
        response: list[MessageField],
    ) -> None:
        where = f"{method.name}.{param.name}"
        name = self._param_name(method.name, param.name)
        if param.type == GoType("ref", "io.Reader"):
            request.append(_streamed(name, param))
        elif param.type == GoType("ref", "io.Writer"):
            response.append(MessageField(f"{name}_written", _BOOL))
            response.append(_streamed(name))
        elif param.type == GoType("ref", "http.ResponseWriter"):
            response.append(MessageField("response", _http("HTTPResponse")))
            response.append(_streamed(_HTTP_BODY))
        elif param.type == GoType("pointer", elem=GoType("ref", "http.Request")):
            request.append(MessageField("request", _http("HTTPRequest")))
            request.append(_streamed(_HTTP_BODY))
        else:
            shape = self._shapes.of(param.type, where)
            if shape.kind == "bytes" and streams:
                request.append(_streamed(name, param))
                return
            special = self._special.use("nullable", where)
            request.append(
                MessageField(
                    name,
                    _argument(shape, special is not None),
                    variadic=param.variadic,
                    nil=special is not None and special["go"] == "nil",
                    go=param.type,
                    go_name=param.name,
                )
            )

    def _add_results(
        self, method: Method, streams: bool, request: list[MessageField], response: list[MessageField]
    ) -> None:
        values = [result for result in method.results if not _is_error(result.type)]
        if len(values) < len(method.results):
            response.append(
                MessageField("error", Shape("error", "AppError", "AppError | None", "", message="AppError"))
            )
        for index, result in enumerate(values):
            where = f"{method.name} result {index + 1}"
            name = (
                identifier(result.name) if result.name else ("result" if index == 0 else f"result{index + 1}")
            )
            if method.id is not None and index == 1 and result.type == GoType("basic", "string"):
                name = "rejection_reason"
            if result.type == GoType("pointer", elem=GoType("ref", "http.Response")):
                response.append(MessageField("response", _http("HTTPResponse")))
                response.append(_streamed(_HTTP_BODY))
                continue
            shape = self._shapes.of(result.type, where)
            if shape.kind == "bytes" and streams:
                response.append(_streamed("data", result))
            else:
                shape = shape if method.id is not None else _result(shape)
                response.append(MessageField(name, shape, go=result.type))

    def _param_name(self, method: str, param: str) -> str:
        special = self._special.use("param", f"{method}.{param}") or self._special.use("param", f"*.{param}")
        return str(special["name"]) if special else identifier(param)


_BOOL = Shape("scalar", "bool", "bool", "False")


_WEBSOCKET = MessageField(
    "websocket", Shape("message", "WebSocketEvent", "", "", message="WebSocketEvent"), aside=True
)


def _streamed(name: str, param: Param | None = None) -> MessageField:
    go, go_name = (param.type, param.name) if param else (None, "")
    return MessageField(name, Shape("bytes", "bytes", "Content", ""), streamed=True, go=go, go_name=go_name)


def _http(name: str) -> Shape:
    return Shape("http", name, "Request" if name == "HTTPRequest" else "Response", "", message=name)


def _is_error(go: GoType) -> bool:
    return go in (GoType("basic", "error"), GoType("pointer", elem=GoType("ref", "model.AppError")))


def _argument(shape: Shape, nullable: bool) -> Shape:
    """Go passes structs by pointer for speed; a Python caller must give them unless special.toml says otherwise."""
    if shape.kind == "message":
        name = shape.message
        return Shape(
            "message", name, f"{name} | None" if nullable else name, "None" if nullable else "", message=name
        )
    return shape


def _result(shape: Shape) -> Shape:
    if shape.kind == "message":
        return Shape("message", shape.message, shape.message, "", message=shape.message)
    return shape


def _check_unique(owner: str, names: Sequence[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ContractError(
                f"{owner} has two fields named {name} in snake_case; settle it in special.toml"
            )


def _struct_topics(contract: Contract) -> dict[str, str]:
    """A struct that only one topic reaches lives with that topic, all others in the core."""
    reached: dict[str, set[str]] = defaultdict(set)
    for topic, methods in (("hooks", contract.hooks), ("api", contract.api)):
        for method in methods:
            name = f"{topic}_{snake(method.group)}"
            for param in (*method.params, *method.results):
                _reach(contract, param.type, name, reached)
    return {struct: next(iter(topics)) if len(topics) == 1 else CORE for struct, topics in reached.items()}


def _reach(contract: Contract, go: GoType, topic: str, reached: dict[str, set[str]]) -> None:
    for part in _refs(go):
        if part in contract.named:
            _reach(contract, contract.named[part].underlying, topic, reached)
        elif part in contract.structs and topic not in reached[part]:
            reached[part].add(topic)
            for f in contract.structs[part]:
                _reach(contract, f.type, topic, reached)


def _refs(go: GoType) -> Iterable[str]:
    if go.kind == "ref":
        yield go.name
    for inner in (go.elem, go.key):
        if inner is not None:
            yield from _refs(inner)
