"""A plugin that does a little of everything. Its bundle is the moderation example's with this module put in."""

import hashlib
import os

from attrs import frozen

from mmhooks import Post, Response, SettingsSpec, UploadedFile, hookimpl, reject

CHUNK = bytes(range(256)) * 256


@frozen
class Settings:
    broken: bool = False


@hookimpl
def register_settings():
    return [SettingsSpec(Settings)]


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
    if request.url == "/upload":
        digest = hashlib.sha256()
        while data := request.body.read(1 << 16):
            digest.update(data)
        return Response(status=201, headers={"X-Method": request.method}, body=digest.hexdigest())
    return None
