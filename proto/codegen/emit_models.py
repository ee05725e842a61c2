"""The attrs models, constants, JSON names that differ from ours, and the server's own emoji."""

from __future__ import annotations

import textwrap

from codegen.naming import upper
from codegen.surface import CORE, Message, Surface
from codegen.templates import header, render


def emit(surface: Surface) -> dict[str, str]:
    """File name -> content."""
    files: dict[str, str] = {}
    owner = {message.name: message.topic for message in surface.models}
    topics = sorted(set(owner.values()) | {CORE})
    for topic in topics:
        messages = _in_order([message for message in surface.models if message.topic == topic])
        files[f"models_{topic}.py"] = render(
            "models.py.j2",
            header=header(surface.version, "#"),
            messages=messages,
            imports=_imports(topic, messages, owner),
            uses_factory=any("Factory(" in f.shape.default for m in messages for f in m.fields),
            uses_error=any(f.shape.kind == "error" for m in messages for f in m.fields),
        )
    files["__init__.py"] = header(surface.version, "#") + "\n"
    files["models.py"] = render(
        "models_index.py.j2",
        header=header(surface.version, "#"),
        topics=[(topic, sorted(name for name, of in owner.items() if of == topic)) for topic in topics],
        names=sorted(owner),
    )
    files["constants.py"] = render(
        "constants.py.j2",
        header=header(surface.version, "#"),
        constants={name: _members(name, values) for name, values in surface.constants.items()},
    )
    files["emoji.py"] = render(
        "emoji.py.j2",
        header=header(surface.version, "#"),
        lines=textwrap.wrap(" ".join(surface.emojis), 108, break_on_hyphens=False),
    )
    files["json_names.py"] = render(
        "json_names.py.j2",
        header=header(surface.version, "#"),
        renamed={m.name: [(f.name, f.json) for f in m.fields if f.json != f.name] for m in surface.models},
        omitted={m.name: [f.name for f in m.fields if f.omit_empty] for m in surface.models},
    )
    return files


def _in_order(messages: list[Message]) -> list[Message]:
    """Models that others build as a default come first."""
    done: list[Message] = []
    names = {message.name: message for message in messages}

    def add(message: Message) -> None:
        if message in done:
            return
        for f in message.fields:
            inner = names.get(f.shape.message)
            if (
                inner not in (None, message)
                and f.shape.kind == "message"
                and f.shape.default.startswith("Factory")
            ):
                add(names[f.shape.message])
        done.append(message)

    for message in messages:
        add(message)
    return done


def _imports(topic: str, messages: list[Message], owner: dict[str, str]) -> list[tuple[str, list[str]]]:
    used = {f.shape.message for m in messages for f in m.fields if f.shape.message in owner}
    by_topic: dict[str, list[str]] = {}
    for name in sorted(used):
        if owner[name] != topic:
            by_topic.setdefault(owner[name], []).append(name)
    return sorted(by_topic.items())


def _members(name: str, values: dict[str, str]) -> list[tuple[str, str]]:
    """`ChannelTypeOpen` of `ChannelType` -> `OPEN`; a name that does not carry its type's keeps all of itself."""
    members = []
    for constant, value in sorted(values.items()):
        stem = constant.removeprefix(name)
        members.append((upper(stem if stem and stem[0].isupper() else constant), value))
    return members
