"""Buttons, menus and dialogs."""

from __future__ import annotations

from typing import Any

from mmhooks.devhost.rest.call import Call, Router, invalid, ok

router = Router()


@router.on("POST", "/posts/{post_id}/actions/{action_id}")
def press(call: Call) -> Any:
    selected = str(call.fields().get("selected_option") or "") if call.body else ""
    post_id = call.path("post_id")
    if not any(post.id == post_id and to == call.user_id for to, post in call.host.ephemeral):
        call.need_channel(call.api.get_post(post_id).channel_id, "read_channel_content")
    trigger_id = call.api.press(call.user_id, post_id, call.path("action_id"), selected)
    return {**ok(), "trigger_id": trigger_id}


@router.on("POST", "/actions/dialogs/submit")
def submit_dialog(call: Call) -> Any:
    body = call.fields()
    if not body.get("url"):
        raise invalid("url")
    channel = call.api.get_channel(str(body.get("channel_id") or ""))
    call.need_channel(channel.id, "read_channel_content")
    call.need_team(str(body.get("team_id") or ""), "view_team")
    return call.api.submit_dialog(call.user_id, body)
