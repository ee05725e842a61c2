"""The server's configuration, as far as the host and plugins look into it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Final

__all__ = ["declared", "default_config", "overlay", "sanitized"]

_FAKE: Final = "********************************"
_SECRETS: Final = (
    ("SqlSettings", "DataSource"),
    ("SqlSettings", "AtRestEncryptKey"),
    ("FileSettings", "PublicLinkSalt"),
    ("FileSettings", "AmazonS3SecretAccessKey"),
    ("EmailSettings", "SMTPPassword"),
    ("GitLabSettings", "Secret"),
    ("LdapSettings", "BindPassword"),
    ("ElasticsearchSettings", "Password"),
)

_DEFAULTS: Final[dict[str, Any]] = {
    "ServiceSettings": {
        "SiteURL": "http://localhost:8065",
        "ListenAddress": ":8065",
        "EnableBotAccountCreation": True,
        "EnableUserAccessTokens": True,
        "EnableCommands": True,
        "EnableEmailInvitations": False,
        "EnableOutgoingWebhooks": True,
        "OutgoingIntegrationRequestsTimeout": 30,
        # A server's default names none: what developers have to be called runs on their own machine.
        "AllowedUntrustedInternalConnections": "localhost 127.0.0.1 ::1",
        "EnableCustomEmoji": True,
        "EnablePostUsernameOverride": False,
        "EnablePostIconOverride": False,
        "ExperimentalEnableDefaultChannelLeaveJoinMessages": True,
        "ThreadAutoFollow": True,
        "CollapsedThreads": "always_on",
        "UniqueEmojiReactionLimitPerPost": 50,
        "MaximumURLLength": 2048,
        "MaximumPayloadSizeBytes": 300_000,
        "SessionLengthWebInHours": 720,
    },
    "TeamSettings": {
        "SiteName": "Mattermost",
        "MaxUsersPerTeam": 50,
        "MaxChannelsPerTeam": 2000,
        "EnableUserCreation": True,
        "EnableCustomUserStatuses": True,
        "RestrictDirectMessage": "any",
        "TeammateNameDisplay": "username",
    },
    "SqlSettings": {"DriverName": "sqlite3", "DataSource": "", "AtRestEncryptKey": ""},
    "FileSettings": {
        "EnableFileAttachments": True,
        "MaxFileSize": 104857600,
        "DriverName": "local",
        "EnablePublicLink": False,
        "PublicLinkSalt": "mmhooks-embedded-host-public-link",
    },
    "EmailSettings": {
        "SendEmailNotifications": True,
        "RequireEmailVerification": False,
        "SendPushNotifications": True,
        "PushNotificationContents": "full",
        "PushNotificationServer": "",
        "FeedbackName": "",
        "FeedbackEmail": "test@example.com",
        "SMTPServer": "",
        "SMTPPort": "10025",
        "SMTPServerTimeout": 10,
        "EnableSMTPAuth": False,
        "SMTPUsername": "",
        "SMTPPassword": "",
        "ConnectionSecurity": "",
    },
    "PasswordSettings": {"MinimumLength": 8},
    "PluginSettings": {
        "Enable": True,
        "EnableUploads": False,
        "EnableMarketplace": True,
        "Directory": "./plugins",
        "Plugins": {},
        "PluginStates": {},
    },
    "LocalizationSettings": {"DefaultServerLocale": "en", "DefaultClientLocale": "en"},
    "ExperimentalSettings": {"RestrictSystemAdmin": False},
    "FeatureFlags": {"ConsumePostHook": False},
}


def default_config() -> dict[str, Any]:
    """Return the configuration of a new workspace."""
    return copy.deepcopy(_DEFAULTS)


def overlay(config: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the configuration with the sections and keys of `changes` put over it."""
    merged = dict(config)
    for key, value in changes.items():
        below = merged.get(key)
        merged[key] = (
            overlay(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
        )
    return merged


def sanitized(config: Mapping[str, Any], manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy without the secrets.

    Of a plugin's settings only those are shown that its manifest declares, and does not call secret; nothing
    of a plugin that is not there or declares none.
    """
    clean = copy.deepcopy(dict(config))
    for section, key in _SECRETS:
        if clean.get(section, {}).get(key):
            clean[section][key] = _FAKE
    plugins = clean.get("PluginSettings", {}).get("Plugins") or {}
    shown = {str(one["key"]).lower() for one in declared(manifest) if not one.get("secret")}
    for id, settings in list(plugins.items()):
        if id != manifest.get("id") or not manifest.get("settings_schema"):
            del plugins[id]
        else:
            plugins[id] = {
                key: value if key.lower() in shown else _FAKE for key, value in (settings or {}).items()
            }
    return clean


def declared(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the settings that a manifest declares, those in sections too."""
    schema = manifest.get("settings_schema") or {}
    settings = list(schema.get("settings") or [])
    for section in schema.get("sections") or []:
        settings += section.get("settings") or []
    return settings
