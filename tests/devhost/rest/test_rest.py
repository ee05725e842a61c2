"""REST and WebSocket as an ordinary client uses them, over real HTTP."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from mmhooks import Post, Rejection, Response, hookimpl
from mmhooks.devhost.config import overlay
from mmhooks.devhost.rest import rest_app
from mmhooks.devhost.web import WebServer
from mmhooks.testing.workspace import Workspace
from tests.devhost.rest.conftest import PASSWORD, Client

pytestmark = pytest.mark.slow

Clients = Callable[..., Client]


class Guard:
    @hookimpl
    def message_will_be_posted(self, post: Post) -> Post | Rejection | None:
        if "secret" in post.message:
            return Rejection("no secrets")
        return post.evolve(message=post.message.upper())

    @hookimpl
    def serve_http(self, request: Any) -> Response:
        who = request.header("Mattermost-User-Id") or "nobody"
        body = f"{request.method} {request.url} {who} {request.body.read().decode()}"
        return Response(status=201, headers=[("X-One", "1"), ("X-One", "2")], body=body)


@pytest.fixture
def people(client: Clients) -> tuple[Client, Client, dict[str, Any], dict[str, Any]]:
    """Ann who is an administrator, bob, their team, and their channel."""
    ann, bob = client("ann"), client("bob")
    team = ann.call("POST", "/teams", 201, json={"name": "team", "display_name": "Team", "type": "O"})
    member = {"team_id": team["id"], "user_id": bob.id}
    ann.call("POST", f"/teams/{team['id']}/members", 201, json=member)
    new = {"team_id": team["id"], "name": "talk", "display_name": "Talk", "type": "O"}
    channel = ann.call("POST", "/channels", 201, json=new)
    bob.call("POST", f"/channels/{channel['id']}/members", 201, json={"user_id": bob.id})
    return ann, bob, team, channel


def test_logging_in_and_out(client: Clients) -> None:
    stranger = client()
    error = stranger.call("GET", "/users/me", 401)
    assert error["id"] == "api.context.session_expired.app_error"
    ann = client("ann")
    assert ann.call("GET", "/users/me")["username"] == "ann"
    assert "system_admin" in ann.call("GET", "/users/me")["roles"]  # the first account
    wrong = {"login_id": "ann", "password": "wrong"}
    refused = stranger.call("POST", "/users/login", 401, json=wrong)
    assert refused["id"] == "api.user.login.invalid_credentials_email_username"
    by_mail = {"login_id": "ann@example.com", "password": PASSWORD}
    stranger.call("POST", "/users/login", json=by_mail)
    assert stranger.call("GET", "/users/me")["username"] == "ann"  # by the cookie
    ann.call("POST", "/users/logout")
    ann.call("GET", "/users/me", 401)


def test_posting_goes_through_the_plugin(mm: Workspace, people: Any) -> None:
    ann, bob, _, channel = people
    mm.load(Guard())
    post = bob.call("POST", "/posts", 201, json={"channel_id": channel["id"], "message": "hello"})
    assert post["message"] == "HELLO"
    assert post["user_id"] == bob.id
    refused = bob.call("POST", "/posts", 400, json={"channel_id": channel["id"], "message": "a secret"})
    assert refused["id"] == "Post rejected by plugin. no secrets"
    reply = {"channel_id": channel["id"], "message": "re", "root_id": post["id"]}
    bob.call("POST", "/posts", 201, json=reply)
    page = ann.call("GET", f"/channels/{channel['id']}/posts")
    assert [page["posts"][id]["message"] for id in page["order"]][:2] == ["RE", "HELLO"]
    thread = ann.call("GET", f"/posts/{post['id']}/thread")
    assert len(thread["posts"]) == 2
    edited = bob.call("PUT", f"/posts/{post['id']}/patch", json={"message": "changed"})
    assert edited["edit_at"] > 0
    bob.call("DELETE", f"/posts/{post['id']}")
    ann.call("GET", f"/posts/{post['id']}", 404)


def test_nobody_may_what_is_not_his(people: Any, client: Clients) -> None:
    ann, bob, team, channel = people
    carl = client("carl")
    new = {"channel_id": channel["id"], "message": "hello"}
    assert carl.call("POST", "/posts", 403, json=new)["id"] == "api.context.permissions.app_error"
    carl.call("GET", f"/channels/{channel['id']}/posts", 403)
    carl.call("GET", f"/teams/{team['id']}", 403)
    post = ann.call("POST", "/posts", 201, json=new)
    bob.call("PUT", f"/posts/{post['id']}/patch", 403, json={"message": "mine"})
    bob.call("DELETE", f"/posts/{post['id']}", 403)
    bob.call("PUT", f"/users/{ann.id}/patch", 403, json={"nickname": "x"})
    bob.call("GET", "/plugins", 403)
    bob.call("GET", "/config", 403)
    assert post == ann.call("GET", f"/posts/{post['id']}")


def test_what_cannot_be_read_is_a_400_and_what_is_not_there_a_404(people: Any) -> None:
    ann = people[0]
    for body in (b"{", b"[]", b'"x"', b"null", b"\xff", b'{"message": 5}'):
        assert ann.request("POST", "/api/v4/posts", content=body).status_code == 400, body
    assert ann.call("GET", "/no/such/thing", 404)["message"].startswith(
        "The embedded host does not offer GET"
    )


def test_files_and_reactions(people: Any) -> None:
    ann, bob, _, channel = people
    form = {"channel_id": channel["id"]}
    files = [("files", ("a.txt", b"content")), ("files", ("b.txt", b"other"))]
    infos = ann.call("POST", "/files", 201, data=form, files=files)["file_infos"]
    ids = [info["id"] for info in infos]
    ann.call("POST", "/posts", 201, json={"channel_id": channel["id"], "message": "see", "file_ids": ids})
    assert bob.get(f"/api/v4/files/{ids[1]}").content == b"other"
    post = ann.call("POST", "/posts", 201, json={"channel_id": channel["id"], "message": "like?"})
    reaction = {"user_id": bob.id, "post_id": post["id"], "emoji_name": "smile"}
    bob.call("POST", "/reactions", 201, json=reaction)
    assert [one["emoji_name"] for one in ann.call("GET", f"/posts/{post['id']}/reactions")] == ["smile"]
    bob.call("DELETE", f"/users/me/posts/{post['id']}/reactions/smile")
    assert not ann.call("GET", f"/posts/{post['id']}/reactions")


def test_pages_of_the_plugin(mm: Workspace, people: Any, served: WebServer, client: Clients) -> None:
    bob = people[1]
    path = f"/plugins/{mm.host.plugin_id}/some/page?a=1"
    assert bob.get(path).status_code == 404
    mm.load(Guard())
    answer = bob.post(path, content=b"body", headers={"Mattermost-User-Id": "forged"})
    assert (answer.status_code, answer.text) == (201, f"POST /some/page?a=1 {bob.id} body")
    assert answer.headers.get_list("x-one") == ["1", "2"]
    assert client().get(path, headers={"Mattermost-User-Id": "forged"}).text.endswith(" nobody ")


def _next(socket: Any, name: str) -> dict[str, Any]:
    while True:
        event: dict[str, Any] = json.loads(socket.recv(timeout=10))
        if event.get("event") == name:
            return event


def test_events_in_order_and_after_a_lost_connection(
    mm: Workspace, people: Any, served: WebServer, client: Clients
) -> None:
    ann, bob, _, channel = people
    address = served.url.replace("http", "ws") + "/api/v4/websocket"
    headers = {"Authorization": f"Bearer {bob.token}"}

    def say(text: str) -> None:
        ann.call("POST", "/posts", 201, json={"channel_id": channel["id"], "message": text})

    with connect(address, additional_headers=headers, proxy=None) as socket:
        hello = _next(socket, "hello")
        assert hello["seq"] == 0
        say("one")
        posted = _next(socket, "posted")
        assert json.loads(posted["data"]["post"])["message"] == "one"
        socket.send(json.dumps({"seq": 7, "action": "ping"}))
        while "seq_reply" not in (answer := json.loads(socket.recv(timeout=10))):
            pass
        assert (answer["status"], answer["seq_reply"]) == ("OK", 7)
    say("while away")
    again = f"{address}?connection_id={hello['data']['connection_id']}&sequence_number={posted['seq'] + 1}"
    with connect(again, additional_headers=headers, proxy=None) as socket:
        missed = _next(socket, "posted")
        assert json.loads(missed["data"]["post"])["message"] == "while away"
    carl = client("carl")
    with connect(address, proxy=None) as socket:
        challenge = {"seq": 1, "action": "authentication_challenge", "data": {"token": carl.token}}
        socket.send(json.dumps(challenge))
        assert _next(socket, "hello")["seq"] == 0
        say("not for carl")
        mm.host.publish("for_all", {}, mm.host.api.broadcast())
        names = []
        while "for_all" not in names:
            names.append(json.loads(socket.recv(timeout=10))["event"])
        assert "posted" not in names
    with connect(address, proxy=None) as socket:
        socket.send(json.dumps({"seq": 1, "action": "authentication_challenge", "data": {"token": "x"}}))
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=10)


def test_many_clients_hear_the_same_in_the_same_order(people: Any, served: WebServer) -> None:
    ann, bob, _, channel = people
    address = served.url.replace("http", "ws") + "/api/v4/websocket"
    headers = {"Authorization": f"Bearer {bob.token}"}
    with contextlib.ExitStack() as stack:
        sockets = [
            stack.enter_context(connect(address, additional_headers=headers, proxy=None)) for _ in range(50)
        ]
        ids = {_next(socket, "hello")["data"]["connection_id"] for socket in sockets}
        assert len(ids) == len(sockets)
        for number in range(5):
            new = {"channel_id": channel["id"], "message": str(number)}
            ann.call("POST", "/posts", 201, json=new)
        for socket in sockets:
            events = [_next(socket, "posted") for _ in range(5)]
            assert [json.loads(one["data"]["post"])["message"] for one in events] == list("01234")


def test_a_client_that_takes_nothing_loses_its_connection(
    mm: Workspace, people: Any, served: WebServer
) -> None:
    bob = people[1]
    gone = threading.Event()

    class Watch:
        @hookimpl
        def on_web_socket_disconnect(self) -> None:
            gone.set()

    mm.load(Watch())
    address = served.url.replace("http", "ws") + f"/api/v4/websocket?access_token={bob.token}"
    with connect(address, proxy=None, max_queue=1, compression=None, close_timeout=0.1) as socket:
        _next(socket, "hello")
        large = {"text": "x" * 1_000_000}
        for _ in range(400):
            mm.host.publish("large", large, mm.host.api.broadcast(user_id=bob.id))
        assert gone.wait(20)
    assert any("too slow" in line.message for line in mm.host.logs)
    with connect(address, proxy=None) as socket:
        assert _next(socket, "hello")["seq"] == 0  # and may come again


def test_the_end_of_the_server_closes_sockets(mm: Workspace, client: Clients) -> None:
    with WebServer(rest_app(mm.host)) as server:
        one = Client(base_url=server.url, trust_env=False)
        body = {"username": "eve", "email": "eve@example.com", "password": PASSWORD}
        one.call("POST", "/users", 201, json=body)
        token = one.post("/api/v4/users/login", json={"login_id": "eve", "password": PASSWORD}).headers[
            "Token"
        ]
        one.close()
        address = server.url.replace("http", "ws") + f"/api/v4/websocket?access_token={token}"
        with connect(address, proxy=None) as socket:
            _next(socket, "hello")
            server.close()
            with pytest.raises(ConnectionClosed):
                _next(socket, "none")


def test_a_body_that_is_too_large(mm: Workspace, people: Any) -> None:
    ann, _, _, channel = people

    def pieces(count: int) -> Iterator[bytes]:
        return (b"x" * 65536 for _ in range(count))

    assert ann.post("/api/v4/posts", content=b" " * 400_000).status_code == 413
    refused = ann.post("/api/v4/posts", content=pieces(10))  # of no announced length
    assert (refused.status_code, refused.json()["id"]) == (
        413,
        "api.context.request_body_too_large.app_error",
    )
    mm.host.api.save_config(overlay(mm.host.api.get_config(), {"FileSettings": {"MaxFileSize": 1_000_000}}))
    path = f"/api/v4/files?channel_id={channel['id']}&filename=a.bin"
    assert ann.post(path, content=pieces(20)).status_code == 413
    form = {"files": ("a.bin", b"x" * 3_000_000)}
    assert ann.post("/api/v4/files", data={"channel_id": channel["id"]}, files=form).status_code == 413
    no_form = ann.post("/api/v4/files", content=b"x", headers={"Content-Type": "multipart/form-data"})
    assert no_form.status_code == 400
    assert mm.host.store.scalar("SELECT count(*) FROM blobs") == 0
    taken = ann.post(path, content=pieces(10)).json()["file_infos"][0]
    assert taken["size"] == len(ann.get(f"/api/v4/files/{taken['id']}").content) == 655_360


def test_bots_belong_to_somebody(people: Any, client: Clients) -> None:
    ann, bob, _, _ = people
    bot = ann.call("POST", "/bots", 201, json={"username": "robot", "display_name": "Robot"})
    assert (bot["owner_id"], bot["display_name"]) == (ann.id, "Robot")
    assert [one["user_id"] for one in ann.call("GET", "/bots")] == [bot["user_id"]]
    assert (
        bob.call("POST", "/bots", 403, json={"username": "mine"})["id"] == "api.context.permissions.app_error"
    )
    path = f"/bots/{bot['user_id']}"
    bob.call("GET", path, 404)  # as if there were none
    bob.call("PUT", path, 404, json={"display_name": "Mine"})
    assert ann.call("PUT", path, json={"display_name": "Robert"})["display_name"] == "Robert"
    assert ann.call("POST", f"{path}/disable")["delete_at"] > 0
    ann.call("GET", path, 404)
    assert ann.call("POST", f"{path}/enable")["delete_at"] == 0
    assert ann.call("POST", f"{path}/assign/{bob.id}")["owner_id"] == bob.id


@pytest.mark.parametrize(("threads", "is_read"), [("always_on", False), ("disabled", True)])
def test_a_reply_reads_the_channel_unless_threads_stand_apart(
    mm: Workspace, people: Any, threads: str, is_read: bool
) -> None:
    ann, bob, _, channel = people
    mm.host.api.prepare({"ServiceSettings": {"CollapsedThreads": threads}})
    root = ann.call("POST", "/posts", 201, json={"channel_id": channel["id"], "message": "root"})
    body = {"channel_id": channel["id"], "message": "reply", "root_id": root["id"]}
    bob.call("POST", "/posts", 201, json=body)
    member = mm.host.api.get_channel_member(channel["id"], bob.id)
    total = mm.host.api.get_channel(channel["id"]).total_msg_count
    assert (member.msg_count == total) == is_read


def test_who_is_logged_out_hears_nothing_more(people: Any, served: WebServer) -> None:
    ann, bob, _, channel = people
    address = served.url.replace("http", "ws") + f"/api/v4/websocket?access_token={bob.token}"
    with connect(address, proxy=None) as socket:
        _next(socket, "hello")
        ann.call("POST", f"/users/{bob.id}/sessions/revoke/all")
        ann.call("POST", "/posts", 201, json={"channel_id": channel["id"], "message": "between us"})
        with pytest.raises(ConnectionClosed):
            _next(socket, "posted")
