"""Requests to other servers: whom the host asks, and how long it waits."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from mmhooks.api.models import Command, CommandArgs, Post
from mmhooks.devhost.api.webhook import OutgoingWebhook
from mmhooks.devhost.config import default_config
from mmhooks.devhost.host import Host
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.outgoing import Outgoing
from mmhooks.devhost.store import Store
from mmhooks.errors import AppError, TransportError
from tests.conformance.target import Target
from tests.devhost.conftest import Workspace


@pytest.fixture
def target() -> Iterator[Target]:
    with Target() as target:
        yield target


def outgoing(**changed: Any) -> Outgoing:
    settings = default_config()["ServiceSettings"] | changed
    return Outgoing(lambda section, key: settings[key])


def test_loopback_is_asked(target: Target) -> None:
    target.answer("hello", content_type="text/plain; charset=utf-8", status=404)
    for host in ("127.0.0.1", "localhost"):
        answer = outgoing().send("POST", f"http://{host}:{target.server_port}/x", {"Accept": "*/*"}, "ü")
        assert (answer.status, answer.content_type, answer.text) == (404, "text/plain", "hello")
        assert target.wait().body == "ü"


@pytest.mark.parametrize("allowed", ["127.0.0.1", "10.0.0.0/8, 127.0.0.0/8", "x 127.0.0.1/32"])
def test_who_is_named_is_asked(target: Target, allowed: str) -> None:
    answer = outgoing(AllowedUntrustedInternalConnections=allowed).send("GET", target.url, {})
    assert answer.status == 200


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://localhost:9/",
        "http://[::1]:9/",
        "http://[::ffff:127.0.0.1]:9/",
        "http://0.0.0.0:9/",
        "http://169.254.169.254/",
        "http://100.64.0.1/",
        "http://[fe80::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://2130706433:9/",
    ],
)
def test_who_is_not_named_is_not_asked(url: str) -> None:
    with pytest.raises(TransportError, match="internal address"):
        outgoing(AllowedUntrustedInternalConnections="192.168.0.0/16 no/network").send("GET", url, {})


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/", "", "/x", "http://", "http://[", "http://a b"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(TransportError):
        outgoing().send("GET", url, {})


def test_a_redirect_leads_nowhere_else(target: Target) -> None:
    target.answer("", status=302, Location="http://100.64.0.1/")
    with pytest.raises(TransportError, match="internal address"):
        outgoing().send("GET", target.url, {})


def test_no_proxy_is_asked(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert outgoing().send("GET", target.url, {}).status == 200


@pytest.fixture
def slow() -> Iterator[Callable[[bytes], str]]:
    """Starts a server that sends a first part, and then a byte now and then, for ever."""
    ended, listeners = threading.Event(), []

    def serve(listener: socket.socket, first: bytes) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(first)
            while not ended.wait(0.05):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    def start(first: bytes) -> str:
        listeners.append(listener := socket.create_server(("127.0.0.1", 0)))
        threading.Thread(target=serve, args=(listener, first), daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"

    yield start
    ended.set()
    for listener in listeners:
        listener.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n",
    ],
    ids=["nothing", "header", "body", "length"],
)
def test_nobody_is_waited_for_long(slow: Callable[[bytes], str], first: bytes) -> None:
    begin = time.monotonic()
    with pytest.raises(TransportError, match="within 1 s"):
        outgoing(OutgoingIntegrationRequestsTimeout=1).send("GET", slow(first), {})
    assert time.monotonic() - begin < 3


def test_without_httpx() -> None:
    lines = [
        "import sys; sys.modules['httpx'] = None",
        "from mmhooks.devhost.outgoing import Outgoing",
        "Outgoing(lambda section, key: 1).send('GET', 'http://127.0.0.1:9', {})",
    ]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=False
    )
    assert "calls to other servers need httpx: pip install 'mmhooks[host]'" in done.stderr


def hook(ws: Workspace, target: Target, **fields: Any) -> OutgoingWebhook:
    given = {"team_id": ws.team.id, "channel_id": ws.channel.id, "creator_id": ws.alice.id, **fields}
    return ws.api.create_outgoing_webhook(OutgoingWebhook(callback_urls=[target.url], **given))


def test_webhooks_outlive_the_host(tmp_path: Path, target: Target) -> None:
    path = tmp_path / "workspace.db"
    with Host(Store(path)) as host:
        new = OutgoingWebhook(team_id=new_id(), creator_id=new_id(), trigger_words=["go"])
        made = host.api.create_outgoing_webhook(evolve(new, callback_urls=[target.url]))
    with Host(Store(path)) as host:
        assert host.api.outgoing_webhooks() == {made.id: made}


def test_webhooks_that_fail_are_logged(ws: Workspace, target: Target) -> None:
    made = hook(ws, target)
    target.answer({"text": "x", "type": "system_generic"})
    ws.api.save_post(Post(user_id=ws.alice.id, channel_id=ws.channel.id, message="hello"))
    assert ws.host.drain(20)
    (line,) = [line for line in ws.host.logs if line.level == "error"]
    assert (line.message, line.fields["webhook_id"]) == ("an outgoing webhook failed", made.id)


def test_webhooks_can_be_switched_off(ws: Workspace, target: Target) -> None:
    hook(ws, target)
    config = ws.api.get_unsanitized_config()
    config["ServiceSettings"]["EnableOutgoingWebhooks"] = False
    ws.api.save_config(config)
    ws.api.save_post(Post(user_id=ws.alice.id, channel_id=ws.channel.id, message="hello"))
    assert ws.host.drain(20)
    assert target.asked.empty()
    with pytest.raises(AppError) as refused:
        hook(ws, target)
    assert (refused.value.status_code, refused.value.id) == (501, "api.outgoing_webhook.disabled.app_error")


def test_who_seems_to_have_written(ws: Workspace, target: Target) -> None:
    config = ws.api.get_unsanitized_config()
    config["ServiceSettings"] |= {"EnablePostUsernameOverride": True, "EnablePostIconOverride": True}
    ws.api.save_config(config)
    target.answer({"response_type": "in_channel", "text": "x", "username": "answer", "icon_url": "http://i"})
    command = Command(team_id=ws.team.id, trigger="ask", method="P", url=target.url, username="command")
    ws.api.create_command(command)
    args = CommandArgs(user_id=ws.alice.id, channel_id=ws.channel.id, team_id=ws.team.id, command="/ask")
    ws.api.execute_slash_command(args)
    hook(ws, target, trigger_words=["go"], username="hook")
    target.answer({"text": "y"})
    ws.api.save_post(Post(user_id=ws.alice.id, channel_id=ws.channel.id, message="go"))
    assert ws.host.drain(20)
    found = {
        post.message: post.props for post in ws.api.get_posts_for_channel(ws.channel.id, 0, 9).posts.values()
    }
    assert found["x"] == {
        "override_username": "command",
        "override_icon_url": "http://i",
        "from_webhook": "true",
    }
    assert (found["y"]["override_username"], found["y"]["from_webhook"]) == ("hook", "true")
