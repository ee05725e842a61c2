"""Slash commands: the plugin's own, and custom ones."""

from __future__ import annotations

import re
import sqlite3
import threading
from typing import Any, Final

from mmhooks.api.models import AutocompleteData, Command, CommandArgs, CommandResponse, Post
from mmhooks.devhost.api.base import Topic, approximate, fail, first_wrong, plain
from mmhooks.devhost.hooks import plugin_context
from mmhooks.devhost.ids import is_id, new_id
from mmhooks.devhost.tables import COMMANDS
from mmhooks.devhost.text import channel_mentions, mentions
from mmhooks.errors import AppError

_TRIGGER: Final = re.compile(r"[^/\s]\S{0,127}")
_BUILT_IN: Final = {
    "away": "Set your status away",
    "dnd": "Do not disturb",
    "echo": "Echo back text from your account",
    "help": "Show help",
    "me": "Do an action",
    "offline": "Set your status offline",
    "online": "Set your status online",
    "shrug": "Add a shrug to your message",
}


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

    @approximate("some of the server's commands")
    def list_built_in_commands(self) -> list[Command]:
        return [
            Command(trigger=trigger, auto_complete=True, auto_complete_desc=text, display_name=trigger)
            for trigger, text in _BUILT_IN.items()
        ]

    def list_commands(self, team_id: str) -> list[Command]:
        return [
            *self.list_plugin_commands(team_id),
            *self.list_built_in_commands(),
            *self.list_custom_commands(team_id),
        ]

    def create_command(self, cmd: Command) -> Command:
        where, id = "CreateCommand", "api.command.duplicate_trigger.app_error"
        new = cmd.evolve(trigger=cmd.trigger.lower(), creator_id="", plugin_id=self.host.plugin_id)
        taken = {one.trigger for one in self.list_custom_commands(new.team_id)} | _BUILT_IN.keys()
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

    @approximate("the plugin's own commands and /me, /echo, /shrug; custom commands call no URL")
    def execute_slash_command(self, command_args: CommandArgs) -> CommandResponse:
        self.app.get_user(command_args.user_id)
        site = str(self.app.setting("ServiceSettings", "SiteURL"))
        return self.run_command(command_args.evolve(site_url=site))

    def run_command(self, args: CommandArgs) -> CommandResponse:
        """Run a slash command as the server does for whoever has typed it."""
        trigger, _, rest = args.command.partition(" ")
        trigger = trigger.lower()
        if not trigger.startswith("/"):
            id = "api.command.execute_command.format.app_error"
            raise fail("command", id, 400, "A command begins with a slash.")
        name = trigger[1:]
        command = next((one for one in self.list_plugin_commands(args.team_id) if one.trigger == name), None)
        response = self._ask_plugin(name, args) if command else _built_in(name, rest)
        if response is None:
            id = "api.command.execute_command.not_found.app_error"
            raise fail("command", id, 404, f"There is no command /{name}.")
        self._post(args, response, is_plugin=command is not None)
        return response

    def _ask_plugin(self, name: str, args: CommandArgs) -> CommandResponse | None:
        trigger_id = self.app.new_trigger(args.user_id)
        users = [self._user_id(mention) for mention in mentions(args.command)]
        args = args.evolve(
            trigger_id=trigger_id,
            user_mentions={**args.user_mentions, **{name: id for name, id in users if id}},
            channel_mentions={**args.channel_mentions, **self._channel_ids(args)},
        )
        try:
            answer = self.firing.ask_or_fail("execute_command", plugin_context(), args)
        except AppError as error:
            if 100 <= error.status_code <= 999:
                raise
            raise fail(error.where, error.id, 500, error.message, error.detailed_error) from error
        return None if answer is None else answer.evolve(trigger_id=trigger_id)

    def _user_id(self, name: str) -> tuple[str, str]:
        return name, str(self.store.scalar("SELECT id FROM users WHERE username = ?", name) or "")

    def _channel_ids(self, args: CommandArgs) -> dict[str, str]:
        query = "SELECT id FROM channels WHERE team_id = ? AND name = ? AND type = 'O' AND delete_at = 0"
        found = {
            name: self.store.scalar(query, args.team_id, name) for name in channel_mentions(args.command)
        }
        return {name: str(id) for name, id in found.items() if id}

    def _post(self, args: CommandArgs, response: CommandResponse, *, is_plugin: bool) -> None:
        """Post what a command has answered: to everybody, or to its user alone."""
        for answer in (response, *response.extra_responses):
            if not answer.text and not answer.attachments:
                continue
            props = {**answer.props, **({"attachments": answer.attachments} if answer.attachments else {})}
            if not is_plugin:
                props["from_webhook"] = "true"
            post = Post(
                channel_id=answer.channel_id or args.channel_id,
                root_id=args.root_id,
                user_id=args.user_id,
                message=answer.text,
                type=answer.type,
                props=props,
            )
            if answer.response_type == "in_channel":
                self.app.save_post(post)
            else:
                self.app.send_ephemeral_post(
                    args.user_id, post.evolve(props={**props, "from_webhook": "true"})
                )


def _built_in(name: str, rest: str) -> CommandResponse | None:
    if name == "me":
        return CommandResponse(response_type="in_channel", type="me", text=f"*{rest}*")
    if name == "shrug":
        return CommandResponse(response_type="in_channel", text=f"{rest} ¯\\\\\\_(ツ)\\_/¯".strip())
    if name == "echo":
        return CommandResponse(response_type="in_channel", text=rest)
    return None


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
