"""Who may talk to the host, and who may not."""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from mmhooks.devhost.console.guard import Guard
from tests.devhost.console.conftest import Development

pytestmark = pytest.mark.slow


@pytest.fixture
def running(develop: Callable[..., Development]) -> Development:
    return develop("--memory")


@pytest.fixture
def stranger(running: Development) -> httpx.Client:
    """Somebody without a token."""
    with httpx.Client(base_url=running.url, trust_env=False) as client:
        yield client


def test_the_token_opens_the_console_and_becomes_a_cookie(
    running: Development, stranger: httpx.Client
) -> None:
    for path in ("/console/", "/console/kv", "/console/api/workspace", "/console/api/events"):
        assert stranger.get(path).status_code == 403
        assert stranger.get(path, params={"token": "wrong"}).status_code == 403
        assert stranger.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 403
    assert "mmhooks dev" in stranger.get("/console/").text
    opened = stranger.get("/console/kv", params={"token": running.token, "text": "a b"})
    assert opened.status_code == 303
    assert opened.headers["location"] == "/console/kv?text=a+b"
    cookie = opened.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    page = stranger.get("/console/kv")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "<script>" not in page.text


@pytest.mark.parametrize("path", ["/console/", "/api/v4/system/ping", "/plugins/com.example.helpdesk/take"])
def test_a_name_that_was_made_to_lead_here(running: Development, stranger: httpx.Client, path: str) -> None:
    port = httpx.URL(running.url).port
    for host in (f"evil.example:{port}", "evil.example", f"127.0.0.1.evil.example:{port}", ""):
        refused = stranger.get(path, headers={"Host": host, "Authorization": f"Bearer {running.token}"})
        assert refused.status_code == 403, host
    assert stranger.get("/api/v4/system/ping", headers={"Host": f"localhost:{port}"}).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "http://localhost", "null"])
def test_pages_of_another_origin(running: Development, stranger: httpx.Client, origin: str) -> None:
    stranger.get("/console/", params={"token": running.token})
    for method, path in (
        ("POST", "/console/api/plugin/disable"),
        ("GET", "/console/api/workspace"),
        ("POST", "/api/v4/users/login"),
        ("GET", "/api/v4/system/ping"),
    ):
        assert stranger.request(method, path, headers={"Origin": origin}).status_code == 403
    own = stranger.get("/console/api/state", headers={"Origin": running.url})
    assert own.json()["enabled"]
    address = running.url.replace("http", "ws") + "/api/v4/websocket"
    with pytest.raises((InvalidStatus, ConnectionClosed)):
        connect(address, additional_headers={"Origin": origin}, proxy=None).recv(timeout=5)
    with connect(address, additional_headers={"Origin": running.url}, proxy=None):
        pass


def test_the_address_file_is_private_and_goes_away(running: Development) -> None:
    folder = running.folder / ".mmhooks"
    file = folder / "dev.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    found = json.loads(file.read_text())
    assert (found["url"], found["token"]) == (running.url, running.token)
    assert running.stop() == 0
    assert not file.exists()


@pytest.mark.parametrize(
    ("listen", "host", "is_here"),
    [
        ("127.0.0.1", "localhost:80", True),
        ("127.0.0.1", "[::1]:80", True),
        ("127.0.0.1", "192.0.2.1:80", False),
        ("192.0.2.1", "192.0.2.1:80", True),
        ("192.0.2.1", "192.0.2.2:80", False),
        ("0.0.0.0", "192.0.2.2:80", True),
        ("0.0.0.0", "evil.example:80", False),  # a name may lead anywhere
        ("::", "[2001:db8::1]:80", True),
        ("127.0.0.1", "[::1", False),
    ],
)
def test_where_the_host_listens_is_what_it_answers_to(listen: str, host: str, is_here: bool) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await PlainTextResponse("inside")(scope, receive, send)

    async def ask() -> int:
        transport = httpx.ASGITransport(Guard(app, "token", listen))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return (await client.get("/api/v4/system/ping", headers={"Host": host})).status_code

    assert asyncio.run(ask()) == (200 if is_here else 403)
