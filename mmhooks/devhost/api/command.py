"""Slash commands: the plugin's own, and custom ones."""

from __future__ import annotations

import re
import sqlite3
import threading
from typing import Any, Final

from mmhooks.api.models import AutocompleteData, Command, CommandArgs, CommandResponse, Post
from mmhooks.devhost.api.base import Topic, approximate, fail, first_wrong, plain
from mmhooks.devhost.builtin import BUILT_IN
from mmhooks.devhost.hooks import plugin_context
from mmhooks.devhost.ids import is_id, new_id
from mmhooks.devhost.tables import COMMANDS
from mmhooks.devhost.text import channel_mentions, mentions
from mmhooks.errors import AppError

_TRIGGER: Final = re.compile(r"[^/\s]\S{0,127}")
_SPACE: Final = re.compile(r"\s")


class CommandTopic(Topic):
    """Slash commands: the plugin's own, and custom ones."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._registered: list[Command] = []
        self._registered_lock = threading.Lock()

    def register_command(self, command: Command) -> None:
        if not command.trigger:
            raise fail("RegisterPluginCommand", "invalid command", 500, "A command needs a trigger.")
        data = command.autocomplete_data or AutocompleteData(
            trigger=command.trigger,
            hint=command.auto_complete_hint,
            help_text=command.auto_complete_desc,
            role_id="system_user",
        )
        kept = Command(
            trigger=command.trigger.lower(),
            team_id=command.team_id,
            auto_complete=command.auto_complete,
            auto_complete_desc=command.auto_complete_desc,
            auto_complete_hint=command.auto_complete_hint,
            display_name=command.display_name,
            autocomplete_data=data,
            autocomplete_icon_data=command.autocomplete_icon_data,
        )
        with self._registered_lock:
            known = [(one.trigger, one.team_id) for one in self._registered]
            if (kept.trigger, kept.team_id) in known:
                self._registered[known.index((kept.trigger, kept.team_id))] = kept
            else:
                self._registered.append(kept)

    def unregister_command(self, team_id: str, trigger: str) -> None:
        gone = (trigger.lower(), team_id)
        with self._registered_lock:
            self._registered = [one for one in self._registered if (one.trigger, one.team_id) != gone]

    def forget_commands(self) -> None:
        """Drop the plugin's commands, as when it is deactivated."""
        with self._registered_lock:
            self._registered = []

    def list_plugin_commands(self, team_id: str) -> list[Command]:
        with self._registered_lock:
            found = [one for one in self._registered if one.team_id in ("", team_id)]
        return list({one.trigger: one for one in reversed(found)}.values())[::-1]

    def list_custom_commands(self, team_id: str) -> list[Command]:
        return self.store.select(COMMANDS, "WHERE team_id = ? AND delete_at = 0 ORDER BY create_at", team_id)

    def list_built_in_commands(self) -> list[Command]:
        return [one.command() for one in BUILT_IN.values() if one.is_listed(self.app)]

    def list_commands(self, team_id: str) -> list[Command]:
        return [
            *self.list_plugin_commands(team_id),
            *self.list_built_in_commands(),
            *self.list_custom_commands(team_id),
        ]

    def offered_commands(self, team_id: str, *, hidden: bool = False) -> list[Command]:
        """Return what a client is offered, without secrets; of commands with one trigger, the one that runs.

        Args:
            team_id: the team.
            hidden: those too that are not completed.
        """
        custom = self.list_custom_commands(team_id) if self._are_enabled() else []
        found = [*self.list_plugin_commands(team_id), *custom, *self.list_built_in_commands()]
        by_trigger: dict[str, Command] = {}
        for one in found:
            if hidden or one.auto_complete:
                by_trigger.setdefault(one.trigger, one)
        if not self.app.setting("TeamSettings", "EnableCustomUserStatuses"):
            by_trigger.pop("status", None)
        return [
            one.evolve(token="", creator_id="", method="", url="", username="", icon_url="")
            for one in by_trigger.values()
        ]

    def _are_enabled(self) -> bool:
        return bool(self.app.setting("ServiceSettings", "EnableCommands"))

    def create_command(self, cmd: Command) -> Command:
        where, id = "CreateCommand", "api.command.duplicate_trigger.app_error"
        new = cmd.evolve(trigger=cmd.trigger.lower(), creator_id="", plugin_id=self.host.plugin_id)
        taken = {one.trigger for one in self.list_custom_commands(new.team_id)} | BUILT_IN.keys()
        if new.trigger in taken:
            raise fail(where, id, 400, "Another command has this trigger already.")
        now = self.now()
        new = new.evolve(
            id=new.id or new_id(), token=new.token or new_id(), create_at=now, update_at=now, delete_at=0
        )
        _check(new)
        try:
            self.store.insert(COMMANDS, new)
        except sqlite3.IntegrityError:
            id = "app.command.createcommand.internal_error"
            raise fail(where, id, 500, "This command exists already.") from None
        return new

    def get_command(self, command_id: str) -> Command:
        command = self.store.first(COMMANDS, "id = ? AND delete_at = 0", command_id)
        if command is None:
            raise plain(f"there is no command {command_id!r}")
        return command

    def update_command(self, command_id: str, updated_cmd: Command) -> Command:
        old = self.get_command(command_id)
        new = updated_cmd.evolve(
            trigger=updated_cmd.trigger.lower(),
            id=old.id,
            token=old.token,
            create_at=old.create_at,
            update_at=self.now(),
            delete_at=old.delete_at,
            plugin_id=self.host.plugin_id,
            team_id=updated_cmd.team_id or old.team_id,
        )
        _check(new)
        self.store.update(COMMANDS, new)
        return new

    def delete_command(self, command_id: str) -> None:
        now = self.now()
        self.store.execute(
            "UPDATE commands SET delete_at = ?1, update_at = ?1 WHERE id = ?2", now, command_id
        )

    @approximate("custom commands call no URL")
    def execute_slash_command(self, command_args: CommandArgs) -> CommandResponse:
        self.app.get_user(command_args.user_id)
        site = str(self.app.setting("ServiceSettings", "SiteURL"))
        return self.run_command(command_args.evolve(site_url=site))

    def run_command(self, args: CommandArgs) -> CommandResponse:
        """Run a slash command as the server does for whoever has typed it."""
        trigger, *rest = _SPACE.split(args.command, maxsplit=1)
        if not trigger.startswith("/"):
            id = "api.command.execute_command.format.app_error"
            raise fail("command", id, 400, "A command begins with a slash.")
        name, text = trigger[1:].lower(), "".join(rest)
        args = args.evolve(trigger_id=self.app.new_trigger(args.user_id))
        response = self._ask_plugin(args)
        if response is None:
            self._need_place(args)
            built_in = BUILT_IN.get(name)
            response = built_in.run(self.app, args, text) if built_in else None
        if response is None:
            id = "api.command.execute_command.not_found.app_error"
            raise fail("command", id, 404, f"There is no command /{name}.")
        self._post_all(args, response)
        return response

    def _ask_plugin(self, args: CommandArgs) -> CommandResponse | None:
        name = args.command.split(" ", 1)[0][1:].lower()
        if name not in [one.trigger for one in self.list_plugin_commands(args.team_id)]:
            return None
        args = args.evolve(
            user_mentions={**args.user_mentions, **self._members_named(args.command, args.team_id)},
            channel_mentions={**args.channel_mentions, **self._channels_named(args.command, args.team_id)},
        )
        try:
            answer = self.firing.ask_or_fail("execute_command", plugin_context(), args)
        except AppError as error:
            if 100 <= error.status_code <= 999:
                raise
            raise fail(error.where, error.id, 500, error.message, error.detailed_error) from error
        return None if answer is None else answer.evolve(trigger_id=args.trigger_id)

    def _need_place(self, args: CommandArgs) -> None:
        """Raise AppError unless commands are on (501), and there is where a command is run (404)."""
        if not self._are_enabled():
            id = "api.command.disabled.app_error"
            raise fail("ExecuteCommand", id, 501, "Commands are switched off.")
        self.app.get_team(args.team_id)
        self.app.get_user(args.user_id)
        self.app.get_channel(args.channel_id)

    def _members_named(self, text: str, team_id: str) -> dict[str, str]:
        """Return the members of a team whom a text mentions: names and ids."""
        query = (
            "SELECT u.id FROM users u JOIN team_members m ON m.user_id = u.id"
            " WHERE u.username = ? AND m.team_id = ?"
        )
        found = {name: self.store.scalar(query, name, team_id) for name in mentions(text)}
        return {name: str(id) for name, id in found.items() if id}

    def _channels_named(self, text: str, team_id: str) -> dict[str, str]:
        """Return the public channels of a team that a text mentions: names and ids."""
        query = "SELECT id FROM channels WHERE team_id = ? AND name = ? AND type = 'O' AND delete_at = 0"
        found = {name: self.store.scalar(query, team_id, name) for name in channel_mentions(text)}
        return {name: str(id) for name, id in found.items() if id}

    def _post_all(self, args: CommandArgs, response: CommandResponse) -> None:
        """Post what a command has answered: to everybody, or to its user alone."""
        errors = []
        for answer in (response, *response.extra_responses):
            try:
                self._post(args, answer)
            except AppError as error:
                errors.append(error)
        if errors:
            id = "api.command.execute_command.create_post_failed.app_error"
            text = f"The answer of the command could not be posted: {errors[-1].message}"
            raise fail("command", id, 500, text)

    def _post(self, args: CommandArgs, answer: CommandResponse) -> None:
        if answer.channel_id:
            self.app.get_channel_member(answer.channel_id, args.user_id)
        if answer.type.startswith("system_"):
            id = "api.context.invalid_param.app_error"
            raise fail("CreateCommandPost", id, 400, "A command cannot answer in the server's name.")
        post = Post(
            channel_id=answer.channel_id or args.channel_id,
            root_id=args.root_id,
            user_id=args.user_id,
            message=answer.text,
            type=answer.type,
            props={**answer.props, **({"attachments": answer.attachments} if answer.attachments else {})},
        )
        if answer.response_type == "in_channel":
            self.app.save_post(post)
        elif answer.response_type in ("", "ephemeral") and (answer.text or answer.attachments):
            self.app.send_ephemeral_post(args.user_id, post)


def _check(command: Command) -> None:
    wrong = first_wrong(
        ("team_id", not is_id(command.team_id)),
        ("trigger", not _TRIGGER.fullmatch(command.trigger)),
        ("url", not 0 < len(command.url) <= 1024),
        ("url_http", not command.url.startswith(("http://", "https://"))),
        ("method", command.method not in ("P", "G")),
        ("display_name", len(command.display_name) > 64),
        ("description", len(command.description) > 128),
    )
    if wrong:
        text = f"This is no valid {wrong} of a command."
        raise fail("Command.IsValid", f"model.command.is_valid.{wrong}.app_error", 400, text)
