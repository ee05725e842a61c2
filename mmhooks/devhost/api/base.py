"""What the topics of the plugin API share."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from mmhooks.api.converter import json_converter
from mmhooks.api.models import WebsocketBroadcast
from mmhooks.devhost.hooks import Firing
from mmhooks.devhost.store import Store
from mmhooks.errors import AppError, app_error

if TYPE_CHECKING:
    from mmhooks.devhost.api import HostAPI
    from mmhooks.devhost.host import Host

__all__ = ["MISSING_ACCOUNT", "Topic", "approximate", "fail", "first_wrong", "page_of", "plain"]

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

MISSING_ACCOUNT = "app.user.missing_account.const"


def approximate(note: str) -> Callable[[F], F]:
    """Mark a method that differs from the server's; the note says in what, and `coverage` shows it."""

    def mark(function: F) -> F:
        function.__dict__["approximate"] = note
        return function

    return mark


def fail(where: str, id: str, status: int, message: str = "", detail: str = "") -> AppError:
    """Make the error that the server answers.

    Args:
        where: the server's function.
        id: the translation id.
        status: the HTTP status.
        message: the same for a person; the id where the server has no text either.
        detail: more, for the log.
    """
    return app_error(message or id, id=id, status_code=status, where=where, detailed_error=detail)


def plain(text: str) -> AppError:
    """Make the error that the server answers where it passes on a text: status 500, without an id."""
    return app_error(text, status_code=500)


def first_wrong(*checks: tuple[str, bool]) -> str:
    """Return the name of the first check that found something wrong; empty if all is well."""
    return next((name for name, is_wrong in checks if is_wrong), "")


def page_of(items: Sequence[T], page: int, per_page: int) -> list[T]:
    """Return one page of a list."""
    return list(items[page * per_page : (page + 1) * per_page])


class Topic:
    """A group of API methods over a host."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @property
    def app(self) -> HostAPI:
        """The whole API, this topic among the others."""
        return cast("HostAPI", self)

    @property
    def store(self) -> Store:
        """Where the workspace is kept."""
        return self.host.store

    @property
    def firing(self) -> Firing:
        """What fires hooks."""
        return self.host.firing

    def now(self) -> int:
        """Return the time, in milliseconds since the epoch."""
        return self.host.clock.now()

    def publish(
        self,
        name: str,
        *,
        user_id: str = "",
        channel_id: str = "",
        team_id: str = "",
        **data: Any,
    ) -> None:
        """Send a WebSocket event to those who may see it; models go as JSON text, as on the server."""
        plain = {key: _as_sent(value) for key, value in data.items()}
        target = WebsocketBroadcast(user_id=user_id, channel_id=channel_id, team_id=team_id)
        self.host.publish(name, plain, target)


def _as_sent(value: Any) -> Any:
    if isinstance(value, str | int | bool) or value is None:
        return value
    return json.dumps(json_converter().unstructure(value), ensure_ascii=False)
