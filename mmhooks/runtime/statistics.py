"""Counts and latencies of hook calls."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from mmhooks.runtime.observe import Outcome

if TYPE_CHECKING:
    from mmhooks.runtime.manager import PluginManager

_STEPS: Final = 16
"""Buckets per doubling: a quantile is at most 1/32 off."""


class Histogram:
    """Durations in buckets that grow with the value: a fixed, small size and no sorting. Not thread-safe."""

    __slots__ = ("_buckets", "count", "largest", "total")

    def __init__(self) -> None:
        self._buckets: dict[int, int] = {}
        self.count = 0
        self.total = 0.0
        """Seconds."""
        self.largest = 0.0
        """Seconds."""

    def add(self, seconds: float) -> None:
        """Count one duration."""
        bucket = _bucket(int(seconds * 1e9))
        self._buckets[bucket] = self._buckets.get(bucket, 0) + 1
        self.count += 1
        self.total += seconds
        self.largest = max(self.largest, seconds)

    def quantile(self, share: float) -> float:
        """The duration in seconds that this share (0 to 1) of all does not exceed; 0 if there are none."""
        wanted = share * self.count
        seen = 0
        for bucket in sorted(self._buckets):
            seen += self._buckets[bucket]
            if seen >= wanted:
                return min(_middle(bucket) / 1e9, self.largest)
        return self.largest


def _bucket(nanoseconds: int) -> int:
    if nanoseconds < _STEPS:
        return max(nanoseconds, 0)
    shift = nanoseconds.bit_length() - _STEPS.bit_length()
    return shift * _STEPS + (nanoseconds >> shift)


def _middle(bucket: int) -> float:
    shift = max(bucket // _STEPS - 1, 0)
    return ((bucket - shift * _STEPS) << shift) + ((1 << shift) - 1) / 2


class _Counts:
    __slots__ = ("calls", "changed", "errors", "rejected")

    def __init__(self) -> None:
        self.calls = self.changed = self.rejected = self.errors = 0

    def add(self, outcome: Outcome) -> None:
        self.calls += 1
        if outcome == "changed":
            self.changed += 1
        elif outcome == "rejected":
            self.rejected += 1
        elif outcome == "error":
            self.errors += 1

    def as_dict(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("calls", "changed", "rejected", "errors")}


class _Hook:
    __slots__ = ("counts", "latency", "packages")

    def __init__(self) -> None:
        self.counts = _Counts()
        self.packages: dict[str, _Counts] = {}
        self.latency = Histogram()


class Statistics:
    """Per hook and per package: calls, changes, rejections, errors; per hook also latencies."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hooks: dict[str, _Hook] = {}

    def attach(self, manager: PluginManager) -> Callable[[], None]:
        """Start to count the calls of a manager.

        Returns:
            A function that ends it.
        """
        return manager.add_observer(self.impl_called, on_call=self.hook_called)

    def impl_called(self, hook_name: str, plugin_name: str, outcome: Outcome, seconds: float) -> None:
        """Count one call of a hookimpl (an observer)."""
        with self._lock:
            packages = self._hook(hook_name).packages
            counts = packages.get(plugin_name)
            if counts is None:
                counts = packages[plugin_name] = _Counts()
            counts.add(outcome)

    def hook_called(self, hook_name: str, outcome: Outcome, seconds: float) -> None:
        """Count one call of a hook (an observer of whole calls)."""
        with self._lock:
            hook = self._hook(hook_name)
            hook.counts.add(outcome)
            hook.latency.add(seconds)

    def _hook(self, hook_name: str) -> _Hook:
        hook = self._hooks.get(hook_name)
        if hook is None:
            hook = self._hooks[hook_name] = _Hook()
        return hook

    def as_dict(self) -> dict[str, Any]:
        """Everything so far.

        Returns:
            ``{hook: {calls, changed, rejected, errors, seconds: {p50, p99, mean, max}, packages:
            {name: {calls, changed, rejected, errors}}}}``. A call of a hook is counted as an error when it
            raised; failures that were passed over are counted at their package.
        """
        with self._lock:
            return {name: _as_dict(hook) for name, hook in sorted(self._hooks.items())}


def _as_dict(hook: _Hook) -> dict[str, Any]:
    latency = hook.latency
    return {
        **hook.counts.as_dict(),
        "seconds": {
            "p50": latency.quantile(0.5),
            "p99": latency.quantile(0.99),
            "mean": latency.total / latency.count if latency.count else 0.0,
            "max": latency.largest,
        },
        "packages": {name: counts.as_dict() for name, counts in sorted(hook.packages.items())},
    }
