"""Exports and plugins that are small enough to be read in the test."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mmhooks.cli.main import main

TOP = Path(__file__).parents[2]

TEAM = {"type": "team", "team": {"name": "team", "display_name": "Team", "type": "O"}}
CHANNEL = {
    "type": "channel",
    "channel": {"team": "team", "name": "town-square", "display_name": "Town Square", "type": "O"},
}
ANN = {
    "type": "user",
    "user": {
        "username": "ann",
        "email": "ann@example.com",
        "roles": "system_admin system_user",
        "teams": [
            {
                "name": "team",
                "roles": "team_user",
                "channels": [{"name": "town-square", "roles": "channel_user"}],
            }
        ],
    },
}
VERSION = {"type": "version", "version": 1}


def post(message, at, *, channel="town-square", **more):
    """A line of an export."""
    value = {"team": "team", "channel": channel, "user": "ann", "message": message, "create_at": at}
    return {"type": "post", "post": {**value, **more}}


PLUGIN = """
import os
import signal

from mmhooks import CommandSpec, Response, command, hookimpl, reject


class Plugin:
    @hookimpl
    def on_activate(self, api):
        api.kv_set("started", b"yes")

    @hookimpl
    def on_deactivate(self, api):
        api.kv_set("ended", bytes([0, 255]))

    @hookimpl
    def message_will_be_posted(self, post):
        if "secret" in post.message:
            return reject("no secrets here")
        if "die" in post.message:
            os.kill(os.getpid(), signal.SIGKILL)
        if "interrupt" in post.message:
            os.kill(os.getppid(), signal.SIGINT)
        if "shout" in post.message:
            return post.evolve(message=post.message.upper())

    @hookimpl
    def register_commands(self):
        @command("tiny", help="Tells of itself", hint="[wipe|status]")
        def tiny(text):
            return f"you said {text!r}"

        return [tiny]

    @hookimpl
    def serve_http(self, request):
        return Response(body="<title>Tiny</title>", headers={"Content-Type": "text/html"})
"""


@pytest.fixture
def make_plugin(tmp_path):
    """Write a plugin, its own code beside its plugin.json; return its folder."""

    def make(code=PLUGIN, **python):
        folder = tmp_path / "plugin"
        folder.mkdir(exist_ok=True)
        name = "tiny_plugin"
        (folder / f"{name}.py").write_text(code)
        section = {"entry_point": f"{name}:Plugin", "packages": {"include": [name]}, **python}
        manifest = {
            "id": "com.example.tiny",
            "name": "Tiny",
            "version": "1.0.0",
            "server": {"runtime": "python", "python": section},
        }
        (folder / "plugin.json").write_text(json.dumps(manifest))
        return folder

    yield make
    sys.modules.pop("tiny_plugin", None)


@pytest.fixture
def make_export(tmp_path):
    """Write an export of one team, one channel and one user with these lines; text is taken as it is."""

    def make(*lines, name="export.jsonl"):
        path = tmp_path / name
        whole = (VERSION, TEAM, CHANNEL, ANN, *lines)
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in whole)
        data = (text if lines and isinstance(lines[-1], str) else f"{text}\n").encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return make


@pytest.fixture
def top():
    """The folder of the tree."""
    return TOP


@pytest.fixture
def mmhooks():
    """Run a command in this process."""
    runner = CliRunner()

    def run(*arguments):
        return runner.invoke(main, [str(one) for one in arguments], catch_exceptions=False)

    return run


@pytest.fixture
def mmhooks_process():
    """Run a command in a process of its own."""

    def run(*arguments):
        command = [sys.executable, "-c", "from mmhooks.cli.main import main; main()"]
        return subprocess.run(
            [*command, *(str(one) for one in arguments)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env={**os.environ, "NO_COLOR": "", "COLUMNS": "200"},
        )

    return run
