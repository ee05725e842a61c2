"""Web applications under paths of the plugin."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from mmhooks import AsyncRequest, PluginContext, Response, RouteSpec, hookimpl
from mmhooks.api.stream import AsyncByteStream
from mmhooks.errors import CompositionError, TransportError
from mmhooks.runtime.extras import install
from mmhooks.runtime.extras.asgi import scope_of
from mmhooks.runtime.manager import PluginManager, make_manager


class Package:
    def __init__(self, *specs: RouteSpec) -> None:
        self.specs = specs

    @hookimpl
    def register_routes(self):
        return list(self.specs)


def plugin(**packages: object) -> PluginManager:
    pm = make_manager()
    for name, package in packages.items():
        pm.register(package, name)
    install(pm)
    return pm


def says(text: str) -> Callable[..., Any]:
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-app", text.encode())]})
        await send({"type": "http.response.body", "body": text.encode()})

    return app


async def nothing() -> AsyncIterator[bytes]:
    for chunk in ():
        yield chunk


def request(url: str = "/", source: AsyncIterator[bytes] | None = None, **fields: Any) -> AsyncRequest:
    fields.setdefault("method", "GET")
    return AsyncRequest(url=url, body=AsyncByteStream(source or nothing()), **fields)


async def ask(pm: PluginManager, wanted: AsyncRequest) -> Response | None:
    return await pm.acall("serve_http", {"context": PluginContext(), "request": wanted})


async def whole(response: Response) -> bytes:
    body: Any = response.body
    return body if isinstance(body, bytes) else b"".join([chunk async for chunk in body])


def get(pm: PluginManager, url: str) -> tuple[int, bytes] | None:
    async def scenario():
        response = await ask(pm, request(url))
        if response is None:
            return None
        return response.status, await whole(response)

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("/a", b"short"),
        ("/a/", b"short"),
        ("/a?x=1", b"short"),
        ("/a/c", b"short"),
        ("/a/b", b"long"),
        ("/a/b/c", b"long"),
        ("/a/bc", b"short"),
        ("/%61/b", b"long"),
    ],
)
def test_longest_path_wins_across_packages(url: str, body: bytes):
    pm = plugin(one=Package(RouteSpec("/a", says("short"))), two=Package(RouteSpec("/a/b/", says("long"))))
    assert get(pm, url) == (200, body)


@pytest.mark.parametrize("url", ["/", "/ab", "/b/a"])
def test_what_fits_no_route_goes_to_serve_http(url: str):
    class Other(Package):
        @hookimpl
        def serve_http(self):
            return Response(status=204)

    pm = plugin(other=Other(RouteSpec("/a", says("a"))))
    assert asyncio.run(ask(pm, request(url))) == Response(status=204)


def test_root_takes_what_is_left():
    pm = plugin(a=Package(RouteSpec("/", says("all")), RouteSpec("/a", says("a"))))
    assert [get(pm, url) for url in ("/", "/a", "/b")] == [(200, b"all"), (200, b"a"), (200, b"all")]


def test_two_packages_with_one_path():
    with pytest.raises(CompositionError, match="both have the route /a;"):
        plugin(one=Package(RouteSpec("/a", says(""))), two=Package(RouteSpec("/a/", says(""))))


def test_scope():
    wanted = request(
        "/audit/caf%C3%A9?q=1",
        method="POST",
        host="chat.example:8065",
        remote_addr="[::1]:4242",
        request_uri="/site/plugins/com.example/audit/caf%C3%A9?q=1",
        headers=[("Mattermost-User-Id", "ann"), ("X-Two", "1"), ("X-Two", "2")],
    )
    scope = scope_of(wanted, "/audit")
    assert scope["type"] == "http"
    assert (scope["method"], scope["http_version"], scope["scheme"]) == ("POST", "1.1", "http")
    assert scope["path"] == "/site/plugins/com.example/audit/café"
    assert scope["raw_path"] == b"/site/plugins/com.example/audit/caf%C3%A9"
    assert scope["root_path"] == "/site/plugins/com.example/audit"
    assert scope["query_string"] == b"q=1"
    assert scope["client"] == ("::1", 4242)
    assert scope["server"] == ("chat.example", 8065)
    assert scope["mattermost_user_id"] == "ann"
    assert scope["headers"] == [
        (b"host", b"chat.example:8065"),
        (b"mattermost-user-id", b"ann"),
        (b"x-two", b"1"),
        (b"x-two", b"2"),
    ]


@pytest.mark.parametrize("url", ["//evil.example/x", "/a?b=//c", "http://host/a"])
def test_odd_addresses_stay_paths(url: str):
    assert scope_of(request(url), "")["path"] in ("//evil.example/x", "/a")
    assert scope_of(request(url), "")["mattermost_user_id"] is None


def test_request_is_given_as_it_comes_in():
    arrived: list[bytes] = []

    async def app(scope, receive, send):
        while (message := await receive())["type"] == "http.request":
            arrived.append(message["body"])
            if not message["more_body"]:
                break
        await says("done")(scope, receive, send)

    async def scenario():
        async def source():
            for number in range(3):
                assert len(arrived) == number  # nothing is read ahead
                yield b"%d" % number

        pm = plugin(a=Package(RouteSpec("/a", app)))
        response = await ask(pm, request("/a", source(), method="POST"))
        assert response is not None
        assert response.header("X-App") == "done"
        return response.body

    assert asyncio.run(scenario()) == b"done"
    assert b"".join(arrived) == b"012"


def test_send_waits_for_the_reader():
    sent: list[int] = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200})
        for number in range(100):
            await send({"type": "http.response.body", "body": b"x" * 65536, "more_body": True})
            sent.append(number)
        await send({"type": "http.response.body"})

    async def scenario():
        pm = plugin(a=Package(RouteSpec("/a", app)))
        response = await ask(pm, request("/a"))
        assert response is not None
        taken = 0
        async for _ in response.body:
            taken += 1
            for _ in range(10):
                await asyncio.sleep(0)
            assert len(sent) <= taken + 1
        return taken

    assert asyncio.run(scenario()) == 100


def test_application_is_cancelled_when_the_reader_leaves():
    async def scenario():
        ended = asyncio.Event()

        async def app(scope, receive, send):
            try:
                await send({"type": "http.response.start", "status": 200})
                while True:
                    await send({"type": "http.response.body", "body": b"x", "more_body": True})
            finally:
                ended.set()

        pm = plugin(a=Package(RouteSpec("/a", app)))
        response = await ask(pm, request("/a"))
        assert response is not None
        body = aiter(response.body)
        await anext(body)
        await body.aclose()
        await asyncio.wait_for(ended.wait(), 5)

    asyncio.run(scenario())


def test_trailers():
    async def app(scope, receive, send):
        assert "http.response.trailers" in scope["extensions"]
        await send({"type": "http.response.start", "status": 200, "trailers": True})
        await send({"type": "http.response.body", "body": b"hello"})
        await send({"type": "http.response.trailers", "headers": [(b"x-one", b"1")], "more_trailers": True})
        await send({"type": "http.response.trailers", "headers": [(b"x-two", b"2")]})
        with pytest.raises(RuntimeError, match="ended already"):
            await send({"type": "http.response.trailers"})

    async def scenario():
        response = await ask(plugin(a=Package(RouteSpec("/a", app))), request("/a"))
        assert response is not None
        assert [chunk async for chunk in response.body] == [b"hello"]
        return response.trailers()

    assert asyncio.run(scenario()) == (("x-one", "1"), ("x-two", "2"))


def test_trailers_that_are_promised_and_missing_break_the_answer_off(caplog: pytest.LogCaptureFixture):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "trailers": True})
        await send({"type": "http.response.body", "body": b"hello"})

    async def scenario():
        response = await ask(plugin(a=Package(RouteSpec("/a", app))), request("/a"))
        assert response is not None
        with pytest.raises(RuntimeError, match="ended before its answer did"):
            assert [chunk async for chunk in response.body]

    asyncio.run(scenario())


def test_request_that_breaks_off_is_a_disconnect():
    async def half():
        yield b"half"
        raise TransportError("broke off")

    async def app(scope, receive, send):
        kinds = [(await receive())["type"] for _ in range(3)]
        await says(" ".join(kinds))(scope, receive, send)

    async def scenario():
        response = await ask(plugin(a=Package(RouteSpec("/a", app))), request("/a", half()))
        assert response is not None
        return await whole(response)

    assert asyncio.run(scenario()) == b"http.request http.disconnect http.disconnect"


def test_work_after_the_answer_goes_on():
    async def scenario():
        done = asyncio.Event()

        async def app(scope, receive, send):
            await says("hi")(scope, receive, send)
            assert (await receive())["type"] == "http.request"
            assert (await receive())["type"] == "http.disconnect"
            done.set()

        pm = plugin(a=Package(RouteSpec("/a", app)))
        response = await ask(pm, request("/a"))
        assert response is not None
        assert response.body == b"hi"
        await asyncio.wait_for(done.wait(), 5)

    asyncio.run(scenario())


async def raises(scope, receive, send):
    raise RuntimeError("broken")


async def begins_and_raises(scope, receive, send):
    await send({"type": "http.response.start", "status": 200})
    raise RuntimeError("broken")


async def says_nothing(scope, receive, send):
    return None


async def begins_with_the_body(scope, receive, send):
    await send({"type": "http.response.body", "body": b"x"})


@pytest.mark.parametrize("app", [raises, begins_and_raises, says_nothing, begins_with_the_body])
def test_application_that_fails_before_it_answers(app: Any, caplog: pytest.LogCaptureFixture):
    async def scenario():
        response = await ask(plugin(a=Package(RouteSpec("/a", app))), request("/a"))
        assert response is not None
        return response.status, str(response.body)

    status, body = asyncio.run(scenario())
    assert status == 500
    assert "broken" not in body
    assert "a: route /a failed: RuntimeError" in caplog.text


def test_application_that_fails_in_the_middle_breaks_the_body_off():
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise RuntimeError("broken")

    async def scenario():
        response = await ask(plugin(a=Package(RouteSpec("/a", app))), request("/a"))
        assert response is not None
        body = aiter(response.body)
        got = await anext(body)
        with pytest.raises(RuntimeError, match="broken"):
            await anext(body)
        return got

    assert asyncio.run(scenario()) == b"half"
