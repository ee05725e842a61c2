"""Teams and who is in them."""

from __future__ import annotations

from typing import Any

from starlette.responses import StreamingResponse

from mmhooks.api.models import Team, TeamUnread
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.rest.call import Answer, Call, Router, invalid, ok
from mmhooks.errors import AppError

router = Router()


@router.on("GET", "/teams")
def get_teams(call: Call) -> Any:
    page, per_page = call.page()
    teams = call.api.get_teams()
    if not call.api.roles_grant_permission(call.user.roles.split(), "manage_system"):
        mine = {team.id for team in call.api.get_teams_for_user(call.user_id)}
        teams = [team for team in teams if team.id in mine or team.allow_open_invite]
    return teams[page * per_page : (page + 1) * per_page]


@router.on("POST", "/teams")
def create_team(call: Call) -> Answer:
    call.need("create_team")
    user = call.user
    team = call.api.create_team(call.read(Team).evolve(email=user.email))
    member = call.api.create_team_member(team.id, user.id)
    call.api.update_team_member_roles(team.id, user.id, f"{member.roles} team_admin")
    return Answer(team, 201)


@router.on("GET", "/users/{user_id}/teams")
def get_teams_for_user(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    return call.api.get_teams_for_user(call.path("user_id"))


@router.on("GET", "/users/{user_id}/teams/members")
def get_memberships(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    return call.api.get_team_members_for_user(call.path("user_id"), *call.page())


@router.on("GET", "/users/{user_id}/teams/unread")
def get_unread(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    return call.api.get_teams_unread_for_user(call.path("user_id"))


@router.on("GET", "/teams/name/{name}")
def get_team_by_name(call: Call) -> Any:
    team = call.api.get_team_by_name(call.path("name"))
    _need_view(call, team)
    return team


@router.on("GET", "/teams/name/{name}/exists")
def team_exists(call: Call) -> Any:
    """Whether the caller may see such a team; others are not there."""
    try:
        _need_view(call, call.api.get_team_by_name(call.path("name")))
    except AppError:
        return {"exists": False}
    return {"exists": True}


@router.on("POST", "/teams/search")
def search_teams(call: Call) -> Any:
    teams = call.api.search_teams(str(call.fields().get("term", "")))
    if call.may("manage_system"):
        return teams
    mine = {team.id for team in call.api.get_teams_for_user(call.user_id)}
    return [team for team in teams if team.id in mine or team.allow_open_invite]


@router.on("PUT", "/teams/{team_id}")
def update_team(call: Call) -> Any:
    if call.fields().get("id") != call.path("team_id"):
        raise invalid("id")
    return patch_team(call)


@router.on("PUT", "/teams/{team_id}/patch")
def patch_team(call: Call) -> Any:
    call.need_team(call.path("team_id"), "manage_team")
    body = call.fields()
    changes: dict[str, Any] = {name: str(body[name]) for name in _PATCHED if body.get(name) is not None}
    if isinstance(body.get("allow_open_invite"), bool):
        changes["allow_open_invite"] = body["allow_open_invite"]
    return call.api.update_team(call.api.get_team(call.path("team_id")).evolve(**changes))


_PATCHED = ("display_name", "description", "company_name")


@router.on("DELETE", "/teams/{team_id}")
def delete_team(call: Call) -> Any:
    call.need_team(call.path("team_id"), "manage_team")
    call.api.delete_team(call.path("team_id"))
    return ok()


@router.on("GET", "/teams/{team_id}")
def get_team(call: Call) -> Any:
    team = call.api.get_team(call.path("team_id"))
    _need_view(call, team)
    return team


@router.on("GET", "/teams/{team_id}/members")
def get_members(call: Call) -> Any:
    call.need_team(call.path("team_id"), "view_team")
    return call.api.get_team_members(call.path("team_id"), *call.page())


@router.on("POST", "/teams/{team_id}/members")
def add_member(call: Call) -> Answer:
    team_id, user_id = call.path("team_id"), str(call.fields().get("user_id", ""))
    team = call.api.get_team(team_id)
    if not (user_id == call.user_id and team.allow_open_invite):
        call.need_team(team_id, "add_user_to_team")
    return Answer(call.api.create_team_member(team_id, user_id), 201)


@router.on("POST", "/teams/{team_id}/members/batch")
def add_members(call: Call) -> Answer:
    team_id = call.path("team_id")
    call.need_team(team_id, "add_user_to_team")
    user_ids = [str(one.get("user_id", "")) if isinstance(one, dict) else "" for one in call.json() or []]
    if not user_ids or not all(user_ids):
        raise invalid("members")
    if call.flag("graceful"):
        return Answer(call.api.create_team_members_gracefully(team_id, user_ids, call.user_id), 201)
    return Answer(call.api.create_team_members(team_id, user_ids, call.user_id), 201)


@router.on("POST", "/teams/{team_id}/members/ids")
def get_members_by_ids(call: Call) -> Any:
    call.need_team(call.path("team_id"), "view_team")
    found = [call.api.maybe_team_member(call.path("team_id"), one) for one in call.strings()]
    return [one for one in found if one is not None and not one.delete_at]


@router.on("PUT", "/teams/{team_id}/members/{user_id}/roles")
def set_roles(call: Call) -> Any:
    call.need_team(call.path("team_id"), "manage_team_roles")
    roles = str(call.fields().get("roles", ""))
    call.api.update_team_member_roles(call.path("team_id"), call.path("user_id"), roles)
    return ok()


@router.on("GET", "/teams/{team_id}/image")
def get_icon(call: Call) -> Any:
    _need_view(call, call.api.get_team(call.path("team_id")))
    return StreamingResponse(iter(call.api.get_team_icon(call.path("team_id"))), media_type="image/png")


@router.on("POST", "/teams/{team_id}/image", uploads=True)
def set_icon(call: Call) -> Any:
    call.need_team(call.path("team_id"), "manage_team")
    image = call.form.get("image") if call.form is not None else None
    if image is None or isinstance(image, str):
        raise invalid("image")
    call.api.set_team_icon(call.path("team_id"), image.file)
    return ok()


@router.on("DELETE", "/teams/{team_id}/image")
def remove_icon(call: Call) -> Any:
    call.need_team(call.path("team_id"), "manage_team")
    call.api.remove_team_icon(call.path("team_id"))
    return ok()


@router.on("GET", "/teams/{team_id}/members/{user_id}")
def get_member(call: Call) -> Any:
    call.need_team(call.path("team_id"), "view_team")
    return call.api.get_team_member(call.path("team_id"), call.path("user_id"))


@router.on("DELETE", "/teams/{team_id}/members/{user_id}")
def remove_member(call: Call) -> Any:
    if call.path("user_id") != call.user_id:
        call.need_team(call.path("team_id"), "remove_user_from_team")
    call.api.delete_team_member(call.path("team_id"), call.path("user_id"), call.user_id)
    return ok()


@router.on("GET", "/teams/{team_id}/stats")
def get_stats(call: Call) -> Any:
    call.need_team(call.path("team_id"), "view_team")
    return call.api.get_team_stats(call.path("team_id"))


@router.on("GET", "/users/{user_id}/teams/{team_id}/unread")
def get_team_unread(call: Call) -> Any:
    call.need_self(call.path("user_id"))
    call.need_team(call.path("team_id"), "view_team")
    found = call.api.get_teams_unread_for_user(call.path("user_id"))
    mine = [one for one in found if one.team_id == call.path("team_id")]
    return mine[0] if mine else TeamUnread(team_id=call.path("team_id"))


@router.on("GET", "/teams/invite/{invite_id}", open_to_all=True)
def get_invite(call: Call) -> Any:
    team = call.api.team_of_invite(call.path("invite_id"))
    if team.type != "O":
        id = "api.team.get_invite_info.not_open_team"
        raise fail("getInviteInfo", id, 403, "This team is joined by invitation only.")
    return {name: getattr(team, name) for name in ("display_name", "description", "name", "id")}


@router.on("POST", "/teams/{team_id}/regenerate_invite_id")
def new_invite(call: Call) -> Any:
    call.need_team(call.path("team_id"), "manage_team")
    return call.api.change_team(call.path("team_id"), invite_id=new_id())


@router.on("POST", "/teams/{team_id}/restore")
def restore_team(call: Call) -> Any:
    call.need_team(call.path("team_id"), "manage_team")
    return call.api.change_team(call.path("team_id"), "restore_team", delete_at=0)


@router.on("PUT", "/teams/{team_id}/privacy")
def set_privacy(call: Call) -> Any:
    kind = call.fields().get("privacy")
    if kind not in ("O", "I"):
        raise invalid("privacy")
    call.need_team(call.path("team_id"), "manage_team")
    old = call.api.get_team(call.path("team_id"))
    is_news = (old.type, old.allow_open_invite) != (kind, kind == "O")
    invite = {"invite_id": new_id()} if is_news and kind == "I" else {}
    return call.api.change_team(old.id, type=kind, allow_open_invite=kind == "O", **invite)


def _need_view(call: Call, team: Team) -> None:
    if not team.allow_open_invite:
        call.need_team(team.id, "view_team")
