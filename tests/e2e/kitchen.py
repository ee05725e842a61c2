"""A plugin that does a little of everything. Its bundle is the moderation example's with this module put in."""

import asyncio
import hashlib
import os
import threading

from attrs import frozen

from mmhooks import Post, Response, RouteSpec, SettingsSpec, UploadedFile, hookimpl, reject
from mmhooks.errors import TransportError

CHUNK = bytes(range(256)) * 256

noted = []
may_go = threading.Event()


@frozen
class Settings:
    broken: bool = False


@hookimpl
def register_settings():
    return [SettingsSpec(Settings)]


async def live(scope, receive, send):
    """Echoes what comes through a WebSocket, and says who it is that sends it."""
    await receive()
    if scope["type"] != "websocket" or scope["mattermost_user_id"] is None:
        await send({"type": "websocket.close"})
        return
    user = scope["mattermost_user_id"].encode()
    await send({"type": "websocket.accept", "subprotocol": "kitchen", "headers": [(b"x-user", user)]})
    while (message := await receive())["type"] == "websocket.receive":
        await send({**message, "type": "websocket.send"})
    noted.append(f"left {message['code']}")


async def ticks(scope, receive, send):
    """Server-sent events without an end."""
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    try:
        while True:
            await send({"type": "http.response.body", "body": b": tick\n\n", "more_body": True})
            await asyncio.sleep(0.05)
    finally:
        noted.append("cancelled")


@hookimpl
def register_routes():
    return [RouteSpec("/live", live), RouteSpec("/ticks", ticks)]


def steps():
    """The second step is made when its client has seen the first."""
    yield b"data: first\n\n"
    assert may_go.wait(20)
    yield b"data: second\n\n"


@hookimpl
def on_activate(api):
    if api.load_plugin_configuration(Settings).broken:
        raise RuntimeError("the kitchen is closed")


@hookimpl
def message_will_be_posted(post, api):
    if "who am I" in post.message:  # a call back into the server from inside a hook
        return post.evolve(message=f"You are {api.get_user(post.user_id).username}.")
    return None


@hookimpl
def message_has_been_posted(post, api):
    if post.message == "echo":  # fires the hooks again
        api.create_post(Post(user_id=post.user_id, channel_id=post.channel_id, message="echo, echo"))
        api.publish_web_socket_event("echoed", {"post_id": post.id})  # to everybody


@hookimpl
def file_will_be_uploaded(info, file):
    if info.name.endswith(".exe"):
        return reject("No programs here.")
    if info.name.endswith(".txt"):
        return UploadedFile(content=file.read().upper())
    return None


@hookimpl
def user_will_log_in(user):
    return "the kitchen is closed for you" if user.username == "carl" else None


@hookimpl
def serve_http(request):
    if request.url == "/pid":
        return Response(body=str(os.getpid()))
    if request.url == "/download":
        return Response(
            headers={"Content-Type": "application/octet-stream"}, body=(CHUNK for _ in range(1024))
        )
    if request.url == "/steps":
        return Response(headers={"Content-Type": "text/event-stream"}, body=steps())
    if request.url == "/go":
        may_go.set()
        return Response(status=204)
    if request.url == "/noted":
        return Response(body=", ".join(noted))
    if request.url == "/signed":
        digest = hashlib.sha256(CHUNK).hexdigest()
        return Response(body=iter([CHUNK]), trailers=lambda: [("X-Digest", digest)])
    if request.url.startswith("/status/"):
        return Response(status=int(request.url[8:]))
    if request.url == "/half":
        noted.append("begun")
        try:
            request.body.read()
        except TransportError:
            noted.append("broke off")
        return Response()
    if request.url == "/upload":
        digest = hashlib.sha256()
        while data := request.body.read(1 << 16):
            digest.update(data)
        return Response(status=201, headers={"X-Method": request.method}, body=digest.hexdigest())
    return None
