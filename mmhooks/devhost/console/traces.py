"""Hook calls to look at, and to fire again."""

from __future__ import annotations

import base64
import contextlib
import json
import queue
from collections.abc import Mapping
from typing import Any, Final

from mmhooks.devhost.api.base import fail
from mmhooks.devhost.live import Live
from mmhooks.errors import AppError, MmhooksError

__all__ = ["find", "replay", "select"]

_TRACE_SECONDS: Final = 10.0
_MOST: Final = 1000


def select(live: Live, query: Mapping[str, str]) -> list[dict[str, Any]]:
    """Those that are wanted, oldest first.

    Args:
        live: the plugin.
        query: ``hook``, ``outcome``, ``text`` (all optional), ``after`` (a number), ``limit`` (the newest ones).
    """
    hook, outcome, text = query.get("hook", ""), query.get("outcome", ""), query.get("text", "").lower()
    after, limit = _number(query.get("after", ""), 0), _number(query.get("limit", ""), _MOST)
    found = [
        trace
        for trace in live.traces
        if trace["number"] > after
        and (not hook or trace["hook"] == hook)
        and (not outcome or trace["outcome"] == outcome)
        and (not text or text in json.dumps(trace, ensure_ascii=False).lower())
    ]
    return found[-limit:] if limit else []


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() else default


def find(live: Live, number: int) -> dict[str, Any]:
    """One of them.

    Raises:
        AppError: (404) it is not kept, or not any more.
    """
    for trace in live.traces:
        if trace["number"] == number:
            return trace
    raise fail("Console", "mmhooks.console.trace", 404, f"Call {number} is not kept any more.")


def replay(live: Live, number: int) -> dict[str, Any]:
    """Fire a call again with the code as it is now; answer what happened this time.

    Raises:
        AppError: (404) the call is not kept.
        MmhooksError: it cannot be fired again.
    """
    old = find(live, number)
    traces: queue.Queue[dict[str, Any]] = queue.Queue()
    unsubscribe = live.traces.subscribe(traces.put)
    try:
        with contextlib.suppress(AppError):  # a hook that refuses; the trace says so
            live.call_again(old["hook"], base64.b64decode(old["request"]))
        while True:
            new = traces.get(timeout=_TRACE_SECONDS)
            if new["hook"] == old["hook"] and new["request"] == old["request"]:
                return new
    except queue.Empty:
        raise MmhooksError(f"nothing was heard of {old['hook']} for {_TRACE_SECONDS:.0f} s") from None
    finally:
        unsubscribe()
