"""Why the host does not offer a method of the plugin API."""

from __future__ import annotations

from typing import Final, NoReturn

from mmhooks.api._generated.client import METHODS
from mmhooks.devhost.api.system import SERVER_VERSION
from mmhooks.errors import NotImplementedOnHostError

__all__ = ["Refused", "is_newer", "reason"]

_REASONS: Final = {
    "access_control": "it needs an Enterprise licence, and a server newer than the host stands in for",
    "shared_channels": "no other server sends to the host; and it is newer than the host stands in for",
    "request_trial_license": "it asks Mattermost's own servers for a licence",
}
"""By method, or by the group of the API."""


def reason(name: str) -> str:
    """Why a method is refused."""
    group = METHODS[name].topic.removeprefix("api_")
    known = _REASONS.get(name) or _REASONS.get(group)
    return known or f"it is newer than the server {SERVER_VERSION} that the host stands in for"


def is_newer(name: str) -> bool:
    """Whether the server that the host stands in for does not have the method yet."""
    return _number(METHODS[name].min_server_version) > _number(SERVER_VERSION)


def _number(version: str) -> tuple[int, ...]:
    """A version that can be compared: 11.1 and 11.1.0 are the same."""
    parts = [int(part) for part in version.split(".")]
    return tuple(parts + [0] * (3 - len(parts)))


class Refused:
    """A method that the host does not offer."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *arguments: object, **named: object) -> NoReturn:
        raise NotImplementedOnHostError(
            f"The embedded host does not offer {self._name}: {reason(self._name)}.",
            id="mmhooks.devhost.not_implemented",
            status_code=501,
            where=METHODS[self._name].rpc,
        )
