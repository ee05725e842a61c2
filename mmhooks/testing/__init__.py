"""Tests of hookimpls without a server: the fixture ``mm`` is a `Workspace`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mmhooks.testing.outcome import HookCall, Outcome
    from mmhooks.testing.socket import Socket
    from mmhooks.testing.workspace import Page, Workspace

__all__ = ["HookCall", "Outcome", "Page", "Socket", "Workspace"]

_HOMES: Final = {
    "HookCall": "outcome",
    "Outcome": "outcome",
    "Page": "workspace",
    "Socket": "socket",
    "Workspace": "workspace",
}


if not TYPE_CHECKING:  # a misspelt name is an error to type checkers

    def __getattr__(name: str) -> Any:
        # Lazily: pytest loads the plugin beside this in every project where mmhooks is installed.
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
