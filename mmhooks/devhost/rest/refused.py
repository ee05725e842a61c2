"""What a server refuses without a licence, or as it is set up at first; and what it has and the host does not."""

from __future__ import annotations

from typing import Any, Final

from mmhooks.devhost.api.base import fail
from mmhooks.devhost.rest.call import Call, Handler, Router

router = Router()

_UNLICENSED: Final = {
    (400, "api.scheduled_posts.license_error"): [
        "POST /posts/schedule",
        "PUT /posts/schedule/{scheduled_post_id}",
        "DELETE /posts/schedule/{scheduled_post_id}",
        "GET /posts/scheduled/team/{team_id}",
    ],
    (501, "<untranslated>"): ["POST /users/{user_id}/posts/{post_id}/ack"],
    (501, "license_error.feature_unavailable"): ["DELETE /users/{user_id}/posts/{post_id}/ack"],
    (501, "api.post.move_thread.disabled.app_error"): ["POST /posts/{post_id}/move"],
    (501, "api.channel.bookmark.channel_bookmark.license.error"): [
        "GET /channels/{channel_id}/bookmarks",
        "POST /channels/{channel_id}/bookmarks",
        "PATCH /channels/{channel_id}/bookmarks/{bookmark_id}",
        "DELETE /channels/{channel_id}/bookmarks/{bookmark_id}",
        "POST /channels/{channel_id}/bookmarks/{bookmark_id}/sort_order",
    ],
    (501, "api.license_error"): [
        "GET /groups",
        "POST /groups",
        "POST /groups/names",
        "GET /groups/{group_id}",
        "DELETE /groups/{group_id}",
        "PUT /groups/{group_id}/patch",
        "POST /groups/{group_id}/restore",
        "GET /groups/{group_id}/stats",
        "GET /groups/{group_id}/members",
        "POST /groups/{group_id}/members",
        "DELETE /groups/{group_id}/members",
        "GET /groups/{group_id}/teams",
        "GET /groups/{group_id}/channels",
        "GET /channels/{channel_id}/groups",
        "GET /teams/{team_id}/groups",
        "GET /teams/{team_id}/groups_by_channels",
        "GET /users/{user_id}/groups",
    ],
    (403, "api.channel.channel_member_counts_by_group.license.error"): [
        "GET /channels/{channel_id}/member_counts_by_group"
    ],
    (403, "api.channel.get_channel_moderations.license.error"): ["GET /channels/{channel_id}/moderations"],
    (403, "api.channel.patch_channel_moderations.license.error"): [
        "PUT /channels/{channel_id}/moderations/patch"
    ],
    (403, "api.custom_profile_attributes.license_error"): [
        "GET /custom_profile_attributes/fields",
        "GET /custom_profile_attributes/group",
        "PATCH /custom_profile_attributes/values",
        "GET /users/{user_id}/custom_profile_attributes",
        "PATCH /users/{user_id}/custom_profile_attributes",
    ],
    (501, "api.team.invite_guests_to_channels.license.error"): ["POST /teams/{team_id}/invite-guests/email"],
    (501, "mfa.mfa_disabled.app_error"): ["POST /users/{user_id}/mfa/generate"],
}


def _refusing(status: int, id: str, text: str) -> Handler:
    def refuse(call: Call) -> Any:
        raise fail("REST", id, status, text)

    return refuse


def _add(status: int, id: str, text: str, routes: list[str]) -> None:
    for route in routes:
        router.on(*route.split(" "))(_refusing(status, id, text))


for (_status, _id), _routes in _UNLICENSED.items():
    _add(_status, _id, "A server without a licence, as it is set up at first, does not offer this.", _routes)
