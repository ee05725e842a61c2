"""The bases of the sync and the async API client, and the tables of methods that clients and servers share."""

from __future__ import annotations

from codegen.surface import Message, MessageField, Rpc, Surface
from codegen.templates import header, render

_BY_HAND = frozenset({"LoadPluginConfiguration"})
"""Methods whose Python signature says more than the contract can: mmhooks/api/client.py has them."""


def emit(surface: Surface) -> dict[str, str]:
    """File name -> content."""
    files: dict[str, str] = {}
    owner = {message.name: message.topic for message in surface.models}
    topics = sorted({rpc.topic for rpc in surface.api})
    for topic in topics:
        rpcs = [rpc for rpc in surface.api if rpc.topic == topic]
        files[f"client_{topic.removeprefix('api_')}.py"] = render(
            "client.py.j2",
            header=header(surface.version, "#"),
            topic=topic,
            title=class_name(topic.removeprefix("api_")),
            methods=[_method(rpc) for rpc in rpcs],
            models=_models(rpcs, owner),
        )
    files["client.py"] = render(
        "client_index.py.j2",
        header=header(surface.version, "#"),
        topics=[(topic.removeprefix("api_"), class_name(topic.removeprefix("api_"))) for topic in topics],
    )
    files["hooks.py"] = render(
        "hooks.py.j2",
        header=header(surface.version, "#"),
        methods=[_method(rpc) for rpc in surface.hooks],
    )
    return files


def class_name(topic: str) -> str:
    """`key_value_store` -> `KeyValueStore`."""
    return "".join(word.capitalize() for word in topic.split("_"))


def _models(rpcs: list[Rpc], owner: dict[str, str]) -> list[str]:
    messages: list[Message] = [message for rpc in rpcs for message in (rpc.request, rpc.response)]
    return sorted(
        {f.shape.message for message in messages for f in message.fields if f.shape.message in owner}
    )


def _method(rpc: Rpc) -> dict[str, object]:
    params = [f for f in rpc.request.fields if not _is_wire_only(f, rpc.request)]
    results = [
        f for f in rpc.response.fields if f.shape.kind != "error" and not _is_wire_only(f, rpc.response)
    ]
    required = [
        f for f in params if not f.shape.default.startswith("None") or f.variadic or f.shape.kind == "bytes"
    ]
    optional = [f for f in params if f not in required]
    return {
        "python": rpc.python,
        "rpc": rpc.method.name,
        "id": rpc.method.id,
        "topic": rpc.topic,
        "group": rpc.method.group,
        "version": rpc.method.min_server_version,
        "deprecated": rpc.method.deprecated,
        "by_hand": rpc.method.name in _BY_HAND,
        "fails": any(f.shape.kind == "error" for f in rpc.response.fields),
        "params": params,
        "results": results,
        "signature": [_parameter(f) for f in (*required, *optional)],
        "async_signature": [
            _parameter(f).replace(": Content", ": AsyncContent") for f in (*required, *optional)
        ],
        "arguments": [f"*{f.name}" if f.variadic else f.name for f in params],
        "returns": _returns(results, "ByteStream", "Response"),
        "async_returns": _returns(results, "AsyncByteStream", "Response"),
        "call": _call(rpc),
        "stream_in": next((f.name for f in rpc.request.fields if f.streamed), ""),
        "stream_out": next((f.name for f in rpc.response.fields if f.streamed), ""),
    }


def _is_wire_only(f: MessageField, message: Message) -> bool:
    return f.aside or (f.streamed and any(other.shape.kind == "http" for other in message.fields))


def _parameter(f: MessageField) -> str:
    if f.variadic:
        return f"*{f.name}: Any"
    default = " = None" if f.shape.default == "None" and f.shape.kind == "message" else ""
    return f"{f.name}: {f.shape.python}{default}"


def _returns(results: list[MessageField], stream: str, response: str) -> str:
    types = [
        stream if f.streamed else response if f.shape.kind == "http" else f.shape.python for f in results
    ]
    if not types:
        return "None"
    return types[0] if len(types) == 1 else f"tuple[{', '.join(types)}]"


def _call(rpc: Rpc) -> str:
    if rpc.streams_request and rpc.streams_response:
        return "_exchange"
    if rpc.streams_request:
        return "_upload"
    return "_download" if rpc.streams_response else "_unary"
