"""Channels across teams, and what their members have in common."""

from __future__ import annotations

from typing import Any, Final

from mmhooks.api.converter import json_converter
from mmhooks.api.models import Channel, ChannelMember, Team
from mmhooks.devhost.api.base import Topic, fail
from mmhooks.devhost.tables import CHANNELS, USERS

_MOST: Final = 50
_MATCHES: Final = "(instr(lower(name), {0}) OR instr(lower(display_name), {0}) OR instr(lower(purpose), {0}))"


class OverviewTopic(Topic):
    """Channels across teams, and what their members have in common."""

    def all_channels(self, term: str, limit: int, offset: int) -> list[Channel]:
        """Return the public and private channels of all teams by their titles, those that match a term."""
        rest = f"WHERE {self._all('?1')} ORDER BY display_name LIMIT ?2 OFFSET ?3"
        return self.store.select(CHANNELS, rest, term.strip().lower(), limit, offset)

    def count_channels(self, term: str) -> int:
        """Return how many `all_channels` has."""
        query = f"SELECT count(*) FROM channels WHERE {self._all('?1')}"
        return int(self.store.scalar(query, term.strip().lower()))

    @staticmethod
    def _all(term: str) -> str:
        return f"type IN ('O', 'P') AND delete_at = 0 AND ({term} = '' OR {_MATCHES.format(term)})"

    def channels_in_reach(self, user_id: str, term: str) -> list[Channel]:
        """Return the channels of a user's teams that are public or have the user as a member."""
        return self.store.select(
            CHANNELS,
            f"WHERE {_MATCHES.format('?2')} AND team_id IN (SELECT team_id FROM team_members WHERE user_id = ?1)"
            " AND (type <> 'P' OR id IN (SELECT channel_id FROM channel_members WHERE user_id = ?1))"
            f" ORDER BY display_name LIMIT {_MOST}",
            user_id,
            term.strip().lower(),
        )

    def channels_to_search_in(self, user_id: str, team_id: str, term: str) -> list[Channel]:
        """Return the channels of a user in a team, and the direct ones, whose posts may be searched."""
        found = self.store.select(
            CHANNELS,
            f"WHERE {_MATCHES.format('?3')} AND (team_id = ?2 OR type = 'G')"
            f" AND id IN (SELECT channel_id FROM channel_members WHERE user_id = ?1) LIMIT {_MOST}",
            user_id,
            team_id,
            term.strip().lower(),
        )
        return sorted([*found, *self._directs(user_id, term)], key=lambda one: one.display_name.lower())

    def _directs(self, user_id: str, term: str) -> list[Channel]:
        found = self.store.select(
            CHANNELS,
            "WHERE type = 'D' AND id IN (SELECT channel_id FROM channel_members WHERE user_id = ?)"
            " ORDER BY last_post_at DESC",
            user_id,
        )
        named = [(one, self._other(one, user_id)) for one in found]
        return [
            one.evolve(display_name=name) for one, name in named if name.startswith(term.strip().lower())
        ][:_MOST]

    def _other(self, channel: Channel, user_id: str) -> str:
        other_id = next((id for id in channel.name.split("__") if id != user_id), user_id)
        return self.app.get_user(other_id).username

    def group_channels_with(self, user_id: str, term: str) -> list[Channel]:
        """Return the group channels of a user that have somebody whose name has a term in it."""
        return self.store.select(
            CHANNELS,
            "WHERE type = 'G' AND id IN (SELECT channel_id FROM channel_members WHERE user_id = ?1) AND id IN"
            " (SELECT channel_id FROM channel_members m JOIN users u ON u.id = m.user_id"
            " WHERE instr(u.username, ?2))",
            user_id,
            term.strip().lower(),
        )

    def channels_of_user(self, user_id: str, *, with_deleted: bool, deleted_since: int = 0) -> list[Channel]:
        """Return the channels of a user in all teams.

        Raises:
            AppError: (404) there is none.
        """
        kept = "1" if with_deleted else "channels.delete_at = 0 AND ifnull(t.delete_at, 0) = 0"
        found = self.store.select(
            CHANNELS,
            "JOIN channel_members m ON m.channel_id = channels.id LEFT JOIN teams t ON t.id = channels.team_id"
            f" WHERE m.user_id = ?1 AND {kept} AND (channels.delete_at = 0 OR channels.delete_at >= ?2)"
            " ORDER BY channels.id",
            user_id,
            deleted_since,
        )
        if not found:
            id = "app.channel.get_channels.not_found.app_error"
            raise fail("GetChannelsForUser", id, 404, "The user is in no channel.")
        return found

    def with_team(self, value: Channel | ChannelMember) -> dict[str, Any]:
        """Return a channel or a membership as clients get it, with the names of its team."""
        channel = value if isinstance(value, Channel) else self.app.get_channel(value.channel_id)
        team = self.app.get_team(channel.team_id) if channel.team_id else Team()
        names = {"display_name": team.display_name, "name": team.name, "update_at": team.update_at}
        document: dict[str, Any] = json_converter().unstructure(value)
        return document | {f"team_{key}": name for key, name in names.items()}

    def common_teams(self, channel_id: str) -> list[Team]:
        """Return the teams that all members of a direct or group channel are in.

        Raises:
            AppError: (400) it is another channel.
        """
        if self.app.get_channel(channel_id).type not in ("D", "G"):
            id = "app.channel.get_common_teams.incorrect_channel_type"
            raise fail("GetCommonTeams", id, 400, "This is no direct or group channel.")
        users = self.app.get_users_in_channel(channel_id, "username", 0, 8)
        teams = [{team.id: team for team in self.app.get_teams_for_user(user.id)} for user in users]
        return [team for id, team in teams[0].items() if all(id in one for one in teams)] if teams else []

    def timezones(self, channel_id: str) -> list[str]:
        """Return the time zones of a channel's members."""
        rest = "WHERE id IN (SELECT user_id FROM channel_members WHERE channel_id = ?) ORDER BY username"
        zones = [user.timezone or {} for user in self.store.select(USERS, rest, channel_id)]
        chosen = [
            zone.get("automaticTimezone" if zone.get("useAutomaticTimezone") == "true" else "manualTimezone")
            for zone in zones
            if zone.get("automaticTimezone") or zone.get("manualTimezone")
        ]
        return list(dict.fromkeys(name or "" for name in chosen))

    def known_users(self, user_id: str) -> list[str]:
        """Return the ids of those who share a channel with a user."""
        query = (
            "SELECT DISTINCT o.user_id FROM channel_members m JOIN channel_members o ON o.channel_id = m.channel_id"
            " WHERE m.user_id = ?1 AND o.user_id <> ?1"
        )
        return [row[0] for row in self.store.rows(query, user_id)]
