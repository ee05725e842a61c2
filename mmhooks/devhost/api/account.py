"""What hangs on an account: status, sessions, tokens, preferences, permissions, picture."""

from __future__ import annotations

import json
import secrets
from typing import Any, Final

from mmhooks.api.converter import json_converter
from mmhooks.api.models import (
    CustomStatus,
    Permission,
    Preference,
    Session,
    Status,
    User,
    UserAccessToken,
    UserAuth,
)
from mmhooks.api.stream import ByteStream, Content
from mmhooks.devhost.api.base import Topic, approximate, fail, first_wrong
from mmhooks.devhost.clock import written_time
from mmhooks.devhost.hooks import plugin_context
from mmhooks.devhost.ids import is_id, new_id
from mmhooks.devhost.picture import plain_picture
from mmhooks.devhost.roles import ROLES, grants
from mmhooks.devhost.tables import ACCESS_TOKENS, PREFERENCES, SESSIONS, STATUSES, USERS
from mmhooks.errors import AppError

OWNER: Final = "mmhooks_owner"
"""A session's property: it is of whoever runs the host, and not only of somebody who knows a password."""
_DND_STEP: Final = 300
_HUNDRED_YEARS_MS: Final = 100 * 365 * 24 * 3_600_000
_RECENT: Final = 5
_RECENT_STATUSES: Final = ("custom_status", "recent_custom_statuses")
"""The preference in which a user's latest custom statuses are."""


