"""Hookspecs of mmhooks' own: what each package adds to the plugin.

They are called once, when the plugin starts, and fire on no server. What two packages both claim (a command,
a path, a job, a setting) ends the start with an error that names both.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar, Union

import attrs
from attrs import define, field, validators

from mmhooks.specs.semantics import aggregate, hookspec

if TYPE_CHECKING:
    from mmhooks.api.models import CommandResponse

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
ASGIApp = Callable[
    [Scope, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]
"""An application as the ASGI specification has it: https://asgi.readthedocs.io"""

CommandResult = Union["CommandResponse", str, None]
CommandHandler = Callable[..., CommandResult | Awaitable[CommandResult]]
JobRun = Callable[..., Awaitable[None] | None]

T = TypeVar("T")


def concatenate(results: Sequence[Sequence[T]]) -> list[T]:
    """Put the declarations of all packages into one list."""
    return list(chain.from_iterable(results))


@define(frozen=True, kw_only=True)
class CommandSpec:
    """A slash command."""

    trigger: str = field(validator=validators.matches_re(r"[^\s/A-Z][^\sA-Z]*"))
    """The word after the slash, in lower case, without the slash and without spaces."""

    handler: CommandHandler
    """A function, sync or async, that takes by name what it needs of `execute_command`'s arguments.

    A text is shown to the sender alone; None shows nothing. `AppError` is passed on.
    """

    help: str = ""
    """One line that says what the command does."""

    hint: str = ""
    """The arguments, as the completion shows them: ``[add|remove] [pattern]``."""

    autocomplete: dict[str, Any] | None = None
    """Subcommands and arguments, in the JSON shape of the server's ``AutocompleteData``.

    None completes with help and hint only.
    """


@define(frozen=True)
class RouteSpec:
    """An ASGI application under a path of the plugin, for HTTP and for WebSockets. It gets no lifespan scope."""

    path: str = field(validator=validators.matches_re(r"/\S*"))
    """Begins with a slash: ``/audit`` answers below ``/plugins/<id>/audit``."""

    app: ASGIApp


@define(frozen=True)
class JobSpec:
    """Work done at intervals."""

    name: str = field(validator=validators.min_len(1))
    """Unique within the plugin."""

    every: float = field(validator=validators.gt(0))
    """Seconds from one beginning to the next."""

    run: JobRun
    """A function, sync or async, that takes ``api`` if it has such a parameter."""


@define(frozen=True)
class SettingsSpec:
    """The settings of a package."""

    cls: type[attrs.AttrsInstance] = field()
    """An attrs class, one field for each setting; it becomes part of the manifest's settings schema."""

    @cls.validator
    def _check_cls(self, attribute: object, value: object) -> None:
        if not (isinstance(value, type) and attrs.has(value)):
            raise TypeError(f"settings are an attrs class, not {value!r}")


@hookspec(aggregate(concatenate))
def register_commands() -> Sequence[CommandSpec] | None:
    """Name the slash commands of the package.

    Fires: Once, when the plugin starts; the commands are registered with the server after `on_activate`.
    Combines: Aggregate. Every hookimpl is called, and the commands are put together. Two with one trigger are
        an error.

    Minimum server version: 5.2

    Rejecting: Not possible.
    """


@hookspec(aggregate(concatenate))
def register_routes() -> Sequence[RouteSpec] | None:
    """Name the web applications of the package.

    Fires: Once, when the plugin starts.
    Combines: Aggregate. Every hookimpl is called, and the routes are put together. Two with one path are an
        error; of several that fit a request the longest path wins. Requests that fit none go to `serve_http`.

    Minimum server version: 5.2

    Rejecting: Not possible.
    """


@hookspec(aggregate(concatenate))
def register_jobs() -> Sequence[JobSpec] | None:
    """Name the work that the package does at intervals.

    Fires: Once, when the plugin starts; the jobs run from the end of `on_activate` to the beginning of
        `on_deactivate`, in the first worker if there are several.
    Combines: Aggregate. Every hookimpl is called, and the jobs are put together. Two with one name are an
        error.

    Minimum server version: 5.2

    Rejecting: Not possible.
    """


@hookspec(aggregate(concatenate))
def register_settings() -> Sequence[SettingsSpec] | None:
    """Name the settings of the package.

    Fires: Once, when the plugin starts, and when its bundle is built.
    Combines: Aggregate. Every hookimpl is called, and the settings are put together. Two of one name are an
        error.

    Minimum server version: 5.2

    Rejecting: Not possible.
    """
