"""Which permissions a role grants: the server's defaults, without schemes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from mmhooks.api.models import ChannelMember, TeamMember

__all__ = ["ROLES", "Member", "grants", "level_of", "set_roles", "with_roles"]

Member = TypeVar("Member", ChannelMember, TeamMember)
"""Who has roles in a place."""

_PARTS: Final = ("guest", "user", "admin")

_CHANNEL_GUEST: Final = frozenset(
    [
        "read_channel",
        "read_channel_content",
        "add_reaction",
        "remove_reaction",
        "upload_file",
        "edit_post",
        "create_post",
        "use_channel_mentions",
    ]
)
_CHANNEL_USER: Final = _CHANNEL_GUEST | frozenset(
    [
        "manage_public_channel_members",
        "manage_private_channel_members",
        "manage_public_channel_properties",
        "manage_private_channel_properties",
        "delete_public_channel",
        "delete_private_channel",
        "get_public_link",
        "delete_post",
        "use_group_mentions",
        "add_bookmark_public_channel",
        "edit_bookmark_public_channel",
        "delete_bookmark_public_channel",
        "order_bookmark_public_channel",
        "add_bookmark_private_channel",
        "edit_bookmark_private_channel",
        "delete_bookmark_private_channel",
        "order_bookmark_private_channel",
    ]
)
_CHANNEL_ADMIN: Final = frozenset(
    [
        "manage_channel_roles",
        "use_group_mentions",
        "create_post",
        "add_reaction",
        "remove_reaction",
        "read_channel",
        "read_channel_content",
        "read_public_channel_groups",
        "read_private_channel_groups",
        "manage_channel_access_rules",
    ]
)
_TEAM_USER: Final = frozenset(
    [
        "list_team_channels",
        "join_public_channels",
        "read_public_channel",
        "view_team",
        "create_public_channel",
        "create_private_channel",
        "invite_user",
        "add_user_to_team",
        "playbook_public_create",
        "playbook_private_create",
    ]
)
_TEAM_ADMIN: Final = frozenset(
    [
        "remove_user_from_team",
        "manage_team",
        "import_team",
        "manage_team_roles",
        "manage_channel_roles",
        "manage_own_incoming_webhooks",
        "manage_others_incoming_webhooks",
        "manage_own_outgoing_webhooks",
        "manage_others_outgoing_webhooks",
        "manage_own_slash_commands",
        "manage_others_slash_commands",
        "convert_public_channel_to_private",
        "convert_private_channel_to_public",
        "delete_post",
        "delete_others_posts",
        "edit_others_posts",
        "read_public_channel_groups",
        "read_private_channel_groups",
        "create_post",
        "add_reaction",
        "remove_reaction",
        "manage_public_channel_members",
        "manage_private_channel_members",
        "read_channel",
    ]
)
_SYSTEM_GUEST: Final = frozenset(["create_direct_channel", "create_group_channel"])
_SYSTEM_USER: Final = _SYSTEM_GUEST | frozenset(
    [
        "list_public_teams",
        "join_public_teams",
        "view_members",
        "create_team",
        "create_emojis",
        "delete_emojis",
        "create_custom_group",
        "edit_custom_group",
        "delete_custom_group",
        "restore_custom_group",
        "manage_custom_group_members",
    ]
)

ROLES: Final[dict[str, frozenset[str]]] = {
    "channel_guest": _CHANNEL_GUEST,
    "channel_user": _CHANNEL_USER,
    "channel_admin": _CHANNEL_ADMIN,
    "team_guest": frozenset({"view_team"}),
    "team_user": _TEAM_USER,
    "team_admin": _TEAM_ADMIN,
    "team_post_all": frozenset({"create_post", "use_channel_mentions"}),
    "team_post_all_public": frozenset({"create_post_public", "use_channel_mentions"}),
    "system_guest": _SYSTEM_GUEST,
    "system_user": _SYSTEM_USER,
    "system_post_all": frozenset({"create_post", "use_channel_mentions"}),
    "system_post_all_public": frozenset({"create_post_public", "use_channel_mentions"}),
    "system_user_access_token": frozenset(
        {"create_user_access_token", "read_user_access_token", "revoke_user_access_token"}
    ),
    "system_manager": frozenset({"sysconsole_read_about", "manage_jobs", "edit_brand"}),
    "system_user_manager": frozenset({"sysconsole_read_user_management_users", "manage_team"}),
    "system_read_only_admin": frozenset({"sysconsole_read_about", "read_audits"}),
}
"""Role name -> ids of its permissions. ``system_admin`` has them all and is not listed."""


def grants(roles: Iterable[str], permission_id: str) -> bool:
    """Say whether one of the roles grants the permission."""
    return any(role == "system_admin" or permission_id in ROLES.get(role, frozenset()) for role in roles)


def set_roles(member: Member, names: Iterable[str]) -> Member:
    """Return a member who has these roles instead: those of the scheme, and others by name."""
    level, given = level_of(member), list(names)
    scheme = [f"{level}_{part}" for part in _PARTS]
    return with_roles(
        member.evolve(
            explicit_roles=" ".join(name for name in given if name not in scheme),
            scheme_guest=scheme[0] in given,
            scheme_user=scheme[1] in given,
            scheme_admin=scheme[2] in given,
        )
    )


def with_roles(member: Member) -> Member:
    """Return a member whose ``roles`` name them all, as the server lists them."""
    level = level_of(member)
    applies = member.scheme_guest, member.scheme_user, member.scheme_admin
    names = member.explicit_roles.split()
    names += [f"{level}_{part}" for part, is_so in zip(_PARTS, applies, strict=True) if is_so]
    return member.evolve(roles=" ".join(dict.fromkeys(names)))


def level_of(member: ChannelMember | TeamMember) -> str:
    """Say of what somebody is a member: a ``team`` or a ``channel``."""
    return "team" if isinstance(member, TeamMember) else "channel"
