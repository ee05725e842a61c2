"""Wrappers round a reduced call.

Where the whole call is synchronous, the reduced call goes into pluggy's own ``_multicall`` as the one
hookimpl that the wrappers surround. Where it is not, `set_up` and `tear_down` are the two halves of
``_multicall``, with the same rules, so that something can be awaited between them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, cast

from pluggy import HookCallError, HookImpl, Result
from pluggy._callers import _multicall, _raise_wrapfail, run_old_style_hookwrapper

from mmhooks.errors import HookTypeError, Rejection
from mmhooks.runtime.plan import Kwargs, Plan, logger
from mmhooks.runtime.reduce import Steps
from mmhooks.specs.semantics import Aggregate, First, Pipeline, Veto

Before = Callable[[str, Sequence[HookImpl], Mapping[str, Any]], None]
After = Callable[[Result[Any], str, Sequence[HookImpl], Mapping[str, Any]], None]
Monitor = tuple[Before, After]
Teardown = Generator[None, object, object]


class Standin:
    """Looks like a ``HookImpl`` to ``_multicall``: the reduced call, or a monitor as a wrapper."""

    __slots__ = ("argnames", "function", "hookwrapper", "kwargnames", "plugin_name", "wrapper")

    def __init__(self, function: Callable[[], Any], *, wrapper: bool = False) -> None:
        self.function = function
        self.wrapper = wrapper
        self.hookwrapper = False
        self.argnames: tuple[str, ...] = ()
        self.kwargnames: tuple[str, ...] = ()
        self.plugin_name = "mmhooks"


def wrappers_of(plan: Plan, kwargs: Mapping[str, Any], monitors: Sequence[Monitor]) -> list[Any]:
    """The plan's wrappers, with the monitors as the outermost ones."""
    around = [Standin(_monitoring(m, plan, kwargs), wrapper=True) for m in monitors]
    return [*plan.wrappers, *around]


def _monitoring(monitor: Monitor, plan: Plan, kwargs: Mapping[str, Any]) -> Callable[[], Teardown]:
    before, after = monitor

    def watch() -> Teardown:
        before(plan.hook_name, plan.hookimpls, kwargs)
        try:
            value = yield
        except BaseException as error:
            outcome: Result[Any] = Result(None, error)
        else:
            outcome = Result(value, None)
        after(outcome, plan.hook_name, plan.hookimpls, kwargs)
        return outcome.get_result()

    return watch


class Reduced:
    """The result inside the wrappers, kept for the case that they return nothing of use."""

    __slots__ = ("is_known", "value")

    def __init__(self) -> None:
        self.is_known = False
        self.value: Any = None

    def keep(self, value: Any) -> Any:
        """Remember the value and give it on."""
        self.is_known = True
        self.value = value
        return value


def conclude(
    plan: Plan,
    waiting: list[Teardown],
    reduced: Reduced,
    exception: BaseException | None,
    offered: Any,
) -> Any:
    """Run what is left of the wrappers and settle the result."""
    try:
        result = tear_down(waiting, reduced.value, exception)
    except Rejection as rejection:
        if not rejects(plan):
            raise
        return rejection.with_traceback(None)
    return settle(plan, result, reduced, offered)


def wrapped_steps(plan: Plan, wrappers: list[Any], kwargs: Kwargs, steps: Steps) -> Steps:
    """A reducer with the wrappers round it, as one generator."""
    reduced = Reduced()
    offered = incoming(plan, kwargs)
    waiting, exception = set_up(plan, wrappers, kwargs)
    if exception is None:
        try:
            reduced.keep((yield from steps))
        except BaseException as error:
            exception = error
    return conclude(plan, waiting, reduced, exception, offered)


def call_wrapped(plan: Plan, wrappers: list[Any], kwargs: Kwargs, reduce: Callable[[], Any]) -> Any:
    """Run a reduced call inside its wrappers, on this thread."""
    reduced = Reduced()
    offered = incoming(plan, kwargs)
    inner = Standin(lambda: reduced.keep(reduce()))
    around = cast("Sequence[HookImpl]", [inner, *wrappers])
    try:
        result = _multicall(plan.hook_name, around, kwargs, True)
    except Rejection as rejection:
        if not rejects(plan):
            raise
        return rejection.with_traceback(None)
    return settle(plan, result, reduced, offered)


