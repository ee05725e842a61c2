"""The fixture ``mm`` on the real server: the tests that an author writes without one pass on one."""

import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[2]

AUTHORS = """
import pytest
from mmhooks import AppError, NotFoundError, CommandSpec, Response, SettingsSpec, command, hookimpl, reject
from mmhooks.api.models import Post
from mmhooks.api.websocket import Close, WebSocket
from attrs import frozen


@frozen
class Settings:
    greeting: str = "hello"


class Shout:
    def __init__(self):
        self.activated = 0

    @hookimpl
    def register_settings(self):
        return [SettingsSpec(Settings)]

    @hookimpl
    def on_activate(self, api):
        self.activated += 1

    @hookimpl
    def message_will_be_posted(self, post, api):
        if "secret" in post.message:
            return reject("no secrets")
        if "who" in post.message:
            return post.evolve(message=api.get_user(post.user_id).username)
        return post.evolve(message=post.message.upper())

    @hookimpl
    async def message_has_been_posted(self, post, api):
        await api.kv_set("last", post.message.encode())

    @hookimpl
    def register_commands(self):
        def greet(args, api):
            return api.load_plugin_configuration(Settings).greeting
        return [CommandSpec(trigger="greet", handler=greet)]

    @hookimpl
    def serve_http(self, request):
        return Response(status=201, body=(request.header("Mattermost-User-Id") or "nobody") + request.url)


def test_shouting(mm):
    plugin = Shout()
    mm.load(plugin)
    assert plugin.activated == 1
    ann = mm.user("mm-ann")
    first = mm.post("hi", by=ann)
    assert first.post.message == "HI"
    assert first.calls[0].result.message == "HI"
    outcome = mm.post("a secret", by=ann)
    assert outcome.rejected
    assert outcome.reason == "no secrets"
    assert mm.post("who", by=ann).post.message == "mm-ann"
    mm.settle()
    assert mm.api.kv_get("last") == b"mm-ann"


def test_nothing_is_left_of_the_test_before(mm):
    mm.load(Shout())
    assert mm.api.kv_get("last") is None


def test_threads_edits_reactions_and_deletions(mm):
    mm.load(Shout())
    ann, bob = mm.user("mm-ann"), mm.user("mm-bob")
    channel = mm.channel("talk", members=[ann, bob])
    post = mm.post("hi", by=ann, channel=channel).post
    reply = mm.post("re", by=bob, reply_to=post).post
    assert reply.root_id == post.id
    assert mm.edit(post, "changed").post.message == "changed"
    assert mm.react(post, "smile", by=bob).emoji_name == "smile"
    mm.delete(reply)
    with pytest.raises(NotFoundError):
        mm.api.get_post(reply.id)


def test_commands_pages_and_settings(mm):
    mm.load(Shout(), settings={"greeting": "good day"})
    ann = mm.user("mm-ann")
    assert mm.command("/greet", by=ann).text == "good day"
    mm.configure(greeting="bye")
    mm.settle()
    assert mm.command("/greet", by=ann).text == "bye"
    assert mm.get("/page?x=1", by=ann).text == ann.id + "/page?x=1"
    assert mm.get("/page").text == "nobody/page"


def test_faults(mm):
    mm.load(Shout())
    ann = mm.user("mm-ann")
    mm.fail("get_user", 404)
    assert mm.post("who", by=ann).post.message == "who"
    mm.mend()
    assert mm.post("who", by=ann).post.message == "mm-ann"


def test_an_activation_that_fails(mm):
    class Broken:
        @hookimpl
        def on_activate(self):
            raise ValueError("not today")

    with pytest.raises(AppError, match="not today"):
        mm.load(Broken())


def test_what_is_shown_to_one_user_alone(mm):
    class Quiet:
        @hookimpl
        def message_has_been_posted(self, post, api):
            if post.message == "psst":
                api.send_ephemeral_post(post.user_id, Post(channel_id=post.channel_id, message="only you"))

        @hookimpl
        def register_commands(self):
            return [CommandSpec(trigger="whisper", handler=lambda args, api: "softly")]

    mm.load(Quiet())
    ann, bob = mm.user("mm-ann"), mm.user("mm-bob")
    mm.post("psst", by=ann)
    mm.settle()
    mm.command("/whisper", by=ann)
    assert sorted(post.message for post in mm.ephemeral(ann)) == ["only you", "softly"]
    assert mm.ephemeral(bob) == []


def test_a_bot_writes(mm):
    mm.load(Shout())
    robot = mm.bot("mm-robot")
    assert robot.is_bot
    assert mm.post("beep", by=robot).post.message == "BEEP"
    assert mm.bot("mm-robot").id == robot.id


def test_a_websocket_of_the_plugin(mm):
    class Live:
        @hookimpl
        async def serve_http(self, request):
            if not request.is_websocket:
                return Response(status=426)
            user = request.header("Mattermost-User-Id")

            async def talk(incoming):
                async for event in incoming:
                    if event == "end":
                        yield Close(4000, "as you like")
                    yield f"{user}: {event}"

            return WebSocket(talk=talk, subprotocol="one")

    mm.load(Live())
    ann = mm.user("mm-ann")
    with mm.websocket("/live", by=ann, subprotocols=["one", "two"]) as socket:
        assert socket.subprotocol == "one"
        socket.send("hi")
        assert socket.receive() == f"{ann.id}: hi"
        socket.send("end")
        assert socket.receive() == Close(4000, "as you like")


def test_a_page_that_is_no_websocket(mm):
    mm.load(Shout())
    with pytest.raises(AppError) as refusal:
        mm.websocket("/page", by=mm.user("mm-ann"))
    assert refusal.value.status_code == 201


def test_time_is_the_embedded_hosts(mm):
    mm.load(Shout())
    mm.clock.advance(days=1)
"""


def run(folder, host, **environment):
    """The author's tests; gives what pytest says."""
    (folder / "test_author.py").write_text(AUTHORS)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rs",
        "-p",
        "no:cacheprovider",
        "--mm-host",
        host,
        folder,
    ]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MM_")}
    done = subprocess.run(
        command, cwd=folder, env={**kept, **environment}, capture_output=True, text=True, timeout=300
    )
    return done.returncode, done.stdout + done.stderr


def test_an_authors_tests_pass_on_every_host(server, tmp_path):
    known = {"MM_SERVICESETTINGS_SITEURL": server.url, "MM_LOCALSOCKETPATH": str(server.local_socket)}
    for host, said in (("inproc", "11 passed"), ("devhost", "11 passed"), ("server", "10 passed, 1 skipped")):
        code, output = run(tmp_path, host, **known)
        print(output.splitlines()[-1])
        assert code == 0, output
        assert said in output
    assert "mm.clock is the embedded host's alone" in output
    assert server.status("com.example.test") is None


def test_without_an_address_it_says_what_is_missing(tmp_path):
    code, output = run(tmp_path, "server")
    assert code == 1
    assert "--mm-host server needs the server's address in MM_SERVICESETTINGS_SITEURL" in output
