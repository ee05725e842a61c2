"""Who belongs to a team."""

from __future__ import annotations

from mmhooks.api.models import Team, TeamMember, TeamMemberWithError, TeamStats, User
from mmhooks.devhost.api.base import Topic, fail
from mmhooks.devhost.api.user import is_guest
from mmhooks.devhost.hooks import plugin_context
from mmhooks.devhost.roles import with_roles
from mmhooks.devhost.tables import CHANNELS, TEAM_MEMBERS
from mmhooks.errors import AppError


class TeamMemberTopic(Topic):
    """Who belongs to a team."""

    def maybe_team_member(self, team_id: str, user_id: str) -> TeamMember | None:
        """Return the membership, one that has ended too; None without one."""
        member = self.store.get(TEAM_MEMBERS, team_id, user_id)
        return with_roles(member) if member else None

    def get_team_member(self, team_id: str, user_id: str) -> TeamMember:
        member = self.maybe_team_member(team_id, user_id)
        if member is None:
            text = "This user has never been a member of the team."
            raise fail("GetTeamMember", "app.team.get_member.missing.app_error", 404, text)
        return member

    def get_team_members(self, team_id: str, page: int, per_page: int) -> list[TeamMember]:
        rest = "WHERE team_id = ? AND delete_at = 0 ORDER BY user_id LIMIT ? OFFSET ?"
        return [
            with_roles(member)
            for member in self.store.select(TEAM_MEMBERS, rest, team_id, per_page, page * per_page)
        ]

    def get_team_members_for_user(self, user_id: str, page: int, per_page: int) -> list[TeamMember]:
        rest = "WHERE user_id = ? ORDER BY team_id LIMIT ? OFFSET ?"
        return [
            with_roles(member)
            for member in self.store.select(TEAM_MEMBERS, rest, user_id, per_page, page * per_page)
        ]

    def get_team_stats(self, team_id: str) -> TeamStats:
        total, active = self.store.rows(
            "SELECT count(*), count(CASE WHEN u.delete_at = 0 THEN 1 END) FROM team_members m"
            " JOIN users u ON u.id = m.user_id WHERE m.team_id = ? AND m.delete_at = 0",
            team_id,
        )[0]
        return TeamStats(team_id=team_id, total_member_count=total, active_member_count=active)

    def create_team_member(self, team_id: str, user_id: str) -> TeamMember:
        return self.join_team(self.app.get_team(team_id), self.app.get_user(user_id))

    def create_team_members(self, team_id: str, user_ids: list[str], requestor_id: str) -> list[TeamMember]:
        return [
            self.join_team(self.app.get_team(team_id), self.app.get_user(user_id), requestor_id)
            for user_id in user_ids
        ]

    def create_team_members_gracefully(
        self, team_id: str, user_ids: list[str], requestor_id: str
    ) -> list[TeamMemberWithError]:
        outcome = []
        for user_id in user_ids:
            try:
                member = self.join_team(self.app.get_team(team_id), self.app.get_user(user_id), requestor_id)
                outcome.append(TeamMemberWithError(user_id=user_id, member=member))
            except AppError as error:
                outcome.append(TeamMemberWithError(user_id=user_id, error=error))
        return outcome

    def join_team(self, team: Team, user: User, requestor_id: str = "") -> TeamMember:
        """Make a user a member of a team and of its default channels, unless a plugin refuses."""
        old = self.maybe_team_member(team.id, user.id)
        if old and not old.delete_at:
            return old
        guest = is_guest(user)
        member = TeamMember(
            team_id=team.id,
            user_id=user.id,
            scheme_guest=guest,
            scheme_user=not guest,
            scheme_admin=bool(team.email) and team.email == user.email,
            create_at=self.now(),
        )
        member, reason = self.firing.replace("team_member_will_be_added", member)
        if reason:
            id = "app.team.join_user_to_team.rejected_by_plugin"
            raise fail("JoinUserToTeam", id, 400, f"Rejected by plugin: {reason}", reason)
        self._save_new(member)
        self.app.make_first_categories(user.id, team.id)
        if not guest:
            self.app.join_default_channels(team.id, user, member.scheme_admin, requestor_id)
        member = with_roles(member)
        actor = self.app.maybe_user(requestor_id)
        self.firing.tell("user_has_joined_team", plugin_context(), member, actor)
        data = {"team_id": team.id, "user_id": user.id}
        self.host.publish("added_to_team", data, self.app.broadcast(user_id=user.id))
        return member

    def _save_new(self, member: TeamMember) -> None:
        most = int(self.app.setting("TeamSettings", "MaxUsersPerTeam"))
        with self.store.transaction():
            if self.get_team_stats(member.team_id).active_member_count >= most:
                id = "app.team.join_user_to_team.max_accounts.app_error"
                raise fail("JoinUserToTeam", id, 400, f"A team has at most {most} members.")
            self.store.put(TEAM_MEMBERS, member)
            self.store.execute("UPDATE users SET update_at = ? WHERE id = ?", self.now(), member.user_id)

    def delete_team_member(self, team_id: str, user_id: str, requestor_id: str) -> None:
        if self.store.scalar("SELECT 1 FROM teams WHERE id = ?", team_id) is None:
            id = "app.team.get_by_invite_id.finding.app_error"
            raise fail("RemoveUserFromTeam", id, 404, "There is no such team.")
        user = self.app.get_user(user_id)
        member = self.maybe_team_member(team_id, user_id)
        if member is None:
            id = "api.team.remove_user_from_team.missing.app_error"
            raise fail("LeaveTeam", id, 400, "This user is not a member of the team.")
        self._leave_channels(team_id, user_id)
        self._say_left(team_id, user, requestor_id)
        gone = member.evolve(roles="", delete_at=self.now())
        self.store.put(TEAM_MEMBERS, gone)
        self.store.execute("UPDATE users SET update_at = ? WHERE id = ?", self.now(), user_id)
        self.store.execute("DELETE FROM preferences WHERE user_id = ? AND category = ?", user_id, team_id)
        actor = self.app.maybe_user(requestor_id)
        self.firing.tell("user_has_left_team", plugin_context(), gone, actor)
        data = {"team_id": team_id, "user_id": user_id}
        self.host.publish("leave_team", data, self.app.broadcast(team_id=team_id))

    def _leave_channels(self, team_id: str, user_id: str) -> None:
        self.store.execute(
            "DELETE FROM channel_members WHERE user_id = ? AND channel_id IN"
            " (SELECT id FROM channels WHERE team_id = ?)",
            user_id,
            team_id,
        )

    def _say_left(self, team_id: str, user: User, requestor_id: str) -> None:
        square = self.store.first(CHANNELS, "team_id = ? AND name = 'town-square'", team_id)
        if square is None or not self.app.default_channel_messages():
            return
        alone = requestor_id == user.id
        kind = "system_leave_team" if alone else "system_remove_from_team"
        text = "left the team." if alone else "was removed from the team."
        props = {"username": user.username}
        self.app.system_post(square, user.id, kind, f"{user.username} {text}", props)

    def update_team_member_roles(self, team_id: str, user_id: str, new_roles: str) -> TeamMember:
        member = self.store.get(TEAM_MEMBERS, team_id, user_id)
        if member is None:
            id = "app.team.get_member.missing.app_error"
            raise fail("UpdateTeamMemberRoles", id, 404, "This user is not a member of the team.")
        where, id = "UpdateTeamMemberRoles", "api.team.update_team_member_roles"
        member = self.app.with_other_roles(member, new_roles, where, id)
        self.store.put(TEAM_MEMBERS, member)
        self.publish("memberrole_updated", user_id=user_id, member=member)
        return member
