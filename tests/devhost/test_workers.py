from __future__ import annotations

import threading
from contextvars import ContextVar

from mmhooks.devhost.workers import Workers


def test_a_task_may_wait_for_one_submitted_later():
    workers = Workers(lambda error: None)
    gates = [threading.Event() for _ in range(50)]
    for gate in gates:
        workers.submit(lambda gate=gate: gate.wait(10))
    assert not workers.settle(0, timeout=0)
    for gate in reversed(gates):
        workers.submit(gate.set)
    assert workers.settle(timeout=10)
    workers.close()


def test_tasks_have_the_context_of_whoever_submitted_them():
    who: ContextVar[str] = ContextVar("who", default="nobody")
    seen = []
    workers = Workers(lambda error: None)
    who.set("somebody")
    workers.submit(lambda: seen.append(who.get()))
    assert workers.settle(timeout=10)
    assert seen == ["somebody"]
    workers.close()


def test_an_error_is_told_and_ends_nothing():
    errors, done = [], []
    workers = Workers(errors.append)
    workers.submit(lambda: 1 // 0)
    assert workers.settle(timeout=10)
    workers.submit(lambda: done.append(1))
    workers.close(timeout=10)
    workers.submit(lambda: done.append(2))
    assert [type(error) for error in errors] == [ZeroDivisionError]
    assert done == [1]
