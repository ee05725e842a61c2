"""Buttons, menus and dialogs, as a client works them over REST."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from mmhooks import Post, Response, hookimpl
from mmhooks.api.models import Dialog, OpenDialogRequest
from mmhooks.testing.composition import PLUGIN_ID
from mmhooks.testing.workspace import Workspace
from tests.devhost.rest.conftest import Client

PAGE = f"/plugins/{PLUGIN_ID}"


class Pages:
    """A plugin whose pages answer what they are told, and keep what they were asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.answer: str = "{}"
        self.status = 200

    @hookimpl
    def serve_http(self, request: Any) -> Response:
        user_id = request.header("Mattermost-User-Id")
        self.asked.append((request.url, user_id, json.loads(request.body.read())))
        return Response(status=self.status, body=self.answer)


@pytest.fixture
def pages(mm: Workspace) -> Pages:
    pages = Pages()
    mm.load(pages)
    return pages


def card(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"attachments": [{"text": "Well?", "actions": list(actions)}]}


def joined(mm: Workspace, ann: Client) -> str:
    user = mm.host.api.get_user(ann.id)
    mm.host.api.join_team(mm.team(), user)
    return mm.channel().id


Make = Callable[..., Client]


def test_a_button(mm: Workspace, pages: Pages, client: Make) -> None:
    ann = client("ann")
    channel_id = joined(mm, ann)
    button = {"name": "Yes", "integration": {"url": f"{PAGE}/yes?now=1", "context": {"n": 1}}}
    props = {**card(button), "override_username": "Oracle"}
    post = ann.call("POST", "/posts", 201, json={"channel_id": channel_id, "message": "so?", "props": props})
    action_id = post["props"]["attachments"][0]["actions"][0]["id"]
    assert len(action_id) == 26
    pages.answer = json.dumps(
        {
            "update": {"message": "so be it", "props": {"override_username": "Somebody else", "more": 1}},
            "ephemeral_text": "Noted.",
        }
    )
    answer = ann.call("POST", f"/posts/{post['id']}/actions/{action_id}")
    ((url, user_id, asked),) = pages.asked
    assert (url, user_id) == ("/yes?now=1", ann.id)
    assert asked["context"] == {"n": 1}
    assert (asked["user_name"], asked["post_id"], asked["channel_id"]) == ("ann", post["id"], channel_id)
    assert base64.b64decode(asked["trigger_id"]).decode().startswith(f"{answer['trigger_id']}:{ann.id}:")
    changed = ann.call("GET", f"/posts/{post['id']}")
    assert changed["message"] == "so be it"
    assert changed["user_id"] == ann.id
    assert changed["props"]["override_username"] == "Oracle"  # who has written it does not change
    ((to, note),) = mm.host.ephemeral
    assert (to, note.message, note.root_id) == (ann.id, "Noted.", post["id"])


def test_a_menu_in_a_post_that_one_alone_sees(mm: Workspace, pages: Pages, client: Make) -> None:
    ann, bob = client("ann"), client("bob")
    channel_id = joined(mm, ann)
    joined(mm, bob)
    menu = {"id": "menu", "type": "select", "name": "Which?", "integration": {"url": f"{PAGE}/which"}}
    seen = mm.api.send_ephemeral_post(ann.id, Post(channel_id=channel_id, message="psst", props=card(menu)))
    pages.answer = json.dumps({"update": {"message": "chosen"}})
    ann.call("POST", f"/posts/{seen.id}/actions/menu", json={"selected_option": "second"})
    assert pages.asked[0][2]["context"] == {"selected_option": "second"}
    assert [post.message for _, post in mm.host.ephemeral] == ["psst", "chosen"]
    bob.call("POST", f"/posts/{seen.id}/actions/menu", 404)


@pytest.mark.parametrize(
    ("url", "status", "answer", "said"),
    [
        ("http://100.64.0.1/hook", 200, "{}", "100.64.0.1 is an internal address"),
        ("javascript:alert(1)", 200, "{}", "is no address of a web server"),
        ("file:///etc/passwd", 200, "{}", "is no address of a web server"),
        ("", 200, "{}", "is no address of a web server"),
        ("/plugins/another.plugin/x", 200, "{}", "there is no plugin behind"),
        (f"{PAGE}/x", 500, "{}", "answered with status 500"),
        (f"{PAGE}/x", 200, "<html>", "no JSON"),
        (f"{PAGE}/x", 200, "[]", "no object"),
        (f"{PAGE}/x", 200, '{"update": {"message": 7}}', "message"),
    ],
)
def test_what_cannot_be_done(
    mm: Workspace, pages: Pages, client: Make, url: str, status: int, answer: str, said: str
) -> None:
    ann = client("ann")
    props = card({"id": "it", "name": "Go", "integration": {"url": url}})
    body = {"channel_id": joined(mm, ann), "message": "so?", "props": props}
    post = ann.call("POST", "/posts", 201, json=body)
    pages.status, pages.answer = status, answer
    refused = ann.call("POST", f"/posts/{post['id']}/actions/it", 400)
    assert refused["id"] == "api.post.do_action.action_integration.app_error"
    assert said in refused["message"]
    ann.call("POST", f"/posts/{post['id']}/actions/another", 404)
    assert ann.call("GET", f"/posts/{post['id']}")["message"] == "so?"


def test_a_stranger_presses_nothing(mm: Workspace, pages: Pages, client: Make) -> None:
    ann, bob = client("ann"), client("bob")
    joined(mm, ann)
    private = mm.channel("private", type="P", members=[mm.host.api.get_user(ann.id)])
    props = card({"id": "it", "name": "Go", "integration": {"url": f"{PAGE}/x"}})
    post = ann.call("POST", "/posts", 201, json={"channel_id": private.id, "message": "so?", "props": props})
    bob.call("POST", f"/posts/{post['id']}/actions/it", 403)
    assert pages.asked == []


def test_a_dialog_goes_to_whom_it_is_for(mm: Workspace, pages: Pages, client: Make) -> None:
    ann = client("ann")
    place = {"channel_id": joined(mm, ann), "team_id": mm.team().id}
    trigger_id = mm.host.api.new_trigger(ann.id).id
    mm.api.open_interactive_dialog(
        OpenDialogRequest(trigger_id=trigger_id, url=f"{PAGE}/d", dialog=Dialog(title="T"))
    )
    event = list(mm.host.events)[-1]
    assert (event.name, event.broadcast.user_id) == ("open_dialog", ann.id)
    assert json.loads(event.data["dialog"])["dialog"]["title"] == "T"
    pages.answer = json.dumps({"errors": {"name": "Too short."}})
    body = {"url": f"{PAGE}/d", "callback_id": "c", "state": "s", "user_id": "somebody else"} | place
    answer = ann.call("POST", "/actions/dialogs/submit", json={**body, "submission": {"name": "x"}})
    assert answer == {"errors": {"name": "Too short."}}
    pages.answer = ""
    assert ann.call("POST", "/actions/dialogs/submit", json={**body, "cancelled": True}) == {}
    first, second = (asked for _, _, asked in pages.asked)
    assert (first["type"], first["submission"], first["user_id"]) == (
        "dialog_submission",
        {"name": "x"},
        ann.id,
    )
    assert (second["type"], second["cancelled"]) == ("dialog_submission", True)
