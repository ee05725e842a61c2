"""What happens inside hook calls, for people who look: who was called, with what, what came of it, and what it did.

Nothing is recorded, and nothing is paid, before somebody subscribes.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import logging
import threading
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextvars import ContextVar
from time import perf_counter, time
from typing import TYPE_CHECKING, Any, Final

import attrs

from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.converter import json_converter
from mmhooks.errors import AppError, Rejection
from mmhooks.runtime.plan import Call
from mmhooks.specs.semantics import Pipeline, Semantics

if TYPE_CHECKING:
    from mmhooks.api.codec import Codec
    from mmhooks.api.transport import AsyncTransport, Transport
    from mmhooks.runtime.manager import PluginManager

Listener = Callable[["HookTrace"], object]

_current: ContextVar[HookTrace | None] = ContextVar("mmhooks_trace", default=None)
_LONGEST: Final = 20_000
"""Characters of one text, and elements of one list, that a trace shows."""


@attrs.define
class Step:
    """One hookimpl that was called."""

    package: str
    is_async: bool
    before: Any = None
    """The value that a pipeline passes on, as this hookimpl saw it; None for other hooks."""
    result: Any = None
    error: BaseException | None = None
    milliseconds: float = 0.0
    outcome: str = ""
    """``none``, ``changed``, ``rejected``, ``error`` or ``result``; empty for a call that is not over."""


@attrs.define
class APICall:
    """One call of the server's API from inside a hook."""

    method: str
    codec: Codec
    request: Any
    """A message; None where content is streamed."""
    response: Any = None
    """A message; None where content is streamed, or where there is none."""
    error: BaseException | None = None
    milliseconds: float = 0.0


@attrs.define
class HookTrace:
    """One call of a hook."""

    id: int
    """Counts up from 1 in each process."""
    hook: str
    at: int
    """Milliseconds since the epoch."""
    request: Any
    """The request message, the first one of a stream."""
    wrappers: tuple[str, ...] = ()
    """The packages whose wrappers go round the call, the outermost first."""
    steps: list[Step] = attrs.Factory(list)
    api: list[APICall] = attrs.Factory(list)
    logs: list[logging.LogRecord] = attrs.Factory(list)
    result: Any = None
    error: BaseException | None = None
    milliseconds: float = 0.0

    @property
    def outcome(self) -> str:
        """``rejected``, ``error``, ``changed``, ``result`` or ``none``."""
        if self.error is not None:
            return "error"
        if isinstance(self.result, Rejection):
            return "rejected"
        if any(step.error is not None and not isinstance(step.error, Rejection) for step in self.steps):
            return "error"
        if self.steps and self.steps[0].before is not None:
            return "none" if self.result == self.steps[0].before else "changed"
        return "none" if self.result is None else "result"

    def as_dict(self) -> dict[str, Any]:
        """All of it as JSON values; ``request`` is base64, to fire the same call again."""
        codec = HOOKS[self.hook].codec
        names = [param.name for param in HOOKS[self.hook].params if not param.streamed]
        return {
            "id": self.id,
            "hook": self.hook,
            "at": self.at,
            "milliseconds": round(self.milliseconds, 3),
            "outcome": self.outcome,
            "arguments": dict(zip(names, map(plain, codec.decode_request(self.request)), strict=True)),
            "wrappers": list(self.wrappers),
            "calls": [_step(step) for step in self.steps],
            "api": [_api_call(call) for call in self.api],
            "logs": [_log(record) for record in self.logs],
            "result": plain(self.result),
            "error": _error(self.error),
            "request": base64.b64encode(self.request.SerializeToString()).decode(),
        }


def _step(step: Step) -> dict[str, Any]:
    return {
        "package": step.package,
        "async": step.is_async,
        "before": plain(step.before),
        "result": plain(step.result),
        "error": _error(step.error),
        "milliseconds": round(step.milliseconds, 3),
        "outcome": step.outcome,
    }


