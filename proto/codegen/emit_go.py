"""The bridge's Go glue: conversions of every struct, a method per hook, a method per API call, the RPC receiver."""

from __future__ import annotations

import re
from collections.abc import Iterable

from codegen.contract import Contract, ContractError, GoType, Method
from codegen.golang import Conversions, message_field, pb_field, type_text
from codegen.shapes import Shapes
from codegen.surface import Message, MessageField, Rpc, Surface
from codegen.templates import header, render

FOLDER = "bridge/internal"
_BY_HAND = frozenset(
    {"ServeHTTP", "ServeMetrics", "FileWillBeUploaded", "PluginHTTP", "LoadPluginConfiguration"}
)
"""Methods whose Go side is more than conversions: bridge/internal/hooks and bridge/internal/api have them."""
_IMPORTS = {
    "context": "context",
    "io": "io",
    "http": "net/http",
    "json": "encoding/json",
    "time": "time",
    "testing": "testing",
    "model": "github.com/mattermost/mattermost/server/public/model",
    "plugin": "github.com/mattermost/mattermost/server/public/plugin",
    "saml2": "github.com/mattermost/gosaml2",
    "logr": "github.com/mattermost/logr/v2",
    "grpc": "google.golang.org/grpc",
    "pb": "mmhooks.dev/bridge/internal/pb",
    "convert": "mmhooks.dev/bridge/internal/convert",
}
"""Package name -> import path."""


def emit(surface: Surface, contract: Contract, shapes: Shapes) -> dict[str, str]:
    """Path below bridge/internal -> content, not yet laid out by gofmt."""
    go, far = Conversions(contract, shapes), Conversions(contract, shapes, "convert")
    files: dict[str, str] = {}
    for topic in sorted({message.topic for message in surface.models}):
        models = [_model(go, message) for message in surface.models if message.topic == topic]
        files[f"convert/{topic}_gen.go"] = _go(surface, "convert", "convert.go.j2", models=models)
    names = sorted((message.go_type, message.name) for message in surface.models)
    files["convert/table_gen_test.go"] = _go(surface, "convert", "convert_test.go.j2", names=names)
    for topic in sorted({rpc.topic for rpc in surface.hooks}):
        hooks = [_hook(far, rpc) for rpc in surface.hooks if rpc.topic == topic]
        name = topic.removeprefix("hooks_")
        files[f"hooks/{name}_gen.go"] = _go(surface, "hooks", "hooks.go.j2", hooks=[h for h in hooks if h])
    files["hooks/receiver_gen.go"] = _go(surface, "hooks", "receiver.go.j2", hooks=_receivers(surface))
    for topic in sorted({rpc.topic for rpc in surface.api}):
        methods = [_api(far, rpc) for rpc in surface.api if rpc.topic == topic]
        name = topic.removeprefix("api_")
        files[f"api/{name}_gen.go"] = _go(surface, "api", "api.go.j2", methods=[m for m in methods if m])
    files["api/recorder_gen_test.go"] = _go(
        surface, "api", "recorder.go.j2", methods=[_signature(rpc.method) for rpc in surface.api]
    )
    return files


def _go(surface: Surface, package: str, template: str, **values: object) -> str:
    body = render(template, **values)
    used = sorted(
        path
        for name, path in _IMPORTS.items()
        if name != package and re.search(rf"(?<![\w.\"]){name}\.[A-Z]", body)
    )
    standard = "\n".join(f'"{path}"' for path in used if "." not in path)
    others = "\n".join(f'"{path}"' for path in used if "." in path)
    imports = f"import (\n{standard}\n\n{others}\n)\n" if used else ""
    return f"{header(surface.version, '//')}\n\npackage {package}\n\n{imports}\n{body}"


def _model(go: Conversions, message: Message) -> dict[str, object]:
    fields = [_field(go, message, f) for f in message.fields]
    return {
        "name": message.name,
        "go": message.go_type,
        "own": [f for f in fields if not f["pointer"]],
        "via": _grouped([f for f in fields if f["pointer"]]),
    }


def _field(go: Conversions, message: Message, f: MessageField) -> dict[str, str]:
    assert f.go is not None
    where = f"{message.name}.{f.name}"
    return {
        "go": f.go_name,
        "pb": pb_field(f.name),
        "to": go.to_pb(f.go, f"v.{f.go_name}", where),
        "from": go.from_pb(f.go, f"m.{pb_field(f.name)}", where),
        "pointer": f.via.removeprefix("*") if f.via.startswith("*") else "",
    }


