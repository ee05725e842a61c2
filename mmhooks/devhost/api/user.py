"""Users: accounts and how to find them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from mmhooks.api.models import Preference, User, UserGetOptions, UserSearch
from mmhooks.devhost.api.base import MISSING_ACCOUNT, Topic, fail, first_wrong
from mmhooks.devhost.hooks import plugin_context
from mmhooks.devhost.ids import hash_password, is_id, new_id
from mmhooks.devhost.tables import PREFERENCES, USERS
from mmhooks.devhost.text import containing
from mmhooks.errors import AppError, NotFoundError

_USERNAME: Final = re.compile(r"[a-z0-9._:-]{1,64}")
_RESERVED: Final = frozenset({"all", "channel", "matterbot", "system", "here"})
_EMAIL: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_LENGTHS: Final = {"nickname": 64, "position": 128, "first_name": 64, "last_name": 64}
SEARCHED: Final = ("username", "first_name", "last_name", "nickname", "email")
"""Where clients search for users."""
_FROM_STORE: Final = (
    "create_at",
    "auth_data",
    "auth_service",
    "password",
    "last_password_update",
    "last_picture_update",
    "failed_attempts",
    "mfa_secret",
    "mfa_active",
    "roles",
    "delete_at",
    "remote_id",
    "last_login",
)

NOTIFY_PROPS: Final = {
    "email": "true",
    "push": "mention",
    "desktop": "mention",
    "desktop_sound": "true",
    "mention_keys": "",
    "channel": "true",
    "push_status": "online",
    "comments": "never",
    "first_name": "false",
    "desktop_threads": "all",
    "email_threads": "all",
    "push_threads": "all",
    "auto_follow_threads": "true",
}
"""A user's notification settings before anybody has chosen."""


