"""Posts: what they were before, and where they are."""

from __future__ import annotations

from typing import Any

from mmhooks.api.models import Permission, Post
from mmhooks.devhost.rest.call import Call, Router, forbidden
from mmhooks.errors import AppError

router = Router()


@router.on("GET", "/posts/{post_id}/info")
def get_info(call: Call) -> Any:
    return call.api.post_info(call.path("post_id"), call.user_id)


@router.on("GET", "/posts/{post_id}/edit_history")
def get_edit_history(call: Call) -> Any:
    post = _own(call)
    return call.api.edit_history(post.id)


@router.on("POST", "/posts/{post_id}/restore/{version_id}")
def restore(call: Call) -> Any:
    version = call.api.old_version(call.path("version_id"))
    if version is None or version.user_id != call.user_id:
        raise forbidden("edit_post")
    post = _own(call)
    return call.api.save_edit(post.evolve(message=version.message, file_ids=version.file_ids))


def _own(call: Call) -> Post:
    """The post, if it is the caller's to change."""
    try:
        post: Post = call.api.get_post(call.path("post_id"))
    except AppError:
        raise forbidden("edit_post") from None
    may = call.api.has_permission_to_channel(call.user_id, post.channel_id, Permission(id="edit_post"))
    if not may or post.user_id != call.user_id:
        raise forbidden("edit_post")
    return post
