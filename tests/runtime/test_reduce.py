"""Each semantics, over sync, async and mixed chains, by each way to call a hook."""

import asyncio
import logging
from types import SimpleNamespace
from typing import Any

import attrs
import pytest

from mmhooks.errors import (
    ActivationError,
    AppError,
    HookError,
    HookTypeError,
    LifecycleError,
    NotFoundError,
    Rejection,
    reject,
)
from mmhooks.runtime.manager import PluginManager
from mmhooks.specs.semantics import (
    aggregate,
    first,
    hookimpl,
    hookspec,
    lifecycle,
    notify,
    pipeline,
    veto,
)


@attrs.frozen
class Post:
    message: str = ""

    def plus(self, text):
        return attrs.evolve(self, message=self.message + text)


class Specs:
    @hookspec(notify())
    def told(self, value): ...

    @hookspec(lifecycle())
    def changed(self, value): ...

    @hookspec(lifecycle(all_or_nothing=True, undo="deactivate"))
    def activate(self, value): ...

    @hookspec(lifecycle())
    def deactivate(self, value): ...

    @hookspec(first())
    def execute(self, value) -> str | None: ...

    @hookspec(veto())
    def allowed(self, value) -> str | Rejection | None: ...

    @hookspec(pipeline("value"))
    def posted(self, value) -> Post | Rejection | None: ...

    @hookspec(pipeline("value", merge=lambda value, returned: [*value, *returned]))
    def consumed(self, value) -> list[Post] | None: ...

    @hookspec(aggregate(sum))
    def counted(self, value) -> int | None: ...


@pytest.fixture
def caught(caplog):
    caplog.set_level(logging.ERROR, logger="mmhooks.hooks")
    return caplog


@pytest.fixture(params=["sync", "async", "mixed", "mixed-async-first"])
def kind(request):
    return request.param


@pytest.fixture(params=["call", "acall", "acall-deadline", "call-deadline", "pm.hook"])
def way(request):
    return request.param


class Chain:
    """Plugins p1, p2, ... in calling order, and one way to call them."""

    def __init__(self, kind, way):
        self.kind = kind
        self.way = way
        self.pm = PluginManager()
        self.pm.add_hookspecs(Specs)
        self.called = []

    def add(self, hook, *functions, **options):
        for number, function in reversed(list(enumerate(functions, 1))):
            is_async = {"sync": False, "async": True, "mixed": number % 2 == 0}.get(
                self.kind, number % 2 == 1
            )
            self.add_one(hook, f"p{number}", function, is_async, **options)
        return self

    def add_one(self, hook, name, function, is_async=False, **options):
        def sync_impl(value):
            self.called.append(name)
            return function(value)

        async def async_impl(value):
            self.called.append(name)
            await asyncio.sleep(0)
            return function(value)

        impl = hookimpl(**options)(async_impl if is_async else sync_impl)
        self.pm.register(SimpleNamespace(**{hook: impl}), name)

    def run(self, hook, value: Any = None):
        if self.way == "call":
            return self.pm.call(hook, {"value": value})
        if self.way == "call-deadline":
            return self.pm.call(hook, {"value": value}, deadline=60)
        if self.way == "acall":
            return asyncio.run(self.pm.acall(hook, {"value": value}))
        if self.way == "acall-deadline":
            return asyncio.run(self.pm.acall(hook, {"value": value}, deadline=60))
        return getattr(self.pm.hook, hook)(value=value)


@pytest.fixture
def chain(kind, way):
    return Chain(kind, way)


def returns(value):
    return lambda _: value


def raises(error):
    def function(value):
        raise error

    return function


def nothing(value):
    return None


BOOM = ValueError("boom")


@pytest.mark.parametrize(
    ("hook", "value", "result"),
    [
        ("told", 1, None),
        ("changed", 1, None),
        ("activate", 1, None),
        ("execute", 1, None),
        ("allowed", 1, None),
        ("posted", Post("a"), Post("a")),
        ("consumed", [Post("a")], [Post("a")]),
        ("counted", 1, 0),
    ],
)
class TestNothingHappens:
    def test_no_impl(self, way, hook, value, result):
        assert Chain("sync", way).run(hook, value) == result

    def test_all_return_none(self, chain, hook, value, result):
        chain.add(hook, nothing, nothing, nothing)

        assert chain.run(hook, value) == result
        assert chain.called == ["p1", "p2", "p3"]

    def test_tryfirst_and_trylast(self, chain, hook, value, result):
        chain.add_one(hook, "last", nothing, trylast=True)
        chain.add(hook, nothing, nothing)
        chain.add_one(hook, "first", nothing, is_async=True, tryfirst=True)
        chain.add_one(hook, "newest", nothing)

        assert chain.run(hook, value) == result
        assert chain.called == ["first", "newest", "p1", "p2", "last"]


