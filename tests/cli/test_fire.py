"""``mmhooks fire``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

PLUGIN = """
import logging
from mmhooks import Response, hookimpl, reject

@hookimpl
def message_will_be_posted(post, api):
    logging.warning("looking")
    if "secret" in post.message:
        return reject("no secrets")
    return post.evolve(message=f"{api.get_user(post.user_id).username}: {post.message}")

@hookimpl
def serve_http(request):
    return Response(status=418, body=request.body.read().upper())

@hookimpl
def user_has_been_created(user):
    raise ValueError("not this one")
"""


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    manifest = {
        "id": "com.example.fired",
        "name": "Fired",
        "version": "1.0.0",
        "server": {"runtime": "python", "python": {"entry_point": "fired", "packages": ["fired"]}},
    }
    (tmp_path / "plugin.json").write_text(json.dumps(manifest))
    (tmp_path / "fired.py").write_text(PLUGIN)
    return tmp_path


def test_a_hook_is_called_and_everything_shown(mmhooks: Any, plugin: Path, tmp_path: Path) -> None:
    (tmp_path / "given.json").write_text('{"post": {"message": "hi"}}')
    done = mmhooks("fire", "message_will_be_posted", "--plugin", plugin, "--json", tmp_path / "given.json")
    assert done.exit_code == 0, done.stderr
    trace = json.loads(done.stdout)
    assert trace["outcome"] == "changed"
    assert trace["calls"][0]["package"] == "fired"
    assert trace["calls"][0]["result"]["message"] == "ann: hi"
    assert trace["api"][0]["method"] == "get_user"
    assert trace["logs"][0]["message"] == "looking"
    assert trace["answer"][0]["message"] == "ann: hi"


def test_streams_are_read_and_failures_counted(mmhooks: Any, plugin: Path, tmp_path: Path) -> None:
    (tmp_path / "given.json").write_text('{"request": {"method": "POST", "body": "text"}}')
    done = mmhooks("fire", "serve_http", "--plugin", plugin, "--json", tmp_path / "given.json")
    answer = json.loads(done.stdout)["answer"]
    assert (answer["status"], answer["body"]) == (418, "TEXT")
    failed = mmhooks("fire", "user_has_been_created", "--plugin", plugin)
    assert failed.exit_code == 1
    assert "ValueError" in json.loads(failed.stdout)["calls"][0]["error"]["traceback"]


@pytest.mark.parametrize(
    ("arguments", "text", "said"),
    [
        (["no_such_hook"], "", "there is no hook 'no_such_hook'"),
        (["message_has_been_posted"], "", "no package of this plugin implements message_has_been_posted"),
        (["message_will_be_posted"], "[1]", "give an object with arguments by name"),
        (["message_will_be_posted"], "{", "this is no JSON"),
        (["message_will_be_posted"], '{"x": 1}', "has no argument 'x'"),
    ],
)
def test_mistakes(mmhooks: Any, plugin: Path, tmp_path: Path, arguments: Any, text: str, said: str) -> None:
    if text:
        (tmp_path / "given.json").write_text(text)
        arguments = [*arguments, "--json", tmp_path / "given.json"]
    done = mmhooks("fire", *arguments, "--plugin", plugin)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
