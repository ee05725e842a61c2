"""A plugin that fails in every way, when a post says so. Its bundle is made as that of `kitchen.py`."""

import os
import resource
import signal
import sys
import threading

from mmhooks import hookimpl

MEBIBYTE = 1 << 20


def hang():
    threading.Event().wait()


def eat():
    """Takes memory that is really used, up to a limit; then ends as the kernel ends what takes too much."""
    with open("/proc/self/statm") as sizes:
        limit = int(sizes.read().split()[0]) * resource.getpagesize() + 400 * MEBIBYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    held = []
    try:
        while True:
            held.append(b"x" * (16 * MEBIBYTE))
    except MemoryError:
        os.kill(os.getpid(), signal.SIGKILL)


def flood():
    """Writes 300 MB, with lines and without, from Python and past it."""

    def work():
        for _ in range(200):
            os.write(1, b"x" * MEBIBYTE)
        for _ in range(50):
            print("\n".join(["y" * 999] * 1000))
        for _ in range(50):
            sys.stdout.write("z" * MEBIBYTE)

    threading.Thread(target=work, name="flood").start()


def is_flooding():
    return any(thread.name == "flood" for thread in threading.enumerate())


FAULTS = {"hang": hang, "eat": eat, "flood": flood}


def fail_as_told(post):
    fault = FAULTS.get(post.message.partition(" ")[0])
    if fault is not None:
        fault()


@hookimpl
def message_will_be_posted(post):
    fail_as_told(post)
    if post.message == "flooding?":
        return post.evolve(message=str(is_flooding()))
    return post.evolve(message=f"{post.message}, seen by {os.getpid()}")


@hookimpl(on_error="reject")
def message_will_be_updated(new_post):
    fail_as_told(new_post)
