"""Bots."""

from __future__ import annotations

from typing import Final

from mmhooks.api.models import Bot, BotGetOptions, BotPatch, Post, User
from mmhooks.devhost.api.base import MISSING_ACCOUNT, Topic, fail
from mmhooks.devhost.tables import BOTS, USERS
from mmhooks.errors import AppError

_BOT_KEY: Final = "mmi_botid"
_SYSTEM_BOT: Final = "system-bot"


class BotTopic(Topic):
    """Bots."""

    def _bots(self, rest: str, *parameters: object) -> list[Bot]:
        rows = self.store.rows(
            f"SELECT {BOTS.selection}, u.username, u.first_name FROM bots"
            f" JOIN users u ON u.id = bots.user_id {rest}",
            *parameters,
        )
        return [BOTS.load(row[:-2]).evolve(username=row[-2], display_name=row[-1]) for row in rows]

    def get_bot(self, bot_user_id: str, include_deleted: bool) -> Bot:
        deleted = "" if include_deleted else "AND bots.delete_at = 0"
        found = self._bots(f"WHERE bots.user_id = ? {deleted}", bot_user_id)
        if not found:
            id = "store.sql_bot.get.missing.app_error"
            raise fail("SqlBotStore.Get", id, 404, "There is no such bot.", f"bot_user_id={bot_user_id}")
        return found[0]

    def get_bots(self, options: BotGetOptions) -> list[Bot]:
        tests = ["1"]
        if not options.include_deleted:
            tests.append("bots.delete_at = 0")
        if options.only_orphaned:
            tests.append("bots.owner_id IN (SELECT id FROM users WHERE delete_at <> 0)")
        values: list[object] = []
        if options.owner_id:
            tests.append("bots.owner_id = ?")
            values.append(options.owner_id)
        rest = f"WHERE {' AND '.join(tests)} ORDER BY bots.create_at, u.username LIMIT ? OFFSET ?"
        return self._bots(rest, *values, options.per_page, options.page * options.per_page)

    def create_bot(self, bot: Bot) -> Bot:
        owner_id = bot.owner_id or self.host.plugin_id
        owner = self.app.maybe_user(owner_id)
        if owner is not None and owner.is_bot:
            raise fail("CreateBot", "plugin_api.bot_cant_create_bot", 400, "A bot cannot own another bot.")
        return self.save_bot(bot.evolve(owner_id=owner_id), owner)

    def save_bot(self, bot: Bot, owner: User | None = None) -> Bot:
        """Store a bot with its account."""
        _check(bot)
        account = User(
            username=bot.username,
            email=f"{bot.username.lower()}@localhost",
            first_name=bot.display_name,
            roles="system_user",
        )
        with self.store.transaction():
            user = self.app.insert_user(account)
            now = self.now()
            new = bot.evolve(
                user_id=user.id, username=user.username, create_at=now, update_at=now, delete_at=0
            )
            self.store.insert(BOTS, new)
        if owner is not None:
            channel = self.app.get_direct_channel(user.id, owner.id)
            text = "Please add me to the teams and channels that I am to work in."
            kind = "system_add_bot_teams_channels"
            self.app.save_post(Post(channel_id=channel.id, user_id=user.id, type=kind, message=text))
        return new

    def patch_bot(self, bot_user_id: str, bot_patch: BotPatch) -> Bot:
        bot = self.get_bot(bot_user_id, True)
        changed = bot.evolve(
            username=bot.username if bot_patch.username is None else bot_patch.username.lower(),
            display_name=bot.display_name if bot_patch.display_name is None else bot_patch.display_name,
            description=bot.description if bot_patch.description is None else bot_patch.description,
            update_at=self.now(),
        )
        if changed.evolve(update_at=bot.update_at) == bot:
            return bot
        _check(changed)
        user = self.app.stored_user(bot_user_id, "PatchBot").evolve(
            username=changed.username,
            email=f"{changed.username}@localhost",
            first_name=changed.display_name,
            update_at=self.now(),
        )
        self.app.save_user(user, where="PatchBot")
        self.store.update(BOTS, changed)
        return changed

    def update_bot_active(self, bot_user_id: str, active: bool) -> Bot:
        if self.store.get(USERS, bot_user_id) is None:
            raise fail("PatchBot", MISSING_ACCOUNT, 404, "There is no such user.")
        self.app.update_user_active(bot_user_id, active)
        bot = self.get_bot(bot_user_id, True)
        if active != bool(bot.delete_at):
            return bot
        now = self.now()
        bot = bot.evolve(delete_at=0 if active else now, update_at=now)
        self.store.update(BOTS, bot)
        return bot

    def permanent_delete_bot(self, bot_user_id: str) -> None:
        with self.store.transaction():
            self.store.execute("DELETE FROM bots WHERE user_id = ?", bot_user_id)
            self.store.execute("DELETE FROM users WHERE id = ?", bot_user_id)

    def ensure_bot_user(self, bot: Bot) -> str:
        if not bot.username:
            raise fail("EnsureBot", "passed a bot with no username", 500, "A bot needs a username.")
        kept = self.app.kv_get(_BOT_KEY)
        if kept is not None and self.store.get(BOTS, kept.decode()):
            patch = BotPatch(
                username=bot.username, display_name=bot.display_name, description=bot.description
            )
            self.patch_bot(kept.decode(), patch)
            return kept.decode()
        try:
            user = self.app.get_user_by_username(bot.username)
        except AppError:
            user_id = self.create_bot(bot.evolve(owner_id=self.host.plugin_id)).user_id
        else:
            user_id = user.id
            if not user.is_bot:
                text = "the plugin's bot cannot be made: a person has its username"
                self.host.log("error", text, username=bot.username, user_id=user_id)
                return user_id
        self.app.kv_set(_BOT_KEY, user_id.encode())
        return user_id

    def system_bot_id(self) -> str:
        """Return the bot in whose name the server itself posts; it is made when it is first needed."""
        found = self._bots("WHERE u.username = ?", _SYSTEM_BOT)
        if found:
            return found[0].user_id
        admins = self.app.users_where(
            "WHERE roles LIKE '%system_admin%' AND users.delete_at = 0 ORDER BY users.create_at LIMIT 1"
        )
        owner_id = admins[0].id if admins else ""
        return self.save_bot(Bot(username=_SYSTEM_BOT, display_name="System", owner_id=owner_id)).user_id


def _check(bot: Bot) -> None:
    for part, bad in (
        ("username", not bot.username or len(bot.username) > 64),
        ("display_name", len(bot.display_name) > 64),
        ("description", len(bot.description) > 1024),
        ("creator_id", not bot.owner_id and bot.username != _SYSTEM_BOT),
    ):
        if bad:
            id = f"model.bot.is_valid.{part}.app_error"
            raise fail("Bot.IsValid", id, 400, f"This is no valid {part} of a bot.")