def _grouped(fields: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = {}
    for f in fields:
        groups.setdefault(f["pointer"], []).append(f)
    return groups


def _params(method: Method) -> list[tuple[str, str]]:
    """Name and type of each parameter, as Go wants them."""
    return [
        (local(p.name), f"...{type_text(p.type.elem)}" if p.variadic and p.type.elem else type_text(p.type))
        for p in method.params
    ]


def _signature(method: Method) -> dict[str, object]:
    return {
        "name": method.name,
        "params": ", ".join(f"{name} {go}" for name, go in _params(method)),
        "names": [local(p.name) for p in method.params],
        "results": [f"r{i} {type_text(result.type)}" for i, result in enumerate(method.results)],
        "result_names": [f"r{i}" for i in range(len(method.results))],
    }


def _hook(go: Conversions, rpc: Rpc) -> dict[str, object] | None:
    method = rpc.method
    if method.name in _BY_HAND:
        return None
    if rpc.streams_request or rpc.streams_response:
        raise ContractError(
            f"hook {method.name} is streamed; write its Go side by hand and say so in emit_go.py"
        )
    results, failed = [], []
    values = iter([f for f in rpc.response.fields if f.shape.kind != "error"])
    for result in method.results:
        if result.type == GoType("basic", "error"):
            results.append("convert.ErrorFromPB(resp.Error)")
            failed.append(f'h.fault("{method.name}", err)')
        elif result.type == GoType("pointer", elem=GoType("ref", "model.AppError")):
            results.append("convert.AppErrorFromPB(resp.Error)")
            failed.append(f'h.appFault("{method.name}", err)')
        else:
            f = next(values)
            results.append(go.from_pb(result.type, f"resp.{pb_field(f.name)}", f"{method.name}.{f.name}"))
            failed.append(_open_value(method, f, result.type))
    return {
        **_signature(method),
        "types": [type_text(result.type) for result in method.results],
        "fields": _request_fields(go, rpc),
        "decoded": results,
        "failed": failed,
    }


def _open_value(method: Method, f: MessageField, go: GoType) -> str:
    """What a hook answers when Python did not: the server goes on as if there were no plugin."""
    if method.name == "MessageWillBeUpdated" and go.kind == "pointer":
        # No post in the answer means a rejection.
        return f'h.unchanged("{method.name}", {local(method.params[1].name)}, err)'
    if go == GoType("basic", "string"):
        return f'h.reason("{method.name}", err)'
    return go_zero(go)


def go_zero(go: GoType) -> str:
    """The zero value of a type, as an expression."""
    if go.kind in ("pointer", "slice", "map"):
        return "nil"
    if go.kind == "basic":
        return {"string": '""', "bool": "false"}.get(go.name, "0")
    return f"{go.name}{{}}"


def _request_fields(go: Conversions, rpc: Rpc) -> list[tuple[str, str]]:
    return [
        (pb_field(f.name), go.to_pb(f.go, local(f.go_name), f"{rpc.method.name}.{f.name}"))
        for f in rpc.request.fields
        if f.go is not None and not f.streamed
    ]


def _receivers(surface: Surface) -> list[tuple[str, str, str]]:
    """Each hook with its name in Python and the type of its second RPC argument."""
    writer = GoType("ref", "http.ResponseWriter")
    return [
        (
            rpc.method.name,
            rpc.python,
            "struct{}"
            if any(p.type == writer for p in rpc.method.params)
            else f"plugin.Z_{rpc.method.name}Returns",
        )
        for rpc in surface.hooks
    ]


def _api(go: Conversions, rpc: Rpc) -> dict[str, object] | None:
    method = rpc.method
    if method.name in _BY_HAND:
        return None
    streamed_in = next((f for f in rpc.request.fields if f.streamed), None)
    streamed_out = next((f for f in rpc.response.fields if f.streamed), None)
    arguments = []
    for param in method.params:
        f = next(f for f in rpc.request.fields if f.go_name == param.name)
        if f.streamed:
            reader = param.type == GoType("ref", "io.Reader")
            arguments.append("body" if reader else "content")
            continue
        value = go.from_pb(param.type, f"req.{pb_field(f.name)}", f"{method.name}.{f.name}")
        if param.type.kind == "pointer" and not f.nil:
            value = f"present({value})"
        arguments.append(f"{value}..." if param.variadic else value)
    results, error, outgoing = [], "", []
    values = iter([f for f in rpc.response.fields if f.shape.kind != "error"])
    for i, result in enumerate(method.results):
        name = f"r{i}"
        results.append(name)
        if message_field(result.type) == "error":
            plain = result.type == GoType("basic", "error")
            error = f"convert.{'ErrorToPB' if plain else 'AppErrorToPB'}({name})"
            continue
        f = next(values)
        if f.streamed:
            continue
        outgoing.append((pb_field(f.name), go.to_pb(result.type, name, f"{method.name}.{f.name}")))
    out_name = next((f"r{i}" for i, r in enumerate(method.results) if message_field(r.type) != "error"), "")
    return {
        "name": method.name,
        "version": method.min_server_version,
        "arguments": arguments,
        "results": results,
        "error": error,
        "outgoing": outgoing,
        "in": pb_field(streamed_in.name) if streamed_in else "",
        "out": pb_field(streamed_out.name) if streamed_out else "",
        "out_name": out_name,
        "whole": streamed_in is not None and "content" in arguments,
        "fallible": any("f)" in text or "f," in text for text in (*arguments, *(v for _, v in outgoing))),
    }


_GO_KEYWORDS = frozenset(
    {"type", "func", "range", "map", "chan", "go", "var", "select", "default", "interface"}
)
_TAKEN = frozenset({"h", "f", "req", "resp", "err", "ctx", "s", "api", "model", "plugin", "convert", "pb"})


def local(name: str) -> str:
    """A parameter's name that neither Go nor the templates use for something else."""
    return f"{name}_" if name in _GO_KEYWORDS | _TAKEN else name
