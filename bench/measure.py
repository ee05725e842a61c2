"""Taking turns: machines are shared and noisy, so everything is measured in the same rounds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

from attrs import asdict, frozen


@frozen
class Row:
    """One figure beside its floor; `unit` is a time, or an amount per second."""

    name: str
    floor: str
    value: float
    floor_value: float
    unit: str
    aim: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times the floor's cost it is; below 1 it is cheaper."""
        return self.floor_value / self.value if self.unit.endswith("/s") else self.value / self.floor_value

    def text(self, value: float) -> str:
        return f"{value:,.0f} {self.unit}" if value >= 100 else f"{value:.2f} {self.unit}"

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio}


def medians(
    calls: Mapping[str, Callable[[], object]], rounds: int, calls_per_round: int, warm_up: int = 200
) -> dict[str, float]:
    """The median duration of each call in microseconds: the median over rounds of each round's median."""
    for call in calls.values():
        for _ in range(warm_up):
            call()
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            found[name].append(statistics.median(_timed(call) for _ in range(calls_per_round)))
    return {name: statistics.median(values) * 1e6 for name, values in found.items()}


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def rates(batches: Mapping[str, Callable[[], int]], rounds: int) -> dict[str, float]:
    """Calls a second of each batch, which returns how many calls it made: the median over rounds."""
    found: dict[str, list[float]] = {name: [] for name in batches}
    for _ in range(rounds):
        for name, batch in batches.items():
            start = time.perf_counter()
            count = batch()
            found[name].append(count / (time.perf_counter() - start))
    return {name: statistics.median(values) for name, values in found.items()}
