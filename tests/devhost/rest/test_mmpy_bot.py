"""A bot built with mmpy_bot as it comes from PyPI, on the embedded host beside a plugin of ours.

It wants an older httpx than mattermostautodriver's newest, so that it gets a virtual environment of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mmhooks import Post, hookimpl
from mmhooks.devhost.web import WebServer
from mmhooks.testing.workspace import Workspace
from tests.devhost.rest.conftest import Client

pytestmark = [pytest.mark.slow, pytest.mark.index]

BOT = "mmpy_bot==2.2.1"
SECONDS = 30


class Floor:
    """Our plugin: what people and bots write goes through it, and it sees who comes and what is said."""

    def __init__(self) -> None:
        self.connected = threading.Event()
        self.posts: list[Post] = []
        self._changed = threading.Condition()

    @hookimpl
    def on_web_socket_connect(self, web_conn_id: str, user_id: str) -> None:
        self.connected.set()

    @hookimpl
    def message_will_be_posted(self, post: Post) -> Post:
        return post.evolve(message=post.message.replace("tea", "coffee"))

    @hookimpl
    def message_has_been_posted(self, post: Post) -> None:
        self._add(post)

    @hookimpl
    def reaction_has_been_added(self, reaction: Any) -> None:
        self._add(reaction)

    def _add(self, value: Any) -> None:
        with self._changed:
            self.posts.append(value)
            self._changed.notify_all()

    def wait(self, condition: Callable[[Any], bool]) -> Any:
        """Wait for a post or a reaction."""
        with self._changed:
            found: list[Any] = []
            self._changed.wait_for(lambda: found.extend(filter(condition, self.posts)) or found, SECONDS)
        assert found, self.posts
        return found[0]


@pytest.fixture
def python(request: pytest.FixtureRequest) -> Path:
    """An interpreter that has the bot's packages; kept for the next run."""
    cache = request.config.cache
    assert cache is not None
    folder = Path(cache.mkdir(BOT.replace("==", "-")))
    program, done = folder / "bin" / "python", folder / "done"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        install = [program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", BOT]
        subprocess.run(install, check=True)
        done.touch()
    return program


@pytest.fixture
def bar(
    mm: Workspace, served: WebServer, client: Callable[..., Client], tmp_path: Path, python: Path
) -> Iterator[tuple[Client, str, str, Floor]]:
    """A person, the id of a channel, the id of the bot that works there, and our plugin."""
    floor = Floor()
    mm.load(floor)
    ann = client("ann")
    team = ann.call("POST", "/teams", 201, json={"name": "team", "display_name": "Team", "type": "O"})
    new = {"team_id": team["id"], "name": "bar", "display_name": "Bar", "type": "O"}
    channel_id = ann.call("POST", "/channels", 201, json=new)["id"]
    bot_id = ann.call("POST", "/bots", 201, json={"username": "waiter", "display_name": "Waiter"})["user_id"]
    member = {"team_id": team["id"], "user_id": bot_id}
    ann.call("POST", f"/teams/{team['id']}/members", 201, json=member)
    ann.call("POST", f"/channels/{channel_id}/members", 201, json={"user_id": bot_id})
    token = ann.call("POST", f"/users/{bot_id}/tokens", json={"description": "bot"})["token"]
    menu = tmp_path / "menu.txt"
    menu.write_text("coffee 2.50")
    address, _, port = served.url.rpartition(":")
    settings = {"MATTERMOST_URL": address, "MATTERMOST_PORT": port, "BOT_TOKEN": token, "MENU": str(menu)}
    script = [python, Path(__file__).with_name("waiter.py")]
    log = (tmp_path / "log").open("w")
    with log, subprocess.Popen(script, env=os.environ | settings, stdout=log, stderr=log) as process:
        try:
            assert floor.connected.wait(SECONDS), (tmp_path / "log").read_text()
            yield ann, channel_id, bot_id, floor
        finally:
            process.kill()


def test_a_bot_at_work(bar: tuple[Client, str, str, Floor]) -> None:
    ann, channel_id, bot_id, floor = bar

    def say(text: str) -> dict[str, Any]:
        answer: dict[str, Any] = ann.call(
            "POST", "/posts", 201, json={"channel_id": channel_id, "message": text}
        )
        return answer

    order = say("order tea")
    assert order["message"] == "order coffee"  # through the plugin
    reply = floor.wait(lambda one: isinstance(one, Post) and one.root_id == order["id"])
    assert (reply.user_id, reply.message) == (bot_id, "one coffee and coffee")
    reaction = floor.wait(lambda one: not isinstance(one, Post))
    assert (reaction.post_id, reaction.user_id, reaction.emoji_name) == (order["id"], bot_id, "coffee")

    say("name")  # not meant, no answer
    say("@waiter name")
    direct = floor.wait(lambda one: isinstance(one, Post) and one.message == "I am the waiter")
    assert ann.call("GET", f"/channels/{direct.channel_id}")["type"] == "D"

    say("menu")
    here = floor.wait(lambda one: isinstance(one, Post) and one.message == "here")
    assert ann.get(f"/api/v4/files/{here.file_ids[0]}").text == "coffee 2.50"

    say("wave")
    floor.wait(lambda one: isinstance(one, Post) and one.message.startswith("no hands "))
    assert len([one for one in floor.posts if getattr(one, "message", "") == direct.message]) == 1
