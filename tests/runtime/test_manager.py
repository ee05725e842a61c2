"""Wrappers, deadlines, the API argument, observers, and what pluggy offers on hooks with semantics."""

import asyncio
import logging
import threading

import pluggy
import pytest

from mmhooks.errors import CompositionError, HookError, MmhooksError, Rejection, reject
from mmhooks.runtime.manager import PluginManager, make_manager
from mmhooks.specs.semantics import aggregate, first, hookimpl, hookspec, notify, pipeline, veto


class Specs:
    @hookspec(pipeline("text"))
    def posted(self, text, api) -> str | Rejection | None: ...

    @hookspec(notify())
    def told(self, text, api): ...

    @hookspec(first())
    def execute(self, text) -> str | None: ...

    @hookspec(veto())
    def allowed(self, text) -> str | Rejection | None: ...

    @hookspec(aggregate(sum))
    def counted(self, text) -> int | None: ...


@pytest.fixture
def pm():
    return make_manager([Specs])


@pytest.fixture
def quiet(caplog):
    caplog.set_level(logging.ERROR, logger="mmhooks")
    return caplog


class Plugin:
    def __init__(self, **functions):
        vars(self).update(functions)


def add(pm, name, **functions):
    pm.register(Plugin(**functions), name)


def suffix(text, *, is_async=False, hook=hookimpl):
    def sync_impl(text_):
        return text_ + text

    if is_async:

        @hook
        async def posted(text):
            return sync_impl(text)
    else:

        @hook
        def posted(text):
            return sync_impl(text)

    return posted


WAYS = ["call", "acall", "acall-deadline", "pm.hook"]
KINDS = ["sync", "async", "mixed"]


def run(pm, way, hook, **kwargs):
    if way == "call":
        return pm.call(hook, kwargs)
    if way == "pm.hook":
        return getattr(pm.hook, hook)(**kwargs)
    return asyncio.run(pm.acall(hook, kwargs, deadline=60 if way == "acall-deadline" else None))


@pytest.fixture(params=WAYS)
def way(request):
    return request.param


@pytest.fixture(params=KINDS)
def chain(request, pm):
    """Two impls: adds "1", then "2"."""
    add(pm, "p2", posted=suffix("2", is_async=request.param != "sync"))
    add(pm, "p1", posted=suffix("1", is_async=request.param == "async"))
    assert pm.plan("posted").mode == request.param
    return pm


