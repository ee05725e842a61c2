"""``mmhooks dev`` in a process of its own, and people in front of its console."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

SECONDS = 30
PLUGIN = """
import json
import logging

from mmhooks import CommandSpec, Response, SettingsSpec, command, hookimpl, reject, setting
from mmhooks.api.models import Dialog, DialogElement, OpenDialogRequest
from attrs import frozen

log = logging.getLogger("helpdesk")
PAGE = "/plugins/com.example.helpdesk"


@frozen
class Settings:
    greeting: str = setting("Welcome", help="What newcomers read.")


@hookimpl
def register_settings():
    return [SettingsSpec(Settings)]


@hookimpl
def message_will_be_posted(post, api):
    if "password" in post.message:
        return reject("No passwords here, please.")
    api.kv_set("seen:last", json.dumps({"message": post.message}).encode())
    log.info("looked at a post")
    return post.evolve(message=post.message.replace("teh", "the"))


@command("ticket", help="Open a ticket", hint="[new|status]")
def ticket(args, api):
    if "new" in args.command:
        dialog = Dialog(callback_id="ticket", title="New ticket", submit_label="Open", elements=[
            DialogElement(display_name="Title", name="title", type="text", min_length=3),
            DialogElement(display_name="Urgent", name="urgent", type="bool", optional=True)])
        api.open_interactive_dialog(OpenDialogRequest(trigger_id=args.trigger_id, url=f"{PAGE}/ticket", dialog=dialog))
        return "One moment."
    return "No tickets are open."


@hookimpl
def register_commands() -> list[CommandSpec]:
    return [ticket]


@hookimpl
def serve_http(request, api):
    body = json.loads(request.body.read() or b"{}")
    user = request.header("Mattermost-User-Id")
    if request.url == "/ticket":
        if "bad" in body["submission"]["title"]:
            return answer({"errors": {"title": "Say it nicely."}})
        from mmhooks import Post
        take = {"url": f"{PAGE}/take", "context": {"title": body["submission"]["title"]}}
        button = {"name": "Take it", "type": "button", "integration": take}
        options = [{"text": "High", "value": "high"}, {"text": "Low", "value": "low"}]
        menu = {"name": "Priority", "type": "select", "options": options, "integration": {"url": f"{PAGE}/priority"}}
        card = {"title": body["submission"]["title"], "text": "Who takes this?", "actions": [button, menu]}
        ticket = Post(user_id=user, channel_id=body["channel_id"], message="A new ticket")
        api.create_post(ticket.evolve(props={"attachments": [card]}))
        return answer({})
    who = body["user_name"]
    if request.url == "/take":
        text = f"{body['context']['title']}: taken by {who}"
        return answer({"update": {"message": text, "props": {}}, "ephemeral_text": "It is yours."})
    return answer({"ephemeral_text": f"Priority: {body['context']['selected_option']}"})


def answer(value):
    return Response(body=json.dumps(value), headers={"Content-Type": "application/json"})
"""


class Development:
    """A running ``mmhooks dev --json``.

    Args:
        folder: of the plugin.
        options: more of them.
    """

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.clients: list[httpx.Client] = []
        self.events: queue.Queue[dict[str, Any]] = queue.Queue()
        start = "from mmhooks.cli.main import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", start, "dev", str(folder), "--json", *options],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        threading.Thread(target=self._read, daemon=True).start()
        listening = self.wait_for("listening")
        self.url: str = listening["url"]
        self.console: str = listening["console"]
        self.token = self.console.partition("token=")[2]

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.events.put(json.loads(line))

    def wait_for(self, name: str) -> dict[str, Any]:
        """The next event of a name."""
        while True:
            event = self.events.get(timeout=SECONDS)
            if event["event"] == name:
                return event

    def save(self, text: str) -> None:
        """Write the plugin's module."""
        (self.folder / "helpdesk.py").write_text(text)

    def client(self) -> httpx.Client:
        """One that has the token."""
        headers = {"Authorization": f"Bearer {self.token}"}
        client = httpx.Client(base_url=self.url, headers=headers, trust_env=False, timeout=SECONDS)
        self.clients.append(client)
        return client

    def stop(self) -> int:
        """End it as Ctrl-C does; return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)

    def close(self) -> None:
        if self.process.poll() is None:
            self.stop()
        for client in self.clients:
            client.close()
        assert self.process.stdout is not None
        self.process.stdout.close()


def write_plugin(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    python = {"entry_point": "helpdesk", "packages": ["helpdesk"]}
    manifest = {"id": "com.example.helpdesk", "name": "Helpdesk", "version": "1.0.0"}
    document = {**manifest, "server": {"runtime": "python", "python": python}}
    (folder / "plugin.json").write_text(json.dumps(document))
    (folder / "helpdesk.py").write_text(PLUGIN)
    return folder


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    """The folder of a plugin."""
    return write_plugin(tmp_path / "helpdesk")


@pytest.fixture
def develop(plugin: Path) -> Iterator[Callable[..., Development]]:
    """Start ``mmhooks dev`` with options."""
    started: list[Development] = []

    def develop(*options: str) -> Development:
        started.append(Development(plugin, *options))
        return started[-1]

    yield develop
    for one in started:
        one.close()