class UserTopic(Topic):
    """Users: accounts and how to find them."""

    def users_where(self, rest: str, *parameters: Any) -> list[User]:
        """Return users, bots among them with what is known of bots; `rest` follows the table's name."""
        rows = self.store.rows(
            f"SELECT {USERS.selection}, b.user_id IS NOT NULL, ifnull(b.description, ''),"
            f" ifnull(b.last_icon_update, 0) FROM users LEFT JOIN bots b ON b.user_id = users.id {rest}",
            *parameters,
        )
        return [
            USERS.load(
                row[:-3],
                password="",
                is_bot=bool(row[-3]),
                bot_description=row[-2],
                bot_last_icon_update=row[-1],
            )
            for row in rows
        ]

    def find_user(self, name: str) -> User:
        """Return the user with this id, username or email address."""
        found = self.users_where("WHERE users.id = ?1 OR username = ?1 OR email = ?1 LIMIT 1", name.lower())
        if not found:
            raise fail("GetUser", MISSING_ACCOUNT, 404, f"There is no user {name!r}.")
        return found[0]

    def get_user(self, user_id: str) -> User:
        found = self.users_where("WHERE users.id = ?", user_id)
        if not found:
            raise fail(
                "GetUser", MISSING_ACCOUNT, 404, "There is no such user.", f"resource: User id: {user_id}"
            )
        return found[0]

    def maybe_user(self, user_id: str) -> User | None:
        """Return the user, None without one or for an empty id."""
        found = self.users_where("WHERE users.id = ?", user_id) if user_id else []
        return found[0] if found else None

    def get_user_by_email(self, email: str) -> User:
        found = self.users_where("WHERE email = ?", email.lower())
        if not found:
            raise fail("GetUserByEmail", MISSING_ACCOUNT, 404, "There is no user with this email address.")
        return found[0]

    def get_user_by_username(self, name: str) -> User:
        found = self.users_where("WHERE username = ?", name.lower())
        if not found:
            text = "There is no user with this username."
            raise fail("GetUserByUsername", "app.user.get_by_username.app_error", 404, text)
        return found[0]

    def get_users_by_usernames(self, usernames: list[str]) -> list[User]:
        if not usernames:
            return []
        marks = ", ".join("?" * len(usernames))
        return self.users_where(f"WHERE username IN ({marks}) ORDER BY username", *usernames)

    def get_users_by_ids(self, user_ids: list[str]) -> list[User]:
        if not user_ids:
            return []
        marks = ", ".join("?" * len(user_ids))
        return self.users_where(f"WHERE users.id IN ({marks}) ORDER BY username", *user_ids)

    def get_users(self, options: UserGetOptions) -> list[User]:
        # The server does not look at teams and channels here.
        everywhere = UserGetOptions(
            page=options.page,
            per_page=options.per_page,
            role=options.role,
            roles=options.roles,
            active=options.active,
            inactive=options.inactive,
            updated_after=options.updated_after,
        )
        return self._page(everywhere)

    def _page(self, options: UserGetOptions) -> list[User]:
        where, parameters = _conditions(options)
        rest = f"WHERE {where} ORDER BY username LIMIT ? OFFSET ?"
        return self.users_where(rest, *parameters, options.per_page, options.page * options.per_page)

    def get_users_in_team(self, team_id: str, page: int, per_page: int) -> list[User]:
        return self._page(UserGetOptions(in_team_id=team_id, page=page, per_page=per_page))

    def get_users_in_channel(self, channel_id: str, sort_by: str, page: int, per_page: int) -> list[User]:
        order = {
            "username": "username",
            "status": "CASE s.status WHEN 'online' THEN 1 WHEN 'away' THEN 2 WHEN 'dnd' THEN 3 ELSE 4 END,"
            " username",
        }.get(sort_by)
        if order is None:
            text = "Users are sorted by username or status."
            raise fail(
                "GetUsersInChannel", "plugin.api.get_users_in_channel", 400, text, "invalid sort option"
            )
        return self.users_where(
            "JOIN channel_members m ON m.user_id = users.id LEFT JOIN statuses s ON s.user_id = users.id"
            f" WHERE m.channel_id = ? ORDER BY {order} LIMIT ? OFFSET ?",
            channel_id,
            per_page,
            page * per_page,
        )

    def search_users(self, search: UserSearch) -> list[User]:
        # The server looks at neither roles nor full names here.
        return self.find_users(search.evolve(role="", roles=[]), ("username", "nickname"))

    def find_users(self, search: UserSearch, fields: Sequence[str] = SEARCHED) -> list[User]:
        """Return the users in whose fields all words of a search occur, by username.

        Args:
            search: of its places the first one counts: no team, a channel, not in a channel, not in a team, a team.
            fields: columns of users.
        """
        options = UserGetOptions(active=not search.allow_inactive, role=search.role, roles=search.roles)
        where, parameters = _conditions(_placed(options, search))
        has_word = " OR ".join([*(f"lower({name}) LIKE ? ESCAPE '*'" for name in fields), "users.id = ?"])
        for word in search.term.split():
            where += f" AND ({has_word})"
            parameters += [*[containing(word.lstrip("@"), "*")] * len(fields), word.lstrip("@")]
        return self.users_where(f"WHERE {where} ORDER BY username LIMIT ?", *parameters, search.limit)

    def create_user(self, user: User) -> User:
        self.check_password(user)
        first = not self.store.scalar("SELECT 1 FROM users LIMIT 1")
        roles = "system_admin system_user" if first else "system_user"
        saved = self.insert_user(user.evolve(roles=roles))
        self._first_preferences(saved)
        self.host.publish("new_user", {"user_id": saved.id}, self.app.broadcast())
        self.firing.tell("user_has_been_created", plugin_context(), saved)
        return saved

    def insert_user(self, user: User) -> User:
        """Store a new account, completed and checked, without firing hooks."""
        if user.id and self.maybe_user(user.id):
            raise fail("CreateUser", "app.user.save.existing.app_error", 400, "This user exists already.")
        now = user.create_at or self.now()
        user = _completed(user).evolve(
            id=user.id or new_id(), create_at=now, update_at=now, last_password_update=now, mfa_active=False
        )
        _check(user)
        try:
            self.store.insert(USERS, user.evolve(password=hash_password(user.password)))
        except sqlite3.IntegrityError as error:
            raise _taken("CreateUser", str(error)) from None
        return user.evolve(password="", auth_data=None)

    def check_password(self, user: User) -> None:
        """Raise AppError (400) if a new password is too short or too long."""
        least = int(self.app.setting("PasswordSettings", "MinimumLength"))
        if user.auth_service:
            return
        if len(user.password) < least:
            text = f"The password must have at least {least} characters."
            raise fail("createUserOrGuest", "model.user.is_valid.pwd_min_length.app_error", 400, text)
        if len(user.password.encode()) > 72:
            text = "The password must have at most 72 bytes."
            raise fail("createUserOrGuest", "model.user.is_valid.pwd_max_length.app_error", 400, text)

    def _first_preferences(self, user: User) -> None:
        first = [("recommended_next_steps", "hide", "false"), ("tutorial_step", user.id, "0")]
        for category, name, value in [*first, ("system_notice", "GMasDM", "true")]:
            row = Preference(user_id=user.id, category=category, name=name, value=value)
            self.store.put(PREFERENCES, row)

    def update_user(self, user: User) -> User:
        old = self.store.get(USERS, user.id)
        if old is None:
            raise fail("UpdateUser", MISSING_ACCOUNT, 404, "There is no such user.")
        kept = {name: getattr(old, name) for name in _FROM_STORE}
        new = _completed(user).evolve(**kept, update_at=self.now())
        new = new.evolve(email_verified=old.email_verified and new.email == old.email)
        self.save_user(new, where="UpdateUser")
        return self.get_user(user.id)

    def save_user(self, user: User, *, where: str) -> None:
        """Write over an account, the stored password included, and tell clients."""
        _check(user.evolve(password=""))
        try:
            self.store.update(USERS, user)
        except sqlite3.IntegrityError as error:
            raise _taken(where, str(error)) from None
        self.publish("user_updated", user=user.evolve(password="", mfa_secret="", auth_data=None))

    def stored_user(self, user_id: str, where: str, status: int = 404) -> User:
        """Return the account as it is stored, for `save_user`."""
        user = self.store.get(USERS, user_id)
        if user is None:
            raise fail(where, MISSING_ACCOUNT, status, "There is no such user.")
        return user

    def delete_user(self, user_id: str) -> None:
        self.update_user_active(user_id, False)

    def update_user_active(self, user_id: str, active: bool) -> None:
        now = self.now()
        user = self.stored_user(user_id, "GetUser").evolve(update_at=now, delete_at=0 if active else now)
        self.save_user(user, where="UpdateActive")
        if not active:
            self.store.execute("DELETE FROM sessions WHERE user_id = ?", user_id)
            self.firing.tell("user_has_been_deactivated", plugin_context(), self.get_user(user_id))

    def update_user_roles(self, user_id: str, new_roles: str) -> User:
        user = self.stored_user(user_id, "GetUser", 400)
        for role in new_roles.split():
            self.app.check_role(role)
        self.save_user(user.evolve(roles=new_roles, update_at=self.now()), where="UpdateUserRoles")
        self.store.execute("UPDATE sessions SET roles = ? WHERE user_id = ?", new_roles, user_id)
        return self.get_user(user_id)