class TestWrappers:
    def test_goes_round_the_reduced_call(self, chain, way):
        seen = []

        @hookimpl(wrapper=True)
        def posted(text):
            seen.append(text)
            result = yield
            seen.append(result)
            return result + "w"

        add(chain, "wrapper", posted=posted)

        assert run(chain, way, "posted", text="0") == "012w"
        assert seen == ["0", "012"]

    def test_order_and_old_style(self, chain, way):
        @hookimpl(wrapper=True)
        def inner(text):
            return (yield) + "i"

        @hookimpl(hookwrapper=True)
        def outer(text):
            outcome = yield
            outcome.force_result(outcome.get_result() + "o")

        @hookimpl(wrapper=True, tryfirst=True)
        def outermost(text):
            return (yield) + "!"

        add(chain, "outermost", posted=outermost)
        add(chain, "inner", posted=inner)
        add(chain, "outer", posted=outer)

        assert run(chain, way, "posted", text="0") == "012io!"

    def test_raising_before_the_yield(self, chain, way):
        torn_down = []

        @hookimpl(wrapper=True)
        def raising(text):
            raise ValueError("before")
            yield

        @hookimpl(wrapper=True, tryfirst=True)
        def outer(text):
            try:
                return (yield)
            finally:
                torn_down.append(text)

        add(chain, "raising", posted=raising)
        add(chain, "outer", posted=outer)

        with pytest.raises(ValueError, match="before"):
            run(chain, way, "posted", text="0")
        assert torn_down == ["0"]

    def test_raising_after_the_yield_and_an_outer_one_that_catches(self, chain, way):
        @hookimpl(wrapper=True)
        def raising(text):
            yield
            raise ValueError("after")

        @hookimpl(wrapper=True, tryfirst=True)
        def outer(text):
            try:
                return (yield)
            except ValueError as error:
                return str(error)

        add(chain, "raising", posted=raising)
        add(chain, "outer", posted=outer)

        assert run(chain, way, "posted", text="0") == "after"

    def test_not_yielding_and_yielding_twice(self, chain, way):
        @hookimpl(wrapper=True)
        def twice(text):
            yield
            yield

        add(chain, "twice", posted=twice)
        with pytest.raises(RuntimeError, match="has second yield"):
            run(chain, way, "posted", text="0")
        chain.unregister(name="twice")

        @hookimpl(wrapper=True)
        def never(text):
            if text is None:
                yield

        add(chain, "never", posted=never)
        with pytest.raises(RuntimeError, match="did not yield"):
            run(chain, way, "posted", text="0")

    def test_a_rejection_raised_by_a_wrapper_is_the_result(self, chain, way):
        @hookimpl(wrapper=True)
        def posted(text):
            yield
            raise reject("not on Sundays")

        add(chain, "wrapper", posted=posted)

        assert run(chain, way, "posted", text="0") == Rejection("not on Sundays")

    def test_a_wrapper_that_forgets_to_return_changes_nothing(self, chain, way, quiet):
        @hookimpl(wrapper=True)
        def posted(text):
            yield

        add(chain, "forgetful", posted=posted)

        assert run(chain, way, "posted", text="0") == "012"
        assert "forgetful" in quiet.text

    @pytest.mark.parametrize(("hook", "result"), [("execute", None), ("allowed", None), ("counted", 0)])
    def test_round_nothing(self, pm, way, hook, result):
        def wrapper(text):
            return (yield)

        add(pm, "wrapper", **{hook: hookimpl(wrapper=True)(wrapper)})

        assert run(pm, way, hook, text="0") == result

    def test_an_asynchronous_wrapper_is_refused(self, pm):
        @hookimpl(wrapper=True)
        async def posted(text):
            yield

        with pytest.raises(pluggy.PluginValidationError, match="not 'async def'"):
            add(pm, "async", posted=posted)

    def test_a_forgotten_wrapper_mark_is_refused(self, pm):
        @hookimpl
        def told(text):
            yield

        with pytest.raises(pluggy.PluginValidationError, match="not marked wrapper=True"):
            add(pm, "forgetful", told=told)


class TestApi:
    def test_sync_and_async_clients(self, pm, way):
        seen = []

        @hookimpl
        def sync_impl(text, api):
            seen.append(api)

        @hookimpl
        async def async_impl(api):
            seen.append(api)

        @hookimpl
        def optional(text, api=None):
            seen.append(api)

        add(pm, "c", told=optional)
        add(pm, "b", told=async_impl)
        add(pm, "a", told=sync_impl)
        pm.set_api("client", "async client")

        run(pm, way, "told", text="0")

        assert seen == ["client", "async client", "client"]

    def test_a_calls_own_client_goes_first(self, pm):
        seen = []
        add(pm, "a", told=hookimpl(lambda api: seen.append(api)))

        pm.set_api("client")
        pm.call("told", {"text": "", "api": "mine"})

        assert seen == ["mine"]

    def test_without_a_client_the_call_is_wrong(self, pm):
        add(pm, "a", told=hookimpl(lambda api: None))

        with pytest.raises(pluggy.HookCallError, match="'api'"):
            pm.call("told", {"text": ""})


