"""The settings of `register_settings`, as the manifest's settings schema has them."""

from __future__ import annotations

import enum
import types
import typing
from collections.abc import Iterable
from typing import Any, Final, Literal

import attrs

LOOK: Final = "mmhooks_setting"
"""Where a field's metadata keeps its `Look`."""


@attrs.frozen(kw_only=True)
class Look:
    """What the System Console shows of a setting."""

    label: str = ""
    help: str = ""
    kind: str = ""
    options: tuple[str, ...] = ()


def settings_of(cls: type[attrs.AttrsInstance]) -> list[dict[str, Any]]:
    """A settings class as entries of ``settings_schema.settings`` in ``plugin.json``.

    Raises:
        TypeError: a field has a type that the server has no setting for.
    """
    hints = typing.get_type_hints(cls)
    return [
        _entry(cls, attribute, hints[attribute.name]) for attribute in attrs.fields(cls) if attribute.init
    ]


def keys(names: Iterable[str]) -> list[str]:
    """Names as settings are compared by: the server keeps no case, and we no underscores."""
    return [name.lower().replace("_", "") for name in names]


def _entry(cls: type, attribute: attrs.Attribute[Any], hint: Any) -> dict[str, Any]:
    look = attribute.metadata.get(LOOK, Look())
    kind, options = _kind(hint)
    options = look.options or options
    entry: dict[str, Any] = {
        "key": attribute.name,
        "display_name": look.label or attribute.name.replace("_", " ").capitalize() + ":",
        "type": look.kind or ("dropdown" if options else kind),
        "help_text": look.help,
    }
    if not entry["type"]:
        raise TypeError(
            f"{cls.__name__}.{attribute.name} has a type that no setting of the server has; "
            "take str, bool, int, float or a Literal, or say which with setting(kind=...)"
        )
    default = attribute.default
    default = default.value if isinstance(default, enum.Enum) else default
    if isinstance(default, str | bool | int | float):
        entry["default"] = default
    if options:
        entry["options"] = [{"display_name": option, "value": option} for option in options]
    return entry


def _kind(hint: Any) -> tuple[str, tuple[str, ...]]:
    """(the server's type, the values to choose from) of a Python type."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = [part for part in typing.get_args(hint) if part is not type(None)]
        return _kind(inner[0]) if len(inner) == 1 else ("", ())
    if typing.get_origin(hint) is Literal:
        return "dropdown", tuple(str(value) for value in typing.get_args(hint))
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return "dropdown", tuple(str(member.value) for member in hint)
    return {str: "text", bool: "bool", int: "number", float: "number"}.get(hint, ""), ()