class TestNotify:
    def test_results_are_ignored(self, chain):
        chain.add("told", returns(1), returns("x"), returns(reject("no")))

        assert chain.run("told") is None
        assert chain.called == ["p1", "p2", "p3"]

    @pytest.mark.parametrize("error", [BOOM, Rejection("no"), SystemExit(2), StopIteration(), KeyError("k")])
    @pytest.mark.parametrize("on_error", ["allow", "reject"])
    def test_a_failing_impl_harms_no_other(self, chain, caught, error, on_error):
        chain.add("told", nothing, raises(error), nothing, on_error=on_error)

        assert chain.run("told") is None
        assert chain.called == ["p1", "p2", "p3"]
        assert [(r.plugin_name, r.hook_name) for r in caught.records] == [("p2", "told")]
        assert caught.records[0].exc_info
        assert chain.pm.failure_counts == {("told", "p2"): 1}


class TestLifecycle:
    def test_all_are_called_and_the_errors_combined(self, chain, caught):
        chain.add("changed", raises(BOOM), nothing, raises(KeyError("k")))

        with pytest.raises(LifecycleError, match=r"p1.*boom.*p3.*k") as caught_error:
            chain.run("changed")

        assert chain.called == ["p1", "p2", "p3"]
        assert [(e.plugin_name, e.hook_name) for e in caught_error.value.errors] == [
            ("p1", "changed"),
            ("p3", "changed"),
        ]
        assert caught_error.value.errors[0].__cause__ is BOOM

    def test_what_was_active_is_taken_back_in_reverse(self, kind, way, caught):
        chain = Chain(kind, way)
        undone = []

        def deactivation(name, *, fails=False):
            def deactivate(value):
                undone.append(name)
                if fails:
                    raise KeyError(name)

            async def deactivate_async(value):
                deactivate(value)

            return hookimpl(deactivate_async if kind == "async" else deactivate)

        def activation(name):
            def activate(value):
                chain.called.append(name)
                if name == "p3":
                    raise BOOM

            async def activate_async(value):
                activate(value)

            is_async = kind == "async" or (kind != "sync" and name == "p2")
            return hookimpl(activate_async if is_async else activate)

        for name in ("p4", "p3", "p2", "p1"):
            plugin = SimpleNamespace(
                activate=activation(name), deactivate=deactivation(name, fails=name == "p2")
            )
            chain.pm.register(plugin, name)

        with pytest.raises(ActivationError) as error:
            chain.run("activate")

        assert chain.called == ["p1", "p2", "p3"]
        assert undone == ["p2", "p1"]
        assert [(e.plugin_name, e.hook_name) for e in error.value.errors] == [
            ("p3", "activate"),
            ("p2", "deactivate"),
        ]

    def test_results_are_ignored(self, chain):
        chain.add("activate", returns(1), returns("x"))

        assert chain.run("activate") is None


class TestFirst:
    def test_the_first_result_wins(self, chain):
        chain.add("execute", nothing, returns("two"), returns("three"))

        assert chain.run("execute") == "two"
        assert chain.called == ["p1", "p2"]

    def test_a_false_result_is_a_result(self, chain):
        chain.add("execute", returns(""), returns("two"))

        assert chain.run("execute") == ""

    def test_a_failing_impl_is_passed_over(self, chain, caught):
        chain.add("execute", raises(BOOM), returns("two"))

        assert chain.run("execute") == "two"

    def test_a_failing_impl_that_must_not_be_passed_over(self, chain, caught):
        chain.add("execute", raises(BOOM), returns("two"), on_error="reject")

        with pytest.raises(HookError, match="p1: execute: ValueError: boom") as error:
            chain.run("execute")
        assert error.value.__cause__ is BOOM

    def test_an_app_error_is_the_answer(self, chain, caught):
        chain.add("execute", raises(NotFoundError("no such link", id="links.missing")), returns("two"))

        with pytest.raises(AppError) as error:
            chain.run("execute")
        assert (error.value.status_code, error.value.id) == (404, "links.missing")
        assert not caught.records

    @pytest.mark.parametrize("wrong", [5, reject("no"), ["x"]])
    def test_wrong_type(self, chain, caught, wrong):
        chain.add("execute", returns(wrong), returns("two"))

        assert chain.run("execute") == "two"
        assert chain.pm.failure_counts == {("execute", "p1"): 1}

    def test_wrong_type_that_must_not_be_passed_over(self, chain, caught):
        chain.add("execute", returns(5), on_error="reject")

        with pytest.raises(HookTypeError, match="p1: execute: returned int, but this hook takes str or None"):
            chain.run("execute")


