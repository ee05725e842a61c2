"""The .proto files: one per API group and hook group, the core types apart, one per service."""

from __future__ import annotations

from collections.abc import Iterable

from codegen.numbers import FieldNumbers
from codegen.surface import CORE, Message, MessageField, Rpc, Surface
from codegen.templates import header, render

PACKAGE = "mmhooks.v1"
_CORE_MESSAGES = {"AppError", "StringList", "HTTPHeader", "HTTPRequest", "HTTPResponse", "WebSocketEvent"}


def emit(surface: Surface, numbers: FieldNumbers) -> dict[str, str]:
    """File name -> content."""
    files: dict[str, str] = {}
    owner = {message.name: message.topic for message in surface.models} | dict.fromkeys(_CORE_MESSAGES, CORE)
    for topic in surface.topics():
        messages = [message for message in surface.models if message.topic == topic]
        for rpc in (*surface.hooks, *surface.api):
            if rpc.topic == topic:
                messages += [rpc.request, rpc.response]
        files[f"{topic}.proto"] = render(
            "topic.proto.j2",
            header=header(surface.version, "//"),
            imports=_imports(topic, messages, owner),
            messages=[_message(message, numbers) for message in messages],
            core=topic == CORE,
        )
    files["plugin_hooks.proto"] = _service(surface, "PluginHooks", surface.hooks)
    files["plugin_api.proto"] = _service(surface, "PluginAPI", surface.api)
    files["servant.proto"] = render("servant.proto.j2", header=header(surface.version, "//"))
    return files


def _service(surface: Surface, name: str, rpcs: tuple[Rpc, ...]) -> str:
    return render(
        "service.proto.j2",
        header=header(surface.version, "//"),
        imports=sorted({f"{PACKAGE.replace('.', '/')}/{rpc.topic}.proto" for rpc in rpcs}),
        service=name,
        rpcs=rpcs,
    )


def _imports(topic: str, messages: Iterable[Message], owner: dict[str, str]) -> list[str]:
    topics = {owner[name] for message in messages for f in message.fields for name in _uses(f)}
    return sorted(f"{PACKAGE.replace('.', '/')}/{other}.proto" for other in topics - {topic})


def _uses(f: MessageField) -> list[str]:
    if "StringList" in f.shape.proto:
        return ["StringList"]
    return [f.shape.message] if f.shape.message else []


def _message(message: Message, numbers: FieldNumbers) -> dict[str, object]:
    fields = [
        {
            "label": f.shape.label,
            "type": f.shape.proto,
            "name": f.name,
            "number": numbers.of(message.name, f.name),
            "comment": _comment(f, message),
        }
        for f in message.fields
    ]
    return {"name": message.name, "fields": fields, "reserved": numbers.reserved(message)}


def _comment(f: MessageField, message: Message) -> str:
    if f.aside:
        return "The connection as a WebSocket; then no message but the first carries anything else."
    if f.streamed and "response" in {other.name for other in message.fields}:
        return "In chunks over the stream; all other fields but the trailers stand in its first message."
    if f.streamed:
        return "In chunks over the stream; all other fields stand in its first message."
    if f.shape.kind == "json":
        return "JSON."
    return ""
