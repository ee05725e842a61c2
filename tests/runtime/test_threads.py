import asyncio
import contextvars
import threading

import pytest

from mmhooks.runtime.threads import BackgroundLoop, WorkerThreads


@pytest.fixture
def threads():
    pool = WorkerThreads("test")
    yield pool
    pool.close()


def test_results_and_errors(threads):
    assert threads.submit(divmod, 7, 2).result(5) == (3, 1)
    assert isinstance(threads.submit(divmod, 7, 0).exception(5), ZeroDivisionError)


def test_a_thread_is_started_whenever_none_is_idle(threads):
    barrier = threading.Barrier(41)

    futures = [threads.submit(barrier.wait, 10) for _ in range(40)]
    barrier.wait(10)  # passes only if forty run at once

    assert len({future.result(10) for future in futures}) == 40


def test_idle_threads_are_used_again(threads):
    names = set()
    for _ in range(20):
        threads.submit(lambda: names.add(threading.current_thread().name)).result(5)
        until_idle(threads)

    assert len(names) == 1


def until_idle(threads):
    # The future is done a moment before its thread is idle.
    for _ in range(1_000_000):
        if threads.idle == threads.size:
            return
    raise AssertionError("never idle")


def test_idle_threads_die():
    threads = WorkerThreads(idle_seconds=0.001)
    worker = threads.submit(threading.current_thread).result(5)

    worker.join(5)

    assert not worker.is_alive()
    assert threads.size == 0
    assert threads.submit(int, "3").result(5) == 3


def test_nested_work_does_not_deadlock(threads):
    def nested(depth):
        return depth if depth == 0 else threads.submit(nested, depth - 1).result(10) + 1

    assert threads.submit(nested, 30).result(10) == 30


def test_a_ceiling_makes_work_wait():
    threads = WorkerThreads(ceiling=2)
    running, most = [], []
    lock = threading.Lock()

    def work():
        with lock:
            running.append(1)
            most.append(len(running))
        with lock:
            running.pop()

    for future in [threads.submit(work) for _ in range(50)]:
        future.result(5)

    assert threads.size <= 2
    assert max(most) <= 2
    threads.close()


def test_wrong_ceiling():
    with pytest.raises(ValueError, match="from 1"):
        WorkerThreads(ceiling=0)


def test_closed_threads_take_no_work():
    threads = WorkerThreads()
    threads.submit(int).result(5)
    threads.close()

    with pytest.raises(RuntimeError, match="closed"):
        threads.submit(int)
    assert threads.size == 0


def test_the_context_goes_along(threads):
    request = contextvars.ContextVar("request", default="none")
    request.set("r1")

    assert threads.submit(request.get).result(5) == "r1"


def test_run_on_a_loop(threads):
    async def main():
        loop = asyncio.get_running_loop()
        assert await threads.run(loop, divmod, 7, 2) == (3, 1)
        with pytest.raises(ZeroDivisionError):
            await threads.run(loop, divmod, 7, 0)
        with pytest.raises(RuntimeError, match="StopIteration"):
            await threads.run(loop, next, iter(()))

    asyncio.run(main())


def test_a_result_that_nobody_waits_for_is_dropped(threads):
    go, done = threading.Event(), threading.Event()

    def work():
        go.wait(5)
        done.set()

    async def main():
        future = threads.run(asyncio.get_running_loop(), work)
        future.cancel()

    asyncio.run(main())
    go.set()

    assert done.wait(5)
    assert threads.submit(int).result(5) == 0


def test_background_loop_is_started_once():
    background = BackgroundLoop()

    loop = background.get()

    assert background.get() is loop
    assert asyncio.run_coroutine_threadsafe(asyncio.sleep(0, "done"), loop).result(5) == "done"

    background.close()
    assert loop.is_closed()
