"""A host behind a real HTTP server, and people who talk to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from mmhooks.devhost.rest import rest_app
from mmhooks.devhost.web import WebServer
from mmhooks.testing.workspace import Workspace

PASSWORD = "Ordinary-1-password"


@pytest.fixture
def served(mm: Workspace) -> Iterator[WebServer]:
    with WebServer(rest_app(mm.host)) as server:
        yield server


class Client(httpx.Client):
    """Somebody who is logged in."""

    id = ""
    token = ""

    def call(self, method: str, path: str, expect: int = 200, **options: Any) -> Any:
        answer = self.request(method, f"/api/v4{path}", **options)
        assert answer.status_code == expect, answer.text
        return answer.json() if answer.content else None


@pytest.fixture
def client(served: WebServer) -> Iterator[Callable[..., Client]]:
    opened: list[Client] = []

    def client(name: str = "") -> Client:
        one = Client(base_url=served.url, trust_env=False)
        opened.append(one)
        if name:
            body = {"username": name, "email": f"{name}@example.com", "password": PASSWORD}
            one.call("POST", "/users", 201, json=body)
            answer = one.post("/api/v4/users/login", json={"login_id": name, "password": PASSWORD})
            one.id, one.token = answer.json()["id"], answer.headers["Token"]
            one.cookies.clear()
            one.headers["Authorization"] = f"Bearer {one.token}"
        return one

    yield client
    for one in opened:
        one.close()
