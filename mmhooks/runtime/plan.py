"""What one call of a hook does, worked out once: a `Plan` is compiled per hook and kept until it changes."""

from __future__ import annotations

import inspect
import logging
import threading
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, Literal, cast

import attrs
import pluggy
from pluggy import HookCallError, HookImpl

from mmhooks.errors import HookError, HookTypeError, Rejection
from mmhooks.runtime.accept import Accepted
from mmhooks.runtime.observe import Note
from mmhooks.specs.semantics import Semantics

Mode = Literal["sync", "async", "mixed"]
Kwargs = dict[str, Any]

logger = logging.getLogger("mmhooks.hooks")

API = "api"
ASYNC_API = "async_api"

FAILURES = (Exception, SystemExit)
"""What a hookimpl may raise without ending the process: ``argparse`` ends with SystemExit."""


class FailureLog:
    """Logs failed hookimpls and counts them; one per plugin manager."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, str]] = Counter()

    def record(self, call: Call, error: BaseException) -> None:
        """Log and count one failure."""
        with self._lock:
            self._counts[call.hook_name, call.plugin_name] += 1
        logger.error(
            "%s: %s failed: %s: %s",
            call.plugin_name,
            call.hook_name,
            type(error).__name__,
            error,
            exc_info=error,
            extra={"plugin_name": call.plugin_name, "hook_name": call.hook_name},
        )

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """Failures so far by (hook name, plugin name)."""
        with self._lock:
            return dict(self._counts)


@attrs.frozen(eq=False)
class Call:
    """One hookimpl, ready to be called."""

    hook_name: str
    plugin_name: str
    invoke: Callable[[Mapping[str, Any]], Any]
    """Picks the hookimpl's arguments and calls it; for an async one the result is awaitable."""
    is_async: bool
    fail_closed: bool
    timeout: float | None
    is_plain: bool
    """Synchronous and without a timeout of its own: may simply be called."""
    argnames: tuple[str, ...]


@attrs.define(eq=False)
class Plan:
    """Everything about a hook that a call needs."""

    hook_name: str
    semantics: Semantics
    accepted: Accepted
    hookimpls: list[HookImpl]
    calls: tuple[Call, ...]
    """The hookimpls that are not wrappers, in calling order."""
    wrappers: list[HookImpl]
    """In pluggy's order: the last one is outermost."""
    mode: Mode
    is_empty: bool
    has_timeouts: bool
    needs_api: bool
    taken: frozenset[str]
    """The arguments that a hookimpl or a wrapper names: no others need be made."""
    reduce: Callable[[Plan, Kwargs, Note | None], Generator[Call, Any, Any]]
    failures: FailureLog
    undo: dict[str, tuple[Call, ...]]
    """By plugin name: what takes back an activation."""

    def failed(self, call: Call, error: BaseException, kwargs: Kwargs, note: Note | None) -> HookError:
        """Log, count and report a failure.

        Returns:
            The error as a `HookError` that wraps it.
        """
        if isinstance(error, KeyError) and (missing := [a for a in call.argnames if a not in kwargs]):
            raise HookCallError(f"hook call must provide argument {missing[0]!r}") from None
        self.failures.record(call, error)
        if note is not None:
            note(call.plugin_name, "error")
        return hook_error(call, error)

    def wrong_type(self, call: Call, result: object) -> HookTypeError:
        """Describe a result that the hook does not take."""
        if isinstance(result, Rejection):
            message = f"was rejected ({result.reason}), but this hook cannot be rejected"
        else:
            got = type(result).__name__
            if isinstance(result, list | tuple) and isinstance(result, self.accepted.types or object):
                got += " of " + (", ".join(sorted({type(element).__name__ for element in result})))
            message = f"returned {got}, but this hook takes {self.accepted.text}"
        if inspect.iscoroutine(result):
            result.close()
            message += "; declare the hookimpl as 'async def' to have it awaited"
        return HookTypeError(call.plugin_name, call.hook_name, message)


def hook_error(call: Call, error: BaseException) -> HookError:
    """Wrap what a hookimpl raised, unless it is a `HookError` of this hookimpl already."""
    if isinstance(error, HookError) and error.plugin_name == call.plugin_name:
        return error
    wrapped = HookError(call.plugin_name, call.hook_name, f"{type(error).__name__}: {error}")
    wrapped.__cause__ = error
    return wrapped


