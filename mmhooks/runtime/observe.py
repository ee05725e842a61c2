"""Watching hook calls: who was called, what came of it, how long it took."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Literal

import attrs

Outcome = Literal["none", "changed", "rejected", "error", "result"]

Observer = Callable[[str, str, Outcome, float], None]
"""Called after each hookimpl with hook name, plugin name, outcome, seconds."""

CallObserver = Callable[[str, Outcome, float], None]
"""Called after each whole call with hook name, outcome, seconds."""


@attrs.frozen(eq=False)
class Watch:
    """One observer: of single hookimpls, of whole calls, or of both."""

    impl: Observer | None
    call: CallObserver | None


class Note:
    """Takes the times of one hook call and tells the observers."""

    __slots__ = ("_hook_name", "_impl_start", "_start", "_watches")

    def __init__(self, hook_name: str, watches: tuple[Watch, ...]) -> None:
        self._hook_name = hook_name
        self._watches = watches
        self._start = self._impl_start = perf_counter()

    def start(self) -> None:
        """A hookimpl is about to be called."""
        self._impl_start = perf_counter()

    def __call__(self, plugin_name: str, outcome: Outcome) -> None:
        """A hookimpl has been called, and this came of it."""
        seconds = perf_counter() - self._impl_start
        for watch in self._watches:
            if watch.impl is not None:
                watch.impl(self._hook_name, plugin_name, outcome, seconds)

    def finish(self, outcome: Outcome) -> None:
        """The whole call has ended."""
        seconds = perf_counter() - self._start
        for watch in self._watches:
            if watch.call is not None:
                watch.call(self._hook_name, outcome, seconds)