class TestVeto:
    @pytest.mark.parametrize(
        "refusal", [returns("closed"), returns(reject("closed")), raises(Rejection("closed"))]
    )
    def test_the_first_reason_stops(self, chain, refusal):
        chain.add("allowed", returns(""), refusal, nothing)

        assert chain.run("allowed") == Rejection("closed")
        assert chain.called == ["p1", "p2"]

    @pytest.mark.parametrize("failure", [raises(BOOM), returns(7), raises(NotFoundError("user"))])
    def test_a_failing_impl(self, chain, caught, failure):
        chain.add("allowed", failure, nothing)

        assert chain.run("allowed") is None
        assert chain.called == ["p1", "p2"]

    @pytest.mark.parametrize("failure", [raises(BOOM), returns(7)])
    def test_a_failing_impl_that_fails_closed(self, chain, caught, failure):
        chain.add("allowed", failure, nothing, on_error="reject")

        result = chain.run("allowed")

        assert isinstance(result, Rejection)
        assert "p1" in result.reason
        assert "boom" not in result.reason
        assert chain.called == ["p1"]


class TestPipeline:
    def test_one(self, chain):
        chain.add("posted", lambda post: post.plus("1"))

        assert chain.run("posted", Post("0")) == Post("01")

    def test_each_sees_what_the_one_before_returned(self, chain):
        chain.add("posted", lambda p: p.plus("1"), nothing, lambda p: p.plus("3"))

        assert chain.run("posted", Post("0")) == Post("013")

    @pytest.mark.parametrize("refusal", [returns(reject("no")), raises(Rejection("no"))])
    def test_a_rejection_stops(self, chain, refusal):
        chain.add("posted", lambda p: p.plus("1"), refusal, nothing)

        assert chain.run("posted", Post("0")) == Rejection("no")
        assert chain.called == ["p1", "p2"]

    def test_a_rejection_kept_in_a_module_gathers_no_traceback(self, chain):
        no = Rejection("no")
        chain.add("posted", raises(no))

        chain.run("posted", Post())

        assert no.__traceback__ is None

    @pytest.mark.parametrize(
        "failure", [raises(BOOM), raises(SystemExit(1)), returns("text"), returns(False)]
    )
    def test_a_failing_impl_changes_nothing(self, chain, caught, failure):
        chain.add("posted", lambda p: p.plus("1"), failure, lambda p: p.plus("3"))

        assert chain.run("posted", Post("0")) == Post("013")
        assert chain.pm.failure_counts == {("posted", "p2"): 1}

    @pytest.mark.parametrize("failure", [raises(BOOM), returns("text")])
    def test_a_failing_impl_that_fails_closed(self, chain, caught, failure):
        chain.add("posted", failure, nothing, on_error="reject")

        result = chain.run("posted", Post())

        assert isinstance(result, Rejection)
        assert "p1" in result.reason
        assert "boom" not in result.reason

    def test_the_message_names_package_hook_and_types(self, chain, caught):
        chain.add("posted", returns({}))

        chain.run("posted", Post())

        assert "p1: posted: returned dict, but this hook takes Post, Rejection or None" in caught.text

    def test_merge(self, chain):
        chain.add("consumed", returns([Post("1")]), nothing, returns([Post("3")]))

        assert chain.run("consumed", [Post("0")]) == [Post("0"), Post("1"), Post("3")]

    @pytest.mark.parametrize("wrong", [[1], reject("no"), Post("x")])
    def test_merge_of_a_wrong_type(self, chain, caught, wrong):
        chain.add("consumed", returns(wrong), returns([Post("3")]))

        assert chain.run("consumed", []) == [Post("3")]

    def test_a_hook_that_cannot_be_rejected_raises_where_it_fails_closed(self, chain, caught):
        chain.add("consumed", raises(Rejection("no")), on_error="reject")

        with pytest.raises(HookError, match="cannot be rejected"):
            chain.run("consumed", [])

    def test_the_callers_arguments_stay_as_they_are(self):
        chain = Chain("sync", "call").add("posted", lambda p: p.plus("1"))
        kwargs = {"value": Post("0")}

        assert chain.pm.call("posted", kwargs) == Post("01")
        assert kwargs == {"value": Post("0")}


class TestAggregate:
    def test_results_are_reduced(self, chain):
        chain.add("counted", returns(1), nothing, returns(3))

        assert chain.run("counted") == 4

    @pytest.mark.parametrize("failure", [raises(BOOM), returns("many"), raises(Rejection("no"))])
    def test_a_failing_impl_is_left_out(self, chain, caught, failure):
        chain.add("counted", returns(1), failure, returns(3))

        assert chain.run("counted") == 4

    @pytest.mark.parametrize("failure", [raises(BOOM), returns("many")])
    def test_a_failing_impl_that_must_not_be_left_out(self, chain, caught, failure):
        chain.add("counted", failure, returns(3), on_error="reject")

        with pytest.raises(HookError, match="p1: counted"):
            chain.run("counted")


def test_a_coroutine_from_a_plain_def_is_a_wrong_type(caught):
    async def later():
        return Post("late")

    chain = Chain("sync", "call").add("posted", lambda p: later())
    chain.add_one("told", "teller", lambda _: later())

    assert chain.run("posted", Post("0")) == Post("0")
    assert chain.run("told") is None
    assert chain.pm.failure_counts == {("posted", "p1"): 1, ("told", "teller"): 1}
    assert "declare the hookimpl as 'async def'" in caught.text
