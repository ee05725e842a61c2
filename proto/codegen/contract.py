"""contract.json and special.toml as typed values."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen


class ContractError(Exception):
    """The generator met something that it does not understand. The message names it."""


@frozen
class GoType:
    """A type in Go's syntax, taken apart: `kind` is basic, ref, pointer, slice or map."""

    kind: str
    name: str = ""
    elem: GoType | None = None
    key: GoType | None = None


def parse_type(text: str) -> GoType:
    """`map[string][]*model.Post` -> a tree."""
    if text.startswith("*"):
        return GoType("pointer", elem=parse_type(text[1:]))
    if text.startswith("[]"):
        return GoType("slice", elem=parse_type(text[2:]))
    if match := re.fullmatch(r"map\[([\w.]+)\](.+)", text):
        return GoType("map", key=parse_type(match[1]), elem=parse_type(match[2]))
    if re.fullmatch(r"\w+\.\w+", text):
        return GoType("ref", name=text)
    if re.fullmatch(r"\w+", text):
        return GoType("basic", name=text)
    raise ContractError(f"type {text!r} is not understood")


@frozen
class Param:
    name: str
    type: GoType
    variadic: bool = False


@frozen
class Method:
    """A hook or an API method."""

    name: str
    group: str
    min_server_version: str
    params: tuple[Param, ...]
    results: tuple[Param, ...]
    id: int | None = None
    deprecated: bool = False


@frozen
class Field:
    name: str
    type: GoType
    json: str
    omit_empty: bool = False
    via: str = ""
    """The embedded struct that brings it, with `*` where Go embeds a pointer."""


@frozen
class Named:
    underlying: GoType
    constants: Mapping[str, str] = field(factory=dict)


@frozen
class Contract:
    version: str
    hooks: tuple[Method, ...]
    api: tuple[Method, ...]
    structs: Mapping[str, tuple[Field, ...]]
    named: Mapping[str, Named]
    emojis: tuple[str, ...] = ()
    """Names; after a slash, which skin tones there are, as bridge/cmd/mmhooks-extract/emoji.go says."""


@frozen
class Special:
    """special.toml. `use` records which entries served, so that a stale one is found."""

    tables: Mapping[str, Mapping[str, Any]]
    used: set[tuple[str, str]] = field(factory=set)

    def use(self, table: str, key: str) -> Any:
        """The entry, or None."""
        if key not in self.tables.get(table, {}):
            return None
        self.used.add((table, key))
        return self.tables[table][key]

    def unused(self, tables: Sequence[str]) -> list[str]:
        return [
            f"[{table}] {key}"
            for table in tables
            for key in self.tables.get(table, {})
            if (table, key) not in self.used
        ]


def load(proto: Path) -> tuple[Contract, Special]:
    """Reads `contract.json` and `special.toml` of the folder `proto`."""
    special = Special(tomllib.loads((proto / "special.toml").read_text()))
    raw = json.loads((proto / "contract.json").read_text())
    groups = {hook: group for group, hooks in special.tables["hook_group"].items() for hook in hooks}
    contract = Contract(
        version=raw["version"],
        hooks=tuple(_method(entry, _hook_group(entry["name"], groups)) for entry in raw["hooks"]),
        api=tuple(_method(entry, _api_group(entry, special)) for entry in raw["api"]),
        structs={name: tuple(map(_field, entry["fields"])) for name, entry in raw["structs"].items()},
        named={
            name: Named(parse_type(entry["underlying"]), entry.get("constants", {}))
            for name, entry in raw["named"].items()
        },
        emojis=tuple(raw["emojis"]),
    )
    return contract, special


def _hook_group(name: str, groups: Mapping[str, str]) -> str:
    if name not in groups:
        raise ContractError(f"hook {name} has no topic; add it to [hook_group] in special.toml")
    return groups[name]


def _api_group(entry: Mapping[str, Any], special: Special) -> str:
    group = special.use("api_group", entry["name"]) or entry.get("group")
    if not group:
        raise ContractError(f"API method {entry['name']} has no @tag; add it to [api_group] in special.toml")
    return str(group)


def _method(entry: Mapping[str, Any], group: str) -> Method:
    return Method(
        name=entry["name"],
        group=group,
        min_server_version=entry["min_server_version"],
        params=tuple(map(_param, entry["params"])),
        results=tuple(map(_param, entry["results"])),
        id=entry.get("id"),
        deprecated=entry.get("deprecated", False),
    )


def _param(entry: Mapping[str, Any]) -> Param:
    return Param(entry.get("name", ""), parse_type(entry["type"]), entry.get("variadic", False))


def _field(entry: Mapping[str, Any]) -> Field:
    return Field(
        entry["name"],
        parse_type(entry["type"]),
        entry["json"],
        entry.get("omitempty", False),
        entry.get("via", ""),
    )
