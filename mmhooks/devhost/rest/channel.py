"""Channels and who is in them."""

from __future__ import annotations

from typing import Any

from mmhooks.api.models import Channel
from mmhooks.devhost.rest.call import Answer, Call, Router, forbidden, invalid, ok
from mmhooks.devhost.tables import CHANNELS

router = Router()


@router.on("POST", "/channels")
def create_channel(call: Call) -> Answer:
    channel = call.read(Channel)
    kind = "create_private_channel" if channel.type == "P" else "create_public_channel"
    call.need_team(channel.team_id, kind)
    return Answer(call.api.create_channel_as(channel, call.user_id), 201)


@router.on("POST", "/channels/direct")
def create_direct(call: Call) -> Answer:
    users = call.strings()
    if len(users) != 2 or call.user_id not in users:
        raise forbidden("create_direct_channel")
    return Answer(call.api.get_direct_channel(*users), 201)


@router.on("POST", "/channels/group")
def create_group(call: Call) -> Answer:
    users = list(dict.fromkeys([*call.strings(), call.user_id]))
    return Answer(call.api.get_group_channel(users), 201)


@router.on("GET", "/channels/{channel_id}")
def get_channel(call: Call) -> Any:
    channel = call.api.get_channel(call.path("channel_id"))
    _need_read(call, channel)
    return channel


@router.on("PUT", "/channels/{channel_id}")
def update_channel(call: Call) -> Any:
    if call.fields().get("id") != call.path("channel_id"):
        raise invalid("channel_id")
    return patch_channel(call)


@router.on("PUT", "/channels/{channel_id}/privacy")
def set_privacy(call: Call) -> Any:
    kind = call.fields().get("privacy")
    if kind not in ("O", "P"):
        raise invalid("privacy")
    channel = call.api.get_channel(call.path("channel_id"))
    needed = "convert_public_channel_to_private" if kind == "P" else "convert_private_channel_to_public"
    call.need_channel(channel.id, needed)
    return call.api.update_channel(channel.evolve(type=kind))


@router.on("PUT", "/channels/{channel_id}/patch")
def patch_channel(call: Call) -> Any:
    channel = call.api.get_channel(call.path("channel_id"))
    call.need_channel(channel.id, _properties(channel))
    body = call.fields()
    changes: dict[str, Any] = {name: str(body[name]) for name in _PATCHED if body.get(name) is not None}
    return call.api.patch_channel(channel, call.user_id, **changes)


_PATCHED = ("name", "display_name", "header", "purpose")


@router.on("DELETE", "/channels/{channel_id}")
def archive_channel(call: Call) -> Any:
    channel = call.api.get_channel(call.path("channel_id"))
    call.need_channel(channel.id, f"delete_{_kind(channel)}_channel")
    call.api.archive_channel(channel, call.user_id)
    return ok()


@router.on("POST", "/channels/{channel_id}/restore")
def restore_channel(call: Call) -> Any:
    channel = call.api.get_channel(call.path("channel_id"))
    call.need_team(channel.team_id, "manage_team")
    call.api.restore_channel(channel.id)
    return call.api.get_channel(channel.id)


@router.on("GET", "/channels/{channel_id}/stats")
def get_stats(call: Call) -> Any:
    call.need_channel(call.path("channel_id"), "read_channel")
    return call.api.get_channel_stats(call.path("channel_id"))


@router.on("GET", "/channels/{channel_id}/members")
def get_members(call: Call) -> Any:
    call.need_channel(call.path("channel_id"), "read_channel")
    return call.api.get_channel_members(call.path("channel_id"), *call.page())


@router.on("POST", "/channels/{channel_id}/members")
def add_member(call: Call) -> Answer:
    channel, body = call.api.get_channel(call.path("channel_id")), call.fields()
    several = body.get("user_ids")
    given = several if isinstance(several, list) else [body.get("user_id")]
    user_ids = [one for one in given if isinstance(one, str)]
    if not user_ids or user_ids != given:
        raise invalid("user_id or user_ids")
    if user_ids == [call.user_id] and channel.type == "O":
        call.need_team(channel.team_id, "join_public_channels")
    else:
        call.need_channel(channel.id, f"manage_{_kind(channel)}_channel_members")
    members = [call.api.add_user_to_channel(channel.id, one, call.user_id) for one in user_ids]
    return Answer(members if isinstance(several, list) else members[0], 201)


@router.on("POST", "/channels/{channel_id}/members/ids")
def get_members_by_ids(call: Call) -> Any:
    call.need_channel(call.path("channel_id"), "read_channel")
    return call.api.get_channel_members_by_ids(call.path("channel_id"), call.strings())


@router.on("PUT", "/channels/{channel_id}/members/{user_id}/roles")
def set_roles(call: Call) -> Any:
    call.need_channel(call.path("channel_id"), "manage_channel_roles")
    roles = str(call.fields().get("roles", ""))
    call.api.update_channel_member_roles(call.path("channel_id"), call.path("user_id"), roles)
    return ok()


