"""The slash commands of `register_commands`: announced to the server, answered before `execute_command`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from mmhooks.api import models
from mmhooks.errors import ConversionError
from mmhooks.runtime.nearest import did_you_mean
from mmhooks.specs.compose import CommandHandler, CommandSpec
from mmhooks.specs.semantics import hookimpl

if TYPE_CHECKING:
    from mmhooks.api.client import API, AsyncAPI
    from mmhooks.api.models import Command, CommandArgs, CommandResponse, PluginContext

ARGUMENTS: Final = ("args", "text", "context", "api")
"""What a handler may take, by name."""

_Invoke = Callable[[Mapping[str, Any]], Any]


class _Commands:
    """The commands of one package whose handlers are of one kind."""

    def __init__(self, specs: Sequence[CommandSpec]) -> None:
        self._announced = [announcement(spec) for spec in specs]
        self._invokers = {spec.trigger: invoker(spec.handler) for spec in specs}

    def _find(self, line: str) -> tuple[str, str, _Invoke | None]:
        trigger, text = split(line)
        return trigger, text, self._invokers.get(trigger)


class SyncCommands(_Commands):
    """Those with ``def`` handlers."""

    # Last, so that no command is offered before its package is ready.
    @hookimpl(trylast=True)
    def on_activate(self, api: API) -> None:
        for command in self._announced:
            api.register_command(command)

    # A command that breaks down must not look like one that nobody knows, hence the error.
    @hookimpl(tryfirst=True, on_error="reject")
    def execute_command(self, context: PluginContext, args: CommandArgs, api: API) -> CommandResponse | None:
        trigger, text, invoke = self._find(args.command)
        if invoke is None:
            return None
        return answer(trigger, invoke({"args": args, "text": text, "context": context, "api": api}))


class AsyncCommands(_Commands):
    """Those with ``async def`` handlers."""

    @hookimpl(trylast=True)
    async def on_activate(self, api: AsyncAPI) -> None:
        for command in self._announced:
            await api.register_command(command)

    @hookimpl(tryfirst=True, on_error="reject")
    async def execute_command(
        self, context: PluginContext, args: CommandArgs, api: AsyncAPI
    ) -> CommandResponse | None:
        trigger, text, invoke = self._find(args.command)
        if invoke is None:
            return None
        return answer(trigger, await invoke({"args": args, "text": text, "context": context, "api": api}))


def split(line: str) -> tuple[str, str]:
    """A command line as (trigger without slash in lower case, what stands behind it)."""
    trigger, *rest = line.strip().removeprefix("/").split(None, 1) or [""]
    return trigger.lower(), rest[0] if rest else ""


def is_async(handler: Callable[..., object]) -> bool:
    """Whether a function, or an object's ``__call__``, is to be awaited."""
    return inspect.iscoroutinefunction(handler) or inspect.iscoroutinefunction(
        getattr(handler, "__call__", None)  # noqa: B004 - not whether it can be called
    )


def invoker(handler: CommandHandler) -> _Invoke:
    """A function of all arguments that hands over those the handler takes."""
    names = _taken(handler)
    return lambda values: handler(**{name: values[name] for name in names})


def _taken(handler: CommandHandler) -> list[str]:
    parameters = inspect.signature(handler).parameters.values()
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return list(ARGUMENTS)
    return [parameter.name for parameter in parameters if parameter.name in ARGUMENTS]


def mistakes(spec: CommandSpec) -> list[str]:
    """What is wrong with a declaration, a sentence each."""
    found = []
    for parameter in inspect.signature(spec.handler).parameters.values():
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if parameter.kind is parameter.POSITIONAL_ONLY:
            found.append(f"{parameter.name!r} is given by name; take the '/' out of the handler's arguments")
        elif parameter.name not in ARGUMENTS and parameter.default is parameter.empty:
            near = did_you_mean(parameter.name, ARGUMENTS) or f"; it may take {', '.join(ARGUMENTS)}"
            found.append(f"the handler has an argument {parameter.name!r} that no command has{near}")
    try:
        announcement(spec)
    except ConversionError as error:
        found.append(f"autocomplete is not AutocompleteData: {error}")
    return found


def announcement(spec: CommandSpec) -> Command:
    """What the server is told of a command.

    Raises:
        ConversionError: ``autocomplete`` does not have the shape of `AutocompleteData`.
    """
    data = None
    if spec.autocomplete is not None:
        # The server refuses data for another trigger, so it need not be said twice.
        given = {"Trigger": spec.trigger, "Hint": spec.hint, "HelpText": spec.help, **spec.autocomplete}
        from mmhooks.api.converter import structure  # cattrs is slow to import, and few commands need it

        data = _for_everybody(structure(given, models.AutocompleteData, root="autocomplete"))
    return models.Command(
        trigger=spec.trigger,
        display_name=spec.trigger,
        description=spec.help,
        auto_complete=True,
        auto_complete_desc=spec.help,
        auto_complete_hint=spec.hint,
        autocomplete_data=data,
    )


def _for_everybody(data: models.AutocompleteData) -> models.AutocompleteData:
    """Name the role where none is: the server offers such data to administrators only."""
    beneath = [_for_everybody(one) for one in data.sub_commands]
    return data.evolve(role_id=data.role_id or "system_user", sub_commands=beneath)


def answer(trigger: str, result: object) -> CommandResponse:
    """What a handler returned, as the server takes it.

    Raises:
        TypeError: it is neither text nor a `CommandResponse` nor None.
    """
    if isinstance(result, models.CommandResponse):
        return result
    if result is None:
        return models.CommandResponse()
    if isinstance(result, str):
        return models.CommandResponse(response_type="ephemeral", text=result)
    if inspect.iscoroutine(result):
        result.close()
        raise TypeError(f"/{trigger} returned a coroutine; declare its handler as 'async def'")
    raise TypeError(f"/{trigger} returned {type(result).__name__}, not text, CommandResponse or None")
