"""From a request message through pluggy to a response message. Knows no transport.

One `Entry` per hook, built once: it decodes the request into the hookspec's arguments, and encodes what the
manager reduced into what the server expects. Hooks without bound on their content are in `http` and `files`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final

import attrs

from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.codec import Codec
from mmhooks.api.models import EmailNotificationContent
from mmhooks.bundle.deadline import deadline_of
from mmhooks.errors import AppError, HookError, MmhooksError, NotFoundError, Rejection
from mmhooks.runtime.manager import PluginManager
from mmhooks.runtime.plan import Plan
from mmhooks.runtime.trace import Tracer
from mmhooks.specs import HOOKSPEC_MODULES
from mmhooks.specs.semantics import Pipeline, semantics_of

STREAMED: Final = frozenset(name for name, hook in HOOKS.items() if hook.stream_in or hook.stream_out)
"""Hooks whose content comes and goes in chunks."""

_BY_RPC: Final = {hook.rpc: name for name, hook in HOOKS.items()}

Kwargs = dict[str, Any]
Result = Callable[[Kwargs, Any], Any]


class Entry:
    """How one hook's messages become arguments and a result becomes a message."""

    def __init__(self, name: str) -> None:
        hook = HOOKS[name]
        self.name = name
        self.codec: Codec = hook.codec
        self._names = frozenset(param.name for param in hook.params if not param.streamed)
        self._decode_all = self.codec.some_arguments(self._names)
        self._plan: Plan | None = None
        self._decode = self._decode_all
        self._result, self._needed = _result_of(name)

    def kwargs(self, request: Any, plan: Plan | None = None) -> Kwargs:
        """The hookspec's arguments; with a plan only those that its hookimpls take."""
        if plan is None:
            return self._decode_all(request)
        if plan is not self._plan:
            self._decode = self.codec.some_arguments(self._names & (plan.taken | self._needed))
            self._plan = plan
        return self._decode(request)

    def response(self, kwargs: Kwargs, result: Any) -> Any:
        """What the server is told; `kwargs` are the arguments as they came."""
        if isinstance(result, Rejection) and self.codec.can_fail:
            return self.codec.encode_error(refusal(result))
        return self.codec.encode_response(self._result(kwargs, result))

    def failure(self, error: MmhooksError) -> Any:
        """What the server is told when the hook as a whole failed.

        Raises:
            MmhooksError: the hook's response has no place for an error.
        """
        if not self.codec.can_fail:
            raise error
        return self.codec.encode_error(as_app_error(error, self.name))


class Dispatcher:
    """Answers hook calls from a plugin manager.

    Args:
        pm: the manager, with its packages registered.
        deadlines: the manifest's: hook name, ``background`` or ``default`` -> seconds for the whole call.
    """

    def __init__(self, pm: PluginManager, deadlines: Mapping[str, float] | None = None) -> None:
        self.pm = pm
        self._deadlines = {name: deadline_of(deadlines or {}, name) for name in HOOKS}
        self._entries: dict[str, Entry] = {}
        self.tracer = Tracer(pm)
        """Shows what happens inside the calls, once somebody subscribes."""

    def implemented(self) -> list[str]:
        """The Go names of the hooks that have a hookimpl."""
        return [hook.rpc for name, hook in HOOKS.items() if getattr(self.pm.hook, name).get_hookimpls()]

    def blocks(self, rpc: str) -> bool:
        """Whether all hookimpls of a hook, given by its Go name, are synchronous, and it is not streamed."""
        name = _BY_RPC[rpc]
        return name not in STREAMED and self._deadlines[name] is None and self.pm.plan(name).mode == "sync"

    def rejects(self, rpc: str) -> bool:
        """Whether a hookimpl of a hook, given by its Go name, asks to reject where it cannot answer."""
        return any(call.fail_closed for call in self.pm.plan(_BY_RPC[rpc]).calls)

    def entry(self, name: str) -> Entry:
        """The hook's conversions, built at the first call."""
        entry = self._entries.get(name)
        if entry is None:
            entry = self._entries[name] = Entry(name)
        return entry

    def deadline(self, name: str) -> float | None:
        """Seconds for a call of the hook, None without a limit."""
        return self._deadlines[name]

    def _plan(self, name: str) -> Plan | None:
        """The plan that says which arguments are needed; None if all are, because somebody looks at them."""
        return None if self.pm.is_monitored else self.pm.plan(name)

    def call(self, name: str, request: Any) -> Any:
        """Answers a unary hook on this thread."""
        entry = self._entries.get(name) or self.entry(name)
        kwargs = entry.kwargs(request, self._plan(name))
        try:
            if self.tracer.is_on:
                result = self.tracer.call(
                    name, request, lambda: self.pm.call(name, kwargs, self._deadlines[name])
                )
            else:
                result = self.pm.call(name, kwargs, self._deadlines[name])
            return entry.response(kwargs, result)
        except (AppError, HookError) as error:
            return entry.failure(error)

    async def acall(self, name: str, request: Any) -> Any:
        """Answers a unary hook on the event loop; an all-sync chain costs one hand-over to a thread."""
        entry = self._entries.get(name) or self.entry(name)
        kwargs = entry.kwargs(request, self._plan(name))
        try:
            return entry.response(kwargs, await self.arun(name, request, kwargs))
        except (AppError, HookError) as error:
            return entry.failure(error)

    async def arun(self, name: str, request: Any, kwargs: Kwargs) -> Any:
        """Runs a hook on the event loop, streamed or not; `request` is its first message.

        Returns:
            What the manager reduced.
        """
        if self.tracer.is_on:
            return await self.tracer.acall(
                name, request, lambda: self.pm.acall(name, kwargs, self._deadlines[name])
            )
        return await self.pm.acall(name, kwargs, self._deadlines[name])


