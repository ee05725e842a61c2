"""Every API method, called by both clients over real gRPC, arrives with equal arguments and answers an equal result."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mmhooks.api._generated.client import METHODS
from mmhooks.api.client import API, AsyncAPI
from mmhooks.api.framed import AsyncFramedTransport, FramedTransport
from mmhooks.api.http import Request, Response
from mmhooks.api.method import Method
from mmhooks.api.stream import ByteStream
from mmhooks.api.transport import AsyncGrpcTransport, GrpcTransport, open_async_channel, open_channel
from mmhooks.devhost.server import APIServer
from mmhooks.errors import AppError, PermissionDeniedError
from mmhooks.testing import strategies

TOKEN = "a token"
CONTENT = bytes(range(256)) * 1024
METHOD_LIST = sorted(METHODS.values(), key=lambda method: method.name)
ONCE = settings(
    max_examples=3,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)


class Recorder:
    """A host's API that answers what it is told and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: tuple[str, tuple[Any, ...]] = ("", ())
        self.answer: Any = None

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def method(*arguments: Any) -> Any:
            self.asked = (name, tuple(a.read() if isinstance(a, ByteStream) else a for a in arguments))
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

        return method


@pytest.fixture(scope="module")
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture(scope="module")
def server(recorder: Recorder) -> Iterator[APIServer]:
    server = APIServer(recorder, token=TOKEN)
    yield server
    server.close(0)


@pytest.fixture(scope="module", params=["gRPC", "frames"])
def api(server: APIServer, request: pytest.FixtureRequest) -> Iterator[API]:
    with open_channel(server.target) as channel:
        over_grpc = GrpcTransport(channel, token=TOKEN)
        if request.param == "gRPC":
            yield API(over_grpc)
        else:
            framed = FramedTransport(server.frames, over_grpc, token=TOKEN)
            yield API(framed)
            framed.close()


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="module")
def async_api(server: APIServer, api: API, loop: asyncio.AbstractEventLoop) -> Iterator[AsyncAPI]:
    """Over the same kind of transport as the other one."""

    async def connect() -> Any:
        return open_async_channel(server.target)

    channel = loop.run_until_complete(connect())
    over_grpc = AsyncGrpcTransport(channel, token=TOKEN)
    if isinstance(api._transport, GrpcTransport):
        yield AsyncAPI(over_grpc)
    else:
        framed = AsyncFramedTransport(server.frames, over_grpc, token=TOKEN)
        yield AsyncAPI(framed)
        loop.run_until_complete(framed.close())
    loop.run_until_complete(channel.close())


def given_arguments(method: Method[Any], data: st.DataObject) -> list[Any]:
    """Arguments as a caller writes them, the streamed one among them."""
    plain = iter(data.draw(strategies.arguments(method)))
    arguments: list[Any] = []
    for param in method.params:
        value = io.BytesIO(CONTENT) if param.streamed else next(plain)
        arguments += value if param.variadic else [value]
    return arguments


def answer_of(method: Method[Any], data: st.DataObject) -> Any:
    """What the host answers, the streamed part as bytes."""
    drawn = data.draw(strategies.results(method))
    if not any(param.streamed for param in method.results):
        return drawn
    plain = iter(drawn if isinstance(drawn, tuple) else (drawn,))
    values = tuple(CONTENT if param.streamed else next(plain) for param in method.results)
    return values if len(values) > 1 else values[0]


def arrived(arguments: list[Any]) -> tuple[Any, ...]:
    return tuple(CONTENT if isinstance(a, io.BytesIO) else a for a in arguments)


def read(result: Any) -> Any:
    if isinstance(result, tuple):
        return tuple(read(value) for value in result)
    return result.read() if isinstance(result, ByteStream) else result


async def aread(result: Any) -> Any:
    if isinstance(result, tuple):
        return tuple([await aread(value) for value in result])
    return await result.read() if hasattr(result, "read") else result


CALLABLE = [m for m in METHOD_LIST if m.name not in ("plugin_http", "load_plugin_configuration")]


@pytest.mark.parametrize("method", CALLABLE, ids=lambda method: method.name)
@ONCE
@given(data=st.data())
def test_every_method_arrives_and_answers(
    api: API,
    async_api: AsyncAPI,
    loop: asyncio.AbstractEventLoop,
    recorder: Recorder,
    method: Method[Any],
    data: Any,
) -> None:
    arguments = given_arguments(method, data)
    answer = recorder.answer = answer_of(method, data)
    result = read(getattr(api, method.name)(*arguments))
    assert recorder.asked == (method.name, arrived(arguments))
    assert result == answer
    for argument in arguments:
        if isinstance(argument, io.BytesIO):
            argument.seek(0)

    async def call() -> Any:
        return await aread(await getattr(async_api, method.name)(*arguments))

    recorder.asked = ("", ())
    assert loop.run_until_complete(call()) == result
    assert recorder.asked == (method.name, arrived(arguments))


@pytest.mark.parametrize("method", [m for m in CALLABLE if m.codec.can_fail], ids=lambda method: method.name)
@ONCE
@given(data=st.data())
def test_every_refusal_is_an_exception(api: API, recorder: Recorder, method: Method[Any], data: Any) -> None:
    recorder.answer = PermissionDeniedError("not yours", id="api.no", where="somewhere")
    with pytest.raises(PermissionDeniedError) as caught:
        getattr(api, method.name)(*given_arguments(method, data))
    assert caught.value == recorder.answer


def test_sync_and_async_clients_have_the_same_methods() -> None:
    for name in METHODS:
        assert callable(getattr(API, name))
        assert asyncio.iscoroutinefunction(getattr(AsyncAPI, name))


def test_plugin_http_streams_both_ways(api: API, recorder: Recorder) -> None:
    recorder.answer = Response(status=202, headers=[("X-A", "1")], body=[CONTENT, b"end"])
    request = Request(method="POST", url="/other/path", headers=[("A", "b")], body=ByteStream([b"hello"]))
    response = api.plugin_http(request)
    assert (response.status, response.header("x-a")) == (202, "1")
    assert isinstance(response.body, ByteStream)
    assert response.body.read() == CONTENT + b"end"
    name, (asked,) = recorder.asked
    assert (name, asked.method, asked.url, asked.headers) == (
        "plugin_http",
        "POST",
        "/other/path",
        (("A", "b"),),
    )


def test_content_may_be_bytes_a_file_or_an_iterator(api: API, recorder: Recorder) -> None:
    from mmhooks.api.models import FileInfo

    recorder.answer = FileInfo(id="f")
    for content in (CONTENT, io.BytesIO(CONTENT), iter([CONTENT[:10], CONTENT[10:]]), bytearray(CONTENT)):
        assert api.upload_file(content, "c", "n.bin").id == "f"  # type: ignore[arg-type]  # bytearray too
        assert recorder.asked == ("upload_file", (CONTENT, "c", "n.bin"))


def test_a_download_can_be_read_in_parts_and_left(api: API, recorder: Recorder) -> None:
    recorder.answer = CONTENT
    stream = api.get_file("f")
    assert stream.read(10) == CONTENT[:10]
    assert b"".join(stream) == CONTENT[10:]
    left = api.get_file("f")
    left.read(1)
    left.close()
    recorder.answer = AppError("gone", status_code=404)
    with pytest.raises(AppError):
        api.get_file("f")
