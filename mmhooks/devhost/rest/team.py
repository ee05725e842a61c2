"""Teams and who is in them."""

from __future__ import annotations

from typing import Any

from mmhooks.api.models import Team
from mmhooks.devhost.rest.call import Answer, Call, Router, invalid, ok

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
    team_id, body = call.path("team_id"), call.json()
    if not isinstance(body, list) or not all(isinstance(one, dict) for one in body):
        raise invalid("members")
    call.need_team(team_id, "add_user_to_team")
    ids = [str(one.get("user_id", "")) for one in body]
    return Answer(call.api.create_team_members(team_id, ids, call.user_id), 201)


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


def _need_view(call: Call, team: Team) -> None:
    if not team.allow_open_invite:
        call.need_team(team.id, "view_team")