class AccountTopic(Topic):
    """What hangs on an account: status, sessions, tokens, preferences, permissions, picture."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._owner_token = ""
        self._active: dict[str, str] = {}
        """Which channel a user has looked at last; a server stores it no more than this."""

    def get_user_status(self, user_id: str) -> Status:
        status = self._status(user_id)
        if status is None:
            raise fail(
                "GetStatus", "app.status.get.missing.app_error", 404, "No status is known of this user."
            )
        return status

    def _status(self, user_id: str) -> Status | None:
        status = self.store.get(STATUSES, user_id)
        return status and status.evolve(active_channel=self._active.get(user_id, ""))

    def status_of(self, user_id: str) -> Status:
        """Return a user's status; offline if none is known."""
        return self._status(user_id) or Status(user_id=user_id, status="offline")

    def be_online(self, user_id: str, active_channel: str | None = None) -> None:
        """Note a sign of life; a status that the user has chosen stays.

        Args:
            user_id: the user.
            active_channel: the channel that the user looks at, empty for none.
        """
        if active_channel is not None:
            self._active[user_id] = active_channel
        before = self._status(user_id)
        if before is None or not before.manual:
            self._keep_status(Status(user_id=user_id, status="online", last_activity_at=self.now()), before)

    def be_offline(self, user_id: str) -> None:
        """Note that a user's last client has gone; a status that the user has chosen stays."""
        before = self._status(user_id)
        if before is not None and not before.manual:
            self._keep_status(before.evolve(status="offline"), before)

    def _keep_status(self, status: Status, before: Status | None) -> None:
        self.store.put(STATUSES, status)
        if before is None or before.status != status.status:
            data = {"status": status.status, "user_id": status.user_id}
            self.host.publish("status_change", data, self.app.broadcast(user_id=status.user_id))

    def get_user_statuses_by_ids(self, user_ids: list[str]) -> list[Status]:
        known = {status.user_id: status for status in self.store.among(STATUSES, "user_id", user_ids)}
        unknown = [Status(user_id=id, status="offline") for id in user_ids if id not in known]
        return [*known.values(), *unknown]

    def update_user_status(self, user_id: str, status: str) -> Status:
        if status not in ("online", "offline", "away", "dnd"):
            text = "A status is online, offline, away or dnd."
            raise fail(
                "UpdateUserStatus",
                "plugin.api.update_user_status.bad_status",
                400,
                text,
                "unrecognized status",
            )
        return self._set_status(user_id, status)

    def set_user_status_timed_dnd(self, user_id: str, endtime: int) -> Status:
        end = endtime - endtime % _DND_STEP  # the server looks every five minutes
        return self._set_status(user_id, "dnd", dnd_end_time=end, is_timed=True)

    def _set_status(self, user_id: str, status: str, dnd_end_time: int = 0, is_timed: bool = False) -> Status:
        before = self.store.get(STATUSES, user_id)
        new = Status(
            user_id=user_id,
            status=status,
            manual=status != "online",  # the server knows no other online
            last_activity_at=self.now(),
            dnd_end_time=dnd_end_time,
            prev_status=(before.status if before else "offline") if is_timed else "",
        )
        self.store.put(STATUSES, new)
        data = {"status": status, "user_id": user_id}
        self.host.publish("status_change", data, self.app.broadcast(user_id=user_id))
        return new

    def update_user_custom_status(self, user_id: str, custom_status: CustomStatus) -> None:
        if not custom_status.emoji and not custom_status.text:
            id = "api.custom_status.set_custom_statuses.update.app_error"
            raise fail("SetCustomStatus", id, 400, "A custom status has an emoji or a text.")
        if custom_status.emoji:
            try:
                self.app.check_emoji(custom_status.emoji)
            except AppError as error:
                id = "api.custom_status.set_custom_statuses.emoji_not_found"
                raise fail("SetCustomStatus", id, 400, "There is no such emoji.") from error
        user = self.app.stored_user(user_id, "GetUser")
        status = _document(custom_status)
        self._set_props(user, {**user.props, "customStatus": _compact(status)})
        others = [one for one in self._recent(user_id) if one.get("text") != status["text"]]
        self._keep_recent(user_id, [status, *others][:_RECENT])

    def _recent(self, user_id: str) -> list[dict[str, Any]]:
        kept = self.store.get(PREFERENCES, user_id, *_RECENT_STATUSES)
        return list(json.loads(kept.value)) if kept else []

    def _keep_recent(self, user_id: str, statuses: list[dict[str, Any]]) -> None:
        category, name = _RECENT_STATUSES
        kept = Preference(user_id=user_id, category=category, name=name, value=_compact(statuses))
        self.update_preferences_for_user(user_id, [kept])

    def forget_custom_status(self, user_id: str, custom_status: CustomStatus) -> None:
        """Remove a custom status from those that a user has had lately.

        Raises:
            AppError: (400) it is not one of them.
        """
        self.get_preference_for_user(user_id, *_RECENT_STATUSES)
        known, gone = self._recent(user_id), _document(custom_status)
        if gone not in known:
            id = "api.custom_status.recent_custom_statuses.delete.app_error"
            raise fail("RemoveRecentCustomStatus", id, 400, "The user has not had this status lately.")
        self._keep_recent(user_id, [one for one in known if one != gone])

    def remove_user_custom_status(self, user_id: str) -> None:
        user = self.app.stored_user(user_id, "GetUser")
        self._set_props(user, {key: value for key, value in user.props.items() if key != "customStatus"})

    def _set_props(self, user: User, props: dict[str, str]) -> None:
        self.app.save_user(user.evolve(props=props, update_at=self.now()), where="UpdateUser")

    def get_preference_for_user(self, user_id: str, category: str, name: str) -> Preference:
        found = self.store.get(PREFERENCES, user_id, category, name)
        if found is None:
            where = "GetPreferenceByCategoryAndNameForUser"
            raise fail(where, "app.preference.get.app_error", 400, "There is no such preference.")
        return found

    def get_preferences_for_user(self, user_id: str) -> list[Preference]:
        return self.store.select(PREFERENCES, "WHERE user_id = ? ORDER BY category, name", user_id)

    def update_preferences_for_user(self, user_id: str, preferences: list[Preference]) -> None:
        for preference in preferences:
            if preference.user_id != user_id:
                text = "A preference names another user."
                id = "api.preference.update_preferences.set.app_error"
                raise fail("UpdatePreferences", id, 403, text, f"userId={user_id}")
            _check_preference(preference)
        with self.store.transaction():
            for preference in preferences:
                self.store.put(PREFERENCES, preference)
        for preference in preferences:
            self.app.follow_star(preference)
        self.publish("preferences_changed", user_id=user_id, preferences=preferences)
        self.firing.tell("preferences_have_changed", plugin_context(), preferences)

    def delete_preferences_for_user(self, user_id: str, preferences: list[Preference]) -> None:
        if any(preference.user_id != user_id for preference in preferences):
            text = "A preference names another user."
            id = "api.preference.delete_preferences.delete.app_error"
            raise fail("DeletePreferences", id, 403, text, f"userId={user_id}")
        with self.store.transaction():
            for one in preferences:
                self.store.execute(
                    "DELETE FROM preferences WHERE user_id = ? AND category = ? AND name = ?",
                    user_id,
                    one.category,
                    one.name,
                )
        for one in preferences:
            self.app.follow_star(one.evolve(value="false"))
        self.publish("preferences_deleted", user_id=user_id, preferences=preferences)

    def log_in(self, user: User, device_id: str = "") -> Session:
        """Make a session for a user whose password was right, unless a plugin refuses."""
        if user.delete_at:
            text = "This account has been switched off."
            raise fail("checkUserNotDisabled", "api.user.login.inactive.app_error", 401, text)
        if reason := self.firing.veto("user_will_log_in", plugin_context(), user):
            raise fail("DoLogin", f"Login rejected by plugin: {reason}", 400)
        hours = int(self.app.setting("ServiceSettings", "SessionLengthWebInHours"))
        session = self.create_session(
            Session(
                user_id=user.id,
                roles=user.roles,
                device_id=device_id,
                expires_at=self.now() + hours * 3_600_000,
                props={"csrf": new_id(), "isMobile": "true" if device_id else "false"},
            )
        )
        self.store.execute("UPDATE users SET last_login = ? WHERE id = ?", session.create_at, user.id)
        self.firing.tell("user_has_logged_in", plugin_context(), user)
        return session

    def create_session(self, session: Session) -> Session:
        if not is_id(session.user_id):
            raise fail("CreateSession", "app.session.save.app_error", 500, "A session belongs to a user.")
        now = self.now()
        new = session.evolve(
            id=session.id or new_id(),
            token=session.token or new_id(),
            create_at=now,
            last_activity_at=now,
        )
        self.store.insert(SESSIONS, new)
        return new

    def get_session(self, session_id: str) -> Session:
        session = self.store.get(SESSIONS, session_id)
        if session is None:
            raise fail("GetSessionById", "app.session.get.app_error", 400, "There is no such session.")
        return session

    def session_for_token(self, token: str) -> Session | None:
        """Return the session behind a token, None if there is none or it has ended.

        A personal access token gets its session when it is first used, as on the server.
        """
        session = self.store.first(SESSIONS, "token = ?", token) or self._session_of_owner(token)
        session = session or self._session_of_access_token(token)
        ended = session is not None and 0 < session.expires_at <= self.now()
        return None if ended else session

    def let_in(self, token: str) -> None:
        """Let whoever has a token in as an administrator, who is whoever runs the host: see `OWNER`."""
        self._owner_token = token

    def _session_of_owner(self, token: str) -> Session | None:
        own = self._owner_token
        if not own or not secrets.compare_digest(token.encode(), own.encode()):
            return None
        query = "SELECT id FROM users WHERE instr(roles, 'system_admin') AND delete_at = 0 ORDER BY create_at"
        user_id = self.store.scalar(query)
        if user_id is None:
            return None
        roles = self.app.get_user(user_id).roles
        return Session(id=new_id(), token=token, user_id=user_id, roles=roles, props={OWNER: "true"})

    def _session_of_access_token(self, text: str) -> Session | None:
        token = self.store.first(ACCESS_TOKENS, "token = ? AND is_active", text)
        user = self.app.maybe_user(token.user_id) if token else None
        if token is None or user is None or user.delete_at or 0 < token.expires_at <= self.now():
            return None
        if not (user.is_bot or self.app.setting("ServiceSettings", "EnableUserAccessTokens")):
            return None
        props = {"type": "UserAccessToken", "user_access_token_id": token.id}
        if user.is_bot:
            props["is_bot"] = "true"
        return self.create_session(
            Session(
                user_id=user.id,
                roles=user.roles,
                token=text,
                props=props,
                expires_at=token.expires_at or self.now() + _HUNDRED_YEARS_MS,
            )
        )

    def extend_session_expiry(self, session_id: str, new_expiry: int) -> None:
        if not self.store.execute("UPDATE sessions SET expires_at = ? WHERE id = ?", new_expiry, session_id):
            id = "app.session.get_sessions.app_error"
            raise fail("extendSessionExpiry", id, 500, "There is no such session.")

    def revoke_session(self, session_id: str) -> None:
        if not self.store.execute("DELETE FROM sessions WHERE id = ?", session_id):
            raise fail("RevokeSessionById", "app.session.get.app_error", 400, "There is no such session.")

    def create_user_access_token(self, token: UserAccessToken) -> UserAccessToken:
        user = self.app.get_user(token.user_id)
        enabled = self.app.setting("ServiceSettings", "EnableUserAccessTokens")
        if not enabled and not user.is_bot:
            text = "Personal access tokens are switched off."
            raise fail("CreateUserAccessToken", "app.user_access_token.disabled", 501, text)
        new = token.evolve(id=token.id or new_id(), token=new_id(), is_active=True)
        self.store.insert(ACCESS_TOKENS, new)
        return new

    def revoke_user_access_token(self, token_id: str) -> None:
        token = self.store.get(ACCESS_TOKENS, token_id)
        if token is None:
            id = "app.user_access_token.get_by_user.app_error"
            raise fail("GetUserAccessToken", id, 404, "There is no such token.")
        with self.store.transaction():
            self.store.execute("DELETE FROM access_tokens WHERE id = ?", token_id)
            self.store.execute("DELETE FROM sessions WHERE token = ?", token.token)

    def update_user_auth(self, user_id: str, user_auth: UserAuth) -> UserAuth:
        user = self.store.get(USERS, user_id)
        if user is None:  # the server does not look either
            return user_auth
        changed = user.evolve(
            auth_data=user_auth.auth_data,
            auth_service=user_auth.auth_service,
            password="",
            update_at=self.now(),
        )
        self.store.update(USERS, changed)
        return user_auth

    def get_ldap_user_attributes(self, user_id: str, attributes: list[str]) -> dict[str, str]:
        raise fail("GetLdapUserAttributes", "ent.ldap.disabled.app_error", 501, "LDAP is not in use.")

    @approximate("roles are the server's defaults; schemes and custom roles are not known")
    def has_permission_to(self, user_id: str, permission: Permission) -> bool:
        user = self.app.maybe_user(user_id)
        return user is not None and grants(user.roles.split(), permission.id)

    @approximate("roles are the server's defaults; schemes and custom roles are not known")
    def has_permission_to_team(self, user_id: str, team_id: str, permission: Permission) -> bool:
        if not user_id or not team_id:
            return False
        member = self.app.maybe_team_member(team_id, user_id)
        if member and not member.delete_at and grants(member.roles.split(), permission.id):
            return True
        return self.has_permission_to(user_id, permission)

    @approximate("roles are the server's defaults; schemes and custom roles are not known")
    def has_permission_to_channel(self, user_id: str, channel_id: str, permission: Permission) -> bool:
        if not user_id or not channel_id:
            return False
        member = self.app.maybe_channel_member(channel_id, user_id)
        if member and grants(member.roles.split(), permission.id):
            return True
        channel = self.app.maybe_channel(channel_id)
        if channel and channel.team_id:
            return self.has_permission_to_team(user_id, channel.team_id, permission)
        return self.has_permission_to(user_id, permission)

    @approximate("roles are the server's defaults; custom roles are not known")
    def roles_grant_permission(self, role_names: list[str], permission_id: str) -> bool:
        return grants(role_names, permission_id)

    def check_role(self, name: str) -> None:
        """Raise an AppError (400) if there is no such role."""
        if name != "system_admin" and name not in ROLES:
            raise fail("GetRoleByName", "app.role.get_by_name.app_error", 400, f"There is no role {name!r}.")

    def publish_user_typing(self, user_id: str, channel_id: str, parent_id: str) -> None:
        data = {"user_id": user_id, "parent_id": parent_id}
        self.host.publish("typing", data, self.app.broadcast(channel_id=channel_id))

    def get_profile_image(self, user_id: str) -> ByteStream:
        user = self.app.get_user(user_id)
        path = f"users/{user_id}/profile.png"
        stored = self.app.blob_head(path)
        return ByteStream(self.app.blob(path) if stored else iter([plain_picture(user.username)]))

    @approximate("the picture is kept as it is given, and not scaled")
    def set_profile_image(self, user_id: str, data: Content) -> None:
        user, path = self.app.stored_user(user_id, "GetUser"), f"users/{user_id}/profile.png"
        self.app.write_picture(path, data, "SetProfileImage", "api.user.upload_profile_user.decode.app_error")
        now = self.now()
        self.app.save_user(user.evolve(last_picture_update=now, update_at=now), where="SetProfileImage")

    def reset_profile_image(self, user_id: str) -> None:
        """Take a user's picture away; the host makes one again."""
        user = self.app.stored_user(user_id, "GetUser")
        self.app.drop_blob(f"users/{user_id}/profile.png")
        cleared = user.evolve(last_picture_update=0, update_at=self.now())
        self.app.save_user(cleared, where="SetDefaultProfileImage")


def _document(status: CustomStatus) -> dict[str, Any]:
    return {**json_converter().unstructure(status), "expires_at": written_time(status.expires_at)}


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _check_preference(preference: Preference) -> None:
    wrong = first_wrong(
        ("id", not is_id(preference.user_id)),
        ("category", not 0 < len(preference.category) <= 32),
        ("name", len(preference.name) > 32),
        ("value", len(preference.value) > 20_000),
    )
    if wrong:
        text = f"This is no valid {wrong} of a preference."
        raise fail("Preference.IsValid", f"model.preference.is_valid.{wrong}.app_error", 400, text)
