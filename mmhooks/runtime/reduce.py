"""How results combine: one reducer per semantics.

A reducer is a generator. It yields the `Call` to make next, gets the outcome sent in (or the exception
thrown in), and returns the combined result. It neither calls nor awaits anything itself, so the drivers of
`mmhooks.runtime.drive` run the same reducer on a thread or on an event loop.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator
from typing import Any

from mmhooks.errors import ActivationError, AppError, HookError, LifecycleError, Rejection
from mmhooks.runtime.observe import Note
from mmhooks.runtime.plan import FAILURES, Call, Kwargs, Plan, hook_error
from mmhooks.specs.semantics import (
    Aggregate,
    First,
    Lifecycle,
    Notify,
    Pipeline,
    Semantics,
    Veto,
)

Steps = Generator[Call, Any, Any]
Reducer = Callable[[Plan, Kwargs, Note | None], Steps]


def reduce_notify(plan: Plan, kwargs: Kwargs, note: Note | None) -> Steps:
    """Call all; a failure is logged and harms no other."""
    for call in plan.calls:
        try:
            result = yield call
        except FAILURES as error:
            plan.failed(call, error, kwargs, note)
            continue
        if inspect.iscoroutine(result):
            plan.failed(call, plan.wrong_type(call, result), kwargs, note)
        elif note is not None:
            note(call.plugin_name, "none")


def reduce_lifecycle(plan: Plan, kwargs: Kwargs, note: Note | None) -> Steps:
    """Call all in order; raise the failures together, after taking back where all must succeed."""
    semantics = plan.semantics
    assert isinstance(semantics, Lifecycle)
    errors: list[HookError] = []
    done: list[Call] = []
    for call in plan.calls:
        try:
            result = yield call
        except FAILURES as error:
            errors.append(plan.failed(call, error, kwargs, note))
        else:
            if inspect.iscoroutine(result):
                errors.append(plan.failed(call, plan.wrong_type(call, result), kwargs, note))
            else:
                done.append(call)
                if note is not None:
                    note(call.plugin_name, "none")
        if errors and semantics.all_or_nothing:
            yield from _take_back(plan, done, kwargs, errors)
            raise ActivationError(plan.hook_name, errors) from errors[0]
    if errors:
        raise LifecycleError(plan.hook_name, errors) from errors[0]


def _take_back(plan: Plan, done: list[Call], kwargs: Kwargs, errors: list[HookError]) -> Steps:
    for succeeded in reversed(done):
        for call in plan.undo.get(succeeded.plugin_name, ()):
            try:
                yield call
            except FAILURES as error:
                plan.failures.record(call, error)
                errors.append(hook_error(call, error))


def reduce_first(plan: Plan, kwargs: Kwargs, note: Note | None) -> Steps:
    """The first result wins; an `AppError` is the application's answer and is raised as it is."""
    for call in plan.calls:
        try:
            result = yield call
        except AppError:
            if note is not None:
                note(call.plugin_name, "result")
            raise
        except FAILURES as error:
            failure = plan.failed(call, error, kwargs, note)
        else:
            if result is None:
                if note is not None:
                    note(call.plugin_name, "none")
                continue
            if plan.accepted.takes(result):
                if note is not None:
                    note(call.plugin_name, "result")
                return result
            failure = plan.failed(call, plan.wrong_type(call, result), kwargs, note)
        if call.fail_closed:
            raise failure
    return None


def reduce_veto(plan: Plan, kwargs: Kwargs, note: Note | None) -> Steps:
    """The first reason stops."""
    for call in plan.calls:
        try:
            result = yield call
        except Rejection as rejection:
            result = rejection.with_traceback(None)
        except FAILURES as error:
            plan.failed(call, error, kwargs, note)
            if call.fail_closed:
                return rejection_of(call)
            continue
        if result is None or result == "":
            if note is not None:
                note(call.plugin_name, "none")
        elif isinstance(result, str | Rejection):
            if note is not None:
                note(call.plugin_name, "rejected")
            return result if isinstance(result, Rejection) else Rejection(result)
        else:
            plan.failed(call, plan.wrong_type(call, result), kwargs, note)
            if call.fail_closed:
                return rejection_of(call)
    return None


def reduce_pipeline(plan: Plan, kwargs: Kwargs, note: Note | None) -> Steps:
    """Pass one argument through all; the last value, or the first rejection, is the result."""
    semantics = plan.semantics
    assert isinstance(semantics, Pipeline)
    argument, accepted = semantics.argument, plan.accepted
    for call in plan.calls:
        failure: HookError | None = None
        try:
            result = yield call
        except Rejection as rejection:
            result = rejection.with_traceback(None)
        except FAILURES as error:
            result, failure = None, plan.failed(call, error, kwargs, note)
        if isinstance(result, Rejection) and accepted.may_reject:
            if note is not None:
                note(call.plugin_name, "rejected")
            return result
        if result is not None:
            failure = _pass_on(plan, call, result, kwargs, note)
        elif failure is None and note is not None:
            note(call.plugin_name, "none")
        if failure is not None and call.fail_closed:
            if accepted.may_reject:
                return rejection_of(call)
            raise failure
    return kwargs[argument]


def _pass_on(plan: Plan, call: Call, result: Any, kwargs: Kwargs, note: Note | None) -> HookError | None:
    """Make a result the value that the next one sees; the failure, if it cannot be."""
    semantics = plan.semantics
    assert isinstance(semantics, Pipeline)
    if not plan.accepted.takes(result):
        return plan.failed(call, plan.wrong_type(call, result), kwargs, note)
    before = kwargs[semantics.argument]
    if semantics.merge is not None:
        try:
            if semantics.keep is not None:
                semantics.keep(kwargs, result)
            result = semantics.merge(before, result)
        except FAILURES as error:
            return plan.failed(call, error, kwargs, note)
    if note is not None:
        note(call.plugin_name, "none" if result is before or result == before else "changed")
    kwargs[semantics.argument] = result
    return None


def reduce_aggregate(plan: Plan, kwargs: Kwargs, note: Note | None) -> Steps:
    """Collect the results and reduce them to one."""
    semantics = plan.semantics
    assert isinstance(semantics, Aggregate)
    results: list[Any] = []
    for call in plan.calls:
        try:
            result = yield call
        except FAILURES as error:
            failure = plan.failed(call, error, kwargs, note)
        else:
            if result is None or plan.accepted.takes(result):
                if note is not None:
                    note(call.plugin_name, "none" if result is None else "result")
                if result is not None:
                    results.append(result)
                continue
            failure = plan.failed(call, plan.wrong_type(call, result), kwargs, note)
        if call.fail_closed:
            raise failure
    return semantics.reduce(results)


def rejection_of(call: Call) -> Rejection:
    """What the user reads when a hookimpl that must not fail has failed: its name, nothing from inside."""
    return Rejection(f"{call.plugin_name} failed while checking this; nothing was done")


_REDUCERS: dict[type[Semantics], Reducer] = {
    Notify: reduce_notify,
    Lifecycle: reduce_lifecycle,
    First: reduce_first,
    Veto: reduce_veto,
    Pipeline: reduce_pipeline,
    Aggregate: reduce_aggregate,
}


def reducer_of(semantics: Semantics) -> Reducer:
    """The reducer for a semantics."""
    return _REDUCERS[type(semantics)]