@router.on("PUT", "/channels/{channel_id}/members/{user_id}/notify_props")
def set_notify_props(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    props = {str(name): str(value) for name, value in call.fields().items()}
    call.api.update_channel_member_notifications(call.path("channel_id"), call.path("user_id"), props)
    return ok()


@router.on("GET", "/users/{user_id}/channels/{channel_id}/unread")
def get_unread(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.need_channel(call.path("channel_id"), "read_channel")
    channel = call.api.get_channel(call.path("channel_id"))
    member = call.api.get_channel_member(channel.id, call.path("user_id"))
    return {
        "team_id": channel.team_id,
        "channel_id": channel.id,
        "msg_count": channel.total_msg_count - member.msg_count,
        "mention_count": member.mention_count,
        "mention_count_root": member.mention_count_root,
        "msg_count_root": channel.total_msg_count_root - member.msg_count_root,
        "urgent_mention_count": member.urgent_mention_count,
        "notify_props": member.notify_props,
    }


@router.on("GET", "/channels/{channel_id}/members/{user_id}")
def get_member(call: Call) -> Any:
    call.need_channel(call.path("channel_id"), "read_channel")
    return call.api.get_channel_member(call.path("channel_id"), call.path("user_id"))


@router.on("DELETE", "/channels/{channel_id}/members/{user_id}")
def remove_member(call: Call) -> Any:
    channel, user = call.api.get_channel(call.path("channel_id")), call.api.get_user(call.path("user_id"))
    if user.id != call.user_id:
        call.need_channel(channel.id, f"manage_{_kind(channel)}_channel_members")
    call.api.remove_channel_member(channel, user, call.user)
    return ok()


@router.on("POST", "/channels/members/{user_id}/view")
def view_channel(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    body = call.fields()
    channel_ids = [str(body[name]) for name in ("channel_id", "prev_channel_id") if body.get(name)]
    call.api.be_online(call.user_id, str(body.get("channel_id") or ""))
    return _viewed(call, channel_ids, bool(body.get("collapsed_threads_supported")))


@router.on("POST", "/channels/members/{user_id}/mark_read")
def view_channels(call: Call) -> Any:
    channel_ids = call.strings()
    if not channel_ids:
        raise invalid("channel_ids")
    call.need_self(call.path("user_id"))
    return _viewed(call, channel_ids, True)


def _viewed(call: Call, channel_ids: list[str], with_threads: bool) -> dict[str, Any]:
    times = call.api.view_channels(call.path("user_id"), channel_ids, with_threads=with_threads)
    return {**ok(), "last_viewed_at_times": times}


@router.on("GET", "/teams/{team_id}/channels")
def get_public_channels(call: Call) -> Any:
    call.need_team(call.path("team_id"), "list_team_channels")
    return call.api.get_public_channels_for_team(call.path("team_id"), *call.page())


@router.on("POST", "/teams/{team_id}/channels/ids")
def get_channels_by_ids(call: Call) -> Any:
    call.need_team(call.path("team_id"), "view_team")
    found = call.host.store.among(CHANNELS, "id", call.strings(), "ORDER BY name")
    return [one for one in found if one.type == "O" and one.team_id == call.path("team_id")]


@router.on("GET", "/teams/{team_id}/channels/deleted")
def get_archived(call: Call) -> Any:
    call.need_team(call.path("team_id"), "list_team_channels")
    page, per_page = call.page()
    rest = (
        "WHERE team_id = ?1 AND delete_at <> 0 AND (type = 'O' OR id IN"
        " (SELECT channel_id FROM channel_members WHERE user_id = ?2)) ORDER BY display_name LIMIT ?3 OFFSET ?4"
    )
    args = call.path("team_id"), call.user_id, per_page, page * per_page
    return call.host.store.select(CHANNELS, rest, *args)


@router.on("GET", "/teams/{team_id}/channels/private")
def get_private(call: Call) -> Any:
    call.need_team(call.path("team_id"), "manage_team")
    page, per_page = call.page()
    rest = "WHERE team_id = ? AND type = 'P' AND delete_at = 0 ORDER BY display_name LIMIT ? OFFSET ?"
    return call.host.store.select(CHANNELS, rest, call.path("team_id"), per_page, page * per_page)


@router.on("GET", "/teams/{team_id}/channels/autocomplete")
def autocomplete(call: Call) -> Any:
    call.need_team(call.path("team_id"), "list_team_channels")
    return call.api.search_channels(call.path("team_id"), call.query("name"))


@router.on("POST", "/teams/{team_id}/channels/search")
def search_channels(call: Call) -> Any:
    call.need_team(call.path("team_id"), "list_team_channels")
    return call.api.search_channels(call.path("team_id"), str(call.fields().get("term", "")))


@router.on("GET", "/teams/{team_id}/channels/name/{name}")
def get_channel_by_name(call: Call) -> Any:
    deleted = call.flag("include_deleted")
    channel = call.api.get_channel_by_name(call.path("team_id"), call.path("name"), deleted)
    _need_read(call, channel)
    return channel


@router.on("GET", "/teams/name/{team}/channels/name/{name}")
def get_channel_by_names(call: Call) -> Any:
    deleted = call.flag("include_deleted")
    channel = call.api.get_channel_by_name_for_team_name(call.path("team"), call.path("name"), deleted)
    _need_read(call, channel)
    return channel


@router.on("GET", "/users/{user_id}/teams/{team_id}/channels")
def get_channels_for_user(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    return call.api.get_channels_for_team_for_user(call.path("team_id"), call.path("user_id"), False)


@router.on("GET", "/users/{user_id}/teams/{team_id}/channels/members")
def get_memberships(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    page, per_page = call.page()
    return call.api.get_channel_members_for_user(call.path("team_id"), call.path("user_id"), page, per_page)


def _kind(channel: Channel) -> str:
    return "private" if channel.type in ("P", "G", "D") else "public"


def _properties(channel: Channel) -> str:
    return "read_channel" if channel.type in ("D", "G") else f"manage_{_kind(channel)}_channel_properties"


def _need_read(call: Call, channel: Channel) -> None:
    if channel.type == "O" and channel.team_id:
        call.need_team(channel.team_id, "read_public_channel")
    else:
        call.need_channel(channel.id, "read_channel")