def _api_call(call: APICall) -> dict[str, Any]:
    arguments: Any = None
    result, error = None, call.error
    if call.request is not None:
        names = [param.name for param in call.codec.method.params if not param.streamed]
        arguments = dict(zip(names, map(plain, call.codec.decode_request(call.request)), strict=True))
    if call.response is not None:
        try:
            result = call.codec.decode_response(call.response)
        except AppError as refusal:
            error = refusal
    return {
        "method": call.method,
        "arguments": arguments,
        "result": plain(result),
        "error": _error(error),
        "milliseconds": round(call.milliseconds, 3),
    }


def _log(record: logging.LogRecord) -> dict[str, Any]:
    return {"level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}


def _error(error: BaseException | None) -> dict[str, str] | None:
    if error is None:
        return None
    shown = "" if isinstance(error, AppError | Rejection) else "".join(traceback.format_exception(error))
    return {"type": type(error).__name__, "message": str(error), "traceback": shown}


def plain(value: Any) -> Any:
    """A value as JSON can show it: models by their fields, what has no such form by its ``repr``."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}… ({len(value):,} characters)"
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    if isinstance(value, Rejection):
        return {"rejected": value.reason}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in itertools.islice(value.items(), _LONGEST)}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in itertools.islice(value, _LONGEST)]
    if attrs.has(type(value)):
        with contextlib.suppress(Exception):
            return plain(json_converter().unstructure(value))
    return repr(value)


class Tracer:
    """Records the calls of one plugin manager, as long as somebody listens.

    Args:
        pm: whose calls.
    """

    def __init__(self, pm: PluginManager) -> None:
        self._pm = pm
        self._lock = threading.Lock()
        self._listeners: tuple[Listener, ...] = ()
        self._numbers = itertools.count(1)
        self.under_way = 0
        """Calls that have not ended."""
        self._handler = _Handler()
        self._end_observing: Callable[[], None] = lambda: None

    @property
    def is_on(self) -> bool:
        """Whether somebody listens."""
        return bool(self._listeners)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have a function called with each trace when its call has ended, on the thread of the call.

        Returns:
            A function that ends it.
        """
        with self._lock:
            self._set((*self._listeners, listener))

        def unsubscribe() -> None:
            with self._lock:
                self._set(tuple(one for one in self._listeners if one is not listener))

        return unsubscribe

    def _set(self, listeners: tuple[Listener, ...]) -> None:
        was_on, self._listeners = self.is_on, listeners
        if was_on == self.is_on:
            return
        if self.is_on:
            logging.getLogger().addHandler(self._handler)
            self._pm.set_call_wrapper(_watched)
            self._end_observing = self._pm.add_observer(_note_outcome)
        else:
            logging.getLogger().removeHandler(self._handler)
            self._pm.set_call_wrapper(None)
            self._end_observing()

    def call(self, hook: str, request: Any, run: Callable[[], Any]) -> Any:
        """Record a call on this thread."""
        with self._recorded(hook, request) as trace:
            trace.result = run()
        return trace.result

    async def acall(self, hook: str, request: Any, run: Callable[[], Awaitable[Any]]) -> Any:
        """Record a call on the event loop."""
        with self._recorded(hook, request) as trace:
            trace.result = await run()
        return trace.result

    @contextlib.contextmanager
    def _recorded(self, hook: str, request: Any) -> Iterator[HookTrace]:
        wrappers = tuple(impl.plugin_name for impl in reversed(self._pm.plan(hook).wrappers))
        trace = HookTrace(next(self._numbers), hook, int(time() * 1000), request, wrappers)
        token = _current.set(trace)
        start = perf_counter()
        with self._lock:
            self.under_way += 1
        try:
            yield trace
        except BaseException as error:
            trace.error = error
            raise
        finally:
            trace.milliseconds = (perf_counter() - start) * 1000
            _current.reset(token)
            for listener in self._listeners:
                listener(trace)
            with self._lock:
                self.under_way -= 1


def _note_outcome(hook: str, package: str, outcome: str, seconds: float) -> None:
    trace = _current.get()
    if trace is not None and trace.hook == hook:
        for step in reversed(trace.steps):
            if step.package == package and not step.outcome:
                step.outcome = outcome
                return


class _Handler(logging.Handler):
    """Puts log records into the trace of the call that they were made in."""

    def emit(self, record: logging.LogRecord) -> None:
        trace = _current.get()
        if trace is not None:
            trace.logs.append(record)


def _watched(call: Call, semantics: Semantics) -> Call:
    """A hookimpl's call that notes itself in the trace under way."""
    argument = semantics.argument if isinstance(semantics, Pipeline) else ""
    invoke = call.invoke

    def note(kwargs: Mapping[str, Any]) -> Step:
        step = Step(call.plugin_name, call.is_async, kwargs.get(argument))
        if (trace := _current.get()) is not None:
            trace.steps.append(step)
        return step

    def blocking(kwargs: Mapping[str, Any]) -> Any:
        with _timed(note(kwargs)) as step:
            step.result = invoke(kwargs)
        return step.result

    async def awaited(kwargs: Mapping[str, Any]) -> Any:
        with _timed(note(kwargs)) as step:
            step.result = await invoke(kwargs)
        return step.result

    return attrs.evolve(call, invoke=awaited if call.is_async else blocking)


@contextlib.contextmanager
def _timed(record: Any) -> Iterator[Any]:
    start = perf_counter()
    try:
        yield record
    except BaseException as error:
        record.error = error
        raise
    finally:
        record.milliseconds = (perf_counter() - start) * 1000


@contextlib.contextmanager
def _api_noted(trace: HookTrace, codec: Codec, request: Any) -> Iterator[APICall]:
    call = APICall(codec.method.name, codec, request)
    trace.api.append(call)
    with _timed(call):
        yield call


class TracedTransport:
    """A transport that notes its calls in the trace of the hook call that they were made in."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def unary(self, codec: Codec, request: Any) -> Any:
        trace = _current.get()
        if trace is None:
            return self._transport.unary(codec, request)
        with _api_noted(trace, codec, request) as call:
            call.response = self._transport.unary(codec, request)
        return call.response

    def upload(self, codec: Codec, requests: Iterator[Any]) -> Any:
        with _maybe_noted(codec):
            return self._transport.upload(codec, requests)

    def download(self, codec: Codec, request: Any) -> Iterator[Any]:
        with _maybe_noted(codec):
            return self._transport.download(codec, request)

    def exchange(self, codec: Codec, requests: Iterator[Any]) -> Iterator[Any]:
        with _maybe_noted(codec):
            return self._transport.exchange(codec, requests)


class AsyncTracedTransport:
    """The same for calls that are awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def unary(self, codec: Codec, request: Any) -> Any:
        trace = _current.get()
        if trace is None:
            return await self._transport.unary(codec, request)
        with _api_noted(trace, codec, request) as call:
            call.response = await self._transport.unary(codec, request)
        return call.response

    async def upload(self, codec: Codec, requests: AsyncIterator[Any]) -> Any:
        with _maybe_noted(codec):
            return await self._transport.upload(codec, requests)

    def download(self, codec: Codec, request: Any) -> AsyncIterator[Any]:
        with _maybe_noted(codec):
            return self._transport.download(codec, request)

    def exchange(self, codec: Codec, requests: AsyncIterator[Any]) -> AsyncIterator[Any]:
        with _maybe_noted(codec):
            return self._transport.exchange(codec, requests)


def _maybe_noted(codec: Codec) -> contextlib.AbstractContextManager[object]:
    """For streams: the trace says that they were opened, and not what they carried."""
    trace = _current.get()
    return contextlib.nullcontext() if trace is None else _api_noted(trace, codec, None)
