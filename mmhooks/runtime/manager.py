"""The plugin manager: pluggy's, with the semantics of our hookspecs.

Hooks whose spec has semantics (`mmhooks.specs.semantics`) give one combined result; all others are plain
pluggy hooks. Everything else is pluggy's and keeps working.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from time import monotonic
from typing import Any

import pluggy
from pluggy import HookImpl

from mmhooks.errors import AppError, CompositionError, MmhooksError, Rejection
from mmhooks.runtime.accept import Accepted, accepted_results
from mmhooks.runtime.drive import Lanes, drive, drive_async
from mmhooks.runtime.nearest import did_you_mean
from mmhooks.runtime.observe import CallObserver, Note, Observer, Outcome, Watch
from mmhooks.runtime.plan import (
    API,
    ASYNC_API,
    Call,
    FailureLog,
    Kwargs,
    Plan,
    compile_call,
    is_wrapper,
    mode_of,
    names_api,
    validate,
)
from mmhooks.runtime.reduce import reducer_of
from mmhooks.runtime.relay import Relay
from mmhooks.runtime.threads import WorkerThreads
from mmhooks.runtime.wrap import (
    After,
    Before,
    Monitor,
    Reduced,
    call_wrapped,
    conclude,
    incoming,
    set_up,
    wrapped_steps,
    wrappers_of,
)
from mmhooks.specs import HOOKSPEC_MODULES
from mmhooks.specs.semantics import PROJECT, First, Lifecycle, Notify, Pipeline, Semantics, semantics_of


class PluginManager(pluggy.PluginManager):
    """A plugin manager that reduces results as each hookspec says.

    ``pm.hook.<name>(...)``, `call` and `acall` arrive at the same results.

    Args:
        project_name: as in pluggy; ours is ``"mmhooks"``.
        threads: for synchronous hookimpls called from an event loop.
        loop: for asynchronous hookimpls called from a thread; None for a loop in the background.
    """

    def __init__(
        self,
        project_name: str = PROJECT,
        *,
        threads: WorkerThreads | None = None,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(project_name)
        self.lanes = Lanes(threads, loop)
        self._failures = FailureLog()
        self._semantics: dict[str, tuple[Semantics, Callable[..., object]]] = {}
        self._accepted: dict[str, Accepted] = {}
        self._plans: dict[str, Plan] = {}
        self._subsets: dict[tuple[HookImpl, ...], Plan] = {}
        self._generation = 0
        self._apis: dict[str, Any] = {}
        self._monitors: tuple[Monitor, ...] = ()
        self._watches: tuple[Watch, ...] = ()
        self._wrap_call: Callable[[Call, Semantics], Call] | None = None

    # -- what is registered ---------------------------------------------------------------------

    def add_hookspecs(self, module_or_class: Any) -> None:
        """Add the hookspecs of a module or class; ours and plain pluggy ones."""
        found: dict[str, tuple[Semantics, Callable[..., object]]] = {}
        for name in dir(module_or_class):
            if self.parse_hookspec_opts(module_or_class, name) is None:
                continue
            function = getattr(module_or_class, name)
            semantics = semantics_of(function)
            if semantics is not None and name not in self._semantics:
                found[name] = (semantics, function)
        self._semantics.update(found)
        try:
            super().add_hookspecs(module_or_class)
        except BaseException:
            for name in found:
                del self._semantics[name]
            raise
        finally:
            self._forget_plans()
        for name in found:
            _make_api_optional(getattr(self.hook, name).spec)

    def register(self, plugin: object, name: str | None = None) -> str | None:
        """Register a plugin; see pluggy."""
        try:
            return super().register(plugin, name)
        finally:
            self._forget_plans()

    def unregister(self, plugin: object | None = None, name: str | None = None) -> Any | None:
        """Unregister a plugin; see pluggy."""
        try:
            return super().unregister(plugin, name)
        finally:
            self._forget_plans()

    def _verify_hook(self, hook: Any, hookimpl: HookImpl) -> None:
        if hook.name in self._semantics:
            semantics = self._semantics[hook.name][0]
            validate(hookimpl, hook.name, ignores_results=isinstance(semantics, Notify | Lifecycle))
        super()._verify_hook(hook, hookimpl)

    def add_hookcall_monitoring(self, before: Before, after: After) -> Callable[[], None]:
        """Call ``before`` and ``after`` round every hook call, also those of `call` and `acall`; see pluggy.

        Returns:
            A function that ends it.
        """
        undo_pluggy = super().add_hookcall_monitoring(before, after)
        earlier = self._monitors
        self._monitors = (*earlier, (before, after))

        def undo() -> None:
            undo_pluggy()
            self._monitors = earlier

        return undo

    def add_observer(
        self, impl: Observer | None = None, *, on_call: CallObserver | None = None
    ) -> Callable[[], None]:
        """Be told what came of each hookimpl, and of each whole call.

        Args:
            impl: called after each hookimpl: hook name, plugin name, outcome, seconds. It must not raise
                and may be called on any thread.
            on_call: called after each whole call: hook name, outcome, seconds.

        Returns:
            A function that ends it.
        """
        watch = Watch(impl, on_call)
        self._watches = (*self._watches, watch)

        def undo() -> None:
            self._watches = tuple(other for other in self._watches if other is not watch)

        return undo

    def set_call_wrapper(self, wrap: Callable[[Call, Semantics], Call] | None) -> None:
        """Have every hookimpl's call replaced by what a function makes of it; None for the calls as they are."""
        self._wrap_call = wrap
        self._forget_plans()

    def set_api(self, api: Any, async_api: Any = None) -> None:
        """Set the clients that hookimpls get as ``api``; a call's own arguments go before them.

        Args:
            api: for ``def`` hookimpls and wrappers.
            async_api: for ``async def`` hookimpls; None for the same.
        """
        self._apis = {API: api, ASYNC_API: api if async_api is None else async_api}

    @property
    def failure_counts(self) -> dict[tuple[str, str], int]:
        """How often hookimpls have failed, by (hook name, plugin name)."""
        return self._failures.counts

    # -- plans ----------------------------------------------------------------------------------

    def hook_names(self) -> list[str]:
        """The hooks that have semantics, sorted."""
        return sorted(self._semantics)

    @property
    def is_monitored(self) -> bool:
        """Whether somebody sees the arguments of every call."""
        return bool(self._monitors)

    def plan(self, hook_name: str) -> Plan:
        """What a call of this hook does; compiled when first asked for.

        Raises:
            CompositionError: there is no such hook, it is a plain pluggy hook, or the return annotation of its
                hookspec cannot be resolved.
        """
        plan = self._plans.get(hook_name)
        if plan is None:
            generation = self._generation
            if hook_name not in self._semantics:
                raise CompositionError(
                    f"there is no hook {hook_name!r}{did_you_mean(hook_name, self._semantics)}"
                )
            plan = self._compile(hook_name, getattr(self.hook, hook_name).get_hookimpls())
            if generation == self._generation:  # else something was registered meanwhile
                self._plans[hook_name] = plan
        return plan

    def _forget_plans(self) -> None:
        self._generation += 1
        self._plans = {}
        self._subsets = {}

    def _compile(self, hook_name: str, hookimpls: list[HookImpl]) -> Plan:
        semantics, function = self._semantics[hook_name]
        accepted = self._accepted.get(hook_name) or accepted_results(function, semantics)
        self._accepted[hook_name] = accepted
        plain = [impl for impl in reversed(hookimpls) if not is_wrapper(impl)]
        calls = tuple(compile_call(impl, hook_name) for impl in plain)
        if self._wrap_call is not None:
            calls = tuple(self._wrap_call(call, semantics) for call in calls)
        undo_impls = self._undo_impls(semantics)
        undo_calls = [compile_call(impl, getattr(semantics, "undo", "")) for impl in undo_impls]
        everything = (*calls, *undo_calls)
        return Plan(
            hook_name=hook_name,
            semantics=semantics,
            accepted=accepted,
            hookimpls=hookimpls,
            calls=calls,
            wrappers=[impl for impl in hookimpls if is_wrapper(impl)],
            mode=mode_of(everything),
            is_empty=not hookimpls,
            has_timeouts=any(call.timeout is not None for call in everything),
            needs_api=any(map(names_api, (*hookimpls, *undo_impls))),
            taken=frozenset(
                name for impl in (*hookimpls, *undo_impls) for name in (*impl.argnames, *impl.kwargnames)
            ),
            reduce=reducer_of(semantics),
            failures=self._failures,
            undo={
                name: tuple(call for call in undo_calls if call.plugin_name == name)
                for name in {call.plugin_name for call in undo_calls}
            },
        )

    def _undo_impls(self, semantics: Semantics) -> list[HookImpl]:
        if not isinstance(semantics, Lifecycle) or semantics.undo is None:
            return []
        caller = getattr(self.hook, semantics.undo, None)
        impls = [] if caller is None else caller.get_hookimpls()
        return [impl for impl in reversed(impls) if not is_wrapper(impl)]

    def _plan_for(self, hook_name: str, hookimpls: Sequence[HookImpl]) -> Plan:
        plan = self.plan(hook_name)
        if plan.hookimpls == hookimpls:
            return plan
        # A subset_hook_caller's, a call_extra's, or a historic call's for one new hookimpl.
        key = tuple(hookimpls)
        subset = self._subsets.get(key)
        if subset is None:
            subset = self._compile(hook_name, list(hookimpls))
            if set(plan.hookimpls).issuperset(key):  # those of call_extra are made anew each time
                self._subsets[key] = subset
        return subset

    # -- calls ----------------------------------------------------------------------------------

    def call(self, hook_name: str, kwargs: Mapping[str, Any], deadline: float | None = None) -> Any:
        """Call a hook on this thread; asynchronous hookimpls run on an event loop meanwhile.

        Args:
            hook_name: one of our hooks.
            kwargs: the hook's arguments; ``api`` and ``async_api`` go before those of `set_api`.
            deadline: seconds for the whole call. Checked before each hookimpl; one that is synchronous is
                only cut short if it has a timeout of its own.

        Returns:
            The reduced result.

        Raises:
            CompositionError: there is no such hook.
            HookError: a hookimpl failed where that must not be passed over.
        """
        plan = self._plans.get(hook_name) or self.plan(hook_name)
        if plan.wrappers or self._watches or self._monitors or plan.mode != "sync":
            return self._call_watched(plan, kwargs, deadline, self._monitors)
        bound = self._bind(plan, kwargs)
        end = None if deadline is None else monotonic() + deadline
        return drive(plan.reduce(plan, bound, None), bound, None, end, self.lanes)

    async def acall(self, hook_name: str, kwargs: Mapping[str, Any], deadline: float | None = None) -> Any:
        """Call a hook from an event loop.

        All-synchronous chains run on one worker thread, all others on this loop with the synchronous
        hookimpls and the wrappers on worker threads.

        Args:
            hook_name: one of our hooks.
            kwargs: the hook's arguments; ``api`` and ``async_api`` go before those of `set_api`.
            deadline: seconds for the whole call, wrappers aside. An asynchronous hookimpl that takes longer
                is cancelled, a synchronous one is left to its thread.

        Returns:
            The reduced result.

        Raises:
            CompositionError: there is no such hook.
            HookError: a hookimpl failed where that must not be passed over.
        """
        plan = self._plans.get(hook_name) or self.plan(hook_name)
        monitors = self._monitors
        if plan.is_empty and not monitors:
            return self._call_watched(plan, kwargs, deadline, ())
        if plan.mode == "sync" and deadline is None and not plan.has_timeouts:
            loop = asyncio.get_running_loop()
            return await self.lanes.threads.run(loop, self._call_watched, plan, kwargs, deadline, monitors)
        note = self._note(plan)
        try:
            result = await self._acall_wrapped(plan, kwargs, deadline, monitors, note)
        except BaseException as error:
            _finish(note, plan, error)
            raise
        _finish_result(note, plan, kwargs, result)
        return result

    def _hookexec(
        self,
        hook_name: str,
        methods: Sequence[HookImpl],
        kwargs: Mapping[str, object],
        firstresult: bool,
    ) -> object:
        # What every hook caller of pluggy's ends in. For our hooks the monitors are put round the reduced
        # call here, so that call() and acall() have them too.
        if hook_name not in self._semantics:
            return self._inner_hookexec(hook_name, methods, kwargs, firstresult)
        return self._call_watched(self._plan_for(hook_name, methods), kwargs, None, self._monitors)

    def _call_watched(
        self,
        plan: Plan,
        kwargs: Mapping[str, Any],
        deadline: float | None,
        monitors: tuple[Monitor, ...],
    ) -> Any:
        if plan.mode != "sync":
            self._refuse_own_loop()
        bound = self._bind(plan, kwargs)
        end = None if deadline is None else monotonic() + deadline
        note = self._note(plan)
        try:
            if plan.wrappers or monitors:
                result = call_wrapped(
                    plan,
                    wrappers_of(plan, kwargs, monitors),
                    bound,
                    lambda: drive(plan.reduce(plan, bound, note), bound, note, end, self.lanes),
                )
            else:
                result = drive(plan.reduce(plan, bound, note), bound, note, end, self.lanes)
        except BaseException as error:
            _finish(note, plan, error)
            raise
        _finish_result(note, plan, kwargs, result)
        return result

    async def _acall_wrapped(
        self,
        plan: Plan,
        kwargs: Mapping[str, Any],
        deadline: float | None,
        monitors: tuple[Monitor, ...],
        note: Note | None,
    ) -> Any:
        bound = self._bind(plan, kwargs)
        end = None if deadline is None else monotonic() + deadline
        lanes, threads = self.lanes, self.lanes.threads
        wrappers = wrappers_of(plan, kwargs, monitors)
        steps = plan.reduce(plan, bound, note)
        if plan.mode == "sync":
            if wrappers:
                steps = wrapped_steps(plan, wrappers, bound, steps)
            return await Relay(plan, steps, bound, note, end, threads).run()
        if not wrappers:
            return await drive_async(steps, bound, note, end, lanes)
        loop = asyncio.get_running_loop()
        reduced, offered = Reduced(), incoming(plan, bound)
        waiting, exception = await threads.run(loop, set_up, plan, wrappers, bound)
        if exception is None:
            try:
                reduced.keep(await drive_async(steps, bound, note, end, lanes))
            except BaseException as error:
                exception = error
        try:
            return await threads.run(loop, conclude, plan, waiting, reduced, exception, offered)
        finally:
            if isinstance(exception, asyncio.CancelledError):
                raise exception

    def _bind(self, plan: Plan, kwargs: Mapping[str, Any]) -> Kwargs:
        if not plan.needs_api:
            return {**kwargs}
        bound = {**self._apis, **kwargs}
        if API in kwargs and ASYNC_API not in bound:
            bound[ASYNC_API] = kwargs[API]
        return bound

    def _note(self, plan: Plan) -> Note | None:
        return Note(plan.hook_name, self._watches) if self._watches else None

    def _refuse_own_loop(self) -> None:
        try:
            running = asyncio.get_running_loop()
        except RuntimeError:
            return
        if running is self.lanes.running_loop():
            raise MmhooksError(
                "this would wait for the event loop that it is called on; use 'await pm.acall(...)'"
            )


