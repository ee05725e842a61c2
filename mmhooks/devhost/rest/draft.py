"""Drafts."""

from __future__ import annotations

from typing import Any

from mmhooks.api.models import Draft
from mmhooks.devhost.rest.call import Answer, Call, Router, ok

router = Router()


@router.on("POST", "/drafts")
def upsert_draft(call: Call) -> Answer:
    draft = call.read(Draft).evolve(user_id=call.user_id, delete_at=0)
    call.need_channel(draft.channel_id, "create_post")
    return Answer(call.api.upsert_draft(draft), 201)


@router.on("GET", "/users/{user_id}/teams/{team_id}/drafts")
def get_drafts(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.need_team(call.path("team_id"), "view_team")
    return call.api.get_drafts(call.path("user_id"), call.path("team_id")) or None


@router.on("DELETE", "/users/{user_id}/channels/{channel_id}/drafts")
def delete_draft(call: Call) -> Any:
    return _delete(call, "")


@router.on("DELETE", "/users/{user_id}/channels/{channel_id}/drafts/{thread_id}")
def delete_reply_draft(call: Call) -> Any:
    return _delete(call, call.path("thread_id"))


def _delete(call: Call, root_id: str) -> Any:
    call.need_self(call.path("user_id"))
    call.api.delete_draft(call.path("user_id"), call.path("channel_id"), root_id)
    return ok()