def as_app_error(error: MmhooksError, hook: str) -> AppError:
    """An error as the server takes it: always with a real status."""
    if isinstance(error, AppError):
        return error
    return AppError(str(error), id=f"mmhooks.{hook}.failed", status_code=500, where=hook)


def refusal(rejection: Rejection) -> AppError:
    """A rejection for hooks that refuse by an error."""
    return AppError(rejection.reason, id="mmhooks.rejected", status_code=400)


def _result_of(name: str) -> tuple[Result, frozenset[str]]:
    """How the manager's reduced result becomes the results of the Go hook, and the arguments that this takes."""
    if name in _SPECIAL:
        return _SPECIAL[name]
    hook = HOOKS[name]
    results = [param.name for param in hook.results]
    if not results:
        return _nothing, frozenset()
    if results == ["result", "rejection_reason"]:
        argument = piped_arguments()[name]
        return _replacement(argument), frozenset({argument})
    return _value_or_reason, frozenset()


@cache
def piped_arguments() -> dict[str, str]:
    """Hook -> the argument that its pipeline passes on."""
    found = {}
    for module in map(import_module, HOOKSPEC_MODULES):
        for name, function in vars(module).items():
            semantics = semantics_of(function)
            if isinstance(semantics, Pipeline):
                found[name] = semantics.argument
    return found


def _nothing(kwargs: Kwargs, result: Any) -> None:
    return None


def _replacement(argument: str) -> Result:
    """The value only if it was changed: no answer keeps the original, and costs nothing to send."""

    def result(kwargs: Kwargs, value: Any) -> tuple[Any, str]:
        if isinstance(value, Rejection):
            return None, value.reason
        return (None if value is kwargs[argument] else value), ""

    return result


def _value_or_reason(kwargs: Kwargs, value: Any) -> Any:
    if isinstance(value, Rejection):
        return value.reason
    return "" if value is None else value


def _message_will_be_updated(kwargs: Kwargs, value: Any) -> tuple[Any, str]:
    """The server takes no post for a refusal, so an unchanged one is sent back."""
    return (None, value.reason) if isinstance(value, Rejection) else (value, "")


def _consumed(kwargs: Kwargs, posts: Any) -> list[Any]:
    """Only what was changed: the server matches by id."""
    before = {id(post) for post in kwargs["posts"]}
    return [post for post in posts if id(post) not in before]


def _configuration(kwargs: Kwargs, config: Any) -> Any:
    return {} if config is kwargs["new_cfg"] else config


_CONTENT: Final = tuple(attribute.name for attribute in attrs.fields(EmailNotificationContent))


def _email(kwargs: Kwargs, value: Any) -> tuple[Any, str]:
    if isinstance(value, Rejection):
        return None, value.reason
    if value is kwargs["email_notification"]:
        return None, ""
    return EmailNotificationContent(**{name: getattr(value, name) for name in _CONTENT}), ""


def _command(kwargs: Kwargs, value: Any) -> Any:
    if value is None:
        trigger = kwargs["args"].command.partition(" ")[0]
        raise NotFoundError(
            f"No package of this plugin answers {trigger}.",
            id="mmhooks.execute_command.unknown",
            where="execute_command",
        )
    return value


_SPECIAL: Final[dict[str, tuple[Result, frozenset[str]]]] = {
    "message_will_be_updated": (_message_will_be_updated, frozenset({"new_post"})),
    "messages_will_be_consumed": (_consumed, frozenset({"posts"})),
    "messages_will_be_consumed_with_context": (_consumed, frozenset({"posts"})),
    "configuration_will_be_saved": (_configuration, frozenset({"new_cfg"})),
    "email_notification_will_be_sent": (_email, frozenset({"email_notification"})),
    "execute_command": (_command, frozenset({"args"})),
}
