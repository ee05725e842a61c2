"""How much of the plugin API the host offers."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from mmhooks.api._generated.client import METHODS
from mmhooks.devhost.api import HostAPI
from mmhooks.devhost.api.refusal import is_newer, reason
from mmhooks.devhost.api.system import SERVER_VERSION

__all__ = ["Coverage", "Kind", "coverage"]

Kind = Literal["real", "approximate", "refused"]


@frozen
class Coverage:
    """What the host does with one API method."""

    method: str
    """Its name, in snake_case."""
    group: str
    """The group of the API that it belongs to."""
    kind: Kind
    """``real``: as the server does; ``approximate``: see the note; ``refused``: raises
    `NotImplementedOnHostError`."""
    note: str = ""
    """In what it differs, or why it is refused."""


def coverage() -> list[Coverage]:
    """Return what the host does with every API method, by group and name."""
    found = [_look_at(name, method.topic.removeprefix("api_")) for name, method in METHODS.items()]
    return sorted(found, key=lambda one: (one.group, one.method))


def _look_at(name: str, group: str) -> Coverage:
    function = next((vars(cls)[name] for cls in HostAPI.__mro__ if name in vars(cls)), None)
    if function is None:
        return Coverage(name, group, "refused", reason(name))
    note = getattr(function, "approximate", "")
    if not note and is_newer(name):
        note = f"newer than the server {SERVER_VERSION} that the host is compared with"
    return Coverage(name, group, "approximate" if note else "real", note)