def _make_api_optional(spec: Any) -> None:
    """The manager supplies ``api``, so pluggy need not warn of a call without it."""
    if API in spec.argnames:
        spec.argnames = tuple(name for name in spec.argnames if name != API)
        spec.kwargnames = (*spec.kwargnames, API)


def _finish(note: Note | None, plan: Plan, error: BaseException) -> None:
    if note is not None:
        is_answer = isinstance(plan.semantics, First) and isinstance(error, AppError)
        note.finish("result" if is_answer else "error")


def _finish_result(note: Note | None, plan: Plan, kwargs: Mapping[str, Any], result: Any) -> None:
    if note is None:
        return
    outcome: Outcome = "result"
    if isinstance(result, Rejection):
        outcome = "rejected"
    elif result is None:
        outcome = "none"
    elif isinstance(plan.semantics, Pipeline):
        offered = kwargs[plan.semantics.argument]
        outcome = "none" if result is offered or result == offered else "changed"
    note.finish(outcome)


def make_manager(
    hookspecs: Iterable[Any] | None = None,
    *,
    threads: WorkerThreads | None = None,
    loop: asyncio.AbstractEventLoop | None = None,
) -> PluginManager:
    """Make a plugin manager that knows the hookspecs.

    Args:
        hookspecs: modules or classes; None for all of `mmhooks.specs`.
        threads: for synchronous hookimpls called from an event loop.
        loop: for asynchronous hookimpls called from a thread; None for a loop in the background.
    """
    manager = PluginManager(PROJECT, threads=threads, loop=loop)
    for module in map(importlib.import_module, HOOKSPEC_MODULES) if hookspecs is None else hookspecs:
        manager.add_hookspecs(module)
    return manager
