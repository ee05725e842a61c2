import json
import threading
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhooks.errors import reject
from mmhooks.runtime.manager import make_manager
from mmhooks.runtime.statistics import Histogram, Statistics
from mmhooks.specs.semantics import hookimpl, hookspec, pipeline


class Specs:
    @hookspec(pipeline("text"))
    def posted(self, text): ...


def test_counts_of_hooks_and_packages(caplog):
    pm = make_manager([Specs])
    pm.register(SimpleNamespace(posted=hookimpl(lambda text: text + "!")), "shouter")
    pm.register(
        SimpleNamespace(posted=hookimpl(lambda text: reject("no") if text == "bad" else None)), "filter"
    )
    statistics = Statistics()
    undo = statistics.attach(pm)

    for text in ("good", "bad", "fine"):
        pm.call("posted", {"text": text})
    undo()
    pm.call("posted", {"text": "more"})

    result = json.loads(json.dumps(statistics.as_dict()))["posted"]
    assert result.pop("seconds").keys() == {"p50", "p99", "mean", "max"}
    assert result == {
        "calls": 3,
        "changed": 2,
        "rejected": 1,
        "errors": 0,
        "packages": {
            "filter": {"calls": 3, "changed": 0, "rejected": 1, "errors": 0},
            "shouter": {"calls": 2, "changed": 2, "rejected": 0, "errors": 0},
        },
    }


def test_failures_are_counted_at_their_package(caplog):
    def failing(text):
        raise ValueError

    pm = make_manager([Specs])
    pm.register(SimpleNamespace(posted=hookimpl(failing)), "failing")
    statistics = Statistics()
    statistics.attach(pm)

    pm.call("posted", {"text": ""})

    hook = statistics.as_dict()["posted"]
    assert hook["errors"] == 0
    assert hook["packages"]["failing"]["errors"] == 1


def test_many_threads_lose_nothing():
    statistics = Statistics()

    def count():
        for _ in range(500):
            statistics.impl_called("posted", "p", "changed", 0.001)
            statistics.hook_called("posted", "changed", 0.001)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    hook = statistics.as_dict()["posted"]
    assert hook["calls"] == hook["packages"]["p"]["changed"] == 4000


def test_an_empty_histogram():
    assert Histogram().quantile(0.99) == 0


@given(st.lists(st.floats(1e-6, 100), min_size=1, max_size=200), st.floats(0.01, 1))
def test_quantiles_are_close(values, share):
    histogram = Histogram()
    for value in values:
        histogram.add(value)

    exact = sorted(values)[max(0, -int(-share * len(values) // 1) - 1)]

    assert histogram.quantile(share) == pytest.approx(exact, rel=1 / 16)
