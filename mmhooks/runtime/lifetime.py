"""When a servant ends: on SIGTERM, and with the process that started it."""

from __future__ import annotations

import asyncio
import fcntl
import os
import select
import shutil
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

RUN_FOLDER: Final = "MMHOOKS_RUN_FOLDER"
"""Environment variable: the private folder of the process that started us; ours to remove when that was killed."""
LOCK: Final = "lock"
"""The file in it that its owner holds a lock on while it lives."""
ORPHAN_SECONDS: Final = 1.0
"""How long a servant without a parent may take to end in good order: nobody waits for its answers any more."""


class Parent:
    """The process that started this one, watched from now on: when it dies, this one and its children end.

    A pidfd, not the kernel's parent-death signal: that one fires already when the *thread* ends that started us.
    """

    def __init__(self, folder: str = "") -> None:
        self._folder = folder
        self._parent = os.getppid()
        self._lock = threading.Lock()
        self._gone = False
        self._tell: Callable[[], object] | None = None
        threading.Thread(target=self._watch, name="mmhooks-parent", daemon=True).start()

    def when_gone(self, tell: Callable[[], object]) -> None:
        """Calls `tell` from another thread when the parent has died; at once if it has already."""
        with self._lock:
            self._tell = tell
            gone = self._gone
        if gone:
            tell()

    def end_with(self) -> None:
        """To be called last: if the parent has died, kills what this process has started, and itself."""
        if self._gone:
            _kill_group()

    def _watch(self) -> None:
        _wait_for_the_end_of(self._parent)
        if self._folder:
            remove_abandoned(Path(self._folder))
        with self._lock:
            self._gone = True
            tell = self._tell
        if tell is not None:  # else nothing is served yet: an import may hang for ever
            tell()
            threading.Event().wait(ORPHAN_SECONDS)
        _kill_group()


def end_event(parent: Parent) -> asyncio.Event:
    """An event that is set on SIGTERM, SIGINT, or the parent's death."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    parent.when_gone(lambda: loop.call_soon_threadsafe(ended.set))
    return ended


def remove_abandoned(folder: Path) -> None:
    """Removes a private folder whose owner is dead: then its lock is free."""
    try:
        with (folder / LOCK).open("rb+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except OSError:  # it lives, or another one of its servants removes the folder
        pass


def _wait_for_the_end_of(parent: int) -> None:
    try:
        descriptor = os.pidfd_open(parent)
    except (OSError, AttributeError):  # no such call here, or too late: ask now and then
        pause = threading.Event()
        while os.getppid() == parent:
            pause.wait(0.5)
        return
    if os.getppid() == parent:  # else it died while we looked
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        poll.poll()
    os.close(descriptor)


def _kill_group() -> None:
    """A host makes its servant the leader of a group of processes; what runs in somebody else's is not ours to kill."""
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
