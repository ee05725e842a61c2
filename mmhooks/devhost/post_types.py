"""The kinds of posts that a server knows."""

from __future__ import annotations

from typing import Final

__all__ = ["JOIN_LEAVE", "TYPES"]

JOIN_LEAVE: Final = frozenset(
    [
        "system_join_leave",
        "system_add_remove",
        "system_join_channel",
        "system_leave_channel",
        "system_join_team",
        "system_leave_team",
        "system_add_to_channel",
        "system_remove_from_channel",
        "system_add_to_team",
        "system_remove_from_team",
        "system_guest_join_channel",
        "system_add_guest_to_chan",
    ]
)
"""Who came and who went; such posts leave the number of posts as it is."""
TYPES: Final = JOIN_LEAVE | frozenset(
    [
        "slack_attachment",
        "me",
        "reminder",
        "burn_on_read",
        "card",
        "system_generic",
        "system_auto_responder",
        "system_move_channel",
        "system_header_change",
        "system_purpose_change",
        "system_displayname_change",
        "system_convert_channel",
        "system_channel_deleted",
        "system_channel_restored",
        "system_change_chan_privacy",
        "system_add_bot_teams_channels",
        "system_ephemeral",
        "system_wrangler",
        "system_gm_to_channel",
    ]
)
"""All but the empty one, which people's posts have."""