def set_up(
    plan: Plan, wrappers: list[Any], kwargs: Mapping[str, Any]
) -> tuple[list[Teardown], BaseException | None]:
    """Run the wrappers up to their ``yield``, outermost first.

    Returns:
        Those that are waiting at their ``yield``, and what one of them raised before, if any.
    """
    waiting: list[Teardown] = []
    try:
        for wrapper in reversed(wrappers):
            args, options = _arguments(wrapper, kwargs)
            if wrapper.hookwrapper:
                generator = run_old_style_hookwrapper(wrapper, plan.hook_name, args, options or None)
                next(generator)
            else:
                generator = wrapper.function(*args, **options)
                try:
                    next(generator)
                except StopIteration:
                    _raise_wrapfail(generator, "did not yield")
            waiting.append(generator)
    except BaseException as error:
        return waiting, error
    return waiting, None


def _arguments(wrapper: HookImpl, kwargs: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    try:
        args = [kwargs[name] for name in wrapper.argnames]
    except KeyError as error:
        raise HookCallError(f"hook call must provide argument {error.args[0]!r}") from error
    return args, {name: kwargs[name] for name in wrapper.kwargnames if name in kwargs}


def tear_down(waiting: list[Teardown], result: Any, exception: BaseException | None) -> Any:
    """Run the wrappers from their ``yield`` on, innermost first.

    Returns:
        The result as the outermost wrapper left it.
    """
    for generator in reversed(waiting):
        try:
            if exception is None:
                generator.send(result)
            else:
                try:
                    generator.throw(exception)
                except RuntimeError as error:
                    # A StopIteration that passes through a generator comes out as its cause.
                    if not (isinstance(exception, StopIteration) and error.__cause__ is exception):
                        raise
                    generator.close()
                    continue
            generator.close()
        except StopIteration as stop:
            result, exception = stop.value, None
        except BaseException as error:
            exception = error
        else:
            _raise_wrapfail(generator, "has second yield")
    if exception is not None:
        raise exception
    return result


def incoming(plan: Plan, kwargs: Mapping[str, Any]) -> Any:
    """What a pipeline starts from; None for other semantics."""
    return kwargs[plan.semantics.argument] if isinstance(plan.semantics, Pipeline) else None


def rejects(plan: Plan) -> bool:
    """Whether a rejection is a result of this hook."""
    return isinstance(plan.semantics, Pipeline | Veto | First) and plan.accepted.may_reject


def settle(plan: Plan, result: Any, reduced: Reduced, offered: Any) -> Any:
    """Check what the wrappers made of the result.

    A wrapper that forgets ``return result`` gives None. The server takes that for a rejection of an edited
    post, so a pipeline falls back on the reduced value, and says so in the log.
    """
    if not isinstance(plan.semantics, Pipeline | Veto | First | Aggregate):
        return None
    if isinstance(plan.semantics, Veto) and isinstance(result, str):
        return Rejection(result) if result else None
    if result is reduced.value and reduced.is_known:
        return result
    if isinstance(result, Rejection) and rejects(plan):
        return result
    if result is None and not isinstance(plan.semantics, Pipeline | Aggregate):
        return None
    if result is not None and (isinstance(plan.semantics, Aggregate) or plan.accepted.takes(result)):
        return result
    names = ", ".join(wrapper.plugin_name for wrapper in plan.wrappers)
    error = HookTypeError(
        names,
        plan.hook_name,
        f"a wrapper returned {type(result).__name__}, but this hook takes {plan.accepted.text}; "
        "end it with 'return' and the result of its yield",
    )
    logger.error("%s", error, extra={"plugin_name": names, "hook_name": plan.hook_name})
    return reduced.value if reduced.is_known else offered
