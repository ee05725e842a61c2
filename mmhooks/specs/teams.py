"""Members of teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mmhooks.errors import Rejection
from mmhooks.specs.semantics import hookspec, notify, pipeline

if TYPE_CHECKING:
    from mmhooks.api.client import API
    from mmhooks.api.models import PluginContext, TeamMember, User


@hookspec(pipeline("team_member"))
def team_member_will_be_added(
    context: PluginContext, team_member: TeamMember, api: API
) -> TeamMember | Rejection | None:
    """Look at, change or refuse a membership of a team before it is stored.

    Fires: Before somebody is added to a team, or joins one.
    Combines: Pipeline. Each hookimpl sees the member that the one before returned; None leaves it as it is.
        The first rejection stops.

    Args:
        context: The request behind the membership.
        team_member: The membership to be; names team and user.
        api: The plugin API.

    Minimum server version: 11.7

    Rejecting: The user does not become a member, and the caller gets the reason as an error (status 400).

    On a real server a field that is returned empty, 0 or false keeps its old value.
    """


@hookspec(notify())
def user_has_joined_team(
    context: PluginContext, team_member: TeamMember, actor: User | None, api: API
) -> None:
    """Act on a new member of a team.

    Fires: After the membership is stored.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the membership.
        team_member: Names team and user.
        actor: Who added the user, None if the user joined alone.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: Not possible; see `team_member_will_be_added`.
    """


@hookspec(notify())
def user_has_left_team(context: PluginContext, team_member: TeamMember, actor: User | None, api: API) -> None:
    """Act on a member who is gone from a team.

    Fires: After the membership is removed.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the removal.
        team_member: Names team and user.
        actor: Who removed the user, None if the user left alone.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: Not possible.
    """
