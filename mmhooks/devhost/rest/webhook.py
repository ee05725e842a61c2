"""Incoming webhooks."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse

from mmhooks.devhost.api.base import fail
from mmhooks.devhost.api.execution import response_from
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.rest.call import Answer, Call, Router, ok
from mmhooks.errors import AppError, MmhooksError

router = Router()
plain_router = Router()
"""What is not below ``/api/v4``."""

Hook = dict[str, Any]
_KEPT: Final = "incoming_webhooks"
_GIVEN: Final = ("display_name", "description", "username", "icon_url")


def _hooks(call: Call) -> dict[str, Hook]:
    found: dict[str, Hook] = call.api.read_document(_KEPT) or {}
    return found


def _keep(call: Call, hook: Hook) -> None:
    with call.host.store.transaction():
        call.api.write_document(_KEPT, _hooks(call) | {hook["id"]: hook})


@router.on("POST", "/hooks/incoming")
def create_hook(call: Call) -> Answer:
    body = call.fields()
    channel = call.api.get_channel(str(body.get("channel_id", "")))
    call.need_team(channel.team_id, "manage_own_incoming_webhooks")
    if channel.type != "O":
        call.need_channel(channel.id, "read_channel")
    now = call.host.clock.now()
    hook: Hook = {"id": new_id(), "create_at": now, "update_at": now, "delete_at": 0, "user_id": call.user_id}
    hook |= {
        "channel_id": channel.id,
        "team_id": channel.team_id,
        "channel_locked": bool(body.get("channel_locked")),
    }
    hook |= {name: str(body.get(name) or "") for name in _GIVEN}
    _keep(call, hook)
    return Answer(hook, 201)


@router.on("GET", "/hooks/incoming")
def get_hooks(call: Call) -> Any:
    team_id = call.query("team_id")
    if team_id:
        call.need_team(team_id, "manage_own_incoming_webhooks")
    else:
        call.need("manage_own_incoming_webhooks")
    page, per_page = call.page()
    everybody = call.may("manage_others_incoming_webhooks")
    found = [
        hook
        for hook in _hooks(call).values()
        if (everybody or hook["user_id"] == call.user_id) and hook["team_id"] == (team_id or hook["team_id"])
    ]
    return found[page * per_page : (page + 1) * per_page]


@router.on("GET", "/hooks/incoming/{hook_id}")
def get_hook(call: Call) -> Any:
    return _hook(call)


@router.on("PUT", "/hooks/incoming/{hook_id}")
def update_hook(call: Call) -> Answer:
    hook, body = _hook(call), call.fields()
    channel = call.api.get_channel(str(body.get("channel_id") or hook["channel_id"]))
    call.need_channel(channel.id, "read_channel")
    changes = {name: str(body[name]) for name in _GIVEN if body.get(name) is not None}
    locked = bool(body.get("channel_locked", hook["channel_locked"]))
    changed = (
        hook | changes | {"channel_id": channel.id, "team_id": channel.team_id, "channel_locked": locked}
    )
    changed["update_at"] = call.host.clock.now()
    _keep(call, changed)
    return Answer(changed, 201)


@router.on("DELETE", "/hooks/incoming/{hook_id}")
def delete_hook(call: Call) -> Any:
    gone = _hook(call)["id"]
    with call.host.store.transaction():
        left = {id: hook for id, hook in _hooks(call).items() if id != gone}
        call.api.write_document(_KEPT, left)
    return ok()


def _hook(call: Call) -> Hook:
    hook = _known(call)
    call.need_team(hook["team_id"], "manage_own_incoming_webhooks")
    if hook["user_id"] != call.user_id:
        call.need_team(hook["team_id"], "manage_others_incoming_webhooks")
    return hook


def _known(call: Call) -> Hook:
    hook = _hooks(call).get(call.path("hook_id"))
    if hook is None:
        raise fail(
            "GetIncomingWebhook", "app.webhooks.get_incoming.app_error", 404, "There is no such webhook."
        )
    return hook


@plain_router.on("POST", "/hooks/commands/{hook_id}", open_to_all=True)
def receive_late_answer(call: Call) -> Any:
    """What a custom command has to say later, from whoever knows the address."""
    kind = call.request.headers.get("content-type", "")
    try:
        answer = response_from(kind.partition(";")[0].strip(), call.body.decode("utf-8", "replace"))
    except MmhooksError as error:
        id = "web.command_webhook.parse.app_error"
        raise fail("commandWebhook", id, 400, "The answer cannot be read.", str(error)) from error
    try:
        call.api.take_late_answer(call.path("hook_id"), answer)
    except AppError as error:
        id = "web.command_webhook.general.app_error"
        raise fail("commandWebhook", id, error.status_code, error.message) from error
    return Answer(PlainTextResponse("ok"))


@plain_router.on("POST", "/hooks/{hook_id}", open_to_all=True)
def receive(call: Call) -> Any:
    """A post, from whoever knows the address."""
    hook, body = _known(call), _received(call)
    text, attachments = str(body.get("text") or ""), body.get("attachments")
    if not text and not attachments:
        id = "web.incoming_webhook.text.app_error"
        raise fail("HandleIncomingWebhook", id, 400, "A webhook needs a text or attachments.")
    channel = call.api.get_channel(_channel_id(call, hook, str(body.get("channel") or "")))
    call.api.save_webhook_post(
        hook["user_id"],
        channel,
        text,
        {**(body.get("props") or {}), "webhook_display_name": hook["display_name"]},
        attachments=attachments or [],
        username=str(body.get("username") or hook["username"]),
        icon_url=str(body.get("icon_url") or hook["icon_url"]),
        type="slack_attachment" if attachments else str(body.get("type") or ""),
    )
    return Answer(PlainTextResponse("ok"))


def _received(call: Call) -> dict[str, Any]:
    if call.request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        text = parse_qs(call.body.decode("utf-8", "replace")).get("payload", [""])[0]
    else:
        text = call.body.decode("utf-8", "replace")
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("props") or {}, dict):
        raise fail("HandleIncomingWebhook", "api.webhook.incoming.error", 400, "The payload cannot be read.")
    return body


def _channel_id(call: Call, hook: Hook, name: str) -> str:
    """Where a webhook posts: its channel, one that it names, or a direct one."""
    if not name:
        return str(hook["channel_id"])
    if name.startswith("@"):
        other = call.api.get_user_by_username(name[1:])
        channel = call.api.get_direct_channel(hook["user_id"], other.id)
    else:
        channel = call.api.get_channel_by_name(hook["team_id"], name.removeprefix("#"), False)
    if hook["channel_locked"] and channel.id != hook["channel_id"]:
        id = "web.incoming_webhook.channel_locked.app_error"
        raise fail("HandleIncomingWebhook", id, 403, "This webhook may post in its own channel only.")
    if channel.type != "O" and call.api.maybe_channel_member(channel.id, hook["user_id"]) is None:
        id = "web.incoming_webhook.permissions.app_error"
        raise fail("HandleIncomingWebhook", id, 403, "The webhook's owner may not post there.")
    return str(channel.id)
