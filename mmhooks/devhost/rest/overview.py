"""Channels across teams, and what their members have in common."""

from __future__ import annotations

from typing import Any

from mmhooks.devhost.api.base import fail
from mmhooks.devhost.rest.call import Call, Router, ok

router = Router()

_READ = "sysconsole_read_user_management_channels"


@router.on("GET", "/channels")
def get_channels(call: Call) -> Any:
    call.need(_READ)
    page, per_page = call.page()
    found = _listed(call, "", per_page, page * per_page)
    if call.flag("include_total_count"):
        return {"channels": found, "total_count": call.api.count_channels("")}
    return found


@router.on("POST", "/channels/search")
def search_channels(call: Call) -> Any:
    body = call.fields()
    term = str(body.get("term") or "")
    if call.query("system_console") == "false":
        return [call.api.with_team(one) for one in call.api.channels_in_reach(call.user_id, term)]
    call.need(_READ)
    page, per_page = body.get("page"), body.get("per_page")
    if not (isinstance(page, int) and isinstance(per_page, int)):
        return _listed(call, term, 100, 0)
    found = _listed(call, term, per_page, page * per_page)
    return {"channels": found, "total_count": call.api.count_channels(term)}


def _listed(call: Call, term: str, limit: int, offset: int) -> list[dict[str, Any]]:
    return [call.api.with_team(one) for one in call.api.all_channels(term, limit, offset)]


@router.on("POST", "/channels/group/search")
def search_group_channels(call: Call) -> Any:
    return call.api.group_channels_with(call.user_id, str(call.fields().get("term") or ""))


@router.on("POST", "/channels/stats/member_count")
def count_members(call: Call) -> Any:
    channel_ids = call.strings()
    for channel_id in channel_ids:
        call.need_channel(channel_id, "read_channel")
    return {channel_id: call.api.get_channel_stats(channel_id).member_count for channel_id in channel_ids}


@router.on("GET", "/users/{user_id}/channels")
def get_channels_of_user(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    since = call.number("last_delete_at")
    with_deleted = call.flag("include_deleted")
    return call.api.channels_of_user(call.path("user_id"), with_deleted=with_deleted, deleted_since=since)


@router.on("GET", "/users/{user_id}/channel_members")
def get_memberships(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    members = call.api.get_channel_members_for_user("", call.path("user_id"), *call.page())
    return [call.api.with_team(member) for member in members]


@router.on("GET", "/channels/{channel_id}/common_teams")
def get_common_teams(call: Call) -> Any:
    call.need_channel(call.path("channel_id"), "read_channel")
    return call.api.common_teams(call.path("channel_id"))


@router.on("GET", "/channels/{channel_id}/timezones")
def get_timezones(call: Call) -> Any:
    call.need_channel(call.path("channel_id"), "read_channel")
    return call.api.timezones(call.path("channel_id")) or None


@router.on("GET", "/teams/{team_id}/channels/search_autocomplete")
def autocomplete(call: Call) -> Any:
    return call.api.channels_to_search_in(call.user_id, call.path("team_id"), call.query("name"))


@router.on("PUT", "/channels/{channel_id}/members/{user_id}/schemeRoles")
def set_scheme_roles(call: Call) -> Any:
    call.need_channel(call.path("channel_id"), "manage_channel_roles")
    member = call.api.get_channel_member(call.path("channel_id"), call.path("user_id"))
    roles = scheme_roles(call, "channel", member.explicit_roles)
    call.api.update_channel_member_roles(member.channel_id, member.user_id, roles)
    return ok()


@router.on("PUT", "/teams/{team_id}/members/{user_id}/schemeRoles")
def set_team_scheme_roles(call: Call) -> Any:
    call.need_team(call.path("team_id"), "manage_team_roles")
    member = call.api.get_team_member(call.path("team_id"), call.path("user_id"))
    roles = scheme_roles(call, "team", member.explicit_roles)
    call.api.update_team_member_roles(member.team_id, member.user_id, roles)
    return ok()


def scheme_roles(call: Call, level: str, others: str) -> str:
    """The roles that the body names for a member of a team or channel, and the member's others."""
    body = call.fields()
    given = [part for part in ("guest", "user", "admin") if body.get(f"scheme_{part}")]
    if not {"guest", "user"} & set(given):
        id = f"api.{level}.update_{level}_member_roles.unset_user_scheme.app_error"
        raise fail("UpdateMemberSchemeRoles", id, 400, "A member is a user or a guest.")
    return " ".join([*(f"{level}_{part}" for part in given), *others.split()])


@router.on("GET", "/users/known")
def get_known_users(call: Call) -> Any:
    return call.api.known_users(call.user_id)
