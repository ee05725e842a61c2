"""Between host and plugin: how often each hook is called, how long it takes, what it does."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

from mmhooks.api.model import Model
from mmhooks.cli.report import HookRow
from mmhooks.devhost.hooks import HookPort
from mmhooks.errors import AppError, TransportError
from mmhooks.runtime.statistics import Histogram

__all__ = ["PluginEnded", "WatchedPort"]

_MOST_QUESTIONS: Final = 1000
_DEATH_SECONDS: Final = 5.0
"""How long a process may take to be found dead after its socket has closed."""


class PluginEnded(Exception):
    """The plugin's process is gone. No MmhooksError: neither host nor importer is to go on."""


class _Counts:
    def __init__(self) -> None:
        self.changed = self.rejected = self.errors = 0
        self.latency = Histogram()


class WatchedPort:
    """A `HookPort` that counts and times the calls of another one.

    Args:
        port: the plugin.
        statistics: asks the plugin's process for its figures.
        death: set when that process has ended.
    """

    def __init__(
        self, port: HookPort, statistics: Callable[[], dict[str, Any]], death: threading.Event
    ) -> None:
        self._port = port
        self._statistics = statistics
        self._death = death
        self._owner = threading.current_thread()
        self._lock = threading.Lock()
        self._counts: defaultdict[str, _Counts] = defaultdict(_Counts)
        self._rejections: dict[str, int] = {}
        self._questions = 0
        self.rejected_by: dict[str, str] = {}
        """The package behind each reason for which ``message_will_be_posted`` has rejected a post."""

    def implemented(self) -> frozenset[str]:
        """The names of the hooks that the plugin implements."""
        return self._port.implemented()

    def call(self, hook: str, *args: Any) -> Any:
        """Call a hook.

        Raises:
            PluginEnded: the process is gone, and this is the thread of the replay.
        """
        begin = time.perf_counter()
        try:
            answer = self._port.call(hook, *args)
        except (AppError, TransportError) as error:
            self._count(hook, begin, "errors")
            if isinstance(error, TransportError) and self._has_died(error):
                raise PluginEnded from error
            raise
        effect = _effect(args, answer)
        self._count(hook, begin, effect)
        if hook == "message_will_be_posted" and effect == "rejected":
            self._find_rejecter(answer[-1])
        return answer

    def rows(self) -> list[HookRow]:
        """What was counted, by hook."""
        with self._lock:
            return [_row(hook, counts) for hook, counts in sorted(self._counts.items())]

    def _count(self, hook: str, begin: float, effect: str) -> None:
        seconds = time.perf_counter() - begin
        with self._lock:
            counts = self._counts[hook]
            counts.latency.add(seconds)
            if effect:
                setattr(counts, effect, getattr(counts, effect) + 1)

    def _has_died(self, error: TransportError) -> bool:
        if threading.current_thread() is not self._owner:
            return False  # an answer to the plugin, or a hook after the fact: the replay itself will notice
        return "UNAVAILABLE" in str(error) and self._death.wait(_DEATH_SECONDS)

    def _find_rejecter(self, reason: str) -> None:
        """Whose count of rejections has grown?"""
        if reason in self.rejected_by or self._questions >= _MOST_QUESTIONS:
            return
        self._questions += 1
        try:
            packages = self._statistics()["message_will_be_posted"]["packages"]
        except (TransportError, KeyError):
            return
        now = {name: counts["rejected"] for name, counts in packages.items()}
        grown = [name for name, count in now.items() if count > self._rejections.get(name, 0)]
        self._rejections = now
        if len(grown) == 1:
            self.rejected_by[reason] = grown[0]


def _effect(args: tuple[Any, ...], answer: Any) -> str:
    """``changed``, ``rejected`` or nothing: hooks that may reject answer with a reason at the end."""
    parts = answer if isinstance(answer, tuple) and answer else (answer,)
    if isinstance(parts[-1], str) and parts[-1]:
        return "rejected"
    if isinstance(parts[0], Model) and parts[0] not in args and any(type(parts[0]) is type(a) for a in args):
        return "changed"
    return ""


def _row(hook: str, counts: _Counts) -> HookRow:
    latency = counts.latency
    return HookRow(
        hook=hook,
        calls=latency.count,
        changed=counts.changed,
        rejected=counts.rejected,
        errors=counts.errors,
        p50_ms=round(latency.quantile(0.5) * 1000, 3),
        p99_ms=round(latency.quantile(0.99) * 1000, 3),
    )