def is_guest(user: User) -> bool:
    """Say whether an account is a guest's."""
    return "system_guest" in user.roles.split()


def user_exists(topic: UserTopic, user_id: str) -> bool:
    """Say whether there is such an account."""
    try:
        topic.get_user(user_id)
    except NotFoundError:
        return False
    return True


def _placed(options: UserGetOptions, search: UserSearch) -> UserGetOptions:
    if search.without_team:
        return options.evolve(without_team=True)
    if search.in_channel_id:
        return options.evolve(in_channel_id=search.in_channel_id)
    if search.not_in_channel_id:
        return options.evolve(not_in_channel_id=search.not_in_channel_id, in_team_id=search.team_id)
    if search.not_in_team_id:
        return options.evolve(not_in_team_id=search.not_in_team_id)
    return options.evolve(in_team_id=search.team_id)


def _conditions(options: UserGetOptions) -> tuple[str, list[Any]]:
    tests: list[tuple[bool, str, list[Any]]] = [
        (bool(value), f"users.id {word} (SELECT user_id FROM {table} WHERE {column} = ?{extra})", [value])
        for value, word, table, column, extra in (
            (options.in_team_id, "IN", "team_members", "team_id", " AND delete_at = 0"),
            (options.not_in_team_id, "NOT IN", "team_members", "team_id", " AND delete_at = 0"),
            (options.in_channel_id, "IN", "channel_members", "channel_id", ""),
            (options.not_in_channel_id, "NOT IN", "channel_members", "channel_id", ""),
        )
    ]
    everyone = "users.id NOT IN (SELECT user_id FROM team_members WHERE delete_at = 0)"
    tests.append((options.without_team, everyone, []))
    tests.append((options.inactive, "users.delete_at <> 0", []))
    tests.append((options.active and not options.inactive, "users.delete_at = 0", []))
    tests.append((options.updated_after > 0, "users.update_at > ?", [options.updated_after]))
    names = [name for name in (options.role, *options.roles) if name]
    any_role = " OR ".join(["(' ' || users.roles || ' ') LIKE ?"] * len(names))
    tests.append((bool(names), f"({any_role})", [f"% {name} %" for name in names]))
    chosen = [(sql, values) for applies, sql, values in tests if applies]
    where = " AND ".join(sql for sql, _ in chosen) or "1"
    return where, [value for _, values in chosen for value in values]


def _completed(user: User) -> User:
    return user.evolve(
        username=(user.username or f"a{new_id()}").lower(),
        email=user.email.lower(),
        locale=user.locale or "en",
        notify_props=user.notify_props or dict(NOTIFY_PROPS),
        timezone=user.timezone
        or {"useAutomaticTimezone": "true", "automaticTimezone": "", "manualTimezone": ""},
        auth_data=user.auth_data or None,
    )


def _check(user: User) -> None:
    wrong = first_wrong(
        ("id", not is_id(user.id)),
        ("username", not _USERNAME.fullmatch(user.username) or user.username in _RESERVED),
        ("email", len(user.email) > 128 or not _EMAIL.fullmatch(user.email)),
        *((name, len(getattr(user, name)) > most) for name, most in _LENGTHS.items()),
        ("auth_data_type", bool(user.auth_data) and not user.auth_service),
        ("auth_data_pwd", bool(user.auth_data) and bool(user.password)),
        ("roles_limit", len(user.roles) > 256),
    )
    if wrong:
        text = f"This is no valid {wrong.replace('_', ' ')} of a user."
        raise fail("User.IsValid", f"model.user.is_valid.{wrong}.app_error", 400, text, f"user_id={user.id}")


def _taken(where: str, problem: str) -> AppError:
    field = "email" if "users.email" in problem else "username"
    text = f"Another account has this {'email address' if field == 'email' else field} already."
    return fail(where, f"app.user.save.{field}_exists.app_error", 400, text)
