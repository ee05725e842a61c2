"""The tables of the workspace."""

from __future__ import annotations

from typing import Final

from mmhooks.api.models import (
    Bot,
    Channel,
    ChannelMember,
    Command,
    Draft,
    Emoji,
    FileInfo,
    OAuthApp,
    Post,
    Preference,
    PropertyField,
    PropertyGroup,
    PropertyValue,
    Reaction,
    Session,
    SidebarCategoryWithChannels,
    Status,
    Team,
    TeamMember,
    UploadSession,
    User,
    UserAccessToken,
)
from mmhooks.devhost.table import Table

USERS: Final = Table(
    User,
    "users",
    ["id"],
    omit=[
        "last_activity_at",
        "is_bot",
        "bot_description",
        "bot_last_icon_update",
        "terms_of_service_id",
        "terms_of_service_create_at",
        "disable_welcome_email",
        "mfa_used_timestamps",
    ],
)
BOTS: Final = Table(Bot, "bots", ["user_id"], omit=["username", "display_name"])
TEAMS: Final = Table(
    Team,
    "teams",
    ["id"],
    omit=[
        "policy_id",
        "cloud_limits_archived",
        "policy_enforced",
        "policy_actions",
        "policy_is_active",
        "recommended",
    ],
)
TEAM_MEMBERS: Final = Table(TeamMember, "team_members", ["team_id", "user_id"], omit=["roles"])
CHANNELS: Final = Table(
    Channel,
    "channels",
    ["id"],
    omit=[
        "auto_translation",
        "policy_id",
        "policy_enforced",
        "policy_actions",
        "policy_is_active",
        "default_category_name",
        "managed_category_name",
        "discoverable",
    ],
)
CHANNEL_MEMBERS: Final = Table(
    ChannelMember, "channel_members", ["channel_id", "user_id"], omit=["roles", "auto_translation_disabled"]
)
POSTS: Final = Table(
    Post,
    "posts",
    ["id"],
    omit=[
        "message_source",
        "pending_post_id",
        "reply_count",
        "last_reply_at",
        "participants",
        "is_following",
    ],
)
REACTIONS: Final = Table(Reaction, "reactions", ["post_id", "user_id", "emoji_name"])
FILE_INFOS: Final = Table(FileInfo, "file_infos", ["id"])
UPLOADS: Final = Table(UploadSession, "uploads", ["id"])
COMMANDS: Final = Table(Command, "commands", ["id"], omit=["autocomplete_data", "autocomplete_icon_data"])
PREFERENCES: Final = Table(Preference, "preferences", ["user_id", "category", "name"])
STATUSES: Final = Table(Status, "statuses", ["user_id"], omit=["active_channel"])
SESSIONS: Final = Table(Session, "sessions", ["id"], omit=["voip_device_id", "team_members", "local"])
ACCESS_TOKENS: Final = Table(UserAccessToken, "access_tokens", ["id"], omit=["last_notified_at"])
EMOJIS: Final = Table(Emoji, "emojis", ["id"])
OAUTH_APPS: Final = Table(OAuthApp, "oauth_apps", ["id"])
PROPERTY_GROUPS: Final = Table(PropertyGroup, "property_groups", ["id"], omit=["version", "schema_version"])
PROPERTY_FIELDS: Final = Table(
    PropertyField,
    "property_fields",
    ["id"],
    omit=[
        "object_type",
        "protected",
        "permission_field",
        "permission_values",
        "permission_options",
        "linked_field_id",
        "created_by",
        "updated_by",
    ],
)
PROPERTY_VALUES: Final = Table(PropertyValue, "property_values", ["id"], omit=["created_by", "updated_by"])
SIDEBAR_CATEGORIES: Final = Table(
    SidebarCategoryWithChannels, "sidebar_categories", ["id"], omit=["channels"]
)
DRAFTS: Final = Table(Draft, "drafts", ["user_id", "channel_id", "root_id"], omit=["metadata"])