class TestDeadlines:
    @pytest.fixture
    def stuck(self):
        event = threading.Event()
        yield event
        event.set()

    def test_an_async_impl_is_cancelled(self, pm, way, quiet):
        cancelled = threading.Event()

        @hookimpl(timeout=0.01)
        async def posted(text):
            try:
                await asyncio.Event().wait()
            finally:
                cancelled.set()

        add(pm, "p2", posted=suffix("2"))
        add(pm, "p1", posted=posted)

        assert run(pm, way, "posted", text="0") == "02"
        assert cancelled.wait(5)
        assert pm.failure_counts == {("posted", "p1"): 1}

    def test_a_sync_impl_is_left_to_its_thread(self, pm, way, quiet, stuck):
        @hookimpl(timeout=0.01)
        def posted(text):
            stuck.wait()
            return "too late"

        add(pm, "p2", posted=suffix("2"))
        add(pm, "p1", posted=posted)

        assert run(pm, way, "posted", text="0") == "02"

    @pytest.mark.parametrize("others", [False, True], ids=["sync", "mixed"])
    def test_the_whole_calls_deadline(self, pm, quiet, stuck, others):
        @hookimpl
        def posted(text):
            stuck.wait()

        @hookimpl(wrapper=True)
        def wrapper(text):
            return (yield) + "w"

        add(pm, "p3", posted=suffix("3"))
        add(pm, "p2", posted=posted)
        add(pm, "p1", posted=suffix("1", is_async=others))
        add(pm, "wrapper", posted=wrapper)

        assert asyncio.run(pm.acall("posted", {"text": "0"}, deadline=0.05)) == "01w"
        assert pm.failure_counts == {("posted", "p2"): 1, ("posted", "p3"): 1}

    @pytest.mark.parametrize("way", ["call", "acall"])
    def test_a_deadline_that_has_passed_fails_closed(self, pm, quiet, way):
        add(pm, "p1", posted=suffix("1", hook=hookimpl(on_error="reject")))

        if way == "call":
            result = pm.call("posted", {"text": "0"}, deadline=0)
        else:
            result = asyncio.run(pm.acall("posted", {"text": "0"}, deadline=0))

        assert isinstance(result, Rejection)

    def test_an_impls_own_timeout_error_is_not_a_deadline(self, pm, way, quiet):
        @hookimpl(timeout=60, on_error="reject")
        async def execute(text):
            raise TimeoutError("the database")

        add(pm, "p1", execute=execute)

        with pytest.raises(HookError, match="TimeoutError: the database"):
            run(pm, way, "execute", text="0")


def test_a_cancelled_call_is_cancelled(pm):
    started = asyncio.Event()

    @hookimpl
    async def posted(text):
        started.set()
        await asyncio.Event().wait()

    add(pm, "p1", posted=posted)

    async def main():
        task = asyncio.create_task(pm.acall("posted", {"text": "0"}))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())


def test_an_impl_that_leaks_a_cancellation_only_fails(pm, way, quiet):
    @hookimpl
    async def posted(text):
        raise asyncio.CancelledError

    add(pm, "p2", posted=suffix("2"))
    add(pm, "p1", posted=posted)

    assert run(pm, way, "posted", text="0") == "02"


def test_calling_from_the_loop_that_it_needs_is_refused(pm):
    add(pm, "p1", posted=suffix("1", is_async=True))

    async def main():
        pm.lanes.loop = asyncio.get_running_loop()
        with pytest.raises(MmhooksError, match=r"await pm\.acall"):
            pm.call("posted", {"text": "0"})

    asyncio.run(main())


def test_hookimpls_that_fire_hooks_do_not_deadlock():
    pm = make_manager([Specs])

    @hookimpl
    def told(text):
        if text:
            pm.call("told", {"text": text[1:]})

    @hookimpl
    async def told_async(text):
        if text:
            await pm.acall("told", {"text": text[1:]})

    add(pm, "p2", told=told)
    add(pm, "p1", told=told_async)

    async def main():
        pm.lanes.loop = asyncio.get_running_loop()
        await asyncio.gather(*(pm.acall("told", {"text": "abc"}) for _ in range(50)))

    asyncio.run(main())