def compile_call(hookimpl: HookImpl, hook_name: str) -> Call:
    """Make a `Call` of a hookimpl that is not a wrapper."""
    options = cast("Mapping[str, Any]", hookimpl.opts)
    is_async = inspect.iscoroutinefunction(hookimpl.function)
    timeout = options.get("timeout")
    return Call(
        hook_name=hook_name,
        plugin_name=hookimpl.plugin_name,
        invoke=_invoker(hookimpl, is_async),
        is_async=is_async,
        fail_closed=options.get("on_error") == "reject",
        timeout=timeout,
        is_plain=not is_async and timeout is None,
        argnames=hookimpl.argnames,
    )


def _invoker(hookimpl: HookImpl, is_async: bool) -> Callable[[Mapping[str, Any]], Any]:
    """A function of the hook's arguments that hands over just those the hookimpl takes."""

    def source(name: str) -> str:
        return ASYNC_API if is_async and name == API else name

    function = cast("Callable[..., Any]", hookimpl.function)
    names = tuple(source(name) for name in hookimpl.argnames)
    optional = tuple((name, source(name)) for name in hookimpl.kwargnames)
    if not VIEWED.isdisjoint((*names, *hookimpl.kwargnames)):
        return lambda kw: function(
            *[_view(kw[name], is_async) for name in names],
            **{name: _view(kw[key], is_async) for name, key in optional if key in kw},
        )
    if optional:
        return lambda kw: function(
            *[kw[name] for name in names], **{name: kw[key] for name, key in optional if key in kw}
        )
    # The short forms save the list, which is a third of the cost of a call.
    match names:
        case ():
            return lambda kw: function()
        case (a,):
            return lambda kw: function(kw[a])
        case (a, b):
            return lambda kw: function(kw[a], kw[b])
        case (a, b, c):
            return lambda kw: function(kw[a], kw[b], kw[c])
    return lambda kw: function(*[kw[name] for name in names])


VIEWED = frozenset({"request", "file"})
"""Arguments that read from a stream: each hookimpl gets a view of its own, made by their ``for_hookimpl``."""


def _view(value: Any, is_async: bool) -> Any:
    make = getattr(value, "for_hookimpl", None)
    return value if make is None else make(is_async)


def mode_of(calls: Sequence[Call]) -> Mode:
    """How a chain runs: ``sync`` also if there is nothing to run."""
    kinds = {call.is_async for call in calls}
    if kinds == {True}:
        return "async"
    return "mixed" if len(kinds) == 2 else "sync"


def names_api(hookimpl: HookImpl) -> bool:
    """Whether a hookimpl takes the API client."""
    return API in hookimpl.argnames or API in hookimpl.kwargnames


def is_wrapper(hookimpl: HookImpl) -> bool:
    """Whether a hookimpl is a wrapper of either kind."""
    return hookimpl.wrapper or hookimpl.hookwrapper


def validate(hookimpl: HookImpl, hook_name: str, *, ignores_results: bool) -> None:
    """Refuse hookimpls that could never do what they look like.

    Raises:
        pluggy.PluginValidationError: an asynchronous generator, or a generator that is no wrapper where
            results are ignored, so that its body would never run.
    """
    function = hookimpl.function
    problem = ""
    if inspect.isasyncgenfunction(function):
        problem = "an 'async def' hookimpl cannot yield"
        if is_wrapper(hookimpl):
            problem = "a wrapper is written with 'def', not 'async def': it goes round both kinds"
    elif is_wrapper(hookimpl) and inspect.iscoroutinefunction(function):
        problem = "a wrapper is a generator function written with 'def', not 'async def'"
    elif ignores_results and not is_wrapper(hookimpl) and inspect.isgeneratorfunction(function):
        problem = "it yields, but is not marked wrapper=True, so its body would never run"
    if problem:
        raise pluggy.PluginValidationError(
            hookimpl.plugin, f"Plugin {hookimpl.plugin_name!r} for hook {hook_name!r}\n{problem}"
        )
