"""Teams."""

from __future__ import annotations

import re
import sqlite3
from typing import Any, Final

from mmhooks.api.models import Channel, Team, TeamUnread
from mmhooks.api.stream import ByteStream, Content
from mmhooks.devhost.api.base import Topic, approximate, fail, first_wrong
from mmhooks.devhost.ids import is_id, new_id
from mmhooks.devhost.tables import TEAMS
from mmhooks.devhost.text import containing

_NAME: Final = re.compile(r"[a-z0-9]+([a-z0-9-]*[a-z0-9])?")
_RESERVED: Final = [
    "admin",
    "api",
    "channel",
    "claim",
    "error",
    "files",
    "help",
    "landing",
    "login",
    "mfa",
    "oauth",
    "plug",
    "plugins",
    "post",
    "signup",
    "boards",
    "playbooks",
]
DEFAULT_CHANNELS: Final = (("town-square", "Town Square"), ("off-topic", "Off-Topic"))
"""Name and display name of the channels that every team has."""


class TeamTopic(Topic):
    """Teams."""

    def get_team(self, team_id: str) -> Team:
        team = self.store.get(TEAMS, team_id)
        if team is None:
            raise fail("GetTeam", "app.team.get.find.app_error", 404, "There is no such team.")
        return team

    def get_team_by_name(self, name: str) -> Team:
        team = self.store.first(TEAMS, "name = ?", name)
        if team is None:
            text = "There is no team with this name."
            raise fail("GetTeamByName", "app.team.get_by_name.missing.app_error", 404, text)
        return team

    def get_teams(self) -> list[Team]:
        return self.store.select(TEAMS, "ORDER BY display_name")

    def search_teams(self, term: str) -> list[Team]:
        found = r"lower(name) LIKE ?1 ESCAPE '\' OR lower(display_name) LIKE ?1 ESCAPE '\'"
        return self.store.select(TEAMS, f"WHERE {found} ORDER BY display_name", containing(term, "\\"))

    def get_teams_for_user(self, user_id: str) -> list[Team]:
        return self.store.select(
            TEAMS,
            "JOIN team_members m ON m.team_id = teams.id"
            " WHERE m.user_id = ? AND m.delete_at = 0 AND teams.delete_at = 0 ORDER BY display_name",
            user_id,
        )

    def create_team(self, team: Team) -> Team:
        saved = self.insert_team(team)
        for name, display_name in DEFAULT_CHANNELS:
            self.app.create_channel(Channel(team_id=saved.id, name=name, display_name=display_name, type="O"))
        return saved

    def insert_team(self, team: Team) -> Team:
        """Store a new team, completed and checked, without its channels."""
        if team.id:
            id = "store.sql_team.save_team.existing.app_error"
            raise fail("CreateTeam", id, 400, "A new team has no id yet.")
        now = self.now()
        new = team.evolve(id=new_id(), create_at=now, update_at=now, invite_id=team.invite_id or new_id())
        _check(new)
        try:
            self.store.insert(TEAMS, new)
        except sqlite3.IntegrityError:
            text = "Another team has this name already."
            id = "store.sql_team.save_team.existing.app_error"
            raise fail("CreateTeam", id, 400, text) from None
        return new

    def update_team(self, team: Team) -> Team:
        old = self.store.get(TEAMS, team.id)
        if old is None:
            raise fail("UpdateTeam", "app.team.get.find.app_error", 404, "There is no such team.")
        new = old.evolve(
            display_name=team.display_name,
            description=team.description,
            allow_open_invite=team.allow_open_invite,
            company_name=team.company_name,
            allowed_domains=team.allowed_domains,
            last_team_icon_update=team.last_team_icon_update,
            group_constrained=team.group_constrained,
            update_at=self.now(),
        )
        _check(new)
        self.store.update(TEAMS, new)
        self.publish("update_team", team_id=new.id, team=new)
        return new

    def change_team(self, team_id: str, event: str = "update_team", **changes: Any) -> Team:
        """Change what `update_team` does not, and tell clients."""
        new = self.get_team(team_id).evolve(update_at=self.now(), **changes)
        self.store.update(TEAMS, new)
        self.publish(event, team_id=new.id, team=new)
        return new

    def team_of_invite(self, invite_id: str) -> Team:
        """Return the team that an invitation is for.

        Raises:
            AppError: (404) there is none.
        """
        team = self.store.first(TEAMS, "invite_id = ?", invite_id)
        if team is None:
            id = "app.team.get_by_invite_id.finding.app_error"
            raise fail("GetTeamByInviteId", id, 404, "There is no such invitation.")
        return team

    def delete_team(self, team_id: str) -> None:
        team = self.get_team(team_id).evolve(delete_at=self.now(), update_at=self.now())
        self.store.update(TEAMS, team)
        self.publish("delete_team", team_id=team.id, team=team)

    def get_teams_unread_for_user(self, user_id: str) -> list[TeamUnread]:
        is_loud = """(instr(m.notify_props, '"mark_unread": "mention"') = 0)"""
        rows = self.store.rows(
            f"SELECT c.team_id, sum((c.total_msg_count - m.msg_count) * {is_loud}), sum(m.mention_count),"
            f" sum(m.mention_count_root), sum((c.total_msg_count_root - m.msg_count_root) * {is_loud})"
            " FROM channel_members m JOIN channels c ON c.id = m.channel_id"
            " WHERE m.user_id = ? AND c.team_id <> '' AND c.delete_at = 0 GROUP BY c.team_id",
            user_id,
        )
        return [
            TeamUnread(
                team_id=row[0],
                msg_count=max(row[1], 0),
                mention_count=row[2],
                mention_count_root=row[3],
                msg_count_root=max(row[4], 0),
            )
            for row in rows
        ]

    def get_team_icon(self, team_id: str) -> ByteStream:
        self.get_team(team_id)
        if not self.app.blob_head(f"teams/{team_id}/teamIcon.png"):
            text = "This team has no icon."
            raise fail("GetTeamIcon", "api.team.get_team_icon.read_file.app_error", 404, text)
        return ByteStream(self.app.blob(f"teams/{team_id}/teamIcon.png"))

    @approximate("the picture is kept as it is given, and not scaled")
    def set_team_icon(self, team_id: str, data: Content) -> None:
        team, path = self.get_team(team_id), f"teams/{team_id}/teamIcon.png"
        self.app.write_picture(path, data, "SetTeamIcon", "api.team.set_team_icon.decode.app_error")
        self.store.update(TEAMS, team.evolve(last_team_icon_update=self.now()))

    def remove_team_icon(self, team_id: str) -> None:
        self.store.update(TEAMS, self.get_team(team_id).evolve(last_team_icon_update=0))


def _check(team: Team) -> None:
    wrong = first_wrong(
        ("id", not is_id(team.id)),
        ("email", len(team.email) > 128 or (bool(team.email) and "@" not in team.email)),
        ("name", not 0 < len(team.display_name) <= 64),
        ("url", len(team.name) > 64),
        ("description", len(team.description) > 255),
        ("reserved", any(team.name.startswith(word) for word in _RESERVED)),
        ("characters", len(team.name) < 2 or not _NAME.fullmatch(team.name)),
        ("type", team.type not in ("O", "I")),
        ("company", len(team.company_name) > 64),
        ("domains", len(team.allowed_domains) > 500),
    )
    if wrong:
        text = f"This is no valid team ({wrong})."
        raise fail("Team.IsValid", f"model.team.is_valid.{wrong}.app_error", 400, text, f"id={team.id}")