class TestPluggy:
    def test_plans_follow_registration(self, pm):
        assert pm.plan("posted").is_empty
        add(pm, "p1", posted=suffix("1"))
        assert pm.call("posted", {"text": "0"}) == "01"
        add(pm, "p2", posted=suffix("2"))
        assert pm.call("posted", {"text": "0"}) == "021"
        pm.unregister(name="p1")
        assert pm.call("posted", {"text": "0"}) == "02"
        assert pm.plan("posted") is pm.plan("posted")

    def test_unknown_hook(self, pm):
        with pytest.raises(CompositionError, match="did you mean 'posted'"):
            pm.call("postd", {})

    def test_subset_hook_caller(self, chain):
        subset = chain.subset_hook_caller("posted", [chain.get_plugin("p1")])

        assert subset(text="0") == "02"
        assert chain.hook.posted(text="0") == "012"

    def test_call_extra(self, chain):
        def extra(text):
            return text + "x"

        assert chain.hook.posted.call_extra([extra], {"text": "0", "api": None}) == "0x12"
        assert not chain._subsets

    def test_monitoring_and_its_undo(self, chain, way):
        seen = []
        undo = chain.add_hookcall_monitoring(
            lambda name, impls, kwargs: seen.append(("before", name, kwargs["text"])),
            lambda outcome, name, impls, kwargs: seen.append(("after", name, outcome.get_result())),
        )

        assert run(chain, way, "posted", text="0") == "012"
        assert seen == [("before", "posted", "0"), ("after", "posted", "012")]

        undo()
        run(chain, way, "posted", text="0")
        assert len(seen) == 2

    def test_tracing(self, chain):
        lines = []
        chain.trace.root.setwriter(lines.append)
        undo = chain.enable_tracing()

        chain.call("posted", {"text": "0"})
        undo()

        assert "posted" in lines[0]
        assert "012" in "".join(lines)

    def test_historic(self):
        class Historic:
            @hookspec(notify(), historic=True)
            def ready(self, value): ...

        pm = make_manager([Historic])
        pm.hook.ready.call_historic(kwargs={"value": 3})
        seen = []

        add(pm, "late", ready=hookimpl(lambda value: seen.append(value)))

        assert seen == [3]

    def test_plain_hookspecs_stay_plain(self):
        class Plain:
            @pluggy.HookspecMarker("mmhooks")
            def collect(self): ...

        pm = make_manager([Specs, Plain])
        add(pm, "p2", collect=hookimpl(lambda: 2))
        add(pm, "p1", collect=hookimpl(lambda: 1))

        assert pm.hook.collect() == [1, 2]

    def test_other_project_names(self):
        assert PluginManager("example").project_name == "example"

    def test_an_annotation_that_cannot_be_resolved(self):
        class Wrong:
            @hookspec(first())
            def execute(self) -> "Nowhere | None":  # noqa: F821
                ...

        with pytest.raises(CompositionError, match=r"execute.*Nowhere"):
            make_manager([Wrong]).plan("execute")


class TestObservers:
    def test_outcomes(self, pm, way, quiet):
        seen, calls = [], []

        @hookimpl
        def failing(text):
            raise ValueError

        add(pm, "p4", posted=hookimpl(lambda text: reject("no")))
        add(pm, "p3", posted=failing)
        add(pm, "p2", posted=hookimpl(lambda text: text))
        add(pm, "p1", posted=suffix("1", is_async=True))
        undo = pm.add_observer(lambda *a: seen.append(a[:3]), on_call=lambda *a: calls.append(a[:2]))

        run(pm, way, "posted", text="0")

        assert seen == [
            ("posted", "p1", "changed"),
            ("posted", "p2", "none"),
            ("posted", "p3", "error"),
            ("posted", "p4", "rejected"),
        ]
        assert calls == [("posted", "rejected")]

        undo()
        run(pm, way, "posted", text="0")
        assert len(calls) == 1

    def test_results(self, pm):
        seen = []
        add(pm, "p1", counted=hookimpl(lambda: 5))
        pm.add_observer(lambda *a: seen.append(a))

        pm.call("counted", {"text": ""})

        assert seen[0][:3] == ("counted", "p1", "result")
        assert seen[0][3] >= 0
