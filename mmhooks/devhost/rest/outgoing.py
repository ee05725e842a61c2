"""Outgoing webhooks: making and changing them."""

from __future__ import annotations

from typing import Any, Final

from attrs import evolve

from mmhooks.api.models import Permission
from mmhooks.devhost.api.base import fail, page_of
from mmhooks.devhost.api.webhook import OutgoingWebhook
from mmhooks.devhost.rest.call import Answer, Call, Router, forbidden, invalid, ok

router = Router()

_OWN: Final = "manage_own_outgoing_webhooks"
_OTHERS: Final = "manage_others_outgoing_webhooks"


@router.on("POST", "/hooks/outgoing")
def create_hook(call: Call) -> Answer:
    hook = _read(call)
    call.need_team(hook.team_id, _OWN)
    if hook.creator_id:
        call.need_team(hook.team_id, _OTHERS)
        call.api.get_user(hook.creator_id)
    mine = evolve(hook, creator_id=hook.creator_id or call.user_id)
    return Answer(call.api.create_outgoing_webhook(mine), 201)


@router.on("GET", "/hooks/outgoing")
def get_hooks(call: Call) -> Any:
    channel_id, team_id = call.query("channel_id"), call.query("team_id")
    found = list(call.api.outgoing_webhooks().values())
    others = Permission(id=_OTHERS)
    if channel_id:
        if call.api.maybe_channel(channel_id) is None:
            raise forbidden(_OWN)
        call.need_channel(channel_id, _OWN)
        all_of_them = call.api.has_permission_to_channel(call.user_id, channel_id, others)
        found = [hook for hook in found if hook.channel_id == channel_id]
    elif team_id:
        call.need_team(team_id, _OWN)
        all_of_them = call.api.has_permission_to_team(call.user_id, team_id, others)
        found = [hook for hook in found if hook.team_id == team_id]
    else:
        call.need(_OWN)
        all_of_them = call.may(_OTHERS)
    mine = [hook for hook in found if all_of_them or hook.creator_id == call.user_id]
    return page_of(mine, *call.page())


@router.on("GET", "/hooks/outgoing/{hook_id}")
def get_hook(call: Call) -> Any:
    return _hook(call)


@router.on("PUT", "/hooks/outgoing/{hook_id}")
def update_hook(call: Call) -> Any:
    new = _read(call)
    if new.id != call.path("hook_id"):
        raise invalid("hook_id")
    old = call.api.outgoing_webhook(new.id)
    if new.team_id not in ("", old.team_id):
        id = "api.webhook.team_mismatch.app_error"
        raise fail("updateOutgoingHook", id, 400, "A webhook cannot be given to another team.")
    return call.api.update_outgoing_webhook(_hook(call), new)


@router.on("DELETE", "/hooks/outgoing/{hook_id}")
def delete_hook(call: Call) -> Any:
    call.api.delete_outgoing_webhook(_hook(call).id)
    return ok()


@router.on("POST", "/hooks/outgoing/{hook_id}/regen_token")
def new_token(call: Call) -> Any:
    return call.api.regenerate_outgoing_webhook(_hook(call))


def _read(call: Call) -> OutgoingWebhook:
    fields = call.fields()
    for name in ("trigger_words", "callback_urls"):
        if not isinstance(fields.get(name) or [], list):
            raise invalid("outgoing_webhook")
    return call.read(OutgoingWebhook)


def _hook(call: Call) -> OutgoingWebhook:
    hook: OutgoingWebhook = call.api.outgoing_webhook(call.path("hook_id"))
    call.need_team(hook.team_id, _OWN)
    if hook.creator_id != call.user_id:
        call.need_team(hook.team_id, _OTHERS)
    return hook
