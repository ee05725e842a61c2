"""When a servant ends: on SIGTERM, and with the process that started it."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import threading


def end_event() -> asyncio.Event:
    """An event that is set on SIGTERM, SIGINT, or the parent's death."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    watch_parent(lambda: loop.call_soon_threadsafe(ended.set))
    return ended


def watch_parent(died: object) -> None:
    """Calls `died()` when the process that started this one is gone.

    A pidfd, not the kernel's parent-death signal: that one fires already when the *thread* ends that started us.
    """
    assert callable(died)
    parent = os.getppid()
    try:
        descriptor = os.pidfd_open(parent)
    except (OSError, AttributeError):  # no such call here: ask now and then
        descriptor = -1

    def wait() -> None:
        if descriptor >= 0:
            poll = select.poll()
            poll.register(descriptor, select.POLLIN)
            poll.poll()
        else:
            pause = threading.Event()
            while os.getppid() == parent:
                pause.wait(0.5)
        died()

    if os.getppid() != parent:  # it died while we looked
        died()
        return
    threading.Thread(target=wait, name="mmhooks-parent", daemon=True).start()
