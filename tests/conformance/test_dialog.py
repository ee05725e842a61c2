"""Dialogs: who may open one, and what the client gets."""

import base64
import json
import time

import pytest
from websockets.sync.client import connect

from mmhooks.api.models import Command, CommandResponse, Dialog, OpenDialogRequest
from tests.conformance.world import SECONDS, refused


def request(trigger_id):
    dialog = Dialog(callback_id="c", title="Title", submit_label="Go")
    return OpenDialogRequest(trigger_id=trigger_id, url="/plugins/x/dialog", dialog=dialog)


@pytest.fixture
def trigger(api, hooks, world, ann, channel):
    """(what the client knows a trigger by, what the plugin got)."""
    name = world.word("ask")
    api.register_command(Command(trigger=name))
    hooks.answer(execute_command=("value", CommandResponse(text="one moment")))
    answer = ann.post("/commands/execute", {"command": f"/{name}", "channel_id": channel.id})
    given = hooks.wait("execute_command", lambda one: one["args"].user_id == ann.id)["args"].trigger_id
    yield answer["trigger_id"], given
    api.unregister_command("", name)


def test_a_dialog_is_opened_for_whoever_has_asked(api, world, ann, trigger):
    known, given = trigger
    assert base64.b64decode(given).decode().split(":")[:2] == [known, ann.id]
    address = world.url.replace("http", "ws") + "/api/v4/websocket"
    with connect(address, additional_headers={"Authorization": f"Bearer {ann.token}"}, proxy=None) as socket:
        assert json.loads(socket.recv(SECONDS))["event"] == "hello"
        api.open_interactive_dialog(request(given))
        while (event := json.loads(socket.recv(SECONDS)))["event"] != "open_dialog":
            pass
    dialog = json.loads(event["data"]["dialog"])
    assert (dialog["trigger_id"], dialog["url"], dialog["dialog"]["title"]) == (
        known,
        "/plugins/x/dialog",
        "Title",
    )
    assert event["broadcast"]["user_id"] == ann.id


def encoded(text):
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("make", "id"),
    [
        (lambda now: "no base64!", "base64_decode_failed"),
        (lambda now: "", "missing_data"),
        (lambda now: encoded("a:b"), "missing_data"),
        (lambda now: encoded("a:b:1:c2ln"), "expired"),
        (lambda now: encoded("a:b:never:c2ln"), "expired"),
        (lambda now: encoded(f"a:b:{now}:no base64!"), "base64_decode_failed_signature"),
        (lambda now: encoded(f"a:b:{now}:c2ln"), "signature_decode_failed"),
    ],
)
def test_a_trigger_that_was_never_given(api, make, id):
    bad = (400, f"interactive_message.decode_trigger_id.{id}")
    assert refused(api.open_interactive_dialog, request(make(time.time_ns() // 10**6))) == bad


def test_a_trigger_for_somebody_else(api, world, trigger):
    client_id, _, at, signature = base64.b64decode(trigger[1]).decode().split(":")
    forged = encoded(":".join((client_id, world.admin.id, at, signature)))
    bad = (400, "interactive_message.decode_trigger_id.verify_signature_failed")
    assert refused(api.open_interactive_dialog, request(forged)) == bad
