"""A method's arguments and results to and from its messages. Servants, hosts and clients share these functions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from google.protobuf.descriptor import Descriptor

from mmhooks.api.method import Method, Param, resolve
from mmhooks.api.wire import Scope, dump, explain_fields, fill_error, message_class, read_error
from mmhooks.errors import AppError, ConversionError

_HTTP = ("Request", "Response")


class Codec:
    """Conversions of one method, written once.

    Streamed fields are left to the caller: ``encode_request`` and ``decode_request`` skip them.
    """

    def __init__(self, method: Method[Any]) -> None:
        self.method = method
        self.request_class = message_class(f"{method.rpc}Request", method.topic)
        self.response_class = message_class(f"{method.rpc}Response", method.topic)
        self.can_fail = "error" in self.response_class.DESCRIPTOR.fields_by_name
        self._params = [param for param in method.params if not param.streamed]
        self._results = [param for param in method.results if not param.streamed]
        self._fill_request = _filler(f"{method.name} request", self.request_class.DESCRIPTOR, self._params)
        self._fill_response = _filler(
            f"{method.name} response", self.response_class.DESCRIPTOR, self._results
        )
        self.decode_request: Callable[[Any], tuple[Any, ...]] = _reader(
            f"{method.name} request", self.request_class.DESCRIPTOR, self._params, single=False
        )
        """request message -> arguments."""
        self._read_response = _reader(
            f"{method.name} response", self.response_class.DESCRIPTOR, self._results, single=True
        )

    def some_arguments(self, names: Collection[str]) -> Callable[[Any], dict[str, Any]]:
        """A function of a request message that makes only these arguments, by name."""
        params = [param for param in self._params if param.name in names]
        scope, fields = (
            Scope(f"read some of {self.method.name}", {}),
            self.request_class.DESCRIPTOR.fields_by_name,
        )
        lines = [f"{param.name!r}: {_expression(scope, fields[param.name], param)}," for param in params]
        return scope.function("read", "m", ["return {", *lines, "}"])

    def encode_request(self, *arguments: Any) -> Any:
        """Arguments, without the streamed one -> request message.

        Raises:
            ConversionError: an argument has the wrong type; the message gives its path.
        """
        request = self.request_class()
        try:
            self._fill_request(request, *arguments)
        except (TypeError, ValueError, AttributeError) as error:
            raise self._conversion_error(request.DESCRIPTOR, self._params, arguments, error) from error
        return request

    def encode_response(self, result: Any) -> Any:
        """A result, a tuple where there are several, without the streamed one -> response message."""
        response = self.response_class()
        results: Sequence[Any] = result if len(self._results) > 1 else (result,) if self._results else ()
        try:
            self._fill_response(response, *results)
        except (TypeError, ValueError, AttributeError) as error:
            raise self._conversion_error(response.DESCRIPTOR, self._results, results, error) from error
        return response

    def encode_error(self, error: AppError) -> Any:
        """The application's refusal -> response message."""
        response = self.response_class()
        fill_error(error, response.error)
        return response

    def decode_response(self, response: Any) -> Any:
        """Response message -> result: nothing, one value, or a tuple.

        Raises:
            AppError: the response carries one.
        """
        if self.can_fail and response.HasField("error"):
            raise read_error(response.error)
        return self._read_response(response)

    def requests(self, arguments: Sequence[Any], chunks: Iterable[bytes]) -> Iterator[Any]:
        """The messages of a streamed request: the first carries the arguments, all carry bytes."""
        return _stream(self.encode_request(*arguments), self.request_class, self.method.stream_in, chunks)

    def responses(self, first: Any, chunks: Iterable[bytes]) -> Iterator[Any]:
        """The messages of a streamed response: the first carries the results, all carry bytes."""
        return _stream(first, self.response_class, self.method.stream_out, chunks)

    def _conversion_error(
        self, descriptor: Descriptor, params: Sequence[Param], values: Sequence[Any], cause: Exception
    ) -> ConversionError:
        named = [
            (param.name, resolve(param.type), value) for param, value in zip(params, values, strict=False)
        ]
        return ConversionError(f"{self.method.name}: {explain_fields(descriptor, named, '') or cause}")


def _stream(first: Any, message: Any, field: str, chunks: Iterable[bytes]) -> Iterator[Any]:
    yield first
    for chunk in chunks:
        yield message(**{field: chunk})


def _filler(title: str, descriptor: Descriptor, params: Sequence[Param]) -> Callable[..., None]:
    scope = Scope(f"fill {title}", {"dump_any": _dump_any})
    lines: list[str] = []
    for param in params:
        if param.variadic:
            lines.append(f"if {param.name}: m.{param.name} = dump_any({param.name})")
        elif param.type in _HTTP:
            continue  # http.py fills heads of HTTP messages
        else:
            lines += scope.fill(descriptor.fields_by_name[param.name], resolve(param.type), param.name, "m")
    names = [f"*{param.name}" if param.variadic else param.name for param in params]
    return scope.function("fill", ", ".join(["m", *names]), lines or ["pass"])


def _reader(
    title: str, descriptor: Descriptor, params: Sequence[Param], *, single: bool
) -> Callable[..., Any]:
    scope = Scope(f"read {title}", {})
    values = []
    for param in params:
        value = _expression(scope, descriptor.fields_by_name[param.name], param)
        values.append(f"*({value})" if param.variadic else value)
    if single and len(values) < 2:
        return scope.function("read", "m", [f"return {values[0] if values else None}"])
    return scope.function("read", "m", [f"return ({''.join(f'{value}, ' for value in values)})"])


def _expression(scope: Scope, field: Any, param: Param) -> str:
    """What reads one parameter from the message `m`; heads of HTTP messages stay messages for http.py."""
    if param.type in _HTTP:
        return f"m.{param.name}"
    return scope.read(field, resolve(param.type), f"m.{param.name}")


def _dump_any(values: Sequence[Any]) -> bytes:
    """Values for a log line: what JSON has no form for is written as text."""
    try:
        return dump(list(values))
    except (TypeError, ValueError):
        return dump(
            [value if isinstance(value, str | int | float | bool | None) else str(value) for value in values]
        )
